/*
 * routes_see: routes, sightings, and joining tables.
 *
 * Workload: a table brings each (prefix, origin) as often as there are peers, one right after the other,
 * in the order of prefixes; updates come in no order. So the sightings of a prefix are gathered and put
 * down together as long as the order holds, and only then are routes found by a hash.
 */
#include "base/arena.h"
#include "base/limits.h"
#include "world/routes_int.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define AT_ONCE 32u		/* sightings: more than memory fetches at a time */
#define SHORT 32u		/* sightings of a prefix that are sorted by insertion */

struct route_key {
	const struct prefix *p;
	uint32_t origin;
};

static uint64_t
route_hash(const struct prefix *p, uint32_t origin)
{
	uint8_t key[22] = {p->family, p->len};

	memcpy(key + 2, &origin, 4);
	memcpy(key + 6, p->addr, 16);
	return map_hash(key, sizeof(key));
}

static inline bool
route_eq(uint32_t id, const void *key, const void *arg)
{
	const struct route *a = &((const struct routes *)arg)->routes[id];
	const struct route_key *k = key;

	return a->origin == k->origin && prefix_eq(&a->prefix, k->p);
}

/* There is room: a route needs a sighting, and these are counted. */
static uint32_t
route_add(struct routes *r, const struct prefix *p, uint32_t origin)
{
	r->routes = grow(r->routes, &r->cap_routes, r->n_routes + 1, sizeof(*r->routes));
	r->routes[r->n_routes++] = (struct route){.prefix = *p, .origin = origin,
	    .first = (uint32_t)r->n_sightings};
	return (uint32_t)(r->n_routes - 1);
}

struct late {			/* a route that is to be found */
	const struct prefix *prefix;
	uint32_t origin, id;
};

/* Find or add each, at most AT_ONCE. Slot and route are each fetched while the others' are on their way. */
static void
find_some(struct routes *r, struct late *l, size_t n)
{
	uint64_t hash[AT_ONCE];
	size_t i;

	for (i = 0; i < n; i++) {
		hash[i] = route_hash(l[i].prefix, l[i].origin);
		map_prefetch(&r->by_route, hash[i]);
	}
	for (i = 0; i < n; i++) {
		uint32_t expect = map_expect(&r->by_route, hash[i]);

		if (expect != MAP_NONE)
			__builtin_prefetch(&r->routes[expect]);
	}
	for (i = 0; i < n; i++) {
		struct route_key k = {l[i].prefix, l[i].origin};

		l[i].id = map_find(&r->by_route, hash[i], route_eq, &k, r);
		if (l[i].id != MAP_NONE)
			continue;
		l[i].id = route_add(r, l[i].prefix, l[i].origin);
		map_add(&r->by_route, hash[i], l[i].id);
	}
}

/* From here on routes are found by their hash. */
static void
scatter(struct routes *r)
{
	uint64_t hash[AT_ONCE];
	uint32_t i, k, n;

	r->scattered = true;
	r->n_sorted = r->n_routes;
	r->n_grouped = r->n_sightings;
	map_reserve(&r->by_route, r->n_routes);
	for (i = 0; i < r->n_routes; i += n) {
		n = r->n_routes - i < AT_ONCE ? (uint32_t)r->n_routes - i : AT_ONCE;
		for (k = 0; k < n; k++) {
			hash[k] = route_hash(&r->routes[i + k].prefix, r->routes[i + k].origin);
			map_prefetch(&r->by_route, hash[k]);
		}
		for (k = 0; k < n; k++)
			map_add(&r->by_route, hash[k], i + k);
	}
}

static void
tail_add(struct routes *r, uint32_t route, struct sighting s)
{
	size_t at = r->n_sightings - r->n_grouped;

	r->tail = grow(r->tail, &r->cap_tail, at + 1, sizeof(*r->tail));
	r->tail[at] = route;
	r->sightings[r->n_sightings++] = s;
}

static int
by_origin(const void *pa, const void *pb)
{
	const struct pending *a = pa, *b = pb;

	return (a->origin > b->origin) - (a->origin < b->origin);
}

/* Nearly always of one origin, so in order already. */
static void
sort_pending(struct pending *p, size_t n)
{
	size_t i, k;

	if (n > SHORT) {
		qsort(p, n, sizeof(*p), by_origin);
		return;
	}
	for (i = 1; i < n; i++) {
		struct pending x = p[i];

		for (k = i; k > 0 && p[k - 1].origin > x.origin; k--)
			p[k] = p[k - 1];
		p[k] = x;
	}
}

static void
settle_late(struct routes *r, size_t n)
{
	struct late l[AT_ONCE];
	size_t i, k, some;

	for (i = 0; i < n; i += some) {
		some = n - i < AT_ONCE ? n - i : AT_ONCE;
		for (k = 0; k < some; k++)
			l[k] = (struct late){.prefix = &r->at, .origin = r->pending[i + k].origin};
		find_some(r, l, some);
		for (k = 0; k < some; k++)
			tail_add(r, l[k].id, r->pending[i + k].s);
	}
}

void
routes_settle(struct routes *r)
{
	size_t i, n = r->n_pending;
	uint32_t id = MAP_NONE;

	r->n_pending = 0;
	if (n == 0)
		return;
	r->sightings = grow(r->sightings, &r->cap_sightings, r->n_sightings + n, sizeof(*r->sightings));
	if (!r->scattered && r->n_routes > 0 && prefix_cmp(&r->routes[r->n_routes - 1].prefix, &r->at) >= 0)
		scatter(r);
	if (r->scattered) {
		settle_late(r, n);
		return;
	}
	sort_pending(r->pending, n);
	for (i = 0; i < n; i++) {
		const struct pending *p = &r->pending[i];

		if (i == 0 || p->origin != p[-1].origin)
			id = route_add(r, &r->at, p->origin);
		r->sightings[r->n_sightings++] = p->s;
		r->routes[id].n++;
	}
}

