/*
 * routes_sort: canonical order. Vantage points and routes are sorted by what they say (never by when they
 * came) and their ids in the sightings are translated. A table that came in order has its routes sorted and
 * its sightings by route already. Otherwise the routes that came late are sorted and merged with the others,
 * and the sightings go by a counting sort: O(n).
 */
#include "base/arena.h"
#include "world/order.h"
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

static void
renumber_vps(struct routes *r, const uint16_t *map)
{
	size_t i;

	for (i = 0; i < r->n_vps && map[i] == i;)
		i++;
	if (i == r->n_vps)
		return;
	for (i = 0; i < r->n_sightings; i++)
		r->sightings[i].vp = map[r->sightings[i].vp];
}

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
	renumber_vps(r, map);
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
	size_t i, n_tables = 0, k = 0, n = r->n_vps;

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
	if (k < n)
		renumber_vps(r, map);
	r->n_vps = k;
	free(tables);
	free(map);
}

/* --- routes --- */

/* What most routes differ in, as a number: family and address, of IPv4 the length, too. */
static uint64_t
route_key(const struct route *a)
{
	uint64_t key = be64(a->prefix.addr);

	if (a->prefix.family == FAMILY_V4)
		key |= (uint64_t)a->prefix.len << 1;
	return key >> 1 | (uint64_t)a->prefix.family << 63;
}

static int
item_cmp(const void *pa, const void *pb, void *routes)
{
	const struct order_item *a = pa, *b = pb;

	return route_cmp(&((struct route *)routes)[a->id], &((struct route *)routes)[b->id]);
}

/* The routes that came out of order, in order: free it. */
static struct order_item *
sort_late(const struct routes *r, size_t n)
{
	struct order_item *late = xmalloc(n * sizeof(*late));
	size_t i, end;

	for (i = 0; i < n; i++)
		late[i] = (struct order_item){route_key(&r->routes[r->n_sorted + i]), (uint32_t)(r->n_sorted + i)};
	order_u64(late, n);
	for (i = 0; i < n; i = end) {
		for (end = i + 1; end < n && late[end].key == late[i].key;)
			end++;
		if (end - i > 1)
			qsort_r(late + i, end - i, sizeof(*late), item_cmp, r->routes);
	}
	return late;
}

/* Merged with those that came in order, the first n_sorted. was[i] is where the i-th was. */
static void
sort_routes(struct routes *r, uint32_t *was)
{
	size_t i = 0, j = 0, k, n = r->n_routes - r->n_sorted;
	struct order_item *late = sort_late(r, n);
	struct route *out = xmalloc(r->n_routes * sizeof(*out));

	for (k = 0; k < r->n_routes; k++) {
		was[k] = j == n || (i < r->n_sorted &&
		    route_cmp(&r->routes[i], &r->routes[late[j].id]) < 0) ? (uint32_t)i++ : late[j++].id;
		out[k] = r->routes[was[k]];
	}
	free(late);
	free(r->routes);
	r->routes = out;
	r->cap_routes = r->n_routes;
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

/* Updates say the same again and again, and what a table says, too: of each route once is enough. */
void
routes_drop_duplicates(struct routes *r)
{
	size_t i, k, to = 0;

	for (i = 0; i < r->n_routes; i++) {
		struct route *a = &r->routes[i];
		size_t from = a->first, n = a->n;

		a->first = (uint32_t)to;
		if (!r->has_late[i]) {
			if (to != from)
				memmove(r->sightings + to, r->sightings + from, n * sizeof(*r->sightings));
			to += n;
			continue;
		}
		sort_short(r->sightings + from, n);
		for (k = from; k < from + n; k++) {
			const struct sighting *s = &r->sightings[k];
			const struct sighting *last = to > a->first ? &r->sightings[to - 1] : NULL;

			if (last == NULL || last->vp != s->vp || last->path != s->path)
				r->sightings[to++] = *s;
		}
		a->n = (uint32_t)(to - a->first);
	}
	r->n_sightings = to;
	free(r->has_late);
	r->has_late = NULL;
}

/* now: the route that each old number has become. Grouped sightings are read by the old order of routes,
 * which first and n tell; the rest by tail. */
static void
group_sightings(struct routes *r, const uint32_t *was, const uint32_t *now)
{
	struct sighting *out = xmalloc(r->n_sightings * sizeof(*out));
	uint32_t *next = xcalloc(r->n_routes, sizeof(*next)), sum = 0;
	size_t i, k, n_tail = r->n_sightings - r->n_grouped;

	for (i = 0; i < r->n_routes; i++)
		next[i] = r->routes[i].n;
	for (k = 0; k < n_tail; k++) {
		next[now[r->tail[k]]]++;
		r->has_late[now[r->tail[k]]] = true;
	}
	for (i = 0; i < r->n_routes; i++) {
		struct route *a = &r->routes[i];
		uint32_t n = next[i];

		if (was[i] < r->n_sorted)
			memcpy(out + sum, r->sightings + a->first, a->n * sizeof(*out));
		next[i] = sum + (was[i] < r->n_sorted ? a->n : 0);
		a->first = sum;
		a->n = n;
		sum += n;
	}
	for (k = 0; k < n_tail; k++)
		out[next[now[r->tail[k]]]++] = r->sightings[r->n_grouped + k];
	free(next);
	free(r->sightings);
	r->sightings = out;
	r->cap_sightings = r->n_sightings;
}

void
routes_gather(struct routes *r)
{
	uint32_t *was = xmalloc(r->n_routes * sizeof(*was)), *now = xmalloc(r->n_routes * sizeof(*now));
	size_t i;

	r->has_late = xcalloc(r->n_routes, sizeof(*r->has_late));
	sort_routes(r, was);
	for (i = 0; i < r->n_routes; i++)
		now[was[i]] = (uint32_t)i;
	group_sightings(r, was, now);
	free(was);
	free(now);
	free(r->tail);
	r->tail = NULL;
}
