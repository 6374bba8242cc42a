/*
 * tender_int: what the files of the tender share.
 */
#ifndef REPORT_TENDER_INT_H
#define REPORT_TENDER_INT_H

#include "report/tender.h"

struct ask {			/* a demand in the order in which it is read */
	const struct demand *demand;
	unsigned number;	/* of its requirement in part 1; 0: it is in the questionnaire only */
};
/* Required ones first, then by weight; measured ones numbered from 1 in that order. Owned by the caller. */
struct ask *asks_make(const struct requirement *req);

/* "AS64500, AS64501 and AS64502"; "the networks that the Provider names in its offer" */
void say_networks(struct str *out, const struct tender *t);
/* "P-FLT-1 of manrs-plus-proposal 0.1.0 (proposal)" */
void say_control(struct str *out, const struct demand *d);
/* "MRT table; VRPs": what a metric is computed from */
void say_data(struct str *out, enum metric_id id);
/* "measured or better" */
void say_least(struct str *out, const struct demand *d);
/* The document that is wanted of the provider, without the verb and the class that the pack writes about it. */
void say_wanted(struct str *out, const struct demand *d);
/* What counts as an answer, who signs, how old it may be, and what it is: whole sentences. */
void say_check(struct str *out, const struct ask *a);

/* What a requirement and a question begin with: the heading, "R1" or an id before the title; what asks says of the
 * statement; the reason; the control. */
void tender_item(struct str *out, const struct demand *d, const char *mark, const char *asks);
void tender_requirement(struct str *out, const struct ask *a);
void tender_questions(struct str *out, const struct tender *t, const struct ask *asks);

#endif