/* As long as prefixes come in order. */
static void
see_in_order(struct routes *r, const struct run *run, const struct sighting *s)
{
	uint32_t i;

	if (r->n_pending > 0 && !prefix_eq(&r->at, &run->prefix))
		routes_settle(r);
	r->at = run->prefix;
	if (r->n_pending + run->n > r->cap_pending)
		r->pending = grow(r->pending, &r->cap_pending, r->n_pending + run->n, sizeof(*r->pending));
	for (i = 0; i < run->n; i++)
		r->pending[r->n_pending++] = (struct pending){s[i], path_origin(&r->paths, s[i].path)};
}

/* At most AT_ONCE, none pending. */
static void
see_late(struct routes *r, struct late *l, const struct sighting *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		l[i].origin = path_origin(&r->paths, s[i].path);
	find_some(r, l, n);
	r->sightings = grow(r->sightings, &r->cap_sightings, r->n_sightings + n, sizeof(*r->sightings));
	for (i = 0; i < n; i++)
		tail_add(r, l[i].id, s[i]);
}

static void
see_scattered(struct routes *r, const struct run *run, size_t n, const struct sighting *s)
{
	struct late late[AT_ONCE];
	size_t i, m = 0;
	uint32_t k;

	routes_settle(r);
	for (i = 0; i < n; i++)
		for (k = 0; k < run[i].n; k++) {
			late[m++].prefix = &run[i].prefix;
			if (m < AT_ONCE)
				continue;
			see_late(r, late, s, m);
			s += m;
			m = 0;
		}
	see_late(r, late, s, m);
}

enum err
routes_see_runs(struct routes *r, const struct run *run, size_t n, const struct sighting *s)
{
	size_t i, all = 0;

	assert(!r->sealed);
	for (i = 0; i < n; i++)
		all += run[i].n;
	if (all > SIGHTINGS_MAX - routes_n_seen(r))
		return ERR_LIMIT;
	for (i = 0; i < n && !r->scattered; i++) {
		see_in_order(r, &run[i], s);
		s += run[i].n;
	}
	if (i < n)
		see_scattered(r, run + i, n - i, s);
	return OK;
}

enum err
routes_see(struct routes *r, const struct prefix *p, uint32_t path, uint16_t vp, uint16_t weight)
{
	const struct run run = {*p, 1};
	const struct sighting s = {path, vp, weight};

	assert(path < r->paths.n_words && vp < r->n_vps && weight > 0);
	return routes_see_runs(r, &run, 1, &s);
}

/* --- joining --- */

struct translation { uint32_t *path, *route; uint16_t *vp; };

static void
absorb_routes(struct routes *dst, const struct routes *src, uint32_t *to)
{
	struct late l[AT_ONCE];
	size_t i, k, n;

	for (i = 0; i < src->n_routes; i += n) {
		n = src->n_routes - i < AT_ONCE ? src->n_routes - i : AT_ONCE;
		for (k = 0; k < n; k++)
			l[k] = (struct late){.prefix = &src->routes[i + k].prefix, .origin = src->routes[i + k].origin};
		find_some(dst, l, n);
		for (k = 0; k < n; k++)
			to[i + k] = l[k].id;
	}
}

static enum err
absorb(struct routes *dst, const struct routes *src, struct translation *to)
{
	uint32_t i;
	size_t k;

	if (dst->n_sightings + src->n_sightings > SIGHTINGS_MAX)
		return ERR_LIMIT;
	for (i = 0; i < src->n_vps; i++)
		TRY(routes_vp(dst, &src->vps[i], &to->vp[i]));
	TRY(paths_absorb(&dst->paths, &src->paths, to->path));
	if (!dst->scattered)
		scatter(dst);
	dst->sightings = grow(dst->sightings, &dst->cap_sightings, dst->n_sightings + src->n_sightings,
	    sizeof(*dst->sightings));
	absorb_routes(dst, src, to->route);
	for (i = 0; i < src->n_routes; i++) {
		const struct route *a = &src->routes[i];

		for (k = a->first; k < (size_t)a->first + a->n; k++) {
			const struct sighting *s = &src->sightings[k];

			tail_add(dst, to->route[i], (struct sighting){to->path[s->path], to->vp[s->vp], s->weight});
		}
	}
	for (k = src->n_grouped; src->scattered && k < src->n_sightings; k++) {
		const struct sighting *s = &src->sightings[k];

		tail_add(dst, to->route[src->tail[k - src->n_grouped]],
		    (struct sighting){to->path[s->path], to->vp[s->vp], s->weight});
	}
	return OK;
}

enum err
routes_absorb(struct routes *dst, struct routes *src)
{
	struct translation to;
	enum err e;

	assert(!dst->sealed && !src->sealed);
	routes_settle(dst);
	routes_settle(src);
	to.vp = xmalloc(src->n_vps * sizeof(*to.vp));
	to.path = xmalloc(src->paths.n_words * sizeof(*to.path));
	to.route = xmalloc(src->n_routes * sizeof(*to.route));
	e = absorb(dst, src, &to);
	free(to.vp);
	free(to.path);
	free(to.route);
	return e;
}

enum err
routes_take(struct routes *dst, struct routes *src)
{
	enum err e = OK;

	assert(!dst->sealed && !src->sealed);
	if (routes_n_seen(dst) < routes_n_seen(src)) {
		struct routes other = *dst;

		*dst = *src;
		*src = other;
	}
	if (src->n_vps > 0)
		e = routes_absorb(dst, src);
	routes_release(src);
	return e;
}
