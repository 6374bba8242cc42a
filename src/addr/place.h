/*
 * place: where a number is registered, as the registries' statistics files say (RIR statistics exchange format,
 * section 3.3): which registry serves the holder, and the country that the holder gave. The country is where the holder
 * is registered, not where the network runs: whoever shows it says so.
 */
#ifndef ADDR_PLACE_H
#define ADDR_PLACE_H

#include "base/span.h"

#include <stdint.h>

enum service_region { SERVICE_NONE, SERVICE_AFRINIC, SERVICE_APNIC, SERVICE_ARIN, SERVICE_LACNIC, SERVICE_RIPE };
#define SERVICE_N (SERVICE_RIPE + 1)

struct place {
	uint8_t service;	/* enum service_region; NONE: not known, and so is the country */
	char country[3];	/* ISO 3166-1 alpha-2, or a code reserved there ("EU"); "" when none is given */
};

/* "afrinic" ... "ripencc", as the files name them; "" for NONE. */
const char *service_word(enum service_region s);
const char *service_name(enum service_region s);	/* "AFRINIC" ... "RIPE NCC" */
/* ASCII case ignored; false for a word of none of the five (the files speak of "iana", too). */
bool service_read(struct span s, enum service_region *out);
/* Two letters, made upper case; false (and "") for anything else, and for ZZ, which ISO 3166 leaves to its users and the
 * registries write where there is no country. */
bool country_read(struct span s, char out[static 3]);
bool place_same(const struct place *a, const struct place *b);

#endif
