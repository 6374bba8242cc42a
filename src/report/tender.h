/*
 * tender: what a buyer asks for (rule/require.h), in words for a contract: the clause for what is measured, the
 * questionnaire for what is not. Functions append to out, as those of report.h. Each requirement says how it is
 * checked; a pack that is a proposal says so wherever it is named; an answer is attested evidence, never measured.
 */
#ifndef REPORT_TENDER_H
#define REPORT_TENDER_H

#include "base/str.h"
#include "rule/require.h"

struct tender {
	const struct requirement *req;
	const uint32_t *asn;	/* the networks it is for, ascending, each once; borrowed */
	size_t n;		/* 0: those that the provider names in its offer */
};

/* Whether a number is held against a bar (or, for a whole organisation, those of the other demands are). */
bool demand_is_measured(const struct demand *d);
/* Whether it is asked of the provider: files alone cannot show it, or the buyer accepts its word. A demand is at least
 * one of the two, and may be both. */
bool demand_is_question(const struct demand *d);

/* Markdown (CommonMark), lines of at most 100 columns: part 1 the clause, part 2 the questionnaire. Text from a pack
 * or a profile stands as it is, whatever Markdown would make of it. */
void tender_text(struct str *out, const struct tender *t);
/* The questionnaire as a sheet in the style of CSA's CAIQ v4: a row per question and network, a network left empty
 * when none is named (doc/formats/requirement.md 7). */
void tender_csv(struct str *out, const struct tender *t);

#endif
