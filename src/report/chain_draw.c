/* chain_draw: the chains of an exposure as a drawing. A verdict is told by a sign, a word, a border and the pattern of a
 * band, so that it is read without its colour. */
#include "report/chain.h"
#include "report/html.h"
#include "report/layout.h"
#include "report/svg.h"
#include "rule/say.h"

#include <inttypes.h>

#define BOX_W 166
#define BOX_H 60
#define STEP_X 204	/* from column to column */
#define STEP_Y 86	/* from row to row: a box, and the tag of the weakest link above it */
#define MARGIN 10
#define TOP 44		/* under the heads of the columns, with room for a tag */
#define BACK 30		/* that a line within a column bends out */
#define NAME_UNITS 1430	/* tenths of a unit: the width of a name in a box */

const char chain_css[] = "\n"
".chain svg{display:block;max-width:none}\n"
".chain .box{fill:var(--card);stroke:var(--mute);stroke-width:1.5}.chain .bad{stroke:var(--f);stroke-width:3}\n"
".chain .unk{stroke-dasharray:5 3}.chain .self{fill:var(--note);stroke:var(--mark);stroke-width:2.5}\n"
".chain .weak{fill:none;stroke:var(--f);stroke-width:2.5;stroke-dasharray:10 4}\n"
".chain .tag{font-weight:700;fill:var(--f)}.chain .bt.bad{fill:var(--f);stroke:none}\n"
".chain .ln{fill:none;stroke:var(--mute);stroke-linecap:round}.chain .ln.back{stroke-dasharray:2 6}\n"
".nm{min-width:9.5rem}\n"
".chain a{text-decoration:none}.chain a:hover .bt{text-decoration:underline}.chain a:focus-visible{outline:3px solid var(--link);"
"outline-offset:3px}\n"
"@media print{.chain svg{max-width:100%;height:auto}.chain *{print-color-adjust:exact;"
"-webkit-print-color-adjust:exact}}\n";

struct drawing {
	struct str *out;
	const struct exposed *x;
	const struct chain *c;
	const struct exposed_links *to;
	uint32_t min_ppm;
	int height;		/* of what stands under the heads */
};

static int
box_x(const struct chain_net *n)
{
	return MARGIN + (int)n->column * STEP_X;
}

/* Each column in the middle. */
static int
box_y(const struct drawing *d, const struct chain_net *n)
{
	int used = (int)d->c->in_column[n->column] * STEP_Y;

	return TOP + 18 + (d->height - used) / 2 + (int)n->row * STEP_Y;
}

static const struct exposed_net *
net_of(const struct drawing *d, const struct chain_net *n)
{
	return n->net != SIZE_MAX ? &d->x->nets[n->net] : NULL;
}

static bool
is_weakest(const struct drawing *d, const struct chain_net *n)
{
	return n->net != SIZE_MAX && n->net == d->x->weakest;
}

/* --- words --- */

/* About as wide as the letters are; what is cut ends in an ellipsis. */
static void
name_cut(struct str *out, const char *name)
{
	size_t i, keep = 0;
	int used = 0, wide;

	for (i = 0; name[i] != '\0'; i++) {
		unsigned char c = (unsigned char)name[i];

		if ((c & 0xc0) == 0x80)
			continue;
		wide = c >= 0xe0 ? 125 : (c >= 'A' && c <= 'Z') || c == '@' || c == '%' ? 82 : c == 'm' || c == 'w' ? 95 : 66;
		if (used + wide > NAME_UNITS)
			break;
		used += wide;
		if (used + 110 <= NAME_UNITS)
			for (keep = i + 1; ((unsigned char)name[keep] & 0xc0) == 0x80; keep++)
				;
	}
	if (name[i] == '\0') {
		str_adds(out, name);
		return;
	}
	str_add(out, (struct span){name, keep});
	str_adds(out, "\xe2\x80\xa6");
}

