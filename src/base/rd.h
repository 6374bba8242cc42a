/*
 * rd: the bounded reader for binary input. Its first error sticks, names the field
 * and the offset, zeroes what is read after it, and is asked for once, at the end.
 * A length opens a child window (rd_sub) that cannot read its neighbour's bytes.
 * Values are provisional until rd_done says OK.
 */
#ifndef BASE_RD_H
#define BASE_RD_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct rd {
	const uint8_t *buf;	/* borrowed */
	size_t len, pos;
	uint64_t base;		/* offset of buf[0] in the plain input */
	const char *field;	/* static name of the field that failed */
	uint64_t fail_off;	/* where, in the plain input */
	enum err err;
};

static inline struct rd
rd_init(const void *buf, size_t len, uint64_t base)
{
	return (struct rd){.buf = buf, .len = len, .base = base};
}

static inline size_t
rd_left(const struct rd *r)
{
	return r->err == OK ? r->len - r->pos : 0;
}

/* Make the reader fail (first failure wins). at: bytes to step back from the cursor. */
void rd_fail(struct rd *r, enum err e, const char *field, size_t back);

uint8_t rd_u8(struct rd *r, const char *field);
uint16_t rd_u16(struct rd *r, const char *field);	/* big-endian, as all below */
uint32_t rd_u32(struct rd *r, const char *field);
uint64_t rd_u64(struct rd *r, const char *field);

/* n bytes, borrowed from the input; on failure NULL. n == 0 gives a non-NULL pointer. */
const uint8_t *rd_bytes(struct rd *r, size_t n, const char *field);

/* Child window of n bytes. Born failed (and r failed) when n is more than is left. */
struct rd rd_sub(struct rd *r, size_t n, const char *field);

/* Believe a claimed count only when the bytes left can hold it: else fail with ERR_COUNT
 * and return 0. */
uint32_t rd_count(struct rd *r, uint32_t claimed, size_t min_each, const char *field);

/* OK when nothing failed and nothing is left over; otherwise the error, also kept in r. */
NODISCARD enum err rd_done(struct rd *r, const char *field);

/* Take over a child's failure, if any. */
void rd_adopt(struct rd *r, const struct rd *child);

#endif
