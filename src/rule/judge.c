/*
 * judge: one control, its numbers, and the verdict. In this order: what the metric could not find out,
 * evidence that is too old or undated, a population too small to speak of, and only then the bars.
 */
#include "rule/judge.h"
#include "rule/say.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define DAY 86400

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

/* Evidence too far from the moment, on either side, or of unknown age: true, with the reason. */
static bool
aged(const struct control *c, const struct metric *m, struct utc at, struct str *why)
{
	char when[UTC_TEXT];
	int64_t days;

	if (c->age_max_days == 0)
		return false;
	if (!utc_known(m->oldest) || !utc_known(at)) {
		str_addf(why, "undated evidence (limit %" PRIu32 " days): name the file with a date",
		    c->age_max_days);
		return true;
	}
	days = (at.s - m->oldest.s) / DAY;
	if (llabs(at.s - m->oldest.s) <= (int64_t)c->age_max_days * DAY)
		return false;
	utc_format(m->oldest, when);
	str_addf(why, "evidence of %.10s is %" PRId64 " days %s; limit %" PRIu32 " days", when,
	    days < 0 ? -days : days, days < 0 ? "younger than the moment judged for" : "old", c->age_max_days);
	return true;
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

/* A part that the control needs and the metric has not: its name. */
static const char *
missing_part(const struct control *c, const struct metric *m)
{
	size_t i;

	for (i = 0; i < CONTROL_PARTS && c->needs_part[i] != NULL; i++)
		if (part_of(m, c->needs_part[i]) == 0)
			return c->needs_part[i];
	return NULL;
}

/* The words of a judgement, with the numbers and for beside them. */
struct words {
	struct str full, brief;
};

static void
words_set(struct words *to, const struct str *number, const struct str *what, const struct str *rest)
{
	str_clear(&to->full);
	str_clear(&to->brief);
	str_add(&to->full, str_span(number));
	str_add(&to->full, str_span(rest));
	str_add(&to->brief, str_span(what));
	str_add(&to->brief, str_span(rest));
}

static void
words_release(struct words *w)
{
	str_release(&w->full);
	str_release(&w->brief);
}

/* One test whose number stands: its verdict, and what follows the number. */
static enum verdict
number_judge(const struct control *c, const struct control_test *t, const struct metric *m, bool is_cdn,
    struct str *rest)
{
	enum verdict v = test_against_bars(t, m, is_cdn);

	if (metric_unit(m->id) != UNIT_BOOL && m->den < c->population_min) {
		str_addf(rest, "; at least %" PRIu64 " are needed to judge", c->population_min);
		return VERDICT_NO_DATA;
	}
	if (v != VERDICT_FAIL && missing_part(c, m) != NULL) {
		str_addf(rest, "; none over %s", missing_part(c, m));
		return VERDICT_NO_DATA;
	}
	str_adds(rest, "; ");
	say_bars(rest, t, is_cdn);
	return v;
}

/* One test: its verdict and its words. */
static enum verdict
test_judge(const struct control *c, const struct control_test *t, const struct metric *m, struct utc at,
    bool is_cdn, struct words *words)
{
	struct str number = {0}, what = {0}, rest = {0};
	enum verdict v;

	assert(m->id == t->metric);
	if (m->state != METRIC_OK) {
		str_adds(&rest, m->why);
		v = m->state == METRIC_NO_DATA ? VERDICT_NO_DATA : VERDICT_NOT_APPLICABLE;
	} else if (aged(c, m, at, &rest)) {
		v = VERDICT_NO_DATA;
	} else {
		say_metric(&number, m);
		say_what(&what, m);
		v = number_judge(c, t, m, is_cdn, &rest);
	}
	words_set(words, &number, &what, &rest);
	str_release(&number);
	str_release(&what);
	str_release(&rest);
	return v;
}

/* Numbers that are shown and not judged, behind the reason. */
static void
add_shown(const struct control *c, const struct metric *const *m, struct words *words)
{
	struct str s = {0};
	size_t i;

	for (i = 0; i < c->n_tests; i++)
		if (!c->tests[i].judged && m[i]->state == METRIC_OK) {
			str_adds(&s, "; not judged: ");
			say_metric(&s, m[i]);
		}
	str_add(&words->full, str_span(&s));
	str_release(&s);
}

void
control_judge(const struct control *c, const struct metric *const *m, struct utc at, bool is_cdn,
    struct arena *a, struct judgement *out)
{
	struct words words = {0}, one = {0};
	enum verdict v, joined;
	size_t i, judged = 0;

	assert(!c->whole_org);
	*out = (struct judgement){.control = c, .verdict = VERDICT_NO_DATA, .metrics = m};
	for (i = 0; i < c->n_tests; i++) {
		if (!c->tests[i].judged)
			continue;
		v = test_judge(c, &c->tests[i], m[i], at, is_cdn, &one);
		joined = judged == 0 ? v : c->best ? verdict_best(out->verdict, v) : verdict_worst(out->verdict, v);
		/* the words are those of the first test that set the verdict */
		if (judged++ == 0 || joined != out->verdict) {
			out->decides = m[i];
			words_set(&words, &one.full, &one.brief, &(struct str){0});
		}
		out->verdict = joined;
	}
	if (judged == 0) {
		str_adds(&words.full, c->cannot);
		str_adds(&words.brief, c->cannot);
	}
	add_shown(c, m, &words);
	if (c->also_needs != NULL && (out->verdict == VERDICT_PASS || out->verdict == VERDICT_WARN)) {
		str_addf(&words.full, "; also needs %s", c->also_needs);
		str_addf(&words.brief, "; also needs %s", c->also_needs);
		out->verdict = VERDICT_NO_DATA;
	}
	out->reason = arena_strdup(a, str_span(&words.full));
	out->brief = arena_strdup(a, str_span(&words.brief));
	words_release(&words);
	words_release(&one);
}
