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

/* Readers are inline: a decoder spends most of its time here. */
static inline const uint8_t *
rd_take(struct rd *r, size_t n, const char *field)
{
	const uint8_t *p;

	if (__builtin_expect(r->err != OK || r->len - r->pos < n, 0)) {
		rd_fail(r, ERR_SHORT, field, 0);
		return NULL;	/* a window that failed has no bytes to point into */
	}
	p = r->buf + r->pos;
	r->pos += n;
	return p;
}

static inline uint8_t
rd_u8(struct rd *r, const char *field)
{
	const uint8_t *p = rd_take(r, 1, field);

	return p != NULL ? p[0] : 0;
}

/* Numbers are big-endian. */
static inline uint16_t
rd_u16(struct rd *r, const char *field)
{
	const uint8_t *p = rd_take(r, 2, field);

	return p != NULL ? (uint16_t)(p[0] << 8 | p[1]) : 0;
}

static inline uint32_t
rd_u32(struct rd *r, const char *field)
{
	const uint8_t *p = rd_take(r, 4, field);

	if (p == NULL)
		return 0;
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint64_t
rd_u64(struct rd *r, const char *field)
{
	const uint8_t *p = rd_take(r, 8, field);
	uint64_t v = 0;
	int i;

	for (i = 0; p != NULL && i < 8; i++)
		v = v << 8 | p[i];
	return v;
}

/* n bytes, borrowed from the input; on failure NULL. n == 0 gives a non-NULL pointer. */
static inline const uint8_t *
rd_bytes(struct rd *r, size_t n, const char *field)
{
	static const uint8_t none[1];

	if (n == 0)
		return r->err == OK ? none : NULL;
	return rd_take(r, n, field);
}

/* Child window of n bytes. Born failed (and r failed) when n is more than is left. */
static inline struct rd
rd_sub(struct rd *r, size_t n, const char *field)
{
	uint64_t base = r->base + r->pos;
	const uint8_t *p = rd_bytes(r, n, field);

	if (__builtin_expect(p == NULL, 0))
		return (struct rd){.base = base, .err = r->err, .field = r->field,
		    .fail_off = r->fail_off};
	return rd_init(p, n, base);
}

/* Believe a claimed count only when the bytes left can hold it: else fail with ERR_COUNT
 * and return 0. */
uint32_t rd_count(struct rd *r, uint32_t claimed, size_t min_each, const char *field);

/* OK when nothing failed and nothing is left over; otherwise the error, also kept in r. */
NODISCARD enum err rd_done(struct rd *r, const char *field);

/* Take over a child's failure, if any. */
void rd_adopt(struct rd *r, const struct rd *child);

#endif
