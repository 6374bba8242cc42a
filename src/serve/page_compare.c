/* page_compare: networks that a buyer picks, beside each other, by a pack and a month; the address says which. */
#include "report/layout.h"
#include "report/plot.h"
#include "rule/say.h"
#include "serve/page.h"
#include "serve/pick.h"
#include "serve/side.h"

#include <inttypes.h>

/* --- the form --- */

static void
form(struct ask *q, const struct side *s, const char *profile)
{
	struct str *out = &q->r->body;
	const char *last = NULL;
	size_t i;

	str_adds(out, "<form class=\"pick\" action=\"/compare\"><span class=\"field\"><label for=\"asns\">Networks</label> <input id=\"asns\" name=\"asns\" "
	    "size=\"30\" maxlength=\"200\" placeholder=\"64500, 64501\" value=\"");
	for (i = 0; i < s->n; i++)
		str_addf(out, "%s%" PRIu32, i > 0 ? ", " : "", s->nets[i].asn);
	str_adds(out, "\"></span>\n<span class=\"field\"><label for=\"pack\">Pack</label> <select id=\"pack\" name=\"pack\">\n");
	for (i = 0; i < q->view->n_series; i++) {
		const struct shown_series *v = &q->view->series[i];

		pick_option(out, v->id, arena_printf(q->a, "%s%s", v->id, history_label(shown_pack(v, v->n - 1)->status)),
		    v == s->series);
	}
	str_adds(out, "</select></span>\n<span class=\"field\"><label for=\"month\">Month</label> <select id=\"month\" name=\"month\">\n");
	for (i = s->series->n; i-- > 0;) {
		char *month = arena_alloc(q->a, 8);

		shown_month_text(s->series->month[i]->head.at, month);
		if (last == NULL || strcmp(last, month) != 0)
			pick_option(out, month, month, i == s->month);
		last = month;
	}
	str_adds(out, "</select></span>\n<span class=\"field\"><label for=\"profile\">Against</label> <select id=\"profile\" name=\"profile\">\n");
	pick_option(out, "", "the pack alone", profile == NULL);
	for (i = 0; i < q->site->n_profiles; i++)
		pick_option(out, require_kinds()[i], arena_printf(q->a, "what a buyer of %s requires", require_kinds()[i]),
		    profile != NULL && strcmp(profile, require_kinds()[i]) == 0);
	str_adds(out, "</select></span> <button>Compare</button></form>\n");
}

/* --- the table --- */

static void
number(struct str *out, const struct history_cell *c, uint32_t asn)
{
	struct metric m;

	if (!page_metric(c, asn, &m))
		return;
	str_adds(out, history_judged(c) ? "<span class=\"num\">" : "<span class=\"num\">(");
	say_number(out, &m);
	if (metric_unit(m.id) == UNIT_SHARE) {
		str_adds(out, " of ");
		lay_count(out, m.den);
	}
	str_adds(out, history_judged(c) ? "</span>" : ")</span>");
}

static void
control_row(struct str *out, const struct side *s, size_t k)
{
	const struct archive_control *c = &s->pack->controls[k];
	size_t i;

	str_adds(out, "<tr><th scope=\"row\"><a href=\"/control/");
	html_text(out, s->pack->id);
	str_addc(out, '/');
	html_text(out, c->id);
	str_adds(out, "\">");
	html_text(out, c->id);
	str_adds(out, "</a> <span class=\"title\">");
	html_text(out, c->title);
	str_adds(out, c->required ? "</span> <span class=\"req\">required</span></th>" : "</span></th>");
	for (i = 0; i < s->n; i++) {
		str_adds(out, "<td>");
		if (s->nets[i].there) {
			html_verdict(out, s->nets[i].cells[k].verdict);
			number(out, &s->nets[i].cells[k], s->nets[i].asn);
		} else {
			html_verdict(out, VERDICT_NO_DATA);
		}
		str_adds(out, "</td>");
	}
	str_adds(out, "</tr>\n");
}

static void
summary_row(struct str *out, const struct side *s)
{
	unsigned n[VERDICT_N], judged;
	size_t i, k;

	str_adds(out, "<tr class=\"stays\"><th scope=\"row\">Required controls passed, of those judged</th>");
	for (i = 0; i < s->n; i++) {
		memset(n, 0, sizeof(n));
		for (k = 0; k < s->pack->n && s->nets[i].there; k++)
			if (s->pack->controls[k].required)
				n[s->nets[i].cells[k].verdict]++;
		judged = n[VERDICT_PASS] + n[VERDICT_WARN] + n[VERDICT_FAIL];
		if (!s->nets[i].there)
			str_adds(out, "<td>not assessed in that month</td>");
		else
			str_addf(out, "<td><strong>%u of %u</strong><span class=\"num\">%u without data</span></td>", n[VERDICT_PASS],
			    judged, n[VERDICT_NO_DATA]);
	}
	str_adds(out, "</tr>\n");
}

static void
table(struct ask *q, const struct side *s)
{
	struct str *out = &q->r->body, caption = {0};
	const char *heads[SERVE_SIDE_MAX + 1] = {"Control"};
	char month[8];
	size_t i, k;

	shown_month_text(s->series->month[s->month]->head.at, month);
	str_addf(&caption, "%s %s%s, %s", s->pack->id, s->pack->version, history_label(s->pack->status), month);
	for (i = 0; i < s->n; i++)
		heads[i + 1] = arena_printf(q->a, "AS%" PRIu32 "%s%s", s->nets[i].asn, s->nets[i].there ? " " : "",
		    s->nets[i].there ? s->nets[i].row.name : "");
	str_adds(out, "<div class=\"side\">");
	html_table(out, caption.p, heads, s->n + 1);
	summary_row(out, s);
	for (k = 0; k < s->pack->n; k++)
		control_row(out, s, k);
	html_table_end(out);
	str_adds(out, "</div>\n<p class=\"note\">A number in brackets was measured and did not decide.</p>\n");
	str_release(&caption);
}

