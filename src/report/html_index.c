/* html_index: several networks: how many pass each control, and a line with a link for each. */
#include "report/html_part.h"
#include "report/layout.h"
#include "report/svg.h"
#include "rule/say.h"

#include <inttypes.h>
#include <stdlib.h>

#define WIDTH 120		/* of a bar in the table */

static bool
is_old(const struct as_result *r)
{
	size_t i, k;

	for (i = 0; i < r->n_packs; i++)
		for (k = 0; k < r->packs[i].n; k++)
			if (r->packs[i].judgements[k].because == BECAUSE_AGE ||
			    r->packs[i].judgements[k].because == BECAUSE_APART || r->packs[i].judgements[k].because == BECAUSE_UNDATED)
				return true;
	return false;
}

void
html_row_fill(struct html_row *row, const struct as_result *r, bool cells)
{
	*row = (struct html_row){
	    .asn = r->asn, .seen = r->seen, .name = strdup(*r->name != '\0' ? r->name : r->org)};
	row->old = is_old(r);
	html_count(row->required, r->packs, r->n_packs, true);
	html_count(row->all, r->packs, r->n_packs, false);
	row->is_cdn = r->is_cdn;
	if (cells)
		html_cells_fill(row, r);
}

void
html_row_release(struct html_row *row)
{
	free(row->name);
	free(row->cells);
}

/* --- controls --- */

static void
share_words(struct str *out, uint64_t pass, uint64_t of, uint32_t lo, uint32_t hi)
{
	say_percent(out, (int64_t)(pass * 1000000 / of));
	str_addf(out, " %% of %" PRIu64 " (95 %% interval ", of);
	say_percent(out, lo);
	str_addc(out, '-');
	say_percent(out, hi);
	str_addc(out, ')');
}

/* The share that passes of those that could be judged, from nothing to all, with its interval. */
static void
share(struct str *out, const struct pack *p, const struct control *c, const uint64_t n[static VERDICT_N])
{
	const struct svg_scale x = {0, 1000000, 4, WIDTH - 4};
	uint64_t of = n[VERDICT_PASS] + n[VERDICT_WARN] + n[VERDICT_FAIL];
	struct str words = {0}, title = {0}, id = {0};
	uint32_t lo, hi;
	int at;

	if (of == 0 || c->also_needs != NULL) {
		html_cell(out, of == 0 ? "none could be judged" : "a pass needs more evidence");
		return;
	}
	wilson_ppm(n[VERDICT_PASS], of, &lo, &hi);
	at = svg_at(&x, (int64_t)(n[VERDICT_PASS] * 1000000 / of));
	share_words(&words, n[VERDICT_PASS], of, lo, hi);
	str_addf(&title, "%s %s: share that passes", p->id, c->id);
	str_adds(&id, "s-");
	html_slug(&id, p->id);
	str_addc(&id, '-');
	html_slug(&id, c->id);
	str_adds(out, "<td class=\"share\">");
	svg_begin(out, id.p, WIDTH, 18, title.p, words.p);
	svg_rect(out, "zone none", 4, 3, WIDTH - 8, 12);
	svg_rect(out, "zone zp", 4, 3, at - 4, 12);
	svg_whisker_x(out, svg_at(&x, lo), svg_at(&x, hi), 9, 4);
	svg_end(out);
	html_text(out, words.p);
	html_close(out, "td");
	str_release(&words);
	str_release(&title);
	str_release(&id);
}

static void
controls(struct str *out, const struct pack *p, const uint64_t (*n)[VERDICT_N])
{
	static const char *const heads[] = {
	    "Control", "#Pass", "#Warn", "#Fail", "#No data", "#N.A.", "Pass, of those judged"};
	struct str caption = {0};
	size_t i, v;

	str_addf(
	    &caption, "%s %s%s: verdicts on all networks", p->id, p->version, pack_label(p));
	html_table(out, caption.p, heads, sizeof(heads) / sizeof(*heads));
	for (i = 0; i < p->n; i++) {
		str_adds(out, "<tr><th scope=\"row\">");
		html_text(out, p->controls[i].id);
		str_addc(out, ' ');
		html_text(out, p->controls[i].title);
		str_addf(out, "%s</th>", p->controls[i].required ? " (required)" : "");
		for (v = 0; v < VERDICT_N; v++)
			html_cell_number(out, n[i][v]);
		share(out, p, &p->controls[i], n[i]);
		str_adds(out, "</tr>\n");
	}
	html_table_end(out);
	str_release(&caption);
}

