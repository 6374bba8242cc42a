/* page_control: one control: what it asks, and how many pass it by size, by region and by month. */
#include "report/layout.h"
#include "rule/say.h"
#include "serve/page.h"
#include "serve/pick.h"

#include <inttypes.h>

const struct shown_series *
page_which(struct ask *q, size_t *month, size_t *k)
{
	const char *slash = strchr(q->rest, '/');
	const struct shown_series *s = NULL;
	const struct archive_pack *p;
	size_t i;

	if (slash != NULL)
		s = shown_series_find(q->view, arena_strdup(q->a, (struct span){q->rest, (size_t)(slash - q->rest)}));
	for (i = s != NULL ? s->n : 0; i-- > 0;) {
		p = shown_pack(s, i);
		for (*k = 0; *k < p->n; ++*k)
			if (span_is_nocase(span_of(slash + 1), p->controls[*k].id)) {
				*month = i;
				return s;
			}
	}
	return NULL;
}

static void
asks(struct str *out, const struct control *c)
{
	size_t t;

	for (t = 0; t < c->n_tests; t++) {
		if (!c->tests[t].judged)
			continue;
		str_adds(out, "<li>");
		html_text(out, metric_text(c->tests[t].metric));
		str_adds(out, ": <strong>");
		say_bars(out, &c->tests[t], false);
		str_adds(out, "</strong></li>\n");
	}
}

static void
requirement(struct str *out, const struct control *c)
{
	size_t i;

	if (c == NULL) {
		str_adds(out, "<p class=\"note\">This program does not have that version of the pack: only the verdicts are known "
		    "here.</p>\n");
		return;
	}
	html_el(out, "p", "class=\"lead\"", c->statement);
	if (c->cannot != NULL) {
		str_adds(out, "<p class=\"notice\">It cannot be judged from public data: ");
		html_text(out, c->cannot);
		str_adds(out, "</p>\n");
	}
	str_adds(out, "<ul>\n");
	asks(out, c);
	str_adds(out, "</ul>\n<dl>\n");
	html_term(out, "Evidence", c->evidence_class);
	html_term(out, "Thresholds", c->threshold_source);
	html_term(out, "Guidance", c->guidance);
	html_term(out, "To mend it", c->remedy);
	str_adds(out, "</dl>\n");
	for (i = 0; i < c->n_references; i++) {
		str_adds(out, i == 0 ? "<p class=\"note\">It rests on " : "; ");
		html_link(out, c->references[i].href, c->references[i].title);
	}
	if (c->n_references > 0)
		str_adds(out, ".</p>\n");
}

/* The rest of a row that <td class="share"> was begun in: how many pass, and each verdict counted. */
static void
share_cells(struct ask *q, const char *id, const char *of, const uint64_t n[static VERDICT_N])
{
	struct str *out = &q->r->body;
	size_t i;

	page_share_bar(out, id, arena_printf(q->a, "%s: share that passes", of), n[VERDICT_PASS], page_judged(n));
	str_adds(out, "</td>");
	for (i = 0; i < VERDICT_N; i++)
		html_cell_number(out, n[i]);
	str_adds(out, "</tr>\n");
}

static void
month_row(struct ask *q, const struct pick *p, const struct shown_series *s, size_t month, size_t k)
{
	struct str *out = &q->r->body;
	uint64_t n[VERDICT_N];
	char when[8];

	shown_month_text(s->month[month]->head.at, when);
	pick_count(q, p, s, month, k, n);
	str_addf(out, "<tr><th scope=\"row\" class=\"id\">%s</th><td class=\"share\">", when);
	share_cells(q, arena_printf(q->a, "m-%s", when), when, n);
}

static void
size_row(struct ask *q, const struct pick *p, const struct shown_series *s, size_t month, size_t k, size_t size)
{
	const uint64_t *n = (*pick_tally(q, p, s, month, k))[size];
	const char *words = pick_size_words((enum archive_size)size);
	struct str *out = &q->r->body;

	str_adds(out, "<tr><th scope=\"row\">");
	str_adds(out, words);
	str_adds(out, "</th><td class=\"share\">");
	share_cells(q, arena_printf(q->a, "s-%zu", size), words, n);
}

/* The address of the page of the control, not escaped for an attribute. */
static const char *
here(struct ask *q, const struct shown_series *s, size_t month, size_t k)
{
	return arena_printf(q->a, "/control/%s/%s", s->id, shown_pack(s, month)->controls[k].id);
}

/* Of a region: a link to this page of it alone. */
static void
region_row(struct ask *q, const struct region *r, const struct shown_series *s, size_t month, size_t k)
{
	const struct pick only = {.region = r};
	struct str *out = &q->r->body;
	uint64_t n[VERDICT_N];

	pick_count(q, &only, s, month, k, n);
	str_addf(out, "<tr><th scope=\"row\">%s<a href=\"", r->kind == REGION_SUBREGION ? "<span aria-hidden=\"true\">– </span>" : "");
	html_text(out, here(q, s, month, k));
	str_addf(out, "?region=%s\">%s</a></th><td class=\"share\">", r->id, r->name);
	share_cells(q, arena_printf(q->a, "r-%s", r->id), r->name, n);
}

