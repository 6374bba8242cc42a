/*
 * mutate_mrt: lengths and counts of MRT records (RFC 6396), of BGP messages and of path attributes (RFC 4271), set to what is
 * there. Whole records are also copied and dropped.
 */
#ifndef FUZZ_MUTATE_MRT_H
#define FUZZ_MUTATE_MRT_H

#include "mutate.h"

#ifdef FUZZ_MUTATE

/* A block of attributes ends with one of them: a length over what is left is what is left, and a head that is cut is dropped
 * into the attribute before. */
static inline void
mutate_attrs(uint8_t *p, size_t len)
{
	uint8_t *last = NULL;
	size_t wide, n;

	while (len > 0) {
		wide = len > 0 && (p[0] & 0x10) != 0 ? 2 : 1;
		if (len < 2 + wide) {
			if (last != NULL && (last[0] & 0x10) == 0 && last[2] + len < 256)
				last[2] = (uint8_t)(last[2] + len);
			return;
		}
		n = mutate_be(p + 2, (unsigned)wide);
		if (n > len - 2 - wide) {
			n = len - 2 - wide;
			if (wide == 1 && n > 255)
				n = 255;
			mutate_put(p + 2, (unsigned)wide, n);
		}
		last = p;
		p += 2 + wide + n;
		len -= 2 + wide + n;
	}
}

/* A BGP message that is all of p. */
static inline void
mutate_message(uint8_t *p, size_t len)
{
	size_t withdrawn, attrs;

	if (len < 23 || len > 65535)
		return;
	memset(p, 0xff, 16);
	mutate_put(p + 16, 2, len);
	if (p[18] != 2)
		return;
	withdrawn = mutate_be(p + 19, 2);
	if (withdrawn > len - 23)
		mutate_put(p + 19, 2, withdrawn = 0);
	attrs = mutate_be(p + 21 + withdrawn, 2);
	if (attrs > len - 23 - withdrawn)
		mutate_put(p + 21 + withdrawn, 2, attrs = len - 23 - withdrawn);
	mutate_attrs(p + 23 + withdrawn, attrs);
}

/* Entries of a table: at is behind the prefix. */
static inline void
mutate_entries(uint8_t *p, size_t len, size_t at, size_t head)
{
	size_t count = at, n = 0, attrs;

	for (at += 2; at + head + 2 <= len; n++) {
		attrs = mutate_be(p + at + head, 2);
		if (attrs > len - at - head - 2)
			mutate_put(p + at + head, 2, attrs = len - at - head - 2);
		mutate_attrs(p + at + head + 2, attrs);
		at += head + 2 + attrs;
	}
	if (count + 2 <= len)
		mutate_put(p + count, 2, n);
}

static inline void
mutate_body(unsigned type, unsigned subtype, uint8_t *p, size_t len)
{
	size_t at = type == 17 ? 4 : 0, as = subtype == 1 || subtype == 6 || subtype == 8 || subtype == 10 ? 2 : 4;

	if (type == 13 && ((subtype >= 2 && subtype <= 5) || (subtype >= 8 && subtype <= 11))) {
		if (len > 5 && 5 + (p[4] + 7u) / 8 + 2 <= len)
			mutate_entries(p, len, 5 + (p[4] + 7u) / 8, subtype >= 8 ? 10 : 6);
	} else if ((type == 16 || type == 17) && subtype != 0 && subtype != 5) {
		at += 2 * as + 2;
		if (len < at + 2)
			return;
		p[at] = 0;		/* AFI 1 or 2 */
		p[at + 1] = p[at + 1] == 2 ? 2 : 1;
		at += 2 + (p[at + 1] == 2 ? 32 : 8);
		if (len > at)
			mutate_message(p + at, len - at);
	}
}

static inline void
mutate_records(uint8_t *p, size_t len)
{
	size_t n;

	while (len >= 12) {
		n = mutate_be(p + 8, 4);
		if (n > len - 12)
			mutate_put(p + 8, 4, n = len - 12);
		mutate_body(mutate_be(p + 4, 2), mutate_be(p + 6, 2), p + 12, n);
		p += 12 + n;
		len -= 12 + n;
	}
}

/* The record that holds byte at, and its length. */
static inline size_t
mutate_record_at(const uint8_t *p, size_t len, size_t at, size_t *n)
{
	size_t from = 0;

	for (;;) {
		if (len - from < 12) {
			*n = len - from;
			return from;
		}
		*n = mutate_be(p + from + 8, 4);
		*n = *n > len - from - 12 ? len - from : 12 + *n;
		if (at < from + *n)
			return from;
		from += *n;
	}
}

static inline size_t
mutate_mrt(uint8_t *p, size_t size, size_t max, unsigned *seed)
{
	size_t at = 0, n = size, new;
	uint8_t *copy;

	if (size > 0)
		at = mutate_record_at(p, size, mutate_rnd(seed, (uint32_t)size), &n);
	switch (mutate_rnd(seed, 8)) {
	case 0:			/* bytes, and nothing else */
		return LLVMFuzzerMutate(p, size, max);
	case 1:			/* a record twice */
		copy = malloc(n + 1);
		if (copy == NULL)
			abort();
		memcpy(copy, p + at, n);
		size = mutate_splice(p, size, max, at, 0, copy, n);
		free(copy);
		break;
	case 2:			/* a record less */
		if (n < size)
			size = mutate_splice(p, size, max, at, n, NULL, 0);
		break;
	default:		/* bytes behind a record's head, whose length follows */
		copy = malloc(max);
		if (copy == NULL || n < 12) {
			free(copy);
			size = LLVMFuzzerMutate(p, size, max);
			break;
		}
		memcpy(copy, p + at, n);
		new = 12 + LLVMFuzzerMutate(copy + 12, n - 12, max - (size - n) - 12);
		mutate_put(copy + 8, 4, new - 12);
		size = mutate_splice(p, size, max, at, n, copy, new);
		free(copy);
	}
	mutate_records(p, size);
	return size;
}

#endif
#endif
