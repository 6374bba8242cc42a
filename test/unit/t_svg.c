/* Scales and ticks beside naive ones, and the plot of a number: it lies in the zone that its verdict names. */
#include "report/plot.h"
#include "report/svg.h"
#include "report/trend_ground.h"
#include "rule/judge.h"
#include "rule/say.h"
#include "tap.h"

#include <math.h>

static uint64_t
next_random(uint64_t *s)
{
	*s = *s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *s >> 33;
}

static void
scales(void)
{
	uint64_t seed = 1, i, bad = 0, back = 0;

	for (i = 0; i < 100000; i++) {
		int64_t a = (int64_t)next_random(&seed) % 2000000, b = (int64_t)next_random(&seed) % 2000000;
		int64_t v = (int64_t)next_random(&seed) % 2000000, lo = a < b ? a : b, hi = a < b ? b : a;
		struct svg_scale s = {a, b, (int)(next_random(&seed) % 400), (int)(next_random(&seed) % 400)};
		int x = svg_at(&s, v);
		double want;

		if (a == b)
			continue;
		v = v < lo ? lo : v > hi ? hi : v;
		want = s.at + (double)(s.till - s.at) * (double)(v - a) / (double)(b - a);
		bad += fabs(want - x) > 0.5 + 1e-9;
		back += svg_at(&s, a) != s.at || svg_at(&s, b) != s.till;
	}
	ok(bad == 0, "a value is at the nearest unit, whichever way the scale runs (%d are not)", (int)bad);
	ok(back == 0, "the ends are the ends");
	ok(svg_at(&(struct svg_scale){5, 5, 10, 20}, 5) == 15, "a range of one value is in the middle");
}

static void
runs(void)
{
	static const int points[][2] = {{0, 1}, {20, -3}, {400, 5}};
	struct str s = {0};

	svg_run(&s, "run", points, 3);
	is_str(s.p, "<polyline class=\"run\" fill=\"none\" points=\"0,1 20,-3 400,5\"/>\n", "a line through three points");
	str_release(&s);
}

/* The same by trying every step from 1 on. */
static int64_t
naive_step(int64_t lo, int64_t hi, size_t max)
{
	int64_t step, digit, first, last;

	for (step = 1;; step++) {
		for (digit = step; digit % 10 == 0; digit /= 10)
			;
		if (digit != 1 && digit != 2 && digit != 5)
			continue;
		first = lo / step;
		last = (hi + step - 1) / step;
		last += last == first;
		if (last - first + 1 <= (int64_t)max)
			return step;
	}
}

static void
ticks(void)
{
	uint64_t seed = 2, i, bad = 0;
	int64_t t[8];
	size_t n, k;

	for (i = 0; i < 3000; i++) {
		int64_t lo = (int64_t)next_random(&seed) % 3000, hi = lo + (int64_t)next_random(&seed) % 3000;
		size_t max = 3 + next_random(&seed) % 6;

		n = svg_ticks(lo, hi, max, t);
		bad += n < 2 || n > max || t[0] > lo || t[n - 1] < hi || t[1] - t[0] != naive_step(lo, hi, max);
		for (k = 1; k < n; k++)
			bad += t[k] - t[k - 1] != t[1] - t[0] || t[k] % (t[1] - t[0]) != 0;
	}
	ok(bad == 0, "ticks are as few as said, even, round, and hold the range (%d are not)", (int)bad);
	n = svg_ticks(0, INT64_C(1000000000000), 5, t);
	ok(n >= 2 && n <= 5, "large counts too");
}

/* --- a number on its scale --- */

static int
number_after(const char *p, const char *key)
{
	p = p != NULL ? strstr(p, key) : NULL;
	return p != NULL ? atoi(p + strlen(key)) : -1;
}

/* Is the diamond inside the zone of this verdict? */
static bool
mark_in(const char *svg, enum verdict v)
{
	static const char *const class[] = {"zone zp\"", "zone pw\"", "zone pf\""};
	const char *zone = strstr(svg, class[v]);
	int x = number_after(zone, "x=\""), width = number_after(zone, "width=\"");
	int mark = number_after(strstr(svg, "class=\"mark\""), "d=\"M") + 7;

	return zone != NULL && mark >= x && mark <= x + width;
}

static void
share(struct metric *m, uint64_t num, uint64_t den, bool high_is_bad)
{
	*m = (struct metric){.id = high_is_bad ? M_ROV_INVALID : M_ROA_COVERAGE, .num = num, .den = den};
	m->value_ppm = (int64_t)((num * 1000000 + (high_is_bad ? den - 1 : 0)) / den);
	wilson_ppm(num, den, &m->lo_ppm, &m->hi_ppm);
}

