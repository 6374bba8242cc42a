/* page_overview: how many networks pass each control, by month, and what changed since the month before. */
#include "report/layout.h"
#include "report/svg.h"
#include "rule/say.h"
#include "serve/page.h"

#include <inttypes.h>

#define SPARK_WIDTH 120
#define SPARK_HEIGHT 32

static void
fact(struct str *out, uint64_t n, const char *one, const char *many)
{
	str_adds(out, "<li><strong>");
	lay_count(out, n);
	str_addf(out, "</strong> %s</li>\n", n == 1 ? one : many);
}

/* The first, the last, the lowest and the highest month in words: what the line shows. */
static void
spark_words(struct str *out, const struct shown_series *s, const int64_t *ppm)
{
	size_t i, first = SIZE_MAX, last = SIZE_MAX, lo = SIZE_MAX, hi = SIZE_MAX, k;
	char month[8];

	for (i = 0; i < s->n; i++) {
		if (ppm[i] < 0)
			continue;
		first = first == SIZE_MAX ? i : first;
		last = i;
		lo = lo == SIZE_MAX || ppm[i] < ppm[lo] ? i : lo;
		hi = hi == SIZE_MAX || ppm[i] > ppm[hi] ? i : hi;
	}
	if (first == SIZE_MAX) {
		str_adds(out, "none could be judged");
		return;
	}
	for (k = 0; k < 4; k++) {
		static const char *const words[] = {"", "; lowest ", "; highest ", "; "};

		i = k == 0 ? first : k == 1 ? lo : k == 2 ? hi : last;
		shown_month_text(s->month[i]->head.at, month);
		str_addf(out, "%s%s: ", words[k], month);
		say_percent(out, ppm[i]);
		str_adds(out, " %");
	}
}

/* The share of each month as a line; from nothing to all, so that a rise is as high as it is. Nothing is drawn over a
 * month that is not there, or in which nobody was judged. */
static void
spark(struct ask *q, const struct shown_series *s, const size_t *at, const char *id, const char *control)
{
	const struct svg_scale y = {0, 1000000, SPARK_HEIGHT - 4, 4};
	struct svg_scale x = {s->month[0]->head.at.s, s->month[s->n - 1]->head.at.s, 5, SPARK_WIDTH - 5};
	int64_t *ppm = arena_array(q->a, s->n, sizeof(*ppm));
	int (*run)[2] = arena_array(q->a, s->n, sizeof(*run));
	struct str *out = &q->r->body, title = {0}, desc = {0};
	uint64_t n[VERDICT_N];
	size_t i, len = 0;

	for (i = 0; i < s->n; i++) {
		ppm[i] = -1;
		if (at[i] == SIZE_MAX)
			continue;
		page_tally(shown_tally(q->view, s, i, at[i]), n);
		if (page_judged(n) > 0)
			ppm[i] = (int64_t)(n[VERDICT_PASS] * 1000000 / page_judged(n));
	}
	spark_words(&desc, s, ppm);
	str_addf(&title, "%s over %zu months", control, s->n);
	svg_begin(out, id, SPARK_WIDTH, SPARK_HEIGHT, title.p, desc.p);
	svg_line(out, "grid", 0, SPARK_HEIGHT - 4, SPARK_WIDTH, SPARK_HEIGHT - 4);
	svg_line(out, "grid", 0, 4, SPARK_WIDTH, 4);
	for (i = 0; i < s->n; i++) {
		bool ends = ppm[i] < 0 || (i > 0 && !shown_follows(s->month[i - 1]->head.at, s->month[i]->head.at));

		if (ends && len > 1)
			svg_run(out, "run", (const int (*)[2])run, len);
		len = ends ? 0 : len;
		if (ppm[i] < 0)
			continue;
		run[len][0] = svg_at(&x, s->month[i]->head.at.s);
		run[len++][1] = svg_at(&y, ppm[i]);
		if (i + 1 == s->n)
			svg_diamond(out, "mark", run[len - 1][0], run[len - 1][1], 4);
		else if (s->n <= 6)
			svg_circle(out, "mark", run[len - 1][0], run[len - 1][1], 2);
	}
	if (len > 1)
		svg_run(out, "run", (const int (*)[2])run, len);
	svg_end(out);
	str_release(&title);
	str_release(&desc);
}

/* For the script that draws the line large (src/serve/script/explore.mjs): of each month how many passed, and of how many
 * judged. */
static void
spark_counts(struct ask *q, const struct shown_series *s, const size_t *at)
{
	struct str *out = &q->r->body;
	uint64_t n[VERDICT_N];
	size_t i, row;

	for (row = 0; row < 2; row++) {
		str_adds(out, row == 0 ? " data-pass=\"" : "\" data-judged=\"");
		for (i = 0; i < s->n; i++) {
			memset(n, 0, sizeof(n));
			if (at[i] != SIZE_MAX)
				page_tally(shown_tally(q->view, s, i, at[i]), n);
			str_addf(out, "%s%" PRIu64, i > 0 ? " " : "", row == 0 ? n[VERDICT_PASS] : page_judged(n));
		}
	}
	str_adds(out, "\">");
}

