/* plot_rows: several networks on one scale. */
#include "report/html.h"
#include "report/plot_int.h"
#include "report/svg.h"
#include "report/zones.h"
#include "rule/say.h"

#include <assert.h>

void
plot_row_label(struct str *out, const struct plot_row *r, int y)
{
	const struct metric *m = r->metric;
	struct str number = {0};

	svg_text(out, "rt", "end", ROWS_LEFT - 9, y - 2, r->label);
	if (m->state == METRIC_OK)
		say_number(&number, m);
	else
		str_adds(&number, m->state == METRIC_NO_DATA ? "no data" : "n.a.");
	svg_text(out, "t", "end", ROWS_LEFT - 9, y + 12, number.p);
	str_release(&number);
}

void
plot_row_line(struct str *out, size_t i)
{
	if (i > 0)
		svg_line(out, "grid", 0, ROWS_TOP + (int)i * ROWS_STEP, ROWS_RIGHT, ROWS_TOP + (int)i * ROWS_STEP);
}

static void
row(struct str *out, const struct plot *p, const struct zones *s, const struct plot_row *r, int y)
{
	const struct metric *m = r->metric;
	int x;

	plot_row_label(out, r, y);
	if (m->state != METRIC_OK)
		return;
	if (s->unit == UNIT_SHARE)
		svg_whisker_x(out, zones_at(s, m->lo_ppm), zones_at(s, m->hi_ppm), y, 5);
	x = zones_at_number(s, p->test, m, p->is_cdn);
	svg_diamond(out, r->hollow ? "mark hollow" : "mark", x, y, 7);
}

static void
scale(struct str *out, const struct plot *p, const struct plot_row *rows, size_t n)
{
	struct zones s;
	size_t i;

	zones_fill(&s, p->test, p->is_cdn, ROWS_LEFT, ROWS_RIGHT);
	svg_begin(out, p->id, ROWS_WIDTH, ROWS_TOP + (unsigned)n * ROWS_STEP + 36, p->title, p->desc);
	zones_draw(out, &s, ROWS_TOP, (int)n * ROWS_STEP);
	for (i = 0; i < n; i++) {
		plot_row_line(out, i);
		row(out, p, &s, &rows[i], ROWS_TOP + (int)i * ROWS_STEP + ROWS_STEP / 2);
	}
	svg_end(out);
}

void
plot_rows(struct str *out, const struct plot *p, const struct plot_row *rows, size_t n)
{
	assert(p->test->judged);
	switch (metric_unit(p->test->metric)) {
	case UNIT_COUNT:
		plot_rows_count(out, p, rows, n);
		return;
	case UNIT_BOOL:
		plot_rows_answer(out, p, rows, n);
		return;
	case UNIT_SHARE:
	case UNIT_SCORE:
		scale(out, p, rows, n);
	}
}
