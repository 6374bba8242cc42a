/*
 * routes_sort: canonical order. Every table is sorted by what its records say (never by when they came)
 * and the ids in the sightings are translated. Sorting the 10 M sightings is a counting sort by route
 * and small sorts inside each route: O(n).
 */
#include "base/arena.h"
#include "world/routes_int.h"

#include <stdlib.h>
#include <string.h>

/* --- order of the records --- */

struct vp_item {
	struct vp vp;
	uint32_t old;
};

static int
vp_cmp(const void *pa, const void *pb)
{
	const struct vp *a = &((const struct vp_item *)pa)->vp, *b = &((const struct vp_item *)pb)->vp;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->collector != b->collector)
		return a->collector < b->collector ? -1 : 1;
	if (a->asn != b->asn)
		return a->asn < b->asn ? -1 : 1;
	return addr_cmp(&a->addr, &b->addr);
}

static int
route_cmp(const void *pa, const void *pb)
{
	const struct route *a = pa, *b = pb;
	int c = prefix_cmp(&a->prefix, &b->prefix);

	return c != 0 ? c : (a->origin > b->origin) - (a->origin < b->origin);
}

struct path_item {
	uint32_t head[4];	/* the first ASNs decide most comparisons without a look at the words */
	uint32_t old;
};

static struct path_item
path_item(const struct routes *r, uint32_t id)
{
	const struct path *p = &r->paths[id];
	struct path_item x = {.old = id};
	uint32_t i;

	for (i = 0; i < 4 && i + 1 < p->n; i++)
		x.head[i] = r->words[p->first + 1 + i];
	return x;
}

static int
path_cmp(const void *pa, const void *pb, void *arg)
{
	const struct path_item *x = pa, *y = pb;
	const struct routes *r = arg;
	const struct path *a = &r->paths[x->old], *b = &r->paths[y->old];
	uint32_t i;

	for (i = 0; i < 4; i++)
		if (x->head[i] != y->head[i])
			return x->head[i] < y->head[i] ? -1 : 1;
	for (i = 0; i < a->n && i < b->n; i++) {
		uint32_t wa = r->words[a->first + i], wb = r->words[b->first + i];

		if (wa != wb)
			return wa < wb ? -1 : 1;
	}
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	if (a->has_otc != b->has_otc)
		return b->has_otc ? -1 : 1;
	return (a->otc > b->otc) - (a->otc < b->otc);
}

/* --- vantage points --- */

void
routes_sort_vps(struct routes *r)
{
	struct vp_item *item = xmalloc(r->n_vps * sizeof(*item));
	uint16_t *map = xmalloc(r->n_vps * sizeof(*map));
	size_t i;

	for (i = 0; i < r->n_vps; i++)
		item[i] = (struct vp_item){r->vps[i], (uint32_t)i};
	qsort(item, r->n_vps, sizeof(*item), vp_cmp);
	for (i = 0; i < r->n_vps; i++) {
		r->vps[i] = item[i].vp;
		map[item[i].old] = (uint16_t)i;
	}
	for (i = 0; i < r->n_sightings; i++)
		r->sightings[i].vp = map[r->sightings[i].vp];
	free(item);
	free(map);
}

static int
peer_cmp(const struct vp *a, const struct vp *b)
{
	if (a->asn != b->asn)
		return a->asn < b->asn ? -1 : 1;
	return addr_cmp(&a->addr, &b->addr);
}

static int
peer_id_cmp(const void *pa, const void *pb, void *arg)
{
	const struct routes *r = arg;
	uint16_t a = *(const uint16_t *)pa, b = *(const uint16_t *)pb;
	int c = peer_cmp(&r->vps[a], &r->vps[b]);

	return c != 0 ? c : (a > b) - (a < b);
}

/* The first of the tables (sorted by peer) that is of v's peer; v itself when there is none. */
static uint16_t
find_table(const struct routes *r, const uint16_t *tables, size_t n, uint16_t v)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (peer_cmp(&r->vps[tables[mid]], &r->vps[v]) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && peer_cmp(&r->vps[tables[lo]], &r->vps[v]) == 0 ? tables[lo] : v;
}

void
routes_join_updates(struct routes *r)
{
	uint16_t *tables = xmalloc(r->n_vps * sizeof(*tables)), *map = xmalloc(r->n_vps * sizeof(*map));
	size_t i, n_tables = 0, k = 0;

	for (i = 0; i < r->n_vps; i++)
		if (r->vps[i].kind == VP_TABLE)
			tables[n_tables++] = (uint16_t)i;
	qsort_r(tables, n_tables, sizeof(*tables), peer_id_cmp, r);
	for (i = 0; i < r->n_vps; i++) {
		uint16_t to = r->vps[i].kind == VP_UPDATES ?
		    find_table(r, tables, n_tables, (uint16_t)i) : (uint16_t)i;

		if (to != i) {		/* tables sort first, so its new number is known */
			map[i] = map[to];
			continue;
		}
		map[i] = (uint16_t)k;
		r->vps[k++] = r->vps[i];
	}
	r->n_vps = k;
	for (i = 0; i < r->n_sightings; i++)
		r->sightings[i].vp = map[r->sightings[i].vp];
	free(tables);
	free(map);
}

