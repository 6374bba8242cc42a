/*
 * paths: the path that one AS has to each origin: customer routes before lateral ones before those of
 * providers, then the shortest, then a fixed choice. One walk over the graph for each AS looked
 * from, whatever the number of origins.
 */
#ifndef LAB_PATHS_H
#define LAB_PATHS_H

#include "lab/model.h"

#define LAB_PATH_MAX 64u	/* the hierarchy is four deep: no path has more than a dozen hops */

enum lab_class { CLASS_UNREACHED, CLASS_SELF, CLASS_CUSTOMER, CLASS_PEER, CLASS_PROVIDER };

struct lab_view {
	uint32_t as;
	uint8_t *class;		/* enum lab_class of the route to i */
	uint8_t *dist;		/* hops to i */
	uint32_t *from;		/* the AS before i on the way from as, with how that is reached */
	uint32_t *climb;	/* the same where i itself is climbed to, from provider to provider */
};

/* invalid: of RPKI-invalid routes, which end at whoever drops them. */
struct lab_view *view_new(const struct lab *w, uint32_t as, bool invalid);
void view_free(struct lab_view *v);	/* NULL-safe */

struct lab_path {
	uint32_t as[LAB_PATH_MAX];	/* indexes, the view's AS first, the origin last */
	uint32_t n;			/* 0: no route */
	uint32_t climbs;		/* leading hops from customer to provider */
	bool lateral;			/* then one between peers; the rest go down */
};
void view_path(const struct lab_view *v, uint32_t origin, struct lab_path *out);

#endif
