/*
 * trend_ground: what a line of months is drawn on: its scales, the grid, the bars of the control, the first and the last
 * date. Who has the months draws the line (report/html_trend.c, serve/trend.c).
 */
#ifndef REPORT_TREND_GROUND_H
#define REPORT_TREND_GROUND_H

#include "report/svg.h"
#include "rule/rule.h"

#define TREND_WIDTH 360
#define TREND_HEIGHT 150
#define TREND_BOTTOM 118	/* the foot of the scale */
#define TREND_TICKS 5

struct trend_ground {
	enum metric_unit unit;
	const struct control_test *test;	/* NULL: no bars */
	int64_t pass;			/* its bar for this network */
	int64_t lo, hi;			/* of the bars, and of what was added */
	struct svg_scale x, y;		/* set by trend_ground_scale: seconds, and values as value_ppm */
	int64_t ticks[TREND_TICKS + 1];
	size_t n_ticks;
};

/* From the lowest to the highest of bars and numbers; an interval that is wider is cut at the edge. */
void trend_ground_init(struct trend_ground *g, enum metric_unit unit, const struct control_test *test, bool is_cdn);
void trend_ground_add(struct trend_ground *g, int64_t value);
void trend_ground_scale(struct trend_ground *g, struct utc from, struct utc to);	/* after the last was added */

void trend_ground_draw(struct str *out, const struct trend_ground *g);
void trend_ground_dates(struct str *out, const char *first, const char *last);

#endif