/* In which place each month's pack has the control. */
static size_t *
places(struct ask *q, const struct shown_series *s, const char *control)
{
	size_t *at = arena_array(q->a, s->n + 1, sizeof(*at)), i, k;

	for (i = 0; i < s->n; i++) {
		const struct archive_pack *p = shown_pack(s, i);

		at[i] = SIZE_MAX;
		for (k = 0; k < p->n && at[i] == SIZE_MAX; k++)
			if (strcmp(p->controls[k].id, control) == 0)
				at[i] = k;
	}
	return at;
}

/* Points of the share since the month before; nothing to compare when either could judge nobody. */
static void
change(struct str *out, const struct shown *v, const struct shown_series *s, const size_t *at, size_t month)
{
	uint64_t now[VERDICT_N], was[VERDICT_N], of, before;
	int64_t points;
	char when[8];

	str_adds(out, "<td class=\"n\">");
	if (month > 0 && at[month - 1] != SIZE_MAX) {
		page_tally(shown_tally(v, s, month, at[month]), now);
		page_tally(shown_tally(v, s, month - 1, at[month - 1]), was);
		of = page_judged(now);
		before = page_judged(was);
		shown_month_text(s->month[month - 1]->head.at, when);
		if (of > 0 && before > 0) {
			points = (int64_t)(now[VERDICT_PASS] * 1000000 / of) - (int64_t)(was[VERDICT_PASS] * 1000000 / before);
			if (points == 0)
				str_adds(out, "<span class=\"same\">= no change");
			else
				str_addf(out, "<span class=\"%s\">%s%" PRIu64 ".%02" PRIu64, points > 0 ? "up" : "down",
				    points > 0 ? "▲ +" : "▼ -", (uint64_t)(points < 0 ? -points : points) / 10000,
				    (uint64_t)(points < 0 ? -points : points) / 100 % 100);
			str_adds(out, "</span><br><span class=\"small\"><a href=\"/changes/");
			html_text(out, s->id);
			str_addc(out, '/');
			html_text(out, shown_pack(s, month)->controls[at[month]].id);
			str_addf(out, "\">since %s</a>, of ", when);
			lay_count(out, before);
			str_adds(out, "</span>");
		}
	}
	str_adds(out, "</td>");
}

static void
row(struct ask *q, const struct shown_series *s, size_t month, size_t k)
{
	const struct archive_control *c = &shown_pack(s, month)->controls[k];
	const size_t *at = places(q, s, c->id);
	struct str *out = &q->r->body, id = {0}, title = {0};
	uint64_t n[VERDICT_N];

	page_tally(shown_tally(q->view, s, month, k), n);
	html_slug(&id, s->id);
	str_addc(&id, '-');
	html_slug(&id, c->id);
	str_adds(out, "<tr><th scope=\"row\"><a href=\"/control/");
	html_text(out, s->id);
	str_addc(out, '/');
	html_text(out, c->id);
	str_adds(out, "\">");
	html_text(out, c->id);
	str_adds(out, "</a> <span class=\"title\">");
	html_text(out, c->title);
	str_adds(out, c->required ? "</span> <span class=\"req\">required</span></th><td class=\"share\">" :
	    "</span></th><td class=\"share\">");
	str_addf(&title, "%s %s: share that passes", s->id, c->id);
	str_adds(&id, "-now");
	page_share_bar(out, id.p, title.p, n[VERDICT_PASS], page_judged(n));
	str_adds(out, "</td>");
	html_cell_number(out, n[VERDICT_NO_DATA]);
	change(out, q->view, s, at, month);
	str_adds(out, "<td class=\"spark\"");
	if (s->n > 1) {
		spark_counts(q, s, at);
		id.len -= 3;
		str_adds(&id, "run");
		str_clear(&title);
		str_addf(&title, "%s %s", s->id, c->id);
		spark(q, s, at, id.p, title.p);
	}
	str_adds(out, s->n > 1 ? "</td></tr>\n" : "></td></tr>\n");
	str_release(&id);
	str_release(&title);
}

/* The months of the counts above. */
static void
months(struct str *out, const struct shown_series *s)
{
	char when[8];
	size_t i;

	str_adds(out, "<div class=\"run-of\"");
	for (i = 0; s->n > 1 && i < s->n; i++)
		str_addf(out, "%s%" PRId64, i == 0 ? " data-at=\"" : " ", s->month[i]->head.at.s);
	for (i = 0; s->n > 1 && i < s->n; i++) {
		shown_month_text(s->month[i]->head.at, when);
		str_addf(out, "%s%s", i == 0 ? "\" data-months=\"" : " ", when);
	}
	str_adds(out, s->n > 1 ? "\">" : ">");
}

