/*
 * Scores of incidents as metrics, against the lab's answer key: who was planted as culprit has the points of the planted
 * length, nobody else has any; and every reason for which there is no score.
 */
#include "tap.h"
#include "lab/lab.h"
#include "lab/write.h"
#include "metric/facts.h"
#include "metric/scored.h"
#include "pipe/load.h"
#include "pipe/window.h"

#include <string.h>
#include <unistd.h>

static char dir[] = "/tmp/t_scored.XXXXXX";
static struct lab lab;
static struct incidents key;
static struct world w;
static struct window x;
static struct scored s;
static struct facts *f;
static struct arena *arena;

/* In a lab world each takes of one holder: for its scores as though there were others. */
static unsigned n_alone;

static void
not_alone(void)
{
	size_t i;

	for (i = 0; i < x.result.n_offences; i++) {
		struct offence *of = &x.result.offences[i].of;

		if (of->class != OFF_MISORIGIN || (of->detail >> MIS_ALONE & 1) == 0)
			continue;
		n_alone += offence_sureness(of) == MISORIGIN_POSSIBLE;
		of->detail = (uint32_t)MISORIGIN_STRONG << MIS_N | (of->detail & ((1u << MIS_ALONE) - 1));
	}
}

static void
world_make(uint64_t seed)
{
	struct window_params p;
	struct metric_params mp;
	struct load_params load;
	struct lab_sum sum;
	char why[256], cmd[128];

	snprintf(cmd, sizeof(cmd), "rm -rf %s && mkdir %s", dir, dir);
	lab = (struct lab){0};
	lab_params_init(&lab.params, LAB_SMALL);
	lab.params.seed = seed;
	load_params_init(&load);
	load.traffic = load.sightings_too = true;
	window_params_init(&p);
	if (system(cmd) != 0 || lab_write(dir, &lab.params, &sum) != OK ||
	    load_dir(dir, &load, &w, why, sizeof(why)) != OK || window_run(&w, &p, &x, why, sizeof(why)) != OK)
		exit(2);
	not_alone();
	if (scored_make(&s, &x, &w, CURVE_H1) != OK)
		exit(2);
	metric_params_init(&mp);
	mp.scored = &s;
	f = facts_new(&w, &mp);
	ases_make(&lab);
	topo_make(&lab);
	plan_make(&lab);
	plan_register(&lab);
	peers_make(&lab);
	incidents_make(&lab, &key);
}

static void
world_free(void)
{
	incidents_release(&key);
	lab_release(&lab);
	facts_free(f);
	scored_release(&s);
	window_release(&x);
	world_release(&w);
}

/* Full feeds that carry it. */
static unsigned
carried(const struct incident *in)
{
	struct lab_wire_path path;
	unsigned n = 0;
	uint32_t p;

	for (p = 0; p < lab.n_peers; p++)
		n += !lab.peers[p].partial && incident_path(&lab, in, p, &path);
	return n;
}

/* What the culprit's planted incidents of this kind must cost, in tenths, worked out from the key alone; UINT64_MAX when a
 * minute of propagation could decide. *n of them. */
static uint64_t
wanted(uint32_t culprit, enum incident_kind kind, unsigned at_least, unsigned *n)
{
	uint64_t sum = 0;
	uint32_t i;

	for (i = *n = 0; i < key.n; i++) {
		const struct incident *in = &key.v[i];
		uint64_t d = (uint64_t)(in->end - in->begin), rest = d % 86400;

		if (in->kind != kind || in->culprit != culprit || carried(in) < at_least ||
		    (kind == INCIDENT_MISORIGINATION && lab.routes[in->route].origin == culprit))
			continue;
		++*n;
		if ((d > 1620 && d < 1980) || rest < 180 || rest > 86220)
			return UINT64_MAX;
		sum += d < 1800 ? 5 : d < 86400 ? 10 : (d / 86400 + 1) * 10;
	}
	return sum;
}

struct tally { unsigned planted, right, wrong, unsure, culprits, accomplices; };

/* One AS, as culprit. */
static void
compare(uint32_t as, enum metric_id id, enum incident_kind kind, unsigned at_least, struct tally *t)
{
	struct metric m;
	unsigned n;
	uint64_t want = wanted(as, kind, at_least, &n);

	metric_compute(f, lab.ases[as].asn, id, arena, &m);
	if (n == 0 && m.num > 0 && kind == INCIDENT_MISORIGINATION)	/* planted as invalid: of another's space is both */
		want = wanted(as, INCIDENT_INVALID, at_least, &n);
	t->planted += n > 0;
	if (m.state == METRIC_NOT_APPLICABLE && n == 0)
		return;
	if (m.state != METRIC_OK || m.den != 744 || m.value_ppm != curve_ppm(CURVE_H1, m.num * 1000000) ||
	    (n == 0) != (m.num == 0) || (n == 0) != (m.n_deciding == 0) || m.n_records != m.n_deciding)
		t->wrong++;
	else if (want == UINT64_MAX)
		t->unsure++;
	else if (m.num == want)
		t->right += n > 0;
	else
		t->wrong++;
	if (m.num != want && want != UINT64_MAX)
		printf("# AS%u %s: %llu tenths, wanted %llu, state %d %s\n", m.asn, metric_word(id),
		    (unsigned long long)m.num, (unsigned long long)want, (int)m.state, m.why != NULL ? m.why : "");
}

