/*
 * aspa: AS path verification by Autonomous System Provider Authorizations,
 * draft-ietf-sidrops-aspa-verification-28, and what somebody who only looks on may say.
 *
 * A path is as[0..n-1]: the neighbour first, the origin last, prepends collapsed, as path_hops() and
 * aspath_hops() give it; 0 < n <= AS_PATH_HOPS_MAX. The draft counts from the origin: A(1) is as[n-1] and A(N) is
 * as[0]. Hop p, 0 <= p < n-1, lies between as[p] and as[p+1], and the route went from as[p+1] to as[p].
 * Everything here takes time linear in the path. Nothing allocates.
 */
#ifndef METRIC_ASPA_H
#define METRIC_ASPA_H

#include "world/rpki.h"

enum aspa_auth {		/* what the union of all valid ASPAs of an AS says of another (section 5) */
	ASPA_NO_ATTESTATION,	/* it has none */
	ASPA_NOT_PROVIDER,	/* it has, and the other is not in them: neither provider nor its route server */
	ASPA_PROVIDER		/* "Provider+": provider, or non-transparent route server */
};
const char *aspa_auth_text(enum aspa_auth a);	/* "Provider+", "Not Provider+", "No Attestation" */
const char *aspa_auth_word(enum aspa_auth a);	/* "provider", "not-provider", "no-attestation": for machines */
/* AS0 stands for no AS (RFC 7607), so it is nobody's provider, also where AS0 is all that is attested. */
enum aspa_auth aspa_authorized(const struct rpki *t, uint32_t customer, uint32_t provider);

struct aspa_hop {		/* enum aspa_auth of one hop, both ways */
	uint8_t up;		/* authorized(as[p+1], as[p]): the one it came from has the other as provider */
	uint8_t down;		/* authorized(as[p], as[p+1]) */
};
/* hop has room for n - 1. t NULL: there are no ASPAs. */
void aspa_hops(const struct rpki *t, const uint32_t *as, size_t n, struct aspa_hop *hop);

/* Section 6.2. Counted in ASes, so that each is at least 1 and at most n. */
struct aspa_ramps { uint32_t n, max_up, min_up, max_down, min_down; };
struct aspa_ramps aspa_ramps(const struct aspa_hop *hop, size_t n);

enum aspa_verdict { ASPA_VALID, ASPA_UNKNOWN, ASPA_INVALID };
const char *aspa_verdict_text(enum aspa_verdict v);	/* "Valid", "Unknown", "Invalid" */
const char *aspa_verdict_word(enum aspa_verdict v);	/* "valid" ... */
enum aspa_direction {
	ASPA_UPSTREAM,		/* from a customer, a lateral peer, an RS-client, or a route server to its client */
	ASPA_DOWNSTREAM		/* from a provider */
};
/* By the ramps alone. */
enum aspa_verdict aspa_by_ramps(const struct aspa_ramps *r, enum aspa_direction d);

/* The whole procedure of sections 6.3 and 6.4. */
struct aspa_path {
	const uint32_t *as;
	size_t n;		/* 0: an empty path */
	bool has_set;		/* an AS_SET anywhere: then as[] ends before it */
	bool check_first;	/* there is a neighbour, and it is no route server that leaves its ASN out */
	uint32_t neighbour;	/* looked at when check_first */
};
enum aspa_why { ASPA_BY_RAMPS, ASPA_EMPTY, ASPA_FIRST_AS, ASPA_HAS_SET };
/* hop: of aspa_hops(). *why, unless NULL, tells which step decided. */
enum aspa_verdict aspa_verify(const struct aspa_path *p, const struct aspa_hop *hop, enum aspa_direction d,
    enum aspa_why *why);

/* --- an observer --- */

/* Each AS of the path but the origin received a part of it: as[r], 0 <= r < n-1, received as[r+1..n-1]. Which of the
 * two tests was its to make, nobody else knows; so both are told. "down" is the lenient one: what is Invalid by
 * it is Invalid whatever the two are to each other, and stays so on the rest of the path. seen has room for n - 1. */
struct aspa_seen { uint8_t up, down; };		/* enum aspa_verdict */
void aspa_observe(const struct aspa_hop *hop, size_t n, struct aspa_seen *seen);

/* What can be held against somebody: only a path that is Invalid under the lenient test as a whole, max_up + max_down
 * < n. Then there are hops in > out where as[in+1] says that as[in] is not its provider, and as[out] says that as[out+1]
 * is not: between, the route turned from not-up to not-down. The first such turn from the origin on. */
struct aspa_turn {
	bool found;
	size_t in, out;		/* hops; the leaker is one of as[out+1..in]: named when in == out + 1 */
};
/* as[out] is the acceptor: by its own ASPA the one it took the route from is neither provider nor route server, so the
 * upstream test was its to make, and gave Invalid. */
struct aspa_turn aspa_turn(const struct aspa_hop *hop, size_t n);

#endif
