/*
 * holders: what is of one holder by the registries' own word. Their extended statistics give each record of somebody's an
 * opaque id that is the same for all that this somebody holds of that registry, ASNs, IPv4 and IPv6 (RIR Statistics Exchange
 * Format, its extension): the ids of one file say who is the same, and may be others in the next. Of records that
 * are allocated or assigned and have one.
 *
 * An id with more than HOLDER_ASNS_MAX ASNs stands for a national registry, all of whose members APNIC has under one
 * id (of 2016: 7 ids with 173 to 962 ASNs, then one with 92): whether two that have it are one holder is not known.
 *
 * Workload: 300 k records of five files, sealed once, asked of what would be accused. Invariant of the sealed tables:
 * disjoint ranges, ascending, neighbours of one holder joined.
 */
#ifndef WORLD_HOLDERS_H
#define WORLD_HOLDERS_H

#include "decode/registry.h"

struct holder_range {
	uint64_t first, last;	/* both inclusive: an ASN, an IPv4 address, the first half of an IPv6 address */
	int64_t told;		/* date of the file, seconds; INT64_MIN: it has none */
	uint64_t id;		/* of (registry, opaque id), in this process; never 0, never in an output */
};
struct holder_table { struct holder_range *v; size_t n, cap; };
struct holders {
	struct holder_table of[3];	/* ASNs, IPv4, IPv6, as in struct delegated */
	uint64_t *wide;			/* those of national registries, ascending; set by seal */
	size_t n_wide;
	bool sealed;
};

void holders_init(struct holders *h);
void holders_release(struct holders *h);
/* told: the date of the file. ERR_LIMIT past 2^32 - 2 records. */
NODISCARD enum err holders_add(struct holders *h, const struct delegated *d, struct utc told);
NODISCARD enum err holders_absorb(struct holders *dst, const struct holders *src);
/* Where records differ, the newest file is right; of one date and two holders nobody is known to hold it. */
void holders_seal(struct holders *h);
/* The id of its holder; 0: not known. A prefix is his when all of it is. */
uint64_t holders_asn(const struct holders *h, uint32_t asn);
uint64_t holders_prefix(const struct holders *h, const struct prefix *p);
/* What two ids say of each other. */
enum holders_tie { TIE_UNKNOWN, TIE_APART, TIE_ONE };
enum holders_tie holders_tie(const struct holders *h, uint64_t a, uint64_t b);
/* Whether that id, of that registry, is too wide to be somebody's. */
bool holders_wide(const struct holders *h, struct span registry, struct span opaque_id);

#endif
