/* html_compare_demand: a section for each demand: what is asked, the numbers of all, who falls short by how much, and
 * who cannot be judged and why. */
#include "report/html_compare.h"
#include "report/layout.h"
#include "report/plot.h"
#include "rule/say.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- what is asked --- */

/* Whether the buyer has the bars that the pack has. */
static bool
own_bars(const struct demand *d)
{
	const struct control *from = pack_control(d->from, span_of(d->control->id)), *c = d->control;
	size_t t;

	if (from == NULL)
		return true;
	for (t = 0; t < c->n_tests && t < from->n_tests; t++)
		if (c->tests[t].pass != from->tests[t].pass || c->tests[t].warn != from->tests[t].warn ||
		    c->tests[t].pass_cdn != from->tests[t].pass_cdn)
			return true;
	return c->n_tests != from->n_tests;
}

static void
bars(struct str *out, const struct demand *d)
{
	const struct control *c = d->control, *from = pack_control(d->from, span_of(c->id));
	struct str s = {0};
	size_t t;

	for (t = 0; t < c->n_tests; t++) {
		if (!c->tests[t].judged)
			continue;
		str_clear(&s);
		str_addf(&s, "%s: ", metric_word(c->tests[t].metric));
		say_bars(&s, &c->tests[t], false);
		if (c->tests[t].pass_cdn >= 0) {
			str_adds(&s, "; CDNs: ");
			say_bars(&s, &c->tests[t], true);
		}
		if (own_bars(d) && from != NULL && t < from->n_tests) {
			str_adds(&s, "; set by the buyer, the pack has ");
			say_bars(&s, &from->tests[t], false);
		}
		html_term(out, "bar", s.p);
	}
	if (!own_bars(d))
		html_term(out, "bar from", c->threshold_source);
	str_release(&s);
}

static void
evidence_asked(struct str *out, const struct demand *d)
{
	struct str s = {0};

	str_addf(&s, "%s%s", class_word(d->least), d->least + 1 < CLASS_N ? " or better" : "");
	if (d->class != d->least)
		str_addf(&s, "; this demand is judged by %s evidence", class_word(d->class));
	html_term(out, "evidence", s.p);
	str_clear(&s);
	if (d->control->age_max_days > 0)
		str_addf(&s, "at most %" PRIu32 " days from the moment judged for", d->control->age_max_days);
	else
		str_adds(&s, "of any age");
	html_term(out, "age", s.p);
	str_release(&s);
}

static void
asks(struct str *out, const struct demand *d)
{
	const struct control *c = d->control;
	struct str pack = {0};
	size_t t, n = 0;

	html_el(out, "p", "class=\"why\"", c->statement);
	str_adds(out, "<dl>\n");
	html_term(out, "asked because", d->reason);
	bars(out, d);
	html_term(out, "also needs", c->also_needs);
	evidence_asked(out, d);
	str_addf(&pack, "%s %s%s", d->from->id, d->from->version, pack_label(d->from));
	html_term(out, "pack", pack.p);
	str_adds(out, "</dl>\n");
	for (t = 0; t < c->n_tests; t++)
		n += c->tests[t].judged;
	if (n > 1)
		html_el(out, "p", "class=\"note\"", say_join(c->join));
	str_release(&pack);
}

/* --- what becomes of it --- */

static void
counts(struct html_compare *h, size_t k)
{
	size_t n[OUTCOME_N] = {0}, i;
	enum outcome o;

	for (i = 0; i < h->c->n; i++)
		n[html_held(h, &h->c->nets[i], k)->outcome]++;
	str_adds(h->out, "<p class=\"counts\">");
	for (o = 0; o < OUTCOME_N; o++) {
		if (n[o] == 0)
			continue;
		str_adds(h->out, "<span>");
		html_outcome(h->out, o);
		str_addf(h->out, " %zu of %zu</span> ", n[o], h->c->n);
	}
	str_adds(h->out, "</p>\n");
}

/* An answer that does not decide is said all the same, as what it is. */
static void
unheard(struct str *out, const struct held *h)
{
	bool measured = h->by == HELD_JUDGEMENT || h->by == HELD_CLASS;

	if (h->answer == NULL || (!measured && h->by != HELD_UNSEEN))
		return;
	str_addf(out, " The provider answered \"%s\"%s", answer_text(h->answer->value),
	    measured ? "; what is measured goes before an answer." : ", which does not count here.");
}

/* Nothing to explain: it meets the bar by measurement, and the number is drawn. */
static bool
plain(const struct held *h)
{
	return h->outcome == OUTCOME_MEETS && h->by == HELD_JUDGEMENT;
}

/* Why, for each network: many have the same to be told, and are told together. */
struct reasons {
	struct str *text;	/* owned, as markup; of each network */
	bool *done;
};

