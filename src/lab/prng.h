/*
 * prng: random numbers that are the same on every machine: splitmix64, as a stream and as a hash of
 * what is asked about. Nothing here is fit for secrets.
 */
#ifndef LAB_PRNG_H
#define LAB_PRNG_H

#include <stdbool.h>
#include <stdint.h>

struct prng {
	uint64_t s;
};

/* A stream of its own for each purpose, so that drawing more for one does not shift the others. */
struct prng prng_init(uint64_t seed, uint64_t purpose);
uint64_t prng_next(struct prng *r);
uint32_t prng_below(struct prng *r, uint32_t n);	/* 0 .. n-1; n > 0 */
uint32_t prng_skewed(struct prng *r, uint32_t n);	/* as below, small numbers likelier */
bool prng_percent(struct prng *r, uint32_t percent);
/* The same answer for the same (seed, purpose, a, b), whatever was drawn before. */
uint64_t prng_hash(uint64_t seed, uint64_t purpose, uint64_t a, uint64_t b);

#endif
