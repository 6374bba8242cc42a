/* html_compare_rank: the networks in their order: a square for each demand, and the weight that is met. */
#include "report/html_compare.h"
#include "report/layout.h"
#include "report/svg.h"
#include "rule/say.h"

#include <inttypes.h>

#define WIDTH 360
#define LEFT 4
#define RIGHT 356
#define TOP 3
#define CELL 19
#define STEP 22
#define GAP 10			/* between what is required and what is wished */

/* --- in words --- */

static void
name_of(struct str *out, const struct as_result *r)
{
	if (*r->name == '\0' && *r->org == '\0')
		str_adds(out, "name not known");
	html_text(out, r->name);
	if (*r->name != '\0' && *r->org != '\0')
		str_adds(out, ", ");
	html_text(out, r->org);
}

static unsigned
applies(const uint16_t n[static OUTCOME_N])
{
	return (unsigned)n[OUTCOME_MEETS] + n[OUTCOME_SHORT] + n[OUTCOME_UNKNOWN];
}

static void
tally_words(struct str *out, const uint16_t n[static OUTCOME_N], const char *kind)
{
	unsigned of = applies(n);

	if (of + n[OUTCOME_NOT_APPLICABLE] == 0)
		return;
	if (of == 0) {
		str_addf(out, "No %s demand applies. ", kind);
		return;
	}
	str_addf(out, "Meets %u of %u %s demand%s", n[OUTCOME_MEETS], of, kind, of == 1 ? "" : "s");
	if (n[OUTCOME_SHORT] > 0)
		str_addf(out, "; short of %u", n[OUTCOME_SHORT]);
	if (n[OUTCOME_UNKNOWN] > 0)
		str_addf(out, "; %u not judged, which is no pass", n[OUTCOME_UNKNOWN]);
	if (n[OUTCOME_NOT_APPLICABLE] > 0)
		str_addf(out, "; %u more %s not apply", n[OUTCOME_NOT_APPLICABLE],
		    n[OUTCOME_NOT_APPLICABLE] == 1 ? "does" : "do");
	str_adds(out, ". ");
}

static uint32_t
weight_of(const struct tally *t)
{
	return t->weight[OUTCOME_MEETS] + t->weight[OUTCOME_SHORT] + t->weight[OUTCOME_UNKNOWN];
}

static int64_t
weight_ppm(const struct tally *t)
{
	uint32_t of = weight_of(t);

	return of == 0 ? 0 : (int64_t)((uint64_t)t->weight[OUTCOME_MEETS] * 1000000 / of);
}

/* "15 of 20 (75.00 %)" */
static void
weight_words(struct str *out, const struct tally *t)
{
	if (weight_of(t) == 0) {
		str_adds(out, "no weight applies");
		return;
	}
	str_addf(out, "%" PRIu32 " of %" PRIu32 " (", t->weight[OUTCOME_MEETS], weight_of(t));
	say_percent(out, weight_ppm(t));
	str_adds(out, " %)");
}

/* Links to what has this outcome, of what is required or of what is wished; returns whether there is any. */
static bool
links(struct html_compare *h, const struct compared *net, enum outcome o, bool required, const char *label)
{
	size_t k, n = 0;

	for (k = 0; k < h->c->req->pack.n; k++) {
		if (html_held(h, net, k)->outcome != o || html_demand(h, k)->control->required != required)
			continue;
		str_adds(h->out, n++ == 0 ? label : ", ");
		str_addf(h->out, "<a href=\"#%s\">", html_demand_id(h, k));
		html_text(h->out, html_demand(h, k)->control->id);
		str_adds(h->out, "</a>");
	}
	str_adds(h->out, n > 0 ? ". " : "");
	return n > 0;
}

static void
open_points(struct html_compare *h, const struct compared *net)
{
	size_t from = h->out->len;
	bool any;

	str_adds(h->out, "<p class=\"note\">");
	any = links(h, net, OUTCOME_SHORT, true, "Short of: ");
	any |= links(h, net, OUTCOME_UNKNOWN, true, "Not judged: ");
	any |= links(h, net, OUTCOME_SHORT, false, "Wished, and short of: ");
	any |= links(h, net, OUTCOME_UNKNOWN, false, "Wished, and not judged: ");
	str_adds(h->out, "</p>\n");
	if (!any)
		h->out->len = from;
}

/* --- drawn --- */

struct at {
	int x, y;
};

/* Where the next square is, after one of what is required or wished. */
static void
step(struct at *at, bool gap)
{
	at->x += STEP + (gap ? GAP : 0);
	if (at->x + CELL > RIGHT) {
		at->x = LEFT;
		at->y += STEP;
	}
}

