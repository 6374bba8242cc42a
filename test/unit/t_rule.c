/* The judge: every state, both comparisons, both sides of every bar, and what comes before the bars. */
#include "rule/say.h"
#include "tap.h"

#include <inttypes.h>

#define DAY 86400
static const struct utc noon = {1700000000};

static struct control
control_of(enum metric_id id, enum compare c, int64_t pass, int64_t warn)
{
	return (struct control){.id = "C", .title = "T", .evidence_class = "measured", .n_tests = 1,
	    .tests = {{.metric = id, .compare = c, .judged = true, .pass = pass, .warn = warn, .pass_cdn = -1}},
	    .population_min = 1};
}

static struct metric
metric_of(enum metric_id id, uint64_t num, uint64_t den)
{
	struct metric m = {.id = id, .asn = 64500, .state = METRIC_OK, .num = num, .den = den, .oldest = noon};

	m.value_ppm = metric_unit(id) == UNIT_COUNT ? (int64_t)num : den > 0 ? (int64_t)(num * 1000000 / den) : 0;
	return m;
}

static struct judgement
judge1(const struct control *c, const struct metric *m, bool cdn)
{
	const struct metric *list[1] = {m};
	struct judgement j;

	control_judge(c, list, noon, cdn, &j);
	j.metrics = NULL;	/* list is going */
	return j;
}

/* Its words, until the next call. */
static const char *
reason(const struct judgement *j)
{
	static char text[512];
	struct str s = {0};

	say_reason(&s, j);
	snprintf(text, sizeof(text), "%s", s.p);
	str_release(&s);
	return text;
}

static void
bars(void)
{
	static const struct {
		enum metric_id id;
		enum compare compare;
		int64_t pass, warn;
		uint64_t num, den;
		enum verdict want;
	} t[] = {
		/* at least 99 %, warn 90 % */
		{M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000, 100, 100, VERDICT_PASS},
		{M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000, 99, 100, VERDICT_PASS},
		{M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000, 98, 100, VERDICT_WARN},
		{M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000, 90, 100, VERDICT_WARN},
		{M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000, 89, 100, VERDICT_FAIL},
		{M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000, 0, 100, VERDICT_FAIL},
		/* one in ten million short: rounding must not save it */
		{M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 990000, 9899999, 10000000, VERDICT_FAIL},
		{M_ROA_COVERAGE, COMPARE_AT_LEAST, 1000000, 1000000, 9999999, 10000000, VERDICT_FAIL},
		/* no band between */
		{M_IMC22_A4, COMPARE_AT_LEAST, 900000, 900000, 9, 10, VERDICT_PASS},
		{M_IMC22_A4, COMPARE_AT_LEAST, 900000, 900000, 8, 10, VERDICT_FAIL},
		/* at most 0.1 %, warn 1 % */
		{M_CUSTOMER_BAD, COMPARE_AT_MOST, 1000, 10000, 0, 1000, VERDICT_PASS},
		{M_CUSTOMER_BAD, COMPARE_AT_MOST, 1000, 10000, 1, 1000, VERDICT_PASS},
		{M_CUSTOMER_BAD, COMPARE_AT_MOST, 1000, 10000, 2, 1000, VERDICT_WARN},
		{M_CUSTOMER_BAD, COMPARE_AT_MOST, 1000, 10000, 10, 1000, VERDICT_WARN},
		{M_CUSTOMER_BAD, COMPARE_AT_MOST, 1000, 10000, 11, 1000, VERDICT_FAIL},
		{M_CUSTOMER_BAD, COMPARE_AT_MOST, 0, 0, 1, UINT64_C(1) << 40, VERDICT_FAIL},
		/* counts */
		{M_BOGON_PREFIX_ORIGINATED, COMPARE_AT_MOST, 0, 0, 0, 5, VERDICT_PASS},
		{M_BOGON_PREFIX_ORIGINATED, COMPARE_AT_MOST, 0, 0, 1, 5, VERDICT_FAIL},
		{M_BOGON_PREFIX_ORIGINATED, COMPARE_AT_MOST, 0, 2, 2, 5, VERDICT_WARN},
		{M_BOGON_PREFIX_ORIGINATED, COMPARE_AT_MOST, 0, 2, 3, 5, VERDICT_FAIL},
		/* yes or no */
		{M_M8, COMPARE_AT_LEAST, 1000000, 1000000, 1, 1, VERDICT_PASS},
		{M_M8, COMPARE_AT_LEAST, 1000000, 1000000, 0, 1, VERDICT_FAIL},
	};
	size_t i;

	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct control c = control_of(t[i].id, t[i].compare, t[i].pass, t[i].warn);
		struct metric m = metric_of(t[i].id, t[i].num, t[i].den);
		struct judgement j = judge1(&c, &m, false);

		ok(j.verdict == t[i].want && j.decides == &m,
		    "%s %" PRIu64 " of %" PRIu64 " against %" PRId64 " and %" PRId64 " is %s", metric_word(t[i].id),
		    t[i].num, t[i].den, t[i].pass, t[i].warn, verdict_word(t[i].want));
		if (j.verdict != t[i].want)
			printf("# %s\n", reason(&j));
	}
}

