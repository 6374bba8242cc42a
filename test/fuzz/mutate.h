/*
 * mutate: what the mutators have in common. libFuzzer calls LLVMFuzzerCustomMutator where a target has one, which FUZZ_MUTATE
 * tells; replaying and AFL++ do without (AFL++ goes on from what libFuzzer kept). A mutator changes bytes as libFuzzer would and
 * then, mostly, mends what frames them: so that what is behind a length or a bracket is reached, and wrong lengths still occur.
 */
#ifndef FUZZ_MUTATE_H
#define FUZZ_MUTATE_H

#ifdef FUZZ_MUTATE

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);

static inline uint32_t
mutate_rnd(unsigned *seed, uint32_t below)
{
	*seed = *seed * 1103515245u + 12345u;
	return below == 0 ? 0 : (*seed >> 8) % below;
}

static inline unsigned
mutate_be(const uint8_t *p, unsigned n)
{
	unsigned v = 0;

	while (n-- > 0)
		v = v << 8 | *p++;
	return v;
}

static inline void
mutate_put(uint8_t *p, unsigned n, size_t v)
{
	while (n-- > 0)
		*p++ = (uint8_t)(v >> 8 * n);
}

/* Replace old bytes at p[at] by n others, as far as max allows; the new size, or size when it does not fit. */
static inline size_t
mutate_splice(uint8_t *p, size_t size, size_t max, size_t at, size_t old, const uint8_t *by, size_t n)
{
	if (size - old + n > max)
		return size;
	memmove(p + at + n, p + at + old, size - at - old);
	if (n > 0)
		memcpy(p + at, by, n);
	return size - old + n;
}

#endif
#endif
