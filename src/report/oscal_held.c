/* oscal_held: what became of a judgement: its verdict, or the outcome of the demand that it is held for. */
#include "report/oscal_int.h"
#include "rule/say.h"

const struct held *
chain_held(const struct chain *c, const struct judgement *j)
{
	return c->held != NULL ? &c->held[j - c->result->judgements] : NULL;
}

enum verdict
chain_verdict(const struct chain *c, const struct judgement *j)
{
	const struct held *h = chain_held(c, j);

	if (h == NULL)
		return j->verdict;
	switch (h->outcome) {
	case OUTCOME_MEETS:
		return VERDICT_PASS;
	case OUTCOME_SHORT:
		return j->verdict == VERDICT_WARN ? VERDICT_WARN : VERDICT_FAIL;
	case OUTCOME_UNKNOWN:
		return VERDICT_NO_DATA;
	case OUTCOME_NOT_APPLICABLE:
	case OUTCOME_N:
		break;
	}
	return VERDICT_NOT_APPLICABLE;
}

void
chain_say(struct str *out, const struct chain *c, const struct judgement *j)
{
	const struct held *h = chain_held(c, j);
	struct str s = {0};

	if (h == NULL) {
		say_reason(out, j);
		return;
	}
	say_held(&s, h);	/* an answer is text from outside */
	if (h->answer != NULL)
		text_markup(out, s.p);
	else
		str_add(out, str_span(&s));
	str_release(&s);
}

bool
judgement_found(const struct chain *c, const struct judgement *j)
{
	enum verdict v = chain_verdict(c, j);

	return v != VERDICT_NO_DATA && v != VERDICT_NOT_APPLICABLE;
}
