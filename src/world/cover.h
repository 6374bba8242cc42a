/*
 * cover: "which entries of a sorted table cover this prefix?", for any table whose records begin
 * with a struct prefix and are sorted by it (prefix_cmp).
 *
 * Workload: a table is sealed once and then asked a million times; chains of covering prefixes are
 * short (3 deep on average, 32 or 128 at most). So no trie: the sorted table itself is the tree.
 *
 * Invariant: parent[i] is the last record of the nearest prefix that strictly covers record i's, or
 * MAP_NONE. Let e be the last record <= p in the order of the table. Then every record c that covers p
 * covers e, too: c <= e <= p and both ends lie in c, so e's address does; and e cannot be shorter than
 * c, for a shorter prefix with an address in c has c's very address and would sort before c. So the
 * covering records are among e and its chain of parents, the most specific first.
 */
#ifndef WORLD_COVER_H
#define WORLD_COVER_H

#include "addr/prefix.h"
#include "base/map.h"

struct cover {
	const void *table;	/* borrowed; records begin with struct prefix */
	size_t n, stride;
	const uint32_t *parent;
};

static inline const struct prefix *
cover_at(const struct cover *c, size_t i)
{
	return (const struct prefix *)(const void *)((const char *)c->table + i * c->stride);
}

/* Fill parent[0..n-1] of a sorted table. */
void cover_link(const void *table, size_t n, size_t stride, uint32_t *parent);

/* How many records sort at or before p. */
size_t cover_rank(const struct cover *c, const struct prefix *p);
/* The first record that covers p (or equals it), given rank = cover_rank(c, p); MAP_NONE: none. */
uint32_t cover_from(const struct cover *c, size_t rank, const struct prefix *p);
uint32_t cover_first(const struct cover *c, const struct prefix *p);

/* The next one: of the same prefix, then of the next shorter one; MAP_NONE at the end. */
static inline uint32_t
cover_next(const struct cover *c, uint32_t i)
{
	if (i > 0 && prefix_eq(cover_at(c, i - 1), cover_at(c, i)))
		return i - 1;
	return c->parent[i];
}

/* Every entry that covers p, most specific first: at most cap ids, returns how many there are. */
size_t cover_all(const struct cover *c, const struct prefix *p, uint32_t *ids, size_t cap);

#endif
