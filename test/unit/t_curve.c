#include "metric/metric.h"
#include "tap.h"

#include <math.h>

int
main(void)
{
	/* published: raw 0 is 100 %, 0.5 is 60 %, 1 about 49 %, 2 about 36 %; the rest by the formula */
	static const struct { uint64_t raw_milli; uint32_t ppm; const char *percent; } points[] = {
	    {0, 1000000, "100"},
	    {500, 600000, "60"},
	    {1000, 485577, "48.6"},
	    {2000, 360000, "36"},
	    {3500, 258847, "25.9"},
	    {10000, 101827, "10.2"},
	    {30000, 19123, "1.9"},
	};
	uint64_t raw;
	bool good = true, falling = true;
	uint32_t last = 1000000;
	size_t i;

	for (i = 0; i < sizeof(points) / sizeof(points[0]); i++)
		ok(curve_h1_ppm(points[i].raw_milli) == points[i].ppm, "raw %.1f scores %s %% (got %u ppm)",
		    (double)points[i].raw_milli / 1000, points[i].percent, curve_h1_ppm(points[i].raw_milli));
	for (raw = 0; raw < 2000000; raw += 1 + raw / 500) {
		long double want = powl(0.6L, sqrtl((long double)raw / 500)) * 1e6L;
		uint32_t got = curve_h1_ppm(raw);

		good = good && fabsl((long double)got - want) < 0.501L;
		falling = falling && got <= last;
		last = got;
	}
	ok(good, "raw 0 to 2000 agrees with the formula in long double");
	ok(falling, "a larger raw value never scores higher");
	ok(curve_h1_ppm(95) >= 800000 && curve_h1_ppm(96) < 800000, "80 %% is reached up to raw 0.0954");
	ok(curve_h1_ppm(1000000000) == 0 && curve_h1_ppm(1000000001) == 0 && curve_h1_ppm(UINT64_MAX) == 0,
	    "an absurd raw value scores 0");
	return tap_done();
}