static void
cell(struct str *out, const struct at *at, enum outcome o)
{
	static const char *const classes[OUTCOME_N] = {"zone zp", "zone pf", "zone zd", "zone none"};

	svg_rect(out, classes[o], at->x, at->y, CELL, CELL);
	svg_text(out, "st", "middle", at->x + CELL / 2, at->y + 14, outcome_sign(o));
}

static bool
gap_after(const struct html_compare *h, size_t k)
{
	return k + 1 < h->c->req->pack.n && html_demand(h, k)->control->required &&
	    !html_demand(h, k + 1)->control->required;
}

static void
weight_bar(struct str *out, const struct tally *t, int y)
{
	const struct svg_scale x = {0, 1000000, LEFT, 226};
	struct str s = {0};
	int at = svg_at(&x, weight_ppm(t));

	svg_rect(out, "track", LEFT, y, x.till - LEFT, 10);
	if (at > LEFT)
		svg_rect(out, "full", LEFT, y, at - LEFT, 10);
	if (weight_of(t) > 0) {
		say_percent(&s, weight_ppm(t));
		str_addf(&s, " %% of weight");
	} else {
		str_adds(&s, "no weight applies");
	}
	svg_text(out, "rt", "start", x.till + 8, y + 9, s.p);
	str_release(&s);
}

static void
describe(struct str *out, const struct html_compare *h, const struct compared *net)
{
	size_t k;

	for (k = 0; k < h->c->req->pack.n; k++)
		str_addf(out, "%s%s, %s: %s", k > 0 ? "; " : "", html_demand(h, k)->control->id,
		    html_demand(h, k)->control->required ? "required" : "wished",
		    outcome_word(html_held(h, net, k)->outcome));
	str_adds(out, ". Weight met of what applies: ");
	weight_words(out, &net->tally);
	str_addc(out, '.');
}

static void
drawing(struct html_compare *h, const struct compared *net)
{
	struct str id = {0}, title = {0}, desc = {0};
	struct at at = {LEFT, TOP};
	size_t k, n = h->c->req->pack.n;

	for (k = 0; k + 1 < n; k++)
		step(&at, gap_after(h, k));
	str_addf(&id, "rank-as%" PRIu32, net->as.asn);
	str_addf(&title, "AS%" PRIu32 ": a square for each demand, and the weight met", net->as.asn);
	describe(&desc, h, net);
	svg_begin(h->out, id.p, WIDTH, (unsigned)at.y + STEP + 18, title.p, desc.p);
	at = (struct at){LEFT, TOP};
	for (k = 0; k < n; k++) {
		cell(h->out, &at, html_held(h, net, k)->outcome);
		if (k + 1 < n)
			step(&at, gap_after(h, k));
	}
	weight_bar(h->out, &net->tally, at.y + STEP + 3);
	svg_end(h->out);
	str_release(&id);
	str_release(&title);
	str_release(&desc);
}

/* --- the list --- */

static void
network(struct html_compare *h, const struct compared *net, size_t place)
{
	str_adds(h->out, "<li><div>\n<p class=\"place\">");
	if (place > 0)
		str_addf(h->out, "%zu. ", place);
	else
		str_adds(h->out, "No place: ");
	str_addf(h->out, "AS%" PRIu32 " <span class=\"name\">", net->as.asn);
	name_of(h->out, &net->as);
	str_adds(h->out, "</span></p>\n<p>");
	tally_words(h->out, net->tally.n[1], "required");
	tally_words(h->out, net->tally.n[0], "wished");
	str_adds(h->out, "Weight met: ");
	weight_words(h->out, &net->tally);
	str_adds(h->out, ".</p>\n");
	open_points(h, net);
	str_adds(h->out, "</div>\n");
	drawing(h, net);
	str_adds(h->out, "</li>\n");
}

static const char note[] =
    "<p class=\"note\">A square is a demand: first those that are required, then, after a gap, those that are wished, the "
    "heaviest first; "
    "\xe2\x9c\x93 meets, \xe2\x9c\x97 (hatched) falls short, ? could not be judged, \xe2\x80\x93 does not apply. The "
    "bar is the weight that is met of the weight that applies. The order: fewest required demands short, then fewest "
    "required demands not judged, then the larger share of the weight met, then less weight short; networks that "
    "are alike in all of these share a place. One of which no demand that applies could be judged has none, and stands "
    "last. A network that could not be judged is not accused of anything.</p>\n";

void
html_compare_rank(struct html_compare *h)
{
	size_t i;

	html_open(h->out, "ol", "class=\"rank\"");
	for (i = 0; i < h->c->n; i++)
		network(h, &h->c->nets[i], comparison_rank(h->c, i));
	html_close(h->out, "ol");
	str_adds(h->out, note);
}
