/*
 * asn: AS numbers (RFC 6793), their text forms and the ones nobody may use.
 */
#ifndef ADDR_ASN_H
#define ADDR_ASN_H

#include "base/span.h"

#define AS_TRANS 23456u		/* RFC 6793 */

/* "64500", "AS64500", "as64500"; asdot ("1.10") too. */
NODISCARD enum err asn_parse(struct span s, uint32_t *out);

/* Why this ASN may not be seen in the public table: the RFC, static ("RFC 7607"), or NULL
 * when it may. Special-purpose numbers only; unallocated ones are the registry's matter. */
const char *asn_bogon(uint32_t asn);

#endif
