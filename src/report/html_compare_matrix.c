/* html_compare_matrix: every demand against every network, in tables of so many columns as a sheet has room for. */
#include "report/html_compare.h"
#include "report/layout.h"
#include "rule/say.h"

#include <inttypes.h>
#include <stdio.h>

/* The bar alone: where WARN ends matters to nobody who asks for the bar. */
static void
bar(struct str *out, const struct control_test *t, int64_t pass)
{
	enum metric_unit unit = metric_unit(t->metric);

	if (unit != UNIT_BOOL)
		str_adds(out, t->compare == COMPARE_AT_LEAST ? "at least " : "at most ");
	say_bar(out, unit, pass);
	if (t->pass_cdn >= 0 && pass != t->pass_cdn) {
		str_adds(out, " (CDNs ");
		say_bar(out, unit, t->pass_cdn);
		str_addc(out, ')');
	}
}

/* Several numbers with the same bar have it once. */
static void
asks(struct str *out, const struct demand *d)
{
	const struct control *c = d->control;
	struct str one = {0}, last = {0};
	size_t t, n = 0;

	for (t = 0; t < c->n_tests; t++) {
		if (!c->tests[t].judged)
			continue;
		str_clear(&one);
		bar(&one, &c->tests[t], c->tests[t].pass);
		if (n > 0 && strcmp(one.p, last.p) == 0)
			continue;
		str_adds(out, n++ == 0 ? "" : say_join_bars(c->join));
		str_add(out, str_span(&one));
		str_clear(&last);
		str_add(&last, str_span(&one));
	}
	if (n == 0 && c->whole_org)
		str_adds(out, "all networks of the organisation");
	else if (n == 0)
		str_addf(out, "%s evidence", class_word(d->least));
	str_release(&one);
	str_release(&last);
}

/* The number that stands behind the outcome, if one does. */
static void
number(struct str *out, const struct judgement *j)
{
	if (j->decides == NULL || j->decides->state != METRIC_OK)
		return;
	str_adds(out, "<span class=\"num\">");
	say_number(out, j->decides);
	html_population(out, j->decides);
	str_adds(out, "</span>");
}

/* What keeps it from being judged, in two words; "" when it is simply not in the data. */
static const char *
lacks(const struct held *h)
{
	switch (h->by) {
	case HELD_CLASS:
		return "lesser evidence";
	case HELD_ANSWER_CLASS:
		return "an answer is not enough";
	case HELD_ANSWER_UNSIGNED:
		return "answer unsigned";
	case HELD_ANSWER_UNDATED:
		return "answer undated";
	case HELD_ANSWER_LATER:
		return "answer given later";
	case HELD_ANSWER_OLD:
		return "answer run out";
	case HELD_ANSWER_NA:
		return "answered: n.a.";
	case HELD_UNSEEN:
		return "not in the data";
	case HELD_JUDGEMENT:
	case HELD_ANSWER:
		break;
	}
	if (h->judgement->wants_more)
		return "not enough alone";
	if (h->judgement->because == BECAUSE_AGE)
		return "old evidence";
	if (h->judgement->because == BECAUSE_APART)
		return "evidence of other days";
	return h->judgement->because == BECAUSE_UNDATED ? "undated evidence" : "";
}

static void
cell(struct str *out, const struct held *h)
{
	str_adds(out, "<td>");
	html_outcome(out, h->outcome);
	if (h->outcome == OUTCOME_SHORT) {
		str_adds(out, "<span class=\"by\">");
		say_short(out, h);
		str_adds(out, "</span>");
	} else if (h->by == HELD_ANSWER) {
		str_adds(out, "<span class=\"by\">attested</span>");
	} else if (h->outcome == OUTCOME_UNKNOWN && lacks(h)[0] != '\0') {
		str_addf(out, "<span class=\"by\">%s</span>", lacks(h));
	}
	number(out, h->judgement);
	html_close(out, "td");
}

static void
row(struct html_compare *h, size_t k, size_t from, size_t till)
{
	const struct demand *d = html_demand(h, k);
	size_t i;

	str_addf(h->out, "<tr><th scope=\"row\"><a href=\"#%s\">", html_demand_id(h, k));
	html_text(h->out, d->control->id);
	str_addf(h->out, "</a>%s <span class=\"title\">", d->control->required ? "*" : "");
	html_text(h->out, d->control->title);
	str_addf(h->out, " <span class=\"by\">weight %" PRIu32 "</span></span></th><td class=\"asks\">", d->weight);
	asks(h->out, d);
	str_adds(h->out, "</td>");
	for (i = from; i < till; i++)
		cell(h->out, html_held(h, &h->c->nets[i], k));
	str_adds(h->out, "</tr>\n");
}

static void
table(struct html_compare *h, size_t from, size_t till)
{
	const char *heads[COMPARE_COLUMNS + 2] = {"Demand (* required)", "Asks"};
	char names[COMPARE_COLUMNS][16];
	struct str caption = {0};
	size_t i, k;

	for (i = from; i < till; i++) {
		snprintf(names[i - from], sizeof(names[0]), "AS%" PRIu32, h->c->nets[i].as.asn);
		heads[i - from + 2] = names[i - from];
	}
	str_addf(&caption, "Each demand and what becomes of it: network%s %zu", till - from == 1 ? "" : "s", from + 1);
	if (till - from > 1)
		str_addf(&caption, " to %zu", till);
	str_addf(&caption, " of %zu", h->c->n);
	html_table(h->out, caption.p, heads, till - from + 2);
	for (k = 0; k < h->c->req->pack.n; k++)
		row(h, k, from, till);
	html_table_end(h->out);
	str_release(&caption);
}

void
html_compare_matrix(struct html_compare *h)
{
	size_t piece = html_piece(h->c->n, COMPARE_COLUMNS), from, till;

	str_adds(h->out, "<section class=\"sheet matrix\" aria-labelledby=\"matrix\">\n<h2 id=\"matrix\">Side by side</h2>\n");
	for (from = 0; from < h->c->n; from = till) {
		till = from + piece < h->c->n ? from + piece : h->c->n;
		table(h, from, till);
	}
	html_close(h->out, "section");
}
