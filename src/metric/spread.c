/*
 * spread: who passed what on. For every route that counts, the distinct ASes on the paths it was seen
 * with (sets and what stands behind them left out, origin tables have no paths), and what is held
 * against each. Routes are walked by origin, so that "is this AS a provider of that origin" is asked
 * once per pair. Each thread has its own counters and rows; they are added up and sorted.
 */
#include "metric/tables.h"

#include <stdlib.h>
#include <string.h>

#define TOUCH_PASSED 128u	/* beside enum row_bit: the AS passes the route on */

/* One AS as one thread sees it, kept together: a route touches a hundred of them in no order. */
struct slot {
	uint32_t stamp;		/* worker.now when the route at hand touched it */
	uint32_t origin_stamp;	/* worker.origin_now when is_customer was looked up */
	uint8_t bits;
	bool is_customer;	/* the origin at hand is its customer */
	struct as_fact fact;
};
struct worker {
	struct slot *slots;
	struct row *rows;
	size_t n_rows, cap_rows;
	uint32_t *touched;	/* by the route at hand */
	uint32_t n_touched, now;
	uint32_t origin, origin_now;
};
struct spread {
	struct facts *f;
	struct worker *workers;
};

static void
touch(struct worker *k, uint32_t as, uint32_t bits)
{
	struct slot *s = &k->slots[as];

	if (s->stamp != k->now) {
		s->stamp = k->now;
		s->bits = 0;
		k->touched[k->n_touched++] = as;
	}
	s->bits |= (uint8_t)bits;
}

/* What one path holds against its hops. */
static void
touch_path(const struct facts *f, struct worker *k, uint32_t path, uint32_t origin, uint8_t route_bits)
{
	uint8_t path_bits = f->path_bits[path];
	uint32_t n, n_pass, i, next = 0;
	const uint32_t *hop = path_hops(f, path, &n);

	if ((route_bits & ROUTE_BOGON) != 0)
		next = ROW_BOGON_PREFIX;
	else if ((route_bits & ROUTE_ADMIN) != 0)
		next = ROW_ADMIN;
	n_pass = (path_bits & PATH_PLACED) != 0 ? n - 1 : n;
	for (i = 0; i < n_pass; i++)
		if (hop[i] != origin && hop[i] != MAP_NONE)
			touch(k, hop[i], TOUCH_PASSED);
	if ((path_bits & PATH_PLACED) != 0 && n >= 2 && hop[n - 2] != MAP_NONE)
		touch(k, hop[n - 2], next);
	if ((path_bits & (PATH_BOGON | PATH_ADMIN)) == 0)
		return;
	for (i = 1; i < n; i++) {
		uint8_t as_bits = hop[i] == MAP_NONE ? AS_BOGON : f->as_bits[hop[i]];

		if (hop[i - 1] == MAP_NONE || hop[i - 1] == origin)
			continue;
		if ((as_bits & AS_BOGON) != 0)
			touch(k, hop[i - 1], ROW_BOGON_ASN);
		else if ((as_bits & AS_ADMIN) != 0)
			touch(k, hop[i - 1], ROW_ADMIN);
	}
}

static void
touch_set(const struct facts *f, struct worker *k, uint32_t path)
{
	const uint32_t *member;
	size_t i, n = aspath_last_set(routes_aspath(&f->w->routes, path), &member);

	for (i = 0; i < n; i++) {
		uint32_t id = as_id(f, member[i]);

		if (id != MAP_NONE)
			touch(k, id, ROW_AS_SET);
	}
}

static bool
customer_of(const struct facts *f, struct worker *k, uint32_t as)
{
	struct slot *s = &k->slots[as];

	if (s->origin_stamp != k->origin_now) {
		s->origin_stamp = k->origin_now;
		s->is_customer = graph_relation(&f->w->graph, f->ases[as], k->origin) == REL_CUSTOMER;
	}
	return s->is_customer;
}

