#include "serve/trend_line.h"
#include "report/html.h"
#include "rule/say.h"

#include <inttypes.h>

static void
ground(struct trend_ground *on, const struct trend_line *l)
{
	size_t i;

	trend_ground_init(on, l->unit, l->test, l->cdn);
	if (l->unit == UNIT_SHARE && l->test == NULL) {	/* without bars a rise is as high as it is */
		trend_ground_add(on, 0);
		trend_ground_add(on, 1000000);
	}
	for (i = 0; i < l->n; i++)
		if (l->p[i].has)
			trend_ground_add(on, l->p[i].value);
	trend_ground_scale(on, l->p[0].at, l->p[l->n - 1].at);
}

static void
points(struct str *out, const struct trend_line *l, const struct trend_ground *on)
{
	const struct trend_point *p = l->p;
	size_t i;
	int x, y;

	for (i = 1; i < l->n; i++)	/* no line over a gap: nobody knows what was there */
		if (p[i - 1].has && p[i].has && !p[i].gap)
			svg_line(out, "run", svg_at(&on->x, p[i - 1].at.s), svg_at(&on->y, p[i - 1].value),
			    svg_at(&on->x, p[i].at.s), svg_at(&on->y, p[i].value));
	for (i = 0; i < l->n; i++) {
		x = svg_at(&on->x, p[i].at.s);
		if (!p[i].has) {
			svg_text(out, "t", "middle", x, TREND_BOTTOM - 2, "?");
			continue;
		}
		y = svg_at(&on->y, p[i].value);
		if (l->unit == UNIT_SHARE)
			svg_whisker_y(out, x, svg_at(&on->y, p[i].lo), svg_at(&on->y, p[i].hi), 3);
		if (i + 1 == l->n)
			svg_diamond(out, p[i].judged ? "mark" : "hollow", x, y, 6);
		else
			svg_circle(out, p[i].judged ? "mark" : "hollow", x, y, l->n > 14 ? 3 : 4);
	}
}

/* --- for the script --- */

/* A column: of each point one, with a space between; "-" for what is not known. */
enum column { AT, VALUE, LO, HI, STATE };

static void
column(struct str *out, const struct trend_line *l, const char *name, enum column c)
{
	size_t i;

	str_addf(out, " data-%s=\"", name);
	for (i = 0; i < l->n; i++) {
		const struct trend_point *p = &l->p[i];
		int64_t v = c == AT ? p->at.s : c == VALUE ? p->value : c == LO ? p->lo : p->hi;

		str_adds(out, i > 0 ? " " : "");
		if (c == STATE)		/* not judged: hollow; a gap before it: no line */
			str_addf(out, "%s%s", !p->has ? "?" : p->judged ? "j" : "h", p->gap ? "g" : "");
		else if (c != AT && !p->has)
			str_addc(out, '-');
		else
			str_addf(out, "%" PRId64, v);
	}
	str_addc(out, '"');
}

static void
words(struct str *out, const struct trend_line *l)
{
	size_t i;

	str_adds(out, " data-said=\"");
	for (i = 0; i < l->n; i++) {
		str_adds(out, i > 0 ? "|" : "");
		html_text(out, l->p[i].label);
		str_adds(out, ": ");
		html_text(out, l->p[i].said != NULL ? l->p[i].said : "no data");
		str_adds(out, l->p[i].has && !l->p[i].judged ? "; measured, and did not count" : "");
	}
	str_addc(out, '"');
}

static void
scale(struct str *out, const struct trend_line *l, const struct trend_ground *on)
{
	size_t i;

	str_addf(out, " data-from=\"%" PRId64 "\" data-to=\"%" PRId64 "\" data-ticks=\"", on->y.from, on->y.to);
	for (i = 0; i < on->n_ticks; i++) {
		str_addf(out, "%s%" PRId64 "=", i > 0 ? "|" : "", on->ticks[i]);
		say_bar(out, l->unit, on->ticks[i]);
	}
	str_addc(out, '"');
	if (l->test == NULL)
		return;
	str_addf(out, " data-bars=\"%" PRId64 "=pass ", on->pass);
	say_bar(out, l->unit, on->pass);
	if (l->test->warn != l->test->pass) {
		str_addf(out, "|%" PRId64 "=warn ", l->test->warn);
		say_bar(out, l->unit, l->test->warn);
	}
	str_addc(out, '"');
}

void
trend_line_open(struct str *out, const struct trend_line *l)
{
	struct trend_ground on;

	ground(&on, l);
	str_adds(out, "<figure class=\"trend\"");
	column(out, l, "at", AT);
	column(out, l, "value", VALUE);
	column(out, l, "state", STATE);
	if (l->unit == UNIT_SHARE) {
		column(out, l, "lo", LO);
		column(out, l, "hi", HI);
	}
	words(out, l);
	scale(out, l, &on);
	str_adds(out, ">");
	svg_begin(out, l->id, TREND_WIDTH, TREND_HEIGHT, l->title, l->desc);
	trend_ground_draw(out, &on);
	points(out, l, &on);
	trend_ground_dates(out, l->p[0].label, l->p[l->n - 1].label);
	svg_end(out);
}
