/*
 * submission: what a log sends to a witness (c2sp.org/tlog-witness, add-checkpoint): "old N", the hashes of a
 * consistency proof from that size, an empty line, the checkpoint. And the way back: lines of signatures, or a size.
 */
#ifndef SEAL_SUBMISSION_H
#define SEAL_SUBMISSION_H

#include "seal/note.h"
#include "seal/tree.h"

#define SUBMISSION_PATH "add-checkpoint"	/* below a witness's submission prefix */
#define SUBMISSION_SIZE_TYPE "text/x.tlog.size"	/* of an answer 409 */

struct submission {
	uint64_t old;
	struct tree_proof proof;	/* SUBMISSION_HASHES_MAX at most */
	struct span checkpoint;		/* a signed note; borrowed */
};

/* Where it is sent, of a witness's submission prefix; from a. */
const char *submission_url(const char *prefix, struct arena *a);
void submission_write(struct str *out, const struct submission *s);
/* Form only. A static text in *why. */
NODISCARD enum err submission_read(struct span body, struct submission *out, const char **why);

/* A size alone, "N" LF, as a witness answers that was asked to go on from another one. */
NODISCARD enum err submission_size_read(struct span body, uint64_t *out);

/* The line by the witness in what it answered, whole and without its line feed: *line borrows from the arena. Lines by
 * others are passed over. ERR_SYNTAX: no lines of signatures; ERR_SIGNATURE: its line does not verify over the
 * note's text; ERR_UNKNOWN: it has none. note was read whole before. */
NODISCARD enum err submission_answer(struct span body, const struct note *n, const struct key_pub *witness, struct arena *a,
    struct span *line, uint64_t *time, const char **why);

/* The note with that line as the only one by this witness: behind the others. */
void submission_merge(struct str *out, const struct note *n, const struct key_pub *witness, struct span line);

#endif
