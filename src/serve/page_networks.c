/* page_networks: all networks, or those that were searched for, a page at a time. */
#include "report/layout.h"
#include "serve/find.h"
#include "serve/page.h"
#include "serve/pick.h"

#include <inttypes.h>
#include <stdio.h>

/* Packs of the newest assessment that require something: a column each. */
static size_t
packs_shown(const struct archive_month *m, size_t *shown, size_t *first)
{
	size_t i, k, n = 0, at = 0;
	bool required;

	for (i = 0; i < m->head.n_packs; at += m->head.packs[i++].n) {
		for (k = 0, required = false; k < m->head.packs[i].n; k++)
			required |= m->head.packs[i].controls[k].required;
		if (required && n < SERVE_SIDE_MAX) {
			shown[n] = i;
			first[n++] = at;
		}
	}
	return n;
}

static void
passes(struct str *out, const struct archive_pack *p, const struct archive_verdict *v)
{
	unsigned n[VERDICT_N] = {0}, judged;
	size_t k;

	for (k = 0; k < p->n; k++)
		if (p->controls[k].required)
			n[v[k].verdict]++;
	judged = n[VERDICT_PASS] + n[VERDICT_WARN] + n[VERDICT_FAIL];
	str_adds(out, "<td>");
	if (judged == 0)
		str_adds(out, "<span class=\"small\">not judged</span>");
	else
		str_addf(out, "%u of %u", n[VERDICT_PASS], judged);
	if (judged > 0 && n[VERDICT_FAIL] > 0)
		str_addf(out, " <span class=\"v vf\"><span aria-hidden=\"true\">✗</span> %u fail%s</span>", n[VERDICT_FAIL],
		    n[VERDICT_FAIL] == 1 ? "s" : "");
	str_adds(out, "</td>");
}

static bool
row(struct ask *q, const struct shown_name *name, const size_t *shown, const size_t *first, size_t n)
{
	const struct archive_month *m = q->view->latest;
	struct str *out = &q->r->body;
	struct archive_row r;
	bool found;
	size_t i;
	enum err e = archive_network(q->archive, m, name->asn, q->a, &r, &found);

	if (e != OK || !found) {
		ask_broken(q, e);
		return false;
	}
	str_adds(out, "<tr><th scope=\"row\" class=\"id\">");
	page_asn(out, name->asn);
	str_adds(out, "</th><td class=\"why\">");
	html_text(out, *name->name != '\0' ? name->name : "name not known");
	if (*name->org != '\0') {
		str_adds(out, "<br><span class=\"small\">");
		html_text(out, name->org);
		str_adds(out, "</span>");
	}
	str_adds(out, "<br><span class=\"small\">");
	if (r.place.service == SERVICE_NONE) {
		str_adds(out, "registration not known");
	} else {
		str_adds(out, "registered with ");
		pick_place(out, &r.place);
	}
	str_adds(out, "</span>");
	str_adds(out, r.seen ? "</td>" : "<br><span class=\"small\">not seen in the routes</span></td>");
	for (i = 0; i < n; i++)
		passes(out, &m->head.packs[shown[i]], &r.verdicts[first[i]]);
	str_adds(out, "</tr>\n");
	return true;
}

static void
turn(struct ask *q, const struct pick *p, const char *text, size_t page, size_t n)
{
	struct str *out = &q->r->body;
	struct target t = {.path = "/networks"};

	if (n <= SERVE_PAGE_ROWS)
		return;
	str_adds(out, "<nav class=\"pages\" aria-label=\"Pages of the list\">");
	if (p->country != NULL)
		t.args[t.n++] = (struct target_arg){"country", p->country};
	if (text != NULL)
		t.args[t.n++] = (struct target_arg){"q", text};
	if (p->region != NULL)
		t.args[t.n++] = (struct target_arg){"region", p->region->id};
	t.n++;
	if (page > 0) {
		t.args[t.n - 1] = (struct target_arg){"page", arena_printf(q->a, "%zu", page)};
		str_adds(out, "<a rel=\"prev\" href=\"");
		html_text(out, target_canonical(&t, q->a));
		str_adds(out, "\">Previous</a> ");
	}
	str_addf(out, "<span>Page %zu of %zu</span>", page + 1, (n + SERVE_PAGE_ROWS - 1) / SERVE_PAGE_ROWS);
	if ((page + 1) * SERVE_PAGE_ROWS < n) {
		t.args[t.n - 1] = (struct target_arg){"page", arena_printf(q->a, "%zu", page + 2)};
		str_adds(out, " <a rel=\"next\" href=\"");
		html_text(out, target_canonical(&t, q->a));
		str_adds(out, "\">Next</a>");
	}
	str_adds(out, "</nav>\n");
}

