/*
 * registry: which resources are allocated: RIR delegated and delegated-extended files, the NRO's
 * combined file, and IANA's special-purpose address registries (CSV as published).
 */
#ifndef DECODE_REGISTRY_H
#define DECODE_REGISTRY_H

#include "addr/prefix.h"
#include "base/diag.h"
#include "base/feed.h"
#include "base/utc.h"

enum registry_status { REG_ALLOCATED, REG_ASSIGNED, REG_AVAILABLE, REG_RESERVED };

struct delegated {
	enum { DELEGATED_ASN, DELEGATED_V4, DELEGATED_V6 } what;
	enum registry_status status;
	uint32_t asn_first, asn_count;		/* DELEGATED_ASN */
	struct addr first;			/* DELEGATED_V4: first address */
	uint64_t count;				/* DELEGATED_V4: number of addresses, need not be a power of 2 */
	struct prefix prefix;			/* DELEGATED_V6 */
	struct span registry, country, opaque_id;	/* opaque_id: extended files only */
	struct utc date;			/* UTC_NONE when empty or 00000000 */
};
/* records: what the header promises; a file whose summary lines contradict its records gets a
 * diag (ERR_CONTRADICT, DIAG_STOP_SOURCE: not complete). */
struct delegated_stats { uint64_t records, claimed; struct utc time; struct span registry; char registry_buf[16]; };

NODISCARD enum err delegated_decode(struct feed *f,
    enum err (*fn)(void *arg, const struct delegated *), void *arg, struct diags *,
    struct delegated_stats *);

struct iana_special {
	struct prefix prefix;
	struct span name, rfc;
	bool reachable;		/* Globally Reachable is True (N/A counts as not) */
	bool terminated;	/* has a termination date: no longer special */
};
NODISCARD enum err iana_special_decode(struct feed *f,
    enum err (*fn)(void *arg, const struct iana_special *), void *arg, struct diags *);

#endif
