/* html_side: a few networks side by side: verdicts with numbers in a table, and each share or score drawn. */
#include "report/html_part.h"
#include "report/layout.h"
#include "report/plot.h"
#include "rule/say.h"

#include <inttypes.h>
#include <stdio.h>

/* The test that decided, else the first judged one: where it stands in judgement->metrics; n_tests: none. */
static size_t
test_of(const struct judgement *j)
{
	size_t t, first = j->control->n_tests;

	for (t = j->control->n_tests; j->metrics != NULL && t-- > 0;) {
		if (!j->control->tests[t].judged)
			continue;
		first = t;
		if (j->test == &j->control->tests[t])
			return t;
	}
	return first;
}

void
html_cells_fill(struct html_row *row, const struct as_result *r)
{
	struct html_cell *c;
	size_t i, k, n = 0, t;

	for (i = 0; i < r->n_packs; i++)
		n += r->packs[i].n;
	row->cells = c = xcalloc(n, sizeof(*c));
	for (i = 0; i < r->n_packs; i++)
		for (k = 0; k < r->packs[i].n; k++, c++) {
			const struct judgement *j = &r->packs[i].judgements[k];

			c->verdict = j->verdict;
			t = test_of(j);
			if (t == j->control->n_tests)
				continue;
			c->test = &j->control->tests[t];
			c->metric = (struct metric){.id = j->metrics[t]->id,
			    .asn = r->asn,
			    .state = j->metrics[t]->state,
			    .num = j->metrics[t]->num,
			    .den = j->metrics[t]->den,
			    .value_ppm = j->metrics[t]->value_ppm,
			    .lo_ppm = j->metrics[t]->lo_ppm,
			    .hi_ppm = j->metrics[t]->hi_ppm};
		}
}

static bool
has_number(const struct html_cell *c)
{
	return c->test != NULL && c->metric.state == METRIC_OK;
}

static void
cell(struct str *out, const struct html_cell *c)
{
	str_adds(out, "<td>");
	html_verdict(out, c->verdict);
	if (has_number(c)) {
		str_adds(out, " <span class=\"num\">");
		say_number(out, &c->metric);
		html_population(out, &c->metric);
		str_adds(out, "</span>");
	}
	html_close(out, "td");
}

static void
table(struct str *out, const struct pack *p, size_t at, const struct html_row *rows, size_t n)
{
	char names[HTML_SIDE_MAX][16];
	const char *heads[HTML_SIDE_MAX + 1] = {"Control"};
	struct str caption = {0};
	size_t i, k;

	for (i = 0; i < n; i++) {
		snprintf(names[i], sizeof(names[i]), "AS%" PRIu32, rows[i].asn);
		heads[i + 1] = names[i];
	}
	str_addf(&caption, "%s %s%s, side by side", p->id, p->version, pack_label(p));
	html_table(out, caption.p, heads, n + 1);
	for (k = 0; k < p->n; k++) {
		str_adds(out, "<tr><th scope=\"row\" class=\"id\">");
		html_text(out, p->controls[k].id);
		str_addf(out, "%s</th>", p->controls[k].required ? "*" : "");
		for (i = 0; i < n; i++)
			cell(out, &rows[i].cells[at + k]);
		str_adds(out, "</tr>\n");
	}
	html_table_end(out);
	str_release(&caption);
}

/* --- drawings --- */

struct side {
	const struct pack *pack;
	const struct control *control;
	const struct control_test *test;
	bool by_cdn, is_cdn; /* the networks whose bar it is: all, or those that are CDNs or are not */
	struct plot_row rows[HTML_SIDE_MAX];
	char labels[HTML_SIDE_MAX][16];
	size_t n;
};

