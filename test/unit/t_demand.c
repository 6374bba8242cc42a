/* Demands held against judgements and answers: every state, how much is missing, and the order of networks. */
#include "rule/require.h"
#include "rule/say.h"
#include "tap.h"

#include <inttypes.h>

#define DAY 86400
static const struct utc noon = {1700000000};	/* 2023-11-14 22:13:20 */

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
	bool high = metric_high_is_bad(id);

	/* rounded against the AS, as metric.c does */
	m.value_ppm = metric_unit(id) == UNIT_COUNT ? (int64_t)num
	    : den > 0 ? (int64_t)((num * 1000000 + (high ? den - 1 : 0)) / den) : 0;
	return m;
}

static struct held
hold(const struct control *c, const struct metric *m, enum evidence_class least, const struct answer *answer, bool cdn)
{
	static struct demand d;
	static struct judgement j;
	static const struct metric *list[1];
	struct held h;

	list[0] = m;
	d = (struct demand){.control = c, .class = class_find(c->evidence_class), .least = least, .weight = 1};
	control_judge(c, list, noon, cdn, &j);
	demand_hold(&d, &j, answer, noon, &h);
	return h;
}

static const char *
words(void (*say)(struct str *, const struct held *), const struct held *h)
{
	static char text[512];
	struct str s = {0};

	say(&s, h);
	snprintf(text, sizeof(text), "%s", s.p);
	str_release(&s);
	return text;
}

static void
numbers(void)
{
	static const struct {
		enum metric_id id;
		enum compare compare;
		int64_t pass, warn;
		uint64_t num, den;
		enum outcome want;
		int64_t by;
		const char *text;
	} t[] = {
		{M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000, 99, 100, OUTCOME_MEETS, 0, ""},
		{M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000, 98, 100, OUTCOME_SHORT, 10000, "1.00 points"},
		{M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000, 1, 3, OUTCOME_SHORT, 656667, "65.67 points"},
		{M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 990000, 9899999, 10000000, OUTCOME_SHORT, 1, "0.01 points"},
		{M_CUSTOMER_BAD, COMPARE_AT_MOST, 1000, 10000, 2, 1000, OUTCOME_SHORT, 1000, "0.10 points"},
		{M_CUSTOMER_BAD, COMPARE_AT_MOST, 0, 0, 1, UINT64_C(1) << 40, OUTCOME_SHORT, 1, "0.01 points"},
		{M_BOGON_PREFIX_ORIGINATED, COMPARE_AT_MOST, 0, 0, 3, 9, OUTCOME_SHORT, 3, "3 too many"},
		{M_BOGON_PREFIX_ORIGINATED, COMPARE_AT_MOST, 2, 2, 3, 9, OUTCOME_SHORT, 1, "1 too many"},
		{M_BOGON_PREFIX_ORIGINATED, COMPARE_AT_MOST, 3, 3, 3, 9, OUTCOME_MEETS, 0, ""},
		{M_M8, COMPARE_AT_LEAST, 1000000, 1000000, 0, 1, OUTCOME_SHORT, 0, "not yes"},
	};
	size_t i;

	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct control c = control_of(t[i].id, t[i].compare, t[i].pass, t[i].warn);
		struct metric m = metric_of(t[i].id, t[i].num, t[i].den);
		struct held h = hold(&c, &m, CLASS_MEASURED, NULL, false);

		ok(h.outcome == t[i].want && h.short_by == t[i].by, "%s %" PRIu64 " of %" PRIu64 ": %s by %" PRId64,
		    metric_word(t[i].id), t[i].num, t[i].den, outcome_word(h.outcome), h.short_by);
		if (h.outcome == OUTCOME_SHORT)
			is_str(words(say_short, &h), t[i].text, "... said as %s", t[i].text);
	}
}

