/*
 * exposure_vantage: what one vantage point sends along which chain. Inside metric/, for exposure_views.c.
 */
#ifndef METRIC_EXPOSURE_VANTAGE_H
#define METRIC_EXPOSURE_VANTAGE_H

#include "metric/exposure_int.h"

struct seen { uint32_t route, leaf; };
struct group {			/* one prefix at one vantage point */
	const struct prefix *prefix;
	uint32_t first, n;	/* of seen */
	uint64_t w;
};
struct vantage {
	struct seen *seen;	/* owned: by vantage point, then route */
	uint32_t *first;	/* owned: n_vps + 1 */
	uint32_t *order;	/* owned: vantage points by ASN */
	struct group *groups;	/* owned: of the one at hand */
	size_t n_groups, cap_groups;
	uint32_t stack[129];	/* groups: prefixes nest no deeper */
	uint32_t depth;
};

/* The sightings of the routes that matter by vantage point, and these by ASN; s->net. */
void vantage_gather(struct survey *s, struct vantage *v);
/* The paths of vantage point vp, which is in the AS as, into the leaves of s->t; what they weigh in all, when full. *paths:
 * how many. */
uint64_t vantage_leaves(struct survey *s, struct vantage *v, uint32_t vp, uint32_t as, bool full, uint64_t *paths);
void vantage_release(struct vantage *v);

#endif
