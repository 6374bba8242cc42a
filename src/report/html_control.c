/* html_control: one control: its verdict, the number on its scale, the trend, and what is folded under it. */
#include "report/disputes.h"
#include "report/html_part.h"
#include "report/layout.h"
#include "report/plot.h"
#include "rule/say.h"

#include <inttypes.h>

void
html_control_id(struct str *out, const struct pack *p, const struct control *c)
{
	str_adds(out, "c-");
	html_slug(out, p->id);
	str_addc(out, '-');
	html_slug(out, c->id);
}

/* Is there a number to draw? */
static bool
has_number(const struct judgement *j, size_t t)
{
	return j->control->tests[t].judged && j->metrics[t]->state == METRIC_OK;
}

bool
html_control_shows(const struct html_as *a, const struct judgement *j)
{
	size_t t;

	if (j->verdict == VERDICT_PASS || j->verdict == VERDICT_WARN || j->verdict == VERDICT_FAIL)
		return true;
	for (t = 0; j->metrics != NULL && t < j->control->n_tests; t++)
		if (has_number(j, t) ||
		    (j->control->tests[t].judged && html_trend_has(a, j->control->tests[t].metric)))
			return true;
	return false;
}

/* The same in words: what the picture shows, for who does not see it. */
static void
describe(struct str *out, const struct judgement *j, const struct control_test *t, const struct metric *m)
{
	say_metric(out, m);
	str_adds(out, ". Asked for: ");
	say_bars(out, t, j->is_cdn);
	str_addc(out, '.');
}

static size_t
n_judged(const struct control *c)
{
	size_t t, n = 0;

	for (t = 0; t < c->n_tests; t++)
		n += c->tests[t].judged;
	return n;
}

/* What the number is; and what it says, unless the reason beside it has said so. */
static void
caption(struct str *out, const struct judgement *j, size_t t, const char *desc)
{
	html_open(out, "figcaption", NULL);
	html_text(out, metric_text(j->metrics[t]->id));
	if (j->metrics[t] != j->decides || j->because != BECAUSE_NUMBER) {
		str_adds(out, ". ");
		html_text(out, desc);
	}
	html_close(out, "figcaption");
}

bool
html_was_judged(const struct judgement *j, size_t t)
{
	struct control one = *j->control;
	struct judgement alone;

	if (j->verdict == VERDICT_NO_DATA || j->verdict == VERDICT_NOT_APPLICABLE ||
	    (j->control->tests[t].judged && !judgement_rests(j, t)))
		return false;
	one.tests[0] = j->control->tests[t];
	one.n_tests = 1;
	control_judge(&one, &j->metrics[t], j->at, j->is_cdn, &alone);
	return alone.because == BECAUSE_NUMBER;
}

static void
figure(struct html_as *a, const struct pack *p, const struct judgement *j, size_t t, const char *id)
{
	const struct control *c = j->control;
	struct str title = {0}, desc = {0}, plot_id = {0};
	struct plot plot = {.test = &c->tests[t], .metric = j->metrics[t], .is_cdn = j->is_cdn};

	str_addf(&plot_id, "%s-%s", id, metric_word(j->metrics[t]->id));
	str_addf(&title, "%s %s: %s of AS%" PRIu32, p->id, c->id, metric_word(j->metrics[t]->id), a->r->asn);
	describe(&desc, j, &c->tests[t], j->metrics[t]);
	plot.id = plot_id.p;
	plot.title = title.p;
	plot.desc = desc.p;
	plot.hollow = !html_was_judged(j, t);
	html_open(a->out, "figure", NULL);
	plot_number(a->out, &plot);
	caption(a->out, j, t, desc.p);
	html_close(a->out, "figure");
	str_release(&title);
	str_release(&desc);
	str_release(&plot_id);
}

static void
heading(struct html_as *a, const struct judgement *j, const char *id)
{
	str_addf(a->out, "<h3 id=\"%s\">", id);
	html_verdict(a->out, j->verdict);
	str_adds(a->out, " <span class=\"cid\">");
	html_text(a->out, j->control->id);
	str_adds(a->out, "</span> ");
	html_text(a->out, j->control->title);
	str_addf(a->out, " <span class=\"req\">%s</span></h3>\n",
	    j->control->required ? "required" : "not required");
}

/* The reason, in a sentence with a capital and a full stop; then what mends it. */
static void
words(struct html_as *a, const struct judgement *j)
{
	size_t from;

	html_open(a->out, "p", "class=\"why\"");
	from = a->out->len;
	say_reason(a->out, j);
	html_sentence(a->out, from);
	html_close(a->out, "p");
	if (n_judged(j->control) > 1)
		html_el(a->out, "p", "class=\"note\"", say_join(j->control->join));
	if (j->control->remedy == NULL || (j->verdict != VERDICT_FAIL && j->verdict != VERDICT_WARN))
		return;
	str_adds(a->out, "<p class=\"mend\"><strong>To mend it:</strong> ");
	html_text(a->out, j->control->remedy);
	str_adds(a->out, "</p>\n");
}

void
html_control(struct html_as *a, const struct pack *p, const struct judgement *j)
{
	const struct control *c = j->control;
	struct str id = {0};
	size_t t;

	html_control_id(&id, p, c);
	str_addf(a->out, "<article class=\"control\" aria-labelledby=\"%s\">\n", id.p);
	heading(a, j, id.p);
	str_adds(a->out, "<div class=\"pair\">\n<div class=\"words\">\n");
	words(a, j);
	if (disputed_of(a->r, p, c) != NULL)
		html_disputes(a->out, disputed_of(a->r, p, c));
	str_adds(a->out, "</div>\n<div class=\"plots\">\n");
	for (t = 0; j->metrics != NULL && t < c->n_tests; t++)
		if (has_number(j, t))
			figure(a, p, j, t, id.p);
	str_adds(a->out, "</div>\n<div class=\"trends\">\n");
	for (t = 0; j->metrics != NULL && t < c->n_tests; t++)
		if (c->tests[t].judged)
			html_trend(a, c, &c->tests[t], j->metrics[t], id.p);
	str_adds(a->out, "</div>\n</div>\n");
	for (t = 0; j->metrics != NULL && t < c->n_tests; t++)
		html_records(a, p, c, j->metrics[t], id.p);
	html_requirement(a, p, j);
	html_close(a->out, "article");
	str_release(&id);
}
