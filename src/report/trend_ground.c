#include "report/trend_ground.h"
#include "rule/say.h"

#define LEFT 52			/* room for "99.95 %" */
#define RIGHT 282		/* then room for "pass 99.95 %" */
#define LINE 13			/* between two labels */
#define TOP 12

void
trend_ground_init(struct trend_ground *g, enum metric_unit unit, const struct control_test *test, bool is_cdn)
{
	*g = (struct trend_ground){.unit = unit, .test = test, .lo = INT64_MAX};
	if (test == NULL)
		return;
	g->pass = is_cdn && test->pass_cdn >= 0 ? test->pass_cdn : test->pass;
	trend_ground_add(g, g->pass);
	trend_ground_add(g, test->warn);
}

void
trend_ground_add(struct trend_ground *g, int64_t value)
{
	g->lo = value < g->lo ? value : g->lo;
	g->hi = value > g->hi ? value : g->hi;
}

/* What does not change has a scale, too, and labels that people read: a tenth of a percent point, or one. */
static void
widen(struct trend_ground *g)
{
	int64_t least = g->unit == UNIT_COUNT ? 1 : 1000, more = least - (g->hi - g->lo);

	if (more <= 0)
		return;
	g->lo = g->lo > more / 2 ? g->lo - more / 2 : 0;
	g->hi = g->lo + least;
	if (g->unit == UNIT_SHARE && g->hi > 1000000) {
		g->hi = 1000000;
		g->lo = g->hi - least;
	}
}

void
trend_ground_scale(struct trend_ground *g, struct utc from, struct utc to)
{
	size_t n;

	widen(g);
	n = svg_ticks(g->lo, g->hi, TREND_TICKS, g->ticks);
	if (g->unit == UNIT_SHARE)
		while (n > 2 && g->ticks[n - 1] > 1000000)
			n--;
	g->n_ticks = n;
	g->y = (struct svg_scale){g->ticks[0], g->ticks[n - 1] > g->hi ? g->ticks[n - 1] : g->hi, TREND_BOTTOM, TOP};
	g->x = (struct svg_scale){from.s, to.s, LEFT + 12, RIGHT - 12};
}

static void
grid(struct str *out, const struct trend_ground *g)
{
	struct str s = {0};
	size_t i;
	int y;

	for (i = 0; i < g->n_ticks; i++) {
		y = svg_at(&g->y, g->ticks[i]);
		str_clear(&s);
		say_bar(&s, g->unit, g->ticks[i]);
		svg_line(out, "grid", LEFT, y, RIGHT, y);
		svg_text(out, "t", "end", LEFT - 5, y + 4, s.p);
	}
	str_release(&s);
}

static void
bar(struct str *out, const struct trend_ground *g, const char *word, int64_t at, int label)
{
	struct str s = {0};
	int y = svg_at(&g->y, at);

	str_addf(&s, "%s ", word);
	say_bar(&s, g->unit, at);
	svg_line(out, "bar", LEFT, y, RIGHT, y);
	svg_text(out, "t", "start", RIGHT + 5, label, s.p);
	str_release(&s);
}

/* Their labels do not cover each other, however close the bars are. */
static void
bars(struct str *out, const struct trend_ground *g)
{
	int pass = svg_at(&g->y, g->pass) + 4, warn = svg_at(&g->y, g->test->warn) + 4;

	if (g->test->warn != g->test->pass) {
		if (warn >= pass && warn < pass + LINE)
			warn = pass + LINE;
		else if (warn < pass && warn > pass - LINE)
			warn = pass - LINE;
		bar(out, g, "warn", g->test->warn, warn);
	}
	bar(out, g, "pass", g->pass, pass);
}

void
trend_ground_draw(struct str *out, const struct trend_ground *g)
{
	grid(out, g);
	if (g->test != NULL)
		bars(out, g);
}

void
trend_ground_dates(struct str *out, const char *first, const char *last)
{
	svg_text(out, "t", "start", LEFT, TREND_HEIGHT - 14, first);
	svg_text(out, "t", "end", RIGHT, TREND_HEIGHT - 14, last);
}
