/*
 * spoofer_int: the forms Spoofer sessions come in, behind spoofer_decode. Not for other files.
 */
#ifndef DECODE_SPOOFER_INT_H
#define DECODE_SPOOFER_INT_H

#include "decode/people.h"

/* "received" (no source-address validation), "blocked", "rewritten"; SPOOF_UNKNOWN for
 * "unknown" and any other word, SPOOF_NONE for an empty text: not tested. */
enum spoof_result spoof_result_of(struct span word);

/* As spoofer_decode, for one form each. */
NODISCARD enum err spoofer_json_decode(struct feed *f,
    enum err (*fn)(void *arg, const struct spoofer_test *), void *arg, struct diags *,
    uint64_t *n_sessions);
NODISCARD enum err spoofer_csv_decode(struct feed *f,
    enum err (*fn)(void *arg, const struct spoofer_test *), void *arg, struct diags *,
    uint64_t *n_sessions);

#endif
