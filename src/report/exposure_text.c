/* exposure_text: for people: the chains drawn, then each network with its share and its verdicts, then what follows
 * from them. */
#include "report/exposure_lay.h"
#include "rule/say.h"

#include <inttypes.h>

#define DETAIL 6u		/* column of the lines below a network */
#define NETWORK 42u		/* columns of a network in the table */
#define LABEL_END 17u

static void
wrapped(struct str *out, struct text_style style, unsigned column, const struct str *s)
{
	lay_spaces(out, column);
	lay_wrapped(out, style, column, column, s->p);
	str_addc(out, '\n');
}

static void
heading(struct str *out, struct text_style style, const char *text)
{
	str_addc(out, '\n');
	lay_text(out, style, INK_BOLD, text);
	str_addc(out, '\n');
}

/* --- one family: what was seen, and the chains --- */

static void
routes_said(struct str *s, const struct exposure *e, const struct exposure_view *v, unsigned family)
{
	uint64_t n = (uint64_t)v->n_routes[PLACE_SELF] + v->n_routes[PLACE_COVERING] + v->n_routes[PLACE_WITHIN];

	str_addf(s, "%s: ", say_family(family));
	say_counted(s, n, "route");
	if (e->has_within)
		str_addf(s, " (%" PRIu32 " exact, %" PRIu32 " covering, %" PRIu32 " more specific)", v->n_routes[PLACE_SELF],
		    v->n_routes[PLACE_COVERING], v->n_routes[PLACE_WITHIN]);
	if (family == FAMILY_V4) {
		str_adds(s, " for ");
		lay_count(s, v->weight);
		str_adds(s, v->weight == 1 ? " address" : " addresses");
	}
	if (v->n_invisible > 0)
		str_addf(s, " (%" PRIu32 " more seen by too few to count)", v->n_invisible);
}

static void
views_said(struct str *s, const struct exposure_view *v)
{
	str_adds(s, "; ");
	say_counted(s, v->n_paths, "path");
	str_addf(s, " of %" PRIu32 " of %" PRIu32 " full-feed vantage points, in %" PRIu32 " network%s", v->n_full,
	    v->n_full_all, v->n_views, say_plural(v->n_views));
	if (v->n_trimmed > 0)
		str_addf(s, ", of which the %" PRIu32 " lowest and %" PRIu32 " highest are trimmed for each share",
		    v->n_trimmed, v->n_trimmed);
	else
		str_addf(s, ": too few to trim, so what is near to them counts too much");
	if (v->n_partial > 0)
		str_addf(s, "; %" PRIu32 " partial feed%s used for single-homing only", v->n_partial,
		    v->n_partial == 1 ? " is" : "s are");
	if (v->n_own > 0)
		str_addf(s, "; %" PRIu32 " in the AS itself left out", v->n_own);
	if (v->n_unplaced > 0)
		str_addf(s, "; %" PRIu64 " path%s with an AS_SET left out", v->n_unplaced, say_plural(v->n_unplaced));
}

static void
family(struct str *out, const struct assessment *head, const struct exposure *e, unsigned f, struct text_style style)
{
	const struct exposure_view *v = &e->view[f];
	struct str s = {0};

	str_addc(out, '\n');
	if (v->state == METRIC_OK) {
		routes_said(&s, e, v, f);
		views_said(&s, v);
	} else {
		str_addf(&s, "%s: NO DATA: %s", say_family(f), v->why);
	}
	wrapped(out, style, 0, &s);
	if (v->state == METRIC_OK)
		exposure_draw(out, head->world, v, style);
	str_release(&s);
}

/* --- the networks --- */

static void
verdicts_said(struct str *s, const struct exposure_verdicts *v)
{
	static const enum verdict order[VERDICT_N] = {VERDICT_FAIL, VERDICT_NO_DATA, VERDICT_WARN, VERDICT_PASS,
	    VERDICT_NOT_APPLICABLE};
	const char *sep = "";
	size_t i;

	if (v->n_required == 0) {
		str_adds(s, "no control is required");
		return;
	}
	for (i = 0; i < VERDICT_N; i++)
		if (v->n[order[i]] > 0) {
			str_addf(s, "%s%zu %s", sep, v->n[order[i]], verdict_label(order[i]));
			sep = ", ";
		}
	str_addf(s, " of %zu", v->n_required);
}