/* --- paths and routes --- */

void
routes_sort_paths(struct routes *r)
{
	struct path_item *item = xmalloc(r->n_paths * sizeof(*item));
	struct path *paths = xmalloc(r->n_paths * sizeof(*paths));
	uint32_t *words = xmalloc(r->n_words * sizeof(*words)), *map = xmalloc(r->n_paths * sizeof(*map));
	uint32_t at = 0;
	size_t i;

	for (i = 0; i < r->n_paths; i++)
		item[i] = path_item(r, (uint32_t)i);
	qsort_r(item, r->n_paths, sizeof(*item), path_cmp, r);
	for (i = 0; i < r->n_paths; i++) {
		const struct path *old = &r->paths[item[i].old];

		map[item[i].old] = (uint32_t)i;
		paths[i] = *old;
		paths[i].first = at;
		if (old->n > 0)
			memcpy(words + at, r->words + old->first, old->n * sizeof(*words));
		at += old->n;
	}
	for (i = 0; i < r->n_sightings; i++)
		r->sightings[i].path = map[r->sightings[i].path];
	free(item);
	free(map);
	free(r->paths);
	free(r->words);
	r->paths = paths;
	r->words = words;
	r->cap_paths = r->n_paths;
	r->cap_words = r->n_words;
}

void
routes_sort_routes(struct routes *r)
{
	uint32_t *map = xmalloc(r->n_routes * sizeof(*map));
	size_t i;

	for (i = 0; i < r->n_routes; i++)
		r->routes[i].first = (uint32_t)i;	/* carries the old number through the sort */
	if (r->n_routes > 0)
		qsort(r->routes, r->n_routes, sizeof(*r->routes), route_cmp);
	for (i = 0; i < r->n_routes; i++)
		map[r->routes[i].first] = (uint32_t)i;
	for (i = 0; i < r->n_sightings; i++)
		r->sightings[i].route = map[r->sightings[i].route];
	free(map);
}

/* --- sightings --- */

static int
sighting_cmp(const void *pa, const void *pb)
{
	const struct sighting *a = pa, *b = pb;

	if (a->vp != b->vp)
		return a->vp < b->vp ? -1 : 1;
	if (a->path != b->path)
		return a->path < b->path ? -1 : 1;
	return (a->weight < b->weight) - (a->weight > b->weight);	/* the largest first: it stays */
}

void
routes_group_sightings(struct routes *r)
{
	struct sighting *out = xmalloc(r->n_sightings * sizeof(*out));
	uint32_t sum = 0;
	size_t i;

	for (i = 0; i < r->n_routes; i++)
		r->routes[i].n = 0;
	for (i = 0; i < r->n_sightings; i++)
		r->routes[r->sightings[i].route].n++;
	for (i = 0; i < r->n_routes; i++) {
		r->routes[i].first = sum;
		sum += r->routes[i].n;
		r->routes[i].n = 0;
	}
	for (i = 0; i < r->n_sightings; i++) {
		struct route *a = &r->routes[r->sightings[i].route];

		out[a->first + a->n++] = r->sightings[i];
	}
	free(r->sightings);
	r->sightings = out;
	r->cap_sightings = r->n_sightings;
}

/* Short lists, mostly in order already. */
static void
sort_short(struct sighting *s, size_t n)
{
	size_t i, k;

	if (n > 32) {
		qsort(s, n, sizeof(*s), sighting_cmp);
		return;
	}
	for (i = 1; i < n; i++) {
		struct sighting x = s[i];

		for (k = i; k > 0 && sighting_cmp(&x, &s[k - 1]) < 0; k--)
			s[k] = s[k - 1];
		s[k] = x;
	}
}

void
routes_sort_sightings(struct routes *r)
{
	size_t i, k, to = 0;

	routes_group_sightings(r);
	for (i = 0; i < r->n_routes; i++) {
		struct route *a = &r->routes[i];
		size_t from = a->first, n = a->n;

		sort_short(r->sightings + from, n);
		a->first = (uint32_t)to;
		for (k = from; k < from + n; k++) {
			const struct sighting *s = &r->sightings[k];
			const struct sighting *last = to > a->first ? &r->sightings[to - 1] : NULL;

			if (last == NULL || last->vp != s->vp || last->path != s->path)
				r->sightings[to++] = *s;
		}
		a->n = (uint32_t)(to - a->first);
	}
	r->n_sightings = to;
}
