/*
 * without: a metric less some of its records. Oracle of routes: the same world, made without those routes. Oracle of
 * incidents: the seconds that are left, joined and counted by hand.
 */
#include "measure.h"
#include "lab/lab.h"
#include "lab/write.h"
#include "metric/scored.h"
#include "metric/without.h"
#include "pipe/load.h"
#include "pipe/window.h"

#include <unistd.h>

static const struct { const char *prefix, *tail; } routes[] = {
	{"20.0.0.0/16", "100"}, {"20.1.0.0/24", "200 100"}, {"20.2.0.0/24", "200 100"}, {"20.3.0.0/24", "100"},
	{"2400:db8::/32", "100"}, {"192.168.0.0/16", "100"}, {"20.7.0.0/16", "100"}, {"20.8.0.0/24", "200 300"},
};
#define N_ROUTES (sizeof(routes) / sizeof(*routes))

/* All routes but those of these prefixes. */
static void
world_make(struct measure *t, const struct prefix *less, size_t n)
{
	struct hand *h = &t->h;
	size_t i, k;

	measure_init(t);
	for (i = 0; i < N_ROUTES; i++) {
		struct prefix p = hand_prefix(routes[i].prefix);

		for (k = 0; k < n && !prefix_eq(&p, &less[k]); k++)
			;
		if (k == n)
			hand_see_all(h, routes[i].prefix, routes[i].tail);
	}
	hand_provider(h, 200, 100);
	hand_provider(h, 200, 300);
	hand_vrp(h, "20.0.0.0/16", 16, 100);
	hand_vrp(h, "20.1.0.0/16", 16, 100);	/* invalid-length */
	hand_vrp(h, "20.2.0.0/16", 24, 900);	/* invalid-asn */
	hand_vrp(h, "20.3.0.0/16", 16, 900);	/* invalid-both */
	hand_vrp(h, "20.8.0.0/16", 24, 900);
	hand_route(h, "20.0.0.0/16", 100, "RIPE");
	hand_route(h, "20.1.0.0/24", 100, "RADB");
	hand_route(h, "20.2.0.0/24", 900, "RIPE");
	hand_evidence(h, EV_TABLE);
	hand_evidence(h, EV_VRPS);
	hand_evidence(h, EV_IRR);
	hand_evidence(h, EV_GRAPH);
	measure_start(t);
}

static bool
same(const struct metric *a, const struct metric *b)
{
	return a->num == b->num && a->den == b->den && a->value_ppm == b->value_ppm && a->lo_ppm == b->lo_ppm &&
	    a->hi_ppm == b->hi_ppm;
}

/* Every set of a metric's records. */
static void
of_routes(uint32_t asn, enum metric_id id)
{
	struct measure all, less;
	const struct metric *m, *want;
	struct metric got;
	struct prefix gone[8];
	bool left_out[8];
	unsigned set, bad = 0, nothing = 0;
	size_t i, n;

	world_make(&all, NULL, 0);
	m = measure(&all, asn, id);
	ok(m->state == METRIC_OK && m->n_records > 0 && m->n_records < 8, "AS%u %s has %zu records", asn, metric_word(id), m->n_records);
	for (set = 0; set < 1u << m->n_records; set++) {
		for (n = 0, i = 0; i < m->n_records; i++) {
			left_out[i] = (set >> i & 1) != 0;
			if (left_out[i])
				gone[n++] = m->records[i].prefix;
		}
		world_make(&less, gone, n);
		want = measure(&less, asn, id);
		if (metric_without(all.f, m, left_out, &got) != NULL)
			bad++;
		else if (got.state == METRIC_NO_DATA)
			nothing += want->state != METRIC_OK || want->den == 0 ? 1 : 1000;
		else
			bad += want->state != METRIC_OK || !same(&got, want);
		measure_release(&less);
	}
	ok(bad == 0 && nothing < 1000, "without any of %u sets of them it is what it is of a world without those routes", set);
	measure_release(&all);
}

static void
of_one(void)
{
	struct record r = {.code = "invalid-asn", .has_prefix = true, .prefix = hand_prefix("20.2.0.0/24"), .origin = 100};
	const char *objects[] = {"VRP 20.2.0.0/16-24 AS900", "another"};

	r.objects = objects;
	r.n_objects = 2;
	ok(record_is(&r, SPAN("invalid-asn 20.2.0.0/24 AS100")), "a record by its three words");
	ok(record_is(&r, SPAN("invalid-asn 20.2.0.0/24 AS100 another")), "and one of its objects");
	ok(!record_is(&r, SPAN("invalid-asn 20.2.0.0/24 AS100 another one")), "not by an object that it has not");
	ok(!record_is(&r, SPAN("invalid-asn 20.2.0.0/24 AS101")), "not of another origin");
	ok(!record_is(&r, SPAN("invalid-asn 20.2.0.0/25 AS100")), "not of another prefix");
	ok(!record_is(&r, SPAN("invalid 20.2.0.0/24 AS100")), "not by another code");
	ok(!record_is(&r, SPAN("invalid-asn 20.2.0.0/24")) && !record_is(&r, SPAN("")), "not by fewer words");
	r.has_prefix = false;
	r.origin = ORIGIN_NONE;
	ok(record_is(&r, SPAN("invalid-asn - -")), "what it has not is a dash");
}