static void
scores(void)
{
	struct control c = control_of(M_M7RPKI, COMPARE_AT_LEAST, 800000, 600000);
	struct metric m = metric_of(M_M7RPKI, 99, 100);
	static const struct {
		int64_t ppm;
		enum verdict want;
	} t[] = {{800000, VERDICT_PASS}, {799999, VERDICT_WARN}, {600000, VERDICT_WARN}, {599999, VERDICT_FAIL}};
	size_t i;

	for (i = 0; i < 4; i++) {
		m.value_ppm = t[i].ppm;
		ok(judge1(&c, &m, false).verdict == t[i].want, "a score of %" PRId64 " ppm is %s", t[i].ppm,
		    verdict_word(t[i].want));
	}
}

static void
before_the_bars(void)
{
	struct control c = control_of(M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000);
	struct metric m = metric_of(M_ROA_COVERAGE, 100, 100);
	struct judgement j;

	m.state = METRIC_NO_DATA;
	m.why = "no VRP input";
	j = judge1(&c, &m, false);
	ok(j.verdict == VERDICT_NO_DATA, "a metric without data is NO_DATA");
	is_str(reason(&j), "no VRP input", "and its reason is the metric's");
	m.state = METRIC_NOT_APPLICABLE;
	m.why = "announces nothing";
	ok(judge1(&c, &m, false).verdict == VERDICT_NOT_APPLICABLE, "what does not apply is NOT_APPLICABLE");
	m.state = METRIC_OK;
	c.population_min = 101;
	j = judge1(&c, &m, false);
	ok(j.verdict == VERDICT_NO_DATA && strstr(reason(&j), "at least 101 are needed") != NULL,
	    "one short of the least population is NO_DATA");
	c.population_min = 100;
	ok(judge1(&c, &m, false).verdict == VERDICT_PASS, "the least population is judged");
	c.age_max_days = 31;
	m.oldest.s = noon.s - 31 * DAY;
	ok(judge1(&c, &m, false).verdict == VERDICT_PASS, "evidence as old as allowed is judged");
	m.oldest.s--;
	j = judge1(&c, &m, false);
	ok(j.verdict == VERDICT_NO_DATA && strstr(reason(&j), "limit 31 days") != NULL,
	    "a second older is NO_DATA, with the limit");
	m.oldest.s = noon.s + 31 * DAY;
	ok(judge1(&c, &m, false).verdict == VERDICT_PASS, "evidence as much younger as allowed is judged");
	m.oldest.s++;
	ok(judge1(&c, &m, false).verdict == VERDICT_NO_DATA,
	    "a second younger is NO_DATA: what came long after says nothing of the moment");
	m.oldest = UTC_NONE;
	j = judge1(&c, &m, false);
	ok(j.verdict == VERDICT_NO_DATA && strstr(reason(&j), "name the file with a date") != NULL,
	    "evidence of unknown age is NO_DATA, and says what to do");
	c.age_max_days = 0;
	ok(judge1(&c, &m, false).verdict == VERDICT_PASS, "without a limit the age does not matter");
	c.also_needs = "a letter";
	j = judge1(&c, &m, false);
	ok(j.verdict == VERDICT_NO_DATA && strstr(reason(&j), "also needs a letter") != NULL,
	    "a measured part alone does not pass what needs more");
	m = metric_of(M_ROA_COVERAGE, 0, 100);
	ok(judge1(&c, &m, false).verdict == VERDICT_FAIL, "but it can fail it");
}