static void
verdict_words(struct str *out, const struct exposed_verdicts *v)
{
	static const char *const signs[VERDICT_N] = {[VERDICT_PASS] = "\xe2\x9c\x93", [VERDICT_WARN] = "!",
	    [VERDICT_FAIL] = "\xe2\x9c\x97", [VERDICT_NO_DATA] = "?", [VERDICT_NOT_APPLICABLE] = "\xe2\x80\x93"};

	str_addf(out, "%s ", signs[v->all]);
	if (v->none_required)
		str_adds(out, "nothing required");
	else if (v->all == VERDICT_FAIL || v->all == VERDICT_WARN || v->all == VERDICT_NO_DATA)
		str_addf(out, "%s: %" PRIu64 " of %" PRIu64, verdict_label(v->all), v->n[v->all], v->required);
	else if (v->all == VERDICT_PASS)
		str_addf(out, "PASS: %" PRIu64 " of %" PRIu64, v->n[VERDICT_PASS], v->required);
	else
		str_adds(out, "nothing applies");
}

static void
share_words(struct str *out, const struct drawing *d, const struct chain_net *n)
{
	const struct exposed_net *e = net_of(d, n);

	if (n->column == 0)
		return;
	if (e == NULL) {	/* with a least share of 0 it has none, once the ends are trimmed */
		str_adds(out, d->min_ppm > 0 ? "< " : "");
		say_percent(out, d->min_ppm);
		str_adds(out, " %");
		return;
	}
	say_percent(out, exposed_top_ppm(e));
	str_adds(out, " %");
}

/* --- lines --- */

static void
line(const struct drawing *d, const struct chain_link *l)
{
	const struct chain_net *from = &d->c->nets[l->from], *to = &d->c->nets[l->to];
	uint32_t ppm = l->ppm[FAMILY_V4] > l->ppm[FAMILY_V6] ? l->ppm[FAMILY_V4] : l->ppm[FAMILY_V6];
	int x1 = box_x(from) + BOX_W, y1 = box_y(d, from) + BOX_H / 2, x2 = box_x(to), y2 = box_y(d, to) + BOX_H / 2;
	int width = 1 + (int)(ppm * 8 / 1000000), mid = (x1 + x2) / 2;
	bool back = to->column <= from->column;

	if (back) {	/* around the boxes, to the right side */
		x2 += BOX_W;
		mid = (x1 > x2 ? x1 : x2) + BACK;
	}
	str_addf(d->out, "<path class=\"ln%s\" stroke-width=\"%d\" d=\"M%d,%d C%d,%d %d,%d %d,%d\"/>\n", back ? " back" : "", width,
	    x1, y1, mid, y1, mid, y2, x2, y2);
}

/* --- boxes --- */

static const char *
band_class(const struct exposed_verdicts *v)
{
	static const char *const class[VERDICT_N] = {[VERDICT_PASS] = "zone zp", [VERDICT_WARN] = "zone pw",
	    [VERDICT_FAIL] = "zone pf", [VERDICT_NO_DATA] = "zone none", [VERDICT_NOT_APPLICABLE] = "zone none"};

	return v != NULL ? class[v->all] : "zone none";
}

