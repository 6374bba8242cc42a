/*
 * region: regions of the world to which a place belongs: the registries' service regions, and the continents and
 * subregions of the United Nations, as the MANRS Observatory has them. What is not known is a region, too, so that a sum
 * over the subregions, "unmapped" and "unknown" is a sum over all.
 */
#ifndef ADDR_REGION_H
#define ADDR_REGION_H

#include "addr/place.h"

enum region_kind {
	REGION_SERVICE,		/* of a registry; every known place is in one */
	REGION_CONTINENT,	/* M49: Africa ... Oceania */
	REGION_SUBREGION,	/* M49, finest; in the continent before it */
	REGION_REST		/* "unmapped": known, with no country or one that M49 puts nowhere; "unknown" */
};

struct region {
	const char *id;		/* "ripencc", "europe", "western-europe", "unmapped", "unknown" */
	const char *name;	/* "RIPE NCC", "Europe", "Western Europe" ... */
	enum region_kind kind;
	uint16_t m49;		/* code of the standard; 0: none */
	const char *countries;	/* of a subregion: "AT BE CH", ascending; else NULL */
};
#define REGION_N 34
extern const struct region regions[REGION_N];	/* service regions, then each continent and what is in it, then the rest */

/* By id or M49 code ("western-europe", "155"), ASCII case ignored; NULL: there is none. */
const struct region *region_find(const char *text);
bool region_holds(const struct region *r, const struct place *p);
/* The subregion of a place, or "unmapped", or "unknown": one of these is it always. */
const struct region *region_of(const struct place *p);
/* All regions of a place, as indices into regions; how many: 1 to 3. */
unsigned regions_of(const struct place *p, uint8_t out[static 3]);

#endif
