/*
 * html_part: what the pages of reports have in common, and the parts that the page of an AS is made of.
 */
#ifndef REPORT_HTML_PART_H
#define REPORT_HTML_PART_H

#include "report/html.h"
#include "report/html_report.h"

/* A verdict with its sign, so that it is told without its colour. */
void html_verdict(struct str *out, enum verdict v);
/* The verdicts of a list counted; n is set to 0 first. */
void html_count(uint16_t n[static VERDICT_N], const struct pack_result *packs, size_t n_packs, bool required);
/* "passes 3 of the 5 required controls that could be judged; 2 fail; ..." */
void html_verdict_sentence(struct str *out, const uint16_t n[static VERDICT_N]);
/* What stands behind a number: " of 1,204", of what was counted; " in 744 h" for a score of a window, whose population is
 * the hours watched; nothing for yes or no. */
void html_population(struct str *out, const struct metric *m);
/* "2022-05-01", or "2022-04-01 to 2022-05-01": of the inputs that were used; "an unknown date". */
void html_evidence_dates(struct str *out, const struct world *w);
/* Above the heading: what program, of when; and under it what the verdicts are about. */
void html_heading_date(struct str *out, const struct assessment *head);
/* A notice for each pack that is a proposal; for one, nothing when it is none. */
void html_proposals(struct str *out, const struct assessment *head);
void html_proposal(struct str *out, const struct pack *p);
/* The section on inputs, vantage, parameters and packs. */
void html_evidence(struct str *out, const struct assessment *head);
/* A table of packs with their digests. */
void html_packs(struct str *out, const char *caption, const struct pack *packs, size_t n);
/* What a report is not, and how to compute it again. asn 0: of the index. */
void html_footer(struct str *out, const struct assessment *head, uint32_t asn);
void html_disclaimer(struct str *out);	/* the first of them alone */
/* The options that give the same again, but those that say which packs. */
void html_same_options(struct str *out, const struct assessment *head);

/* Up to HTML_SIDE_MAX networks beside each other: a table of verdicts with the numbers, and for each share or
 * score all of them on its scale. */
void html_side(struct str *out, const struct assessment *head, const struct html_row *rows, size_t n);
void html_cells_fill(struct html_row *row, const struct as_result *r);

/* The page of one AS while it is made. */
struct html_as {
	struct str *out;
	const struct assessment *head;
	const struct as_result *r;
	const struct past *past; /* may be NULL */
	char *shown[METRIC_N];	 /* owned: id of the control under which its records stand; NULL: not yet */
};

/* "c-manrs-netops-m3": the id of a control in a page. */
void html_control_id(struct str *out, const struct pack *p, const struct control *c);
/* Whether it has a number or a trend to show, and so a section of its own; else a line in a table. */
bool html_control_shows(const struct html_as *a, const struct judgement *j);
void html_control(struct html_as *a, const struct pack *p, const struct judgement *j);
/* The records of a metric, folded; or where on the page they stand. id: of the control. */
void html_records(struct html_as *a, const struct pack *p, const struct control *c, const struct metric *m,
    const char *id);
/* What is required, by whom, and how it was measured, folded. */
void html_requirement(struct html_as *a, const struct pack *p, const struct judgement *j);
/* A month's number beside this one's; nothing when no earlier report has one. id begins the ids. */
void html_trend(const struct html_as *a, const struct control *c, const struct control_test *t,
    const struct metric *m, const char *id);
/* Whether the bars were put to number t at all, which by itself may be too old or of too few beside others that
 * decided. */
bool html_was_judged(const struct judgement *j, size_t t);
bool html_trend_has(const struct html_as *a, enum metric_id id);

#endif
