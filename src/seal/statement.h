/*
 * statement: an in-toto Statement v1 with the predicate test-result v0.1: which report and OSCAL documents, by
 * digest; made of which inputs and packs, by digest; and how the controls that the packs require were answered. It is
 * a function of the report and of the digests of the other subjects: whoever has them can write it again.
 */
#ifndef SEAL_STATEMENT_H
#define SEAL_STATEMENT_H

#include "base/sha256.h"
#include "seal/gist.h"

#define STATEMENT_TYPE "application/vnd.in-toto+json"	/* of the envelope's payload */
#define STATEMENT_REPORT "report.json"			/* the report's name in it, whatever its file is called */
#define STATEMENT_OSCAL "oscal/"			/* before the names of the others */

struct subject {
	const char *name;		/* borrowed; a printable ASCII path */
	char sha256[SHA256_HEX + 1];
};

/* subjects: those besides the report, ascending by name (asserted); report: its bytes, of which g is the gist. */
void statement_write(
    struct str *out, const struct gist *g, struct span report, const struct subject *subjects, size_t n);

struct statement {
	struct gist gist;		/* gist_release */
	const struct subject *subjects;	/* from the arena: besides the report */
	size_t n;
};

/* Whether the statement is the one on this report. Its other subjects are what it says, for the caller to compare.
 * ERR_SYNTAX: it is no statement, or the report is none; ERR_CONTRADICT: it is not on this report, or says of it what
 * it does not say itself. *why is from the arena. */
NODISCARD enum err statement_verify(
    struct span body, struct span report, struct arena *a, struct statement *out, const char **why);

#endif
