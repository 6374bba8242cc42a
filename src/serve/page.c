/* page: the frame of every page, and what several of them show. */
#include "serve/page.h"
#include "report/layout.h"
#include "report/svg.h"
#include "rule/say.h"

#include <inttypes.h>
#include <string.h>

#define BAR_WIDTH 120

/* --- the frame --- */

static const struct { const char *path, *title; } pages[] = {
	{"/", "Overview"}, {"/networks", "Networks"}, {"/compare", "Compare"},
	{"/exposure", "Exposure"}, {"/incidents", "Incidents"}, {"/log", "Log"}, {"/about", "About"}};

static void
navigation(struct str *out, const char *here)
{
	size_t i;

	str_adds(out, "<header class=\"site\"><nav aria-label=\"Pages\"><ul>\n");
	for (i = 0; i < sizeof(pages) / sizeof(*pages); i++)
		str_addf(out, "<li><a href=\"%s\"%s>%s</a></li>\n", pages[i].path,
		    here != NULL && strcmp(here, pages[i].path) == 0 ? " aria-current=\"page\"" : "", pages[i].title);
	str_adds(out, "</ul></nav>\n<form class=\"find\" role=\"search\" action=\"/networks\"><label for=\"find\">Find a network"
	    "</label> <input id=\"find\" name=\"q\" type=\"search\" maxlength=\"100\" placeholder=\"ASN, name, prefix\"> "
	    "<button>Find</button></form>\n</header>\n");
}