static void
parts_and_cdn(void)
{
	struct control c = control_of(M_SAV, COMPARE_AT_MOST, 0, 0);
	struct metric m = metric_of(M_SAV, 0, 3);
	struct judgement j;

	c.needs_part[0] = "networks-v4";
	c.needs_part[1] = "networks-v6";
	m.part[0].name = "networks-v4";
	m.part[0].n = 3;
	j = judge1(&c, &m, false);
	ok(j.verdict == VERDICT_NO_DATA && strstr(reason(&j), "none over networks-v6") != NULL,
	    "a part that is missing keeps a control from passing");
	m.part[1].name = "networks-v6";
	ok(judge1(&c, &m, false).verdict == VERDICT_NO_DATA, "a part that is 0 does too");
	m.part[1].n = 1;
	ok(judge1(&c, &m, false).verdict == VERDICT_PASS, "with all parts it passes");
	m.num = 1;
	m.part[1].n = 0;
	ok(judge1(&c, &m, false).verdict == VERDICT_FAIL, "a failure needs no further part");
	c = control_of(M_IMC22_A4, COMPARE_AT_LEAST, 900000, 900000);
	c.tests[0].pass_cdn = 1000000;
	m = metric_of(M_IMC22_A4, 99, 100);
	ok(judge1(&c, &m, false).verdict == VERDICT_PASS, "99 %% passes a network operator");
	j = judge1(&c, &m, true);
	ok(j.verdict == VERDICT_FAIL, "and fails a CDN");
}

/* Two tests, all pairs of outcomes: worst and best. */
static void
joined(void)
{
	static const enum verdict all[] = {VERDICT_PASS, VERDICT_WARN, VERDICT_FAIL, VERDICT_NO_DATA,
	    VERDICT_NOT_APPLICABLE};
	struct control c = control_of(M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000);
	struct metric m[2] = {0};
	const struct metric *list[2] = {&m[0], &m[1]};
	struct judgement j;
	size_t i, k, x;

	c.n_tests = 2;
	c.tests[1] = c.tests[0];
	c.tests[1].metric = M_IRR_REGISTERED;
	for (i = 0; i < 25; i++) {
		enum verdict v[2] = {all[i / 5], all[i % 5]}, worst = VERDICT_NOT_APPLICABLE,
		    best = VERDICT_NOT_APPLICABLE;
		static const enum verdict by_worst[] = {VERDICT_FAIL, VERDICT_NO_DATA, VERDICT_WARN, VERDICT_PASS},
		    by_best[] = {VERDICT_PASS, VERDICT_NO_DATA, VERDICT_WARN, VERDICT_FAIL};

		for (k = 0; k < 2; k++) {
			m[k] = metric_of(c.tests[k].metric, v[k] == VERDICT_PASS ? 100 : v[k] == VERDICT_WARN ? 95 : 1,
			    100);
			m[k].state = v[k] == VERDICT_NO_DATA ? METRIC_NO_DATA
			    : v[k] == VERDICT_NOT_APPLICABLE ? METRIC_NOT_APPLICABLE : METRIC_OK;
			m[k].why = "why";
		}
		for (x = 4; x-- > 0;) {
			if (v[0] == by_worst[x] || v[1] == by_worst[x])
				worst = by_worst[x];
			if (v[0] == by_best[x] || v[1] == by_best[x])
				best = by_best[x];
		}
		c.join = JOIN_WORST;
		control_judge(&c, list, noon, false, &j);
		ok(j.verdict == worst, "%s and %s, both needed: %s", verdict_word(v[0]), verdict_word(v[1]),
		    verdict_word(worst));
		c.join = JOIN_BEST;
		control_judge(&c, list, noon, false, &j);
		ok(j.verdict == best, "%s and %s, one enough: %s", verdict_word(v[0]), verdict_word(v[1]),
		    verdict_word(best));
		c.join = JOIN_FIRST;
		control_judge(&c, list, noon, false, &j);
		k = v[0] == VERDICT_NO_DATA;
		ok(j.verdict == v[k] && j.decides == list[k] && j.test == &c.tests[k], "%s, else %s: %s",
		    verdict_word(v[0]), verdict_word(v[1]), verdict_word(v[k]));
		ok(judgement_rests(&j, k) && !judgement_rests(&j, 1 - k), "and on nothing else");
	}
}

