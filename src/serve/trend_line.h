/*
 * trend_line: numbers over months as a line between the bars of a control: drawn, and as attributes of the figure from
 * which a script draws it again so that each month can be asked (src/serve/script/trend.mjs). Both are of one scale.
 */
#ifndef SERVE_TREND_LINE_H
#define SERVE_TREND_LINE_H

#include "report/trend_ground.h"

struct trend_point {
	struct utc at;
	const char *label;		/* "2031-06" */
	bool has;			/* false: nobody knows, and what follows is not set */
	bool judged;			/* false: measured, and did not count */
	bool gap;			/* months between it and the one before are not there */
	int64_t value;			/* as value_ppm */
	uint32_t lo, hi;		/* of a share */
	const char *said;		/* "66.30 % of 1,203 (95 % interval 63.60-68.90)", or why there is none; NULL: "no data" */
};

struct trend_line {
	const struct trend_point *p;	/* ascending */
	size_t n;			/* at least 2, of which one has a number */
	enum metric_unit unit;		/* not UNIT_BOOL */
	const struct control_test *test;	/* NULL: no bars */
	bool cdn;
	const char *id, *title, *desc;	/* id is a word of html_slug */
};

/* <figure> with the drawing in it; the caller goes on with a caption and closes it. */
void trend_line_open(struct str *out, const struct trend_line *l);

#endif
