/* compare_say: the words of a comparison that the matrix and the blocks below it share. */
#include "report/compare_lay.h"
#include "rule/say.h"

const char *
outcome_said(enum outcome o)
{
	static const char *const words[OUTCOME_N] = {[OUTCOME_MEETS] = "meets", [OUTCOME_SHORT] = "short",
	    [OUTCOME_UNKNOWN] = "cannot judge", [OUTCOME_NOT_APPLICABLE] = "n.a."};

	return words[o];
}

enum ink
outcome_ink(enum outcome o)
{
	static const enum ink inks[OUTCOME_N] = {[OUTCOME_MEETS] = INK_GOOD, [OUTCOME_SHORT] = INK_BAD,
	    [OUTCOME_UNKNOWN] = INK_DIM, [OUTCOME_NOT_APPLICABLE] = INK_DIM};

	return inks[o];
}

/* A share and a score are both told in percent. */
static bool
same_bar(const struct control_test *a, const struct control_test *b)
{
	enum metric_unit u = metric_unit(a->metric), v = metric_unit(b->metric);

	return a->compare == b->compare && a->pass == b->pass &&
	    (u == UNIT_SCORE ? UNIT_SHARE : u) == (v == UNIT_SCORE ? UNIT_SHARE : v);
}

/* Whether one before it reads the same. */
static bool
said_before(const struct control *c, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (c->tests[k].judged && same_bar(&c->tests[k], &c->tests[i]))
			return true;
	return false;
}

void
say_demand_bar(struct str *out, const struct demand *d)
{
	const struct control *c = d->control;
	enum metric_unit unit;
	size_t i, n = 0;

	for (i = 0; i < c->n_tests && c->cannot == NULL; i++) {
		if (!c->tests[i].judged || said_before(c, i))
			continue;
		unit = metric_unit(c->tests[i].metric);
		str_adds(out, n++ == 0 ? "" : c->join == JOIN_WORST ? ", " : say_join_bars(c->join));
		if (unit != UNIT_BOOL)
			str_adds(out, c->tests[i].compare == COMPARE_AT_LEAST ? "at least " : "at most ");
		say_bar(out, unit, c->tests[i].pass);
	}
	if (n == 0)
		str_adds(out, c->whole_org ? "all ASNs" : d->least == CLASS_ATTESTED ? "an answer" : "-");
}

void
say_cell(struct str *out, const struct held *h)
{
	bool points;

	str_adds(out, outcome_said(h->outcome));
	if (h->outcome == OUTCOME_MEETS && h->by == HELD_ANSWER) {
		str_adds(out, ", attested");
	} else if (h->outcome == OUTCOME_SHORT && (h->by == HELD_ANSWER || h->short_by > 0)) {
		points = h->by != HELD_ANSWER && metric_unit(h->judgement->test->metric) != UNIT_COUNT;
		str_adds(out, points ? " by " : ", ");
		say_short(out, h);
	}
}

uint32_t
tally_applies(const uint16_t n[static OUTCOME_N])
{
	return (uint32_t)n[OUTCOME_MEETS] + n[OUTCOME_SHORT] + n[OUTCOME_UNKNOWN];
}

uint32_t
tally_weight(const struct tally *t)
{
	return t->weight[OUTCOME_MEETS] + t->weight[OUTCOME_SHORT] + t->weight[OUTCOME_UNKNOWN];
}
