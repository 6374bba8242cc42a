#include "base/root.h"
#include "metric/curve.h"
#include "metric/metric.h"

#define RAW_MILLI_MAX 1000000000u	/* beyond a million incidents the score is 0 in any unit */
#define HALF_E7 5000000u	/* half a point, in ten-millionths */
#define LOG2_Q62 3398653926678325526u	/* -log2(0.6) * 2^62 */
#define LN2_Q62 3196577161300663915u	/* ln(2) * 2^62 */

/* 2^-f, f in [0, 1) with 40 fractional bits, result with 62: the series of exp(-f ln 2), whose
 * terms fall below 2^-62 after twenty. */
static uint64_t
exp2_minus(uint64_t f)
{
	uint64_t x = (uint64_t)((u128)f * LN2_Q62 >> 40), term = 1ull << 62, plus = term, minus = 0;
	unsigned i;

	for (i = 1; i <= 20; i++) {
		term = (uint64_t)((u128)term * x >> 62) / i;
		if (i % 2 == 1)
			minus += term;
		else
			plus += term;
	}
	return plus - minus;
}

/* 2^-(t / 2^40), in millionths. */
static uint32_t
exp2_ppm(u128 t)
{
	u128 whole = t >> 40;

	if (whole >= 60)
		return 0;
	return (uint32_t)((((u128)exp2_minus((uint64_t)t & ((1ull << 40) - 1)) >> (unsigned)whole) * 1000000 +
	    (1ull << 61)) >> 62);
}

/* 0.6^s = 2^-(s * -log2 0.6) with s = sqrt(raw / 0.5), raw counted in 2 * half to the point. */
static uint32_t
h1(uint64_t raw, uint32_t half)
{
	uint64_t s = (uint64_t)root_u128(((u128)raw << 80) / half);	/* 40 fractional bits */

	return exp2_ppm((u128)s * LOG2_Q62 >> 62);
}

uint32_t
curve_h1_ppm(uint64_t raw_milli)
{
	return raw_milli > RAW_MILLI_MAX ? 0 : h1(raw_milli, 500);
}

uint32_t
curve_ppm(enum curve c, uint64_t raw_e7)
{
	if (raw_e7 > RAW_MILLI_MAX * 10000ull)
		return 0;
	if (c == CURVE_H1)
		return h1(raw_e7, HALF_E7);
	return exp2_ppm((((u128)raw_e7 * LOG2_Q62) / HALF_E7) >> 22);
}

const char *
curve_word(enum curve c)
{
	return c == CURVE_H1 ? "H1" : "H2";
}

const char *
curve_formula(enum curve c)
{
	return c == CURVE_H1 ? "0.6^sqrt(raw / 0.5)" : "0.6^(raw / 0.5)";
}

enum curve
curve_find(struct span word)
{
	enum curve c = CURVE_H1;

	while (c < CURVE_N && !span_is_nocase(word, curve_word(c)))
		c++;
	return c;
}

enum band
band_of(uint32_t ppm)
{
	return ppm >= BAND_READY_PPM ? BAND_READY : ppm >= BAND_ASPIRING_PPM ? BAND_ASPIRING : BAND_LAGGING;
}

const char *
band_word(enum band b)
{
	static const char *const word[] = {"ready", "aspiring", "lagging"};

	return word[b];
}
