/*
 * wild_int: what the two halves of wild share.
 */
#ifndef METRIC_WILD_INT_H
#define METRIC_WILD_INT_H

#include "metric/wild.h"

struct way { uint32_t path; bool own; };	/* own: by a full-feed session of its first AS */
struct triple {
	uint32_t as, from, behind;	/* behind: MAP_NONE when from is the origin */
	uint32_t side;			/* of from to as, enum wild_side; known of comparable ones */
	bool own;			/* as is seen at its own session */
};
struct offer { uint32_t from, behind, path, at; };	/* at: place of from on the path */

struct wild_worker {
	struct wild_fact *of;
	struct wild_row *rows;
	size_t n_rows, cap_rows;
	struct way *paths;		/* of the routes at hand */
	size_t n_paths, cap_paths;
	struct triple *like;		/* of comparable routes */
	size_t n_like, cap_like;
	struct triple *had;		/* of the invalid one */
	size_t n_had, cap_had;
	struct offer *offers;
	size_t n_offers, cap_offers;
};

/* wild_ways.c: the paths of a route added to those at hand; each path once, when all are there. */
void wild_paths_add(struct wild_worker *k, const struct routes *t, uint32_t route);
void wild_paths_settle(struct wild_worker *k);
/* What the paths at hand show: X N M, sorted, each once, into *v; how many. */
size_t wild_triples_of(const struct facts *f, const struct wild_worker *k, struct triple **v, size_t *cap);
/* The pairs N M of the paths at hand into k->offers. */
void wild_offers_of(const struct facts *f, struct wild_worker *k);
/* Does N have it from M, on a path that X is not on? */
bool wild_is_offered(const struct facts *f, const struct wild_worker *k, const struct triple *t);
/* A full-feed session of the AS that its paths begin with. A route server leaves itself out of its paths: they are
 * not its member's session. */
bool wild_is_own(const struct vp *v, unsigned family, uint32_t first);

#endif
