/* page_exposure: what a network depends on, drawn; and who has an exposure in the archive, by month. */
#include "report/html_exposed.h"
#include "report/layout.h"
#include "serve/exposure.h"
#include "serve/page.h"

#include <inttypes.h>
#include <stdio.h>

/* --- one --- */

static bool
has_page(void *arg, uint32_t asn)
{
	return shown_name(((const struct ask *)arg)->view, asn) != NULL;
}

static void
address(struct str *out, const struct archive_exposure *e)
{
	char name[EXPOSURE_NAME];

	str_addf(out, "/exposure/AS%" PRIu32 "?id=%s", e->origin, exposure_name(e, name));
}

static void
others(struct ask *q, const struct archive_exposure *all, size_t n, size_t at)
{
	struct str *out = &q->r->body;
	char when[UTC_TEXT];
	size_t i;

	if (n < 2)
		return;
	html_el(out, "h2", NULL, "Others of the same network");
	str_adds(out, "<ul class=\"months\">\n");
	for (i = 0; i < n && i < SERVE_PAGE_ROWS; i++) {
		str_adds(out, "<li><a href=\"");
		address(out, &all[i]);
		str_addf(out, "\"%s>%.10s%s%s</a></li>\n", i == at ? " aria-current=\"page\"" : "", utc_format(all[i].at, when),
		    all[i].prefix ? " " : "", all[i].prefix ? all[i].asked : "");
	}
	str_adds(out, "</ul>\n");
}

void
page_exposure(struct ask *q)
{
	static const char *const keys[] = {"id", "month", "prefix", NULL};
	const struct exposed_links links = {"/network/", has_page, q};
	struct exposed_ground ground;
	struct archive_exposure *all;
	struct str title = {0}, *out = &q->r->body;
	struct span head, text;
	struct exposed x;
	size_t n, at;
	enum err e;

	if (!ask_only(q, keys) || !exposure_named(q, &all, &n, &at))
		return;
	e = archive_exposure_read(q->archive, all[at].id, q->a, &ground, &x, &head, &text);
	if (e != OK) {
		ask_broken(q, e);
		return;
	}
	str_adds(&title, "What ");
	html_exposed_title(&title, &x);
	str_adds(&title, " depends on");
	page_begin(q, title.p, "/exposure");
	html_exposed_head(out, &ground, &x);
	html_exposed(out, &ground, &x, "chain", &links);
	others(q, all, n, at);
	str_adds(out, "<p><a href=\"/api/v1");
	address(out, &all[at]);
	str_adds(out, "\">As data</a> · <a href=\"/api/v1");
	address(out, &all[at]);
	str_adds(out, "&amp;format=csv\">As CSV</a> · <a href=\"/exposure\">All exposures</a>");
	if (has_page(q, x.origin))
		str_addf(out, " · <a href=\"/network/%" PRIu32 "\">Verdicts on AS%" PRIu32 "</a>", x.origin, x.origin);
	str_adds(out, "</p>\n");
	page_end(q);
	str_release(&title);
}

/* --- the list --- */

static void
form(struct ask *q)
{
	html_el(&q->r->body, "p", NULL, "The networks that somebody's routes really depend on: direct upstreams and those further "
	    "out, how each is judged, and what went wrong through them.");
	str_adds(&q->r->body, "<form class=\"pick\" action=\"/exposure\"><span class=\"field\"><label for=\"asn\">Whose routes</label> "
	    "<input id=\"asn\" name=\"asn\" maxlength=\"20\" placeholder=\"AS64500\"></span> <button>Show</button></form>\n");
}

static void
months(struct ask *q, const struct exposure_ask *x)
{
	struct str *out = &q->r->body;
	size_t i;

	str_adds(out, "<nav aria-label=\"Months\"><ul class=\"months\">\n");
	for (i = 0; i < x->n_months; i++)
		str_addf(out, "<li><a href=\"/exposure?month=%s\"%s>%s (%" PRIu64 ")</a></li>\n", x->months[i].text,
		    i == x->month ? " aria-current=\"page\"" : "", x->months[i].text, x->months[i].n);
	str_adds(out, "</ul></nav>\n");
}

