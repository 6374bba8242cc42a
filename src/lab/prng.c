/*
 * prng: splitmix64.
 */
#include "lab/prng.h"

#include <assert.h>

static uint64_t
mix(uint64_t z)
{
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

struct prng
prng_init(uint64_t seed, uint64_t purpose)
{
	return (struct prng){mix(mix(seed) + 0x9e3779b97f4a7c15u * (purpose + 1))};
}

uint64_t
prng_next(struct prng *r)
{
	return mix(r->s += 0x9e3779b97f4a7c15u);
}

uint32_t
prng_below(struct prng *r, uint32_t n)
{
	assert(n > 0);
	return (uint32_t)((prng_next(r) >> 32) * n >> 32);
}

uint32_t
prng_skewed(struct prng *r, uint32_t n)
{
	uint32_t a = prng_below(r, n), b = prng_below(r, n);

	return a < b ? a : b;
}

bool
prng_percent(struct prng *r, uint32_t percent)
{
	return prng_below(r, 100) < percent;
}

uint64_t
prng_hash(uint64_t seed, uint64_t purpose, uint64_t a, uint64_t b)
{
	struct prng r = prng_init(seed, purpose);

	return mix(mix(r.s ^ a * 0x9e3779b97f4a7c15u) + b * 0xd1342543de82ef95u);
}