static void
box(const struct drawing *d, const struct chain_net *n)
{
	const struct exposed_net *e = net_of(d, n);
	const struct exposed_verdicts *v = n->column == 0 ? &d->x->v : e != NULL ? &e->v : NULL;
	const char *name = n->column == 0 ? d->x->name : e != NULL ? e->name : "";
	int x = box_x(n), y = box_y(d, n);
	bool fails = v != NULL && v->all == VERDICT_FAIL;
	struct str s = {0};

	if (is_weakest(d, n)) {
		svg_rect(d->out, "weak", x - 6, y - 6, BOX_W + 12, BOX_H + 12);
		svg_text(d->out, "tag", "start", x - 4, y - 11, fails ? "\xe2\x96\xbc weakest link" : "\xe2\x96\xbc least known link");
	}
	svg_rect(d->out, n->column == 0 ? "box self" : fails ? "box bad" : v == NULL || v->all == VERDICT_NO_DATA ? "box unk" : "box",
	    x, y, BOX_W, BOX_H);
	if (v != NULL)
		svg_rect(d->out, band_class(v), x + 3, y + 3, 8, BOX_H - 6);
	str_addf(&s, "AS%" PRIu32, n->asn);
	svg_text(d->out, "bt", "start", x + 16, y + 18, s.p);
	str_clear(&s);
	share_words(&s, d, n);
	if (s.len > 0)
		svg_text(d->out, "rt", "end", x + BOX_W - 6, y + 18, s.p);
	str_clear(&s);
	str_adds(&s, "");
	name_cut(&s, name);
	svg_text(d->out, "t", "start", x + 16, y + 35, e == NULL && n->column > 0 ? d->min_ppm > 0 ? "below the least share" : "near one observer" : s.p);
	str_clear(&s);
	if (v != NULL)
		verdict_words(&s, v);
	else
		str_adds(&s, "\xe2\x80\x93 not judged here");
	svg_text(d->out, fails ? "bt bad" : "rt", "start", x + 16, y + 52, s.p);
	str_release(&s);
}

/* What it says is what is read aloud, too. */
static void
net(const struct drawing *d, const struct chain_net *n)
{
	bool linked = exposed_linked(d->to, n->asn);

	if (linked)
		str_addf(d->out, "<a href=\"%s%" PRIu32 "\">\n", d->to->to, n->asn);
	box(d, n);
	if (linked)
		str_adds(d->out, "</a>\n");
}

static void
heads(const struct drawing *d)
{
	struct str s = {0};
	unsigned i;

	for (i = 0; i < d->c->columns; i++) {
		str_clear(&s);
		if (i == 0)
			str_adds(&s, "Whose routes");
		else if (i == 1)
			str_adds(&s, "Next to it");
		else
			str_addf(&s, "%u hops out%s", i, i == CHAIN_COLUMNS - 1 ? ", or more" : "");
		svg_text(d->out, "zt", "start", MARGIN + (int)i * STEP_X, 16, s.p);
	}
	str_release(&s);
}

void
chain_draw(struct str *out, const struct exposed *x, const struct chain *c, uint32_t min_ppm, const char *id, const struct exposed_links *to)
{
	struct drawing d = {.out = out, .x = x, .c = c, .to = to, .min_ppm = min_ppm, .height = (int)c->rows * STEP_Y};
	int width = 2 * MARGIN + ((int)c->columns - 1) * STEP_X + BOX_W, height = TOP + d.height + MARGIN;
	size_t i;

	for (i = 0; i < c->n_links; i++)
		if (c->nets[c->links[i].from].column + 1 == c->columns) {	/* such a line leads around the last column */
			width += BACK;
			break;
		}

	str_adds(out, "<div class=\"scroll chain\" role=\"region\" tabindex=\"0\" aria-label=\"The chains, drawn\">\n");
	str_addf(out, "<svg role=\"%s\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" aria-labelledby=\"%s-t %s-d\" "
	    "focusable=\"false\"><title id=\"%s-t\">", to != NULL ? "group" : "img", width, height, width, height, id, id, id);
	str_addf(out, "The networks that AS%" PRIu32 " depends on</title><desc id=\"%s-d\">", x->origin, id);
	str_addf(out, "%zu networks in %u columns, from AS%" PRIu32 " outward. ", c->n - 1, c->columns, x->origin);
	if (x->weakest != SIZE_MAX)
		str_addf(out, "The weakest link is AS%" PRIu32 ". ", x->nets[x->weakest].asn);
	str_adds(out, "The table below has the same.</desc>\n");
	heads(&d);
	for (i = 0; i < c->n_links; i++)
		line(&d, &c->links[i]);
	for (i = 0; i < c->n; i++)
		net(&d, &c->nets[i]);
	str_adds(out, "</svg>\n</div>\n");
}