/* --- drawn --- */

static size_t
rows_make(struct ask *q, const struct side *s, size_t k, const struct control *c, struct plot_row *rows,
    const struct control_test **test)
{
	size_t i, n = 0;

	for (i = 0; i < s->n; i++) {
		struct metric *m = arena_alloc(q->a, sizeof(*m));
		const struct control_test *t;

		if (!s->nets[i].there || !page_metric(&s->nets[i].cells[k], s->nets[i].asn, m))
			continue;
		t = page_test(c, m);
		if (t == NULL || (*test != NULL && t != *test))
			continue;
		*test = t;
		rows[n++] = (struct plot_row){arena_printf(q->a, "AS%" PRIu32, s->nets[i].asn), m,
		    !history_judged(&s->nets[i].cells[k])};
	}
	return n;
}

static void
figure(struct ask *q, const struct side *s, size_t k)
{
	const struct control *c = site_control(site_pack(q->site, s->pack), s->pack->controls[k].id);
	struct plot_row rows[SERVE_SIDE_MAX];
	const struct control_test *t = NULL;
	struct str *out = &q->r->body, desc = {0};
	size_t i, n = rows_make(q, s, k, c, rows, &t);
	struct plot p;

	if (n < 2)
		return;
	for (i = 0; i < n; i++) {
		str_addf(&desc, "%s%s: ", i > 0 ? "; " : "", rows[i].label);
		say_number(&desc, rows[i].metric);
	}
	str_adds(&desc, ". Asked for: ");
	say_bars(&desc, t, false);
	str_addc(&desc, '.');
	p = (struct plot){.id = arena_printf(q->a, "side-%zu", k), .title = arena_printf(q->a, "%s on its scale", c->id),
	    .desc = desc.p, .test = t};
	str_adds(out, "<figure><h3>");
	html_text(out, c->id);
	str_addc(out, ' ');
	html_text(out, c->title);
	str_adds(out, "</h3>\n");
	plot_rows(out, &p, rows, n);
	str_adds(out, "<figcaption>");
	html_text(out, metric_text(t->metric));
	str_adds(out, "; ");
	say_bars(out, t, false);
	str_adds(out, "</figcaption></figure>\n");
	str_release(&desc);
}

static void
figures(struct ask *q, const struct side *s)
{
	struct str *out = &q->r->body;
	size_t k;

	html_el(out, "h2", NULL, "On their scales");
	html_el(out, "p", "class=\"note\"", plot_note);
	str_adds(out, "<div class=\"grid-figures\">\n");
	for (k = 0; k < s->pack->n; k++)
		figure(q, s, k);
	str_adds(out, "</div>\n");
}

static void
same_as_data(struct ask *q, const struct side *s, const char *when)
{
	struct str *out = &q->r->body;
	size_t i;

	html_open(out, "p", "class=\"note\"");
	str_adds(out, "<a href=\"/api/v1/compare?asns=");
	for (i = 0; i < s->n; i++)
		str_addf(out, "%s%" PRIu32, i > 0 ? "," : "", s->nets[i].asn);
	str_adds(out, "&amp;pack=");
	html_text(out, s->pack->id);
	str_addf(out, "&amp;month=%.7s\">The same as data</a>. Against a buyer's own requirements: <code>routemark compare --require "
	    "PROFILE</code>.", when);
	html_close(out, "p");
}

static void
compared(struct ask *q, const struct side *s, const char *profile)
{
	const struct archive_month *m = s->series->month[s->month];
	uint32_t asns[SERVE_SIDE_MAX];
	struct str *out = &q->r->body;
	char when[UTC_TEXT];
	size_t i;

	str_addf(out, "<p class=\"date\">Judged for <strong>%.10s</strong>. The verdicts are about that moment, not about today.</p>\n",
	    utc_format(m->head.at, when));
	if (profile != NULL) {
		for (i = 0; i < s->n; i++)
			asns[i] = s->nets[i].asn;
		page_profile(q, site_profile(q->site, profile), m, asns, s->n);
		return;
	}
	page_proposal(out, s->pack);
	table(q, s);
	if (s->n > 1)
		figures(q, s);
	same_as_data(q, s, when);
}

void
page_compare(struct ask *q)
{
	static const char *const keys[] = {"asns", "pack", "month", "profile", NULL};
	const char *profile = ask_arg(q, "profile");
	struct side s;

	if (!ask_only(q, keys) || !side_make(q, SERVE_SIDE_MAX, &s))
		return;
	if (profile != NULL && site_profile(q->site, profile) == NULL) {
		ask_problem(q, 404, "No such requirements", "\"%s\" is no starting point of requirements.", profile);
		return;
	}
	page_begin(q, "Compare networks", "/compare");
	html_el(&q->r->body, "h1", NULL, "Compare networks");
	str_addf(&q->r->body, "<p class=\"lead\">Up to %u networks beside each other, by one pack and one month, or against what a "
	    "buyer requires. The address of this page says which: share it.</p>\n", SERVE_SIDE_MAX);
	form(q, &s, profile);
	if (s.n > 0)
		compared(q, &s, profile);
	if (q->r->status == 200)
		page_end(q);
}
