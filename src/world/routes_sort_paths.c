/*
 * routes_sort_paths: AS paths in canonical order. A million of them compared two at a time cost a tenth of
 * the whole run; so their first ASNs are sorted digit by digit, and only what these leave equal is compared.
 */
#include "base/arena.h"
#include "world/routes_int.h"

#include <stdlib.h>
#include <string.h>

#define HEAD 4u			/* ASNs of a path that are kept beside its number */
#define DIGITS 65536u
#define RADIX_MIN 16384u	/* of fewer items the counters cost more than comparing */

struct path_item {
	uint32_t head[HEAD];	/* the first ASNs decide most comparisons without a look at the words */
	uint32_t old;
};

static struct path_item
path_item(const struct routes *r, uint32_t id)
{
	const struct path *p = &r->paths[id];
	struct path_item x = {.old = id};
	uint32_t i;

	for (i = 0; i < HEAD && i + 1 < p->n; i++)
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

	for (i = 0; i < HEAD; i++)
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

static uint32_t
digit(const struct path_item *x, unsigned word, unsigned shift)
{
	return x->head[word] >> shift & (DIGITS - 1);
}

/* A stable pass over one digit, from one array to the other; false when all have the same. */
static bool
pass(const struct path_item *from, struct path_item *to, size_t n, unsigned word, unsigned shift,
    uint32_t *count)
{
	uint32_t sum = 0, c, k;
	size_t i;

	memset(count, 0, DIGITS * sizeof(*count));
	for (i = 0; i < n; i++)
		count[digit(&from[i], word, shift)]++;
	if (count[digit(&from[0], word, shift)] == n)
		return false;
	for (k = 0; k < DIGITS; k++) {
		c = count[k];
		count[k] = sum;
		sum += c;
	}
	for (i = 0; i < n; i++)
		to[count[digit(&from[i], word, shift)]++] = from[i];
	return true;
}

/* By head alone. Returns the sorted one of two arrays; the other one is freed. */
static struct path_item *
sort_heads(struct path_item *item, size_t n)
{
	struct path_item *other = xmalloc(n * sizeof(*other)), *swap;
	uint32_t *count = xmalloc(DIGITS * sizeof(*count));
	unsigned word, shift;

	for (word = HEAD; word-- > 0;)
		for (shift = 0; shift < 32; shift += 16)
			if (pass(item, other, n, word, shift, count)) {
				swap = item;
				item = other;
				other = swap;
			}
	free(count);
	free(other);
	return item;
}

static struct path_item *
sort(struct routes *r, struct path_item *item, size_t n)
{
	size_t from, to;

	if (n < RADIX_MIN) {
		qsort_r(item, n, sizeof(*item), path_cmp, r);
		return item;
	}
	item = sort_heads(item, n);
	for (from = 0; from < n; from = to) {
		for (to = from + 1; to < n && memcmp(item[from].head, item[to].head, sizeof(item->head)) == 0;)
			to++;
		if (to - from > 1)
			qsort_r(item + from, to - from, sizeof(*item), path_cmp, r);
	}
	return item;
}

/* Each in its turn, so that never more than one table is there twice: no later step needs as much. */
void
routes_sort_paths(struct routes *r)
{
	struct path_item *item = xmalloc(r->n_paths * sizeof(*item));
	struct path *paths;
	uint32_t *words, *map, at = 0;
	size_t i;

	for (i = 0; i < r->n_paths; i++)
		item[i] = path_item(r, (uint32_t)i);
	item = sort(r, item, r->n_paths);
	map = xmalloc(r->n_paths * sizeof(*map));
	paths = xmalloc(r->n_paths * sizeof(*paths));
	for (i = 0; i < r->n_paths; i++) {
		map[item[i].old] = (uint32_t)i;
		paths[i] = r->paths[item[i].old];
	}
	free(item);
	free(r->paths);
	r->paths = paths;
	for (i = 0; i < r->n_sightings; i++)
		r->sightings[i].path = map[r->sightings[i].path];
	free(map);
	words = xmalloc(r->n_words * sizeof(*words));
	for (i = 0; i < r->n_paths; i++) {
		if (paths[i].n > 0)
			memcpy(words + at, r->words + paths[i].first, paths[i].n * sizeof(*words));
		paths[i].first = at;
		at += paths[i].n;
	}
	free(r->words);
	r->words = words;
	r->cap_paths = r->n_paths;
	r->cap_words = r->n_words;
}
