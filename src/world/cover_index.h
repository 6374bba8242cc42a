/*
 * cover_index: where to enter a table of world/cover.h for a prefix, in whatever order prefixes come.
 *
 * Workload: a table of 700 k VRPs is sealed once, then asked some million times, in order or not. A binary
 * search of it misses the cache twenty times over; this misses it three or four times, and takes hardly a
 * branch that hangs on the address.
 *
 * The address space is cut into blocks, /24 for IPv4 and /64 for IPv6. Along it, the most specific record
 * that covers the whole block changes twice per record at most: these changes are kept, each with the record
 * (its leaf) from there on. A block with longer prefixes in it is marked, and searched. For a block, the last
 * change before it is found
 * - in IPv4 by counting: a bit for each block in words of 32, and the number of changes before each word;
 * - in IPv6 by a search in a bucket: those with the same 16 leading bits have two to four buckets per change
 *   together, by as many bits more as that takes, for allocations crowd in few places.
 * Built in one pass over the table; 4 MiB and 7 bytes per IPv4 record, 1 MiB and 35 per IPv6 record, or so.
 */
#ifndef WORLD_COVER_INDEX_H
#define WORLD_COVER_INDEX_H

#include "world/cover.h"

#define COVER_V4_BITS 24u
#define COVER_V6_BITS 64u
#define COVER_SEARCH (MAP_NONE - 1)	/* a leaf: there are longer prefixes in this block */
#define COVER_INDEX_MIN 2048u		/* IPv4 records that are worth 4 MiB */

struct cover_word {
	uint32_t bits;		/* the blocks where a change is: lowest bit, lowest address */
	uint32_t before;	/* changes before this word */
};

#define COVER_PARTS 65536u
struct cover_part {		/* of the IPv6 blocks: those with the same 16 leading bits */
	uint32_t first;		/* its buckets start there ... */
	uint32_t shift;		/* ... and are told by the 48 bits behind, shifted by this */
};

struct cover_index {
	size_t n_v4;		/* records of the table that are IPv4: they come first */
	/* Owned, NULL where there is no index. Leaf i + 1 is that of change i; leaf 0 is before any. */
	uint32_t *leaf_v4, *leaf_v6;
	size_t n_v4_changes, n_v6_changes;
	struct cover_word *words;
	struct cover_part *parts;	/* COVER_PARTS */
	uint32_t *buckets;	/* how many changes are before each, and one more at the end */
	size_t n_buckets;
	uint64_t *at;		/* IPv6: the block of each change */
};

void cover_index_build(struct cover_index *x, const struct cover *c);
void cover_index_release(struct cover_index *x);
size_t cover_index_bytes(const struct cover_index *x);
/* By searching the table. */
uint32_t cover_index_search(const struct cover_index *x, const struct cover *c, const struct prefix *p);

/* Not every processor that we are built for counts bits by itself, and calling for it costs more. */
static inline uint32_t
cover_bits_set(uint32_t v)
{
	v -= v >> 1 & 0x55555555u;
	v = (v & 0x33333333u) + (v >> 2 & 0x33333333u);
	return ((v + (v >> 4)) & 0x0f0f0f0fu) * 0x01010101u >> 24;
}

static inline uint32_t
cover_leaf_v4(const struct cover_index *x, const struct prefix *p)
{
	uint32_t block = (uint32_t)(be64(p->addr) >> 40);
	const struct cover_word w = x->words[block / 32];

	return x->leaf_v4[w.before + cover_bits_set(w.bits & ((2u << block % 32) - 1))];
}

static inline uint32_t
cover_leaf_v6(const struct cover_index *x, const struct prefix *p)
{
	uint64_t block = be64(p->addr);
	const struct cover_part part = x->parts[block >> 48];
	const uint32_t *b = x->buckets + part.first + ((block & UINT64_MAX >> 16) >> part.shift);
	const uint64_t *at = x->at + b[0];
	uint32_t n, half;

	for (n = b[1] - b[0]; n > 1; n -= half) {
		half = n / 2;
		at += at[half - 1] <= block ? half : 0;
	}
	return x->leaf_v6[(size_t)(at - x->at) + (n > 0 && *at <= block)];
}

/* A first guess, by the address alone: reads the index and not yet the table. */
static inline uint32_t
cover_index_leaf(const struct cover_index *x, const struct prefix *p)
{
	if (p->family == FAMILY_V4)
		return x->words != NULL ? cover_leaf_v4(x, p) : COVER_SEARCH;
	return x->at != NULL ? cover_leaf_v6(x, p) : COVER_SEARCH;
}

/* The same as cover_first, from there on. */
static inline uint32_t
cover_index_from(const struct cover_index *x, const struct cover *c, uint32_t leaf, const struct prefix *p)
{
	if (leaf == COVER_SEARCH)
		return cover_index_search(x, c, p);
	while (leaf != MAP_NONE && cover_at(c, leaf)->len > p->len)
		leaf = cover_parent(c, leaf);
	return leaf;
}

static inline uint32_t
cover_index_first(const struct cover_index *x, const struct cover *c, const struct prefix *p)
{
	return cover_index_from(x, c, cover_index_leaf(x, p), p);
}

#endif
