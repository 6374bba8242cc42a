/* tender_clause: one requirement that is measured, with all that it takes to check it. */
#include "report/markdown.h"
#include "report/tender_int.h"
#include "rule/say.h"

#include <inttypes.h>
#include <stdio.h>

/* "at most 0.1 %": the bar that has to be reached; a warning of the pack is short of it. */
static void
say_pass(struct str *out, const struct control_test *t, int64_t bar)
{
	enum metric_unit unit = metric_unit(t->metric);

	if (unit != UNIT_BOOL)
		str_adds(out, t->compare == COMPARE_AT_LEAST ? "at least " : "at most ");
	say_bar(out, unit, bar);
}

static const struct control_test *
own_test(const struct demand *d, size_t i)
{
	return &pack_control(d->from, span_of(d->control->id))->tests[i];
}

/* "`roa-coverage`: what it is. Data: what from" */
static void
say_number_of(struct str *out, const struct control_test *t)
{
	str_addf(out, "`%s`: ", metric_word(t->metric));
	md_text(out, metric_text(t->metric));
	str_adds(out, metric_unit(t->metric) == UNIT_SHARE ? ", with its Wilson interval (95 %)" : "");
	str_adds(out, ". Data: ");
	say_data(out, t->metric);
}

static void
bar_item(struct str *out, const struct demand *d, size_t i)
{
	const struct control_test *t = &d->control->tests[i], *own = own_test(d, i);
	struct str s = {0};

	if (!t->judged) {
		say_number_of(&s, t);
		md_item(out, "Shown beside it, not judged", s.p);
		str_release(&s);
		return;
	}
	str_adds(&s, "**");
	say_pass(&s, t, t->pass);
	str_adds(&s, "**");
	if (t->pass_cdn >= 0 && t->pass_cdn != t->pass) {
		str_adds(&s, ", and for participants of the MANRS CDN programme ");
		say_pass(&s, t, t->pass_cdn);
	}
	if (own->pass != t->pass) {
		str_adds(&s, ", set by the Buyer (the pack has ");
		say_pass(&s, own, own->pass);
		str_addc(&s, ')');
	}
	str_adds(&s, "; the number is ");
	say_number_of(&s, t);
	md_item(out, "Bar", s.p);
	str_release(&s);
}

/* Yes-or-no numbers have no population. */
static void
limits_item(struct str *out, const struct control *c)
{
	bool counted = false;
	struct str s = {0};
	size_t i;

	for (i = 0; i < c->n_tests; i++)
		counted |= c->tests[i].judged && metric_unit(c->tests[i].metric) != UNIT_BOOL;
	if (counted)
		str_addf(&s, "a population of at least %" PRIu64, c->population_min);
	for (i = 0; i < CONTROL_PARTS && c->needs_part[i] != NULL; i++)
		str_addf(&s, ", some %s", c->needs_part[i]);
	if (c->age_max_days > 0)
		str_addf(&s, "%sdata at most %" PRIu32 " days old on the day of judging", s.len > 0 ? "; " : "",
		    c->age_max_days);
	if (s.len > 0)
		md_item(out, "Limits", s.p);
	str_release(&s);
}

static void
evidence_item(struct str *out, const struct demand *d)
{
	const struct control *c = d->control;
	struct str s = {0};

	say_least(&s, d);
	str_addf(&s, "; these data give %s evidence. ", class_word(d->class));
	if (d->least == CLASS_ATTESTED)
		str_addf(&s, "%s the answer to question %s counts", c->also_needs != NULL ? "For what they do not show"
		    : "Where they do not show it,", c->id);
	else if (c->also_needs != NULL)
		str_addf(&s, "It also needs %s, which neither they nor an answer can show: the Provider shows it to the Buyer",
		    c->also_needs);
	else if (d->least > d->class)
		str_addf(&s, "They are not enough: the Provider shows the Buyer %s evidence", class_word(d->least));
	else
		str_adds(&s, "Where they do not show it, it cannot be judged, and so is not met, whatever is answered");
	md_item(out, "Evidence that counts", s.p);
	str_release(&s);
}

static size_t
judged(const struct control *c)
{
	size_t i, n = 0;

	for (i = 0; i < c->n_tests; i++)
		n += c->tests[i].judged;
	return n;
}

static void
checks(struct str *out, const struct demand *d)
{
	const struct control *c = d->control;
	size_t i;

	for (i = 0; i < c->n_tests; i++)
		bar_item(out, d, i);
	if (judged(c) > 1)
		md_item(out, "Of several bars", c->join == JOIN_BEST ? "one that is met is enough"
		    : c->join == JOIN_FIRST ? "the first for whose number there is data has to be met" : "each has to be met");
	if (c->whole_org)
		md_item(out, "Bar", "those of all other measured requirements of this text, each held against the worst autonomous "
		    "system of the organisation. Data: theirs, and AS organisations");
	else
		limits_item(out, c);
	if (c->guidance != NULL)
		md_item_text(out, "Note of the pack", c->guidance);
	if (c->threshold_source != NULL)
		md_item_text(out, "Where the pack has its bars from, in the words of its authors", c->threshold_source);
}

void
tender_item(struct str *out, const struct demand *d, const char *mark, const char *asks)
{
	const struct control *c = d->control;
	struct str s = {0};

	md_text(&s, mark);
	str_adds(&s, ". ");
	md_text(&s, c->title);
	md_heading(out, 4, s.p);
	str_clear(&s);
	str_addf(&s, "**%s, weight %" PRIu32 ".** %s ", c->required ? "Required" : "Wished", d->weight, asks);
	md_text(&s, c->statement);
	md_paragraph(out, s.p);
	str_addc(out, '\n');
	if (d->reason != NULL)
		md_item_text(out, "Why it is asked", d->reason);
	str_clear(&s);
	say_control(&s, d);
	md_item_text(out, "Control", s.p);
	str_release(&s);
}

void
tender_requirement(struct str *out, const struct ask *a)
{
	const struct demand *d = a->demand;
	char mark[16];

	snprintf(mark, sizeof(mark), "R%u", a->number);
	tender_item(out, d, mark, d->control->required ? "The Provider shall see to it that the following holds for each Network."
	    : "The Provider should see to it that the following holds for each Network.");
	checks(out, d);
	evidence_item(out, d);
}
