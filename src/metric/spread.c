/*
 * spread: who passed what on. For every route that counts, the distinct ASes on the paths it was seen
 * with (sets and what stands behind them left out, origin tables have no paths), and what is held
 * against each.
 *
 * Workload: 10 M sightings of 2 M paths with 5 hops each, so 50 M times "was this AS counted for this route
 * already?". That loop (pass) does nothing else: a stamp and a counter per AS, which stay in the cache. The
 * customers' routes are asked for from the origin's few providers. Only the rare route that has a bogon
 * about it is walked again with care (blame). Each thread has its own counters and rows; they are added
 * up and sorted.
 */
#include "metric/tables.h"

#include <stdlib.h>
#include <string.h>

#define AHEAD 32u		/* sightings: how far paths are fetched before they are walked */

struct slot {			/* one AS as one thread sees it */
	uint32_t stamp;		/* worker.now when the route at hand touched it */
	uint32_t passed;
};
struct blamed { uint32_t as, bits; };
struct worker {
	struct slot *slots;
	struct as_fact *fact;	/* but for passed */
	struct row *rows;
	size_t n_rows, cap_rows;
	struct blamed *blamed;	/* by the route at hand */
	size_t n_blamed, cap_blamed;
	uint32_t now;
};
struct spread {
	struct facts *f;
	uint32_t *provider_first, *provider;	/* by AS id: those of each */
	struct worker *workers;
};

/* --- who is whose customer --- */

static void
providers_build(struct spread *s)
{
	const struct ases *ases = s->f->ases;
	const struct graph *g = &s->f->w->graph;
	size_t i, pass, n = 0;

	s->provider_first = xcalloc(ases->n + 2, sizeof(*s->provider_first));
	for (pass = 0; pass < 2; pass++) {
		for (i = 0; i < g->n; i++) {
			uint32_t a = ases_id(ases, g->links[i].a), b = ases_id(ases, g->links[i].b);

			if (g->links[i].kind != ASREL_P2C || a == MAP_NONE || b == MAP_NONE)
				continue;
			if (pass == 0)
				s->provider_first[b + 2]++;
			else
				s->provider[s->provider_first[b + 1]++] = a;
			n++;
		}
		if (pass > 0)
			break;
		for (i = 0; i < ases->n; i++)
			s->provider_first[i + 2] += s->provider_first[i + 1];
		s->provider = xmalloc(n * sizeof(*s->provider));
	}
}

/* --- the many --- */

/* Count the hops that were not met on this route yet; returns their bits. */
static inline uint32_t
pass_path(const struct facts *f, struct worker *k, const uint32_t *hop, uint32_t n, uint32_t looked)
{
	uint32_t i, bits = 0;

	/* no branch: whether an AS was met before is anybody's guess */
	for (i = 0; i < n; i++) {
		struct slot *s = &k->slots[hop[i]];
		uint32_t first = s->stamp != k->now;

		s->passed += looked & first;
		s->stamp = k->now;
		bits |= f->as_bits[hop[i]];
	}
	return bits;
}

static uint32_t
pass_segments(const struct facts *f, struct worker *k, uint32_t path, uint32_t looked)
{
	uint32_t hop[AS_PATH_HOPS_MAX], n;
	bool set;

	n = path_hops(&f->w->routes.paths, path, hop, &set);
	return pass_path(f, k, hop, n, looked);
}

static bool
is_of_origins(const struct routes *t, const struct sighting *s)
{
	return t->has_origins && t->vps[s->vp].kind == VP_ORIGINS;
}

/* Everyone on the paths of a route but its origin passes it on. Returns the bits of all of them. */
static uint32_t
pass_route(const struct facts *f, struct worker *k, const struct route *r, uint32_t origin, uint32_t looked)
{
	const struct routes *t = &f->w->routes;
	const uint32_t *words = t->paths.words;
	uint32_t i, bits = 0;

	k->now++;
	if (origin != MAP_NONE) {
		k->slots[origin].stamp = k->now;
		bits = f->as_bits[origin];
	}
	for (i = 0; i < r->n; i++) {
		const struct sighting *s = &t->sightings[r->first + i];
		uint32_t head = words[s->path];

		if (r->first + i + AHEAD < t->n_sightings)
			__builtin_prefetch(&words[s[AHEAD].path]);
		if (is_of_origins(t, s))
			continue;
		if ((head & PATH_SEGMENTS) != 0)
			bits |= pass_segments(f, k, s->path, looked);
		else
			bits |= pass_path(f, k, words + s->path + 1, head & PATH_WORDS, looked);
	}
	return bits;
}

