/*
 * zones: the scale of a share or a score, cut by its bars. Each zone has a fixed share of the width whatever it
 * spans, so that a bar at 99 % can be seen; inside a zone the scale is even.
 */
#ifndef REPORT_ZONES_H
#define REPORT_ZONES_H

#include "report/svg.h"
#include "rule/rule.h"

struct zone {
	enum verdict verdict;
	struct svg_scale scale; /* ppm onto units; from == to: a bar that is one value only, "at most 0 %" */
};

struct zones {
	struct zone zone[3];		/* ascending */
	size_t n;
	enum metric_unit unit;
	int left, right;		/* units */
};

/* t: judged, of a share or a score. */
void zones_fill(struct zones *s, const struct control_test *t, bool is_cdn, int left, int right);
/* Where a value is. At the edge of two zones, one of which is that value only, it is in that one; else in the
 * better one, as the bars are compared. */
int zones_at(const struct zones *s, int64_t ppm);
/* Where a number is: in the zone that the bars put it in, which compare fractions; no rounding decides. m: OK.
 */
int zones_at_number(const struct zones *s, const struct control_test *t, const struct metric *m, bool is_cdn);
/* The zones from y on, their ticks and their words below: 31 units more than height. */
void zones_draw(struct str *out, const struct zones *s, int y, int height);
const char *zone_class(enum verdict v);		/* of a rectangle: colour and pattern */

#endif
