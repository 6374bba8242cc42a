/*
 * ases: the ASes that a table of routes names, ascending. An AS is known by its place in the list, so that
 * what is counted per AS is an array.
 */
#ifndef WORLD_ASES_H
#define WORLD_ASES_H

#include "base/map.h"

#define ASES_DIRECT (1u << 20)	/* ASNs below this find their id by one look; none above is assigned */

struct ases {
	uint32_t *asn;		/* n of them, and behind them 4294967295 (RFC 7300), which stands for no AS: as a
				 * hop of a path it has the id n */
	size_t n;
	uint32_t *direct;	/* ASN to id, MAP_NONE when it is not there */
};

struct ases_found {		/* ASNs being collected: a mark each below ASES_DIRECT, a list above */
	uint8_t *mark;
	uint32_t *high;
	size_t n_high, cap_high;
};

void ases_found_init(struct ases_found *f);
/* 4294967295 is not added. */
void ases_found_add(struct ases_found *f, uint32_t asn);
/* The list of what was found; f is released. Free it with ases_release. */
void ases_build(struct ases *a, struct ases_found *f);
void ases_release(struct ases *a);
/* MAP_NONE when asn is not in the list. */
uint32_t ases_id(const struct ases *a, uint32_t asn);

#endif
