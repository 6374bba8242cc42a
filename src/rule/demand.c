/* demand: one demand held against what is known of a network, and networks put in the order that a buyer wants. */
#include "rule/judge.h"
#include "rule/require.h"
#include "rule/say.h"

#include <assert.h>
#include <inttypes.h>

const char *
outcome_word(enum outcome o)
{
	static const char *const words[OUTCOME_N] = {"meets", "short", "unknown", "not-applicable"};

	return words[o];
}

const char *
answer_word(enum answer_value v)
{
	static const char *const words[] = {"yes", "no", "not-applicable"};

	return words[v];
}

const char *
answer_text(enum answer_value v)
{
	return v == ANSWER_NOT_APPLICABLE ? "not applicable" : answer_word(v);
}

/* --- how much is missing --- */

/* The number that was held against the bars: its own, or that of the worst sibling. */
static const struct metric *
number_of(const struct judgement *j, struct metric *room)
{
	if (j->because != BECAUSE_SIBLING)
		return j->decides;
	*room = *j->sibling;
	room->value_ppm = j->sibling->org.worst_ppm;
	room->num = (uint64_t)j->sibling->org.worst_ppm;
	return room;
}

static int64_t
missing(const struct judgement *j)
{
	struct metric room;
	const struct metric *m = number_of(j, &room);
	const struct control_test *t = j->test;
	bool cdn = j->is_cdn && j->because != BECAUSE_SIBLING && t->pass_cdn >= 0;
	int64_t bar = cdn ? t->pass_cdn : t->pass, have;

	if (metric_unit(m->id) == UNIT_BOOL)
		return 0;
	/* millionths are rounded against the network, so that what is short is never short by nothing */
	have = metric_unit(m->id) == UNIT_COUNT ? (int64_t)m->num : m->value_ppm;
	return t->compare == COMPARE_AT_LEAST ? bar - have : have - bar;
}

/* --- answers --- */

static int64_t
day_of(struct utc t)
{
	return t.s / DAY - (t.s % DAY < 0);
}

static enum held_by
answer_state(const struct demand *d, const struct answer *a, struct utc at)
{
	uint32_t age = d->control->age_max_days;

	if (d->least > CLASS_ATTESTED)
		return HELD_ANSWER_CLASS;
	if (a->by[0] == '\0')
		return HELD_ANSWER_UNSIGNED;
	if (!utc_known(a->on) || !utc_known(at))
		return HELD_ANSWER_UNDATED;
	if (day_of(a->on) > day_of(at))
		return HELD_ANSWER_LATER;
	if (utc_known(a->until) && day_of(a->until) < day_of(at))
		return HELD_ANSWER_OLD;
	if (age > 0 && day_of(at) - day_of(a->on) > age)
		return HELD_ANSWER_OLD;
	return a->value == ANSWER_NOT_APPLICABLE ? HELD_ANSWER_NA : HELD_ANSWER;
}

/* The measured part stays below the bar, whatever else the control would need. */
static bool
is_short(const struct judgement *j)
{
	return j->verdict == VERDICT_FAIL || j->verdict == VERDICT_WARN ||
	    (j->wants_more && test_against_bars(j->test, j->decides, j->is_cdn) == VERDICT_WARN);
}

void
held_unseen(struct held *h)
{
	if (h->outcome != OUTCOME_NOT_APPLICABLE || h->judgement->decides == NULL)
		return;
	h->outcome = OUTCOME_UNKNOWN;
	h->by = HELD_UNSEEN;
}

void
demand_hold(const struct demand *d, const struct judgement *j, const struct answer *answer, struct utc at,
    struct held *out)
{
	*out = (struct held){.demand = d, .judgement = j, .answer = answer, .outcome = OUTCOME_UNKNOWN,
	    .by = HELD_JUDGEMENT};
	if (is_short(j)) {
		out->outcome = OUTCOME_SHORT;
		out->short_by = missing(j);
	} else if (j->verdict == VERDICT_NOT_APPLICABLE) {
		out->outcome = OUTCOME_NOT_APPLICABLE;
	} else if (j->verdict == VERDICT_PASS && d->class >= d->least) {
		out->outcome = OUTCOME_MEETS;
	} else if (j->verdict == VERDICT_PASS) {
		out->by = HELD_CLASS;
	} else if (answer != NULL) {
		out->by = answer_state(d, answer, at);
		if (out->by == HELD_ANSWER)
			out->outcome = answer->value == ANSWER_YES ? OUTCOME_MEETS : OUTCOME_SHORT;
	}
}

/* --- words --- */

/* Millionths as points of a percentage, two decimals, never 0.00. */
static void
say_points(struct str *out, int64_t ppm)
{
	int64_t hundredths = (ppm + 99) / 100;

	str_addf(out, "%" PRId64 ".%02d points", hundredths / 100, (int)(hundredths % 100));
}

