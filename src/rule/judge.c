/*
 * judge: one control, its numbers, and the verdict. In this order: what the metric could not find out,
 * evidence that is too old or undated, a population too small to speak of, and only then the bars.
 */
#include "rule/judge.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const char *
verdict_word(enum verdict v)
{
	static const char *const words[] = {"PASS", "WARN", "FAIL", "NO_DATA", "NOT_APPLICABLE"};

	assert(v < VERDICT_N);
	return words[v];
}

const char *
compare_word(enum compare c)
{
	return c == COMPARE_AT_LEAST ? "at-least" : c == COMPARE_AT_MOST ? "at-most" : "none";
}

enum verdict
verdict_worst(enum verdict a, enum verdict b)
{
	static const int rank[] = {[VERDICT_NOT_APPLICABLE] = 0, [VERDICT_PASS] = 1, [VERDICT_WARN] = 2,
	    [VERDICT_NO_DATA] = 3, [VERDICT_FAIL] = 4};

	return rank[a] >= rank[b] ? a : b;
}

enum verdict
verdict_best(enum verdict a, enum verdict b)
{
	static const int rank[] = {[VERDICT_NOT_APPLICABLE] = 0, [VERDICT_FAIL] = 1, [VERDICT_WARN] = 2,
	    [VERDICT_NO_DATA] = 3, [VERDICT_PASS] = 4};

	return rank[a] >= rank[b] ? a : b;
}

const char *
join_word(enum join j)
{
	return j == JOIN_BEST ? "best" : j == JOIN_FIRST ? "first" : "worst";
}

bool
judgement_rests(const struct judgement *j, size_t test)
{
	const struct control_test *t = &j->control->tests[test];

	return t->judged && (j->control->join != JOIN_FIRST || j->test == NULL || j->test == t);
}

/* Is the number on the good side of the bar? Shares are compared as fractions, so that no rounding
 * decides. */
static bool
meets(const struct control_test *t, const struct metric *m, int64_t bar)
{
	enum metric_unit unit = metric_unit(m->id);
	__extension__ unsigned __int128 have, want;
	int64_t value = unit == UNIT_COUNT ? (int64_t)m->num : m->value_ppm;

	if (unit == UNIT_SHARE) {
		have = m->num;
		have *= 1000000;
		want = (uint64_t)bar;
		want *= m->den;
		return t->compare == COMPARE_AT_LEAST ? have >= want : have <= want;
	}
	return t->compare == COMPARE_AT_LEAST ? value >= bar : value <= bar;
}

enum verdict
test_against_bars(const struct control_test *t, const struct metric *m, bool is_cdn)
{
	int64_t pass = is_cdn && t->pass_cdn >= 0 ? t->pass_cdn : t->pass;

	if (meets(t, m, pass))
		return VERDICT_PASS;
	return t->warn != t->pass && meets(t, m, t->warn) ? VERDICT_WARN : VERDICT_FAIL;
}

/* Evidence too far from the moment, on either side, or of unknown age. */
static bool
is_old(const struct control *c, const struct metric *m, struct utc at, enum because *because)
{
	if (c->age_max_days == 0)
		return false;
	*because = !utc_known(m->oldest) || !utc_known(at) ? BECAUSE_UNDATED : BECAUSE_AGE;
	return *because == BECAUSE_UNDATED || llabs(at.s - m->oldest.s) > (int64_t)c->age_max_days * DAY;
}

/* Of other days than each other is bad enough without a limit of the control's own. */
bool
judge_aged(const struct control *c, const struct metric *m, struct utc at, enum because *because)
{
	if (is_old(c, m, at, because))
		return true;
	*because = BECAUSE_APART;
	return m->apart != NULL;
}

static uint64_t
part_of(const struct metric *m, const char *name)
{
	size_t i;

	for (i = 0; i < METRIC_PARTS && m->part[i].name != NULL; i++)
		if (strcmp(m->part[i].name, name) == 0)
			return m->part[i].n;
	return 0;
}

const char *
judge_missing_part(const struct control *c, const struct metric *m)
{
	size_t i;

	for (i = 0; i < CONTROL_PARTS && c->needs_part[i] != NULL; i++)
		if (part_of(m, c->needs_part[i]) == 0)
			return c->needs_part[i];
	return NULL;
}

/* One test: its verdict, and why. */
static enum verdict
test_judge(const struct control *c, const struct control_test *t, const struct metric *m, struct utc at,
    bool is_cdn, enum because *because)
{
	enum verdict v;

	assert(m->id == t->metric);
	*because = BECAUSE_STATE;
	if (m->state == METRIC_NO_DATA)
		return VERDICT_NO_DATA;
	/* "announces nothing" rests on evidence, too: when that is old, nobody knows whether it is so */
	if (judge_aged(c, m, at, because))
		return VERDICT_NO_DATA;
	*because = BECAUSE_STATE;
	if (m->state != METRIC_OK)
		return VERDICT_NOT_APPLICABLE;
	*because = BECAUSE_POPULATION;
	if (metric_unit(m->id) != UNIT_BOOL && m->den < c->population_min)
		return VERDICT_NO_DATA;
	v = test_against_bars(t, m, is_cdn);
	*because = BECAUSE_PART;
	if (v != VERDICT_FAIL && judge_missing_part(c, m) != NULL)
		return VERDICT_NO_DATA;
	*because = BECAUSE_NUMBER;
	return v;
}

static enum verdict
joined(const struct control *c, enum verdict before, enum verdict v)
{
	return c->join == JOIN_FIRST ? v : c->join == JOIN_BEST ? verdict_best(before, v) : verdict_worst(before, v);
}

void
control_judge(const struct control *c, const struct metric *const *m, struct utc at, bool is_cdn,
    struct judgement *out)
{
	enum because because;
	enum verdict v, all;
	size_t i;

	assert(!c->whole_org);
	*out = (struct judgement){.control = c, .verdict = VERDICT_NO_DATA, .because = BECAUSE_CANNOT,
	    .is_cdn = is_cdn, .at = at, .metrics = m};
	for (i = 0; i < c->n_tests; i++) {
		const struct control_test *t = &c->tests[i];

		if (!t->judged || (c->join == JOIN_FIRST && out->test != NULL && out->verdict != VERDICT_NO_DATA))
			continue;
		v = test_judge(c, t, m[i], at, is_cdn, &because);
		all = out->test == NULL ? v : joined(c, out->verdict, v);
		/* the first test that set the verdict is the reason; of those without data the last, as it asks the
		 * least of the evidence */
		if (out->test == NULL || all != out->verdict || c->join == JOIN_FIRST) {
			out->decides = m[i];
			out->test = t;
			out->because = because;
		}
		out->verdict = all;
	}
	if (c->also_needs != NULL && (out->verdict == VERDICT_PASS || out->verdict == VERDICT_WARN)) {
		out->wants_more = true;
		out->verdict = VERDICT_NO_DATA;
	}
}