static void
states(void)
{
	struct control c = control_of(M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 990000);
	struct metric m = metric_of(M_ROA_COVERAGE, 98, 100);
	struct held h;

	c.tests[0].pass_cdn = 1000000;
	h = hold(&c, &m, CLASS_MEASURED, NULL, true);
	ok(h.short_by == 20000, "a CDN is held against its own bar");
	h = hold(&c, &m, CLASS_MEASURED, NULL, false);
	ok(strncmp(words(say_held, &h), "short by 1.00 points: 98 of 100 ", 32) == 0, "in one line: %s", words(say_held, &h));
	ok(strstr(words(say_held, &h), "95 % interval") != NULL, "with its interval");
	h = hold(&c, &m, CLASS_AUDITED, NULL, false);
	ok(h.outcome == OUTCOME_SHORT, "what is short is short by any class of evidence");
	m = metric_of(M_ROA_COVERAGE, 100, 100);
	h = hold(&c, &m, CLASS_AUDITED, NULL, false);
	ok(h.outcome == OUTCOME_UNKNOWN && h.by == HELD_CLASS, "what is met by too little is not known");
	ok(strncmp(words(say_held, &h), "audited evidence is asked for, and this is measured: ", 53) == 0, "and says so");
	h = hold(&c, &m, CLASS_ATTESTED, NULL, false);
	ok(h.outcome == OUTCOME_MEETS, "more than is asked for is enough");
	m.state = METRIC_NO_DATA;
	m.why = "no RPKI data";
	h = hold(&c, &m, CLASS_MEASURED, NULL, false);
	ok(h.outcome == OUTCOME_UNKNOWN && h.by == HELD_JUDGEMENT, "no data is not met");
	m.state = METRIC_NOT_APPLICABLE;
	h = hold(&c, &m, CLASS_MEASURED, NULL, false);
	ok(h.outcome == OUTCOME_NOT_APPLICABLE, "what does not apply is neither");
}

static void
answers(void)
{
	static const struct {
		const char *what;
		enum evidence_class least;
		enum answer_value value;
		const char *by;
		int64_t on, until;	/* days from noon; 9999: not told */
		enum outcome outcome;
		enum held_by held;
	} t[] = {
		{"yes", CLASS_ATTESTED, ANSWER_YES, "Jo", -1, 30, OUTCOME_MEETS, HELD_ANSWER},
		{"no", CLASS_ATTESTED, ANSWER_NO, "Jo", -1, 30, OUTCOME_SHORT, HELD_ANSWER},
		{"does not apply", CLASS_ATTESTED, ANSWER_NOT_APPLICABLE, "Jo", -1, 30, OUTCOME_UNKNOWN, HELD_ANSWER_NA},
		{"yes to what is to be tested", CLASS_TESTED, ANSWER_YES, "Jo", -1, 30, OUTCOME_UNKNOWN, HELD_ANSWER_CLASS},
		{"by nobody", CLASS_ATTESTED, ANSWER_YES, "", -1, 30, OUTCOME_UNKNOWN, HELD_ANSWER_UNSIGNED},
		{"undated", CLASS_ATTESTED, ANSWER_YES, "Jo", 9999, 30, OUTCOME_UNKNOWN, HELD_ANSWER_UNDATED},
		{"later the same day", CLASS_ATTESTED, ANSWER_YES, "Jo", 0, 9999, OUTCOME_MEETS, HELD_ANSWER},
		{"the day after", CLASS_ATTESTED, ANSWER_YES, "Jo", 1, 9999, OUTCOME_UNKNOWN, HELD_ANSWER_LATER},
		{"valid to the day", CLASS_ATTESTED, ANSWER_YES, "Jo", -9, 0, OUTCOME_MEETS, HELD_ANSWER},
		{"run out the day before", CLASS_ATTESTED, ANSWER_YES, "Jo", -9, -1, OUTCOME_UNKNOWN, HELD_ANSWER_OLD},
		{"as old as the limit", CLASS_ATTESTED, ANSWER_YES, "Jo", -31, 99, OUTCOME_MEETS, HELD_ANSWER},
		{"older than the limit", CLASS_ATTESTED, ANSWER_YES, "Jo", -32, 99, OUTCOME_UNKNOWN, HELD_ANSWER_OLD},
	};
	struct control c = {.id = "C", .title = "T", .evidence_class = "attested", .cannot = "needs a letter",
	    .population_min = 1, .age_max_days = 31};
	struct control measured = control_of(M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000);
	struct metric m = metric_of(M_ROA_COVERAGE, 95, 100);
	struct answer yes = {.value = ANSWER_YES, .text = "We do.", .by = "Jo", .on = noon, .until = noon};
	struct held h;
	size_t i;

	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct answer a = {.value = t[i].value, .text = "", .by = t[i].by,
		    .on = t[i].on == 9999 ? UTC_NONE : (struct utc){noon.s + t[i].on * DAY},
		    .until = t[i].until == 9999 ? UTC_NONE : (struct utc){noon.s + t[i].until * DAY}};

		h = hold(&c, NULL, t[i].least, &a, false);
		ok(h.outcome == t[i].outcome && h.by == t[i].held && *words(say_held, &h) != '\0', "an answer %s: %s", t[i].what,
		    words(say_held, &h));
	}
	h = hold(&c, NULL, CLASS_ATTESTED, NULL, false);
	ok(h.outcome == OUTCOME_UNKNOWN && h.by == HELD_JUDGEMENT, "no answer is no yes");
	h = hold(&measured, &m, CLASS_ATTESTED, &yes, false);
	ok(h.outcome == OUTCOME_SHORT && h.by == HELD_JUDGEMENT && h.short_by == 40000, "no answer mends a number");
	m.state = METRIC_NO_DATA;
	m.why = "no RPKI data";
	h = hold(&measured, &m, CLASS_ATTESTED, &yes, false);
	is_str(words(say_held, &h), "attested \"yes\" by Jo on 2023-11-14, valid until 2023-11-14: We do.; not measured: no RPKI "
	    "data", "an answer where nothing could be measured says both");
	h = hold(&measured, &m, CLASS_MEASURED, &yes, false);
	ok(h.outcome == OUTCOME_UNKNOWN && h.by == HELD_ANSWER_CLASS, "and counts only where it is let in");
}

