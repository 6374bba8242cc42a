/*
 * origins: origin tables without paths: CAIDA pfx2as (prefix TAB length TAB origin; "a_b" is
 * several origins, "a,b" a set) and RIS whois dumps (origin TAB prefix TAB peers; "{a,b}" a set).
 */
#ifndef DECODE_ORIGINS_H
#define DECODE_ORIGINS_H

#include "addr/prefix.h"
#include "base/diag.h"
#include "base/feed.h"
#include "decode/kind.h"

struct origin_route {
	struct prefix prefix;
	uint32_t origin;	/* ORIGIN_NONE (addr/aspath.h) when it is a set */
	const uint32_t *set;	/* its members */
	size_t n_set;
	uint32_t n_peers;	/* RIS whois: peers that see it; pfx2as: 0 */
};

NODISCARD enum err origins_decode(struct feed *f, enum input_kind kind,
    enum err (*fn)(void *arg, const struct origin_route *), void *arg, struct diags *,
    uint64_t *n_lines);

#endif
