/*
 * ledger_gist: of a ledger of disputes what who appends a line needs, as lines of text: found by a process that has no key,
 * since the lines of a ledger are strangers' documents, and handed to the one that has it. "ledger N", the digests of the
 * first and the last line; and of a dispute that is answered or decided "open INDEX ASN", its digest, the opener's public
 * key, its moment, report, control, and the status of the pack. "-" is what is not there.
 */
#ifndef SEAL_LEDGER_GIST_H
#define SEAL_LEDGER_GIST_H

#include "base/str.h"
#include "seal/dispute.h"

#define LEDGER_GIST_MAX 8192u		/* bytes */
#define LEDGER_DIGESTS_MAX (20000u * (SHA256_HEX + 1))	/* bytes: of DISPUTE_LINES_MAX */

/* open: index of the opening; g->n: none is asked for. */
void ledger_gist_write(struct str *out, const struct ledger *g, size_t open);
/* A ledger of as many lines, of which the first and last digest are set, and of the line that opens what the gist says of
 * it; all else is NULL or zero. *open: its index; n: none. Form alone. ERR_SYNTAX. All is from the arena. */
NODISCARD enum err ledger_gist_read(struct span bytes, struct arena *a, struct ledger *out, size_t *open);

/* Every digest, a line each; and read back, as above. */
void ledger_digests_write(struct str *out, const struct ledger *g);
NODISCARD enum err ledger_digests_read(struct span bytes, struct arena *a, struct ledger *out);

#endif
