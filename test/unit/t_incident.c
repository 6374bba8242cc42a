/* Incidents against the algorithm as the reference has it: pairwise, and again until nothing changes. */
#include "metric/curve.h"
#include "metric/incident.h"
#include "tap.h"

#include <math.h>

#define MAX 64
#define CASES 200000

static uint64_t seed = 20261126;

static uint32_t
rnd(uint32_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % below;
}

/* --- the oracle --- */

struct naive { struct incident_event e; uint32_t n; bool gone; };

static bool
joins(const struct naive *a, const struct naive *b)
{
	int64_t s = a->e.start.s, e = a->e.end.s, S = b->e.start.s, E = b->e.end.s;

	if (a->e.asn != b->e.asn || a->e.metric != b->e.metric || a->e.weight_ppm != b->e.weight_ppm)
		return false;
	return !((s < S && e < S) || (s > E && e > E));
}

static void
naive_merge(struct naive *v, size_t n)
{
	bool again = true;
	size_t i, j;

	while (again) {
		again = false;
		for (i = 0; i < n; i++) {
			for (j = 0; j < n; j++) {
				if (i == j || v[i].gone || v[j].gone || !joins(&v[i], &v[j]))
					continue;
				if (v[j].e.start.s < v[i].e.start.s)
					v[i].e.start = v[j].e.start;
				if (v[j].e.end.s > v[i].e.end.s)
					v[i].e.end = v[j].e.end;
				v[i].n += v[j].n;
				v[j].gone = again = true;
			}
		}
	}
}

static double
naive_score(const struct incident_event *e)
{
	double d = (double)(e->end.s - e->start.s), n = floor(d / 86400), s;

	if (d == 0)
		s = 0;
	else if (n >= 1)
		s = n + 1;
	else
		s = d < 1800 ? 0.5 : 1.0;
	return s * e->weight_ppm / 1e6;
}

/* --- */

static struct incident_event
event(uint32_t asn, enum incident_metric m, uint32_t weight, int64_t start, int64_t end)
{
	return (struct incident_event){.asn = asn, .metric = m, .weight_ppm = weight, .start = {start}, .end = {end}};
}

static struct incident_event
random_event(void)
{
	static const uint32_t step[] = {1, 60, 900, 1800, 43200, 86400};
	uint32_t unit = step[rnd(6)];
	int64_t start = (int64_t)rnd(30) * unit;

	return event(64500 + rnd(2), (enum incident_metric)rnd(2), rnd(2) == 0 ? 1000000 : 1 + rnd(3),
	    start, start + (int64_t)rnd(6) * unit);
}

static bool
same_as_naive(struct incident_event *ev, size_t n)
{
	struct naive v[MAX];
	struct incident in[MAX];
	struct incident_score s[MAX];
	size_t i, j, k, n_scores, left = 0, members = 0;
	double all = 0, want = 0;

	for (i = 0; i < n; i++)
		v[i] = (struct naive){ev[i], 1, false};
	naive_merge(v, n);
	for (i = 0; i < n; i++) {
		left += !v[i].gone;
		want += v[i].gone ? 0 : naive_score(&v[i].e);
	}
	k = incident_merge(ev, n, in);
	if (k != left || incident_sum(in, k, s, &n_scores) != OK)
		return false;
	for (i = 0; i < k; i++) {
		for (j = 0; j < n && (v[j].gone || v[j].n != in[i].n_events || v[j].e.asn != in[i].asn ||
		    v[j].e.metric != in[i].metric || v[j].e.weight_ppm != in[i].weight_ppm ||
		    v[j].e.start.s != in[i].start.s || v[j].e.end.s != in[i].end.s); j++)
			;
		if (j == n || (double)in[i].score_e7 != rint(naive_score(&v[j].e) * 1e7))
			return false;
		members += in[i].n_events;
	}
	for (i = j = 0; i < n_scores; j += s[i++].n) {
		if (s[i].first != j || (i > 0 && s[i].asn == s[i - 1].asn && s[i].metric == s[i - 1].metric))
			return false;
		all += (double)s[i].raw_e7;
	}
	return j == k && members == n && fabs(all - want * 1e7) < 0.5;
}

static void
random_sets(void)
{
	struct incident_event ev[MAX];
	uint32_t c, bad = 0;
	size_t i, n;

	for (c = 0; c < CASES; c++) {
		n = rnd(c % 100 == 0 ? MAX : 9);
		for (i = 0; i < n; i++)
			ev[i] = random_event();
		bad += !same_as_naive(ev, n);
	}
	ok(bad == 0, "%u random sets of events: as the pairwise algorithm has it (%u differ)", CASES, bad);
}

static uint64_t
raw(struct incident_event *ev, size_t n)
{
	struct incident in[MAX];
	struct incident_score s[MAX];
	size_t k;

	k = incident_merge(ev, n, in);
	return incident_sum(in, k, s, &k) == OK && k == 1 ? s[0].raw_e7 : UINT64_MAX;
}

