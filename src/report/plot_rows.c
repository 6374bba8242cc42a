/* plot_rows: several networks on one scale. */
#include "report/html.h"
#include "report/plot.h"
#include "report/svg.h"
#include "report/zones.h"
#include "rule/say.h"

#include <assert.h>

#define WIDTH 360
#define LEFT 116		/* room for "AS4200000001" */
#define RIGHT 352
#define TOP 4
#define ROW 34			/* of one network */

static void
row(struct str *out, const struct plot *p, const struct zones *s, const struct plot_row *r, int y)
{
	const struct metric *m = r->metric;
	struct str number = {0};
	int x;

	svg_text(out, "rt", "end", LEFT - 9, y - 2, r->label);
	if (m->state == METRIC_OK)
		say_number(&number, m);
	else
		str_adds(&number, m->state == METRIC_NO_DATA ? "no data" : "n.a.");
	svg_text(out, "t", "end", LEFT - 9, y + 12, number.p);
	str_release(&number);
	if (m->state != METRIC_OK)
		return;
	if (s->unit == UNIT_SHARE)
		svg_whisker_x(out, zones_at(s, m->lo_ppm), zones_at(s, m->hi_ppm), y, 5);
	x = zones_at_number(s, p->test, m, p->is_cdn);
	svg_diamond(out, r->hollow ? "mark hollow" : "mark", x, y, 7);
}

void
plot_rows(struct str *out, const struct plot *p, const struct plot_row *rows, size_t n)
{
	struct zones s;
	size_t i;

	assert(p->test->judged);
	zones_fill(&s, p->test, p->is_cdn, LEFT, RIGHT);
	assert(s.unit == UNIT_SHARE || s.unit == UNIT_SCORE);
	svg_begin(out, p->id, WIDTH, TOP + (unsigned)n * ROW + 36, p->title, p->desc);
	zones_draw(out, &s, TOP, (int)n * ROW);
	for (i = 0; i < n; i++) {
		if (i > 0)
			svg_line(out, "grid", 0, TOP + (int)i * ROW, RIGHT, TOP + (int)i * ROW);
		row(out, p, &s, &rows[i], TOP + (int)i * ROW + ROW / 2);
	}
	svg_end(out);
}
