#include "metric/doubt.h"
#include "metric/exposure_int.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- what there is to go by --- */

const char *
exposure_input_why(const struct world *w, enum evidence e, const char *name, struct arena *a)
{
	const struct evidence_state *s = &w->evidence[e];

	char shrunk[DOUBT_TEXT];

	if (s->n_incomplete == 0)
		return doubt_shrunk_why(w, EV_BIT(e), shrunk) ? arena_printf(a, "%s", shrunk) : NULL;
	return arena_printf(a, "%" PRIu32 " of %" PRIu32 " %s inputs %s incomplete", s->n_incomplete, s->n_inputs, name,
	    s->n_incomplete == 1 ? "is" : "are");
}

/* Why no paths can be told of at all. */
static const char *
paths_why(const struct world *w, struct arena *a)
{
	const char *why = exposure_input_why(w, EV_TABLE, "MRT table", a);

	if (w->evidence[EV_TABLE].n_inputs == 0)
		return w->evidence[EV_ORIGINS].n_inputs > 0 ? "no MRT table input: origin tables have no paths" :
		    w->evidence[EV_UPDATES].n_inputs > 0 ? "no MRT table input: updates alone show no full feed" :
		    "no MRT table input";
	return why != NULL ? why : exposure_input_why(w, EV_UPDATES, "MRT updates", a);
}

static void
paths_dates(const struct world *w, struct exposure *out)
{
	static const enum evidence kinds[] = {EV_TABLE, EV_UPDATES};
	bool untimed = false;
	size_t i;

	out->paths_from = out->paths_to = UTC_NONE;
	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const struct evidence_state *s = &w->evidence[kinds[i]];

		if (s->n_inputs == 0)
			continue;
		untimed = untimed || s->n_untimed > 0 || !utc_known(s->oldest);
		if (!utc_known(out->paths_from) || s->oldest.s < out->paths_from.s)
			out->paths_from = s->oldest;
		if (!utc_known(out->paths_to) || s->newest.s > out->paths_to.s)
			out->paths_to = s->newest;
	}
	if (untimed)
		out->paths_from = out->paths_to = UTC_NONE;
}

/* --- what is counted of routes --- */

static void
routes_count(const struct ground *g, unsigned family, struct exposure_view *v)
{
	const struct routes *t = &g->f->w->routes;
	const struct prefix *top = NULL;
	uint32_t k;
	size_t i;

	for (i = 0; i < t->n_vps; i++)
		v->n_full_all += t->vps[i].kind == VP_TABLE && t->vps[i].full_feed[family];
	for (i = 0; i < g->n; i++)
		for (k = g->spans[i].lo; k < g->spans[i].hi; k++) {
			const struct prefix *p = &t->routes[k].prefix, *clip = ground_clip(g, p);

			if (p->family != family || !ground_counts(g, k))
				continue;
			v->n_routes[g->within == NULL || prefix_eq(p, g->within) ? PLACE_SELF :
			    p->len < g->within->len ? PLACE_COVERING : PLACE_WITHIN]++;
			if (top == NULL || family == FAMILY_V6 || !prefix_covers(top, clip)) {
				v->weight += family == FAMILY_V4 ? UINT64_C(1) << (32 - clip->len) : 1;
				top = clip;
			}
		}
}

static void
invisible_count(const struct facts *f, uint32_t origin, const struct prefix *within, struct exposure *out)
{
	const uint32_t *ids;
	size_t n = routes_of(&f->w->routes, origin, &ids), i;

	for (i = 0; i < n; i++) {
		const struct prefix *p = &f->w->routes.routes[ids[i]].prefix;

		if ((f->route_bits[ids[i]] & ROUTE_VISIBLE) == 0 && (within == NULL || prefix_covers(within, p) ||
		    prefix_covers(p, within)))
			out->view[p->family].n_invisible++;
	}
}

/* Why the paths of one family cannot be told of; NULL when they can. */
static const char *
view_why(const struct exposure_view *v, unsigned family, struct arena *a)
{
	const char *name = family == FAMILY_V4 ? "IPv4" : "IPv6";

	if (v->n_full_all == 0)
		return arena_printf(a, "no full-feed vantage point for %s", name);
	if (v->n_routes[PLACE_SELF] + v->n_routes[PLACE_COVERING] + v->n_routes[PLACE_WITHIN] > 0)
		return NULL;
	if (v->n_invisible > 0)
		return arena_printf(a, "no %s route counts: all that are seen (%" PRIu32 ") are carried by too few full-feed "
		    "peers", name, v->n_invisible);
	return arena_printf(a, "no %s route is seen", name);
}

/* --- the ASes of both families --- */

