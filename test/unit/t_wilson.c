#include "base/root.h"
#include "metric/metric.h"
#include "tap.h"

#include <math.h>

static void
oracle(uint64_t k, uint64_t n, long double *lo, long double *hi)
{
	const long double z = 1.959963984540054235L, z2 = z * z;
	long double p = (long double)k / (long double)n, m = (long double)n;
	long double centre = (p + z2 / (2 * m)) / (1 + z2 / m);
	long double half = z / (1 + z2 / m) * sqrtl(p * (1 - p) / m + z2 / (4 * m * m));

	*lo = (centre - half) * 1e6L;
	*hi = (centre + half) * 1e6L;
}

static bool
near(uint32_t got, long double want, uint64_t n)
{
	return fabsl((long double)got - want) < (n >> 43 == 0 ? 0.501L : 1.0L);
}

static bool
agrees(uint64_t k, uint64_t n)
{
	long double want_lo, want_hi;
	uint32_t lo, hi;

	wilson_ppm(k, n, &lo, &hi);
	oracle(k, n, &want_lo, &want_hi);
	if (near(lo, want_lo, n) && near(hi, want_hi, n))
		return true;
	printf("# %llu of %llu: got %u..%u, want %Lf..%Lf\n", (unsigned long long)k, (unsigned long long)n, lo, hi,
	    want_lo, want_hi);
	return false;
}

static void
test_known(void)
{
	/* worked out from the closed form with 60 digits */
	static const struct { uint64_t k, n; uint32_t lo, hi; } known[] = {
	    {0, 0, 0, 1000000},
	    {0, 1, 0, 793451},
	    {1, 1, 206549, 1000000},
	    {0, 10, 0, 277533},
	    {5, 10, 236593, 763407},
	    {10, 10, 722467, 1000000},
	    {290, 429, 630312, 718546},
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		uint32_t lo, hi;

		wilson_ppm(known[i].k, known[i].n, &lo, &hi);
		ok(lo == known[i].lo && hi == known[i].hi, "%llu of %llu lies in %u..%u ppm (got %u..%u)",
		    (unsigned long long)known[i].k, (unsigned long long)known[i].n, known[i].lo, known[i].hi, lo, hi);
	}
}

static void
test_against_long_double(void)
{
	static const uint64_t large[] = {1000003, 4294967295u, 4294967296u, 4294967299u, 1ull << 40,
	    (1ull << 43) - 1, 1ull << 43, 1ull << 44, UINT64_MAX};
	uint64_t n, k;
	bool good = true;
	size_t i;

	for (n = 1; n <= 300; n++)
		for (k = 0; k <= n; k++)
			good = agrees(k, n) && good;
	ok(good, "every share of a population of 1 to 300 agrees with the closed form in long double");
	good = true;
	for (i = 0; i < sizeof(large) / sizeof(large[0]); i++)
		for (k = 0; k <= 8; k++)
			good = agrees(large[i] / 8 * k, large[i]) && good;
	ok(good, "populations up to 2^64 - 1 agree too, to a millionth");
}

static void
test_root(void)
{
	u128 v, r, max = ~(u128)0;
	bool good = true;

	for (v = 0; v < 100000; v++) {
		r = root_u128(v);
		good = good && r * r <= v && (r + 1) * (r + 1) > v;
	}
	ok(good, "the root of every number below 100000 is the largest that fits");
	ok(root_u128(max) == UINT64_MAX, "the root of 2^128 - 1 is 2^64 - 1");
	ok(root_u128((u128)UINT64_MAX * UINT64_MAX - 1) == UINT64_MAX - 1, "one below a square has the root below");
}

int
main(void)
{
	uint32_t lo, hi, lo3, hi3;

	test_known();
	test_against_long_double();
	test_root();
	wilson_ppm(7, 3, &lo, &hi);
	wilson_ppm(3, 3, &lo3, &hi3);
	ok(lo == lo3 && hi == hi3, "a count over its population is held to it");
	return tap_done();
}
