/* aspa_oracle: draft-ietf-sidrops-aspa-verification-28 followed step by step, in its own 1-based words and quadratically,
 * over a handful of ASNs; for unit tests and fuzzing. */
#ifndef ASPA_ORACLE_H
#define ASPA_ORACLE_H

#include "metric/aspa.h"

#define ASPA_LONGEST 9	/* ASes of a path, before prepends are collapsed */

/* ASNs on both sides of 2^31, where a difference as int changes its sign. */
static const uint32_t aspa_pool[] = {10, 20, 30, 64500, 2147483647, 2147483648, 4200000000, 4200000001};
#define ASPA_POOL (sizeof(aspa_pool) / sizeof(aspa_pool[0]))

/* --- the oracle: section 5 and 6 of the draft --- */

struct aspa_naive {
	bool has[ASPA_POOL];
	bool lists[ASPA_POOL][ASPA_POOL];
}; /* U-SPAS by customer; AS0 alone: has and lists nothing */

static inline size_t
aspa_pool_index(uint32_t asn)
{
	size_t i;

	for (i = 0; i < ASPA_POOL && aspa_pool[i] != asn; i++)
		;
	return i;
}

static inline enum aspa_auth
aspa_text_auth(const struct aspa_naive *w, uint32_t x, uint32_t y)
{
	if (!w->has[aspa_pool_index(x)])
		return ASPA_NO_ATTESTATION;
	return w->lists[aspa_pool_index(x)][aspa_pool_index(y)] ? ASPA_PROVIDER : ASPA_NOT_PROVIDER;
}

struct aspa_text { uint32_t n, a[ASPA_LONGEST + 1], max_up, min_up, max_down, min_down; };	/* a[1] is the origin */

static inline void
aspa_text_ramps(struct aspa_text *t, const struct aspa_naive *w)
{
	uint32_t i, n = t->n;

	t->max_up = t->min_up = t->max_down = t->min_down = n;
	for (i = n - 1; i >= 1; i--) {	/* the minimum index is the last that is written */
		enum aspa_auth x = aspa_text_auth(w, t->a[i], t->a[i + 1]);

		if (x == ASPA_NOT_PROVIDER)
			t->max_up = i;
		if (x == ASPA_NOT_PROVIDER || x == ASPA_NO_ATTESTATION)
			t->min_up = i;
	}
	for (i = 2; i <= n; i++) {	/* the maximum index */
		enum aspa_auth x = aspa_text_auth(w, t->a[i], t->a[i - 1]);

		if (x == ASPA_NOT_PROVIDER)
			t->max_down = n - i + 1;
		if (x == ASPA_NOT_PROVIDER || x == ASPA_NO_ATTESTATION)
			t->min_down = n - i + 1;
	}
}

static inline enum aspa_verdict
aspa_text_verify(struct aspa_text *t, const struct aspa_naive *w, enum aspa_direction d, bool set, bool check, uint32_t neighbour)
{
	if (t->n == 0 && !set)
		return ASPA_INVALID;
	if (check && t->n > 0 && t->a[t->n] != neighbour)
		return ASPA_INVALID;
	if (set)
		return ASPA_INVALID;
	aspa_text_ramps(t, w);
	if (d == ASPA_UPSTREAM)
		return t->max_up < t->n ? ASPA_INVALID : t->min_up < t->n ? ASPA_UNKNOWN : ASPA_VALID;
	return t->max_up + t->max_down < t->n	? ASPA_INVALID
	       : t->min_up + t->min_down < t->n ? ASPA_UNKNOWN
						: ASPA_VALID;
}

#endif
