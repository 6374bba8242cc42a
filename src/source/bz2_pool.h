/*
 * bz2_pool: blocks that threads decode ahead of the one who puts them in order. The caller hands in
 * blocks by ascending place, guesses among them, and asks for them by place; memory is bounded by
 * the number of slots. All calls come from one thread.
 */
#ifndef SOURCE_BZ2_POOL_H
#define SOURCE_BZ2_POOL_H

#include "source/bz2_block.h"

#include <stdbool.h>

struct bz2_pool;

/* At most that many threads decode, the caller's among them when it waits. */
struct bz2_pool *bz2_pool_new(unsigned threads);
void bz2_pool_free(struct bz2_pool *p);		/* NULL-safe; waits for blocks that are being decoded */

/* A block to call bz2_block_set on; NULL when all slots are taken. */
struct bz2_block *bz2_pool_slot(struct bz2_pool *p);
/* It is set: decode it. at: its place, larger than that of the one before. */
void bz2_pool_submit(struct bz2_pool *p, uint64_t at);
/* The block at a place, decoded, until bz2_pool_drop; NULL when none was handed in. Blocks before
 * that place are dropped. */
const struct bz2_block *bz2_pool_get(struct bz2_pool *p, uint64_t at);
void bz2_pool_drop(struct bz2_pool *p);		/* the one that bz2_pool_get gave */

#endif
