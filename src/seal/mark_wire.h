/*
 * mark_wire: what one process of this program hands another of a mark that is not issued yet: lines of text, none of
 * which needs a parser of JSON in a process that holds a key. "mark ASN INPUTS CONTROLS", then each text on a line of its
 * own, "=TEXT", or "-" when it is not there; of a control before them "APPLIES DAYS".
 */
#ifndef SEAL_MARK_WIRE_H
#define SEAL_MARK_WIRE_H

#include "seal/mark.h"

#define MARK_WIRE_MAX (8u << 20)	/* bytes: PACK_CONTROLS_MAX controls of four texts of SEAL_WORD_MAX */

/* All but address, issuer and log; no text has a line feed (mark_wrong sees to that). */
void mark_wire_write(struct str *out, const struct mark *m);
/* Form alone: mark_wrong tells whether it is a mark, once the caller has set address, issuer and log, which are NULL here.
 * ERR_SYNTAX. All is from the arena. */
NODISCARD enum err mark_wire_read(struct span bytes, struct arena *a, struct mark *out);
/* Whether it says that it is of this network and of these very bytes; the rest is the word of who read them. */
bool mark_wire_fits(const struct mark *m, uint32_t asn, struct span report);

#endif