static void
carried_said(struct str *s, const struct exposure *e, const struct exposure_as *a)
{
	static const char *const what[OFFENCE_N] = {[OFFENCE_INVALID] = "RPKI-invalid", [OFFENCE_BOGON] = "bogon",
	    [OFFENCE_OWN] = "of others in the own space"};
	unsigned o;

	if (e->carried_why[OFFENCE_OWN] != NULL) {
		str_addf(s, "NO DATA on what it passed on: %s", e->carried_why[OFFENCE_OWN]);
		return;
	}
	str_adds(s, "passed on ");
	say_counted(s, a->n_passed, "route");
	for (o = 0; o < OFFENCE_N; o++) {
		str_adds(s, o == 0 ? ": " : ", ");
		if (e->carried_why[o] != NULL) {
			str_addf(s, "%s NO DATA (%s)", what[o], e->carried_why[o]);
			continue;
		}
		lay_count(s, a->carried[o].routes);
		str_addf(s, " %s", what[o]);
		say_space(s, &a->carried[o]);
	}
}

static void
share_cell(struct str *out, const struct exposure *e, const struct exposure_as *a, unsigned f)
{
	if (e->view[f].state == METRIC_OK) {
		lay_percent(out, a->of[f].share_ppm, 7);
		str_adds(out, " %");
	} else {
		str_adds(out, "  NO DATA");
	}
}

/* Where it stands, when that is told in a word. */
static void
place_said(struct str *s, const struct exposure *e, const struct exposure_as *a)
{
	const char *sep = "on every path: ";
	unsigned f;

	if (exposure_at_end(e, a)) {
		str_adds(s, "seen only by its own vantage points: where these look from, not what the routes depend on");
		return;
	}
	for (f = 0; f < FAMILY_N; f++)
		if (a->of[f].every) {
			uint32_t points = e->view[f].n_full + e->view[f].n_partial;

			str_addf(s, "%s%s, as ", sep, say_family(f));
			if (points == 1)
				str_adds(s, "one vantage point sees it");
			else
				str_addf(s, "all %" PRIu32 " vantage points see it", points);
			sep = "; ";
		}
}

static void
network(struct str *out, const struct exposure *e, const struct exposure_as *a, const struct as_result *r,
    struct text_style style)
{
	struct exposure_verdicts v;
	struct str s = {0};
	size_t from = out->len;

	exposure_verdicts_of(r, &v);
	str_adds(out, "  ");
	lay_network(out, a->asn, r->name, NETWORK - 2 - (a->hops == 1 ? 11 : 0));
	if (a->hops == 1 && a->relation != REL_NONE)
		str_addf(out, " (%s)", exposure_relation_word(a->relation));
	lay_spaces(out, NETWORK - lay_width_of((struct span){out->p + from, out->len - from}));
	share_cell(out, e, a, FAMILY_V4);
	share_cell(out, e, a, FAMILY_V6);
	str_addf(out, " %4" PRIu32 "  ", a->hops);
	verdicts_said(&s, &v);
	lay_text(out, style, verdict_ink(v.all), s.p);
	str_addc(out, '\n');
	str_clear(&s);
	place_said(&s, e, a);
	if (s.len > 0)
		wrapped(out, style, DETAIL, &s);
	str_clear(&s);
	carried_said(&s, e, a);
	wrapped(out, style, DETAIL, &s);
	if (v.worst != NULL) {
		str_clear(&s);
		say_worst(&s, &v);
		wrapped(out, style, DETAIL, &s);
	}
	str_release(&s);
}

static void
networks(struct str *out, const struct exposure_result *r, uint32_t min_ppm, struct text_style style)
{
	const struct exposure *e = r->e;
	size_t i;

	heading(out, style, "Networks depended on");
	lay_text(out, style, INK_DIM, "  NETWORK                                      IPv4     IPv6  HOPS  REQUIRED CONTROLS");
	str_addc(out, '\n');
	for (i = 0; i < e->n_ases; i++)
		network(out, e, &e->ases[i], &r->on[i], style);
	if (e->n_ases_cut > 0)
		str_addf(out, "  ... and %zu with a share of less than %" PRIu32 " %%\n", e->n_ases_cut, min_ppm / 10000);
}

/* --- what follows --- */

