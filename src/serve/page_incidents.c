/* page_incidents: the incidents of a window, all or those that are asked for, a page at a time. */
#include "serve/incident_page.h"
#include "report/layout.h"

#include <inttypes.h>
#include <string.h>

static const char *const keys[] = {"window", "class", "confidence", "asn", "after", NULL};

/* --- what can be chosen --- */

static void
option(struct str *out, const char *value, const char *text, bool chosen)
{
	str_adds(out, "<option value=\"");
	html_text(out, value);
	str_adds(out, chosen ? "\" selected>" : "\">");
	html_text(out, text);
	str_adds(out, "</option>");
}

static void
window_choice(struct ask *q, const struct incident_ask *x)
{
	char name[INCIDENT_WINDOW_HEX + 1];
	struct str *out = &q->r->body, text = {0};
	size_t i;

	str_adds(out, "<span class=\"field\"><label for=\"window\">Window</label> <select id=\"window\" name=\"window\">");
	for (i = x->n; i-- > 0;) {
		str_clear(&text);
		incident_window_text(&text, &x->all[i].w);
		option(out, incident_window_name(&x->all[i], name), text.p, &x->all[i] == x->window);
	}
	str_adds(out, "</select></span>\n");
	str_release(&text);
}

static void
choices(struct ask *q, const struct incident_ask *x)
{
	struct str *out = &q->r->body;
	const char *word;
	unsigned c;
	size_t i;

	str_adds(out, "<form class=\"pick\" action=\"/incidents\">\n");
	window_choice(q, x);
	str_adds(out, "<span class=\"field\"><label for=\"class\">What</label> <select id=\"class\" name=\"class\">");
	option(out, "", "anything", x->query.classes == 0);
	for (c = 0; c < OFF_N; c++) {
		word = offence_class_word((enum offence_class)c);
		option(out, word, offence_class_text((enum offence_class)c), x->query.classes == 1u << c);
	}
	str_adds(out, "</select></span>\n<span class=\"field\"><label for=\"confidence\">Confidence</label> "
	    "<select id=\"confidence\" name=\"confidence\">");
	option(out, "", "any", x->query.confidence == NULL);
	for (i = 0; (word = incident_confidences[i]) != NULL; i++)
		option(out, word, word, x->query.confidence != NULL && strcmp(x->query.confidence, word) == 0);
	str_adds(out, "</select></span>\n<span class=\"field\"><label for=\"asn\">Network</label> <input id=\"asn\" name=\"asn\" "
	    "maxlength=\"12\" size=\"12\" placeholder=\"ASN\"");
	if (x->query.asn != 0)
		str_addf(out, " value=\"AS%" PRIu32 "\"", x->query.asn);
	str_adds(out, "></span>\n<button>Show</button></form>\n");
}

/* --- how many of what --- */

/* An address of this page, with one thing asked for otherwise. */
static void
address(struct ask *q, const struct incident_ask *x, const char *class, const char *confidence, const char *after)
{
	char window[INCIDENT_WINDOW_HEX + 1];
	struct target t = {.path = "/incidents"};

	t.args[t.n++] = (struct target_arg){"window", incident_window_name(x->window, window)};
	if (x->query.asn != 0)
		t.args[t.n++] = (struct target_arg){"asn", arena_printf(q->a, "%" PRIu32, x->query.asn)};
	if (class != NULL)
		t.args[t.n++] = (struct target_arg){"class", class};
	if (confidence != NULL && *confidence != '\0')
		t.args[t.n++] = (struct target_arg){"confidence", confidence};
	if (after != NULL)
		t.args[t.n++] = (struct target_arg){"after", after};
	html_text(&q->r->body, target_canonical(&t, q->a));
}

static void
counted(struct ask *q, const struct incident_ask *x, const struct incident_count *c, size_t n)
{
	static const char *const all[] = {"What", "Confidence", "#Incidents"};
	static const char *const of[] = {"What", "Confidence", "#It did", "#It accepted"};
	bool one = x->query.asn != 0;
	struct str *out = &q->r->body;
	size_t i;

	if (n == 0)
		return;
	html_table(out, one ? "Its incidents of this window, by what and how sure" : "All of this window, by what and how sure",
	    one ? of : all, one ? 4 : 3);
	for (i = 0; i < n; i++) {
		str_adds(out, "<tr><th scope=\"row\"><a href=\"");
		address(q, x, offence_class_word(c[i].class), c[i].confidence, NULL);
		str_adds(out, "\">");
		html_text(out, offence_class_text(c[i].class));
		if (*c[i].confidence != '\0') {
			str_adds(out, ", ");
			html_text(out, c[i].confidence);
		}
		str_adds(out, "</a></th>");
		html_cell(out, *c[i].confidence != '\0' ? c[i].confidence : "not graded");
		html_cell_number(out, c[i].culprit);
		if (one)
			html_cell_number(out, c[i].accomplice);
		str_adds(out, "</tr>\n");
	}
	html_table_end(out);
}

/* --- the list --- */

