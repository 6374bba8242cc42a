/*
 * dispute: a ledger of who says that a verdict is wrong, what was answered, and what was decided until when
 * (doc/formats/dispute.md): lines of canonical JSON. Each is signed (as of DSSE v1.0.2, over the line without the
 * signature) by the key that it names, and names the digest of the line before: so nothing in it can be changed, taken
 * out or put in between. That its last lines are there, only somebody else can tell: a log that has their digests.
 *
 * Anybody may write a line. Whose word counts is for the reader, who says which keys are the issuer's and the network's.
 */
#ifndef SEAL_DISPUTE_H
#define SEAL_DISPUTE_H

#include "base/arena.h"
#include "base/utc.h"
#include "seal/verify.h"

#define DISPUTE_FORMAT "routemark-dispute/1"
#define DISPUTE_TYPE "application/vnd.routemark.dispute+json"	/* what is signed: dsse_pae of this and the body */

enum dispute_act {
	DISPUTE_OPEN, DISPUTE_ANSWER,		/* by anybody */
	DISPUTE_ACCEPT, DISPUTE_REJECT,		/* by a reviewer, who is not the one that opened it */
	DISPUTE_ACTS
};

/* A file that a line refers to: by digest, its name is a hint. */
struct dispute_file {
	const char *name, *sha256;
	uint64_t size;
};

struct dispute_line {
	enum dispute_act act;
	const char *at;			/* RFC 3339: of the evidence that it speaks of; not of the writing */
	const char *until;		/* ACCEPT: from that moment on it is no longer in force; else NULL */
	const char *reason;		/* a line of text */
	const char *previous;		/* digest of the line before; NULL: the first */
	const char *dispute;		/* digest of the opening line that it belongs to; NULL: it is one */
	/* of an OPEN; else NULL and 0 */
	const char *report;		/* sha256 of it */
	const char *control;		/* "PACK/ID" */
	const char *pack_status;	/* of the pack, as the report has it: "published", "proposal" ... */
	const char *record;		/* which deciding record (doc/formats/dispute.md); NULL: the verdict as a whole */
	uint32_t asn;
	const struct dispute_file *files;
	size_t n_files;
	struct key_pub signer;		/* whose signature it is; what name he goes by is his word */
	uint8_t sig[ED25519_SIGNATURE];
};

struct ledger {
	const struct dispute_line *lines;
	const char *const *digests;	/* of each line: the name of a dispute is that of its opening */
	size_t n;
};

const char *dispute_act_name(enum dispute_act act);	/* "open", "answer", "accept", "reject" */
/* "PACK/ID": printable ASCII without spaces, with one slash. */
bool dispute_control_good(struct span s);
/* Name of a file, a record: as status_reason_good, at most SEAL_WORD_MAX and STATUS_REASON_MAX bytes. */
bool dispute_name_good(struct span s);

/* The line, without a line feed; signer and sig are k's and not looked at. ERR_LIMIT: it is longer than
 * DISPUTE_LINE_MAX. The rest was checked (asserted). */
NODISCARD enum err dispute_write(struct str *out, const struct dispute_line *l, const struct key *k);
/* A whole ledger: the form of each line, its signature, the chain, and that each belongs to a dispute that was opened
 * before. No bytes are a ledger of no lines. All is from the arena; *why names line, field and rule. ERR_SYNTAX, ERR_LIMIT;
 * ERR_SIGNATURE; ERR_CONTRADICT: lines that do not go together. */
NODISCARD enum err ledger_read(struct span bytes, struct arena *a, struct ledger *out, const char **why);
/* The index of the opening whose digest begins with so many hexadecimal digits (8 at least); ledger->n: none, or more
 * than one. */
size_t ledger_find(const struct ledger *g, struct span id);

/* How a dispute stands at a moment, to who knows these keys. */
enum dispute_state {
	DISPUTE_UNDECIDED,
	DISPUTE_ACCEPTED,		/* and in force */
	DISPUTE_EXPIRED,		/* was accepted, until before the moment */
	DISPUTE_REJECTED,
	DISPUTE_STATES
};
const char *dispute_state_name(enum dispute_state s);	/* "open", "accepted", "expired", "rejected" */
struct dispute_standing {
	enum dispute_state state;
	size_t decides;			/* the last line of an issuer's key that decided it; ledger->n: none */
	size_t answer;			/* the last answer, by whomever; ledger->n: none */
	size_t strangers;		/* decisions by keys that are not known as the issuer's, which count for nothing */
};
/* open: index of its opening. at: UTC_NONE: nothing has expired. */
void dispute_stand(const struct ledger *g, size_t open, const struct verify_keys *known, struct utc at,
    struct dispute_standing *out);
/* What the reader takes the signer of a line for; false: he does not know it. */
bool dispute_role(const struct dispute_line *l, const struct verify_keys *known, enum verify_role *out);

/* For dispute*.c: the line; sig NULL: without it, which is what is signed. */
void dispute_put(struct str *out, const struct dispute_line *l, const struct key_pub *signer, const uint8_t *sig);
void dispute_signed(struct str *out, const struct dispute_line *l, const struct key_pub *signer);
/* Behind the name of the control: "" for one of a published pack, else " (proposal)" or another; static. */
const char *dispute_label(const struct dispute_line *open);
/* Field by field; NULL: good, else the field and what is wrong with it, static. */
const char *dispute_fault(const struct dispute_line *l);

#endif
