/*
 * holdings: where the registries say that the holder of an ASN is registered (addr/place.h), from the same statistics
 * files as registry (world/people.h), of which only what is allocated or assigned counts: nobody holds the rest.
 *
 * Workload: 120 k records of five files, sealed once, asked once for each AS that is judged. Invariant of the sealed
 * table: disjoint ranges, ascending, neighbours of one place joined.
 */
#ifndef WORLD_HOLDINGS_H
#define WORLD_HOLDINGS_H

#include "addr/place.h"
#include "decode/registry.h"

struct holding {
	uint32_t first, last;	/* ASNs, both inclusive */
	int64_t told;		/* date of the file, seconds; INT64_MIN: it has none. 0 once sealed */
	struct place place;
};
struct holdings { struct holding *items; size_t n, cap; bool sealed; };

void holdings_init(struct holdings *h);
void holdings_release(struct holdings *h);
/* told: the date of the file. What is no ASN, not allocated or assigned, or of none of the five registries is passed
 * over. ERR_LIMIT past 2^32 - 2 records. */
NODISCARD enum err holdings_add(struct holdings *h, const struct delegated *d, struct utc told);
NODISCARD enum err holdings_absorb(struct holdings *dst, const struct holdings *src);
/* Where records differ about an ASN: the newest file is right; of one date the one with a country, then the first in
 * the order of registry and country. */
void holdings_seal(struct holdings *h);
/* SERVICE_NONE: no file says who holds it. */
struct place holdings_place(const struct holdings *h, uint32_t asn);

#endif