/* A visible route of a direct customer: the rows of P-ROV-1, P-FLT-1 and imc22-a1. */
static uint32_t
customer_row(const struct facts *f, struct as_fact *a, uint32_t as, uint32_t route)
{
	const struct route *r = &f->w->routes.routes[route];
	enum rov rov = f->rov[route];
	bool invalid = rov_is_invalid(rov);
	bool bad = invalid || (rov == ROV_NOT_FOUND && f->irr_all[route] == IRR_INVALID);
	uint32_t origin = as_id(f, r->origin), bits = 0;

	a->customer++;
	a->customer_invalid += invalid;
	a->customer_bad += bad;
	if (invalid)
		bits |= ROW_CUSTOMER_INVALID;
	if (bad)
		bits |= ROW_CUSTOMER_BAD;
	/* the study's notebook drops a row for either of its two ASNs */
	if (r->prefix.family == FAMILY_V4 && (f->as_bits[as] & AS_A1_BOGON) == 0 &&
	    (f->as_bits[origin] & (AS_A1_BOGON | AS_PARTICIPANT)) == 0) {
		a->a1++;
		a->a1_invalid += invalid;
		a->a1_bad += bad;
		if (bad)
			bits |= ROW_A1_BAD;
	}
	return bits;
}

static void
tally(const struct facts *f, struct worker *k, uint32_t route)
{
	uint8_t route_bits = f->route_bits[route];
	uint32_t i;

	for (i = 0; i < k->n_touched; i++) {
		uint32_t as = k->touched[i], bits = k->slots[as].bits;
		bool passed = (bits & TOUCH_PASSED) != 0;

		bits &= ~TOUCH_PASSED;
		if ((route_bits & ROUTE_LOOKED) != 0)
			k->slots[as].fact.passed += passed;
		else
			bits &= ROW_AS_SET;
		if (passed && (route_bits & ROUTE_VISIBLE) != 0 && k->origin != ORIGIN_NONE &&
		    customer_of(f, k, as))
			bits |= customer_row(f, &k->slots[as].fact, as, route);
		if (bits == 0)
			continue;
		k->rows = grow(k->rows, &k->cap_rows, k->n_rows + 1, sizeof(*k->rows));
		k->rows[k->n_rows++] = (struct row){.as = as, .route = route, .bits = bits};
	}
}

static void
spread_route(const struct facts *f, struct worker *k, uint32_t route)
{
	const struct routes *t = &f->w->routes;
	const struct route *r = &t->routes[route];
	bool set = r->origin == ORIGIN_NONE && (f->route_bits[route] & ROUTE_VISIBLE) != 0;
	uint32_t i, last = MAP_NONE, origin = as_id(f, r->origin);

	if (k->origin_now == 0 || k->origin != r->origin) {
		k->origin = r->origin;
		k->origin_now++;
	}
	k->now++;
	k->n_touched = 0;
	for (i = 0; i < r->n; i++) {
		const struct sighting *s = &t->sightings[r->first + i];

		if (s->path == last)
			continue;
		if (set)
			touch_set(f, k, s->path);
		if (t->vps[s->vp].kind == VP_ORIGINS)
			continue;
		last = s->path;
		touch_path(f, k, s->path, origin, f->route_bits[route]);
	}
	tally(f, k, route);
}

static void
spread_range(void *arg, uint32_t part, size_t lo, size_t hi)
{
	struct spread *s = arg;
	struct facts *f = s->f;
	struct worker *k = &s->workers[part];
	size_t i;

	k->slots = xcalloc(f->n_ases, sizeof(*k->slots));
	k->touched = xcalloc(f->n_ases, sizeof(*k->touched));
	for (i = lo; i < hi; i++) {
		uint32_t route = f->w->routes.by_origin[i];

		if ((f->route_bits[route] & (ROUTE_VISIBLE | ROUTE_LOOKED)) != 0)
			spread_route(f, k, route);
	}
	free(k->touched);
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

	for (i = 0; i < f->n_ases; i++) {
		const struct as_fact *from = &k->slots[i].fact;
		struct as_fact *to = &f->as[i];

		to->passed += from->passed;
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

	ranges_run(parts, f->w->routes.n_routes, spread_range, &s);
	for (i = 0; i < parts; i++)
		n += s.workers[i].n_rows;
	f->as = xcalloc(f->n_ases, sizeof(*f->as));
	f->rows = xmalloc(n * sizeof(*f->rows));
	for (i = 0; i < parts; i++) {
		add_up(f, &s.workers[i]);
		free(s.workers[i].slots);
		free(s.workers[i].rows);
	}
	free(s.workers);
	if (n > 0)
		qsort(f->rows, n, sizeof(*f->rows), cmp_row);
	f->row_first = xcalloc(f->n_ases + 1, sizeof(*f->row_first));
	for (k = 0; k < n; k++)
		f->row_first[f->rows[k].as + 1]++;
	for (k = 0; k < f->n_ases; k++)
		f->row_first[k + 1] += f->row_first[k];
}
