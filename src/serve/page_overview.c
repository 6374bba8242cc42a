/* page_overview: how many networks pass each control, by month, region and size, and what changed since the month before. */
#include "report/layout.h"
#include "rule/say.h"
#include "serve/page.h"
#include "serve/spark.h"

#include <inttypes.h>

static void
fact(struct str *out, uint64_t n, const char *one, const char *many)
{
	str_adds(out, "<li><strong>");
	lay_count(out, n);
	str_addf(out, "</strong> %s</li>\n", n == 1 ? one : many);
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
change(struct ask *q, const struct over *o, const size_t *at)
{
	const struct shown_series *s = o->s;
	struct str *out = &q->r->body;
	size_t month = o->month;
	uint64_t now[VERDICT_N], was[VERDICT_N], of, before;
	bool known = false;
	int64_t points;
	char when[8];

	str_adds(out, "<td class=\"n\"");
	if (month > 0 && at[month - 1] != SIZE_MAX) {
		pick_count(q, o->p, s, month, at[month], now);
		pick_count(q, o->p, s, month - 1, at[month - 1], was);
		of = page_judged(now);
		before = page_judged(was);
		shown_month_text(s->month[month - 1]->head.at, when);
		known = of > 0 && before > 0;
		if (known) {
			points = (int64_t)(now[VERDICT_PASS] * 1000000 / of) - (int64_t)(was[VERDICT_PASS] * 1000000 / before);
			str_addf(out, " data-sort=\"%" PRId64 "\">", points);
			if (points == 0)
				str_adds(out, "<span class=\"same\">= no change");
			else
				str_addf(out, "<span class=\"%s\">%s%" PRIu64 ".%02" PRIu64, points > 0 ? "up" : "down",
				    points > 0 ? "▲ +" : "▼ -", (uint64_t)(points < 0 ? -points : points) / 10000,
				    (uint64_t)(points < 0 ? -points : points) / 100 % 100);
			str_adds(out, "</span><br><span class=\"small\">");
			if (month + 1 == s->n && pick_any(o->p)) {	/* that page is of all, in the newest month */
				str_adds(out, "<a href=\"/changes/");
				html_text(out, s->id);
				str_addc(out, '/');
				html_text(out, shown_pack(s, month)->controls[at[month]].id);
				str_addf(out, "\">since %s</a>, of ", when);
			} else {
				str_addf(out, "since %s, of ", when);
			}
			lay_count(out, before);
			str_adds(out, "</span>");
		}
	}
	str_adds(out, known ? "</td>" : "></td>");
}

static void
row(struct ask *q, const struct over *o, size_t k)
{
	const struct shown_series *s = o->s;
	size_t month = o->month;
	const struct archive_control *c = &shown_pack(s, month)->controls[k];
	const size_t *at = places(q, s, c->id);
	struct str *out = &q->r->body, id = {0}, title = {0};
	uint64_t n[VERDICT_N];

	pick_count(q, o->p, s, month, k, n);
	html_slug(&id, s->id);
	str_addc(&id, '-');
	html_slug(&id, c->id);
	str_adds(out, "<tr><th scope=\"row\"><a href=\"/control/");
	html_text(out, s->id);
	str_addc(out, '/');
	html_text(out, c->id);
	str_adds(out, pick_query(q, o->p, false));
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
	change(q, o, at);
	str_adds(out, "<td class=\"spark\"");
	if (s->n > 1) {
		spark_counts(q, o, at);
		id.len -= 3;
		str_adds(&id, "run");
		str_clear(&title);
		str_addf(&title, "%s %s", s->id, c->id);
		spark(q, o, at, id.p, title.p);
	}
	str_adds(out, s->n > 1 ? "</td></tr>\n" : "></td></tr>\n");
	str_release(&id);
	str_release(&title);
}

/* Controls on which nobody was judged have nothing to draw. */
static void
unjudged(struct ask *q, const struct over *o)
{
	const struct archive_pack *p = shown_pack(o->s, o->month);
	struct str *out = &q->r->body;
	uint64_t n[VERDICT_N];
	size_t k, found = 0;

	for (k = 0; k < p->n; k++) {
		pick_count(q, o->p, o->s, o->month, k, n);
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

/* The heading of a pack: as it was in that month, and of whom. */
static void
pack_head(struct ask *q, const struct over *o)
{
	const struct archive_pack *p = shown_pack(o->s, o->month);
	struct str *out = &q->r->body;
	uint64_t n = pick_networks(q, o->p, o->s, o->month);
	char when[UTC_TEXT];

	str_adds(out, "<h2 id=\"");
	html_slug(out, o->s->id);
	str_adds(out, "\">");
	html_text(out, p->title);
	str_adds(out, "<span class=\"name\">");
	html_text(out, o->s->id);
	str_addc(out, ' ');
	html_text(out, p->version);
	str_adds(out, history_label(p->status));
	str_addf(out, ", judged for %.10s on ", utc_format(o->s->month[o->month]->head.at, when));
	if (!pick_any(o->p)) {
		lay_count(out, n);
		str_adds(out, " of ");
	}
	lay_count(out, o->s->month[o->month]->networks);
	str_addf(out, " network%s</span></h2>\n", o->s->month[o->month]->networks == 1 ? "" : "s");
	page_proposal(out, p);
}

static void
pack(struct ask *q, const struct over *o)
{
	static const char *const heads[] = {"Control", "Networks that pass, of those judged", "#Not judged for lack of data",
	    "#Change, in points", "Months"};
	const struct archive_pack *p = shown_pack(o->s, o->month);
	struct str *out = &q->r->body, caption = {0};
	uint64_t n[VERDICT_N];
	char when[8];
	size_t k, shown = 0;

	pack_head(q, o);
	shown_month_text(o->s->month[o->month]->head.at, when);
	str_addf(&caption, "%s %s, %s%s%s", o->s->id, p->version, when, pick_any(o->p) ? "" : ", networks ", pick_words(q, o->p));
	for (k = 0; k < p->n; k++) {
		pick_count(q, o->p, o->s, o->month, k, n);
		if (page_judged(n) == 0)
			continue;
		if (shown++ == 0) {
			spark_table(out, o->s);
			html_table(out, caption.p, heads, sizeof(heads) / sizeof(*heads));
		}
		row(q, o, k);
	}
	if (shown > 0) {
		html_table_end(out);
		str_adds(out, "</div>\n");
	}
	unjudged(q, o);
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

/* Which networks, and of which month; a form, so that it works without a script. */
static void
form(struct ask *q, const struct pick *p, const struct shown_series *s, size_t month)
{
	struct str *out = &q->r->body;
	char when[8], shown[8];
	size_t i;

	shown_month_text(s->month[month]->head.at, shown);
	str_adds(out, "<form class=\"pick\" action=\"/\">");
	pick_select_region(q, p, s, month);
	pick_select_size(q, p);
	str_adds(out, "<span class=\"field\"><label for=\"month\">Month</label> <select id=\"month\" name=\"month\">\n");
	for (i = s->n; i-- > 0;) {
		shown_month_text(s->month[i]->head.at, when);
		pick_option(out, i + 1 == s->n ? "" : when, when, strcmp(when, shown) == 0);
	}
	str_adds(out, "</select></span> <button>Show</button></form>\n");
	pick_note(q, s, month, "/");
}

/* Of whom the page is, when it is not of all. */
static void
of_whom(struct ask *q, const struct pick *p, const struct shown_series *s, size_t month)
{
	struct str *out = &q->r->body;
	uint64_t n;

	if (pick_any(p))
		return;
	n = pick_networks(q, p, s, month);
	str_adds(out, "<p class=\"lead\">Only <strong>");
	lay_count(out, n);
	str_addf(out, "</strong> network%s %s, of ", n == 1 ? "" : "s", pick_words(q, p));
	lay_count(out, s->month[month]->networks);
	str_addf(out, " assessed. <a href=\"/\">All networks</a>");
	if (pick_placed(p) && month + 1 == s->n)
		str_addf(out, " · <a href=\"/networks%s\">Which ones%s</a>", pick_query(q, p, false),
		    p->sized ? ", of any size" : "");
	str_adds(out, "</p>\n");
}

static void
head(struct ask *q, const struct archive_month *m, const char *title)
{
	struct str *out = &q->r->body;
	char when[UTC_TEXT];

	page_begin(q, title, "/");
	html_el(out, "h1", NULL, title);
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
}

void
page_overview(struct ask *q)
{
	static const char *const keys[] = {"month", "region", "size", NULL};
	const char *when = ask_arg(q, "month");
	const struct shown_series *first;
	const struct archive_month *m;
	struct pick p;
	char month[8];
	size_t i, at;

	if (!ask_only(q, keys) || !pick_ask(q, true, &p))
		return;
	if (q->view->latest == NULL) {
		ask_problem(q, 503, "Nothing is archived yet", "The archive holds no assessment.");
		return;
	}
	first = shown_series_newest(q->view, when, &at);
	if (first == NULL) {
		ask_problem(q, 404, "No such month", "The archive holds no assessment of \"%s\".", when != NULL ? when : "any month");
		return;
	}
	m = when == NULL ? q->view->latest : first->month[at];
	shown_month_text(m->head.at, month);
	head(q, m, arena_printf(q->a, "Routing security in %s", month));
	form(q, &p, first, at);
	of_whom(q, &p, first, at);
	for (i = 0; i < q->view->n_series; i++) {
		struct over o = {&p, &q->view->series[i], shown_month(&q->view->series[i], when)};

		if (o.month != SIZE_MAX)
			pack(q, &o);
	}
	page_end(q);
}
