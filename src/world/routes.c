/*
 * routes: vantage points, paths, and asking. Routes and sightings are filled in routes_see.c, sealing
 * is in routes_seal.c.
 *
 * Workload while filling: a 10 M entry table brings each AS path a hundred times. Paths are interned by
 * a hash of their words.
 */
#include "world/routes.h"
#include "base/arena.h"
#include "base/limits.h"
#include "world/order.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define PATHS_AT_ONCE 32u	/* more than memory fetches at a time */

void
routes_params_init(struct routes_params *p)
{
	*p = (struct routes_params){.visibility_min = 5, .full_feed_percent = 75};
}

void
routes_init(struct routes *r)
{
	*r = (struct routes){.last = MAP_NONE};
}

void
routes_release(struct routes *r)
{
	free(r->vps);
	free(r->paths);
	free(r->words);
	free(r->routes);
	free(r->sightings);
	free(r->by_origin);
	map_release(&r->by_vp);
	map_release(&r->by_path);
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

static uint64_t
vp_hash_of(uint32_t id, const void *arg)
{
	return vp_hash(&((const struct routes *)arg)->vps[id]);
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
		map_add(&r->by_vp, h, i, vp_hash_of, r);
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
		map_add(&r->by_vp, vp_hash(&r->vps[i]), i, vp_hash_of, r);
}

/* --- paths --- */

static uint64_t
path_hash(const struct path_key *k)
{
	uint64_t h = map_hash(k->p.w, k->p.n * sizeof(*k->p.w));

	return k->has_otc ? h ^ (k->otc + 1) * 0x9e3779b97f4a7c15u : h;
}

static uint64_t
path_hash_of(uint32_t id, const void *arg)
{
	const struct routes *r = arg;
	struct path_key k = {routes_aspath(r, id), r->paths[id].has_otc, r->paths[id].otc};

	return path_hash(&k);
}

static bool
path_eq(uint32_t id, const void *key, const void *arg)
{
	const struct routes *r = arg;
	const struct path *a = &r->paths[id];
	const struct path_key *k = key;

	return a->n == k->p.n && a->has_otc == k->has_otc && a->otc == k->otc &&
	    (a->n == 0 || memcmp(r->words + a->first, k->p.w, a->n * sizeof(*k->p.w)) == 0);
}

static enum err
path_intern(struct routes *r, const struct path_key *k, uint64_t h, uint32_t *id)
{
	struct aspath p = k->p;
	uint32_t i = map_find(&r->by_path, h, path_eq, k, r);

	if (i == MAP_NONE) {
		if (p.n > AS_PATH_HOPS_MAX || r->n_paths >= PATHS_MAX || r->n_words + p.n > UINT32_MAX)
			return ERR_LIMIT;
		i = (uint32_t)r->n_paths;
		r->paths = grow(r->paths, &r->cap_paths, r->n_paths + 1, sizeof(*r->paths));
		r->words = grow(r->words, &r->cap_words, r->n_words + p.n, sizeof(*r->words));
		r->paths[r->n_paths++] = (struct path){(uint32_t)r->n_words, (uint16_t)p.n, k->has_otc,
		    aspath_has_set(p), k->otc, aspath_origin(p)};
		if (p.n > 0)
			memcpy(r->words + r->n_words, p.w, p.n * sizeof(*p.w));
		r->n_words += p.n;
		map_add(&r->by_path, h, i, path_hash_of, r);
	}
	*id = i;
	return OK;
}

enum err
routes_path(struct routes *r, struct aspath p, bool has_otc, uint32_t otc, uint32_t *id)
{
	struct path_key k = {p, has_otc, has_otc ? otc : 0};

	assert(!r->sealed);
	return path_intern(r, &k, path_hash(&k), id);
}

/* At most PATHS_AT_ONCE. Slot, path and words are each fetched while the others' are on their way. */
static enum err
paths_some(struct routes *r, const struct path_key *k, size_t n, uint32_t *ids)
{
	uint64_t hash[PATHS_AT_ONCE];
	uint32_t todo[PATHS_AT_ONCE], expect[PATHS_AT_ONCE];
	size_t i, m = 0;

	for (i = 0; i < n; i++) {
		if (ids[i] != MAP_NONE && path_eq(ids[i], &k[i], r))
			continue;
		hash[m] = path_hash(&k[i]);
		map_prefetch(&r->by_path, hash[m]);
		todo[m++] = (uint32_t)i;
	}
	for (i = 0; i < m; i++) {
		expect[i] = map_expect(&r->by_path, hash[i]);
		if (expect[i] != MAP_NONE)
			__builtin_prefetch(&r->paths[expect[i]]);
	}
	for (i = 0; i < m; i++)
		if (expect[i] != MAP_NONE)
			__builtin_prefetch(&r->words[r->paths[expect[i]].first]);
	for (i = 0; i < m; i++)
		TRY(path_intern(r, &k[todo[i]], hash[i], &ids[todo[i]]));
	return OK;
}

enum err
routes_paths(struct routes *r, const struct path_key *k, size_t n, uint32_t *ids)
{
	size_t i;

	assert(!r->sealed);
	for (i = 0; i < n; i += PATHS_AT_ONCE)
		TRY(paths_some(r, k + i, n - i < PATHS_AT_ONCE ? n - i : PATHS_AT_ONCE, ids + i));
	return OK;
}

/* --- asking --- */

struct aspath
routes_aspath(const struct routes *r, uint32_t path)
{
	return (struct aspath){r->words + r->paths[path].first, r->paths[path].n};
}

size_t
routes_of(const struct routes *r, uint32_t origin, const uint32_t **ids)
{
	assert(r->sealed);
	return order_run(r->by_origin, r->routes, r->n_routes, sizeof(*r->routes),
	    offsetof(struct route, origin), origin, ids);
}

uint32_t
routes_find(const struct routes *r, const struct prefix *p, size_t *n)
{
	size_t lo = 0, hi = r->n_routes, end;

	assert(r->sealed);
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (prefix_cmp(&r->routes[mid].prefix, p) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (end = lo; end < r->n_routes && prefix_eq(&r->routes[end].prefix, p);)
		end++;
	*n = end - lo;
	return *n > 0 ? (uint32_t)lo : MAP_NONE;
}