static void
begin(struct ask *q, const char *title, const char *here)
{
	struct str *out = &q->r->body;

	q->r->type = TYPE_HTML;
	str_adds(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n");
	str_addf(out, "<link rel=\"stylesheet\" href=\"%s\">\n", q->site->css_path);
	if (q->r->script != NULL)
		str_addf(out, "<script type=\"module\" src=\"%s\"></script>\n", q->r->script);
	str_adds(out, "<title>");
	html_text(out, title);
	str_adds(out, " - routemark</title>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n");
	html_patterns(out);
	navigation(out, here);
	str_adds(out, "<main id=\"main\">\n");
}

void
page_begin(struct ask *q, const char *title, const char *here)
{
	if (q->r->script == NULL)
		q->r->script = q->site->script_path;
	begin(q, title, here);
}

void
page_end(struct ask *q)
{
	struct str *out = &q->r->body;

	str_adds(out, "</main>\n<footer>\n<p>What is shown speaks of the moment of its evidence, and of what the vantage points "
	    "in that evidence could see. It says nothing about a network's intent, and nothing about today. What could not be "
	    "observed is never a pass.</p>\n<p><a href=\"/about\">Packs, thresholds, sources and limits</a> · "
	    "<a href=\"/api/v1\">The same as data</a> · routemark ");
	html_text(out, q->site->version);
	str_adds(out, "</p>\n</footer>\n</body>\n</html>\n");
}

void
page_problem(struct ask *q, unsigned status, const char *title, const char *detail)
{
	q->r->script = NULL;		/* it has nothing for one */
	begin(q, title, NULL);
	html_el(&q->r->body, "h1", NULL, title);
	html_el(&q->r->body, "p", "class=\"lead\"", detail);
	str_addf(&q->r->body, "<p class=\"note\">Status %u. <a href=\"/\">The overview</a> has what is here.</p>\n", status);
	page_end(q);
}

/* --- what several show --- */

void
page_asn(struct str *out, uint32_t asn)
{
	str_addf(out, "<a href=\"/network/%" PRIu32 "\">AS%" PRIu32 "</a>", asn, asn);
}

void
page_proposal(struct str *out, const struct archive_pack *p)
{
	const char *label = history_label(p->status);

	if (*label == '\0')
		return;
	str_adds(out, "<p class=\"notice\"><strong>Not in force.</strong> The pack ");
	html_text(out, p->id);
	str_adds(out, label);
	str_adds(out, strcmp(p->status, "proposed") == 0 ? " was proposed by a public body and binds nobody.</p>\n" :
	    " is a proposal, not a published requirement.</p>\n");
}

void
page_share(struct str *out, uint64_t num, uint64_t den)
{
	uint32_t lo, hi;

	if (den == 0) {
		str_adds(out, "none could be judged");
		return;
	}
	wilson_ppm(num, den, &lo, &hi);
	say_percent(out, (int64_t)(num * 1000000 / den));
	str_adds(out, " % of ");
	lay_count(out, den);
	str_adds(out, " (95 % interval ");
	say_percent(out, lo);
	str_addc(out, '-');
	say_percent(out, hi);
	str_addc(out, ')');
}

void
page_share_bar(struct str *out, const char *id, const char *title, uint64_t num, uint64_t den)
{
	const struct svg_scale x = {0, 1000000, 4, BAR_WIDTH - 4};
	struct str words = {0};
	uint32_t lo, hi;
	int at;

	page_share(&words, num, den);
	if (den > 0) {
		wilson_ppm(num, den, &lo, &hi);
		at = svg_at(&x, (int64_t)(num * 1000000 / den));
		svg_begin(out, id, BAR_WIDTH, 18, title, words.p);
		svg_rect(out, "zone none", 4, 3, BAR_WIDTH - 8, 12);
		svg_rect(out, "zone zp", 4, 3, at - 4, 12);
		svg_whisker_x(out, svg_at(&x, lo), svg_at(&x, hi), 9, 4);
		svg_end(out);
	}
	html_span(out, str_span(&words));
	str_release(&words);
}

void
page_tally(archive_tally *t, uint64_t n[static VERDICT_N])
{
	size_t s, v;

	memset(n, 0, VERDICT_N * sizeof(*n));
	for (s = 0; s < ARCHIVE_SIZE_N; s++)
		for (v = 0; v < VERDICT_N; v++)
			n[v] += (*t)[s][v];
}

uint64_t
page_judged(const uint64_t n[static VERDICT_N])
{
	return n[VERDICT_PASS] + n[VERDICT_WARN] + n[VERDICT_FAIL];
}

void
page_found_begin(struct str *out, const char *form)
{
	str_addf(out, "<div id=\"found\" data-form=\"%s\">\n", form);
}

void
page_found_end(struct str *out)
{
	str_adds(out, "</div>\n");
}

/* --- numbers --- */

bool
page_metric(const struct history_cell *c, uint32_t asn, struct metric *out)
{
	enum metric_id id = c->decides != NULL ? metric_find(span_of(c->decides)) : METRIC_N;

	if (!c->there || !c->has_number || id == METRIC_N || metric_unit(id) != c->unit)
		return false;
	*out = (struct metric){.id = id, .asn = asn, .state = METRIC_OK, .num = c->num, .den = c->den, .value_ppm = c->value,
	    .lo_ppm = c->lo_ppm, .hi_ppm = c->hi_ppm, .oldest = c->oldest};
	return true;
}

const struct control_test *
page_test(const struct control *c, const struct metric *m)
{
	size_t t;

	for (t = 0; c != NULL && t < c->n_tests; t++)
		if (c->tests[t].judged && c->tests[t].metric == m->id)
			return &c->tests[t];
	return NULL;
}

void
page_reason(struct str *out, const struct history_cell *c, const struct control_test *t, uint32_t asn, bool cdn)
{
	size_t from = out->len;
	struct metric m;

	if (c->reason != NULL) {
		str_adds(out, c->reason);
	} else if (page_metric(c, asn, &m)) {
		say_metric(out, &m);
		if (t != NULL) {
			str_adds(out, "; ");
			say_bars(out, t, cdn);
		}
	} else {
		str_adds(out, "the archive keeps no reason");
	}
	html_sentence(out, from);
}
