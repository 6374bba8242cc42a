/*
 * wild_ways: who gives what to whom, from the paths of some routes. Each different path is walked once: an origin's
 * routes share them.
 */
#include "metric/wild_int.h"

#include <stdlib.h>

static int
cmp_way(const void *a, const void *b)
{
	const struct way *x = a, *y = b;

	return (x->path > y->path) - (x->path < y->path);
}

bool
wild_is_own(const struct vp *v, unsigned family, uint32_t first)
{
	return v->kind == VP_TABLE && v->full_feed[family] && v->asn == first;
}

void
wild_paths_add(struct wild_worker *k, const struct routes *t, uint32_t route)
{
	const struct route *r = &t->routes[route];
	uint32_t i;

	k->paths = grow(k->paths, &k->cap_paths, k->n_paths + r->n + 1, sizeof(*k->paths));
	for (i = 0; i < r->n; i++) {
		const struct sighting *s = &t->sightings[r->first + i];
		const struct vp *v = &t->vps[s->vp];

		if (v->kind != VP_ORIGINS)
			k->paths[k->n_paths++] = (struct way){s->path,
			    wild_is_own(v, r->prefix.family, path_first(&t->paths, s->path))};
	}
}

void
wild_paths_settle(struct wild_worker *k)
{
	size_t i, n = 0;

	if (k->n_paths > 1)
		qsort(k->paths, k->n_paths, sizeof(*k->paths), cmp_way);
	for (i = 0; i < k->n_paths; i++)
		if (n == 0 || k->paths[i].path != k->paths[n - 1].path)
			k->paths[n++] = k->paths[i];
		else
			k->paths[n - 1].own = k->paths[n - 1].own || k->paths[i].own;
	k->n_paths = n;
}

static int
cmp_triple(const void *a, const void *b)
{
	const struct triple *x = a, *y = b;

	if (x->as != y->as)
		return x->as < y->as ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->behind > y->behind) - (x->behind < y->behind);
}

static size_t
triples_settle(struct triple *v, size_t n)
{
	size_t i, k = 0;

	if (n > 1)
		qsort(v, n, sizeof(*v), cmp_triple);
	for (i = 0; i < n; i++)
		if (k == 0 || cmp_triple(&v[i], &v[k - 1]) != 0)
			v[k++] = v[i];
		else
			v[k - 1].own = v[k - 1].own || v[i].own;
	return k;
}

size_t
wild_triples_of(const struct facts *f, const struct wild_worker *k, struct triple **v, size_t *cap)
{
	uint32_t hop[AS_PATH_HOPS_MAX], n, j;
	size_t i, out = 0;

	for (i = 0; i < k->n_paths; i++) {
		n = wild_hops(f, k->paths[i].path, hop);
		*v = grow(*v, cap, out + n + 1, sizeof(**v));
		for (j = 0; j + 1 < n; j++)
			(*v)[out++] = (struct triple){hop[j], hop[j + 1], j + 2 < n ? hop[j + 2] : MAP_NONE,
			    WILD_NOBODY, j == 0 && k->paths[i].own};
	}
	return triples_settle(*v, out);
}

static int
cmp_offer(const void *a, const void *b)
{
	const struct offer *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->behind > y->behind) - (x->behind < y->behind);
}

void
wild_offers_of(const struct facts *f, struct wild_worker *k)
{
	uint32_t hop[AS_PATH_HOPS_MAX], n, j;
	size_t i;

	k->n_offers = 0;
	for (i = 0; i < k->n_paths; i++) {
		n = wild_hops(f, k->paths[i].path, hop);
		k->offers = grow(k->offers, &k->cap_offers, k->n_offers + n + 1, sizeof(*k->offers));
		for (j = 0; j + 1 < n; j++)
			k->offers[k->n_offers++] = (struct offer){hop[j], hop[j + 1], k->paths[i].path, j};
	}
	if (k->n_offers > 1)
		qsort(k->offers, k->n_offers, sizeof(*k->offers), cmp_offer);
}

bool
wild_is_offered(const struct facts *f, const struct wild_worker *k, const struct triple *t)
{
	uint32_t hop[AS_PATH_HOPS_MAX], n, j;
	const struct offer want = {.from = t->from, .behind = t->behind};
	size_t lo = 0, hi = k->n_offers, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (cmp_offer(&k->offers[mid], &want) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < k->n_offers && cmp_offer(&k->offers[lo], &want) == 0; lo++) {
		n = wild_hops(f, k->offers[lo].path, hop);
		for (j = k->offers[lo].at; j < n && hop[j] != t->as; j++)
			;
		if (j == n)
			return true;
	}
	return false;
}