/* A score of a window, else the count of a table. */
static void
first_with_data(void)
{
	struct control c = control_of(M_M3_SCORE, COMPARE_AT_LEAST, 800000, 600000);
	struct metric m[2] = {metric_of(M_M3_SCORE, 5, 744), metric_of(M_BOGON_PREFIX_ORIGINATED, 3, 4)};
	const struct metric *list[2] = {&m[0], &m[1]};
	struct judgement j;

	c.n_tests = 2;
	c.join = JOIN_FIRST;
	c.age_max_days = 31;
	c.tests[1] = control_of(M_BOGON_PREFIX_ORIGINATED, COMPARE_AT_MOST, 0, 0).tests[0];
	m[0].value_ppm = 900000;
	control_judge(&c, list, noon, false, &j);
	ok(j.verdict == VERDICT_PASS && strstr(reason(&j), "not judged: 3 of 4") != NULL &&
	    strstr(reason(&j), "in place of") == NULL, "the score decides, and the count is shown: %s", reason(&j));
	m[0].state = METRIC_NO_DATA;
	m[0].why = "no updates";
	control_judge(&c, list, noon, false, &j);
	ok(j.verdict == VERDICT_FAIL && strstr(reason(&j), "in place of m3-score, which has no data: no updates") != NULL,
	    "without updates the count does, and says so: %s", reason(&j));
	m[0].state = METRIC_OK;
	m[0].oldest.s = noon.s - 32 * DAY;
	control_judge(&c, list, noon, false, &j);
	ok(j.verdict == VERDICT_FAIL && strstr(reason(&j), "in place of m3-score") != NULL &&
	    strstr(reason(&j), "points") == NULL, "a score that is too old is none: %s", reason(&j));
	m[1].state = METRIC_NO_DATA;
	m[1].why = "no table";
	control_judge(&c, list, noon, false, &j);
	ok(j.verdict == VERDICT_NO_DATA && strncmp(reason(&j), "no table", 8) == 0 && strstr(reason(&j), "m3-score") != NULL,
	    "neither is NO_DATA with both reasons: %s", reason(&j));
}

static void
shown_only(void)
{
	struct control c = control_of(M_BOGON_PREFIX_ORIGINATED, COMPARE_AT_MOST, 0, 0);
	struct metric m[2] = {metric_of(M_BOGON_PREFIX_ORIGINATED, 0, 4), metric_of(M_ADMIN_BOGON_ORIGINATED, 3, 4)};
	const struct metric *list[2] = {&m[0], &m[1]};
	struct judgement j;

	c.n_tests = 2;
	c.tests[1] = (struct control_test){.metric = M_ADMIN_BOGON_ORIGINATED, .pass_cdn = -1};
	control_judge(&c, list, noon, false, &j);
	ok(j.verdict == VERDICT_PASS && strstr(reason(&j), "not judged: 3 of 4") != NULL,
	    "a number that is shown does not change the verdict");
	c.tests[0].judged = false;
	c.cannot = "needs a letter";
	control_judge(&c, list, noon, false, &j);
	ok(j.verdict == VERDICT_NO_DATA && strncmp(reason(&j), "needs a letter", 14) == 0 && j.decides == NULL,
	    "what cannot be judged from files is NO_DATA with its reason");
}