static void
told(struct ask *q, const struct pick *p, const char *text, const struct found *f)
{
	struct str *out = &q->r->body;
	char when[UTC_TEXT];

	str_adds(out, "<p class=\"lead\">");
	lay_count(out, f->n);
	str_addf(out, " network%s", f->n == 1 ? "" : "s");
	if (f->by_prefix)
		str_adds(out, " named in incidents of ");
	else if (text != NULL)
		str_adds(out, " for ");
	if (text != NULL) {
		str_adds(out, "“");
		html_text(out, text);
		str_adds(out, "”");
	}
	if (pick_placed(p))
		str_addf(out, " %s,", pick_words(q, p));
	str_addf(out, " of %" PRIu64 " judged for %.10s.</p>\n", q->view->latest->networks,
	    utc_format(q->view->latest->head.at, when));
	if (f->by_prefix)
		find_prefix_show(q, f);
	else if (f->n == 0)
		str_adds(out, "<p class=\"note\">Search for an ASN, words of a name or organisation, an address or a prefix. Names are "
		    "those of the newest month; a network that only an earlier one has is found by its ASN.</p>\n");
}

static void
list(struct ask *q, const struct found *f, size_t from)
{
	size_t shown[SERVE_SIDE_MAX], first[SERVE_SIDE_MAX], n = packs_shown(q->view->latest, shown, first), i;
	const char *heads[SERVE_SIDE_MAX + 2] = {"Network", "Name"};

	for (i = 0; i < n; i++)
		heads[i + 2] = arena_printf(q->a, "%s%s", q->view->latest->head.packs[shown[i]].id,
		    history_label(q->view->latest->head.packs[shown[i]].status));
	html_table(&q->r->body, "Required controls passed, of those that could be judged, by pack", heads, n + 2);
	for (i = from; i < f->n && i < from + SERVE_PAGE_ROWS; i++)
		if (!row(q, f->name[i], shown, first, n))
			return;
	html_table_end(&q->r->body);
}

/* In any month: the newest is known, the others are looked up. */
static bool
is_judged(struct ask *q, uint32_t asn)
{
	bool there = shown_name(q->view, asn) != NULL;
	size_t i;

	for (i = q->view->n_months; !there && i-- > 0;)
		if (archive_has(q->archive, &q->view->months[i], asn, &there) != OK)
			return false;
	return there;
}

/* An ASN leads to its page, if it has one. */
static bool
straight(struct ask *q, const char *text)
{
	char to[32];
	uint32_t asn;

	if (text == NULL || !asn_read(span_trim(span_of(text)), &asn) || !is_judged(q, asn))
		return false;
	snprintf(to, sizeof(to), "/network/%" PRIu32, asn);
	ask_elsewhere(q, to);
	return true;
}

/* Only some; keeps what was searched for. */
static void
form(struct ask *q, const struct pick *p, const char *text)
{
	struct str *out = &q->r->body;
	const struct shown_series *s;
	size_t month;

	s = shown_series_newest(q->view, NULL, &month);
	if (s == NULL)
		return;
	str_adds(out, "<form class=\"pick\" action=\"/networks\">");
	if (text != NULL) {
		str_adds(out, "<input type=\"hidden\" name=\"q\" value=\"");
		html_text(out, text);
		str_adds(out, "\">");
	}
	pick_select_region(q, p, s, month);
	pick_field_country(q, p);
	str_adds(out, "<button>Show</button></form>\n");
	pick_note(q, s, month, "/networks");
}

void
page_networks(struct ask *q)
{
	static const char *const keys[] = {"country", "page", "q", "region", NULL};
	const char *text = ask_arg(q, "q");
	struct found f;
	struct pick pick;
	uint32_t page;

	if (!ask_only(q, keys) || !ask_number(q, "page", 1000000, 1, &page) || !pick_ask(q, false, &pick))
		return;
	if (q->view->latest == NULL) {
		ask_problem(q, 503, "Nothing is archived yet", "The archive holds no assessment.");
		return;
	}
	if (straight(q, text) || !find_networks(q, text, &pick, &f))
		return;
	if (page == 0 || (page > 1 && (page - 1) * SERVE_PAGE_ROWS >= f.n)) {
		ask_problem(q, 404, "No such page of the list", "The list has no page %u.", page);
		return;
	}
	page_begin(q, text != NULL ? "Networks found" : "Networks", "/networks");
	page_found_begin(&q->r->body, "find");
	html_el(&q->r->body, "h1", NULL, text != NULL ? "Networks found" : "Networks");
	form(q, &pick, text);
	told(q, &pick, text, &f);
	if (f.n > 0)
		list(q, &f, (page - 1) * SERVE_PAGE_ROWS);
	if (q->r->status != 200)
		return;
	turn(q, &pick, text, page - 1, f.n);
	page_found_end(&q->r->body);
	page_end(q);
}
