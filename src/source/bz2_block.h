/*
 * bz2_block: one block of a bzip2 stream, decoded by itself. Blocks depend on nothing but the level
 * of their stream, so any number of threads can decode one each; inflate_bz2.c puts them in order.
 */
#ifndef SOURCE_BZ2_BLOCK_H
#define SOURCE_BZ2_BLOCK_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

#define BZ2_BLOCK_MAGIC 0x314159265359u		/* pi: 48 bits before each block ... */
#define BZ2_END_MAGIC 0x177245385090u		/* ... and its square root behind the last one */

struct bz2_block {
	uint8_t *in;		/* owned: the bytes it lies in; they may reach beyond its end */
	size_t in_cap, in_len;
	unsigned skip;		/* bits of in[0] that belong to what comes before it */
	unsigned level;		/* of its stream: 1 to 9, times 100,000 bytes before the first run-length code */

	enum err err;		/* ERR_SHORT: it goes on behind in; ERR_CORRUPT; ERR_UNKNOWN: randomised */
	uint64_t bits;		/* its length from its magic to the next one; valid when OK, as what follows */
	uint32_t crc;		/* of the plain bytes, checked */
	uint8_t *out;		/* owned */
	size_t out_cap, out_len;
};

/* Copy the bytes in which it lies. */
void bz2_block_set(struct bz2_block *b, const uint8_t *p, size_t n, unsigned skip, unsigned level);
void bz2_block_release(struct bz2_block *b);

/* The tables for decoding one block at a time, 4 MB. */
struct bz2_work;
struct bz2_work *bz2_work_new(void);
void bz2_work_free(struct bz2_work *w);		/* NULL-safe */

/* Decode what bz2_block_set was given; sets err and what came out. */
void bz2_block_decode(struct bz2_block *b, struct bz2_work *w);

#endif