static void
pick(struct side *s, const struct html_row *rows, size_t n, size_t at)
{
	const struct html_cell *c;
	size_t i;

	s->n = 0;
	for (i = 0; i < n; i++) {
		c = &rows[i].cells[at];
		if ((s->by_cdn && rows[i].is_cdn != s->is_cdn) || c->test == NULL ||
		    c->test->metric != s->test->metric)
			continue;
		snprintf(s->labels[s->n], sizeof(s->labels[s->n]), "AS%" PRIu32, rows[i].asn);
		s->rows[s->n] = (struct plot_row){.label = s->labels[s->n], .metric = &c->metric,
		    .hollow = c->verdict == VERDICT_NO_DATA || c->verdict == VERDICT_NOT_APPLICABLE};
		s->n++;
	}
}

static void
describe(struct str *out, const struct side *s)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		str_addf(out, "%s%s: ", i > 0 ? "; " : "", s->labels[i]);
		if (s->rows[i].metric->state == METRIC_OK)
			say_metric(out, s->rows[i].metric);
		else
			str_adds(out, "no number");
	}
	str_adds(out, ". Asked for: ");
	say_bars(out, s->test, s->is_cdn);
	str_addc(out, '.');
}

static void
figure(struct str *out, const struct side *s)
{
	struct str id = {0}, title = {0}, desc = {0};

	str_adds(&id, "d-");
	html_slug(&id, s->pack->id);
	str_addc(&id, '-');
	html_slug(&id, s->control->id);
	str_addf(&id, "-%s%s", metric_word(s->test->metric), s->by_cdn && s->is_cdn ? "-cdn" : "");
	str_addf(&title, "%s %s side by side: %s", s->pack->id, s->control->id, metric_word(s->test->metric));
	describe(&desc, s);
	html_open(out, "figure", NULL);
	plot_rows(out,
	    &(struct plot){.id = id.p, .title = title.p, .desc = desc.p, .test = s->test, .is_cdn = s->is_cdn},
	    s->rows, s->n);
	str_adds(out, "<figcaption><strong>");
	html_text(out, s->control->id);
	str_addc(out, ' ');
	html_text(out, s->control->title);
	str_addf(out, "</strong>%s%s. ", pack_label(s->pack),
	    s->by_cdn && s->is_cdn ? ", for CDNs" : "");
	html_text(out, metric_text(s->test->metric));
	str_adds(out, ".</figcaption></figure>\n");
	str_release(&id);
	str_release(&title);
	str_release(&desc);
}

/* A control may have several judged tests, of which each network shows the one that decided. */
static void
drawings(struct str *out, const struct pack *p, const struct control *c, size_t at, const struct html_row *rows,
    size_t n)
{
	struct side s = {.pack = p, .control = c};
	size_t t, i;
	bool any;
	int cdn;

	for (t = 0; t < c->n_tests; t++) {
		s.test = &c->tests[t];
		if (!s.test->judged ||
		    (metric_unit(s.test->metric) != UNIT_SHARE && metric_unit(s.test->metric) != UNIT_SCORE))
			continue;
		s.by_cdn = s.test->pass_cdn >= 0;
		for (cdn = 0; cdn <= (int)s.by_cdn; cdn++) {
			s.is_cdn = cdn > 0;
			pick(&s, rows, n, at);
			for (any = false, i = 0; i < s.n; i++)
				any |= s.rows[i].metric->state == METRIC_OK;
			if (any)
				figure(out, &s);
		}
	}
}

void
html_side(struct str *out, const struct assessment *head, const struct html_row *rows, size_t n)
{
	const struct pack *p;
	size_t i, k, at = 0;

	str_adds(out, "<section aria-labelledby=\"side\">\n<h2 id=\"side\">Side by side</h2>\n");
	for (i = 0; i < head->n_packs; at += head->packs[i].n, i++)
		table(out, &head->packs[i], at, rows, n);
	str_addf(out, "<p class=\"note\">%s</p>\n<div class=\"grid-figures\">\n", plot_note);
	for (i = 0, at = 0; i < head->n_packs; i++)
		for (p = &head->packs[i], k = 0; k < p->n; k++, at++)
			drawings(out, p, &p->controls[k], at, rows, n);
	str_adds(out, "</div>\n</section>\n");
}
