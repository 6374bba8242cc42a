/*
 * answers: a questionnaire that a provider filled in: CSV (RFC 4180) in the style of CSA's CAIQ v4, as a spreadsheet
 * writes it back. doc/formats/requirement.md has the columns; they are found by name, and others are ignored.
 */
#ifndef DECODE_ANSWERS_H
#define DECODE_ANSWERS_H

#include "base/diag.h"
#include "base/feed.h"
#include "base/utc.h"

enum said { SAID_YES, SAID_NO, SAID_NOT_APPLICABLE };

struct answer_row {		/* text borrowed for the call, without white space at its ends; without NUL */
	uint64_t line;		/* that the row ends on: a quoted field may hold line breaks */
	uint32_t asn;
	struct span question;	/* never empty */
	enum said said;
	struct span text, by;	/* empty when not told */
	struct utc on, until;	/* UTC_NONE when not told; until is never before on */
};

struct answers_stats {
	uint64_t answered;	/* rows that were handed out */
	uint64_t unanswered;	/* rows without an answer: no error */
};

/* One call per row that has an answer. A row that cannot be read is a diag and is skipped, never guessed. A header
 * without the columns "Question ID", "ASN" and "Provider answer", or with one of ours twice, and a quote that nothing
 * closes are DIAG_STOP_SOURCE. */
NODISCARD enum err answers_decode(struct feed *f, enum err (*fn)(void *arg, const struct answer_row *), void *arg,
    struct diags *, struct answers_stats *);

#endif
