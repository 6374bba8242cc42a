/*
 * mrt_build: bytes for tests, from hexadecimal text or field by field, with lengths patched in
 * when what they measure is complete. A test's record is too small to be checked for room: the
 * builder asserts it.
 */
#ifndef MRT_BUILD_H
#define MRT_BUILD_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct bytes {
	uint8_t b[1 << 17];
	size_t n;
};

static inline void
put8(struct bytes *o, unsigned v)
{
	assert(o->n < sizeof(o->b));
	o->b[o->n++] = (uint8_t)v;
}

static inline void
put16(struct bytes *o, unsigned v)
{
	put8(o, v >> 8);
	put8(o, v & 0xff);
}

static inline void
put32(struct bytes *o, uint32_t v)
{
	put16(o, v >> 16);
	put16(o, v & 0xffff);
}

/* "40 01 01 00": white space is for the reader. */
static inline void
put_hex(struct bytes *o, const char *hex)
{
	static const char digits[] = "0123456789abcdef";
	unsigned v = 0, n = 0;

	for (; *hex != '\0'; hex++) {
		const char *d = strchr(digits, *hex);

		if (d == NULL)
			continue;
		v = v << 4 | (unsigned)(d - digits);
		if (++n % 2 == 0)
			put8(o, v & 0xff);
	}
	assert(n % 2 == 0);
}

/* A length of 2 or 4 octets: open it where it stands, close it behind what it measures. */
static inline size_t
len16_open(struct bytes *o)
{
	put16(o, 0);
	return o->n;
}

static inline void
len16_close(struct bytes *o, size_t at)
{
	size_t len = o->n - at;

	o->b[at - 2] = (uint8_t)(len >> 8);
	o->b[at - 1] = (uint8_t)len;
}

/* An MRT record with a body in hexadecimal. */
static inline void
put_record(struct bytes *o, uint32_t time, unsigned type, unsigned subtype, const char *hex)
{
	size_t at;

	put32(o, time);
	put16(o, type);
	put16(o, subtype);
	put16(o, 0);
	at = len16_open(o);
	put_hex(o, hex);
	len16_close(o, at);
}

#endif
