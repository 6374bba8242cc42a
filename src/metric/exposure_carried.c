/*
 * exposure_carried: what else the ASes of a chain were seen to pass on. One walk over the routes that offend, in the
 * order of prefixes, so that the last prefix counted for an AS tells whether the next one adds addresses.
 */
#include "metric/exposure_int.h"

#include <stdlib.h>
#include <string.h>

struct measure_of {		/* a growing union of prefixes */
	struct prefix held;
	bool any;
};

struct carrier {
	uint32_t stamp;		/* route + 1 that was counted last */
	struct measure_of of[OFFENCE_N];
};

struct walk {
	const struct ground *g;
	struct exposure *out;
	uint32_t *index;	/* owned: by AS id; into out->ases, or EXPOSURE_NONE */
	struct carrier *carriers;	/* owned: as out->ases */
	struct measure_of own;
	struct prefix *tops;	/* owned: the subject's prefixes, those within others left out */
	size_t n_tops, cap_tops, top;
	const uint32_t *siblings;
	size_t n_siblings;
	struct exposure_foreign *foreign;
};

/* --- address space --- */

static void
space_add(struct exposure_space *s, struct measure_of *m, const struct prefix *p)
{
	unsigned block = p->family == FAMILY_V4 ? 24 : 48;
	struct prefix cut = *p;

	s->routes++;
	if (cut.len > block) {
		cut.len = (uint8_t)block;
		prefix_mask(&cut);
	}
	if (m->any && prefix_covers(&m->held, &cut))
		return;
	m->held = cut;
	m->any = true;
	s->blocks[p->family] += UINT64_C(1) << (block - cut.len);
}

/* --- the own space --- */

static void
tops_find(struct walk *w)
{
	const struct route *routes = w->g->f->w->routes.routes;
	uint32_t k;
	size_t i;

	for (i = 0; i < w->g->n; i++)
		for (k = w->g->spans[i].lo; k < w->g->spans[i].hi; k++) {
			if (!ground_counts(w->g, k) ||
			    (w->n_tops > 0 && prefix_covers(&w->tops[w->n_tops - 1], &routes[k].prefix)))
				continue;
			w->tops = grow(w->tops, &w->cap_tops, w->n_tops + 1, sizeof(*w->tops));
			w->tops[w->n_tops++] = routes[k].prefix;
		}
}

/* Asked for in the order of prefixes. */
static bool
is_in_own(struct walk *w, const struct prefix *p)
{
	while (w->top + 1 < w->n_tops && prefix_cmp(&w->tops[w->top + 1], p) <= 0)
		w->top++;
	return w->top < w->n_tops && prefix_covers(&w->tops[w->top], p) &&
	    (w->g->within == NULL || prefix_covers(w->g->within, p) || prefix_covers(p, w->g->within));
}

static bool
is_sibling(const struct walk *w, uint32_t asn)
{
	size_t i;

	for (i = 0; i < w->n_siblings; i++)
		if (w->g->f->w->orgs.ases[w->siblings[i]].asn == asn)
			return true;
	return false;
}

/* Another origin in the own space: held against those who passed it on? */
static bool
is_foreign(struct walk *w, uint32_t route)
{
	const struct route *r = &w->g->f->w->routes.routes[route];

	if (r->origin == w->g->origin || r->origin == ORIGIN_NONE || !is_in_own(w, &r->prefix))
		return false;
	if (is_sibling(w, r->origin)) {
		w->out->n_own_sibling++;
		return false;
	}
	if (w->out->rov_known && w->g->f->rov[route] == ROV_VALID) {
		w->out->n_own_valid++;
		return false;
	}
	space_add(&w->out->own, &w->own, &r->prefix);
	if (w->out->n_foreign < EXPOSURE_KEPT)
		w->foreign[w->out->n_foreign++] = (struct exposure_foreign){r->prefix, r->origin,
		    (enum rov)w->g->f->rov[route], r->n_vps};
	return true;
}

/* --- who passed it on --- */

static uint32_t
offending_as(struct walk *w, uint32_t route)
{
	const struct facts *f = w->g->f;
	const struct route *r = &f->w->routes.routes[route];
	uint32_t bits = 0, origin;

	if ((f->route_bits[route] & ROUTE_LOOKED) == 0)
		return 0;
	if (w->out->rov_known && rov_is_invalid((enum rov)f->rov[route]))
		bits |= 1u << OFFENCE_INVALID;
	origin = ases_id(f->ases, r->origin);
	if ((f->route_bits[route] & ROUTE_BOGON) != 0 || (origin != MAP_NONE && (f->as_bits[origin] & AS_BOGON) != 0))
		bits |= 1u << OFFENCE_BOGON;
	if (is_foreign(w, route))
		bits |= 1u << OFFENCE_OWN;
	return bits;
}