static void
of_others(void)
{
	const struct record one = {.code = "received", .has_prefix = true, .prefix = hand_prefix("20.2.0.0/24"), .origin = ORIGIN_NONE};
	struct record records[2] = {one, one};
	struct metric m = {.id = M_SAV, .state = METRIC_OK, .num = 2, .den = 3, .records = records, .n_records = 2, .n_deciding = 2,
	    .part = {{"networks-v4", 3}, {"networks-v6", 0}, {"received-v4", 2}, {"received-v6", 0}}}, got;
	const bool first[2] = {true, false}, both[2] = {true, true};

	ok(metric_without(NULL, &m, first, &got) == NULL && got.num == 1 && got.den == 2 && got.value_ppm == 500000 &&
	    got.part[0].n == 2 && got.part[2].n == 1, "a network that was tested is left out of those tested, too");
	m.id = M_M5;
	ok(metric_without(NULL, &m, both, &got) == NULL && got.num == 0 && got.den == 1 && got.value_ppm == 1000000,
	    "and the score is by the curve");
	m.n_deciding = 3;
	ok(metric_without(NULL, &m, first, &got) != NULL, "not when some of the records are not there");
	m.n_deciding = 2;
	m.id = M_OTC_SEEN;
	ok(metric_without(NULL, &m, first, &got) != NULL, "not of a count to the good");
	m = (struct metric){.id = M_M8, .state = METRIC_OK, .num = 0, .den = 1, .records = records, .n_records = 1, .n_deciding = 1};
	ok(metric_without(NULL, &m, first, &got) == NULL && got.state == METRIC_NO_DATA, "the only record of a yes or no leaves nothing");
}

/* --- incidents --- */

static int
cmp_span(const void *pa, const void *pb)
{
	const int64_t *a = pa, *b = pb;

	return a[0] != b[0] ? (a[0] > b[0]) - (a[0] < b[0]) : (a[1] > b[1]) - (a[1] < b[1]);
}

/* Tenths of a point of what is left, counted as the documentation of MANRS says. */
static uint64_t
tenths(int64_t (*span)[2], size_t n)
{
	uint64_t sum = 0;
	size_t i, k;

	qsort(span, n, sizeof(*span), cmp_span);
	for (i = 0; i < n; i = k) {
		int64_t end = span[i][1], len;

		for (k = i + 1; k < n && span[k][0] <= end; k++)
			end = span[k][1] > end ? span[k][1] : end;
		len = end - span[i][0];
		sum += len == 0 ? 0 : len < 1800 ? 5 : len < 86400 ? 10 : 10 + 10 * (uint64_t)(len / 86400);
	}
	return sum;
}

/* Each event left out, then every second one. Returns how many were compared. */
static unsigned
of_incidents(struct facts *f, const struct scored *s, const struct metric *m, unsigned *bad)
{
	const struct scored_event *e;
	size_t n = scored_events(s, m->asn, (enum incident_metric)(m->id - M_M1_SCORE), &e), i, k, left;
	int64_t (*span)[2] = xcalloc(n + 1, sizeof(*span));
	bool *out = xcalloc(n + 1, sizeof(*out));
	struct metric got;

	for (k = 0; k <= n; k++) {
		for (left = 0, i = 0; i < n; i++) {
			const struct timeline_span *t = &s->window->result.spans[e[i].span];

			out[i] = k < n ? i == k : i % 2 == 0;
			if (out[i])
				continue;
			span[left][0] = t->from_us / 1000000;
			span[left++][1] = t->to_us / 1000000;
		}
		*bad += metric_without(f, m, out, &got) != NULL || got.num != tenths(span, left) ||
		    got.value_ppm < m->value_ppm || (left == 0 && got.value_ppm != 1000000);
	}
	free(span);
	free(out);
	return (unsigned)n + 1;
}

static void
of_a_window(void)
{
	char dir[] = "/tmp/t_without.XXXXXX", cmd[64], why[256];
	struct metric_params mp;
	struct window_params p;
	struct load_params load;
	struct lab_params lab;
	struct lab_sum sum;
	struct arena *a = arena_new();
	static struct world w;
	static struct window x;
	struct scored s;
	struct facts *f;
	unsigned n = 0, bad = 0;
	size_t i;

	lab_params_init(&lab, LAB_SMALL);
	load_params_init(&load);
	load.traffic = load.sightings_too = true;
	window_params_init(&p);
	if (mkdtemp(dir) == NULL || lab_write(dir, &lab, &sum) != OK || load_dir(dir, &load, &w, why, sizeof(why)) != OK ||
	    window_run(&w, &p, &x, why, sizeof(why)) != OK || scored_make(&s, &x, &w, CURVE_H1) != OK)
		exit(2);
	metric_params_init(&mp);
	mp.scored = &s;
	mp.records_max = UINT32_MAX;
	f = facts_new(&w, &mp);
	for (i = 0; i < s.n_sums; i++) {
		struct metric m;

		metric_compute(f, s.sums[i].asn, (enum metric_id)(M_M1_SCORE + s.sums[i].metric), a, &m);
		if (m.state == METRIC_OK)
			n += of_incidents(f, &s, &m, &bad);
	}
	ok(n > 20 && bad == 0, "incidents: %u sets of events left out, %u not as counted by hand", n, bad);
	facts_free(f);
	scored_release(&s);
	window_release(&x);
	world_release(&w);
	arena_free(a);
	snprintf(cmd, sizeof(cmd), "rm -rf %s", dir);
	if (system(cmd) != 0)
		exit(2);
}

int
main(void)
{
	of_one();
	of_routes(100, M_ROV_INVALID);
	of_routes(100, M_ROA_COVERAGE);
	of_routes(100, M_M7RPKI);
	of_routes(100, M_IRR_REGISTERED);
	of_routes(100, M_IRR_AUTHORITATIVE);
	of_routes(100, M_M7IRR);
	of_routes(100, M_IMC22_A4);
	of_routes(100, M_BOGON_PREFIX_ORIGINATED);
	of_routes(300, M_ROV_INVALID);
	of_routes(200, M_CUSTOMER_INVALID);
	of_routes(200, M_CUSTOMER_BAD);
	of_others();
	of_a_window();
	return tap_done();
}
