/*
 * tile: how a tree lies in files (c2sp.org/tlog-tiles v0.1.0). A tile has up to 256 hashes of one level; level l has
 * the hashes over 256^l entries each. What a tile holds never changes; the rightmost ones are partial, and named by
 * their width.
 */
#ifndef SEAL_TILE_H
#define SEAL_TILE_H

#include "base/str.h"
#include "seal/tree.h"

#define TILE_WIDTH 256u
#define TILE_HEIGHT 8u			/* levels of the tree in one */
#define TILE_LEVELS 8u			/* 64 bits of size */
#define TILE_BYTES (TILE_WIDTH * TREE_HASH)
#define ENTRY_MAX 65535u		/* bytes of an entry: its length has 16 bits */
#define TILE_ENTRIES TILE_LEVELS	/* as level: the entries themselves */

struct tile {
	unsigned level;			/* or TILE_ENTRIES */
	uint64_t index;
	unsigned width;			/* 1 to TILE_WIDTH */
};

/* The width of a tile in a tree of that size; 0: it is not there. */
unsigned tile_width(uint64_t size, unsigned level, uint64_t index);
/* "tile/0/x001/x234/067", "tile/entries/000.p/12": below the log's prefix. */
void tile_path(struct str *out, const struct tile *t);
/* The way back: one text for each tile. */
NODISCARD enum err tile_path_read(struct span path, struct tile *out);

/* Gives the bytes of a tile (width * TREE_HASH); t->level is never TILE_ENTRIES. */
struct tile_source {
	enum err (*read)(void *arg, const struct tile *t, uint8_t *out);
	void *arg;
};

struct tile_kept {
	bool loaded;
	uint64_t index;
	struct tree_hash node[2 * TILE_WIDTH];	/* [256 + i]: hash i; [i]: over [2i] and [2i + 1] */
	bool known[2 * TILE_WIDTH];
};

/* A tree's hashes out of its tiles, at one size. Keeps the last full and the partial tile of each level, which is the
 * right edge that every proof goes by, with what lies between its hashes and its top: 270 kB. ERR_RANGE for a subtree
 * that is not whole at that size. */
struct tile_tree {
	struct tile_source source;
	uint64_t size;
	struct tile_kept at[TILE_LEVELS][2];	/* [1]: partial */
};

/* The source for tree.h; t must stay where it is. */
struct tree_source tile_tree_init(struct tile_tree *t, struct tile_source source, uint64_t size);

#endif
