#include "report/plot.h"
#include "report/html.h"
#include "report/layout.h"
#include "report/svg.h"
#include "rule/judge.h"
#include "rule/say.h"

#include <assert.h>

#define WIDTH 360		/* of the viewBox: readable where the page is 320 pixels wide */
#define LEFT 8
#define TRACK (WIDTH - 2 * LEFT)
#define TOP 24			/* of the track */
#define THICK 20
#define MIDDLE (TOP + THICK / 2)
#define SCALE_HEIGHT 80
#define WHOLE 1000000		/* ppm */

const char plot_note[] = "On a scale, each zone has a fixed width whatever it spans, so that a bar at 99 % can be "
    "seen; the numbers below it say where a zone begins and ends. The diamond is the number, the line through it "
    "its 95 % interval. A hollow diamond is a number that could not be judged.";

/* --- zones --- */

struct zone {
	enum verdict verdict;
	struct svg_scale scale;
};

struct zones {
	struct zone zone[3];
	size_t n;
};

static int64_t
bar_of(const struct plot *p)
{
	return p->is_cdn && p->test->pass_cdn >= 0 ? p->test->pass_cdn : p->test->pass;
}

static bool
point(const struct zone *z)
{
	return z->scale.from == z->scale.to;
}

/* Shares of the width, of 100; a zone that is one value only, as "at most 0 %", is narrow. */
static int
share_of(const struct zone *z)
{
	static const int shares[VERDICT_N] = {[VERDICT_PASS] = 30, [VERDICT_WARN] = 24, [VERDICT_FAIL] = 46};

	return point(z) ? 14 : shares[z->verdict];
}

static void
zone_add(struct zones *s, enum verdict v, int64_t from, int64_t to)
{
	s->zone[s->n++] = (struct zone){v, {.from = from, .to = to}};
}

static void
zones_of(struct zones *s, const struct plot *p)
{
	int64_t pass = bar_of(p), warn = p->test->warn;
	bool least = p->test->compare == COMPARE_AT_LEAST, band = warn != p->test->pass;
	int at = LEFT, sum = 0;
	size_t i;

	*s = (struct zones){0};
	if (least) {
		zone_add(s, VERDICT_FAIL, 0, band ? warn : pass);
		if (band)
			zone_add(s, VERDICT_WARN, warn, pass);
		zone_add(s, VERDICT_PASS, pass, WHOLE);
	} else {
		zone_add(s, VERDICT_PASS, 0, pass);
		if (band)
			zone_add(s, VERDICT_WARN, pass, warn);
		zone_add(s, VERDICT_FAIL, band ? warn : pass, WHOLE);
	}
	for (i = 0; i < s->n; i++)
		sum += share_of(&s->zone[i]);
	for (i = 0; i < s->n; i++) {
		s->zone[i].scale.at = at;
		at = i + 1 == s->n ? LEFT + TRACK : at + TRACK * share_of(&s->zone[i]) / sum;
		s->zone[i].scale.till = at;
	}
}

/* Where a value is. At the edge of two zones, one of which is that value only, it is in that one; else in the
 * better one, as the bars are compared. */
static int
at_value(const struct zones *s, int64_t v)
{
	size_t i, best = 0;

	for (i = 0; i < s->n; i++) {
		const struct zone *z = &s->zone[i];

		if (v < z->scale.from || v > z->scale.to)
			continue;
		if (point(z))
			return svg_at(&z->scale, v);
		best = i;
		if (s->zone[0].verdict == VERDICT_PASS)
			break;
	}
	return svg_at(&s->zone[best].scale, v);
}

/* The number itself is in the zone that the bars put it in, which compare fractions: no rounding decides. */
static int
at_number(const struct zones *s, const struct plot *p)
{
	enum verdict v = test_against_bars(p->test, p->metric, p->is_cdn);
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->zone[i].verdict == v)
			return svg_at(&s->zone[i].scale, p->metric->value_ppm);
	return at_value(s, p->metric->value_ppm);
}

static const char *
zone_class(enum verdict v)
{
	return v == VERDICT_PASS ? "zone zp" : v == VERDICT_WARN ? "zone pw" : "zone pf";
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
tick(struct str *out, enum metric_unit unit, int x, int64_t v)
{
	struct str s = {0};

	say_bar(&s, unit, v);
	svg_line(out, "tick", x, TOP + THICK, x, TOP + THICK + 4);
	svg_text(out, "t", x <= LEFT ? "start" : x >= LEFT + TRACK ? "end" : "middle", x, TOP + THICK + 16, s.p);
	str_release(&s);
}

static void
zones_draw(struct str *out, const struct zones *s, enum metric_unit unit)
{
	const struct zone *z;
	size_t i;
	int middle;

	for (i = 0; i < s->n; i++) {
		z = &s->zone[i];
		middle = (z->scale.at + z->scale.till) / 2;
		svg_rect(out, zone_class(z->verdict), z->scale.at, TOP, z->scale.till - z->scale.at, THICK);
		svg_text(out, "zt", "middle", middle, TOP + THICK + 31, verdict_label(z->verdict));
		if (point(z))
			tick(out, unit, middle, z->scale.from);
		else if (i == 0 || !point(&s->zone[i - 1]))
			tick(out, unit, z->scale.at, z->scale.from);
		if (i + 1 == s->n && !point(z))
			tick(out, unit, z->scale.till, z->scale.to);
	}
}

static void
scale(struct str *out, const struct plot *p)
{
	enum metric_unit unit = metric_unit(p->metric->id);
	struct str number = {0};
	struct zones s;
	int x;

	zones_of(&s, p);
	svg_begin(out, p->id, WIDTH, SCALE_HEIGHT, p->title, p->desc);
	zones_draw(out, &s, unit);
	if (unit == UNIT_SHARE)
		svg_whisker_x(out, at_value(&s, p->metric->lo_ppm), at_value(&s, p->metric->hi_ppm), MIDDLE, 5);
	x = at_number(&s, p);
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

	svg_rect(out, !answer ? "zone none" : answer_class(p, wanted ? VERDICT_PASS : VERDICT_FAIL), x, 4, 64, 24);
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