/* "Not applicable" is a finding, too: it needs evidence of the moment, about the network. */
static void
nothing_applies(void)
{
	struct control c = control_of(M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000);
	struct metric m = {.id = M_ROA_COVERAGE, .state = METRIC_NOT_APPLICABLE, .why = "announces nothing", .oldest = noon};
	struct answer yes = {.value = ANSWER_YES, .text = "", .by = "Jo", .on = noon, .until = UTC_NONE};
	struct held h;

	c.age_max_days = 31;
	h = hold(&c, &m, CLASS_ATTESTED, &yes, false);
	ok(h.outcome == OUTCOME_NOT_APPLICABLE && h.by == HELD_JUDGEMENT, "what does not apply does not, whatever is answered");
	held_unseen(&h);
	ok(h.outcome == OUTCOME_UNKNOWN && h.by == HELD_UNSEEN, "unless nobody has seen the network");
	is_str(words(say_held, &h), "the network is not in the data, which cannot tell whether this applies; announces nothing",
	    "which it says");
	h = hold(&c, &m, CLASS_MEASURED, NULL, false);
	h.outcome = OUTCOME_SHORT;
	held_unseen(&h);
	ok(h.outcome == OUTCOME_SHORT && h.by == HELD_JUDGEMENT, "what was found of it all the same stays");
	m.oldest.s -= 32 * DAY;
	h = hold(&c, &m, CLASS_MEASURED, NULL, false);
	ok(h.outcome == OUTCOME_UNKNOWN && h.judgement->because == BECAUSE_AGE,
	    "what did not apply a month ago may do so now");
	is_str(words(say_held, &h), "evidence of 2023-10-13 is 32 days old; limit 31 days", "which it says");
	h = hold(&c, &m, CLASS_ATTESTED, &yes, false);
	ok(h.outcome == OUTCOME_MEETS && h.by == HELD_ANSWER, "an answer then counts as where there is no data");
	m.oldest = UTC_NONE;
	h = hold(&c, &m, CLASS_MEASURED, NULL, false);
	ok(h.outcome == OUTCOME_UNKNOWN && h.judgement->because == BECAUSE_UNDATED, "undated is too old");
	c.age_max_days = 0;
	h = hold(&c, &m, CLASS_MEASURED, NULL, false);
	ok(h.outcome == OUTCOME_NOT_APPLICABLE, "but where age does not matter");
}

static void
said(void)
{
	struct control c = control_of(M_BOGON_PREFIX_ORIGINATED, COMPARE_AT_MOST, 0, 0);
	struct control letter = {.id = "C", .evidence_class = "attested", .cannot = "needs a letter"};
	struct metric m = metric_of(M_BOGON_PREFIX_ORIGINATED, 3, 9);
	struct answer a = {.value = ANSWER_YES, .text = "", .by = "Jo", .on = UTC_NONE, .until = UTC_NONE};
	struct held h = hold(&c, &m, CLASS_MEASURED, NULL, false);

	ok(strncmp(words(say_held, &h), "3 too many: 3 of 9 originated routes", 36) == 0, "a count: %s", words(say_held, &h));
	h = hold(&letter, NULL, CLASS_ATTESTED, &a, false);
	ok(strstr(words(say_held, &h), "by Jo on an unknown date; not measured") != NULL, "no date: %s", words(say_held, &h));
}

