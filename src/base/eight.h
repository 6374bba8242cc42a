/*
 * eight: eight bytes of text looked at at once. Each look gives a word in which bit 7 of some byte is set when
 * one of the bytes is what was looked for; looks can be joined with | before the bits are asked for.
 */
#ifndef BASE_EIGHT_H
#define BASE_EIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EIGHT(byte) (UINT64_MAX / 255 * (byte))

static inline uint64_t
eight_at(const void *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* Not printable ASCII. A borrow or a carry from one byte into the next comes only from one that is not. */
static inline uint64_t
eight_not_ascii(uint64_t v)
{
	return v | (v - EIGHT(0x20)) | (v + EIGHT(1));
}

/* This byte. One behind it may be shown, too. */
static inline uint64_t
eight_is(uint64_t v, uint8_t byte)
{
	uint64_t x = v ^ EIGHT((uint64_t)byte);

	return (x - EIGHT(1)) & ~x;
}

static inline bool
eight_any(uint64_t looks)
{
	return (looks & EIGHT(0x80)) != 0;
}

/* Whether look finds something among the n bytes at p. */
static inline __attribute__((always_inline)) bool
eight_find(const void *p, size_t n, uint64_t (*look)(uint64_t))
{
	const char *s = p;
	uint64_t found = 0, all = EIGHT('x');	/* what is missing to eight is made up of letters */
	size_t i;

	if (n < sizeof(found)) {
		memcpy(&all, s, n);
		return eight_any(look(all));
	}
	for (i = 0; i + sizeof(found) < n; i += sizeof(found))
		found |= look(eight_at(s + i));
	return eight_any(found | look(eight_at(s + n - sizeof(found))));
}

#endif
