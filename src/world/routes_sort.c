/*
 * routes_sort: canonical order. Every table is sorted by what its records say (never by when they came)
 * and the ids in the sightings are translated. Sorting the 10 M sightings is a counting sort by route
 * (nothing at all where a table brought them in order) and small sorts inside each route: O(n). Paths are
 * in routes_sort_paths.c.
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

/* --- routes --- */

/* The prefixes are in order. */
static void
sort_origins(struct routes *r)
{
	size_t from, to;

	for (from = 0; from < r->n_routes; from = to) {
		for (to = from + 1; to < r->n_routes &&
		    prefix_eq(&r->routes[from].prefix, &r->routes[to].prefix);)
			to++;
		if (to - from > 1)
			qsort(r->routes + from, to - from, sizeof(*r->routes), route_cmp);
	}
}

void
routes_sort_routes(struct routes *r)
{
	uint32_t *map = xmalloc(r->n_routes * sizeof(*map));
	size_t i;

	for (i = 0; i < r->n_routes; i++)
		r->routes[i].first = (uint32_t)i;	/* carries the old number through the sort */
	if (r->scattered)
		qsort(r->routes, r->n_routes, sizeof(*r->routes), route_cmp);
	else
		sort_origins(r);
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

/* A table brings its sightings nearly in order: only where a prefix has several origins they take turns.
 * False when they are farther off; they are all still there. */
static bool
group_in_place(struct routes *r)
{
	struct sighting *s = r->sightings;
	size_t i, k, moves = 0;

	for (i = 1; i < r->n_sightings; i++) {
		struct sighting x = s[i];

		for (k = i; k > 0 && s[k - 1].route > x.route; k--)
			s[k] = s[k - 1];
		if (k == i)
			continue;
		s[k] = x;
		moves += i - k;
		if (moves > r->n_sightings)
			return false;
	}
	return true;
}

/* first of each route is known: put its sightings there, by way of a copy. */
static void
scatter_sightings(struct routes *r)
{
	struct sighting *out = xmalloc(r->n_sightings * sizeof(*out));
	uint32_t *next = xmalloc(r->n_routes * sizeof(*next));
	size_t i;

	for (i = 0; i < r->n_routes; i++)
		next[i] = r->routes[i].first;
	for (i = 0; i < r->n_sightings; i++)
		out[next[r->sightings[i].route]++] = r->sightings[i];
	free(next);
	free(r->sightings);
	r->sightings = out;
	r->cap_sightings = r->n_sightings;
}

void
routes_group_sightings(struct routes *r)
{
	uint32_t sum = 0;
	size_t i;

	for (i = 0; i < r->n_routes; i++)
		r->routes[i].n = 0;
	for (i = 0; i < r->n_sightings; i++)
		r->routes[r->sightings[i].route].n++;
	for (i = 0; i < r->n_routes; i++) {
		r->routes[i].first = sum;
		sum += r->routes[i].n;
	}
	if (!group_in_place(r))
		scatter_sightings(r);
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