void
say_short(struct str *out, const struct held *h)
{
	const struct judgement *j = h->judgement;
	enum metric_unit unit;

	assert(h->outcome == OUTCOME_SHORT);
	if (h->by == HELD_ANSWER) {
		str_adds(out, "answered no");
		return;
	}
	unit = metric_unit(j->test->metric);
	if (unit == UNIT_BOOL)
		str_adds(out, j->test->compare == COMPARE_AT_LEAST ? "not yes" : "not no");
	else if (unit == UNIT_COUNT)
		str_addf(out, "%" PRId64 " too %s", h->short_by,
		    j->test->compare == COMPARE_AT_LEAST ? "few" : "many");
	else
		say_points(out, h->short_by);
}

static void
say_day(struct str *out, struct utc t)
{
	char buf[UTC_TEXT];

	if (utc_known(t))
		str_addf(out, "%.10s", utc_format(t, buf));
	else
		str_adds(out, "an unknown date");
}

static void
say_answer(struct str *out, const struct answer *a)
{
	str_addf(out, "attested \"%s\" by %s on ", answer_text(a->value), a->by[0] != '\0' ? a->by : "nobody");
	say_day(out, a->on);
	if (utc_known(a->until)) {
		str_adds(out, ", valid until ");
		say_day(out, a->until);
	}
	if (a->text[0] != '\0')
		str_addf(out, ": %s", a->text);
}

/* What keeps an answer, or a judgement that nothing applies, from counting; NULL: it counts. */
static const char *
lacks(enum held_by by)
{
	switch (by) {
	case HELD_ANSWER_CLASS:
		return "an answer is attested evidence, which is not enough here";
	case HELD_ANSWER_UNSIGNED:
		return "the answer does not say who gave it";
	case HELD_ANSWER_UNDATED:
		return "it is not known when the answer was given, or for which moment it is to count";
	case HELD_ANSWER_LATER:
		return "the answer was given after the moment judged for";
	case HELD_ANSWER_OLD:
		return "the answer has run out";
	case HELD_ANSWER_NA:
		return "the provider says that it does not apply, which is for the buyer to decide";
	case HELD_UNSEEN:
		return "the network is not in the data, which cannot tell whether this applies";
	case HELD_JUDGEMENT:
	case HELD_CLASS:
	case HELD_ANSWER:
		break;
	}
	return NULL;
}

void
say_held(struct str *out, const struct held *h)
{
	const char *why_not = lacks(h->by);
	bool judged = h->by == HELD_JUDGEMENT || h->by == HELD_CLASS || h->by == HELD_UNSEEN;

	if (h->outcome == OUTCOME_SHORT && h->short_by > 0) {
		if (metric_unit(h->judgement->test->metric) != UNIT_COUNT)
			str_adds(out, "short by ");	/* a count says itself that it is "3 too many" */
		say_short(out, h);
		str_adds(out, ": ");
	}
	if (h->by == HELD_CLASS)
		str_addf(out, "%s evidence is asked for, and this is %s: ", class_word(h->demand->least),
		    class_word(h->demand->class));
	if (why_not != NULL)
		str_addf(out, "%s; ", why_not);
	if (h->answer != NULL && !judged) {
		say_answer(out, h->answer);
		str_adds(out, "; not measured: ");
	}
	say_reason(out, h->judgement);
}

/* --- many --- */

void
tally_add(struct tally *t, const struct held *h)
{
	t->n[h->demand->control->required][h->outcome]++;
	t->weight[h->outcome] += h->demand->weight;
}

/* Positive where a has the larger share of its weight met. What applies to nothing has none. */
static int
share_compare(const struct tally *a, const struct tally *b)
{
	uint64_t all_a = (uint64_t)a->weight[OUTCOME_MEETS] + a->weight[OUTCOME_SHORT] + a->weight[OUTCOME_UNKNOWN];
	uint64_t all_b = (uint64_t)b->weight[OUTCOME_MEETS] + b->weight[OUTCOME_SHORT] + b->weight[OUTCOME_UNKNOWN];
	uint64_t x = a->weight[OUTCOME_MEETS] * (all_b == 0 ? 1 : all_b);
	uint64_t y = b->weight[OUTCOME_MEETS] * (all_a == 0 ? 1 : all_a);

	return (x > y) - (x < y);
}

int
tally_compare(const struct tally *a, const struct tally *b)
{
	static const enum outcome against[] = {OUTCOME_SHORT, OUTCOME_UNKNOWN};
	size_t i;
	int c;

	for (i = 0; i < 2; i++)
		if (a->n[1][against[i]] != b->n[1][against[i]])
			return a->n[1][against[i]] < b->n[1][against[i]] ? -1 : 1;
	c = share_compare(b, a);
	if (c != 0)
		return c;
	return (a->weight[OUTCOME_SHORT] > b->weight[OUTCOME_SHORT]) - (a->weight[OUTCOME_SHORT] < b->weight[OUTCOME_SHORT]);
}

int
demand_compare(const struct demand *a, const struct demand *b)
{
	if (a->control->required != b->control->required)
		return a->control->required ? -1 : 1;
	return (a->weight < b->weight) - (a->weight > b->weight);
}
