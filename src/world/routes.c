/*
 * routes: vantage points, and asking. Routes and sightings are filled in routes_see.c, sealing is in
 * routes_seal.c.
 */
#include "world/routes.h"
#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void
routes_params_init(struct routes_params *p)
{
	*p = (struct routes_params){.visibility_min = 5, .full_feed_percent = 75};
}

void
routes_init(struct routes *r)
{
	*r = (struct routes){0};
	paths_init(&r->paths);
}

void
routes_release(struct routes *r)
{
	free(r->vps);
	paths_release(&r->paths);
	free(r->routes);
	free(r->sightings);
	free(r->pending);
	free(r->tail);
	free(r->by_origin);
	free(r->origin_first);
	map_release(&r->by_vp);
	map_release(&r->by_route);
	routes_init(r);
}

/* --- vantage points --- */

static uint64_t
vp_hash(const struct vp *v)
{
	uint8_t key[26] = {(uint8_t)v->kind, v->addr.family};

	memcpy(key + 2, &v->collector, 4);
	memcpy(key + 6, &v->asn, 4);
	memcpy(key + 10, v->addr.b, 16);
	return map_hash(key, sizeof(key));
}

static bool
vp_eq(uint32_t id, const void *key, const void *arg)
{
	const struct vp *a = &((const struct routes *)arg)->vps[id], *b = key;

	return a->kind == b->kind && a->collector == b->collector && a->asn == b->asn &&
	    addr_cmp(&a->addr, &b->addr) == 0;
}

enum err
routes_vp(struct routes *r, const struct vp *v, uint16_t *id)
{
	uint64_t h = vp_hash(v);
	uint32_t i = map_find(&r->by_vp, h, vp_eq, v, r);

	assert(!r->sealed);
	if (i == MAP_NONE) {
		if (r->n_vps >= VANTAGE_MAX)
			return ERR_LIMIT;
		i = (uint32_t)r->n_vps;
		r->vps = grow(r->vps, &r->cap_vps, r->n_vps + 1, sizeof(*r->vps));
		r->vps[r->n_vps++] = (struct vp){.kind = v->kind, .collector = v->collector,
		    .asn = v->asn, .addr = v->addr};
		map_add(&r->by_vp, h, i);
	}
	*id = (uint16_t)i;
	return OK;
}

void
routes_vp_rename(struct routes *r, uint16_t id, const struct addr *addr)
{
	uint32_t i;

	assert(!r->sealed && id < r->n_vps);
	r->vps[id].addr = *addr;
	map_release(&r->by_vp);
	for (i = 0; i < r->n_vps; i++)
		map_add(&r->by_vp, vp_hash(&r->vps[i]), i);
}

enum err
routes_path(struct routes *r, struct aspath p, bool has_otc, uint32_t otc, uint32_t *id)
{
	uint32_t key[PATH_KEY_MAX];
	const uint32_t *const keys[] = {key};

	if (p.n > AS_PATH_HOPS_MAX)
		return ERR_LIMIT;
	path_key(key, p, has_otc, otc);
	*id = MAP_NONE;
	return paths_intern(&r->paths, keys, 1, id);
}

/* --- asking --- */

size_t
routes_of(const struct routes *r, uint32_t origin, const uint32_t **ids)
{
	uint32_t as = origin == ORIGIN_NONE ? (uint32_t)r->paths.ases.n : ases_id(&r->paths.ases, origin);

	assert(r->sealed);
	*ids = r->by_origin;
	if (as == MAP_NONE)
		return 0;
	*ids += r->origin_first[as];
	return r->origin_first[as + 1] - r->origin_first[as];
}

uint32_t
routes_lower(const struct routes *r, const struct prefix *p)
{
	size_t lo = 0, hi = r->n_routes;

	assert(r->sealed);
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (prefix_cmp(&r->routes[mid].prefix, p) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (uint32_t)lo;
}

uint32_t
routes_find(const struct routes *r, const struct prefix *p, size_t *n)
{
	size_t lo = routes_lower(r, p), end;

	for (end = lo; end < r->n_routes && prefix_eq(&r->routes[end].prefix, p);)
		end++;
	*n = end - lo;
	return *n > 0 ? (uint32_t)lo : MAP_NONE;
}
