/*
 * valley: an AS path seen through known AS relationships (Gao, On inferring autonomous system relationships in the
 * Internet, 2001): up from customer to provider any number of times, across to a peer at most once, then down. It
 * describes; relationships are inferred, so alone they prove nothing.
 *
 * A path and its hops are those of metric/aspa.h: hop p is the way the route went from as[p+1] to as[p].
 */
#ifndef METRIC_VALLEY_H
#define METRIC_VALLEY_H

#include "world/people.h"

enum valley_hop {
	HOP_UNKNOWN,		/* no relationship is known, or there is no data */
	HOP_UP,			/* from customer to provider */
	HOP_DOWN,		/* from provider to customer */
	HOP_LATERAL,		/* from peer to peer */
	HOP_SIBLING		/* within one organisation: as if both were one AS */
};
const char *valley_word(enum valley_hop h);	/* "unknown", "up", "down", "lateral", "sibling" */

/* Same organisation by o, or siblings by g; each may be NULL: not known. */
bool valley_siblings(const struct graph *g, const struct orgs *o, uint32_t a, uint32_t b);
/* hop has room for n - 1: enum valley_hop. */
void valley_hops(const struct graph *g, const struct orgs *o, const uint32_t *as, size_t n, uint8_t *hop);

/* RFC 7908, section 3; the other two types cannot be told from a path. */
enum leak_type {
	LEAK_TYPE_UNKNOWN,
	LEAK_HAIRPIN,		/* 1: from a provider to a provider */
	LEAK_LATERAL,		/* 2: from a peer to a peer */
	LEAK_PROVIDER_TO_PEER,	/* 3 */
	LEAK_PEER_TO_PROVIDER	/* 4 */
};
const char *leak_type_text(enum leak_type t);	/* "type 1, from a provider to a provider" */
/* By how the leaker got it (HOP_DOWN: from a provider; HOP_LATERAL) and passed it on (HOP_UP, HOP_LATERAL). */
enum leak_type leak_type_of(enum valley_hop in, enum valley_hop out);

/* The first place from the origin on that breaks the rule. */
struct valley {
	bool broken;
	bool both_known;	/* the hops into and out of the leaker are known: it is as[out+1]. Else, with hops of
				 * unknown relationship between, it is one of as[out+1..in] */
	size_t in, out;		/* hops, in > out: down or lateral, then up or lateral. When as[out+1..in] are siblings
				 * they are one AS, and in is the hop into the first of them */
	enum leak_type type;	/* of the two hops; LEAK_TYPE_UNKNOWN unless both_known */
};
/* Only hops below `below` are looked at, as though the path began there: n - 1 for all of it, v.out + 1 for what comes
 * after v. A route that comes back to the organisation that it was had from (as[in+1] and as[out] are siblings) is no
 * break: with siblings merged that is a loop, which no rule of this kind speaks of. */
struct valley valley_find(const struct graph *g, const struct orgs *o, const uint32_t *as, size_t n,
    const uint8_t *hop, size_t below);

/* The first place where it would break the rule if the one hop at the leaker of which nothing is known were not from or
 * to a customer of it: unknown and then up or lateral, or down or lateral and then unknown. broken: found; both_known is
 * false, the leaker is as[out+1] all the same. What is not in the data is most often a peering, so by itself this says
 * next to nothing; of ASes that never stood side by side before it says more. */
struct valley valley_doubt(const struct graph *g, const struct orgs *o, const uint32_t *as, size_t n,
    const uint8_t *hop, size_t below);

#endif