static int
cmp_as(const void *a, const void *b)
{
	const struct exposure_as *x = a, *y = b;
	uint32_t sx = x->of[0].share_ppm > x->of[1].share_ppm ? x->of[0].share_ppm : x->of[1].share_ppm;
	uint32_t sy = y->of[0].share_ppm > y->of[1].share_ppm ? y->of[0].share_ppm : y->of[1].share_ppm;

	if (sx != sy)
		return sx > sy ? -1 : 1;
	if (x->of[0].share_ppm != y->of[0].share_ppm)
		return x->of[0].share_ppm > y->of[0].share_ppm ? -1 : 1;
	if (x->hops != y->hops)
		return x->hops < y->hops ? -1 : 1;
	return (x->asn > y->asn) - (x->asn < y->asn);
}

static void
as_fill(const struct ground *g, const struct survey *s, uint32_t as, struct exposure_as *out)
{
	unsigned v;

	out->asn = g->f->ases->asn[as];
	for (v = 0; v < FAMILY_N; v++) {
		const struct tally *t;

		if (s[v].as == NULL)
			continue;
		t = &s[v].as[as];
		out->of[v].share_ppm = t->share_ppm;
		out->of[v].mean_ppm = t->mean_ppm;
		out->of[v].n_vps = t->n_vps;
		out->of[v].n_paths = t->paths;
		out->of[v].every = t->paths_any > 0 && t->paths_any == s[v].out->n_paths_any;
		out->of[v].at_end = t->paths_any > 0 && t->paths_any == t->ends;
		if (t->hops > 0 && (out->hops == 0 || t->hops < out->hops))
			out->hops = t->hops;
	}
	if (out->hops == 1)
		out->relation = graph_relation(&g->f->w->graph, g->origin, out->asn);
}

static void
ases_collect(const struct ground *g, const struct survey *s, uint32_t min_ppm, struct arena *a, struct exposure *out)
{
	size_t i, n = 0, pass;
	unsigned v;

	for (pass = 0; pass < 2; pass++) {
		for (i = 0; i <= g->f->ases->n; i++) {
			uint32_t share = 0, seen = 0;

			for (v = 0; v < FAMILY_N; v++)
				if (s[v].as != NULL) {
					seen |= s[v].as[i].paths > 0;
					share = s[v].as[i].share_ppm > share ? s[v].as[i].share_ppm : share;
				}
			if (pass == 0) {
				n += share > 0 && share >= min_ppm;
				out->n_ases_cut += seen && (share == 0 || share < min_ppm);
			} else if (share > 0 && share >= min_ppm) {
				as_fill(g, s, (uint32_t)i, &out->ases[out->n_ases++]);
			}
		}
		if (pass == 0)
			out->ases = arena_array(a, n, sizeof(*out->ases));
	}
	if (n > 0)
		qsort(out->ases, n, sizeof(*out->ases), cmp_as);
}

/* --- all --- */

static void
view_compute(const struct ground *g, unsigned family, uint32_t min_ppm, struct arena *a, const char *why,
    struct survey *s, struct exposure_view *v)
{
	*s = (struct survey){.g = g, .family = family, .out = v};
	routes_count(g, family, v);
	v->why = why != NULL ? why : view_why(v, family, a);
	v->state = v->why != NULL ? METRIC_NO_DATA : METRIC_OK;
	if (v->why != NULL)
		return;
	survey_run(s);
	survey_homing(s, a);
	if (s->out->n_views == 0) {
		v->state = METRIC_NO_DATA;
		v->why = v->n_own > 0 ? "only vantage points in the AS itself carry its routes" :
		    "no full-feed vantage point shows a path";
		return;
	}
	survey_shares(s);
	survey_tree(s, min_ppm, a);
}

void
exposure_compute(const struct facts *f, uint32_t origin, const struct prefix *within, uint32_t min_ppm,
    struct arena *a, struct exposure *out)
{
	const char *why = paths_why(f->w, a);
	struct survey s[FAMILY_N];
	struct ground g;
	unsigned v;

	*out = (struct exposure){.origin = origin, .has_within = within != NULL};
	if (within != NULL)
		out->within = *within;
	paths_dates(f->w, out);
	ground_init(&g, f, origin, within != NULL ? &out->within : NULL);
	invisible_count(f, origin, within, out);
	for (v = 0; v < FAMILY_N; v++)
		view_compute(&g, v, min_ppm, a, why, &s[v], &out->view[v]);
	ases_collect(&g, s, min_ppm, a, out);
	if (why == NULL)
		carried_count(&g, a, out);
	for (v = 0; v < OFFENCE_N && why != NULL; v++)
		out->carried_why[v] = why;
	for (v = 0; v < FAMILY_N; v++)
		survey_release(&s[v]);
	ground_release(&g);
}