static void
charge(struct walk *w, uint32_t route, uint32_t as, uint32_t bits)
{
	const struct prefix *p = &w->g->f->w->routes.routes[route].prefix;
	uint32_t at = w->index[as], o;

	if (at == EXPOSURE_NONE || w->carriers[at].stamp == route + 1)
		return;
	w->carriers[at].stamp = route + 1;
	for (o = 0; o < OFFENCE_N; o++)
		if ((bits & 1u << o) != 0)
			space_add(&w->out->ases[at].carried[o], &w->carriers[at].of[o], p);
}

static void
charge_all(struct walk *w, uint32_t route, uint32_t bits)
{
	const struct routes *t = &w->g->f->w->routes;
	const struct route *r = &t->routes[route];
	uint32_t origin = ases_id(w->g->f->ases, r->origin), hop[AS_PATH_HOPS_MAX], n, i, k;
	bool set;

	for (i = 0; i < r->n; i++) {
		const struct sighting *s = &t->sightings[r->first + i];

		if (t->vps[s->vp].kind == VP_ORIGINS)
			continue;
		n = path_hops(&t->paths, s->path, hop, &set);
		for (k = 0; k < n; k++)
			if (hop[k] != origin)
				charge(w, route, hop[k], bits);
	}
}

/* --- all of it --- */

static int64_t
days_apart(struct utc a, struct utc b)
{
	int64_t s = a.s > b.s ? a.s - b.s : b.s - a.s;

	return (s + 86399) / 86400;
}

/* Why the VRPs cannot tell which of the routes are invalid. */
static const char *
vrps_why(const struct world *w, const struct exposure *e, struct arena *a)
{
	const struct evidence_state *s = &w->evidence[EV_VRPS];
	char paths[UTC_TEXT], vrps[UTC_TEXT];
	int64_t first, last;

	if (s->n_inputs == 0)
		return "no VRP input";
	if (s->n_incomplete > 0 || world_shrunk(w, EV_BIT(EV_VRPS)))
		return exposure_input_why(w, EV_VRPS, "VRP", a);
	if (s->n_untimed > 0 || !utc_known(s->oldest) || !utc_known(e->paths_from))
		return "the age of the VRPs or of the tables is unknown";
	first = days_apart(e->paths_from, s->newest);
	last = days_apart(e->paths_to, s->oldest);
	if (first <= EXPOSURE_VRP_DAYS && last <= EXPOSURE_VRP_DAYS)
		return NULL;
	utc_format(first > last ? e->paths_from : e->paths_to, paths);
	utc_format(first > last ? s->newest : s->oldest, vrps);
	return arena_printf(a, "VRPs of %.10s are %lld days from paths of %.10s; limit %u days", vrps,
	    (long long)(first > last ? first : last), paths, EXPOSURE_VRP_DAYS);
}

static void
walk_init(struct walk *w, const struct ground *g, struct arena *a, struct exposure *out)
{
	size_t i;

	*w = (struct walk){.g = g, .out = out};
	w->index = xmalloc((g->f->ases->n + 1) * sizeof(*w->index));
	memset(w->index, 0xff, (g->f->ases->n + 1) * sizeof(*w->index));
	for (i = 0; i < out->n_ases; i++) {
		uint32_t as = ases_id(g->f->ases, out->ases[i].asn);

		w->index[as == MAP_NONE ? g->f->ases->n : as] = (uint32_t)i;
		out->ases[i].n_passed = as == MAP_NONE ? 0 : g->f->as[as].passed;
	}
	w->carriers = xcalloc(out->n_ases, sizeof(*w->carriers));
	w->foreign = arena_array(a, EXPOSURE_KEPT, sizeof(*w->foreign));
	w->n_siblings = orgs_siblings(&g->f->w->orgs, g->origin, &w->siblings);
	out->siblings_known = w->n_siblings > 0;
	tops_find(w);
	out->foreign = w->foreign;
	out->carried_why[OFFENCE_INVALID] = vrps_why(g->f->w, out, a);
	out->carried_why[OFFENCE_BOGON] = exposure_input_why(g->f->w, EV_SPECIAL, "special-purpose registry", a);
	out->rov_known = out->carried_why[OFFENCE_INVALID] == NULL;
}

void
carried_count(const struct ground *g, struct arena *a, struct exposure *out)
{
	struct walk w;
	uint32_t i, o;

	walk_init(&w, g, a, out);
	for (i = 0; i < g->f->w->routes.n_routes; i++) {
		uint32_t bits = offending_as(&w, i);

		if (bits == 0)
			continue;
		for (o = 0; o < OFFENCE_N; o++)
			out->n_offending[o] += (bits & 1u << o) != 0;
		charge_all(&w, i, bits);
	}
	free(w.index);
	free(w.carriers);
	free(w.tops);
}
