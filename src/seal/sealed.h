/* sealed: an envelope of ours held against a report: who signed it, and that it says of the report what is in it. */
#ifndef SEAL_SEALED_H
#define SEAL_SEALED_H

#include "seal/dsse.h"
#include "seal/statement.h"

/* OK: the envelope is by known[*by], in the one form that it can have (dsse_exact), and its statement is the one on
 * this report (statement_verify): no bit of either can differ. out: what it says (gist_release), with the other
 * subjects for the caller to compare. ERR_SYNTAX: not of the form; ERR_UNKNOWN: not signed by a known key, or not in
 * that form; ERR_CONTRADICT: signed, but on something else. *why is from the arena. */
NODISCARD enum err sealed_verify(struct span envelope, struct span report, const struct key_pub *known, size_t n_known,
    struct arena *a, struct statement *out, size_t *by, const char **why);

#endif
