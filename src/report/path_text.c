/* path_text: an explained path for people: what it rests on, the answer, the drawing, then the reasons. */
#include "report/path_lay.h"

#include <inttypes.h>
#include <stdio.h>

/* --- the head --- */

static void
dates(struct str *s, const struct evidence_state *e)
{
	char a[UTC_TEXT], b[UTC_TEXT];

	if (!utc_known(e->newest))
		str_adds(s, ", without a date");
	else if (e->oldest.s == e->newest.s)
		str_addf(s, ", of %s", utc_format(e->newest, a));
	else
		str_addf(s, ", of %s to %s", utc_format(e->oldest, a), utc_format(e->newest, b));
}

/* The inputs that it comes from, by digest. */
static void
digests(struct str *out, const struct world *w, enum evidence e, struct text_style style)
{
	char text[SHA256_HEX + 16] = "sha256 ";
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		const struct input *in = &w->inputs[i];

		if (!in->complete || in->duplicate || (in->evidence & EV_BIT(e)) == 0)
			continue;
		sha256_hex(in->sha256, text + 7);
		lay_labelled(out, style, 0, PATH_LABEL_END, "", text);
	}
}

static void
evidence_line(struct str *out, const struct path_asked *q, enum evidence e, bool used, const char *label, size_t n,
    const char *what, struct text_style style)
{
	const struct evidence_state *st = &q->world->evidence[e];
	struct str s = {0};

	if (used) {
		lay_count(&s, n);
		str_addf(&s, " %s%s", what, n == 1 ? "" : "s");
		dates(&s, st);
	} else if (st->n_incomplete > 0) {
		str_addf(&s, "none used: %" PRIu32 " of %" PRIu32 " inputs cannot be, and what they lack might be what counts",
		    st->n_incomplete, st->n_inputs + st->n_incomplete);
	} else {
		str_adds(&s, q->no_data ? "none: no data was given" : "none in the data");
	}
	lay_labelled(out, style, 0, PATH_LABEL_END, label, s.p);
	if (used)
		digests(out, q->world, e, style);
	str_release(&s);
}

void
path_text_head(struct str *out, const struct path_asked *q, struct text_style style)
{
	const struct world *w = q->world;
	char when[UTC_TEXT], text[96] = "no date";

	if (utc_known(w->at))
		snprintf(text, sizeof(text), "%.10s; what is said is about that moment, not about today",
		    utc_format(w->at, when));
	if (!q->no_data)
		lay_labelled(out, style, 0, PATH_LABEL_END, "as of", text);
	evidence_line(out, q, EV_ASPAS, q->tables.aspas != NULL, "ASPAs", w->rpki.n_aspas, "customer", style);
	evidence_line(out, q, EV_VRPS, q->has_vrps, "VRPs", w->rpki.n_roas, "payload", style);
	evidence_line(out, q, EV_GRAPH, q->tables.graph != NULL, "relations", w->graph.n, "AS relationship", style);
	evidence_line(out, q, EV_ORGS, q->tables.orgs != NULL, "siblings", w->orgs.n_ases, "organisation's ASN", style);
}

/* --- a path --- */

static void
verdict_line(struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style)
{
	static const char *const of[] = {"upstream: ", "downstream: ", "to an observer: "};
	static const char *const text[] = {"Valid", "Unknown", "INVALID", "Unknown (NO ASPA DATA, which is no pass)"};
	static const enum ink inks[] = {INK_GOOD, INK_DIM, INK_BAD, INK_WARN};

	lay_label(out, style, 0, PATH_LABEL_END, "verdict");
	str_adds(out, of[q->ask]);
	lay_text(out, style, inks[r->verdict], text[r->verdict]);
	if (r->leak.class != LEAK_NONE) {
		str_adds(out, "; leak: ");
		lay_text(out, style, r->leak.class == LEAK_PROVEN ? INK_BAD : INK_WARN, leak_class_word(r->leak.class));
	}
	str_addc(out, '\n');
}

void
path_text(struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style)
{
	struct str s = {0};
	char buf[PREFIX_TEXT];

	str_addc(out, '\n');
	aspath_format(r->line->path, &s);
	if (r->line->has_prefix)
		str_addf(&s, " | %s", prefix_format(&r->line->prefix, buf));
	lay_labelled(out, style, 0, PATH_LABEL_END, "path", s.p);
	if (r->line->n_ases > r->view.n && !r->view.has_set) {
		str_clear(&s);
		str_addf(&s, "%" PRIu32 " ASNs, %zu ASes once prepends are collapsed", r->line->n_ases, r->view.n);
		lay_labelled(out, style, 0, PATH_LABEL_END, "", s.p);
	}
	str_release(&s);
	verdict_line(out, q, r, style);
	str_addc(out, '\n');
	path_table(out, q, r, style);
	str_addc(out, '\n');
	path_say_aspa(out, q, r, style);
	path_say_rest(out, q, r, style);
}

void
path_text_totals(struct str *out, const struct path_totals *t)
{
	str_addf(out, "\n%" PRIu64 " paths: %" PRIu64 " Valid, %" PRIu64 " Unknown, %" PRIu64 " Invalid, %" PRIu64
	    " without ASPA data; %" PRIu64 " leak%s proven\n", t->n, t->verdict[PATH_VALID], t->verdict[PATH_UNKNOWN],
	    t->verdict[PATH_INVALID], t->verdict[PATH_NO_DATA], t->proven, t->proven == 1 ? "" : "s");
}
