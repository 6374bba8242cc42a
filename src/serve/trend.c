#include "serve/trend.h"
#include "report/trend_ground.h"
#include "rule/say.h"

struct trend {
	const struct history_pack *pack;
	const struct history_control *c;
	const char *metric;		/* of the last month that has a number */
	enum metric_unit unit;
	const struct control_test *test;
	bool cdn;
	struct trend_ground on;
};

/* A number of the same metric; others are no part of the line. */
static bool
has(const struct trend *t, size_t i)
{
	const struct history_cell *c = &t->c->cells[i];

	return c->there && c->has_number && c->decides != NULL && strcmp(c->decides, t->metric) == 0;
}

static void
ground(struct trend *t)
{
	const struct history_month *m = t->pack->months;
	size_t i;

	trend_ground_init(&t->on, t->unit, t->test, t->cdn);
	for (i = 0; i < t->pack->n_months; i++)
		if (has(t, i))
			trend_ground_add(&t->on, t->c->cells[i].value);
	trend_ground_scale(&t->on, m[0].at, m[t->pack->n_months - 1].at);
}

static void
points(struct str *out, const struct trend *t)
{
	const struct history_cell *c = t->c->cells;
	const struct history_month *m = t->pack->months;
	size_t i, n = t->pack->n_months;
	int x, y;

	for (i = 1; i < n; i++)		/* no line over a gap: nobody knows what was there */
		if (has(t, i - 1) && has(t, i) && !m[i].gap)
			svg_line(out, "run", svg_at(&t->on.x, m[i - 1].at.s), svg_at(&t->on.y, c[i - 1].value),
			    svg_at(&t->on.x, m[i].at.s), svg_at(&t->on.y, c[i].value));
	for (i = 0; i < n; i++) {
		x = svg_at(&t->on.x, m[i].at.s);
		if (!has(t, i)) {
			svg_text(out, "t", "middle", x, TREND_BOTTOM - 2, "?");
			continue;
		}
		y = svg_at(&t->on.y, c[i].value);
		if (t->unit == UNIT_SHARE)
			svg_whisker_y(out, x, svg_at(&t->on.y, c[i].lo_ppm), svg_at(&t->on.y, c[i].hi_ppm), 3);
		if (i + 1 == n)
			svg_diamond(out, history_judged(&c[i]) ? "mark" : "hollow", x, y, 6);
		else
			svg_circle(out, history_judged(&c[i]) ? "mark" : "hollow", x, y, n > 14 ? 3 : 4);
	}
}

/* The line in words: each month with its number. */
static void
describe(struct str *out, const struct trend *t)
{
	struct metric m;
	size_t i;

	for (i = 0; i < t->pack->n_months; i++) {
		str_addf(out, "%s%s: ", i > 0 ? "; " : "", t->pack->months[i].label);
		if (has(t, i) && page_metric(&t->c->cells[i], 0, &m))
			say_number(out, &m);
		else
			str_adds(out, "no data");
	}
	if (t->test != NULL) {
		str_adds(out, ". Asked for now: ");
		say_bars(out, t->test, t->cdn);
	}
	str_addc(out, '.');
}

/* Two months whose numbers were made in different ways are on one line all the same: it is said. */
static void
cautions(struct str *out, const struct trend *t)
{
	size_t i, n = 0;

	for (i = 0; i < t->pack->n_months; i++)
		n += t->pack->months[i].n_cautions > 0 || t->c->cells[i].n_cautions > 0;
	if (n > 0)
		str_adds(out, " Some months are not strictly comparable: their pack, parameters or evidence differ.");
}

static void
draw(struct str *out, struct trend *t, const char *id, const char *desc)
{
	const struct history_month *m = t->pack->months;
	struct str title = {0};

	ground(t);
	str_addf(&title, "%s: %s over %zu months", t->c->id, t->metric, t->pack->n_months);
	svg_begin(out, id, TREND_WIDTH, TREND_HEIGHT, title.p, desc);
	trend_ground_draw(out, &t->on);
	points(out, t);
	trend_ground_dates(out, m[0].label, m[t->pack->n_months - 1].label);
	svg_end(out);
	str_release(&title);
}

void
trend(struct str *out, const struct history_pack *p, const struct history_control *c, const struct control_test *test,
    bool cdn, const char *id)
{
	struct trend t = {.pack = p, .c = c, .test = test, .cdn = cdn};
	struct str desc = {0};
	size_t i, n = 0;

	for (i = p->n_months; i-- > 0 && t.metric == NULL;)
		if (c->cells[i].there && c->cells[i].has_number && c->cells[i].decides != NULL) {
			t.metric = c->cells[i].decides;
			t.unit = c->cells[i].unit;
		}
	for (i = 0; t.metric != NULL && i < p->n_months; i++)
		n += has(&t, i);
	if (n < 2)
		return;
	if (test != NULL && strcmp(metric_word(test->metric), t.metric) != 0)
		t.test = NULL;
	describe(&desc, &t);
	html_open(out, "figure", "class=\"trend\"");
	if (t.unit != UNIT_BOOL)	/* yes and no make no line: the words alone */
		draw(out, &t, id, desc.p);
	str_adds(out, "<figcaption>");
	if (t.unit == UNIT_BOOL)
		html_text(out, desc.p);
	else	/* what is drawn is told in its description */
		str_addf(out, "%s over %zu months.", t.metric, p->n_months);
	cautions(out, &t);
	html_close(out, "figcaption");
	html_close(out, "figure");
	str_release(&desc);
}
