#include "base/root.h"

#include <math.h>

/* The root of the nearest double is off by less than one part in 2^52; one step of Newton's squares that, and
 * the integers have the last word. So it is the same whatever the machine makes of a double. */
u128
root_u128(u128 v)
{
	u128 r = (u128)sqrt((double)v);

	if (r > UINT64_MAX)	/* of 2^128, which (double)v may be */
		r = UINT64_MAX;
	if (r > 0)
		r = (r + v / r) / 2;
	if (r > UINT64_MAX)
		r = UINT64_MAX;
	while (r * r > v)
		r--;
	while (r < UINT64_MAX && (r + 1) * (r + 1) <= v)
		r++;
	return r;
}
