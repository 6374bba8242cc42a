/*
 * orgs: which ASNs belong to one organisation.
 *
 * Workload: 110 k ASes and 90 k organisations, sealed once; an AS is looked up by ASN, its siblings by
 * the organisation's id. Both by binary search: ases by ASN, by_org by (id, ASN).
 */
#include "world/people.h"
#include "base/limits.h"
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void
orgs_init(struct orgs *o)
{
	*o = (struct orgs){.arena = arena_new()};
}

void
orgs_release(struct orgs *o)
{
	arena_free(o->arena);
	free(o->orgs);
	free(o->ases);
	free(o->by_org);
	*o = (struct orgs){0};
}

enum err
orgs_add(struct orgs *o, struct span id, struct span name, struct span country)
{
	assert(!o->sealed);
	if (o->n_orgs >= TABLE_ROWS_MAX)
		return ERR_LIMIT;
	o->orgs = grow(o->orgs, &o->cap_orgs, o->n_orgs + 1, sizeof(*o->orgs));
	o->orgs[o->n_orgs++] = (struct org){arena_strdup(o->arena, id), arena_strdup(o->arena, name),
	    arena_strdup(o->arena, country)};
	return OK;
}

static enum err
add_as(struct orgs *o, uint32_t asn, bool filled, struct span name, struct span org_id)
{
	assert(!o->sealed);
	if (o->n_ases >= TABLE_ROWS_MAX)
		return ERR_LIMIT;
	o->ases = grow(o->ases, &o->cap_ases, o->n_ases + 1, sizeof(*o->ases));
	o->ases[o->n_ases++] = (struct org_as){asn, filled, arena_strdup(o->arena, name),
	    arena_strdup(o->arena, org_id), NULL};
	return OK;
}

enum err
orgs_add_as(struct orgs *o, uint32_t asn, struct span name, struct span org_id)
{
	return add_as(o, asn, false, name, org_id);
}

enum err
orgs_fill_as(struct orgs *o, uint32_t asn, struct span name, struct span org_id)
{
	return add_as(o, asn, true, name, org_id);
}

enum err
orgs_absorb(struct orgs *dst, const struct orgs *src)
{
	size_t i;

	assert(!src->sealed);
	for (i = 0; i < src->n_orgs; i++)
		TRY(orgs_add(dst, span_of(src->orgs[i].id), span_of(src->orgs[i].name),
		    span_of(src->orgs[i].country)));
	for (i = 0; i < src->n_ases; i++)
		TRY(add_as(dst, src->ases[i].asn, src->ases[i].filled, span_of(src->ases[i].name),
		    span_of(src->ases[i].org_id)));
	dst->present = dst->present || src->present;
	return OK;
}

static int
org_cmp(const void *pa, const void *pb)
{
	const struct org *a = pa, *b = pb;
	int c = strcmp(a->id, b->id);

	if (c == 0)
		c = strcmp(a->name, b->name);
	return c != 0 ? c : strcmp(a->country, b->country);
}

static int
as_cmp(const void *pa, const void *pb)
{
	const struct org_as *a = pa, *b = pb;
	int c;

	if (a->asn != b->asn)
		return a->asn < b->asn ? -1 : 1;
	if (a->filled != b->filled)
		return a->filled ? 1 : -1;
	c = strcmp(a->org_id, b->org_id);
	return c != 0 ? c : strcmp(a->name, b->name);
}

static int
by_org_cmp(const void *pa, const void *pb, void *arg)
{
	const struct orgs *o = arg;
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;
	int c = strcmp(o->ases[a].org_id, o->ases[b].org_id);

	return c != 0 ? c : (a > b) - (a < b);	/* ases are in the order of their ASNs */
}