static void
row(struct ask *q, const struct archive_exposure *e)
{
	const struct shown_name *n = e->has_weakest ? shown_name(q->view, e->weakest) : NULL;
	struct str *out = &q->r->body;
	char when[UTC_TEXT];

	str_adds(out, "<tr><th scope=\"row\" class=\"id\"><a href=\"");
	address(out, e);
	str_addf(out, "\">AS%" PRIu32 "%s%s</a></th><td class=\"why\">", e->origin, e->prefix ? "<br>" : "", e->prefix ? e->asked : "");
	html_text(out, *e->name != '\0' ? e->name : "name not known");
	str_addf(out, "</td><td>%.10s</td>", utc_format(e->at, when));
	html_cell_number(out, e->networks);
	str_adds(out, "<td>");
	if (!e->has_weakest) {
		str_adds(out, e->networks > 0 ? "none fails, none is unknown" : "none is known");
	} else {
		html_verdict(out, e->verdict);
		str_adds(out, " ");
		if (n != NULL)
			page_asn(out, e->weakest);
		else
			str_addf(out, "AS%" PRIu32, e->weakest);
		if (n != NULL && *n->name != '\0') {
			str_adds(out, " <span class=\"small\">");
			html_text(out, n->name);
			str_adds(out, "</span>");
		}
	}
	str_adds(out, "</td></tr>\n");
}

static void
turn(struct ask *q, const struct exposure_ask *x, uint32_t page, uint64_t total)
{
	const char *month = x->months[x->month].text;
	struct str *out = &q->r->body;

	if (total <= SERVE_PAGE_ROWS)
		return;
	str_adds(out, "<nav class=\"pages\" aria-label=\"Pages of the list\">");
	if (page > 1)
		str_addf(out, "<a rel=\"prev\" href=\"/exposure?month=%s&amp;page=%" PRIu32 "\">Previous</a> ", month, page - 1);
	str_addf(out, "<span>Page %" PRIu32 " of %" PRIu64 "</span>", page, (total + SERVE_PAGE_ROWS - 1) / SERVE_PAGE_ROWS);
	if ((uint64_t)page * SERVE_PAGE_ROWS < total)
		str_addf(out, " <a rel=\"next\" href=\"/exposure?month=%s&amp;page=%" PRIu32 "\">Next</a>", month, page + 1);
	str_adds(out, "</nav>\n");
}

/* From the form. False when it was not used. */
static bool
straight(struct ask *q)
{
	const char *text = ask_arg(q, "asn");
	char to[32];
	uint32_t asn;

	if (text == NULL)
		return false;
	if (!asn_read(span_of(text), &asn)) {
		ask_problem(q, 400, "Not an ASN", "\"%s\" is no ASN: a number up to 4294967295, or AS and a number.", text);
		return true;
	}
	snprintf(to, sizeof(to), "/exposure/AS%" PRIu32, asn);
	ask_elsewhere(q, to);
	return true;
}

static void
list(struct ask *q, const struct exposure_ask *x, uint32_t page, const struct archive_exposure *all, size_t n, uint64_t total)
{
	static const char *const heads[] = {"Whose routes", "Name", "As of", "#Depends on", "Weakest link"};
	struct str *out = &q->r->body;
	size_t i;

	page_begin(q, "Exposure", "/exposure");
	html_el(out, "h1", NULL, "Exposure: whom the routes depend on");
	form(q);
	if (x->n_months == 0) {
		str_adds(out, "<p class=\"notice\">The archive holds none yet. <code>routemark exposure ASN --data DIR --archive FILE</code> "
		    "puts one in, <code>routemark archive import</code> what <code>exposure --json</code> wrote.</p>\n");
	} else {
		months(q, x);
		html_table(out, "Exposures of the month, as of when, and the weakest link of each", heads, 5);
		for (i = 0; i < n; i++)
			row(q, &all[i]);
		html_table_end(out);
		turn(q, x, page, total);
	}
	page_end(q);
}

void
page_exposures(struct ask *q)
{
	static const char *const keys[] = {"month", "asn", "weakest", "page", NULL};
	struct archive_exposure *all;
	struct exposure_ask x;
	uint64_t total = 0;
	uint32_t page;
	enum err e;
	size_t n;

	if (!ask_only(q, keys) || !ask_number(q, "page", 1000000, 1, &page) || straight(q) || !exposure_ask(q, false, &x))
		return;
	x.query.limit = SERVE_PAGE_ROWS;
	x.query.offset = (page > 0 ? page - 1 : 0) * SERVE_PAGE_ROWS;
	e = archive_exposures(q->archive, &x.query, q->a, &all, &n, &total);
	if (e != OK)
		ask_broken(q, e);
	else if (page == 0 || (page > 1 && n == 0))
		ask_problem(q, 404, "No such page of the list", "The list has no page %" PRIu32 ".", page);
	else
		list(q, &x, page, all, n, total);
}