static void
plots(void)
{
	static const int64_t bars[][2] = {{0, 0}, {0, 1000}, {1000, 1000}, {10000, 100000}, {500000, 900000},
	    {900000, 900000}, {900000, 990000}, {999999, 1000000}, {1000000, 1000000}};
	uint64_t seed = 3, i, bad = 0, wide = 0;
	struct str s = {0};
	struct metric m;

	for (i = 0; i < 20000; i++) {
		const int64_t *b = bars[next_random(&seed) % (sizeof(bars) / sizeof(*bars))];
		bool least = next_random(&seed) % 2;
		uint64_t den = 1 + next_random(&seed) % 3000, num = next_random(&seed) % 3 == 0 ? den :
		    next_random(&seed) % (den + 1);
		struct control_test t = {.metric = least ? M_ROA_COVERAGE : M_ROV_INVALID, .judged = true, .pass_cdn = -1,
		    .compare = least ? COMPARE_AT_LEAST : COMPARE_AT_MOST, .pass = b[least], .warn = b[!least]};
		struct plot p = {.id = "x", .title = "t", .desc = "d", .test = &t, .metric = &m};

		share(&m, num, den, !least);
		str_clear(&s);
		plot_number(&s, &p);
		bad += !mark_in(s.p, test_against_bars(&t, &m, false));
		wide += strstr(s.p, "width=\"0\"") != NULL || strstr(s.p, "width=\"-") != NULL;
	}
	ok(bad == 0, "the mark is in the zone of its verdict (%d are not)", (int)bad);
	ok(wide == 0, "every zone can be seen");
	str_release(&s);
}

static size_t
times(const char *text, const char *word)
{
	size_t n = 0;

	for (; (text = strstr(text, word)) != NULL; text += strlen(word))
		n++;
	return n;
}

static void
counts(void)
{
	struct control_test t = {.metric = M_BOGON_PREFIX_ORIGINATED, .judged = true, .pass_cdn = -1,
	    .compare = COMPARE_AT_MOST, .pass = 1, .warn = 2};
	struct metric m = {.id = M_BOGON_PREFIX_ORIGINATED, .num = 4, .den = 9, .value_ppm = 4};
	struct plot p = {.id = "x", .title = "t", .desc = "d", .test = &t, .metric = &m};
	struct str s = {0};

	plot_number(&s, &p);
	ok(times(s.p, "zone zp") == 1 && times(s.p, "zone pw") == 1 && times(s.p, "zone pf") == 2,
	    "of 4 with 1 allowed and 2 warned of, 2 are too many");
	str_clear(&s);
	m.num = 5000;
	plot_number(&s, &p);
	ok(times(s.p, "<rect") == 20 && strstr(s.p, "5,000; at most 1") != NULL && strstr(s.p, ">...<") != NULL,
	    "many are a row that ends in dots, and a number");
	str_clear(&s);
	m.num = 0;
	plot_number(&s, &p);
	ok(strstr(s.p, ">none<") != NULL && times(s.p, "zone zp") == 1, "none is said");
	str_clear(&s);
	p.hollow = true;
	plot_number(&s, &p);
	ok(times(s.p, "zone zp") == 0, "a number that was not judged does not look like a pass");
	str_clear(&s);
	m = (struct metric){.id = M_M8, .num = 0, .den = 1};
	t = (struct control_test){.metric = M_M8, .judged = true, .pass_cdn = -1, .compare = COMPARE_AT_LEAST,
	    .pass = 1000000, .warn = 1000000};
	p.hollow = false;
	plot_number(&s, &p);
	ok(times(s.p, "zone pf") == 1 && times(s.p, "zone none") == 1, "no where yes is required fails");
	str_release(&s);
}

/* Each row's mark in the zone of its own verdict, in the row of its label; what is no number says so. */
static void
rows(void)
{
	struct control_test t = {.metric = M_ROA_COVERAGE, .judged = true, .pass_cdn = -1, .compare = COMPARE_AT_LEAST,
	    .pass = 990000, .warn = 900000};
	struct plot p = {.id = "x", .title = "t", .desc = "d", .test = &t};
	struct metric m[5];
	struct plot_row r[5] = {{"AS1", &m[0], false}, {"AS2", &m[1], false}, {"AS3", &m[2], true}, {"AS4", &m[3], false},
	    {"AS5", &m[4], false}};
	static const char *const class[] = {"zone zp\"", "zone pw\"", "zone pf\""};
	struct str s = {0};
	const char *at;
	size_t i, bad = 0;

	share(&m[0], 100, 100, false);
	share(&m[1], 95, 100, false);
	share(&m[2], 3, 100, false);
	m[3] = (struct metric){.id = M_ROA_COVERAGE, .state = METRIC_NO_DATA, .why = "x"};
	m[4] = (struct metric){.id = M_ROA_COVERAGE, .state = METRIC_NOT_APPLICABLE, .why = "x"};
	plot_rows(&s, &p, r, 5);
	ok(times(s.p, "class=\"mark") == 3 && times(s.p, "class=\"whisker\"") == 3, "a mark and an interval for each number");
	ok(times(s.p, ">no data<") == 1 && times(s.p, ">n.a.<") == 1, "and a word for each that is none");
	ok(times(s.p, "mark hollow") == 1, "one that was not judged is hollow");
	for (at = s.p, i = 0; i < 3; i++) {
		const char *zone = strstr(s.p, class[i]);
		int x, y, label = number_after(strstr(s.p, r[i].label) - 20, "y=\"");

		at = strstr(at, "class=\"mark") + 5;
		x = number_after(at, "d=\"M") + 7;
		y = atoi(strchr(strstr(at, "d=\"M"), ' ') + 1);
		bad += x < number_after(zone, "x=\"") || x > number_after(zone, "x=\"") + number_after(zone, "width=\"");
		bad += y != label + 2;
	}
	ok(bad == 0, "each in the zone of its verdict, and beside its label");
	str_release(&s);
}

