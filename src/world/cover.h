/*
 * cover: "which entries of a sorted table cover this prefix?", for any table whose records begin
 * with a struct prefix and are sorted by it (prefix_cmp).
 *
 * Workload: a table is sealed once and then asked a million times; chains of covering prefixes are
 * short (3 deep on average, 32 or 128 at most). So no trie: the sorted table itself is the tree.
 * Where to enter it costs a binary search, or next to nothing with a struct cover_index.
 *
 * Invariant: the parent of record i is the last record of the nearest prefix that strictly covers record
 * i's, if any. Let e be the last record <= p in the order of the table. Then every record c that covers p
 * covers e, too: c <= e <= p and both ends lie in c, so e's address does; and e cannot be shorter than
 * c, for a shorter prefix with an address in c has c's very address and would sort before c. So the
 * covering records are among e and its chain of parents, the most specific first.
 */
#ifndef WORLD_COVER_H
#define WORLD_COVER_H

#include "addr/prefix.h"
#include "base/map.h"

#include <string.h>

struct cover {
	const void *table;	/* borrowed; records begin with struct prefix */
	size_t n, stride;
	const uint32_t *up;	/* a word per record: 31 bits of parent, and COVER_SAME */
};

#define COVER_SAME 0x80000000u	/* the record before has the same prefix */
#define COVER_TOP 0x7fffffffu	/* no parent */

static inline const struct prefix *
cover_at(const struct cover *c, size_t i)
{
	return (const struct prefix *)(const void *)((const char *)c->table + i * c->stride);
}

/* Fill up[0..n-1] of a sorted table of fewer than COVER_TOP records. */
void cover_link(const void *table, size_t n, size_t stride, uint32_t *up);

/* How many records sort at or before p. */
size_t cover_rank(const struct cover *c, const struct prefix *p);
/* The same when it is known to be lo at least and hi at most. */
size_t cover_rank_within(const struct cover *c, const struct prefix *p, size_t lo, size_t hi);
/* The first record that covers p (or equals it), given rank = cover_rank(c, p); MAP_NONE: none. */
uint32_t cover_from(const struct cover *c, size_t rank, const struct prefix *p);
uint32_t cover_first(const struct cover *c, const struct prefix *p);

static inline uint32_t
cover_parent(const struct cover *c, uint32_t i)
{
	uint32_t up = c->up[i] & ~COVER_SAME;

	return up == COVER_TOP ? MAP_NONE : up;
}

/* The next one: of the same prefix, then of the next shorter one; MAP_NONE at the end. */
static inline uint32_t
cover_next(const struct cover *c, uint32_t i)
{
	return c->up[i] & COVER_SAME ? i - 1 : cover_parent(c, i);
}

/* Every entry that covers p, most specific first: at most cap ids, returns how many there are. */
size_t cover_all(const struct cover *c, const struct prefix *p, uint32_t *ids, size_t cap);

/*
 * The addresses of a family as numbers: comparing eight bytes at a time costs a third of memcmp.
 */
struct cover_key {
	uint64_t hi, lo;
};

static inline struct cover_key
cover_key(const struct prefix *p)
{
	return (struct cover_key){be64(p->addr), be64(p->addr + 8)};
}

/* Does a sort at or before the prefix whose key, family and length are given? No branches: which way a
 * comparison goes is what a processor cannot guess. */
static inline bool
cover_before(const struct prefix *a, struct cover_key k, unsigned family, unsigned len)
{
	struct cover_key x = cover_key(a);
	bool low = (x.lo < k.lo) | ((x.lo == k.lo) & (a->len <= len));

	return (a->family < family) | ((a->family == family) & ((x.hi < k.hi) | ((x.hi == k.hi) & low)));
}

/* prefix_covers with the inner one's key at hand. */
static inline bool
cover_holds(const struct prefix *outer, struct cover_key k, unsigned family, unsigned len)
{
	uint64_t hi = be64(outer->addr) ^ k.hi;

	if (outer->family != family || outer->len > len)
		return false;
	if (outer->len <= 64)
		return outer->len == 0 || hi >> (64 - outer->len) == 0;
	return hi == 0 && (be64(outer->addr + 8) ^ k.lo) >> (128 - outer->len) == 0;
}

#endif
