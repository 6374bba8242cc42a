/*
 * space: address space of the lab, given out from the blocks that each registry would have.
 */
#ifndef LAB_SPACE_H
#define LAB_SPACE_H

#include "lab/model.h"

struct space {
	struct prng prng;
	uint32_t octet[RIR_N];		/* the /8 that is given out now */
	uint32_t used[RIR_N];		/* /24s of it */
	uint32_t used6[RIR_N];		/* /32s of the registry's /12 */
};

void space_init(struct space *s, const struct lab *w);
/* A block of 2^bits /24s, bits <= 14. */
struct prefix space_v4(struct space *s, enum lab_rir rir, unsigned bits);
struct prefix space_v6(struct space *s, enum lab_rir rir);	/* a /32 */
/* The part of p that is len long and starts at the no-th such part. */
struct prefix prefix_part(const struct prefix *p, unsigned len, uint32_t no);
struct prefix prefix_up(const struct prefix *p);	/* one bit shorter */
struct prefix prefix_of4(uint32_t addr, unsigned len);
struct prefix prefix_of6(uint32_t high, uint32_t low, unsigned len);	/* the first 64 bits */
uint32_t prefix_high(const struct prefix *p);		/* the first 32 bits */

#endif