static void
wants_more(void)
{
	struct control c = control_of(M_M8, COMPARE_AT_LEAST, 1000000, 1000000);
	struct control share = control_of(M_ROA_COVERAGE, COMPARE_AT_LEAST, 990000, 900000);
	struct metric m = metric_of(M_M8, 1, 1), warn = metric_of(M_ROA_COVERAGE, 95, 100);
	struct answer yes = {.value = ANSWER_YES, .text = "", .by = "Jo", .on = noon, .until = UTC_NONE};
	struct held h;

	c.also_needs = share.also_needs = "an answered test mail";
	h = hold(&c, &m, CLASS_MEASURED, NULL, false);
	ok(h.outcome == OUTCOME_UNKNOWN && h.by == HELD_JUDGEMENT, "half of the evidence is not enough");
	h = hold(&c, &m, CLASS_ATTESTED, &yes, false);
	ok(h.outcome == OUTCOME_MEETS && h.by == HELD_ANSWER, "the other half may be an answer");
	h = hold(&share, &warn, CLASS_ATTESTED, &yes, false);
	ok(h.outcome == OUTCOME_SHORT && h.short_by == 40000, "what is short by measurement stays short");
}

/* What the header says, written once more. */
static bool
better(const struct tally *a, const struct tally *b)
{
	double all_a = a->weight[OUTCOME_MEETS] + a->weight[OUTCOME_SHORT] + a->weight[OUTCOME_UNKNOWN];
	double all_b = b->weight[OUTCOME_MEETS] + b->weight[OUTCOME_SHORT] + b->weight[OUTCOME_UNKNOWN];
	double share_a = all_a > 0 ? a->weight[OUTCOME_MEETS] / all_a : 0;
	double share_b = all_b > 0 ? b->weight[OUTCOME_MEETS] / all_b : 0;

	if (a->n[1][OUTCOME_SHORT] != b->n[1][OUTCOME_SHORT])
		return a->n[1][OUTCOME_SHORT] < b->n[1][OUTCOME_SHORT];
	if (a->n[1][OUTCOME_UNKNOWN] != b->n[1][OUTCOME_UNKNOWN])
		return a->n[1][OUTCOME_UNKNOWN] < b->n[1][OUTCOME_UNKNOWN];
	if (share_a < share_b || share_a > share_b)
		return share_a > share_b;
	return a->weight[OUTCOME_SHORT] < b->weight[OUTCOME_SHORT];
}

static void
counted(void)
{
	static struct control wished = {.id = "W"}, required = {.id = "R", .required = true};
	static const struct demand d[2] = {{.control = &wished, .weight = 7}, {.control = &required, .weight = 40}};
	struct tally t = {0};
	size_t i;

	for (i = 0; i < 3; i++)
		tally_add(&t, &(struct held){.demand = &d[i % 2], .outcome = i == 2 ? OUTCOME_SHORT : OUTCOME_MEETS});
	ok(t.n[0][OUTCOME_MEETS] == 1 && t.n[1][OUTCOME_MEETS] == 1 && t.n[0][OUTCOME_SHORT] == 1 &&
	    t.weight[OUTCOME_MEETS] == 47 && t.weight[OUTCOME_SHORT] == 7, "demands are counted, and their weights summed");
}

static void
order(void)
{
	static struct control wished = {.id = "W"}, required = {.id = "R", .required = true};
	struct tally t[2];
	unsigned seed = 1, round, i, k, wrong = 0, decided = 0;

	for (round = 0; round < 20000; round++) {
		for (i = 0; i < 2; i++) {
			t[i] = (struct tally){0};
			for (k = 0; k < 4; k++) {
				struct demand d = {.control = (seed >> 3) % 2 ? &required : &wished, .weight = (seed >> 9) % 4};
				struct held h = {.demand = &d, .outcome = (enum outcome)((seed >> 16) % OUTCOME_N)};

				tally_add(&t[i], &h);
				seed = seed * 1103515245u + 12345u;
			}
		}
		decided += tally_compare(&t[0], &t[1]) != 0;
		wrong += (tally_compare(&t[0], &t[1]) < 0) != better(&t[0], &t[1]) ||
		    (tally_compare(&t[1], &t[0]) < 0) != better(&t[1], &t[0]);
	}
	ok(wrong == 0 && decided > 10000, "20,000 pairs of networks stand in the order that is described (%u wrong)", wrong);
	ok(demand_compare(&(struct demand){.control = &required, .weight = 1}, &(struct demand){.control = &wished,
	    .weight = 100}) < 0 && demand_compare(&(struct demand){.control = &wished, .weight = 1}, &(struct demand){.control =
	    &wished, .weight = 2}) > 0, "demands: required first, then by weight");
}

int
main(void)
{
	numbers();
	states();
	answers();
	nothing_applies();
	said();
	wants_more();
	counted();
	order();
	return tap_done();
}
