/*
 * html_compare: what the files share that make the page of a comparison (report/compare.h). In the order of the page:
 * the networks ranked, the matrix, a section for each demand, the answers of providers, the evidence.
 */
#ifndef REPORT_HTML_COMPARE_H
#define REPORT_HTML_COMPARE_H

#include "report/compare.h"
#include "report/html_part.h"

#define COMPARE_COLUMNS 5	/* networks of one matrix: more do not fit beside each other */
#define COMPARE_ROWS 12		/* networks of one drawing: more do not fit on a screen */

struct html_compare {
	struct str *out;
	const struct comparison *c;
	char **ids;		/* owned: of each demand, in the order of the profile, the id of its section */
};

/* Demand k in the order in which they are shown. */
const struct demand *html_demand(const struct html_compare *h, size_t k);
const char *html_demand_id(const struct html_compare *h, size_t k);
const struct held *html_held(const struct html_compare *h, const struct compared *net, size_t k);

/* An outcome with its sign; plain: the sign alone, and its word. */
void html_outcome(struct str *out, enum outcome o);
const char *outcome_sign(enum outcome o);
const char *outcome_label(enum outcome o);	/* "MEETS", "NOT JUDGED" */

/* n networks are drawn or listed in pieces of the same size, at most max each: how large a piece is. */
size_t html_piece(size_t n, size_t max);

size_t html_n_required(const struct requirement *req);
/* How many networks meet all that is required, in a sentence; then notices of age, of absence, of proposals. */
void html_compare_lead(struct html_compare *h);
void html_compare_notices(struct html_compare *h);
void html_compare_rank(struct html_compare *h);
void html_compare_matrix(struct html_compare *h);
void html_compare_demands(struct html_compare *h);
/* The numbers of all networks that a demand is about. */
void html_compare_figures(struct html_compare *h, size_t k);
/* Nothing when no file of answers was given. */
void html_compare_answers(struct html_compare *h);

extern const char html_compare_css[];

#endif
