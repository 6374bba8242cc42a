/*
 * routes_see: routes, sightings, and joining tables.
 *
 * Workload: a table brings each (prefix, origin) as often as there are peers, one right after the other,
 * in the order of prefixes; updates come in no order. So a look at the last routes does as long as the
 * order holds, and only then are routes found by a hash. A sighting is 12 bytes and is only appended.
 */
#include "base/arena.h"
#include "world/routes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define TAIL_MAX 32u		/* origins of one prefix that are looked at one by one; real ones have 1 to 5 */

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

static uint64_t
route_hash_of(uint32_t id, const void *arg)
{
	const struct route *a = &((const struct routes *)arg)->routes[id];

	return route_hash(&a->prefix, a->origin);
}

static bool
route_eq(uint32_t id, const void *key, const void *arg)
{
	const struct route *a = &((const struct routes *)arg)->routes[id];
	const struct route_key *k = key;

	return a->origin == k->origin && prefix_eq(&a->prefix, k->p);
}

/* While routes came in the order of prefixes the one sought is among the last of them, or new. False: this
 * one is out of order, or too many share the prefix. */
static bool
find_in_order(const struct routes *r, const struct route_key *k, uint32_t *id)
{
	size_t i = r->n_routes, looked;

	*id = MAP_NONE;
	for (looked = 0; looked < TAIL_MAX; looked++, i--) {
		int c = i == 0 ? -1 : prefix_cmp(&r->routes[i - 1].prefix, k->p);

		if (c < 0)
			return true;
		if (c > 0)
			return false;
		if (r->routes[i - 1].origin == k->origin) {
			*id = (uint32_t)(i - 1);
			return true;
		}
	}
	return false;
}

/* From here on routes are found by their hash. */
static void
scatter(struct routes *r)
{
	uint32_t i;

	r->scattered = true;
	for (i = 0; i < r->n_routes; i++)
		map_add(&r->by_route, route_hash_of(i, r), i, route_hash_of, r);
}

static enum err
route_id(struct routes *r, const struct prefix *p, uint32_t origin, uint32_t *id)
{
	struct route_key k = {p, origin};
	uint64_t h = 0;

	if (r->last != MAP_NONE && route_eq(r->last, &k, r)) {
		*id = r->last;
		return OK;
	}
	if (!r->scattered && !find_in_order(r, &k, id))
		scatter(r);
	if (r->scattered) {
		h = route_hash(p, origin);
		*id = map_find(&r->by_route, h, route_eq, &k, r);
	}
	if (*id == MAP_NONE) {
		if (r->n_routes >= MAP_NONE - 1)
			return ERR_LIMIT;
		*id = (uint32_t)r->n_routes;
		r->routes = grow(r->routes, &r->cap_routes, r->n_routes + 1, sizeof(*r->routes));
		r->routes[r->n_routes++] = (struct route){.prefix = *p, .origin = origin};
		if (r->scattered)
			map_add(&r->by_route, h, *id, route_hash_of, r);
	}
	r->last = *id;
	return OK;
}

static enum err
add_sighting(struct routes *r, struct sighting s)
{
	if (r->n_sightings >= UINT32_MAX - 1)
		return ERR_LIMIT;
	r->sightings = grow(r->sightings, &r->cap_sightings, r->n_sightings + 1, sizeof(*r->sightings));
	r->sightings[r->n_sightings++] = s;
	return OK;
}

enum err
routes_see(struct routes *r, const struct prefix *p, uint32_t path, uint16_t vp, uint16_t weight)
{
	struct sighting s = {.path = path, .vp = vp, .weight = weight};

	assert(!r->sealed && path < r->n_paths && vp < r->n_vps && weight > 0);
	TRY(route_id(r, p, r->paths[path].origin, &s.route));
	return add_sighting(r, s);
}

/* Translate every id of src once, then copy the sightings through the translations. */
enum err
routes_absorb(struct routes *dst, const struct routes *src)
{
	uint16_t *vp = xmalloc(src->n_vps * sizeof(*vp));
	uint32_t *path = xmalloc(src->n_paths * sizeof(*path));
	uint32_t *route = xmalloc(src->n_routes * sizeof(*route));
	enum err e = OK;
	uint32_t i;
	size_t k;

	assert(!dst->sealed && !src->sealed);
	for (i = 0; i < src->n_vps && e == OK; i++)
		e = routes_vp(dst, &src->vps[i], &vp[i]);
	for (i = 0; i < src->n_paths && e == OK; i++)
		e = routes_path(dst, routes_aspath(src, i), src->paths[i].has_otc, src->paths[i].otc,
		    &path[i]);
	for (i = 0; i < src->n_routes && e == OK; i++)
		e = route_id(dst, &src->routes[i].prefix, src->routes[i].origin, &route[i]);
	for (k = 0; k < src->n_sightings && e == OK; k++) {
		const struct sighting *s = &src->sightings[k];

		e = add_sighting(dst,
		    (struct sighting){route[s->route], path[s->path], vp[s->vp], s->weight});
	}
	free(vp);
	free(path);
	free(route);
	return e;
}

enum err
routes_take(struct routes *dst, struct routes *src)
{
	enum err e = OK;

	assert(!dst->sealed && !src->sealed);
	if (dst->n_vps == 0 && dst->n_paths == 0 && dst->n_routes == 0) {
		struct routes empty = *dst;

		*dst = *src;
		*src = empty;
	} else {
		e = routes_absorb(dst, src);
	}
	routes_release(src);
	return e;
}