/* --- the few --- */

static void
blame(struct worker *k, const struct facts *f, uint32_t as, uint32_t origin, uint32_t bits)
{
	if (as == origin || as == f->ases->n || bits == 0)
		return;
	k->blamed = grow(k->blamed, &k->cap_blamed, k->n_blamed + 1, sizeof(*k->blamed));
	k->blamed[k->n_blamed++] = (struct blamed){as, bits};
}

/* What one path holds against its hops. */
static void
blame_path(const struct facts *f, struct worker *k, uint32_t path, uint32_t origin, uint8_t route_bits)
{
	const struct paths *t = &f->w->routes.paths;
	uint32_t hop[AS_PATH_HOPS_MAX], n, i;
	bool set;

	n = path_hops(t, path, hop, &set);
	if (n >= 2 && path_is_placed(t, path, n, set))
		blame(k, f, hop[n - 2], MAP_NONE, (route_bits & ROUTE_BOGON) != 0 ? ROW_BOGON_PREFIX :
		    (route_bits & ROUTE_ADMIN) != 0 ? ROW_ADMIN : 0);
	for (i = 1; i < n; i++) {
		uint8_t as_bits = f->as_bits[hop[i]];

		blame(k, f, hop[i - 1], origin, (as_bits & AS_BOGON) != 0 ? ROW_BOGON_ASN :
		    (as_bits & AS_ADMIN) != 0 ? ROW_ADMIN : 0);
	}
}

static void
blame_set(const struct facts *f, struct worker *k, uint32_t path)
{
	uint32_t words[AS_PATH_HOPS_MAX + 1];
	const uint32_t *member;
	size_t i, n = aspath_last_set(path_words(&f->w->routes.paths, path, words), &member);

	for (i = 0; i < n; i++) {
		uint32_t id = ases_id(f->ases, member[i]);

		if (id != MAP_NONE)
			blame(k, f, id, MAP_NONE, ROW_AS_SET);
	}
}

/* A visible route of a direct customer: the rows of P-ROV-1, P-FLT-1 and imc22-a1. */
static uint32_t
customer_row(const struct facts *f, struct as_fact *a, uint32_t as, uint32_t origin, uint32_t route)
{
	enum rov rov = f->rov[route];
	bool invalid = rov_is_invalid(rov);
	bool bad = invalid || (rov == ROV_NOT_FOUND && f->irr_all[route] == IRR_INVALID);
	uint32_t bits = 0;

	a->customer++;
	a->customer_invalid += invalid;
	a->customer_bad += bad;
	if (invalid)
		bits |= ROW_CUSTOMER_INVALID;
	if (bad)
		bits |= ROW_CUSTOMER_BAD;
	/* the study's notebook drops a row for either of its two ASNs */
	if (f->w->routes.routes[route].prefix.family == FAMILY_V4 && (f->as_bits[as] & AS_A1_BOGON) == 0 &&
	    (f->as_bits[origin] & (AS_A1_BOGON | AS_PARTICIPANT)) == 0) {
		a->a1++;
		a->a1_invalid += invalid;
		a->a1_bad += bad;
		if (bad)
			bits |= ROW_A1_BAD;
	}
	return bits;
}

/* After pass_route: which providers of the origin passed it on. */
static void
blame_providers(const struct spread *s, struct worker *k, uint32_t origin, uint32_t route)
{
	uint32_t i;

	for (i = s->provider_first[origin]; i < s->provider_first[origin + 1]; i++) {
		uint32_t as = s->provider[i];

		if (as != origin && k->slots[as].stamp == k->now)
			blame(k, s->f, as, MAP_NONE, customer_row(s->f, &k->fact[as], as, origin, route));
	}
}

static int
cmp_blamed(const void *a, const void *b)
{
	const struct blamed *x = a, *y = b;

	return (x->as > y->as) - (x->as < y->as);
}

/* One row for each AS. */
static void
rows_add(struct worker *k, uint32_t route)
{
	size_t i, j;

	if (k->n_blamed > 1)
		qsort(k->blamed, k->n_blamed, sizeof(*k->blamed), cmp_blamed);
	for (i = 0; i < k->n_blamed; i = j) {
		uint32_t bits = 0;

		for (j = i; j < k->n_blamed && k->blamed[j].as == k->blamed[i].as; j++)
			bits |= k->blamed[j].bits;
		k->rows = grow(k->rows, &k->cap_rows, k->n_rows + 1, sizeof(*k->rows));
		k->rows[k->n_rows++] = (struct row){.as = k->blamed[i].as, .route = route, .bits = bits};
	}
	k->n_blamed = 0;
}