static void
row(struct ask *q, const struct archive_window_entry *w, const struct archive_incident_row *r)
{
	char name[INCIDENT_NAME], prefix[PREFIX_TEXT];
	struct str *out = &q->r->body;

	str_addf(out, "<tr><th scope=\"row\" class=\"id\"><a href=\"/incident/%s\">", incident_name(w, r->ord, name));
	incident_moment(out, r->began_us);
	str_adds(out, "</a></th><td class=\"num\">");
	if (r->open)
		str_adds(out, "still there");
	else
		incident_moment(out, r->ended_us);
	str_adds(out, "</td><td>");
	html_text(out, offence_class_text(r->i.class));
	str_adds(out, "</td><td>");
	incident_network(q, r->i.culprit);
	str_addf(out, "</td><td>%s</td><td>", prefix_format(&r->i.prefix, prefix));
	html_text(out, r->i.confidence != NULL ? r->i.confidence : "not graded");
	str_addf(out, "</td><td>%" PRIu32 " <span class=\"small\">of %" PRIu32 " needed</span></td><td class=\"why\">", r->i.peak,
	    r->i.needed);
	html_text(out, r->i.why);
	str_adds(out, "</td></tr>\n");
}

static bool
list(struct ask *q, struct incident_ask *x)
{
	static const char *const heads[] = {"Began (UTC)", "Ended", "What", "Whose doing", "Prefix", "Confidence",
	    "Seen by at once", "Why"};
	struct archive_incident_row *rows;
	struct str *out = &q->r->body;
	size_t i, n;
	enum err e;

	x->query.limit = SERVE_PAGE_ROWS + 1;
	e = archive_incidents(q->archive, x->window->id, &x->query, q->a, &rows, &n);
	if (e != OK) {
		ask_broken(q, e);
		return false;
	}
	if (n == 0) {
		str_adds(out, "<p class=\"note\">None. That nothing was found does not mean that nothing was: see below what was looked "
		    "for, and how much of the window was seen.</p>\n");
		return true;
	}
	html_table(out, "Incidents, in the order of what, then prefix", heads, sizeof(heads) / sizeof(*heads));
	for (i = 0; i < n && i < SERVE_PAGE_ROWS; i++)
		row(q, x->window, &rows[i]);
	html_table_end(out);
	str_adds(out, "<nav class=\"pages\" aria-label=\"Pages of the list\">");
	if (x->query.after > 0) {
		str_adds(out, "<a href=\"");
		address(q, x, ask_arg(q, "class"), x->query.confidence, NULL);
		str_adds(out, "\">First page</a> ");
	}
	if (n > SERVE_PAGE_ROWS) {
		str_adds(out, "<a rel=\"next\" href=\"");
		address(q, x, ask_arg(q, "class"), x->query.confidence,
		    arena_printf(q->a, "%" PRIu64, rows[SERVE_PAGE_ROWS - 1].ord + 1));
		str_adds(out, "\">Next page</a>");
	}
	str_adds(out, "</nav>\n");
	return true;
}

static void
told(struct ask *q, const struct incident_ask *x, uint64_t total)
{
	struct str *out = &q->r->body;

	str_adds(out, "<p class=\"lead\">");
	lay_count(out, total);
	str_addf(out, " incident%s", total == 1 ? "" : "s");
	if (x->query.asn != 0) {
		str_adds(out, " that ");
		page_asn(out, x->query.asn);
		str_adds(out, " did or accepted");
	}
	if (total != x->window->incidents) {
		str_adds(out, ", of ");
		lay_count(out, x->window->incidents);
		str_adds(out, " in this window");
	}
	str_adds(out, ".</p>\n");
}

static void
page(struct ask *q, struct incident_ask *x, const struct incident_count *c, size_t n)
{
	struct str *out = &q->r->body, window = {0};
	char name[INCIDENT_WINDOW_HEX + 1];

	incident_window_text(&window, &x->window->w);
	page_begin(q, arena_printf(q->a, "Incidents of %s", window.p), "/incidents");
	str_addf(out, "<h1>Incidents <span class=\"name\">%s</span></h1>\n<p class=\"date\">What follows is about that time, not "
	    "about today.</p>\n", window.p);
	str_release(&window);
	choices(q, x);
	page_found_begin(out, "pick");
	told(q, x, incident_total(x, c, n));
	if (!list(q, x))
		return;
	html_el(out, "h2", NULL, "What there is");
	counted(q, x, c, n);
	html_el(out, "h2", NULL, "What was looked for, and seen");
	incident_looked(out, &x->window->w);
	str_addf(out, "<p><a href=\"/api/v1/incidents?window=%s\">As data</a> · <a href=\"/api/v1/incidents?window=%s&amp;format=csv\">"
	    "As CSV</a></p>\n", incident_window_name(x->window, name), name);
	page_found_end(out);
	page_end(q);
}

void
page_incidents(struct ask *q)
{
	struct incident_count *c;
	struct incident_ask x;
	uint32_t after;
	size_t n;

	if (!ask_only(q, keys) || !incident_ask(q, &x) || !ask_number(q, "after", UINT32_MAX, 0, &after))
		return;
	x.query.after = after;
	if (x.window != NULL) {
		if (incident_counts(q, &x, &c, &n))
			page(q, &x, c, n);
		return;
	}
	page_begin(q, "Incidents", "/incidents");
	html_el(&q->r->body, "h1", NULL, "Incidents");
	html_el(&q->r->body, "p", "class=\"lead\"", "The archive holds no window of incidents.");
	html_el(&q->r->body, "p", "class=\"note\"", "That says nothing about whether there were any: routemark incidents --archive "
	    "puts them in.");
	page_end(q);
}
