/* html_trend: the number of earlier months and of this one, as a line between its bars. */
#include "report/html_part.h"
#include "report/json.h"
#include "report/layout.h"
#include "report/trend_ground.h"
#include "rule/say.h"

#include <stdlib.h>

struct point {
	struct utc at;
	struct past_number n;
};

struct trend {
	const struct html_as *a;
	const struct control_test *test;
	enum metric_unit unit;
	bool is_cdn;
	struct point *points;		/* owned; the last one is this report */
	size_t n;
	struct trend_ground on;
};

bool
html_trend_has(const struct html_as *a, enum metric_id id)
{
	const struct past_as *as;
	size_t i;

	for (i = 0; a->past != NULL && i < a->past->n; i++) {
		as = past_find(&a->past->reports[i], a->r->asn);
		if (as != NULL && as->number[id].known)
			return true;
	}
	return false;
}

static void
points_fill(struct trend *t, const struct metric *m)
{
	const struct past *past = t->a->past;
	const struct past_as *as;
	size_t i;

	t->points = xcalloc(past->n + 1, sizeof(*t->points));
	for (i = 0; i < past->n; i++) {
		as = past_find(&past->reports[i], t->a->r->asn);
		t->points[t->n].at = past->reports[i].at;
		if (as != NULL)
			t->points[t->n].n = as->number[m->id];
		t->n++;
	}
	t->points[t->n].at = t->a->head->at;
	if (m->state == METRIC_OK)
		t->points[t->n].n = (struct past_number){.known = true,
		    .value_ppm = m->value_ppm,
		    .num = m->num,
		    .den = m->den,
		    .has_interval = t->unit == UNIT_SHARE,
		    .lo_ppm = m->lo_ppm,
		    .hi_ppm = m->hi_ppm};
	t->n++;
}

static void
ground(struct trend *t)
{
	size_t i;

	trend_ground_init(&t->on, t->unit, t->test, t->is_cdn);
	for (i = 0; i < t->n; i++)
		if (t->points[i].n.known)
			trend_ground_add(&t->on, t->points[i].n.value_ppm);
	trend_ground_scale(&t->on, t->points[0].at, t->points[t->n - 1].at);
}

static void
line(struct str *out, const struct trend *t)
{
	const struct point *p, *before = NULL;
	size_t i;
	int x, y;

	for (i = 0; i < t->n; i++, before = p) {
		p = &t->points[i];
		if (before != NULL && before->n.known && p->n.known)
			svg_line(out, "run", svg_at(&t->on.x, before->at.s), svg_at(&t->on.y, before->n.value_ppm),
			    svg_at(&t->on.x, p->at.s), svg_at(&t->on.y, p->n.value_ppm));
	}
	for (i = 0; i < t->n; i++) {
		p = &t->points[i];
		x = svg_at(&t->on.x, p->at.s);
		y = svg_at(&t->on.y, p->n.value_ppm);
		if (!p->n.known) {
			svg_text(out, "t", "middle", x, TREND_BOTTOM - 2, "?");
			continue;
		}
		if (p->n.has_interval)
			svg_whisker_y(out, x, svg_at(&t->on.y, p->n.lo_ppm), svg_at(&t->on.y, p->n.hi_ppm), 3);
		if (i + 1 == t->n)
			svg_diamond(out, "mark", x, y, 6);
		else
			svg_circle(out, "mark", x, y, 4);
	}
}

static void
number_of(struct str *out, const struct trend *t, const struct past_number *n)
{
	struct metric m = {.id = t->test->metric, .num = n->num, .den = n->den, .value_ppm = n->value_ppm};

	if (!n->known)
		str_adds(out, "no data");
	else
		say_number(out, &m);
}

/* The line in words: each month with its number. */
static void
describe(struct str *out, const struct trend *t)
{
	char when[UTC_TEXT];
	size_t i;

	for (i = 0; i < t->n; i++) {
		str_addf(out, "%s%.10s: ", i > 0 ? "; " : "", utc_format(t->points[i].at, when));
		number_of(out, t, &t->points[i].n);
	}
	str_adds(out, ". Asked for now: ");
	say_bars(out, t->test, t->is_cdn);
	str_addc(out, '.');
}

static void
draw(struct str *out, struct trend *t, const char *id, const char *title, const char *desc)
{
	char first[UTC_TEXT], last[UTC_TEXT];

	ground(t);
	svg_begin(out, id, TREND_WIDTH, TREND_HEIGHT, title, desc);
	trend_ground_draw(out, &t->on);
	line(out, t);
	utc_format(t->points[0].at, first);
	utc_format(t->points[t->n - 1].at, last);
	first[10] = last[10] = '\0';
	trend_ground_dates(out, first, last);
	svg_end(out);
}

/* How many records are kept changes no number; and each month has its own window of updates, which is the last member. */
static void
cut_own(struct str *s)
{
	static const char key[] = "\"records_max\":";
	char *from = strstr(s->p, key), *to = from != NULL ? strchr(from, ',') : NULL;
	const char *window;

	if (to != NULL) {
		memmove(from, to + 1, strlen(to + 1) + 1);
		s->len -= (size_t)(to + 1 - from);
	}
	window = json_parameters_window(s->p);
	if (window != NULL) {
		s->len = (size_t)(window - s->p);
		str_addc(s, '}');
	}
}

/* Numbers that were counted in another way are not the same line: it is said. */
static bool
other_parameters(const struct html_as *a)
{
	struct str s = {0};
	struct json_w w;
	bool other = false;
	size_t i;

	json_w_init(&w, &s);
	json_parameters(&w, a->head);
	cut_own(&s);
	for (i = 0; i < a->past->n; i++)
		other |= strcmp(a->past->reports[i].parameters, s.p) != 0;
	str_release(&s);
	return other;
}

void
html_trend(const struct html_as *a, const struct control *c, const struct control_test *test,
    const struct metric *m, const char *id)
{
	struct trend t = {.a = a, .test = test, .unit = metric_unit(m->id), .is_cdn = a->r->is_cdn};
	struct str title = {0}, desc = {0}, drawn = {0};

	if (!html_trend_has(a, m->id))
		return;
	points_fill(&t, m);
	str_addf(&title, "%s: %s over %zu reports", c->id, metric_word(m->id), t.n);
	str_addf(&drawn, "%s-%s-trend", id, metric_word(m->id));
	describe(&desc, &t);
	html_open(a->out, "figure", "class=\"trend\"");
	if (t.unit != UNIT_BOOL)	/* yes and no make no line: the words alone */
		draw(a->out, &t, drawn.p, title.p, desc.p);
	str_addf(a->out, "<figcaption>Trend of %s. ", metric_word(m->id));
	html_text(a->out, desc.p);
	if (other_parameters(a))
		str_adds(a->out, " Some of these reports were made with other parameters than this one.");
	html_close(a->out, "figcaption");
	html_close(a->out, "figure");
	free(t.points);
	str_release(&title);
	str_release(&desc);
	str_release(&drawn);
}