static void
blame_sightings(const struct facts *f, struct worker *k, const struct route *r, uint32_t origin,
    uint8_t route_bits, bool set, bool paths)
{
	const struct routes *t = &f->w->routes;
	uint32_t i;

	for (i = 0; i < r->n; i++) {
		const struct sighting *s = &t->sightings[r->first + i];

		if (set)
			blame_set(f, k, s->path);
		if (paths && !is_of_origins(t, s))
			blame_path(f, k, s->path, origin, route_bits);
	}
}

static void
spread_route(const struct spread *s, struct worker *k, uint32_t route)
{
	const struct facts *f = s->f;
	const struct route *r = &f->w->routes.routes[route];
	uint8_t bits = f->route_bits[route];
	uint32_t origin = ases_id(f->ases, r->origin), as_bits;
	bool looked = (bits & ROUTE_LOOKED) != 0, visible = (bits & ROUTE_VISIBLE) != 0;
	bool set = r->origin == ORIGIN_NONE && visible, paths;

	as_bits = pass_route(f, k, r, origin, looked);
	if (visible && origin != MAP_NONE)
		blame_providers(s, k, origin, route);
	paths = looked && ((bits & (ROUTE_BOGON | ROUTE_ADMIN)) != 0 || (as_bits & (AS_BOGON | AS_ADMIN)) != 0);
	if (set || paths)
		blame_sightings(f, k, r, origin, bits, set, paths);
	if (k->n_blamed > 0)
		rows_add(k, route);
}

static void
spread_range(void *arg, uint32_t part, size_t lo, size_t hi)
{
	struct spread *s = arg;
	struct facts *f = s->f;
	struct worker *k = &s->workers[part];
	size_t i;

	k->slots = xcalloc(f->ases->n + 1, sizeof(*k->slots));
	k->fact = xcalloc(f->ases->n + 1, sizeof(*k->fact));
	for (i = lo; i < hi; i++)
		if ((f->route_bits[i] & (ROUTE_VISIBLE | ROUTE_LOOKED)) != 0)
			spread_route(s, k, (uint32_t)i);
	free(k->blamed);
}

static int
cmp_row(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->as != y->as)
		return x->as < y->as ? -1 : 1;
	return (x->route > y->route) - (x->route < y->route);
}

static void
add_up(struct facts *f, const struct worker *k)
{
	size_t i;

	for (i = 0; i < f->ases->n; i++) {
		const struct as_fact *from = &k->fact[i];
		struct as_fact *to = &f->as[i];

		to->passed += k->slots[i].passed;
		to->customer += from->customer;
		to->customer_invalid += from->customer_invalid;
		to->customer_bad += from->customer_bad;
		to->a1 += from->a1;
		to->a1_invalid += from->a1_invalid;
		to->a1_bad += from->a1_bad;
	}
	if (k->n_rows > 0)
		memcpy(f->rows + f->n_rows, k->rows, k->n_rows * sizeof(*k->rows));
	f->n_rows += k->n_rows;
}

void
spread_build(struct facts *f)
{
	uint32_t i, parts = f->p.threads > 0 ? f->p.threads : 1;
	struct spread s = {.f = f, .workers = xcalloc(parts, sizeof(*s.workers))};
	size_t n = 0, k;

	providers_build(&s);
	ranges_run(parts, f->w->routes.n_routes, spread_range, &s);
	for (i = 0; i < parts; i++)
		n += s.workers[i].n_rows;
	f->as = xcalloc(f->ases->n, sizeof(*f->as));
	f->rows = xmalloc(n * sizeof(*f->rows));
	for (i = 0; i < parts; i++) {
		add_up(f, &s.workers[i]);
		free(s.workers[i].slots);
		free(s.workers[i].fact);
		free(s.workers[i].rows);
	}
	free(s.workers);
	free(s.provider_first);
	free(s.provider);
	if (n > 0)
		qsort(f->rows, n, sizeof(*f->rows), cmp_row);
	f->row_first = xcalloc(f->ases->n + 1, sizeof(*f->row_first));
	for (k = 0; k < n; k++)
		f->row_first[f->rows[k].as + 1]++;
	for (k = 0; k < f->ases->n; k++)
		f->row_first[k + 1] += f->row_first[k];
}
