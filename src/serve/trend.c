#include "serve/trend.h"
#include "serve/trend_line.h"
#include "rule/say.h"

struct trend {
	const struct history_pack *pack;
	const struct history_control *c;
	const char *metric;		/* of the last month that has a number */
	enum metric_unit unit;
	const struct control_test *test;
	bool cdn;
};

/* A number of the same metric; others are no part of the line. */
static bool
has(const struct trend *t, size_t i)
{
	const struct history_cell *c = &t->c->cells[i];

	return c->there && c->has_number && c->decides != NULL && strcmp(c->decides, t->metric) == 0;
}

/* The line in words: each month with its number. */
static void
describe(struct str *out, const struct trend *t)
{
	struct metric m;
	size_t i;

	for (i = 0; i < t->pack->n_months; i++) {
		str_addf(out, "%s%s: ", i > 0 ? "; " : "", t->pack->months[i].label);
		if (has(t, i) && page_metric(&t->c->cells[i], 0, &m))
			say_number(out, &m);
		else
			str_adds(out, "no data");
	}
	if (t->test != NULL) {
		str_adds(out, ". Asked for now: ");
		say_bars(out, t->test, t->cdn);
	}
	str_addc(out, '.');
}

/* Two months whose numbers were made in different ways are on one line all the same: it is said. */
static void
cautions(struct str *out, const struct trend *t)
{
	size_t i, n = 0;

	for (i = 0; i < t->pack->n_months; i++)
		n += t->pack->months[i].n_cautions > 0 || t->c->cells[i].n_cautions > 0;
	if (n > 0)
		str_adds(out, " Some months are not strictly comparable: their pack, parameters or evidence differ.");
}

/* "66.30 % of 1,203 (95 % interval 63.60-68.90)"; out is of the arena. */
static const char *
said(const struct history_cell *c, struct arena *a)
{
	struct str s = {0};
	struct metric m;
	const char *out;

	if (page_metric(c, 0, &m)) {
		say_number(&s, &m);
		html_population(&s, &m);
		if (metric_unit(m.id) == UNIT_SHARE) {
			str_adds(&s, " (95 % interval ");
			say_percent(&s, m.lo_ppm);
			str_addc(&s, '-');
			say_percent(&s, m.hi_ppm);
			str_addc(&s, ')');
		}
	}
	out = arena_strdup(a, str_span(&s));
	str_release(&s);
	return out;
}

static void
draw(struct str *out, const struct trend *t, const char *id, const char *desc)
{
	const struct history_month *m = t->pack->months;
	const struct history_cell *c = t->c->cells;
	struct arena *a = arena_new();
	struct trend_point *p = arena_array(a, t->pack->n_months, sizeof(*p));
	struct trend_line l = {.p = p, .n = t->pack->n_months, .unit = t->unit, .test = t->test, .cdn = t->cdn, .id = id,
	    .desc = desc};
	size_t i;

	for (i = 0; i < l.n; i++)
		p[i] = (struct trend_point){.at = m[i].at, .label = m[i].label, .has = has(t, i), .judged = history_judged(&c[i]),
		    .gap = m[i].gap, .value = c[i].value, .lo = c[i].lo_ppm, .hi = c[i].hi_ppm, .said = has(t, i) ? said(&c[i], a) : NULL};
	l.title = arena_printf(a, "%s: %s over %zu months", t->c->id, t->metric, l.n);
	trend_line_open(out, &l);
	arena_free(a);
}

void
trend(struct str *out, const struct history_pack *p, const struct history_control *c, const struct control_test *test,
    bool cdn, const char *id)
{
	struct trend t = {.pack = p, .c = c, .test = test, .cdn = cdn};
	struct str desc = {0};
	size_t i, n = 0;

	for (i = p->n_months; i-- > 0 && t.metric == NULL;)
		if (c->cells[i].there && c->cells[i].has_number && c->cells[i].decides != NULL) {
			t.metric = c->cells[i].decides;
			t.unit = c->cells[i].unit;
		}
	for (i = 0; t.metric != NULL && i < p->n_months; i++)
		n += has(&t, i);
	if (n < 2)
		return;
	if (test != NULL && strcmp(metric_word(test->metric), t.metric) != 0)
		t.test = NULL;
	describe(&desc, &t);
	if (t.unit == UNIT_BOOL)	/* yes and no make no line: the words alone */
		html_open(out, "figure", "class=\"trend\"");
	else
		draw(out, &t, id, desc.p);
	str_adds(out, "<figcaption>");
	if (t.unit == UNIT_BOOL)
		html_text(out, desc.p);
	else	/* what is drawn is told in its description */
		str_addf(out, "%s over %zu months.", t.metric, p->n_months);
	cautions(out, &t);
	html_close(out, "figcaption");
	html_close(out, "figure");
	str_release(&desc);
}
