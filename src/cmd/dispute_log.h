/*
 * dispute_log: what of a ledger a log has. For each line an entry "DIGEST routemark-dispute/1 LEDGER N": its digest, the
 * digest of the ledger's first line, its number from 1. So a ledger that lost its end is found out by the log.
 */
#ifndef CMD_DISPUTE_LOG_H
#define CMD_DISPUTE_LOG_H

#include "seal/ledger.h"
#include "seal/log.h"

/* Open a log to append, before anything is written anywhere. NULL after a message. */
struct log *dispute_log_open(const char *dir);
void dispute_log_close(struct log *l);	/* NULL-safe */
/* The entry of line n (from 1) of a ledger, and, when s is not NULL, the status entry signed by k; both or none. Prints
 * the index of the first. False after a message. */
bool dispute_log_append(struct log *l, const char *ledger, size_t n, const char *digest, const struct status *s,
    const struct key *k);
/* Lines of a ledger that the log has not, in one append; prints their indexes. The exit status: 1, nothing being
 * written, when the log has other lines of it, or more. */
int dispute_log_later(const struct ledger *g, const char *dir);
/* The number, from 1, of the line that an entry is of, when it is one of this ledger; 0: it is not. */
size_t dispute_log_line(struct span entry, const char *ledger, struct span *digest);
/* Holds a ledger against a log in a folder, by a policy file. The exit status; says what was found on stdout. */
int dispute_log_check(const struct ledger *g, const char *dir, const char *policy);

#endif
