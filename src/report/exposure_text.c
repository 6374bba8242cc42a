/* exposure_text: for people: the chains drawn, then each network with its share and its verdicts, then what follows
 * from them. */
#include "report/dated.h"
#include "report/exposure_lay.h"
#include "rule/say.h"

#include <inttypes.h>
#include <string.h>

#define LABEL_END 17u

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
	lay_paragraph(out, style, 0, s.p);
	if (v->state == METRIC_OK)
		exposure_draw(out, head->world, v, style);
	str_release(&s);
}

/* --- what follows --- */

static void
follows(struct str *out, const struct exposure_sheet *x, const struct exposure_result *r, struct text_style style)
{
	struct str s = {0};
	unsigned f;

	lay_heading(out, style, "What follows");
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
	exposure_astray_first(&s, x->incidents, r->e);
	lay_labelled(out, style, 2, LABEL_END, "incidents", s.p);
	str_clear(&s);
	say_own(&s, r->e);
	lay_labelled(out, style, 2, LABEL_END, "own space", s.p);
	str_release(&s);
}

/* --- all --- */

/* Of when the paths are, which may not be the moment that the verdicts are about. */
static void
date_said(struct str *s, const struct exposure_result *r, const struct assessment *head)
{
	char a[UTC_TEXT], b[UTC_TEXT], dated[DATED_TEXT];

	if (r == NULL || (r->e->view[FAMILY_V4].state != METRIC_OK && r->e->view[FAMILY_V6].state != METRIC_OK)) {
		str_addf(s, "  (%s)", dated_text(head, dated));
	} else if (!utc_known(r->e->paths_from)) {
		str_adds(s, "  (paths of unknown date)");
	} else {
		str_addf(s, "  (paths of %.10s", utc_format(r->e->paths_from, a));
		utc_format(r->e->paths_to, b);
		if (memcmp(a, b, 10) != 0)
			str_addf(s, " to %.10s", b);
		str_addc(s, ')');
	}
}

static void
subject(struct str *out, const struct exposure_asked *q, const struct exposure_result *r, const struct assessment *head,
    struct text_style style)
{
	struct str date = {0};
	char text[PREFIX_TEXT];
	struct str s = {0}, org = {0};

	if (q->is_prefix)
		str_addf(&s, "%s%s", prefix_format(&q->prefix, text), r != NULL ? ", routes of " : "");
	if (r != NULL) {
		str_addf(&s, "AS%" PRIu32 "%s", r->e->origin, *r->self->name != '\0' ? " " : "");
		str_add_plain(&s, span_of(r->self->name));
		if (*r->self->org != '\0')
			str_addf(&org, ", %s", r->self->org);
	}
	date_said(&date, r, head);
	if (org.len > 0 && lay_width(s.p) + date.len + lay_width(org.p) <= style.width)
		str_add_plain(&s, str_span(&org));
	str_add(&s, str_span(&date));
	lay_text(out, style, INK_BOLD, s.p);
	str_addc(out, '\n');
	str_fill(out, '=', lay_width(s.p));
	str_addc(out, '\n');
	str_release(&s);
	str_release(&org);
	str_release(&date);
}

static void
result(struct str *out, const struct exposure_sheet *x, const struct exposure_asked *q, const struct exposure_result *r,
    struct text_style style)
{
	const struct assessment *head = x->head;
	unsigned f;

	str_addc(out, '\n');
	subject(out, q, r, head, style);
	for (f = 0; f < FAMILY_N; f++)
		if (exposure_has(r->e, f))
			family(out, head, r->e, f, style);
	if (r->e->n_ases > 0)
		exposure_table(out, r, x->min_ppm, style);
	if (r->e->n_ases > 0)
		exposure_astray_text(out, x, r, style);
	if (r->e->view[FAMILY_V4].weight + r->e->view[FAMILY_V6].weight > 0)
		follows(out, x, r, style);
}

static void
packs_line(struct str *out, const struct assessment *head, struct text_style style)
{
	struct str s = {0};
	size_t i;

	for (i = 0; i < head->n_packs; i++)
		str_addf(&s, "%s%s %s%s", i > 0 ? ", " : "", head->packs[i].id, head->packs[i].version,
		    pack_label(&head->packs[i]));
	lay_labelled(out, style, 0, 10, "verdicts", s.p);
	str_release(&s);
}

/* What the numbers mean, and what they do not. */
static const char *const paths_words[][2] = {
	{"paths", "of one full-feed vantage point to one prefix; in the tree, their mean share over the networks "
	    "that the vantage points are in. IPv4 paths weigh the addresses sent along them, IPv6 paths 1 each"},
	{"share", "AS hegemony (Fontugne, Shah, Aben, PAM 2018) of the routes above: the same share per network, "
	    "without its highest and lowest tenth, so that what is only near a vantage point does not count"},
	{"passed on", "routes that full-feed vantage points saw through the AS in these tables and updates, by what "
	    "they are; in brackets their space, what several cover counted once. What no vantage point saw is not "
	    "counted; how long they stood is told of the incidents"},
	{"own space", "a route of another origin may be a customer's, and right: only a VRP can tell"},
};
static const char *const incident_words[][2] = {
	{"incidents", "routes that went wrong within the window, as \"routemark incidents\" tells them, through this "
	    "network: did/took/beyond is how many it did itself, took from who did, took from others"},
	{"space", "what their prefixes cover less what more specific routes of others take, each /24 or /48 once. "
	    "The network had chosen these routes: what it forwarded there followed them. Hours: those of each block, "
	    "added up; M is millions"},
	{"attracts", "of it what no other route that counts here has the same prefix for: the incident's was the more "
	    "specific one, or the only one, so it won at everybody who heard it"},
	{"by share", "the hours that attracted times the network's share: of two networks with the same incidents, the one that more "
	    "of your paths cross weighs more. How much traffic there was is not known"},
	{"seen", "vantage points that had it through this network, of those that were heard"},
};

static void
words_said(struct str *out, struct text_style style, const char *const word[][2], size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		lay_labelled(out, style, 2, LABEL_END, word[i][0], word[i][1]);
}

static void
reading(struct str *out, const struct exposure_sheet *x, struct text_style style)
{
	bool incidents = false;
	size_t i, k;

	for (i = 0; i < x->n; i++)
		for (k = 0; k < x->asked[i].n; k++)
			incidents = incidents || x->asked[i].results[k].e->together.n > 0;
	lay_heading(out, style, "How to read this");
	words_said(out, style, paths_words, sizeof(paths_words) / sizeof(*paths_words));
	if (incidents)
		words_said(out, style, incident_words, sizeof(incident_words) / sizeof(*incident_words));
}

void
exposure_text(struct str *out, const struct exposure_sheet *x, struct text_style style)
{
	const struct exposure_asked *asked = x->asked;
	size_t i, k;

	report_text_head(out, x->head, style);
	exposure_astray_head(out, x->incidents, style);
	packs_line(out, x->head, style);
	for (i = 0; i < x->n; i++) {
		for (k = 0; k < asked[i].n; k++)
			result(out, x, &asked[i], &asked[i].results[k], style);
		if (asked[i].n > 0)
			continue;
		str_addc(out, '\n');
		subject(out, &asked[i], NULL, x->head, style);
		str_adds(out, "NO DATA: " EXPOSURE_NOBODY "\n");
	}
	reading(out, x, style);
}
