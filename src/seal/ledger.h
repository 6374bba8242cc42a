/*
 * ledger: a file of disputes that only grows. An append writes the whole file anew beside it, and lets it take the place
 * of the old one when it is on the disk: who dies on the way leaves the old one. Two writers exclude each other by a lock
 * on LEDGER.lock.
 */
#ifndef SEAL_LEDGER_H
#define SEAL_LEDGER_H

#include "seal/dispute.h"
#include "seal/store.h"

struct ledger_file {
	struct store store;
	int lock;			/* -1: read only */
	const char *name;		/* below store; from arena */
	struct arena *a;		/* owned: of what ledger points to */
	struct str bytes;		/* owned */
	struct ledger ledger;
	bool is_new;			/* there is no such file yet */
	const char *why;		/* of an error, from a */
};

/* The ledger, checked as a whole. write: take the lock (ERR_STOPPED: another writer has it); a file that is not there is
 * an empty ledger. Every error leaves why. */
NODISCARD enum err ledger_open(struct ledger_file *f, const char *path, bool write);
/* The two halves of it, for who shall not read what strangers wrote: its bytes, and the lock; then what they say. */
NODISCARD enum err ledger_take(struct ledger_file *f, const char *path, bool write);
NODISCARD enum err ledger_parse(struct ledger_file *f);
/* Sign a line, of which previous is set here, and append it; on the disk when OK. The line is not in f->ledger; its
 * digest is put into hex. */
NODISCARD enum err ledger_append(struct ledger_file *f, struct dispute_line *l, const struct key *k,
    char hex[static SHA256_HEX + 1]);
void ledger_close(struct ledger_file *f);

#endif
