#include "world/holdings.h"
#include "base/arena.h"
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void
holdings_init(struct holdings *h)
{
	*h = (struct holdings){0};
}

void
holdings_release(struct holdings *h)
{
	free(h->items);
	holdings_init(h);
}

static enum err
push(struct holdings *h, const struct holding *x)
{
	if (h->n >= MAP_NONE - 1)
		return ERR_LIMIT;
	h->items = grow(h->items, &h->cap, h->n + 1, sizeof(*h->items));
	h->items[h->n++] = *x;
	return OK;
}

enum err
holdings_add(struct holdings *h, const struct delegated *d, struct utc told)
{
	enum service_region s = SERVICE_NONE;
	struct holding x;

	assert(!h->sealed);
	if (d->what != DELEGATED_ASN || (d->status != REG_ALLOCATED && d->status != REG_ASSIGNED) ||
	    !service_read(d->registry, &s))
		return OK;
	x = (struct holding){.first = d->asn_first, .last = d->asn_first + (d->asn_count - 1),
	    .told = utc_known(told) ? told.s : INT64_MIN, .place = {.service = (uint8_t)s}};
	(void)country_read(d->country, x.place.country);
	return push(h, &x);
}

enum err
holdings_absorb(struct holdings *dst, const struct holdings *src)
{
	size_t i;

	assert(!dst->sealed && !src->sealed);
	for (i = 0; i < src->n; i++)
		TRY(push(dst, &src->items[i]));
	return OK;
}

/* --- sealing: a sweep over the ranges, the best of those that are open on top of a heap --- */

static bool
better(const struct holding *a, const struct holding *b)
{
	if (a->told != b->told)
		return a->told > b->told;
	if ((a->place.country[0] != '\0') != (b->place.country[0] != '\0'))
		return a->place.country[0] != '\0';
	if (a->place.service != b->place.service)
		return a->place.service < b->place.service;
	return strcmp(a->place.country, b->place.country) < 0;
}

struct heap { const struct holding **at; size_t n; };

static void
heap_down(struct heap *h, size_t i)
{
	const struct holding *x = h->at[i];
	size_t k;

	while ((k = 2 * i + 1) < h->n) {
		if (k + 1 < h->n && better(h->at[k + 1], h->at[k]))
			k++;
		if (!better(h->at[k], x))
			break;
		h->at[i] = h->at[k];
		i = k;
	}
	h->at[i] = x;
}

static void
heap_push(struct heap *h, const struct holding *x)
{
	size_t i = h->n++;

	for (; i > 0 && better(x, h->at[(i - 1) / 2]); i = (i - 1) / 2)
		h->at[i] = h->at[(i - 1) / 2];
	h->at[i] = x;
}

static void
heap_pop(struct heap *h)
{
	h->at[0] = h->at[--h->n];
	if (h->n > 0)
		heap_down(h, 0);
}

static void
emit(struct holdings *out, uint64_t first, uint64_t last, const struct place *p)
{
	struct holding *was = out->n > 0 ? &out->items[out->n - 1] : NULL;

	if (was != NULL && (uint64_t)was->last + 1 == first && place_same(&was->place, p)) {
		was->last = (uint32_t)last;
		return;
	}
	out->items = grow(out->items, &out->cap, out->n + 1, sizeof(*out->items));
	out->items[out->n++] = (struct holding){.first = (uint32_t)first, .last = (uint32_t)last, .place = *p};
}

static int
by_first(const void *x, const void *y)
{
	const struct holding *a = x, *b = y;

	return (a->first > b->first) - (a->first < b->first);
}

void
holdings_seal(struct holdings *h)
{
	struct holdings out = {0};
	struct heap open = {xcalloc(h->n + 1, sizeof(*open.at)), 0};
	uint64_t at = 0, end;
	size_t i = 0;

	assert(!h->sealed);
	if (h->n > 1)
		qsort(h->items, h->n, sizeof(*h->items), by_first);
	while (i < h->n || open.n > 0) {
		while (open.n > 0 && open.at[0]->last < at)
			heap_pop(&open);
		if (open.n == 0 && i == h->n)
			break;
		if (open.n == 0)
			at = h->items[i].first;
		for (; i < h->n && h->items[i].first <= at; i++)
			heap_push(&open, &h->items[i]);
		end = open.at[0]->last;
		if (i < h->n && h->items[i].first <= end)
			end = (uint64_t)h->items[i].first - 1;
		emit(&out, at, end, &open.at[0]->place);
		at = end + 1;
	}
	free(open.at);
	free(h->items);
	*h = out;
	h->sealed = true;
}

struct place
holdings_place(const struct holdings *h, uint32_t asn)
{
	size_t lo = 0, hi = h->n, mid;

	assert(h->sealed);
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (h->items[mid].last < asn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < h->n && h->items[lo].first <= asn ? h->items[lo].place : (struct place){0};
}