static void
seal_ases(struct orgs *o)
{
	size_t i, k = 0;

	if (o->n_ases > 0)
		qsort(o->ases, o->n_ases, sizeof(*o->ases), as_cmp);
	for (i = 0; i < o->n_ases;) {
		struct org_as first = o->ases[i];
		bool clash = false;

		for (; i < o->n_ases && o->ases[i].asn == first.asn; i++) {
			if (o->ases[i].filled && !first.filled && first.second == NULL)
				first.second = o->ases[i].org_id;
			clash = clash || (o->ases[i].filled == first.filled &&
			    strcmp(o->ases[i].org_id, first.org_id) != 0);
		}
		o->n_conflicts += clash;
		o->n_told += !first.filled;
		o->ases[k++] = first;
	}
	o->n_ases = k;
}

void
orgs_seal(struct orgs *o)
{
	size_t i, k = 0;

	assert(!o->sealed);
	if (o->n_orgs > 0)
		qsort(o->orgs, o->n_orgs, sizeof(*o->orgs), org_cmp);
	for (i = 0; i < o->n_orgs; i++)
		if (k == 0 || strcmp(o->orgs[k - 1].id, o->orgs[i].id) != 0)
			o->orgs[k++] = o->orgs[i];
	o->n_orgs = k;
	seal_ases(o);
	o->by_org = xmalloc(o->n_ases * sizeof(*o->by_org));
	for (i = 0; i < o->n_ases; i++)
		o->by_org[i] = (uint32_t)i;
	if (o->n_ases > 0)
		qsort_r(o->by_org, o->n_ases, sizeof(*o->by_org), by_org_cmp, o);
	o->sealed = true;
}

const struct org_as *
orgs_as(const struct orgs *o, uint32_t asn)
{
	size_t lo = 0, hi = o->n_ases;

	assert(o->sealed);
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (o->ases[mid].asn < asn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < o->n_ases && o->ases[lo].asn == asn ? &o->ases[lo] : NULL;
}

static bool
is_one(const char *a, const char *b)
{
	return a != NULL && b != NULL && a[0] != '\0' && strcmp(a, b) == 0;
}

bool
orgs_same(const struct orgs *o, uint32_t a, uint32_t b)
{
	const struct org_as *x = orgs_as(o, a), *y = orgs_as(o, b);

	if (o->holders != NULL && holders_tie(o->holders, holders_asn(o->holders, a), holders_asn(o->holders, b)) == TIE_ONE)
		return true;
	if (x == NULL || y == NULL)
		return false;
	/* PeeringDB's ids never meet those of registries: no pair of different sources is equal */
	return is_one(x->org_id, y->org_id) || is_one(x->second, y->second) || is_one(x->org_id, y->second) ||
	    is_one(x->second, y->org_id);
}

const struct org *
orgs_find(const struct orgs *o, const char *id)
{
	size_t lo = 0, hi = o->n_orgs;

	assert(o->sealed);
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(o->orgs[mid].id, id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < o->n_orgs && strcmp(o->orgs[lo].id, id) == 0 ? &o->orgs[lo] : NULL;
}

/* First place in by_org at or after (id, position in ases). */
static size_t
by_org_lower(const struct orgs *o, size_t lo, size_t hi, const char *id, uint64_t at)
{
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = strcmp(o->ases[o->by_org[mid]].org_id, id);

		if (c < 0 || (c == 0 && o->by_org[mid] < at))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

size_t
orgs_siblings(const struct orgs *o, uint32_t asn, const uint32_t **ids)
{
	const struct org_as *a = orgs_as(o, asn);
	size_t from, lo, step;

	if (a == NULL)
		return 0;
	if (a->org_id[0] == '\0') {
		*ids = o->by_org + by_org_lower(o, 0, o->n_ases, "", (uint64_t)(a - o->ases));
		return 1;
	}
	from = by_org_lower(o, 0, o->n_ases, a->org_id, 0);
	*ids = o->by_org + from;
	/* most have one or two: the end is near */
	for (lo = from + 1, step = 1; lo + step <= o->n_ases; step *= 2) {
		if (strcmp(o->ases[o->by_org[lo + step - 1]].org_id, a->org_id) != 0)
			return by_org_lower(o, lo, lo + step, a->org_id, UINT64_MAX) - from;
		lo += step;
	}
	return by_org_lower(o, lo, o->n_ases, a->org_id, UINT64_MAX) - from;
}
