/*
 * exposure_ground: which routes matter for a subject. The table of routes is in the order of prefixes, so what
 * lies in one prefix is one run of it.
 */
#include "metric/exposure_int.h"

#include <assert.h>
#include <stdlib.h>

static void
span_add(struct ground *g, uint32_t lo, uint32_t hi)
{
	if (lo == hi)
		return;
	g->spans = grow(g->spans, &g->cap, g->n + 1, sizeof(*g->spans));
	g->spans[g->n++] = (struct span_of_routes){lo, hi};
}

/* All routes that p covers, from lo on. */
static uint32_t
run_end(const struct routes *t, const struct prefix *p, uint32_t lo)
{
	size_t n = t->n_routes, step = 1, hi = lo, mid;

	while (hi < n && prefix_covers(p, &t->routes[hi].prefix)) {	/* gallop: most runs are short */
		lo = (uint32_t)hi;
		hi += step;
		step *= 2;
	}
	for (hi = hi < n ? hi : n; lo < hi;) {
		mid = lo + (hi - lo) / 2;
		if (prefix_covers(p, &t->routes[mid].prefix))
			lo = (uint32_t)mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void
spans_of_prefix(struct ground *g, const struct prefix *within)
{
	const struct routes *t = &g->f->w->routes;
	uint32_t first;
	unsigned len;

	for (len = 1; len < within->len; len++) {
		struct prefix p = *within;
		uint32_t id;
		size_t n;

		p.len = (uint8_t)len;
		prefix_mask(&p);
		id = routes_find(t, &p, &n);
		if (id != MAP_NONE)
			span_add(g, id, id + (uint32_t)n);
	}
	first = routes_lower(t, within);
	span_add(g, first, run_end(t, within, first));
}

static void
spans_of_origin(struct ground *g)
{
	const struct routes *t = &g->f->w->routes;
	const uint32_t *ids;
	size_t n = routes_of(t, g->origin, &ids), i;
	uint32_t end = 0, lo;

	for (i = 0; i < n; i++) {
		if (ids[i] < end || !ground_counts(g, ids[i]))
			continue;
		/* of one prefix, other origins' routes may stand before it */
		for (lo = ids[i]; lo > end && prefix_eq(&t->routes[lo - 1].prefix, &t->routes[ids[i]].prefix);)
			lo--;
		end = run_end(t, &t->routes[ids[i]].prefix, ids[i]);
		span_add(g, lo, end);
	}
}

void
ground_init(struct ground *g, const struct facts *f, uint32_t origin, const struct prefix *within)
{
	*g = (struct ground){.f = f, .origin = origin, .as = ases_id(f->ases, origin), .within = within};
	if (within != NULL)
		spans_of_prefix(g, within);
	else if (g->as != MAP_NONE)
		spans_of_origin(g);
}

void
ground_release(struct ground *g)
{
	free(g->spans);
	*g = (struct ground){0};
}

bool
ground_counts(const struct ground *g, uint32_t route)
{
	return g->f->w->routes.routes[route].origin == g->origin && (g->f->route_bits[route] & ROUTE_VISIBLE) != 0;
}

const struct prefix *
ground_clip(const struct ground *g, const struct prefix *p)
{
	return g->within != NULL && p->len < g->within->len ? g->within : p;
}

/* --- the origins of a prefix --- */

struct found {
	uint32_t far;		/* 0: the prefix itself; 1..128: bits that a covering one is shorter; then within */
	uint32_t asn;
};

#define FAR_WITHIN 1000u

static int
cmp_found(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->far != y->far)
		return x->far < y->far ? -1 : 1;
	return (x->asn > y->asn) - (x->asn < y->asn);
}

static int
cmp_asn(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->asn != y->asn)
		return x->asn < y->asn ? -1 : 1;
	return (x->far > y->far) - (x->far < y->far);
}

size_t
exposure_origins(const struct facts *f, const struct prefix *p, uint32_t *origin, size_t cap)
{
	struct found *found = NULL;
	size_t i, n = 0, cap_found = 0, distinct = 0;
	struct ground g;
	uint32_t k;

	ground_init(&g, f, ORIGIN_NONE, p);
	for (i = 0; i < g.n; i++)
		for (k = g.spans[i].lo; k < g.spans[i].hi; k++) {
			const struct route *r = &f->w->routes.routes[k];

			if (r->origin == ORIGIN_NONE || (f->route_bits[k] & ROUTE_VISIBLE) == 0)
				continue;
			found = grow(found, &cap_found, n + 1, sizeof(*found));
			found[n++] = (struct found){r->prefix.len > p->len ? FAR_WITHIN :
			    (uint32_t)p->len - r->prefix.len, r->origin};
		}
	ground_release(&g);
	if (n > 0)
		qsort(found, n, sizeof(*found), cmp_asn);
	for (i = 0; i < n; i++)
		if (distinct == 0 || found[distinct - 1].asn != found[i].asn)
			found[distinct++] = found[i];
	if (distinct > 0)
		qsort(found, distinct, sizeof(*found), cmp_found);
	for (i = 0; i < distinct && i < cap; i++)
		origin[i] = found[i].asn;
	free(found);
	return distinct;
}
