/*
 * html_report: the pages of audit: one for an AS, and for several an index of them. A page says first what the
 * verdict is, then for each control the number on its scale, what decided it and what mends it, and last what
 * evidence it all rests on. doc/formats/html.md tells what may be relied on.
 */
#ifndef REPORT_HTML_REPORT_H
#define REPORT_HTML_REPORT_H

#include "report/past.h"
#include "report/report.h"
#include "report/summary.h"

/* The whole page of one AS. past: earlier reports, sealed; NULL or empty: no trends. in_folder: there is an
 * index beside it. */
void report_html_as(struct str *out, const struct assessment *head, const struct as_result *r,
    const struct past *past, bool in_folder);

/* What the index has of an AS: small, as there are many. */
struct html_row {
	uint32_t asn;
	bool seen, old; /* old: a control could not be judged as the evidence is too old or undated */
	char *name;	/* owned */
	uint16_t required[VERDICT_N]; /* verdicts of required controls */
	uint16_t all[VERDICT_N];
	bool is_cdn;
	struct html_cell *cells;	/* owned; NULL: not wanted; the packs' controls one after the other */
};
struct html_cell {
	enum verdict verdict;
	const struct control_test *test;	/* borrowed from the pack; NULL: it has no number */
	struct metric metric;			/* its numbers, with no pointer in it */
};
#define HTML_SIDE_MAX 8	/* networks that an index shows side by side: more columns nobody reads */
void html_row_fill(struct html_row *row, const struct as_result *r, bool cells);
void html_row_release(struct html_row *row);
/* The page that links to them: "AS64500.html". rows: ascending by asn. */
void report_html_index(struct str *out, const struct assessment *head, const struct summary *s,
    const struct html_row *rows, size_t n);

#endif
