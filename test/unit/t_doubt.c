/* doubt: evidence of other days and evidence that has shrunk, against what each metric says that it rests on. */
#include "base/limits.h"
#include "metric/doubt.h"
#include "report/baseline.h"
#include "tap.h"

#define DAY_S INT64_C(86400)

static void
date(struct world *w, unsigned e, int64_t first, int64_t last)
{
	w->evidence[e].n_inputs = 1;
	w->evidence[e].oldest.s = 1000 * DAY_S + first;
	w->evidence[e].newest.s = 1000 * DAY_S + last;
}

static uint32_t
rests_on(enum metric_id id)
{
	return metric_needs(id) | metric_needs_any(id) | metric_uses(id);
}

/* The naive reading of the limits: which kinds are slow. */
static int64_t
limit_of(unsigned a, unsigned b)
{
	const uint32_t slow = EV_BIT(EV_GRAPH) | EV_BIT(EV_ORGS) | EV_BIT(EV_SPECIAL) | EV_BIT(EV_PDB_NET) | EV_BIT(EV_PDB_POC) |
	    EV_BIT(EV_SPOOFER) | EV_BIT(EV_PARTICIPANTS);

	return ((EV_BIT(a) | EV_BIT(b)) & slow) != 0 ? EVIDENCE_APART_SLOW_DAYS : EVIDENCE_APART_DAYS;
}

/* Both of a pair at a distance of days, either of them the later: as many times as it is doubted. */
static unsigned
doubted(enum metric_id id, unsigned a, unsigned b, int64_t seconds)
{
	char why[DOUBT_TEXT];
	struct world w;
	unsigned n = 0, turn;

	for (turn = 0; turn < 2; turn++) {
		world_init(&w);
		date(&w, a, 0, 0);
		date(&w, b, turn == 0 ? seconds : -seconds, turn == 0 ? seconds : -seconds);
		n += doubt_apart_why(&w, id, rests_on(id), why) && strstr(why, "days apart; limit ") != NULL;
		world_release(&w);
	}
	return n;
}

static void
test_pairs(void)
{
	unsigned id, a, b, pairs = 0, wrong = 0;

	for (id = 0; id < METRIC_N; id++)
		for (a = 0; a < EV_N; a++)
			for (b = a + 1; b < EV_N; b++) {
				if ((rests_on(id) & EV_BIT(a)) == 0 || (rests_on(id) & EV_BIT(b)) == 0 || metric_windowed(id))
					continue;
				pairs++;
				wrong += doubted(id, a, b, limit_of(a, b) * DAY_S) != 0 ||
				    doubted(id, a, b, limit_of(a, b) * DAY_S + 1) != 2;
			}
	ok(pairs > 60 && wrong == 0, "each of %u pairs that a metric rests on is held to its limit, either one the later", pairs);
}

static void
test_others(void)
{
	char why[DOUBT_TEXT];
	struct world w;

	world_init(&w);
	date(&w, EV_VRPS, 0, 0);
	date(&w, EV_TABLE, 0, 0);
	date(&w, EV_IRR, 400 * DAY_S, 400 * DAY_S);
	ok(!doubt_apart_why(&w, M_ROV_INVALID, rests_on(M_ROV_INVALID), why) && *why == '\0',
	    "what a metric does not rest on is nothing to it");
	ok(doubt_apart_why(&w, M_IRR_CONFLICT, rests_on(M_IRR_CONFLICT), why), "others do");
	is_str(why, "IRR objects and VRPs are 400 days apart; limit 31 days", "in words");
	date(&w, EV_VRPS, 0, 60 * DAY_S);
	ok(doubt_apart_why(&w, M_ROV_INVALID, rests_on(M_ROV_INVALID), why) && strncmp(why, "VRPs and tables", 15) == 0,
	    "a second file of other days counts, too");
	date(&w, EV_TABLE, 30 * DAY_S, 30 * DAY_S);
	ok(doubt_apart_why(&w, M_ROV_INVALID, rests_on(M_ROV_INVALID), why), "two files of a kind, each near enough:");
	is_str(why, "VRPs are of days that are 60 apart; limit 31 days", "not near to each other");
	w.evidence[EV_VRPS].oldest = w.evidence[EV_VRPS].newest = UTC_NONE;
	ok(!doubt_apart_why(&w, M_ROV_INVALID, rests_on(M_ROV_INVALID), why), "what has no date is the rule's matter");
	world_release(&w);
}

