#include "base/root.h"
#include "metric/metric.h"

#define ONE 1000000000000u	/* 10^12: the scale of the fixed-point numbers below */
#define Z2 3841458820694u	/* z^2 for 95 %: 1.959963984540054^2 */

/*
 * (k + z2/2 -+ sqrt(z2 k (n - k) / n + z2^2 / 4)) / (n + z2), the usual form with both sides
 * multiplied by n. Rounded to the nearest millionth.
 */
void
wilson_ppm(uint64_t num, uint64_t den, uint32_t *lo_ppm, uint32_t *hi_ppm)
{
	u128 k, n, spread, centre, whole;

	*lo_ppm = 0;
	*hi_ppm = 1000000;
	if (den == 0)
		return;
	if (num > den)
		num = den;
	/* what fits 128 bits below; past 2^43 the interval is narrower than a millionth anyway */
	for (k = num, n = den; n >> 43 != 0; n >>= 1)
		k >>= 1;
	spread = (u128)Z2 * k * (n - k) / n + (u128)Z2 * Z2 / ONE / 4;
	spread = root_u128(spread * ONE);	/* each factor of ONE squared is ONE outside */
	centre = k * ONE + Z2 / 2;
	whole = n * ONE + Z2;
	if (num > 0 && centre > spread)
		*lo_ppm = (uint32_t)(((centre - spread) * 1000000 + whole / 2) / whole);
	if (num < den)
		*hi_ppm = (uint32_t)(((centre + spread) * 1000000 + whole / 2) / whole);
}
