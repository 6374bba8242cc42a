/* html_compare_figure: the numbers of all networks that a demand is about, on the scale of its bars. */
#include "report/html_compare.h"
#include "report/layout.h"
#include "report/plot.h"
#include "rule/say.h"

#include <inttypes.h>
#include <stdio.h>

struct figure {
	const struct demand *demand;
	size_t k, t;			/* demand in the order shown; test */
	bool by_cdn, is_cdn;		/* whose bar it is: of all, or of those that are CDNs or are not */
	struct plot_row rows[COMPARE_ROWS];
	char labels[COMPARE_ROWS][16];
	size_t n, part, n_parts;
};

static const struct control_test *
test_of(const struct figure *f)
{
	return &f->demand->control->tests[f->t];
}

static bool
shows(const struct figure *f, const struct compared *net, const struct judgement *j)
{
	return j->metrics != NULL && (!f->by_cdn || net->as.is_cdn == f->is_cdn);
}

static void
row_add(struct figure *f, const struct compared *net, const struct judgement *j)
{
	snprintf(f->labels[f->n], sizeof(f->labels[0]), "AS%" PRIu32, net->as.asn);
	f->rows[f->n] = (struct plot_row){.label = f->labels[f->n], .metric = j->metrics[f->t],
	    .hollow = j->metrics[f->t]->state == METRIC_OK && !html_was_judged(j, f->t)};
	f->n++;
}

static void
describe(struct str *out, const struct figure *f)
{
	size_t i;

	for (i = 0; i < f->n; i++) {
		str_addf(out, "%s%s: ", i > 0 ? "; " : "", f->labels[i]);
		if (f->rows[i].metric->state == METRIC_OK)
			say_metric(out, f->rows[i].metric);
		else
			str_adds(out, "no number");
		if (f->rows[i].hollow)
			str_adds(out, ", which could not be judged");
	}
	str_adds(out, ". Asked for: ");
	say_bars(out, test_of(f), f->is_cdn);
	str_addc(out, '.');
}

static void
draw(struct html_compare *h, struct figure *f)
{
	const char *word = metric_word(test_of(f)->metric);
	struct str id = {0}, title = {0}, desc = {0};

	f->part++;
	str_addf(&id, "%s-%s-%zu%s", html_demand_id(h, f->k), word, f->part, f->is_cdn ? "-cdn" : "");
	str_addf(&title, "%s: %s of %zu network%s", f->demand->control->id, word, f->n, f->n == 1 ? "" : "s");
	describe(&desc, f);
	html_open(h->out, "figure", NULL);
	plot_rows(h->out, &(struct plot){.id = id.p, .title = title.p, .desc = desc.p, .test = test_of(f),
	    .is_cdn = f->is_cdn}, f->rows, f->n);
	str_adds(h->out, "<figcaption>");
	html_text(h->out, metric_text(test_of(f)->metric));
	str_adds(h->out, f->is_cdn ? "; the bar of CDNs" : "");
	if (f->n_parts > 1)
		str_addf(h->out, " (%zu of %zu)", f->part, f->n_parts);
	str_adds(h->out, "</figcaption></figure>\n");
	str_release(&id);
	str_release(&title);
	str_release(&desc);
	f->n = 0;
}

/* One number of all networks, in as many drawings as it takes; none when nobody has it. */
static void
number(struct html_compare *h, struct figure *f)
{
	const struct judgement *j;
	size_t i, n = 0, numbers = 0, piece;

	for (i = 0; i < h->c->n; i++) {
		j = html_held(h, &h->c->nets[i], f->k)->judgement;
		if (!shows(f, &h->c->nets[i], j))
			continue;
		n++;
		numbers += j->metrics[f->t]->state == METRIC_OK;
	}
	if (numbers == 0)
		return;
	piece = html_piece(n, COMPARE_ROWS);
	f->part = 0;
	f->n_parts = (n + piece - 1) / piece;
	for (i = 0; i < h->c->n; i++) {
		j = html_held(h, &h->c->nets[i], f->k)->judgement;
		if (shows(f, &h->c->nets[i], j))
			row_add(f, &h->c->nets[i], j);
		if (f->n == piece)
			draw(h, f);
	}
	if (f->n > 0)
		draw(h, f);
}

void
html_compare_figures(struct html_compare *h, size_t k)
{
	struct figure f = {.demand = html_demand(h, k), .k = k};
	const struct control *c = f.demand->control;
	int cdn;

	for (f.t = 0; f.t < c->n_tests; f.t++) {
		if (!c->tests[f.t].judged)
			continue;
		f.by_cdn = c->tests[f.t].pass_cdn >= 0;
		for (cdn = 0; cdn <= (int)f.by_cdn; cdn++) {
			f.is_cdn = cdn > 0;
			number(h, &f);
		}
	}
}
