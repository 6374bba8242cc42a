/* incident_draw: an incident on a time line, a row for each vantage point, drawn by the server. */
#include "serve/incident_page.h"
#include "report/svg.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define WIDTH 760
#define LEFT 132	/* room for "AS4294967295" and a mark */
#define RIGHT 700	/* half a moment sticks out */
#define TOP 8
#define ROW 22
#define BAR 15
#define COLOURS 6	/* networks that let it in: .y0 to .y5; the others have none */
#define TICKS 4
#define DAY_US (86400 * (int64_t)1000000)

struct drawing {
	struct str *out;
	struct str svg, bars;		/* of each bar drawn when it begins and ends, for a script that draws a part larger */
	const struct archive_window *w;
	const struct archive_incident_row *r;
	int64_t from_us, to_us;		/* what the axis shows */
	struct svg_scale x;
	uint32_t *vps;			/* owned; those that saw it, ascending */
	size_t n, drawn;
};

static int
by_number(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

static void
vps_find(struct drawing *d)
{
	const struct archive_incident *x = &d->r->i;
	size_t i, k, n = 0;

	for (i = 0; i < x->n_by; i++)
		n += x->by[i].n_seen;
	d->vps = xcalloc(n + 1, sizeof(*d->vps));
	for (i = n = 0; i < x->n_by; i++)
		for (k = 0; k < x->by[i].n_seen; k++)
			if (x->by[i].seen[k].vp < d->w->n_vps)
				d->vps[n++] = x->by[i].seen[k].vp;
	if (n > 1)
		qsort(d->vps, n, sizeof(*d->vps), by_number);
	for (i = 0; i < n; i++)
		if (d->n == 0 || d->vps[d->n - 1] != d->vps[i])
			d->vps[d->n++] = d->vps[i];
	d->drawn = d->n < SERVE_VANTAGE_DRAWN ? d->n : SERVE_VANTAGE_DRAWN;
}

/* The incident with a tenth of its length to both sides, within the window. */
static void
scale(struct drawing *d)
{
	int64_t from = d->w->from.s * 1000000, to = d->w->to.s * 1000000;
	int64_t margin = (d->r->ended_us - d->r->began_us) / 10 + 1000000;

	d->from_us = d->r->began_us - margin > from ? d->r->began_us - margin : from;
	d->to_us = d->r->ended_us + margin < to ? d->r->ended_us + margin : to;
	d->x = (struct svg_scale){d->from_us, d->to_us, LEFT, RIGHT};
}

static void
bar(struct drawing *d, const char *class, int64_t from_us, int64_t to_us, int y, int height)
{
	int x = svg_at(&d->x, from_us), till = svg_at(&d->x, to_us);

	if (to_us <= d->from_us || from_us >= d->to_us)
		return;
	svg_rect(&d->svg, class, x, y, till - x > 2 ? till - x : 2, height);	/* a moment is seen, too */
	str_addf(&d->bars, "%s%" PRId64 " %" PRId64, d->bars.len > 0 ? " " : "", from_us - d->from_us, to_us - d->from_us);
}

/* Days when there are several, else times of day. */
static void
axis(struct drawing *d, int bottom)
{
	bool days = d->to_us - d->from_us > 3 * DAY_US;
	char when[UTC_TEXT];
	struct str s = {0};
	int64_t at;
	int i, x;

	for (i = 0; i <= TICKS; i++) {
		at = d->from_us + (d->to_us - d->from_us) / TICKS * i;
		x = svg_at(&d->x, at);
		utc_format((struct utc){at / 1000000}, when);
		str_clear(&s);
		if (days)
			str_addf(&s, "%.10s", when);
		else
			str_addf(&s, "%.5s %.8s", when + 5, when + 11);
		svg_line(&d->svg, "grid", x, TOP, x, bottom);
		svg_text(&d->svg, "t", "middle", x, bottom + 16, s.p);
	}
	str_release(&s);
}

/* One path of a sighting: its number where there is room for it. */
static void
segment(struct drawing *d, const char *class, int64_t from_us, int64_t to_us, uint32_t path, int y)
{
	int x = svg_at(&d->x, from_us), till = svg_at(&d->x, to_us), room;
	char label[16];

	bar(d, class, from_us, to_us, y, BAR);
	room = snprintf(label, sizeof(label), path != PATH_NONE ? "%" PRIu32 : "?", path + 1) * 7 + 4;
	if (till - x >= room && to_us > d->from_us && from_us < d->to_us)
		svg_text(&d->svg, "lt", "middle", (x + till) / 2, y + BAR - 3, label);
}

/* The k-th sighting by accomplice i, which is the no-th of all. */
static void
sighting(struct drawing *d, size_t i, size_t k, size_t no, int y)
{
	const struct archive_incident *x = &d->r->i;
	const struct timeline_interval *s = &x->by[i].seen[k];
	const struct incident_paths *p = x->paths;
	char class[16];
	uint32_t t;

	snprintf(class, sizeof(class), i < COLOURS ? "zone y%zu" : "zone open", i);
	if (p == NULL) {
		bar(d, class, s->from_us, s->to_us, y, BAR);
		return;
	}
	for (t = p->first[no]; t < p->first[no + 1]; t++)
		segment(d, class, p->turns[t].at_us, t + 1 < p->first[no + 1] ? p->turns[t + 1].at_us : s->to_us, p->turns[t].path, y);
}

static void
vantage(struct drawing *d, uint32_t vp, int y)
{
	const struct archive_vantage *v = &d->w->vps[vp];
	const struct archive_incident *x = &d->r->i;
	const struct archive_collector *c = v->collector < d->w->n_collectors ? &d->w->collectors[v->collector] : NULL;
	char label[24];
	size_t i, k, no = 0;

	snprintf(label, sizeof(label), v->full_feed[x->prefix.family] ? "AS%" PRIu32 : "(AS%" PRIu32 ")", v->asn);
	svg_text(&d->svg, "t", "end", LEFT - 8, y + BAR - 3, label);
	for (i = 0; c != NULL && i < c->n_gaps; i++)
		if (utc_known(c->gaps[i].from) && utc_known(c->gaps[i].to))
			bar(d, "zone pf", c->gaps[i].from.s * 1000000, c->gaps[i].to.s * 1000000, y - 2, BAR + 4);
	for (i = 0; i < x->n_by; i++)
		for (k = 0; k < x->by[i].n_seen; k++, no++)
			if (x->by[i].seen[k].vp == vp)
				sighting(d, i, k, no, y);
}

/* What the colours are; a letter would say no more, as each path's number is beside it. */
static void
legend(struct drawing *d, struct ask *q)
{
	const struct archive_incident *x = &d->r->i;
	size_t i;

	str_adds(d->out, "<ul class=\"legend\">\n");
	for (i = 0; i < x->n_by && i < COLOURS; i++) {
		str_addf(d->out, "<li><svg class=\"swatch\" viewBox=\"0 0 16 12\" aria-hidden=\"true\" focusable=\"false\"><rect class=\"zone y%zu\" "
		    "x=\"1\" y=\"1\" width=\"14\" height=\"10\"/></svg> ", i);
		if (x->by[i].accomplice != 0) {
			str_adds(d->out, "accepted by ");
			incident_network(q, x->by[i].accomplice);
		} else {
			str_adds(d->out, "had from the network itself");
		}
		str_adds(d->out, "</li>\n");
	}
	if (i < x->n_by)
		str_addf(d->out, "<li>without colour: accepted by %zu others</li>\n", x->n_by - i);
	str_adds(d->out, "</ul>\n");
}

static void
caption(struct drawing *d)
{
	str_adds(d->out, "<figcaption>A row for each vantage point: a bar while it saw the incident, hatched while its collector did "
	    "not listen. In brackets those without a full feed, which do not count. The first row is when enough saw it at "
	    "once.");
	if (d->drawn < d->n)
		str_addf(d->out, " Drawn are %zu of %zu; the table below has more, the data all.", d->drawn, d->n);
	if (d->r->i.paths != NULL)
		str_adds(d->out, " The number in a bar is that of the AS path in the table below it, where there is room; a line across "
		    "a bar is where another path took its place; ? is a path that is not known, or was left out.");
	str_adds(d->out, "</figcaption></figure>\n");
}

void
incident_draw(struct ask *q, const struct archive_window *w, const struct archive_incident_row *r)
{
	struct drawing d = {.out = &q->r->body, .w = w, .r = r};
	struct str desc = {0};
	int bottom;
	size_t i;

	vps_find(&d);
	scale(&d);
	bottom = TOP + ROW * ((int)d.drawn + 1) + 4;
	str_addf(&desc, "Seen by %zu vantage points from ", d.n);
	incident_moment(&desc, r->began_us);
	str_adds(&desc, " to ");
	incident_moment(&desc, r->ended_us);
	str_addf(&desc, " UTC; enough saw it at once in %zu span%s.", r->i.n_spans, r->i.n_spans == 1 ? "" : "s");
	svg_begin(&d.svg, "line", WIDTH, (unsigned)bottom + 22, "When each vantage point saw it", desc.p);
	axis(&d, bottom);
	svg_text(&d.svg, "rt", "end", LEFT - 8, TOP + BAR - 1, "enough at once");
	for (i = 0; i < r->i.n_spans; i++)
		bar(&d, "zone mark", r->i.spans[i].from_us, r->i.spans[i].to_us, TOP + 2, BAR);
	for (i = 0; i < d.drawn; i++)
		vantage(&d, d.vps[i], TOP + 2 + ROW * ((int)i + 1));
	svg_end(&d.svg);
	str_addf(d.out, "<figure class=\"line\" data-from=\"%" PRId64 "\" data-width=\"%" PRId64 "\" data-bars=\"", d.from_us,
	    d.to_us - d.from_us);
	str_add(d.out, str_span(&d.bars));
	str_adds(d.out, "\"><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Time line\">\n");
	str_add(d.out, str_span(&d.svg));
	str_adds(d.out, "</div>");
	legend(&d, q);
	caption(&d);
	str_release(&d.svg);
	str_release(&d.bars);
	str_release(&desc);
	free(d.vps);
}
