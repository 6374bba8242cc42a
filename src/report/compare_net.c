/* compare_net: one network held against all demands: the counts, and why for each that is short or not judged. */
#include "report/compare_lay.h"
#include "report/dated.h"
#include "rule/say.h"

#include <inttypes.h>

#define COUNTS 12u	/* column of the counts */
#define OUTCOME 2u
#define ID 16u

/* --- counts --- */

static void
place(struct str *s, const struct comparison *c, size_t i)
{
	size_t rank = comparison_rank(c, i), n = 0, k;

	if (rank == 0) {
		str_adds(s, "none: no demand that applies could be judged");
		return;
	}
	for (k = 0; k < c->n; k++)
		n += comparison_rank(c, k) == rank;
	str_addf(s, "%zu of %zu", rank, c->n);
	if (n == 2)
		str_adds(s, ", shared with one other");
	else if (n > 2)
		str_addf(s, ", shared with %zu others", n - 1);
}

static void
counts(struct str *s, const uint16_t n[static OUTCOME_N])
{
	if (tally_applies(n) == 0 && n[OUTCOME_NOT_APPLICABLE] == 0) {
		str_adds(s, "nothing");
		return;
	}
	if (tally_applies(n) == 0)
		str_adds(s, "nothing that applies");
	else
		str_addf(s, "%u of %" PRIu32 " met", n[OUTCOME_MEETS], tally_applies(n));
	if (n[OUTCOME_SHORT] > 0)
		str_addf(s, ", %u short", n[OUTCOME_SHORT]);
	if (n[OUTCOME_UNKNOWN] > 0)
		str_addf(s, ", %u cannot be judged", n[OUTCOME_UNKNOWN]);
	if (n[OUTCOME_NOT_APPLICABLE] > 0)
		str_addf(s, "; %u %s not apply", n[OUTCOME_NOT_APPLICABLE], n[OUTCOME_NOT_APPLICABLE] == 1 ? "does" : "do");
}

static void
weight(struct str *s, const struct tally *t)
{
	uint32_t of = tally_weight(t);

	if (of == 0) {
		str_adds(s, "nothing that applies has any");
		return;
	}
	str_addf(s, "%" PRIu32 " of %" PRIu32 " met (", t->weight[OUTCOME_MEETS], of);
	say_percent(s, (int64_t)((uint64_t)t->weight[OUTCOME_MEETS] * 1000000 / of));
	str_addf(s, " %%), %" PRIu32 " short, %" PRIu32 " cannot be judged", t->weight[OUTCOME_SHORT],
	    t->weight[OUTCOME_UNKNOWN]);
}

static void
count_lines(struct str *out, const struct comparison *c, size_t i, struct text_style style)
{
	const struct tally *t = &c->nets[i].tally;
	struct str s = {0};

	if (c->n > 1) {
		place(&s, c, i);
		lay_labelled(out, style, 2, COUNTS, "place", s.p);
		str_clear(&s);
	}
	counts(&s, t->n[1]);
	lay_labelled(out, style, 2, COUNTS, "required", s.p);
	str_clear(&s);
	counts(&s, t->n[0]);
	lay_labelled(out, style, 2, COUNTS, "wished", s.p);
	str_clear(&s);
	weight(&s, t);
	lay_labelled(out, style, 2, COUNTS, "weight", s.p);
	str_release(&s);
}

/* --- reasons --- */

/* An answer that measurement outweighs is not passed over in silence. */
static void
outweighed(struct str *s, const struct held *h)
{
	char when[UTC_TEXT];

	if (h->answer == NULL || h->outcome != OUTCOME_SHORT || h->by != HELD_JUDGEMENT)
		return;
	str_addf(s, "; attested \"%s\" by %s on %.10s, which does not count against what is measured",
	    answer_text(h->answer->value), h->answer->by[0] != '\0' ? h->answer->by : "nobody", utc_format(h->answer->on, when));
}

static void
reason(struct str *out, const struct comparison *c, const struct held *h, struct text_style style)
{
	const struct control *control = h->demand->control;
	unsigned id = compare_id_width(c->req), at = ID + id + 3, w = lay_width(control->id);
	struct str s = {0};

	lay_spaces(out, OUTCOME);
	lay_text(out, style, outcome_ink(h->outcome), outcome_said(h->outcome));
	lay_spaces(out, ID - OUTCOME - lay_width(outcome_said(h->outcome)));
	str_add_plain(out, span_of(control->id));
	lay_spaces(out, w < id ? id - w : 0);
	str_adds(out, control->required ? " * " : "   ");
	say_held(&s, h);
	outweighed(&s, h);
	lay_wrapped(out, style, w > id ? at + w - id : at, at, s.p);
	str_addc(out, '\n');
	str_release(&s);
}

void
compare_net(struct str *out, const struct comparison *c, size_t i, struct text_style style)
{
	static const enum outcome shown[] = {OUTCOME_SHORT, OUTCOME_UNKNOWN, OUTCOME_MEETS};
	const struct held *h;
	char dated[DATED_TEXT];
	size_t o, k;

	lay_as(out, style, &c->nets[i].as, dated_text(c->head, dated));
	count_lines(out, c, i, style);
	for (o = 0; o < sizeof(shown) / sizeof(*shown); o++)
		for (k = 0; k < c->req->pack.n; k++) {
			h = &c->nets[i].held[c->order[k]];
			/* what is met by measurement stands in the matrix; what is met by word of mouth says whose */
			if (h->outcome == shown[o] && (h->outcome != OUTCOME_MEETS || h->by == HELD_ANSWER))
				reason(out, c, h, style);
		}
}