/* --- shrunk --- */

static struct input inputs[KIND_N];

static void
fill(struct world *w, uint64_t used)
{
	unsigned k, e;

	world_init(w);
	for (k = 0; k < KIND_N; k++)
		inputs[k] = (struct input){.kind = (enum input_kind)k, .complete = true, .used = used};
	for (e = 0; e < EV_N; e++)
		w->evidence[e].n_inputs = 1;
	w->routes.n_visible[FAMILY_V4] = w->routes.n_visible[FAMILY_V6] = (uint32_t)used;
	w->inputs = inputs;
	w->n_inputs = KIND_N;
}

static void
drop(struct world *w)
{
	w->inputs = NULL;
	w->n_inputs = 0;
	world_release(w);
}

static size_t
held(uint64_t before, uint64_t now)
{
	struct baseline b = {.at.s = 0};
	struct world w;
	size_t n, k;

	for (k = 0; k < KIND_N; k++)
		b.used[k] = before;
	b.visible[FAMILY_V4] = b.visible[FAMILY_V6] = before <= UINT32_MAX ? before : 0;	/* no table has more */
	fill(&w, now);
	world_hold(&w, &b);
	n = w.since.n;
	drop(&w);
	return n;
}

static void
test_shrunk(void)
{
	struct baseline b = {.at.s = 0, .used[KIND_RPSL] = 1000, .visible[FAMILY_V6] = 1000};
	char why[DOUBT_TEXT];
	struct world w;
	unsigned e, n = 0;

	ok(held(1000, 1000) == 0 && held(1000, 5000) == 0, "as much or more is well");
	ok(held(1000, 750) == 0 && held(1000, 749) == SHRUNK_GROUPS, "a quarter less is the most");
	ok(held(10, 2) == 0 && held(24, 7) == SHRUNK_GROUPS, "a few records are no sign");
	ok(held(BASELINE_COUNT_MAX, 0) == SHRUNK_GROUPS - FAMILY_N && held(BASELINE_COUNT_MAX, 1 + BASELINE_COUNT_MAX / 4 * 3) == 0,
	    "as many as there can be");
	fill(&w, 500);
	world_hold(&w, &b);
	for (e = 0; e < EV_N; e++)
		n += world_shrunk(&w, EV_BIT(e));
	ok(n == 3 && world_shrunk(&w, EV_BIT(EV_IRR)) && world_shrunk(&w, EV_BIT(EV_TABLE) | EV_BIT(EV_VRPS)) &&
	    !world_shrunk(&w, EV_BIT(EV_VRPS)), "each kind for itself");
	ok(doubt_shrunk_why(&w, rests_on(M_M8), why), "and what rests on it");
	is_str(why, "IRR objects shrank to 500 from 1000 on 1970-01-01; limit 25 % fewer", "in words");
	ok(!doubt_shrunk_why(&w, rests_on(M_SAV), why), "not what does not");
	w.evidence[EV_IRR].n_inputs = 0;
	inputs[KIND_VRP_CSV].complete = false;
	world_hold(&w, &b);
	ok(!world_shrunk(&w, EV_BIT(EV_IRR)), "what is not there has not shrunk");
	b.used[KIND_VRP_CSV] = 1100;
	world_hold(&w, &b);
	ok(world_shrunk(&w, EV_BIT(EV_VRPS)), "what is not used is not counted");
	drop(&w);
}