/* Controls on which nobody was judged have nothing to draw. */
static void
unjudged(struct ask *q, const struct shown_series *s, size_t month)
{
	const struct archive_pack *p = shown_pack(s, month);
	struct str *out = &q->r->body;
	uint64_t n[VERDICT_N];
	size_t k, found = 0;

	for (k = 0; k < p->n; k++) {
		page_tally(shown_tally(q->view, s, month, k), n);
		if (page_judged(n) > 0)
			continue;
		str_adds(out, found++ == 0 ? "<p class=\"note\">No network could be judged on " : ", ");
		html_text(out, p->controls[k].id);
		str_adds(out, " (");
		html_text(out, p->controls[k].title);
		str_addc(out, ')');
	}
	if (found > 0)
		str_adds(out, ": the evidence does not show it, which is no pass.</p>\n");
}

static void
pack(struct ask *q, const struct shown_series *s)
{
	static const char *const heads[] = {"Control", "Networks that pass, of those judged", "#Not judged for lack of data",
	    "#Change, in points", "Months"};
	size_t month = s->n - 1, k, shown = 0;
	const struct archive_pack *p = shown_pack(s, month);
	struct str *out = &q->r->body, caption = {0};
	uint64_t n[VERDICT_N];
	char when[UTC_TEXT];

	str_adds(out, "<h2 id=\"");
	html_slug(out, s->id);
	str_adds(out, "\">");
	html_text(out, p->title);
	str_adds(out, "<span class=\"name\">");
	html_text(out, s->id);
	str_addc(out, ' ');
	html_text(out, p->version);
	str_adds(out, history_label(p->status));
	str_addf(out, ", judged for %.10s on ", utc_format(s->month[month]->head.at, when));
	lay_count(out, s->month[month]->networks);
	str_addf(out, " network%s</span></h2>\n", s->month[month]->networks == 1 ? "" : "s");
	page_proposal(out, p);
	str_addf(&caption, "%s %s, %.7s", s->id, p->version, when);
	for (k = 0; k < p->n; k++) {
		page_tally(shown_tally(q->view, s, month, k), n);
		if (page_judged(n) == 0)
			continue;
		if (shown++ == 0) {
			months(out, s);
			html_table(out, caption.p, heads, sizeof(heads) / sizeof(*heads));
		}
		row(q, s, month, k);
	}
	if (shown > 0) {
		html_table_end(out);
		str_adds(out, "</div>\n");
	}
	unjudged(q, s, month);
	str_release(&caption);
}

static void
evidence_dates(struct str *out, const struct archive_head *h)
{
	struct utc oldest = UTC_NONE, newest = UTC_NONE;
	char a[UTC_TEXT], b[UTC_TEXT];
	size_t i;

	for (i = 0; i < h->n_inputs; i++) {
		struct utc t = h->inputs[i].time;

		if (!h->inputs[i].complete || !utc_known(t))
			continue;
		oldest = !utc_known(oldest) || t.s < oldest.s ? t : oldest;
		newest = !utc_known(newest) || t.s > newest.s ? t : newest;
	}
	if (!utc_known(oldest))
		str_adds(out, "an unknown date");
	else if (memcmp(utc_format(oldest, a), utc_format(newest, b), 10) == 0)
		str_addf(out, "%.10s", a);
	else
		str_addf(out, "%.10s to %.10s", a, b);
}

void
page_overview(struct ask *q)
{
	static const char *const keys[] = {NULL};
	const struct archive_month *m = q->view->latest;
	struct str *out = &q->r->body, title = {0};
	char month[8], when[UTC_TEXT];
	size_t i;

	if (!ask_only(q, keys))
		return;
	if (m == NULL) {
		ask_problem(q, 503, "Nothing is archived yet", "The archive holds no assessment.");
		return;
	}
	shown_month_text(m->head.at, month);
	str_addf(&title, "Routing security in %s", month);
	page_begin(q, title.p, "/");
	html_el(out, "h1", NULL, title.p);
	str_adds(out, "<p class=\"date\">Evidence of <strong>");
	evidence_dates(out, &m->head);
	str_addf(out, "</strong>, judged for <strong>%.10s</strong>. The verdicts are about that moment, not about today.</p>\n",
	    utc_format(m->head.at, when));
	str_adds(out, "<ul class=\"facts\">\n");
	fact(out, m->networks, "network assessed", "networks assessed");
	fact(out, q->view->n_months, "assessment in the archive", "assessments in the archive");
	fact(out, m->head.vantage_points, "vantage point", "vantage points");
	fact(out, m->head.family[FAMILY_V4].visible_routes, "IPv4 route that counts", "IPv4 routes that count");
	fact(out, m->head.family[FAMILY_V6].visible_routes, "IPv6 route that counts", "IPv6 routes that count");
	str_adds(out, "</ul>\n");
	for (i = 0; i < q->view->n_series; i++)
		pack(q, &q->view->series[i]);
	page_end(q);
	str_release(&title);
}
