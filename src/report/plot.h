/*
 * plot: a number held against its bars, drawn so that a reader sees at a glance on which side of them it is.
 * A share or a score stands on a scale of zones; a count is a row of squares; yes or no is one of two boxes.
 */
#ifndef REPORT_PLOT_H
#define REPORT_PLOT_H

#include "base/str.h"
#include "rule/rule.h"

struct plot {
	const char *id;		/* begins the ids of the drawing; unique in its page, a word of html_slug */
	const char *title;	/* what is drawn: "AS64500: P-RPKI-1 on its scale" */
	const char *desc;	/* the same in a sentence, with all numbers */
	const struct control_test *test;	/* judged */
	const struct metric *metric;		/* METRIC_OK */
	bool is_cdn;
	bool hollow;		/* the number is shown, but it did not decide: too old, of too few */
};

/* Appends an <svg>. Zones of a scale are PASS, WARN and FAIL as the bars cut it; each has a fixed share of the
 * width, so that a bar at 99 % can be seen, and the ticks carry the numbers. */
void plot_number(struct str *out, const struct plot *p);
/* What a reader must know of the zones: a sentence for the page that has such plots. */
extern const char plot_note[];

/* One of several numbers on the same scale. */
struct plot_row {
	const char *label;		/* "AS64500": 12 characters fit */
	const struct metric *metric;	/* of any state: what is no number says so */
	bool hollow;
};
/* Several networks beside each other, each in a row of its own, over the zones of the bars that they share; counts
 * as rows of squares, yes or no as boxes. In p id, title, desc, test and is_cdn count. */
void plot_rows(struct str *out, const struct plot *p, const struct plot_row *rows, size_t n);

#endif