static void
organisation(void)
{
	struct control c = control_of(M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000),
	    org = {.id = "O", .evidence_class = "measured", .whole_org = true};
	struct metric m = metric_of(M_ROA_COVERAGE, 100, 100);
	const struct metric *list[1] = {&m};
	struct judgement one, j;

	control_judge(&c, list, noon, false, &one);
	control_judge_org(&org, &one, 1, &j);
	ok(j.verdict == VERDICT_NO_DATA, "an organisation that is not known is NO_DATA");
	m.org.n_all = 1;
	control_judge_org(&org, &one, 1, &j);
	ok(j.verdict == VERDICT_NOT_APPLICABLE, "one that has no other ASN is NOT_APPLICABLE");
	m.org.n_all = 3;
	control_judge_org(&org, &one, 1, &j);
	ok(j.verdict == VERDICT_NO_DATA, "one of which nothing could be measured is NO_DATA");
	m.org.n = 2;
	m.org.worst_asn = 64501;
	m.org.worst_ppm = 1000000;
	m.org.worst_den = c.population_min;
	control_judge_org(&org, &one, 1, &j);
	ok(j.verdict == VERDICT_PASS, "when the worst sibling passes, so does the organisation");
	m.org.worst_ppm = 950000;
	control_judge_org(&org, &one, 1, &j);
	ok(j.verdict == VERDICT_WARN, "when it warns, it warns");
	m.org.worst_ppm = 899999;
	control_judge_org(&org, &one, 1, &j);
	ok(j.verdict == VERDICT_FAIL && strstr(reason(&j), "AS64501") != NULL && strstr(reason(&j), "2 measured of 3") != NULL,
	    "when it fails, it fails, and the sibling is named");
	m.org.worst_den = c.population_min - 1;
	control_judge_org(&org, &one, 1, &j);
	ok(j.verdict == VERDICT_NO_DATA, "a sibling's number of too few is none");
	m.org.worst_den = c.population_min;
	c.evidence_class = "attested";
	control_judge_org(&org, &one, 1, &j);
	ok(j.verdict == VERDICT_NO_DATA, "nor is the measured part of what is attested");
	c.evidence_class = "measured";
	one.verdict = VERDICT_NO_DATA;
	control_judge_org(&org, &one, 1, &j);
	ok(j.verdict == VERDICT_NO_DATA, "evidence that cannot be judged accuses no sibling");
	m.state = METRIC_NOT_APPLICABLE;
	m.why = "announces no visible route";
	m.oldest = (struct utc){noon.s - 86400};
	c.age_max_days = 31;
	control_judge(&c, list, noon, false, &one);
	control_judge_org(&org, &one, 1, &j);
	ok(one.verdict == VERDICT_NOT_APPLICABLE && j.verdict == VERDICT_FAIL,
	    "what does not apply to the AS itself still shows its siblings");
	m.oldest.s = noon.s - 32 * 86400;
	control_judge(&c, list, noon, false, &one);
	control_judge_org(&org, &one, 1, &j);
	ok(j.verdict == VERDICT_NO_DATA, "but not by evidence that is too old");
}

static void
words(void)
{
	static const struct {
		int64_t ppm;
		const char *text;
	} t[] = {{0, "0.00"}, {1, "0.01"}, {49, "0.01"}, {150, "0.02"}, {25000, "2.50"}, {999999, "99.99"},
	    {999949, "99.99"}, {1000000, "100.00"}};
	struct control c = control_of(M_ROV_INVALID, COMPARE_AT_MOST, 0, 1000);
	struct metric m = metric_of(M_ROV_INVALID, 3, 120);
	struct judgement j;
	struct str s = {0};
	size_t i;

	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		str_clear(&s);
		say_percent(&s, t[i].ppm);
		is_str(s.p, t[i].text, "%" PRId64 " ppm reads %s %%", t[i].ppm, t[i].text);
	}
	m.lo_ppm = 8530;
	m.hi_ppm = 71030;
	j = judge1(&c, &m, false);
	is_str(reason(&j), "3 of 120 originated routes RPKI-invalid (2.50 %, 95 % interval "
	    "0.85-7.10); at most 0 % (warn 0.1 %)", "a reason says the numbers and the bars");
	str_clear(&s);
	say_brief(&s, &j);
	is_str(s.p, "originated routes RPKI-invalid; at most 0 % (warn 0.1 %)",
	    "the brief one leaves the numbers to the table");
	for (i = 0; i < METRIC_N; i++) {	/* every metric has its words: say_metric asserts it */
		str_clear(&s);
		m = metric_of((enum metric_id)i, 1, 2);
		say_metric(&s, &m);
		ok(s.len > 10, "metric %s has words: %s", metric_word((enum metric_id)i), s.p);
	}
	str_release(&s);
}

int
main(void)
{
	bars();
	scores();
	before_the_bars();
	parts_and_cdn();
	joined();
	first_with_data();
	shown_only();
	organisation();
	words();
	return tap_done();
}