/* --- the report --- */

#define EVIDENCE "\"evidence\":{\"ipv4\":{\"visible_routes\":7},\"ipv6\":{\"visible_routes\":2}}"
#define FORMAT "\"format\":\"routemark-assessment/1\""
#define INPUT(kind, used, complete) "{\"complete\":" complete ",\"kind\":\"" kind "\",\"used\":" used "}"

static const char *
read_text(const char *text, struct baseline *b, struct arena *a)
{
	struct feed_mem m = {(const uint8_t *)text, strlen(text), 0};
	const char *why = NULL;
	struct feed f;

	feed_init_mem(&f, &m);
	if (baseline_read(b, &f, a, &why) == OK)
		why = "";
	feed_release(&f);
	return why;
}

static void
test_read(void)
{
	static const struct { const char *text, *why; } bad[] = {
	    {"{\"at\":null," EVIDENCE "," FORMAT ",\"inputs\":[]}", "at: is not known"},
	    {"{\"at\":\"2031-05-01T00:00:00Z\"," EVIDENCE ",\"format\":\"routemark-incidents/1\",\"inputs\":[]}", "format: is not"},
	    {"{\"at\":\"2031-05-01T00:00:00Z\"," FORMAT ",\"inputs\":[]}", "evidence: does not say"},
	    {"{\"at\":\"2031-05-01T00:00:00Z\"," EVIDENCE "," FORMAT "}", "inputs: is missing"},
	    {"{\"at\":\"2031-05-01T00:00:00Z\"," EVIDENCE "," FORMAT ",\"inputs\":[{\"kind\":\"rpsl\"}]}", "has not all of kind"},
	    {"{\"at\":\"2031-05-01T00:00:00Z\"," EVIDENCE "," FORMAT ",\"inputs\":[" INPUT("rpsl", "-1", "true") "]}", "inputs[].used"},
	    {"{\"at\":\"2031-05-01T00:00:00Z\"," EVIDENCE "," FORMAT ",\"inputs\":[" INPUT("rpsl", "1099511627777", "true") "]}",
		"BASELINE_COUNT_MAX"},
	    {"{\"at\":\"2031-05-01T00:00:00Z\"," EVIDENCE "," FORMAT ",\"inputs\":[" INPUT("rpsl", "1099511627776", "true") ","
		INPUT("rpsl", "1", "true") "]}", "are together over BASELINE_COUNT_MAX"},
	    {"{\"at\":\"2031-05-01T00:00:00Z\"," EVIDENCE "," FORMAT ",\"inputs\":[]", "input ends early"},
	    {"[]", "report: is not an object"},
	};
	struct arena *a = arena_new();
	struct baseline b;
	const char *why;
	size_t i, n = 0;

	why = read_text("{\"at\":\"2031-05-01T00:00:00Z\"," EVIDENCE "," FORMAT ",\"inputs\":[" INPUT("rpsl", "5", "true") ","
	    INPUT("rpsl", "6", "true") "," INPUT("rpsl", "100", "false") "," INPUT("of-a-later-version", "1", "true")
	    "],\"results\":[{\"asn\":1}],\"summary\":{}}\n", &b, a);
	is_str(why, "", "a report is read");
	ok(b.used[KIND_RPSL] == 11 && b.visible[FAMILY_V4] == 7 && b.visible[FAMILY_V6] == 2 && b.used[KIND_MRT] == 0,
	    "complete inputs are summed by kind");
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		why = read_text(bad[i].text, &b, a);
		if (strstr(why, bad[i].why) != NULL && strncmp(why, "byte ", 5) == 0)
			n++;
		else
			printf("# %s: %s\n", bad[i].text, why);
	}
	ok(n == i, "each of %zu documents that are none is refused with place, field and rule", i);
	arena_free(a);
}

int
main(void)
{
	test_pairs();
	test_others();
	test_shrunk();
	test_read();
	return tap_done();
}
