/* path_rest: OTC, origin validation, relationships and the leak, in words. */
#include "report/path_lay.h"

#include <inttypes.h>

static void
line(struct str *out, struct text_style style, const char *label, struct str *text)
{
	lay_labelled(out, style, 0, PATH_LABEL_END, label, text->p);
	str_clear(text);
}

const char *
path_by_text(enum leak_by b)
{
	static const char *const text[] = {"nothing", "OTC", "ASPA", "relationships"};

	return text[b];
}

static void
otc_line(
    struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style, struct str *s)
{
	const struct otc *o = &r->view.otc;

	switch (o->state) {
	case OTC_ABSENT:
		str_adds(s, "none given");
		break;
	case OTC_MALFORMED:
		str_adds(s, "malformed: the route is to be treated as withdrawn (RFC 9234 section 5)");
		break;
	case OTC_NOT_ON_PATH:
		str_addf(s,
		    "AS%" PRIu32
		    " is not on the path, as a route server that leaves its ASN out is not; so it is not known "
		    "where it was set, and it speaks of no hop",
		    q->otc.asn);
		break;
	case OTC_KEPT:
		str_addf(s, "set at AS%" PRIu32 "; no later hop is known to go anywhere but down", q->otc.asn);
		break;
	case OTC_BROKEN:
		str_addf(s, "set at AS%" PRIu32 ", and yet AS%" PRIu32 " passed it to AS%" PRIu32 ", which %s",
		    q->otc.asn, r->as[o->out + 1], r->as[o->out],
		    o->attested ? "by its own ASPA is no customer of it"
				: "by the AS relationships, which are inferred, is no customer of it");
		break;
	}
	line(out, style, "OTC", s);
}

static void
covering(struct str *s, const struct path_asked *q, const struct path_result *r)
{
	uint32_t ids[PATH_VRPS_SHOWN];
	size_t n = rpki_covering(&q->world->rpki, &r->line->prefix, ids, PATH_VRPS_SHOWN), i;
	char buf[PREFIX_TEXT];

	for (i = 0; i < n && i < PATH_VRPS_SHOWN; i++) {
		const struct roa *v = &q->world->rpki.roas[ids[i]];

		str_addf(s, "%s%s-%u AS%" PRIu32, i == 0 ? "; covered by " : ", ", prefix_format(&v->prefix, buf),
		    v->max_len, v->asn);
	}
	if (n > PATH_VRPS_SHOWN)
		str_addf(s, " and %zu more", n - PATH_VRPS_SHOWN);
}

static void
rov_line(
    struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style, struct str *s)
{
	char buf[PREFIX_TEXT];

	if (!r->line->has_prefix) {
		str_adds(s, "no prefix given");
	} else {
		str_addf(s, "%s", prefix_format(&r->line->prefix, buf));
		if (r->origin == ORIGIN_NONE)
			str_adds(s, " of no origin, since the path ends in a set: ");
		else
			str_addf(s, " of AS%" PRIu32 ": ", r->origin);
		str_adds(s, q->has_vrps ? rov_word(r->rov) : "not known: no VRP data");
		if (q->has_vrps)
			covering(s, q, r);
	}
	line(out, style, "origin", s);
}

/* What is not known and would make it a leak. */
static void
doubt_said(struct str *s, const struct path_result *r)
{
	const struct valley *d = &r->view.doubt;
	enum valley_hop in, out;

	if (!d->broken)
		return;
	in = (enum valley_hop)r->view.valley[d->in];
	out = (enum valley_hop)r->view.valley[d->out];
	if (in == HOP_UNKNOWN)
		str_addf(s,
		    "; AS%" PRIu32 " passed it on to %s, AS%" PRIu32 ", which is a leak unless AS%" PRIu32
		    " is its customer, and that is not known",
		    r->as[d->out + 1], out == HOP_UP ? "a provider" : "a peer", r->as[d->out], r->as[d->in + 1]);
	else
		str_addf(s,
		    "; AS%" PRIu32 " had it from %s, AS%" PRIu32 ", so that it is a leak unless AS%" PRIu32
		    " is its customer, and that is not known",
		    r->as[d->out + 1], in == HOP_DOWN ? "a provider" : "a peer", r->as[d->in + 1], r->as[d->out]);
}

static void
relations_line(struct str *out, const struct path_result *r, struct text_style style, struct str *s)
{
	const struct valley *v = &r->view.broken;
	size_t p, unknown = 0;

	for (p = 0; r->view.valley != NULL && p + 1 < r->view.n; p++)
		unknown += r->view.valley[p] == HOP_UNKNOWN;
	if (r->view.valley == NULL) {
		str_adds(s, "not known: no AS relationships");
	} else if (!v->broken) {
		str_adds(s, "no known hop breaks the rule of up, across once, down");
		doubt_said(s, r);
	} else {
		str_addf(s, "%s from AS%" PRIu32 " to AS%" PRIu32 ", and then %s from AS%" PRIu32 " to AS%" PRIu32,
		    valley_word((enum valley_hop)r->view.valley[v->in]), r->as[v->in + 1], r->as[v->in],
		    valley_word((enum valley_hop)r->view.valley[v->out]), r->as[v->out + 1], r->as[v->out]);
		if (v->type != LEAK_TYPE_UNKNOWN)
			str_addf(s, ": %s", leak_type_text(v->type));
		str_adds(s, "; relationships are inferred, and prove nothing");
	}
	if (unknown > 0)
		str_addf(s, " (%zu of %zu hops not known)", unknown, r->view.n - 1);
	line(out, style, "relations", s);
}

static void
leak_line(struct str *out, const struct path_result *r, struct text_style style, struct str *s)
{
	const struct leak *l = &r->leak;

	if (l->class == LEAK_NONE) {
		str_adds(s, "none shown");
		line(out, style, "leak", s);
		return;
	}
	str_addf(s, "%s, by %s: ", leak_class_word(l->class), path_by_text(l->by));
	if (l->leaker != 0)
		str_addf(s, "AS%" PRIu32 " leaked it", l->leaker);
	else {
		str_adds(s, "it leaked at one of ");
		path_ases(s, r, l->first, l->last);
	}
	if (l->acceptor != 0)
		str_addf(s, ", AS%" PRIu32 " accepted it", l->acceptor);
	str_addf(s, "; %s (RFC 7908)", leak_type_text(l->type));
	if (l->class == LEAK_POSSIBLE && l->by == LEAK_BY_RELATIONS)
		str_adds(s, "; whether these ASes stood side by side in the days before was not looked at");
	line(out, style, "leak", s);
}

void
path_say_rest(struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style)
{
	struct str s = {0};

	otc_line(out, q, r, style, &s);
	rov_line(out, q, r, style, &s);
	relations_line(out, r, style, &s);
	leak_line(out, r, style, &s);
	str_release(&s);
}