/* Each event of a culprit names an accomplice that has it, too, and the other way round. */
static void
accomplices(struct tally *t)
{
	size_t i, k;

	for (i = 0; i < s.n_events; i++) {
		const struct scored_event *e = &s.events[i], *other;
		const struct timeline_offence *o = &x.result.offences[e->offence];
		uint32_t asn = e->metric % 2 == 0 ? o->of.accomplice : o->of.culprit;
		size_t n;
		bool found = false;

		t->culprits += e->metric % 2 == 0;
		t->accomplices += e->metric % 2 == 1;
		if (asn == 0)
			continue;
		n = scored_events(&s, asn, (enum incident_metric)(e->metric ^ 1), &other);
		for (k = 0; k < n; k++)
			found = found || other[k].incident == e->incident;
		t->wrong += !found;
	}
}

/* The sums of `incidents`, over the same window. */
static void
sums_agree(struct tally *t)
{
	struct metric m;
	size_t i;

	for (i = 0; i < s.n_sums; i++) {
		metric_compute(f, s.sums[i].asn, (enum metric_id)(M_M1_SCORE + s.sums[i].metric), arena, &m);
		t->wrong += m.state != METRIC_OK || m.num * 1000000 != s.sums[i].raw_e7 ||
		    m.part[0].n != s.sums[i].n_incidents || m.part[1].n != s.sums[i].seconds;
	}
}

static void
is_none(enum metric_id id, const char *want)
{
	struct metric m;

	metric_compute(f, s.n_sums > 0 ? s.sums[0].asn : 1, id, arena, &m);
	ok(m.state == METRIC_NO_DATA && strstr(m.why, want) != NULL && m.num == 0, "%s: no data: %s", metric_word(id), want);
	printf("# %s\n", m.why != NULL ? m.why : "a number");
}

static void
again(void)
{
	scored_release(&s);
	if (scored_make(&s, &x, &w, CURVE_H1) != OK)
		exit(2);
}

static void
reasons(void)
{
	uint32_t seed = x.counts.seed_tables, classes = x.classes;
	struct utc newest = w.evidence[EV_VRPS].newest;
	uint64_t seen = x.seen_s;
	struct metric_params mp;

	x.counts.seed_tables = 0;
	again();
	is_none(M_M3_SCORE, "no table tells what was there when the window");
	x.counts.seed_tables = seed;
	x.seen_s = seen * 89 / 100;
	again();
	is_none(M_M3C_SCORE, "89.00 % of the window of updates was seen; at least 90 %");
	x.seen_s = seen;
	x.classes = 0;
	again();
	is_none(M_M4_SCORE, "this was not looked for");
	x.classes = classes;
	w.evidence[EV_VRPS].newest.s = x.to.s + 40 * 86400;
	again();
	is_none(M_M2_SCORE, "judged by evidence of another time, not scored: vrps of ");
	is_none(M_M2C_SCORE, "judged by evidence of another time, not scored: vrps of ");
	w.evidence[EV_VRPS].newest = newest;
	ok(scored_skip(&x, &w) == 0 && scored_lacks(NULL, &x, &w) == 0, "whole evidence: all is scored");
	w.evidence[EV_ORGS].n_incomplete++;
	ok(scored_skip(&x, &w) == (1u << OFF_LEAK | 1u << OFF_MISORIGIN), "organisations cut short: what rests on them is not");
	w.evidence[EV_ORGS].n_incomplete--;
	scored_release(&s);
	scored_make_none(&s, "no updates within the window");
	is_none(M_M1_SCORE, "no updates within the window");
	facts_free(f);
	metric_params_init(&mp);
	f = facts_new(&w, &mp);
	is_none(M_M1C_SCORE, "updates were not followed: no rule pack asks");
	facts_free(f);
	w.evidence[EV_UPDATES].n_inputs = 0;
	f = facts_new(&w, &mp);
	is_none(M_M3_SCORE, "no MRT updates input");
}

int
main(void)
{
	struct tally t = {0};
	uint64_t seed;
	uint32_t i;

	if (mkdtemp(dir) == NULL)
		return 2;
	for (seed = 1; seed <= 4; seed++) {
		world_make(seed);
		arena = arena_new();
		for (i = 0; i < lab.n_ases; i++) {
			compare(i, M_M2_SCORE, INCIDENT_MISORIGINATION, 5, &t);
			if (lab.ases[i].fault == FAULT_NONE && !lab.ases[i].unallocated)
				compare(i, M_M3_SCORE, INCIDENT_BOGON, 1, &t);
		}
		accomplices(&t);
		sums_agree(&t);
		if (seed == 4)
			reasons();
		arena_free(arena);
		world_free();
	}
	printf("# %u planted: %u with the very points, %u too near a step to tell; %u events of culprits, %u of accomplices\n",
	    t.planted, t.right, t.unsure, t.culprits, t.accomplices);
	ok(t.wrong == 0 && t.right > 10 && t.right + t.unsure == t.planted, "scores as planted; nobody else has points");
	ok(n_alone >= 8, "%u misoriginations that stand alone are possible, no more", n_alone);
	ok(t.culprits > 20 && t.accomplices >= t.culprits / 2, "culprits and accomplices name each other");
	rmdir(dir);
	return tap_done();
}
