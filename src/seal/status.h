/*
 * status: an entry of a log that says how somebody stands to a report (doc/formats/status.md): a line of canonical
 * JSON with the report's digest, the moment of the evidence, and a signature (as of DSSE v1.0.2, over the same line
 * without it). Anybody may write one; a reader counts those by keys that he knows.
 */
#ifndef SEAL_STATUS_H
#define SEAL_STATUS_H

#include "base/arena.h"
#include "seal/key.h"

#define STATUS_FORMAT "routemark-status/1"
#define STATUS_TYPE "application/vnd.routemark.status+json"	/* what is signed: dsse_pae of this and the body */

enum status_word {
	STATUS_ISSUED, STATUS_LAPSED, STATUS_SUSPENDED, STATUS_RESTORED,	/* how it stands; the last word counts */
	STATUS_DISPUTED, STATUS_RESOLVED,					/* a dispute, which is open or is not */
	STATUS_WORDS
};

struct status {
	enum status_word word;
	const char *at;			/* RFC 3339: of the evidence that the word rests on; not of the writing */
	const char *reason;		/* a line; NULL: none */
	const char *sha256;		/* of the report */
	const char *signer;		/* "NAME+ID": a hint, until status_by */
	uint8_t sig[ED25519_SIGNATURE];
};

const char *status_name(enum status_word w);	/* "issued" */
NODISCARD enum err status_word_read(struct span s, enum status_word *out);
/* A line without what steers a terminal, 1 to STATUS_REASON_MAX bytes. */
bool status_reason_good(struct span s);

/* The entry, without a line feed; signer and sig are k's and not looked at. The rest was checked (asserted). */
void status_write(struct str *out, const struct status *s, const struct key *k);
/* Form only: the one that status_write gives. ERR_UNKNOWN: no entry of this format. All is from the arena, *why too. */
NODISCARD enum err status_read(struct span entry, struct arena *a, struct status *out, const char **why);
/* By which of known it is signed; n_known: by none. */
size_t status_by(const struct status *s, const struct key_pub *known, size_t n_known);

/* For status*.c: the line; sig NULL: without it, which is what is signed. */
void status_put(struct str *out, const struct status *s, const char *signer, const uint8_t *sig);
bool status_time_good(const char *s);		/* in the form that we write */
bool status_digest_good(const char *s);

#endif