static void
follows(struct str *out, const struct exposure_result *r, struct text_style style)
{
	struct str s = {0};
	unsigned f;

	heading(out, style, "What follows");
	if (r->e->n_ases > 0) {
		say_weakest(&s, r);
		lay_labelled(out, style, 2, LABEL_END, "weakest link", s.p);
	}
	for (f = 0; f < FAMILY_N; f++) {
		if (r->e->view[f].state != METRIC_OK)
			continue;
		str_clear(&s);
		str_addf(&s, "%s: ", say_family(f));
		say_homing(&s, &r->e->view[f]);
		lay_labelled(out, style, 2, LABEL_END, "single-homed", s.p);
	}
	str_clear(&s);
	if (say_own(&s, r->e))
		lay_labelled(out, style, 2, LABEL_END, "own space", s.p);
	str_release(&s);
}

/* --- all --- */

static void
subject(struct str *out, const struct exposure_asked *q, const struct exposure_result *r, const char *date,
    struct text_style style)
{
	char text[PREFIX_TEXT];
	size_t from;
	unsigned width;

	lay_ink(out, style, INK_BOLD);
	from = out->len;
	if (q->is_prefix)
		str_addf(out, "%s%s", prefix_format(&q->prefix, text), r != NULL ? ", routes of " : "");
	if (r != NULL)
		str_addf(out, "AS%" PRIu32 "%s", r->e->origin, *r->self->name != '\0' ? " " : "");
	if (r != NULL)
		str_add_plain(out, span_of(r->self->name));
	if (r != NULL && *r->self->org != '\0') {
		str_adds(out, ", ");
		str_add_plain(out, span_of(r->self->org));
	}
	str_addf(out, "  (evidence as of %.10s)", date);
	width = lay_width_of((struct span){out->p + from, out->len - from});
	lay_ink_end(out, style, INK_BOLD);
	str_addc(out, '\n');
	str_fill(out, '=', width);
	str_addc(out, '\n');
}

static void
result(struct str *out, const struct assessment *head, const struct exposure_asked *q, const struct exposure_result *r,
    uint32_t min_ppm, struct text_style style)
{
	char when[UTC_TEXT];
	unsigned f;

	str_addc(out, '\n');
	subject(out, q, r, utc_format(head->at, when), style);
	for (f = 0; f < FAMILY_N; f++)
		if (!q->is_prefix || q->prefix.family == f)
			family(out, head, r->e, f, style);
	if (r->e->n_ases > 0)
		networks(out, r, min_ppm, style);
	follows(out, r, style);
}

static void
packs_line(struct str *out, const struct assessment *head, struct text_style style)
{
	struct str s = {0};
	size_t i;

	for (i = 0; i < head->n_packs; i++)
		str_addf(&s, "%s%s %s%s", i > 0 ? ", " : "", head->packs[i].id, head->packs[i].version,
		    head->packs[i].proposal ? " (a proposal, no official requirement)" : "");
	lay_labelled(out, style, 0, 10, "verdicts", s.p);
	str_release(&s);
}

/* What the numbers mean, and what they do not. */
static void
reading(struct str *out, struct text_style style)
{
	static const char *const lines[][2] = {
		{"paths", "of one full-feed vantage point to one prefix; in the tree, their mean share over the networks "
		    "that the vantage points are in. IPv4 paths weigh the addresses sent along them, IPv6 paths 1 each"},
		{"share", "AS hegemony (Fontugne, Shah, Aben, PAM 2018) of the routes above: the same share per network, "
		    "without its highest and lowest tenth, so that what is only near a vantage point does not count"},
		{"passed on", "routes that full-feed vantage points saw through the AS in these tables and updates, by what "
		    "they are; in brackets their space, what several cover counted once. How long a route stood, and "
		    "how much traffic followed it, is not counted; nor is what no vantage point saw"},
		{"own space", "a route of another origin may be a customer's, and right: only a VRP can tell"},
	};
	size_t i;

	heading(out, style, "How to read this");
	for (i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		lay_labelled(out, style, 2, LABEL_END, lines[i][0], lines[i][1]);
}

void
exposure_text(struct str *out, const struct assessment *head, const struct exposure_asked *asked, size_t n,
    uint32_t min_ppm, struct text_style style)
{
	char when[UTC_TEXT];
	size_t i, k;

	report_text_head(out, head, style);
	packs_line(out, head, style);
	for (i = 0; i < n; i++) {
		for (k = 0; k < asked[i].n; k++)
			result(out, head, &asked[i], &asked[i].results[k], min_ppm, style);
		if (asked[i].n > 0)
			continue;
		str_addc(out, '\n');
		subject(out, &asked[i], NULL, utc_format(head->at, when), style);
		str_adds(out, "NO DATA: " EXPOSURE_NOBODY "\n");
	}
	reading(out, style);
}
