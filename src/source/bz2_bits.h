/*
 * bz2_bits: bits from the highest one down, as bzip2 packs them. Behind the end come zeros: what
 * is read in a loop must end on them, and ask bits_over() now and then.
 */
#ifndef SOURCE_BZ2_BITS_H
#define SOURCE_BZ2_BITS_H

#include "base/be.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BITS_PAD 8u	/* readable bytes behind the last one */

struct bits {
	const uint8_t *p;	/* borrowed; len bytes and BITS_PAD more */
	size_t len, at;		/* at: next byte to load */
	uint64_t buf;		/* the next bits, highest first; live of them are accounted for */
	unsigned live;
};

/* Have at least 56 bits. Loads overlap: bits that buf holds beyond live are loaded again. */
static inline void
bits_refill(struct bits *b)
{
	if (__builtin_expect(b->at < b->len, 1))
		b->buf |= be64(b->p + b->at) >> b->live;
	b->at += (63 - b->live) >> 3;
	b->live |= 56;
}

/* n of them, 1 to 32. */
static inline uint32_t
bits_take(struct bits *b, unsigned n)
{
	uint32_t v;

	if (b->live < n)
		bits_refill(b);
	v = (uint32_t)(b->buf >> (64 - n));
	b->buf <<= n;
	b->live -= n;
	return v;
}

static inline uint64_t
bits_taken(const struct bits *b)
{
	return (uint64_t)b->at * 8 - b->live;
}

static inline bool
bits_over(const struct bits *b)
{
	return bits_taken(b) > (uint64_t)b->len * 8;
}

#endif