/* --- networks --- */

static void
network(struct str *out, const struct html_row *r)
{
	unsigned judged =
	    (unsigned)r->required[VERDICT_PASS] + r->required[VERDICT_WARN] + r->required[VERDICT_FAIL];

	str_addf(
	    out, "<tr><th scope=\"row\"><a href=\"AS%" PRIu32 ".html\">AS%" PRIu32 "</a></th>", r->asn, r->asn);
	html_el(out, "td", "class=\"why\"", *r->name != '\0' ? r->name : "name not known");
	str_addf(out, "<td class=\"n\">%u of %u</td>", r->required[VERDICT_PASS], judged);
	html_cell_number(out, r->required[VERDICT_FAIL]);
	html_cell_number(out, r->required[VERDICT_NO_DATA]);
	html_cell_number(out, r->all[VERDICT_FAIL]);
	html_cell(out, r->seen ? "yes" : "no");
	str_adds(out, "</tr>\n");
}

static void
networks(struct str *out, const struct html_row *rows, size_t n)
{
	static const char *const heads[] = {"Network", "Name", "#Required: passed of judged",
	    "#Required that fail", "#Required without data", "#All that fail", "Seen in routes"};
	size_t i;

	str_adds(out, "<section aria-labelledby=\"networks\">\n<h2 id=\"networks\">Networks</h2>\n");
	html_table(out, "A page for each network", heads, sizeof(heads) / sizeof(*heads));
	for (i = 0; i < n; i++)
		network(out, &rows[i]);
	html_table_end(out);
	html_close(out, "section");
}

/* How many have no required control that fails or stays open; all in one sentence. */
static void
lead(struct str *out, const struct html_row *rows, size_t n)
{
	size_t i, fails = 0, open = 0, good = 0, old = 0;

	for (i = 0; i < n; i++) {
		const uint16_t *v = rows[i].required;

		old += rows[i].old;
		if (v[VERDICT_FAIL] > 0)
			fails++;
		else if (v[VERDICT_NO_DATA] > 0)
			open++;
		else if (v[VERDICT_PASS] + v[VERDICT_WARN] > 0)
			good++;
	}
	str_addf(out,
	    "<p class=\"lead\">Of %zu networks, %zu fail%s a required control; %zu fail%s none but could not "
	    "be judged on all; %zu meet%s every required control that applies, warnings included.</p>\n",
	    n, fails, fails == 1 ? "s" : "", open, open == 1 ? "s" : "", good, good == 1 ? "s" : "");
	if (old > 0)
		str_addf(out,
		    "<p class=\"notice old\"><strong>Old evidence.</strong> For %zu of them evidence is "
		    "further from the moment judged for than a control allows, or has no date; such a control could not be "
		    "judged.</p>\n",
		    old);
}

void
report_html_index(struct str *out, const struct assessment *head, const struct summary *s,
    const struct html_row *rows, size_t n)
{
	struct str title = {0};
	size_t p, at = 0;

	str_addf(&title, "Routing security of %zu networks, evidence of ", n);
	html_evidence_dates(&title, head->world);
	html_begin(out, title.p);
	str_addf(out,
	    "<header>\n<p class=\"kicker\">Routing-security report by routemark</p>\n<h1>%zu networks</h1>\n",
	    n);
	html_heading_date(out, head);
	str_adds(out, "</header>\n<main id=\"main\">\n<section aria-labelledby=\"verdict\">\n<h2 "
	    "id=\"verdict\">Verdict</h2>\n");
	lead(out, rows, n);
	html_proposals(out, head);
	html_close(out, "section");
	networks(out, rows, n);
	if (n > 1 && n <= HTML_SIDE_MAX)
		html_side(out, head, rows, n);
	str_adds(out, "<section aria-labelledby=\"controls\">\n<h2 id=\"controls\">Controls</h2>\n");
	for (p = 0; p < s->n_packs; at += s->packs[p].n, p++)
		controls(out, &s->packs[p], (const uint64_t (*)[VERDICT_N])(s->n + at));
	html_close(out, "section");
	html_evidence(out, head);
	html_close(out, "main");
	html_footer(out, head, 0);
	html_end(out);
	str_release(&title);
}
