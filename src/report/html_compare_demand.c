/* html_compare_demand: a section for each demand: what is asked, the numbers of all, who falls short by how much, and
 * who cannot be judged and why. */
#include "report/html_compare.h"
#include "report/layout.h"
#include "report/plot.h"
#include "rule/say.h"

#include <inttypes.h>

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
	html_term(out, "from", pack.p);
	str_adds(out, "</dl>\n");
	for (t = 0; t < c->n_tests; t++)
		n += c->tests[t].judged;
	if (n > 1)
		html_el(out, "p", "class=\"note\"", c->best ? "One of these numbers is enough: the best decides."
		    : "Each of these numbers must hold: the worst decides.");
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
	static const char *const words[] = {"yes", "no", "not applicable"};

	if (h->answer == NULL || (h->by != HELD_JUDGEMENT && h->by != HELD_CLASS))
		return;
	str_addf(out, " The provider answered \"%s\"; what is measured goes before an answer.", words[h->answer->value]);
}

static void
network(struct str *out, const struct compared *net, const struct held *h)
{
	size_t from;

	str_addf(out, "<tr><th scope=\"row\" class=\"id\">AS%" PRIu32 "</th><td>", net->as.asn);
	html_outcome(out, h->outcome);
	str_adds(out, "</td><td class=\"why\">");
	from = out->len;
	say_held(out, h);
	html_sentence(out, from);
	unheard(out, h);
	str_adds(out, "</td></tr>\n");
}

/* Nothing to explain: it meets the bar by measurement, and the number is drawn. */
static bool
plain(const struct held *h)
{
	return h->outcome == OUTCOME_MEETS && h->by == HELD_JUDGEMENT;
}

/* The networks that are so, those that fall short first; returns how many. */
static size_t
networks(struct html_compare *h, size_t k, bool is_plain, const char *caption)
{
	static const char *const heads[] = {"Network", "Outcome", "Why"};
	static const enum outcome order[] = {OUTCOME_SHORT, OUTCOME_UNKNOWN, OUTCOME_MEETS, OUTCOME_NOT_APPLICABLE};
	const struct held *held;
	size_t i, o, n = 0;

	for (o = 0; o < OUTCOME_N; o++)
		for (i = 0; i < h->c->n; i++) {
			held = html_held(h, &h->c->nets[i], k);
			if (held->outcome != order[o] || plain(held) != is_plain)
				continue;
			if (n++ == 0)
				html_table(h->out, caption, heads, sizeof(heads) / sizeof(*heads));
			network(h->out, &h->c->nets[i], held);
		}
	if (n > 0)
		html_table_end(h->out);
	return n;
}

static void
outcomes(struct html_compare *h, size_t k)
{
	struct str caption = {0};
	size_t i, n = 0;

	str_addf(&caption, "%s: who falls short by how much, who could not be judged, and why",
	    html_demand(h, k)->control->id);
	networks(h, k, false, caption.p);
	for (i = 0; i < h->c->n; i++)
		n += plain(html_held(h, &h->c->nets[i], k));
	if (n > 0) {
		str_addf(h->out, "<details>\n<summary>%zu network%s it: the numbers</summary>\n", n,
		    n == 1 ? " meets" : "s meet");
		str_clear(&caption);
		str_addf(&caption, "%s: who meets it", html_demand(h, k)->control->id);
		networks(h, k, true, caption.p);
		html_close(h->out, "details");
	}
	str_release(&caption);
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
	str_adds(h->out, "<div class=\"pair\">\n<div class=\"words\">\n");
	asks(h->out, d);
	str_adds(h->out, "</div>\n<div class=\"plots\">\n");
	html_compare_figures(h, k);
	str_adds(h->out, "</div>\n</div>\n");
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
