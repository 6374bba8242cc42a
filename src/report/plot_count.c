/* plot_count: several networks under each other where the number has no scale: a count is a row of squares, yes or no
 * one of two boxes, all against the same bar. */
#include "report/plot_int.h"
#include "report/svg.h"
#include "report/zones.h"
#include "rule/judge.h"
#include "rule/say.h"

#define SQUARE 13
#define STEP 16
#define SQUARES 14		/* that fit; more are told by number only */
#define BOX 64
#define BOX_STEP 76
#define FOOT 22			/* below the rows: what is asked */

static int64_t
bar_of(const struct plot *p)
{
	return p->is_cdn && p->test->pass_cdn >= 0 ? p->test->pass_cdn : p->test->pass;
}

static int
middle(size_t i)
{
	return ROWS_TOP + (int)i * ROWS_STEP + ROWS_STEP / 2;
}

/* A number that was not judged has the look of no verdict. */
static const char *
class_of(const struct plot *p, const struct plot_row *r, const struct metric *m)
{
	return r->hollow ? "zone open" : zone_class(test_against_bars(p->test, m, p->is_cdn));
}

static void
squares(struct str *out, const struct plot *p, const struct plot_row *r, int y)
{
	uint64_t n = r->metric->num, shown = n > SQUARES ? SQUARES - 1 : n, i;
	struct metric part = *r->metric;
	int x = ROWS_LEFT;

	if (n == 0) {
		svg_rect(out, class_of(p, r, r->metric), x, y - 11, 52, 22);
		svg_text(out, "bt", "middle", x + 26, y + 4, "none");
	}
	for (i = 0; i < shown; i++, x += STEP) {
		/* of an upper bar, those that are allowed are told from those that are too many */
		if (p->test->compare == COMPARE_AT_MOST)
			part.num = i + 1;
		svg_rect(out, class_of(p, r, &part), x, y - SQUARE / 2, SQUARE, SQUARE);
	}
	if (n > shown)
		svg_text(out, "vt", "start", x, y + 5, "...");
}

void
plot_rows_count(struct str *out, const struct plot *p, const struct plot_row *rows, size_t n)
{
	int bottom = ROWS_TOP + (int)n * ROWS_STEP, x = ROWS_LEFT + (int)bar_of(p) * STEP - (STEP - SQUARE) / 2 - 1;
	bool bar = bar_of(p) > 0 && bar_of(p) < SQUARES;
	struct str asks = {0};
	size_t i;

	svg_begin(out, p->id, ROWS_WIDTH, (unsigned)bottom + FOOT, p->title, p->desc);
	if (bar)
		svg_line(out, "bar", x, ROWS_TOP, x, bottom);
	for (i = 0; i < n; i++) {
		plot_row_line(out, i);
		plot_row_label(out, &rows[i], middle(i));
		if (rows[i].metric->state == METRIC_OK)
			squares(out, p, &rows[i], middle(i));
	}
	say_bars(&asks, p->test, p->is_cdn);
	svg_text(out, "zt", "start", ROWS_LEFT, bottom + 16, asks.p);
	str_release(&asks);
	svg_end(out);
}

static void
boxes(struct str *out, const struct plot *p, const struct plot_row *r, int y)
{
	bool yes = r->metric->num > 0;
	int at[] = {ROWS_LEFT, ROWS_LEFT + BOX_STEP}, i;

	for (i = 0; i < 2; i++) {
		bool filled = yes == (i == 0);

		svg_rect(out, filled ? class_of(p, r, r->metric) : "zone none", at[i], y - 12, BOX, 24);
		svg_text(out, filled ? "bt" : "t", "middle", at[i] + BOX / 2, y + 5, i == 0 ? "yes" : "no");
	}
}

void
plot_rows_answer(struct str *out, const struct plot *p, const struct plot_row *rows, size_t n)
{
	int bottom = ROWS_TOP + (int)n * ROWS_STEP;
	size_t i;

	svg_begin(out, p->id, ROWS_WIDTH, (unsigned)bottom + FOOT, p->title, p->desc);
	for (i = 0; i < n; i++) {
		plot_row_line(out, i);
		plot_row_label(out, &rows[i], middle(i));
		if (rows[i].metric->state == METRIC_OK)
			boxes(out, p, &rows[i], middle(i));
	}
	svg_text(out, "zt", "middle", ROWS_LEFT + BOX / 2 + (bar_of(p) > 0 ? 0 : BOX_STEP), bottom + 16, "required");
	svg_end(out);
}
