/*
 * history: appended, and packed (sorted, each once) whenever it has doubled, so that it is never more than twice as
 * large as what it says.
 */
#include "metric/history.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define PACK_FROM 65536u	/* fewer are not worth a sort before the end */

void
history_init(struct history *h)
{
	*h = (struct history){0};
}

void
history_release(struct history *h)
{
	free(h->routes);
	free(h->triples);
	*h = (struct history){0};
}

static int
route_cmp(const void *pa, const void *pb)
{
	const struct history_route *a = pa, *b = pb;
	int c = prefix_cmp(&a->prefix, &b->prefix);

	return c != 0 ? c : (a->origin > b->origin) - (a->origin < b->origin);
}

static int
triple_cmp(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;
	int i;

	for (i = 0; i < 3; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

/* Sorted, each once; returns how many are left. */
static size_t
pack(void *items, size_t n, size_t size, int (*cmp)(const void *, const void *))
{
	uint8_t *b = items;
	size_t i, k = 0;

	if (n == 0)
		return 0;
	qsort(b, n, size, cmp);
	for (i = 1; i < n; i++)
		if (cmp(b + k * size, b + i * size) != 0 && ++k != i)
			memcpy(b + k * size, b + i * size, size);
	return k + 1;
}

void
history_add_route(struct history *h, const struct prefix *p, uint32_t origin)
{
	if (h->n_routes == h->cap_routes && h->n_routes >= PACK_FROM && h->n_routes >= 2 * h->n_routes_packed)
		h->n_routes = h->n_routes_packed = pack(h->routes, h->n_routes, sizeof(*h->routes), route_cmp);
	h->routes = grow(h->routes, &h->cap_routes, h->n_routes + 1, sizeof(*h->routes));
	h->routes[h->n_routes++] = (struct history_route){*p, origin};
}

void
history_add_path(struct history *h, const uint32_t *hop, size_t n)
{
	size_t i;

	for (i = 0; i + 2 < n; i++) {
		if (h->n_triples == h->cap_triples && h->n_triples >= PACK_FROM &&
		    h->n_triples >= 2 * h->n_triples_packed)
			h->n_triples = h->n_triples_packed = pack(h->triples, h->n_triples, sizeof(*h->triples),
			    triple_cmp);
		h->triples = grow(h->triples, &h->cap_triples, h->n_triples + 1, sizeof(*h->triples));
		h->triples[h->n_triples][0] = hop[i + 2];
		h->triples[h->n_triples][1] = hop[i + 1];
		h->triples[h->n_triples++][2] = hop[i];
	}
}

void
history_seal(struct history *h)
{
	h->n_routes = pack(h->routes, h->n_routes, sizeof(*h->routes), route_cmp);
	h->n_triples = pack(h->triples, h->n_triples, sizeof(*h->triples), triple_cmp);
	h->sealed = true;
}

/* Routes stand in the order of their families. */
bool
history_knows(const struct history *h, unsigned family)
{
	return h->n_routes > 0 && (h->routes[0].prefix.family == family || h->routes[h->n_routes - 1].prefix.family == family);
}

bool
history_has_route(const struct history *h, const struct prefix *p, uint32_t origin)
{
	const struct history_route key = {*p, origin};

	return h->n_routes > 0 && bsearch(&key, h->routes, h->n_routes, sizeof(key), route_cmp) != NULL;
}

bool
history_has_triple(const struct history *h, const uint32_t triple[static 3])
{
	return h->n_triples > 0 &&
	    bsearch(triple, h->triples, h->n_triples, sizeof(*h->triples), triple_cmp) != NULL;
}

static bool
told(const struct history *h, uint32_t who, uint32_t by)
{
	const uint32_t key[3] = {who, by, 0};
	size_t lo = 0, hi = h->n_triples;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (triple_cmp(h->triples[mid], key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < h->n_triples && h->triples[lo][0] == who && h->triples[lo][1] == by;
}

bool
history_beside(const struct history *h, uint32_t a, uint32_t b)
{
	return told(h, a, b) || told(h, b, a);
}

size_t
history_routes(const struct history *h, const struct prefix *p, const struct history_route **first)
{
	const struct history_route key = {*p, 0};
	size_t lo = 0, hi = h->n_routes, n = 0;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (route_cmp(&h->routes[mid], &key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*first = h->n_routes > 0 ? h->routes + lo : NULL;
	while (lo + n < h->n_routes && prefix_eq(&h->routes[lo + n].prefix, p))
		n++;
	return n;
}

size_t
history_covering(const struct history *h, const struct prefix *p, const struct history_route **first)
{
	struct prefix up = *p;
	size_t n;

	while (up.len > 1) {	/* a default route covers everything and says nothing */
		up.len--;
		prefix_mask(&up);
		n = history_routes(h, &up, first);
		if (n > 0)
			return n;
	}
	return 0;
}
