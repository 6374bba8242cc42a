/*
 * openings: the disputes of a ledger, found by the network that they are on.
 */
#ifndef SEAL_OPENINGS_H
#define SEAL_OPENINGS_H

#include "seal/dispute.h"

struct openings {
	size_t *at;		/* owned: places in the ledger's lines, by ASN, control, line */
	size_t n;
};

void openings_init(struct openings *o, const struct ledger *g);
void openings_release(struct openings *o);
/* The first that is on a network; *n of them lie in a row. g is the ledger it was made of. */
size_t openings_of(const struct openings *o, const struct ledger *g, uint32_t asn, size_t *n);

#endif
