#include "world/cover_index.h"
#include "base/arena.h"

#include <stdlib.h>

#define WORDS ((1u << COVER_V4_BITS) / 32)

/* Changes of one family while they are collected. */
struct changes {
	const struct cover *c;
	unsigned bits;		/* of a block */
	uint64_t max;		/* the last block */
	uint64_t *at;		/* owned until it is taken; likewise leaf */
	uint32_t *leaf;
	size_t n, cap_at, cap_leaf;
};

static uint64_t
block_of(const struct changes *s, const struct prefix *p)
{
	return be64(p->addr) >> (64 - s->bits);
}

/* From this block on it is leaf. Blocks come in order, and of several changes in one the last counts; but
 * for a second long prefix in a block, which is marked already. */
static void
change(struct changes *s, uint64_t block, uint32_t leaf)
{
	if (s->n > 0 && block <= s->at[s->n - 1]) {
		if (block == s->at[s->n - 1])
			s->leaf[s->n] = leaf;
		return;
	}
	if (s->leaf[s->n] == leaf)
		return;
	s->at = grow(s->at, &s->cap_at, s->n + 1, sizeof(*s->at));
	s->leaf = grow(s->leaf, &s->cap_leaf, s->n + 2, sizeof(*s->leaf));
	s->at[s->n++] = block;
	s->leaf[s->n] = leaf;
}

/* Behind the blocks of p it is leaf. */
static void
change_behind(struct changes *s, const struct prefix *p, uint32_t leaf)
{
	uint64_t last = block_of(s, p) | (p->len < s->bits ? s->max >> p->len : 0);

	if (last < s->max)
		change(s, last + 1, leaf);
}

/* The most specific of e and its parents that covers whole blocks. */
static uint32_t
whole(const struct changes *s, uint32_t e)
{
	while (e != MAP_NONE && cover_at(s->c, e)->len > s->bits)
		e = cover_parent(s->c, e);
	return e;
}

/* The blocks of record e end: from there on its parent is what covers. */
static uint32_t
leave(struct changes *s, uint32_t e)
{
	const struct prefix *p = cover_at(s->c, e);
	uint32_t up = cover_parent(s->c, e);

	if (p->len <= s->bits)
		change_behind(s, p, up);
	return up;
}

/* All changes along records lo to hi, the last one of each prefix. */
static struct changes
collect(const struct cover *c, size_t lo, size_t hi, unsigned bits)
{
	struct changes s = {.c = c, .bits = bits, .max = UINT64_MAX >> (64 - bits)};
	uint32_t e = MAP_NONE, up;
	size_t i;

	s.leaf = grow(NULL, &s.cap_leaf, hi - lo, sizeof(*s.leaf));
	s.at = grow(NULL, &s.cap_at, hi - lo, sizeof(*s.at));
	s.leaf[0] = MAP_NONE;
	for (i = lo; i < hi; i++) {
		const struct prefix *p = cover_at(c, i);

		if (i + 1 < hi && (c->up[i + 1] & COVER_SAME) != 0)
			continue;
		up = cover_parent(c, (uint32_t)i);
		while (e != up)
			e = leave(&s, e);
		change(&s, block_of(&s, p), p->len <= bits ? (uint32_t)i : COVER_SEARCH);
		if (p->len > bits)
			change_behind(&s, p, whole(&s, up));
		e = (uint32_t)i;
	}
	while (e != MAP_NONE)
		e = leave(&s, e);
	return s;
}

/* To where it stays: the exact size, and in huge pages. */
static void *
settle(void *p, size_t n, size_t size)
{
	void *q = xhuge(n * size);

	memcpy(q, p, n * size);
	free(p);
	return q;
}

static void
build_v4(struct cover_index *x, const struct cover *c)
{
	struct changes s = collect(c, 0, x->n_v4, COVER_V4_BITS);
	uint32_t sum = 0, i;
	size_t k;

	x->words = xhuge(WORDS * sizeof(*x->words));
	memset(x->words, 0, WORDS * sizeof(*x->words));
	for (k = 0; k < s.n; k++)
		x->words[s.at[k] / 32].bits |= 1u << s.at[k] % 32;
	for (i = 0; i < WORDS; i++) {
		x->words[i].before = sum;
		sum += cover_bits_set(x->words[i].bits);
	}
	x->leaf_v4 = settle(s.leaf, s.n + 1, sizeof(*s.leaf));
	x->n_v4_changes = s.n;
	free(s.at);
}

/* Two to four buckets per change of a part, and one where there is none. */
static uint32_t
part_shift(size_t changes)
{
	uint32_t shift = 48;

	while (shift > 0 && 1ul << (48 - shift) < 2 * changes)
		shift--;
	return shift;
}

static void
build_v6(struct cover_index *x, const struct cover *c)
{
	struct changes s = collect(c, x->n_v4, c->n, COVER_V6_BITS);
	size_t i = 0, end = 0, b = 0;
	uint32_t p;

	x->parts = xmalloc(COVER_PARTS * sizeof(*x->parts));
	x->buckets = xmalloc((COVER_PARTS + 4 * s.n + 1) * sizeof(*x->buckets));
	for (p = 0; p < COVER_PARTS; p++) {
		while (end < s.n && s.at[end] >> 48 == p)
			end++;
		x->parts[p] = (struct cover_part){(uint32_t)b, part_shift(end - i)};
		for (; i < end; i++)
			while (b <= x->parts[p].first + ((s.at[i] & UINT64_MAX >> 16) >> x->parts[p].shift))
				x->buckets[b++] = (uint32_t)i;
		while (b < x->parts[p].first + (1ul << (48 - x->parts[p].shift)))
			x->buckets[b++] = (uint32_t)end;
	}
	x->buckets[b++] = (uint32_t)s.n;
	x->n_buckets = b;
	x->at = settle(s.at, s.n, sizeof(*s.at));
	x->leaf_v6 = settle(s.leaf, s.n + 1, sizeof(*s.leaf));
	x->n_v6_changes = s.n;
}

void
cover_index_build(struct cover_index *x, const struct cover *c)
{
	const struct prefix last_v4 = {.addr = {255, 255, 255, 255}, .family = FAMILY_V4, .len = 32};

	*x = (struct cover_index){.n_v4 = cover_rank(c, &last_v4)};
	if (x->n_v4 >= COVER_INDEX_MIN)
		build_v4(x, c);
	if (c->n - x->n_v4 >= COVER_INDEX_MIN)
		build_v6(x, c);
}

void
cover_index_release(struct cover_index *x)
{
	free(x->leaf_v4);
	free(x->leaf_v6);
	free(x->words);
	free(x->at);
	free(x->parts);
	free(x->buckets);
	*x = (struct cover_index){0};
}

size_t
cover_index_bytes(const struct cover_index *x)
{
	size_t n = 0;

	if (x->words != NULL)
		n += WORDS * sizeof(*x->words) + (x->n_v4_changes + 1) * sizeof(*x->leaf_v4);
	if (x->at != NULL)
		n += x->n_v6_changes * sizeof(*x->at) + (x->n_v6_changes + 1) * sizeof(*x->leaf_v6) +
		    x->n_buckets * sizeof(*x->buckets) + COVER_PARTS * sizeof(*x->parts);
	return n;
}

uint32_t
cover_index_search(const struct cover_index *x, const struct cover *c, const struct prefix *p)
{
	size_t lo = p->family == FAMILY_V4 ? 0 : x->n_v4, hi = p->family == FAMILY_V4 ? x->n_v4 : c->n;

	return cover_from(c, cover_rank_within(c, p, lo, hi), p);
}
