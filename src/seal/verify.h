/*
 * verify: whether what is said of a report is true, from bytes alone (doc/formats/verify.md): who signed it, that a
 * log has it, what was said of it there since, and at which level of assurance it stands. Nothing is fetched, no clock
 * is read.
 *
 * The answer is the worst of all that was asked: a no when one thing is false, else "could not tell" when one could
 * not be told or when nobody known has signed, else yes.
 */
#ifndef SEAL_VERIFY_H
#define SEAL_VERIFY_H

#include "base/utc.h"
#include "seal/proof.h"
#include "seal/sealed.h"
#include "seal/status.h"

enum verify_answer { VERIFY_YES, VERIFY_NO, VERIFY_UNKNOWN };	/* as the exit status */
enum verify_role { VERIFY_ISSUER, VERIFY_NETWORK, VERIFY_AUDITOR };	/* what the reader takes a key for */

/* The keys that the reader believes; no public key has two roles (verify_keys_good). */
struct verify_keys {
	struct key_pub *pub;
	enum verify_role *role;
	size_t n;
};

bool verify_keys_good(const struct verify_keys *k);

struct scan_source;

struct verify_ask {
	struct span report;
	const struct span *envelopes, *evidence;	/* evidence: envelopes over what the report was made of,
						 * or over files attached to it */
	size_t n_envelopes, n_evidence;		/* VERIFY_FILES_MAX each */
	struct span signature, proof;		/* p NULL: not given */
	const char *log;			/* a folder, or what source is of; NULL: not given */
	const struct scan_source *source;	/* where log is fetched from; NULL: log is a folder */
	struct span mark;			/* mark.json; p NULL: not given */
	struct utc at;				/* whether the mark is in its time then; UTC_NONE: not asked */
	const struct policy *policy;		/* NULL: none, then neither proof nor log is believed */
	struct verify_keys keys;
	bool replayed;			/* it was computed again from all its inputs; then what came of that: */
	enum verify_answer replay;
};

/* One thing that was asked. */
struct verify_found {
	enum verify_answer answer;
	const char *why;		/* of a no, and of one that could not be told */
	const struct key_pub *by;	/* of a yes: who signed; borrowed from keys */
	enum verify_role role;
	const char *what;		/* the trusted comment; the input that evidence is on, or the file attached; NULL */
	bool attached;			/* evidence: a file attached to this report (seal/attest.h), not one of its inputs */
};

/* A status entry on this report, by a known key. */
struct verify_word {
	struct status status;
	uint64_t index;
	const struct key_pub *by;
};

/* A proof, or a log. */
struct verify_log {
	bool given;
	struct verify_found found;
	bool believed;			/* what follows, of it the checkpoint and whose it is */
	struct checkpoint at;
	struct policy_verdict verdict;
	bool listed;			/* the report or an envelope on it is in it, by digest or status */
	uint64_t index;			/* where first */
	struct verify_word *words;	/* owned; ascending by index */
	size_t n, cap;
	uint64_t strangers;		/* further entries on the report, by keys that are not known */
};

enum verify_level { LEVEL_DECLARED, LEVEL_MEASURED, LEVEL_EVIDENCE, LEVEL_AUDITED, VERIFY_LEVELS };

struct verify {
	enum verify_answer answer;
	char sha256[SHA256_HEX + 1];	/* of the report */
	struct verify_found report;	/* whether it is one */
	struct gist gist;		/* of it, when it is */
	struct verify_found *envelopes, *evidence;	/* as asked */
	struct verify_found signature, mark;	/* mark: what is its AS, pack and time, also of a no */
	struct verify_log proof, log;
	enum verify_answer standing;	/* no: lapsed or suspended; could not tell: disputed */
	const struct verify_word *decides;	/* the entry that makes it so; NULL: none */
	enum verify_level level;
	bool reached[VERIFY_LEVELS];	/* each for itself; level: the highest of which all below are reached */
	const char *reason[VERIFY_LEVELS];
};

const char *verify_level_name(enum verify_level l);	/* "L0 declared" */
/* All from the arena but what release frees; out borrows from ask. */
void verify_run(const struct verify_ask *ask, struct arena *a, struct verify *out);
void verify_release(struct verify *v);

/* For verify*.c, mark_find.c: a no or a "could not tell", by kind of error. */
void verify_fail(struct verify_found *f, enum err e, const char *why);
/* How a thing stands by the words on it: standing and decides of v, which this can only make worse. */
void verify_stand(const struct verify_keys *keys, struct verify *v, const struct verify_log *l);
void verify_logs(const struct verify_ask *ask, struct arena *a, struct verify *v);
void verify_mark(const struct verify_ask *ask, struct arena *a, struct verify *v);
void verify_evidence(const struct verify_ask *ask, struct arena *a, struct verify *v);
void verify_levels(const struct verify_ask *ask, struct arena *a, struct verify *v);

#endif
