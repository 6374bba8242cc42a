/*
 * answers: the file of answers of providers, read for a comparison.
 */
#ifndef PIPE_ANSWERS_H
#define PIPE_ANSWERS_H

#include "base/diag.h"
#include "report/compare.h"

struct answers_read {
	struct answers answers;		/* sorted, one for each network and control; white space within texts is one space.
					 * n_skipped counts rows that are no answer or contradict each other */
	uint64_t n_unanswered;		/* rows without an answer: questions that are open */
	struct diags diags;		/* rows that could not be read */
	const char **clashes;		/* of rows that contradict each other, none of which counts: a line for each question,
					 * "AS64500 P-DDOS-1: lines 3 and 7 differ" */
	size_t n_clashes;
};

/* Read path, packed or not; all but diags lives in a. ERR_OPEN and ERR_IO with errno; another error when it is no such
 * file, or not a whole one: then diags or *why (static) tells. */
NODISCARD enum err answers_load(const char *path, struct arena *a, struct answers_read *out, const char **why);
void answers_read_release(struct answers_read *r);

#endif