static void
reasons_fill(struct html_compare *h, size_t k, struct reasons *r)
{
	size_t i;

	*r = (struct reasons){xcalloc(h->c->n, sizeof(*r->text)), xcalloc(h->c->n, sizeof(*r->done))};
	for (i = 0; i < h->c->n; i++) {
		say_held(&r->text[i], html_held(h, &h->c->nets[i], k));
		html_sentence(&r->text[i], 0);
		unheard(&r->text[i], html_held(h, &h->c->nets[i], k));
	}
}

static void
reasons_release(struct reasons *r, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		str_release(&r->text[i]);
	free(r->text);
	free(r->done);
}

/* Network i, and those after it that have the same outcome for the same reason. */
static void
alike(struct html_compare *h, size_t k, struct reasons *r, size_t i)
{
	enum outcome o = html_held(h, &h->c->nets[i], k)->outcome;
	struct str names = {0};
	size_t n = 0, m;

	for (m = i; m < h->c->n; m++) {
		if (r->done[m] || html_held(h, &h->c->nets[m], k)->outcome != o || strcmp(r->text[m].p, r->text[i].p) != 0)
			continue;
		r->done[m] = true;
		str_addf(&names, "%sAS%" PRIu32, n++ > 0 ? ", " : "", h->c->nets[m].as.asn);
	}
	str_addf(h->out, "<li><strong>%s</strong> ", names.p);
	html_outcome(h->out, o);
	str_adds(h->out, " <span>");
	str_add(h->out, str_span(&r->text[i]));
	str_adds(h->out, "</span></li>\n");
	str_release(&names);
}

/* The networks that are so, those that fall short first. A list, as a table would not fit on a narrow screen. */
static void
networks(struct html_compare *h, size_t k, struct reasons *r, bool is_plain)
{
	static const enum outcome order[] = {OUTCOME_SHORT, OUTCOME_UNKNOWN, OUTCOME_MEETS, OUTCOME_NOT_APPLICABLE};
	const struct held *held;
	size_t i, o, n = 0;

	for (o = 0; o < OUTCOME_N; o++)
		for (i = 0; i < h->c->n; i++) {
			held = html_held(h, &h->c->nets[i], k);
			if (held->outcome != order[o] || plain(held) != is_plain || r->done[i])
				continue;
			if (n++ == 0)
				html_open(h->out, "ul", "class=\"who\"");
			alike(h, k, r, i);
		}
	if (n > 0)
		html_close(h->out, "ul");
}

static void
outcomes(struct html_compare *h, size_t k)
{
	struct reasons r;
	size_t i, n = 0;

	reasons_fill(h, k, &r);
	networks(h, k, &r, false);
	for (i = 0; i < h->c->n; i++)
		n += plain(html_held(h, &h->c->nets[i], k));
	if (n > 0) {
		str_addf(h->out, "<details>\n<summary>%zu network%s it: the numbers</summary>\n", n,
		    n == 1 ? " meets" : "s meet");
		networks(h, k, &r, true);
		html_close(h->out, "details");
	}
	reasons_release(&r, h->c->n);
}

/* What is asked, and beside it the numbers of all, if there are any. */
static void
pair(struct html_compare *h, size_t k)
{
	struct str figures = {0}, *page = h->out;

	h->out = &figures;
	html_compare_figures(h, k);
	h->out = page;
	str_adds(page, figures.len > 0 ? "<div class=\"pair\">\n<div class=\"words\">\n" : "<div>\n<div>\n");
	asks(page, html_demand(h, k));
	str_adds(page, figures.len > 0 ? "</div>\n<div class=\"plots\">\n" : "");
	str_add(page, str_span(&figures));
	str_adds(page, "</div>\n</div>\n");
	str_release(&figures);
}

static void
demand(struct html_compare *h, size_t k)
{
	const struct demand *d = html_demand(h, k);

	str_addf(h->out, "<article class=\"control demand\" aria-labelledby=\"%s\">\n<h3 id=\"%s\"><span class=\"cid\">",
	    html_demand_id(h, k), html_demand_id(h, k));
	html_text(h->out, d->control->id);
	str_adds(h->out, "</span> ");
	html_text(h->out, d->control->title);
	str_addf(h->out, " <span class=\"req\">%s, weight %" PRIu32 "</span></h3>\n",
	    d->control->required ? "required" : "wished", d->weight);
	counts(h, k);
	pair(h, k);
	outcomes(h, k);
	html_close(h->out, "article");
}

void
html_compare_demands(struct html_compare *h)
{
	size_t k;

	str_addf(h->out, "<section class=\"sheet\" aria-labelledby=\"demands\">\n<h2 id=\"demands\">Demand by demand</h2>\n"
	    "<p class=\"note\">%s The bar is the edge of PASS: what is in WARN falls short, too.</p>\n", plot_note);
	for (k = 0; k < h->c->req->pack.n; k++)
		demand(h, k);
	html_close(h->out, "section");
}
