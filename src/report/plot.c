#include "report/plot.h"
#include "report/html.h"
#include "report/layout.h"
#include "report/svg.h"
#include "report/zones.h"
#include "rule/judge.h"
#include "rule/say.h"

#include <assert.h>

#define WIDTH 360		/* of the viewBox: readable where the page is 320 pixels wide */
#define LEFT 8
#define TOP 24			/* of the track */
#define THICK 20
#define MIDDLE (TOP + THICK / 2)
#define SCALE_HEIGHT 80

const char plot_note[] =
    "On a scale, each zone has a fixed width whatever it spans, so that a bar at 99 % can be "
    "seen; the numbers below it say where a zone begins and ends. The diamond is the number, the line through "
    "it its 95 % interval. A hollow diamond is a number that could not be judged.";

static int64_t
bar_of(const struct plot *p)
{
	return p->is_cdn && p->test->pass_cdn >= 0 ? p->test->pass_cdn : p->test->pass;
}

/* A number that was not judged has the look of no verdict. */
static const char *
answer_class(const struct plot *p, enum verdict v)
{
	return p->hollow ? "zone open" : zone_class(v);
}

static const char *
anchor(int x)
{
	return x < 40 ? "start" : x > WIDTH - 40 ? "end" : "middle";
}

static void
scale(struct str *out, const struct plot *p)
{
	struct str number = {0};
	struct zones s;
	int x;

	zones_fill(&s, p->test, p->is_cdn, LEFT, WIDTH - LEFT);
	svg_begin(out, p->id, WIDTH, SCALE_HEIGHT, p->title, p->desc);
	zones_draw(out, &s, TOP, THICK);
	if (s.unit == UNIT_SHARE)
		svg_whisker_x(out, zones_at(&s, p->metric->lo_ppm), zones_at(&s, p->metric->hi_ppm), MIDDLE, 5);
	x = zones_at_number(&s, p->test, p->metric, p->is_cdn);
	svg_diamond(out, p->hollow ? "mark hollow" : "mark", x, MIDDLE, 7);
	say_number(&number, p->metric);
	svg_text(out, "vt", anchor(x), x < 40 ? LEFT : x > WIDTH - 40 ? WIDTH - LEFT : x, TOP - 8, number.p);
	str_release(&number);
	svg_end(out);
}

/* --- a count --- */

#define SQUARE 13
#define STEP 16
#define SQUARES 21		/* that fit; more are told by number only */

static void
count_label(struct str *out, const struct plot *p)
{
	struct str s = {0};

	lay_count(&s, p->metric->num);
	str_adds(&s, "; ");
	say_bars(&s, p->test, p->is_cdn);
	svg_text(out, "vt", "start", LEFT, 14, s.p);
	str_release(&s);
}

/* What square i is: of an upper bar, those that are allowed are told from those that are too many. */
static enum verdict
square_verdict(const struct plot *p, uint64_t i)
{
	if (p->test->compare != COMPARE_AT_MOST)
		return test_against_bars(p->test, p->metric, p->is_cdn);
	if (i < (uint64_t)bar_of(p))
		return VERDICT_PASS;
	return p->test->warn != p->test->pass && i < (uint64_t)p->test->warn ? VERDICT_WARN : VERDICT_FAIL;
}

static void
none(struct str *out, const struct plot *p)
{
	struct str s = {0};

	svg_rect(out, answer_class(p, test_against_bars(p->test, p->metric, p->is_cdn)), LEFT, 4, 64, 24);
	svg_text(out, "bt", "middle", LEFT + 32, 21, "none");
	say_bars(&s, p->test, p->is_cdn);
	svg_text(out, "t", "start", LEFT + 76, 21, s.p);
	str_release(&s);
}

static void
count(struct str *out, const struct plot *p)
{
	uint64_t n = p->metric->num, shown = n > SQUARES ? SQUARES - 1 : n, i;
	int x = LEFT;

	svg_begin(out, p->id, WIDTH, n == 0 ? 32 : 44, p->title, p->desc);
	if (n == 0)
		none(out, p);
	else
		count_label(out, p);
	for (i = 0; i < shown; i++, x += STEP)
		svg_rect(out, answer_class(p, square_verdict(p, i)), x, 24, SQUARE, SQUARE);
	if (n > shown)
		svg_text(out, "vt", "start", x, 35, "...");
	svg_end(out);
}

/* --- yes or no --- */

static void
box(struct str *out, const struct plot *p, int x, bool yes)
{
	bool answer = (p->metric->num > 0) == yes, wanted = (bar_of(p) > 0) == yes;

	svg_rect(
	    out, !answer ? "zone none" : answer_class(p, wanted ? VERDICT_PASS : VERDICT_FAIL), x, 4, 64, 24);
	svg_text(out, answer ? "bt" : "t", "middle", x + 32, 21, yes ? "yes" : "no");
	if (wanted)
		svg_text(out, "t", "middle", x + 32, 43, "required");
}

static void
yes_or_no(struct str *out, const struct plot *p)
{
	svg_begin(out, p->id, WIDTH, 48, p->title, p->desc);
	box(out, p, LEFT, true);
	box(out, p, LEFT + 76, false);
	svg_end(out);
}

void
plot_number(struct str *out, const struct plot *p)
{
	assert(p->metric->state == METRIC_OK && p->test->judged);
	switch (metric_unit(p->metric->id)) {
	case UNIT_COUNT:
		count(out, p);
		return;
	case UNIT_BOOL:
		yes_or_no(out, p);
		return;
	case UNIT_SHARE:
	case UNIT_SCORE:
		scale(out, p);
	}
}