static void
coefficients(void)
{
	static const struct { uint64_t seconds, tenths; const char *what;
	} is[] = {{0, 0, "no length"}, {1, 5, "a second"}, {1799, 5, "a second under 30 minutes"},
	    {1800, 10, "30 minutes"}, {86399, 10, "a second under 24 hours"}, {86400, 20, "24 hours"},
	    {172799, 20, "a second under 48 hours"}, {172800, 30, "48 hours"}, {31 * 86400, 320, "31 days"}};
	struct incident_event example[] = {event(1, INC_M2, 1000000, 0, 29 * 60),
	    event(1, INC_M2, 1000000, 100000, 100000 + 13 * 3600),
	    event(1, INC_M2, 1000000, 200000, 200000 + 25 * 3600)};
	size_t i;

	for (i = 0; i < sizeof(is) / sizeof(is[0]); i++)
		ok(incident_tenths(is[i].seconds) == is[i].tenths, "%s is %llu tenths", is[i].what,
		    (unsigned long long)is[i].tenths);
	ok(raw(example, 3) == 35000000, "the worked example of MANRS: 29 min, 13 h and 25 h are 3.5");
}

static void
merging(void)
{
	struct incident_event touch[] = {event(1, INC_M3, 1000000, 0, 900), event(1, INC_M3, 1000000, 900, 1799)};
	struct incident_event apart[] = {event(1, INC_M3, 1000000, 0, 900), event(1, INC_M3, 1000000, 901, 1799)};
	struct incident_event weight[] = {event(1, INC_M3, 1000000, 0, 900), event(1, INC_M3, 500000, 0, 900)};
	struct incident_event inner[] = {event(1, INC_M3, 1000000, 500, 600), event(1, INC_M3, 1000000, 0, 1000)};
	struct incident_event bridge[] = {event(1, INC_M3, 1000000, 0, 10), event(1, INC_M3, 1000000, 20, 30),
		event(1, INC_M3, 1000000, 10, 20)};
	struct incident_event odd[] = {event(1, INC_M3, 1, 0, 900)};
	struct incident_score s[2];
	struct incident in[2] = {{.score_e7 = (uint64_t)INCIDENT_SCORE_MAX * 10000000}, {.score_e7 = 1}};
	size_t k;

	ok(raw(touch, 2) == 5000000, "events that touch are one incident");
	ok(raw(apart, 2) == 10000000, "a second between makes them two");
	ok(raw(weight, 2) == 7500000, "another weight is another incident");
	ok(raw(inner, 2) == 5000000, "an event within another adds nothing");
	ok(raw(bridge, 3) == 5000000, "what joins two makes all three one");
	ok(raw(odd, 1) == 5, "half of a millionth is kept");
	ok(incident_merge(NULL, 0, NULL) == 0 && incident_sum(NULL, 0, NULL, &k) == OK && k == 0,
	    "no events, no incidents");
	ok(incident_sum(in, 1, s, &k) == OK && incident_sum(in, 2, s, &k) == ERR_LIMIT,
	    "a sum over the limit is refused");
}

static void
words(void)
{
	ok(incident_metric_find(SPAN("M4C")) == INC_M4C && incident_metric_find(SPAN("M1")) == INC_M1,
	    "metrics are found by word");
	ok(incident_metric_find(SPAN("M5")) == INC_N && incident_metric_find(SPAN("m1")) == INC_N &&
		incident_metric_find(SPAN("")) == INC_N,
	    "and no other word is");
	ok(curve_find(SPAN("H2")) == CURVE_H2 && curve_find(SPAN("h1")) == CURVE_H1 &&
		curve_find(SPAN("H3")) == CURVE_N,
	    "curves too");
}

static void
curves(void)
{
	bool h1 = true, h2 = true, falling = true;
	uint32_t last = 1000000, got;
	uint64_t e7;

	for (e7 = 0; e7 < 400000000; e7 += 1 + e7 / 300) {
		long double points = (long double)e7 / 1e7L;

		h1 = h1 && fabsl(curve_ppm(CURVE_H1, e7) - 1e6L * powl(0.6L, sqrtl(points / 0.5L))) < 0.501L;
		got = curve_ppm(CURVE_H2, e7);
		h2 = h2 && fabsl(got - 1e6L * powl(0.6L, points / 0.5L)) < 0.501L;
		falling = falling && got <= last;
		last = got;
	}
	ok(h1, "H1 agrees with the formula in long double");
	ok(h2 && falling, "H2 agrees with the formula in long double, and falls");
	ok(curve_ppm(CURVE_H1, 5000000) == 600000 && curve_ppm(CURVE_H2, 5000000) == 600000, "half a point is 60 %%");
	ok(curve_ppm(CURVE_H2, 10000000) == 360000 && curve_ppm(CURVE_H2, 20000000) == 129600, "H2: 36 and 12.96 %%");
	ok(curve_ppm(CURVE_H1, 35000000) == 258847 && curve_ppm(CURVE_H2, 35000000) == 27994,
	    "3.5 points: 25.9 or 2.8 %%");
	ok(curve_ppm(CURVE_H2, UINT64_MAX) == 0 && curve_ppm(CURVE_H1, UINT64_MAX) == 0 &&
	    curve_ppm(CURVE_H2, 1000000ull * 10000000) == 0, "an absurd raw value scores 0");
	ok(band_of(800000) == BAND_READY && band_of(799999) == BAND_ASPIRING && band_of(600000) == BAND_ASPIRING &&
	    band_of(599999) == BAND_LAGGING, "the bands begin at 80 and 60 %%");
}

int
main(void)
{
	coefficients();
	merging();
	random_sets();
	words();
	curves();
	return tap_done();
}