static void
regions_table(struct ask *q, const struct shown_series *s, size_t month, size_t k)
{
	static const char *const heads[] = {"Registered in", "Networks that pass, of those judged", "#Pass", "#Warn", "#Fail",
	    "#No data", "#N.A."};
	struct str *out = &q->r->body;
	size_t i;

	html_el(out, "h2", NULL, "By region");
	html_table(out, "Networks by registry, then by region of the UN (M49), in the newest month; regions without a network are "
	    "left out", heads, 7);
	for (i = 0; i < REGION_N; i++) {
		const struct pick only = {.region = &regions[i]};

		if (pick_networks(q, &only, s, month) > 0 || regions[i].kind == REGION_REST)
			region_row(q, &regions[i], s, month, k);
	}
	html_table_end(out);
	pick_note(q, s, month, here(q, s, month, k));
}

static void
tables(struct ask *q, const struct pick *p, const struct shown_series *s, size_t month, size_t k)
{
	static const char *const by_size[] = {"Routes that it originates", "Networks that pass, of those judged", "#Pass",
	    "#Warn", "#Fail", "#No data", "#N.A."};
	static const char *const by_month[] = {"Month", "Networks that pass, of those judged", "#Pass", "#Warn", "#Fail",
	    "#No data", "#N.A."};
	const char *control = shown_pack(s, month)->controls[k].id, *of = pick_words(q, p);
	const char *whom = arena_printf(q->a, "%s%s", *of != '\0' ? "Networks " : "All networks", of);
	struct str *out = &q->r->body;
	size_t i, c;

	html_el(out, "h2", NULL, "By size");
	html_table(out, arena_printf(q->a, "%s, by how many routes they originate, in the newest month", whom), by_size, 7);
	for (i = 0; i < ARCHIVE_SIZE_N; i++)
		size_row(q, p, s, month, k, i);
	html_table_end(out);
	if (!pick_placed(p))
		regions_table(q, s, month, k);
	html_el(out, "h2", NULL, "By month");
	control_trend(q, p, s, control);
	html_table(out, arena_printf(q->a, "%s, month by month", whom), by_month, 7);
	for (i = s->n; i-- > 0;) {
		const struct archive_pack *pack = shown_pack(s, i);

		for (c = 0; c < pack->n; c++)
			if (strcmp(pack->controls[c].id, control) == 0)
				month_row(q, p, s, i, c);
	}
	html_table_end(out);
	str_adds(out, "<p class=\"note\">Months judged by another version of the pack, or on other evidence, are not strictly "
	    "comparable; <a href=\"/about\">About</a> lists what each rests on.</p>\n");
}

static void
form(struct ask *q, const struct pick *p, const struct shown_series *s, size_t month, size_t k)
{
	struct str *out = &q->r->body;
	uint64_t n = pick_networks(q, p, s, month);

	html_el(out, "h2", NULL, "How many pass");
	str_adds(out, "<form class=\"pick\">");
	pick_select_region(q, p, s, month);
	pick_field_country(q, p);
	str_adds(out, "<button>Show</button></form>\n");
	if (!pick_placed(p))
		return;
	str_adds(out, "<p class=\"lead\">Only <strong>");
	lay_count(out, n);
	str_addf(out, "</strong> network%s %s, of ", n == 1 ? "" : "s", pick_words(q, p));
	lay_count(out, s->month[month]->networks);
	str_adds(out, " assessed. <a href=\"");
	html_text(out, here(q, s, month, k));
	str_addf(out, "\">All networks</a> · <a href=\"/networks%s\">Which ones</a></p>\n", pick_query(q, p, false));
	pick_note(q, s, month, here(q, s, month, k));
}

/* For an address inside of an attribute. */
static const char *
slug_of(struct ask *q, const char *text)
{
	struct str s = {0};
	const char *out;

	html_text(&s, text);
	out = arena_strdup(q->a, str_span(&s));
	str_release(&s);
	return out;
}

void
page_control(struct ask *q)
{
	static const char *const keys[] = {"country", "region", NULL};
	size_t month = 0, k = 0;
	const struct shown_series *s = page_which(q, &month, &k);
	const struct archive_control *c;
	const struct archive_pack *p;
	struct str title = {0}, *out = &q->r->body;
	char when[UTC_TEXT];
	struct pick pick;

	if (!ask_only(q, keys) || !pick_ask(q, false, &pick) || !pick_load(q, &pick))
		return;
	if (s == NULL) {
		ask_problem(q, 404, "No such control", "The archive holds no verdict by \"%s\".", q->rest);
		return;
	}
	p = shown_pack(s, month);
	c = &p->controls[k];
	str_addf(&title, "%s: %s", c->id, c->title);
	page_begin(q, title.p, NULL);
	str_adds(out, "<p class=\"kicker\">");
	html_text(out, p->title);
	str_adds(out, ", ");
	html_text(out, p->id);
	str_addc(out, ' ');
	html_text(out, p->version);
	str_adds(out, history_label(p->status));
	str_adds(out, "</p>\n");
	html_el(out, "h1", NULL, title.p);
	str_addf(out, "<p class=\"date\">%s, judged for <strong>%.10s</strong>.</p>\n", c->required ? "Required" : "Not required",
	    utc_format(s->month[month]->head.at, when));
	page_proposal(out, p);
	if (month > 0)
		str_addf(out, "<p><a href=\"/changes/%s/%s\">Which networks changed since the month before</a></p>\n", slug_of(q, p->id),
		    slug_of(q, c->id));
	requirement(out, site_control(site_pack(q->site, p), c->id));
	form(q, &pick, s, month, k);
	tables(q, &pick, s, month, k);
	page_end(q);
	str_release(&title);
}
