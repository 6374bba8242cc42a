/*
 * witness: what a witness of logs does with a submission (c2sp.org/tlog-witness), and the folder in which it remembers.
 * It signs for a log's checkpoint when the log's key has signed it and it continues the one that it signed for last: so
 * a log cannot show two histories to those who ask for its cosignature.
 *
 * What is remembered is on the disk before it is signed, in this order: STATE/log/HEX (SHA-256 of the origin), the
 * checkpoint with the log's own signatures, whole or not at all; then the signature. Who dies between the two has
 * remembered more than he signed, which is harmless. A folder whose files are not as they were written is not served: a
 * witness that has forgotten could sign twice. STATE/witness has its verifier key, STATE/lock is its process's.
 */
#ifndef SEAL_WITNESS_H
#define SEAL_WITNESS_H

#include "base/arena.h"
#include "seal/checkpoint.h"
#include "seal/note.h"
#include "seal/store.h"

struct witness {
	struct store store;
	int lock;
	const struct key *key;		/* borrowed, as the next */
	const struct key_pub *logs;	/* of one origin as many as it has */
	size_t n_logs;
	char why[STORE_PATH_MAX + 256];	/* of an error */
};

/* A new memory, in a folder that is there and has none, or is made: never done by itself, since who starts from nothing
 * signs for anything. */
NODISCARD enum err witness_init(const char *path, const struct key_pub *self, char why[static STORE_PATH_MAX + 256]);
/* Take the lock (ERR_STOPPED: another process has it), and read all that is remembered of these logs. ERR_UNKNOWN: the
 * folder is another witness's, or a log's key is not the one that signed what is remembered; ERR_SYNTAX: damaged.
 * ERR_CONTRADICT: two logs have the same name and id. After an error there is why. */
NODISCARD enum err witness_open(
    struct witness *w, const char *path, const struct key *k, const struct key_pub *logs, size_t n_logs);
void witness_close(struct witness *w);

struct witness_answer {
	unsigned status;		/* of HTTP */
	struct str body;		/* owned by the caller, who hands it in empty; its form follows from the status */
	char origin[KEY_NAME_MAX + 1];	/* of a log that is known; or "" */
	uint64_t size;			/* of its checkpoint */
	bool forked;			/* the log's key has signed two trees, of which no one continues the other */
};

/* Answer one submission at that time (seconds since 1970). Not by two threads at once. */
void witness_add(struct witness *w, struct span body, uint64_t time, struct witness_answer *out);
/* What is remembered of an origin; size 0 and the root of nothing if it is nothing. *bytes: the note, from the arena. */
NODISCARD enum err witness_last(
    struct witness *w, struct span origin, struct arena *a, struct span *bytes, struct checkpoint *out);

#endif
