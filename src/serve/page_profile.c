/* page_profile: networks against what a buyer requires, side by side. */
#include "report/html_compare.h"
#include "report/layout.h"
#include "serve/hold.h"
#include "serve/page.h"

#include <inttypes.h>
#include <stdlib.h>

struct buyer {
	struct ask *q;
	const struct requirement *req;
	const struct archive_month *month;
	const struct demand **order;	/* as a buyer reads them */
	uint32_t *asns;
	bool *there;
	struct archive_row *rows;
	struct held (*held)[SERVE_SIDE_MAX];	/* of each demand in order, of each network */
	struct tally *tally;
	size_t n;
};

static int
by_demand(const void *x, const void *y)
{
	const struct demand *a = *(const struct demand *const *)x, *b = *(const struct demand *const *)y;
	int c = demand_compare(a, b);

	return c != 0 ? c : a < b ? -1 : a > b;
}

static bool
fill(struct buyer *b)
{
	size_t i, k, n = b->req->pack.n;
	enum err e;

	b->order = arena_array(b->q->a, n + 1, sizeof(*b->order));
	for (k = 0; k < n; k++)
		b->order[k] = &b->req->demands[k];
	qsort(b->order, n, sizeof(*b->order), by_demand);
	b->held = arena_array(b->q->a, n + 1, sizeof(*b->held));
	b->rows = arena_array(b->q->a, b->n + 1, sizeof(*b->rows));
	b->there = arena_array(b->q->a, b->n + 1, sizeof(*b->there));
	b->tally = arena_array(b->q->a, b->n + 1, sizeof(*b->tally));
	for (i = 0; i < b->n; i++) {
		e = archive_network(b->q->archive, b->month, b->asns[i], b->q->a, &b->rows[i], &b->there[i]);
		if (e != OK) {
			ask_broken(b->q, e);
			return false;
		}
		for (k = 0; b->there[i] && k < n; k++) {
			hold_demand(b->order[k], b->month, &b->rows[i], b->q->a, &b->held[k][i]);
			tally_add(&b->tally[i], &b->held[k][i]);
		}
	}
	return true;
}

static void
summary(struct buyer *b)
{
	struct str *out = &b->q->r->body;
	size_t i;

	str_adds(out, "<tr><th scope=\"row\">All that is required</th>");
	for (i = 0; i < b->n; i++) {
		const uint16_t *n = b->tally[i].n[1];

		if (!b->there[i]) {
			str_adds(out, "<td>not assessed in that month</td>");
			continue;
		}
		str_adds(out, "<td>");
		html_outcome(out, n[OUTCOME_SHORT] > 0 ? OUTCOME_SHORT : n[OUTCOME_UNKNOWN] > 0 ? OUTCOME_UNKNOWN : OUTCOME_MEETS);
		str_addf(out, "<span class=\"num\">meets %u, short of %u, %u not known</span></td>", n[OUTCOME_MEETS],
		    n[OUTCOME_SHORT], n[OUTCOME_UNKNOWN]);
	}
	str_adds(out, "</tr>\n");
}

static void
demand_row(struct buyer *b, size_t k)
{
	const struct demand *d = b->order[k];
	struct str *out = &b->q->r->body;
	size_t i, from;

	str_adds(out, "<tr><th scope=\"row\">");
	html_text(out, d->control->id);
	str_adds(out, " <span class=\"title\">");
	html_text(out, d->control->title);
	str_adds(out, d->control->required ? "</span> <span class=\"req\">required</span>" : "</span> <span class=\"req\">wished</span>");
	str_adds(out, "<span class=\"req\">");
	html_text(out, pack_label(d->from));
	str_adds(out, "</span>");
	str_adds(out, "</th>");
	for (i = 0; i < b->n; i++) {
		str_adds(out, "<td>");
		if (b->there[i]) {
			html_outcome(out, b->held[k][i].outcome);
			if (b->held[k][i].outcome == OUTCOME_SHORT) {
				str_adds(out, "<span class=\"num\">");
				from = out->len;
				say_short(out, &b->held[k][i]);
				html_escape(out, from);
				str_adds(out, "</span>");
			}
		} else {
			html_outcome(out, OUTCOME_UNKNOWN);
		}
		str_adds(out, "</td>");
	}
	str_adds(out, "</tr>\n");
}

/* Why, in full, folded: a table of it would be too wide. */
static void
reasons(struct buyer *b, size_t i)
{
	struct str *out = &b->q->r->body;
	size_t k, from;

	if (!b->there[i])
		return;
	str_addf(out, "<details><summary>Why, for AS%" PRIu32 "</summary>\n<dl>\n", b->asns[i]);
	for (k = 0; k < b->req->pack.n; k++) {
		str_adds(out, "<dt>");
		html_text(out, b->order[k]->control->id);
		str_adds(out, "</dt><dd>");
		from = out->len;
		say_held(out, &b->held[k][i]);
		html_sentence(out, from);
		str_adds(out, "</dd>\n");
	}
	str_adds(out, "</dl></details>\n");
}

static void
table(struct buyer *b)
{
	struct str *out = &b->q->r->body, caption = {0};
	const char *heads[SERVE_SIDE_MAX + 1] = {"Demand"};
	char month[8];
	size_t i, k;

	shown_month_text(b->month->head.at, month);
	str_addf(&caption, "%s %s, %s", b->req->pack.id, b->req->pack.version, month);
	for (i = 0; i < b->n; i++)
		heads[i + 1] = arena_printf(b->q->a, "AS%" PRIu32 "%s%s", b->asns[i], b->there[i] ? " " : "",
		    b->there[i] ? b->rows[i].name : "");
	str_adds(out, "<div class=\"side\">");
	html_table(out, caption.p, heads, b->n + 1);
	summary(b);
	for (k = 0; k < b->req->pack.n; k++)
		demand_row(b, k);
	html_table_end(out);
	str_adds(out, "</div>\n");
	for (i = 0; i < b->n; i++)
		reasons(b, i);
	str_release(&caption);
}

void
page_profile(struct ask *q, const struct requirement *req, const struct archive_month *m, uint32_t *asns, size_t n)
{
	struct buyer b = {.q = q, .req = req, .month = m, .asns = asns, .n = n};
	struct str *out = &q->r->body;

	if (!fill(&b))
		return;
	html_el(out, "h2", NULL, req->pack.title);
	str_adds(out, "<p class=\"notice\"><strong>A starting point.</strong> These demands and weights are choices of the routemark "
	    "project, for a buyer to change; some are of packs that are proposals and not in force. What providers answer to, and "
	    "no public data shows, is not known here: <code>routemark compare --require --answers</code> takes it in.</p>\n");
	table(&b);
}