/* Counts under each other: squares over the bar are told from those that are allowed, and what does not fit is. */
static void
rows_of_counts(void)
{
	struct control_test t = {.metric = M_BOGON_PREFIX_ORIGINATED, .judged = true, .pass_cdn = -1,
	    .compare = COMPARE_AT_MOST, .pass = 2, .warn = 2};
	struct plot p = {.id = "x", .title = "t", .desc = "d", .test = &t};
	struct metric m[4] = {{.id = t.metric, .num = 3, .den = 9}, {.id = t.metric, .den = 9},
	    {.id = t.metric, .num = 500, .den = 900}, {.id = t.metric, .state = METRIC_NO_DATA, .why = "x"}};
	struct plot_row r[4] = {{"AS1", &m[0], false}, {"AS2", &m[1], false}, {"AS3", &m[2], true}, {"AS4", &m[3], false}};
	struct str s = {0};

	plot_rows(&s, &p, r, 1);
	ok(times(s.p, "zone zp") == 2 && times(s.p, "zone pf") == 1, "of three squares two are allowed");
	ok(times(s.p, "class=\"bar\"") == 1 && strstr(s.p, ">at most 2 allowed<") != NULL, "the bar is drawn, and said");
	ok(number_after(strstr(s.p, "class=\"bar\""), "x1=\"") > number_after(strstr(s.p, "zone zp"), "x=\"") + 13 + 16 &&
	    number_after(strstr(s.p, "class=\"bar\""), "x1=\"") < number_after(strstr(s.p, "zone pf"), "x=\""),
	    "between the last that is allowed and the first that is not");
	str_clear(&s);
	plot_rows(&s, &p, r, 4);
	ok(times(s.p, ">none<") == 1 && times(s.p, ">no data<") == 1, "none is not the same as no data");
	ok(times(s.p, "zone open") == 13 && times(s.p, ">...<") == 1, "what does not fit is told; what was not judged is open");
	str_release(&s);
}

static void
rows_of_answers(void)
{
	struct control_test t = {.metric = M_M8, .judged = true, .pass_cdn = -1, .compare = COMPARE_AT_LEAST,
	    .pass = 1000000, .warn = 1000000};
	struct plot p = {.id = "x", .title = "t", .desc = "d", .test = &t};
	struct metric m[2] = {{.id = M_M8, .num = 1, .den = 1, .value_ppm = 1000000}, {.id = M_M8, .den = 1}};
	struct plot_row r[2] = {{"AS1", &m[0], false}, {"AS2", &m[1], false}};
	struct str s = {0};

	plot_rows(&s, &p, r, 2);
	ok(times(s.p, "zone zp") == 1 && times(s.p, "zone pf") == 1 && times(s.p, "zone none") == 2 &&
	    number_after(strstr(s.p, "zone zp"), "x=\"") < number_after(strstr(s.p, "zone pf"), "x=\""),
	    "yes fills the box that is required, no the other");
	ok(times(s.p, ">required<") == 1, "which says so");
	str_release(&s);
}

/* A number that never changes: its scale holds it, and no label has more than a tenth of a percent point. */
static void
flat(void)
{
	static const struct { enum metric_unit unit; int64_t value; } all[] = {{UNIT_SHARE, 930001}, {UNIT_SHARE, 0},
	    {UNIT_SHARE, 1000000}, {UNIT_COUNT, 5}, {UNIT_COUNT, 0}, {UNIT_SCORE, 3000000}};
	struct str label = {0};
	size_t i, k, bad = 0, longest = 0;

	for (i = 0; i < sizeof(all) / sizeof(*all); i++) {
		struct trend_ground g;

		trend_ground_init(&g, all[i].unit, NULL, false);
		trend_ground_add(&g, all[i].value);
		trend_ground_scale(&g, (struct utc){0}, (struct utc){86400});
		bad += g.n_ticks < 2 || g.y.from > all[i].value || g.y.to < all[i].value || g.y.from >= g.y.to;
		for (k = 0; k < g.n_ticks; k++) {
			str_clear(&label);
			say_bar(&label, g.unit, g.ticks[k]);
		longest = label.len > longest ? label.len : longest;
			bad += k > 0 && g.ticks[k] <= g.ticks[k - 1];
		}
	}
	ok(bad == 0 && longest <= strlen("300.05 %"), "a flat trend has a scale that people read (%zu bad, %zu bytes)", bad, longest);
	str_release(&label);
}

int
main(void)
{
	flat();
	scales();
	runs();
	ticks();
	plots();
	counts();
	rows();
	rows_of_counts();
	rows_of_answers();
	return tap_done();
}
