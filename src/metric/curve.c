#include "base/root.h"
#include "metric/metric.h"

#define RAW_MILLI_MAX 1000000000u	/* beyond a million incidents the score is 0 in any unit */
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

/* 0.6^s = 2^-(s * -log2 0.6) with s = sqrt(raw / 0.5). */
uint32_t
curve_h1_ppm(uint64_t raw_milli)
{
	uint64_t s, t, whole;

	if (raw_milli > RAW_MILLI_MAX)
		return 0;
	s = (uint64_t)root_u128(((u128)raw_milli << 80) / 500);	/* 40 fractional bits */
	t = (uint64_t)((u128)s * LOG2_Q62 >> 62);
	whole = t >> 40;
	if (whole >= 60)
		return 0;
	return (uint32_t)((((u128)exp2_minus(t & ((1ull << 40) - 1)) >> whole) * 1000000 + (1ull << 61)) >> 62);
}
