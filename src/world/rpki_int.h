/*
 * rpki_int: between the files of rpki. Not for other files.
 */
#ifndef WORLD_RPKI_INT_H
#define WORLD_RPKI_INT_H

#include "world/rpki.h"

/* n malloc'ed VRPs by (prefix, maxLength, ASN); the same block is returned, or another one in its place. */
struct roa *roas_sort(struct roa *r, size_t n);

static inline bool
roa_eq(const struct roa *a, const struct roa *b)
{
	return prefix_eq(&a->prefix, &b->prefix) && a->max_len == b->max_len && a->asn == b->asn;
}

#endif
