/*
 * attest: a file that somebody stands for, attached to a report by digest: an in-toto Statement v1 of which the subjects
 * are the report and the file, and the predicate says what the file is. Signed as a seal is (seal/dsse.h); by whose key
 * it counts for what is for the reader (seal/verify.h).
 */
#ifndef SEAL_ATTEST_H
#define SEAL_ATTEST_H

#include "base/arena.h"
#include "base/sha256.h"
#include "base/str.h"

#define ATTEST_TYPE "urn:routemark:attestation:1"	/* predicateType */

enum attest_kind {
	ATTEST_ANSWERS,		/* the network's answers to a questionnaire */
	ATTEST_POLICY,		/* its routing or security policy */
	ATTEST_TEST_LOG,	/* of a test that it ran: spoofing, filtering */
	ATTEST_SIGNOFF,		/* "audit-signoff": an auditor's, who has looked at the report */
	ATTEST_KINDS
};
const char *attest_kind_name(enum attest_kind k);	/* "answers", "policy", "test-log", "audit-signoff" */
NODISCARD enum err attest_kind_read(struct span s, enum attest_kind *out);

struct attest {
	enum attest_kind kind;
	char report[SHA256_HEX + 1], file[SHA256_HEX + 1];	/* digests */
};

void attest_write(struct str *out, const struct attest *t);
/* ERR_UNKNOWN: an in-toto Statement of another kind, or none. ERR_SYNTAX: one of this kind, but not as attest_write has
 * it; *why, static. */
NODISCARD enum err attest_read(struct span body, struct attest *out, const char **why);

#endif
