/* html_as: the page of one AS: verdict first, controls pack by pack, evidence last. */
#include "report/disputes.h"
#include "report/html_part.h"
#include "report/layout.h"
#include "report/plot.h"
#include "rule/say.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- the verdict --- */

static void
name_of(struct str *out, const struct as_result *r)
{
	if (*r->name == '\0' && *r->org == '\0')
		str_adds(out, "name not known");
	str_adds(out, r->name);
	if (*r->name != '\0' && *r->org != '\0')
		str_adds(out, ", ");
	str_adds(out, r->org);
}

static void
heading(struct html_as *a, bool in_folder)
{
	struct str s = {0};

	str_adds(a->out, "<header>\n");
	if (in_folder)
		str_adds(a->out, "<nav aria-label=\"Reports\"><a href=\"index.html\">All networks of this "
		    "report</a></nav>\n");
	str_adds(a->out, "<p class=\"kicker\">Routing-security report by routemark</p>\n");
	name_of(&s, a->r);
	str_addf(a->out, "<h1>AS%" PRIu32 " <span class=\"name\">", a->r->asn);
	html_text(a->out, s.p);
	str_adds(a->out, "</span></h1>\n");
	html_heading_date(a->out, a->head);
	html_close(a->out, "header");
	str_release(&s);
}

/* Evidence that is too far from the moment is said before any verdict. */
static void
age_banner(struct html_as *a)
{
	const struct judgement *j;
	struct utc oldest = UTC_NONE;
	size_t i, k, n = 0, undated = 0, apart = 0;
	char when[UTC_TEXT];

	for (i = 0; i < a->r->n_packs; i++)
		for (k = 0; k < a->r->packs[i].n; k++) {
			j = &a->r->packs[i].judgements[k];
			n += j->because == BECAUSE_AGE;
			if (j->because == BECAUSE_AGE &&
			    (!utc_known(oldest) || j->decides->oldest.s < oldest.s))
				oldest = j->decides->oldest;
			undated += j->because == BECAUSE_UNDATED;
			apart += j->because == BECAUSE_APART;
		}
	if (n > 0)
		str_addf(a->out,
		    "<p class=\"notice old\"><strong>Old evidence, of %.10s.</strong> %zu control%s could not "
		    "be judged: the evidence is further from the moment judged for than %s.</p>\n",
		    utc_format(oldest, when), n, n == 1 ? "" : "s", n == 1 ? "it allows" : "they allow");
	if (undated > 0)
		str_addf(a->out,
		    "<p class=\"notice old\"><strong>Undated evidence.</strong> %zu control%s could not be "
		    "judged: nobody says how old the evidence is.</p>\n",
		    undated, undated == 1 ? "" : "s");
	if (apart > 0)
		str_addf(a->out,
		    "<p class=\"notice old\"><strong>Evidence of other days.</strong> %zu control%s could not be "
		    "judged: what is held against each other is of days too far apart.</p>\n",
		    apart, apart == 1 ? "" : "s");
	if (!a->r->seen)
		str_adds(a->out, "<p class=\"notice\"><strong>Not seen.</strong> This AS neither announces nor "
		    "passes on any route in the data.</p>\n");
}

static void
lead(struct html_as *a)
{
	uint16_t n[VERDICT_N], of_proposal[VERDICT_N];
	size_t i, proposed = 0, v;

	html_count(n, a->r->packs, a->r->n_packs, true);
	str_addf(a->out, "<p class=\"lead\">AS%" PRIu32 " ", a->r->asn);
	html_verdict_sentence(a->out, n);
	str_adds(a->out, ".</p>\n");
	for (i = 0; i < a->r->n_packs; i++) {
		if (!a->r->packs[i].pack->proposal)
			continue;
		html_count(of_proposal, &a->r->packs[i], 1, true);
		for (v = 0; v < VERDICT_N; v++)
			proposed += of_proposal[v];
	}
	if (proposed > 0)
		str_addf(a->out, "<p>%zu of these controls %s from a pack that is a proposal.</p>\n", proposed,
		    proposed == 1 ? "is" : "are");
}

static void
pack_link(struct str *out, const struct pack *p)
{
	str_adds(out, "<a href=\"#p-");
	html_slug(out, p->id);
	str_adds(out, "\">");
	html_text(out, p->id);
	str_addc(out, ' ');
	html_text(out, p->version);
	str_addf(out, "</a>%s", pack_label(p));
}

/* The controls of a pack as a row of verdicts. */
static void
strip(struct html_as *a, const struct pack_result *p)
{
	size_t i;

	html_open(a->out, "ul", "class=\"strip\"");
	for (i = 0; i < p->n; i++) {
		str_adds(a->out, "<li><a href=\"#");
		html_control_id(a->out, p->pack, p->judgements[i].control);
		str_adds(a->out, "\">");
		html_text(a->out, p->judgements[i].control->id);
		str_addf(a->out, "%s ", p->judgements[i].control->required ? "*" : "");
		html_verdict(a->out, p->judgements[i].verdict);
		str_adds(a->out, "</a></li>\n");
	}
	html_close(a->out, "ul");
}

static void
by_pack(struct html_as *a)
{
	static const char *const heads[] = {
	    "Pack", "#Required: passed of judged", "#Pass", "#Warn", "#Fail", "#No data", "#N.A."};
	uint16_t n[VERDICT_N];
	size_t i, v;

	html_table(a->out, "Verdicts by rule pack", heads, sizeof(heads) / sizeof(*heads));
	for (i = 0; i < a->r->n_packs; i++) {
		str_adds(a->out, "<tr><th scope=\"row\">");
		pack_link(a->out, a->r->packs[i].pack);
		html_count(n, &a->r->packs[i], 1, true);
		str_addf(a->out, "</th><td class=\"n\">%u of %u</td>", n[VERDICT_PASS],
		    n[VERDICT_PASS] + n[VERDICT_WARN] + n[VERDICT_FAIL]);
		html_count(n, &a->r->packs[i], 1, false);
		for (v = 0; v < VERDICT_N; v++)
			html_cell_number(a->out, n[v]);
		str_adds(a->out, "</tr>\n");
	}
	html_table_end(a->out);
}

/* --- what to do --- */

static size_t
to_do(struct html_as *a, enum verdict v, bool required)
{
	const struct pack_result *p;
	size_t i, k, from, n = 0;

	for (i = 0; i < a->r->n_packs; i++)
		for (p = &a->r->packs[i], k = 0; k < p->n; k++) {
			const struct judgement *j = &p->judgements[k];

			if (j->verdict != v || j->control->required != required)
				continue;
			n++;
			str_adds(a->out, "<li>");
			html_verdict(a->out, v);
			str_adds(a->out, " <a href=\"#");
			html_control_id(a->out, p->pack, j->control);
			str_adds(a->out, "\">");
			html_text(a->out, j->control->id);
			str_addc(a->out, ' ');
			html_text(a->out, j->control->title);
			str_addf(a->out, "</a>%s: ", required ? ", required" : "");
			from = a->out->len;
			say_reason(a->out, j);
			html_escape(a->out, from);
			str_adds(a->out, ".</li>\n");
		}
	return n;
}

static void
first_things(struct html_as *a)
{
	size_t from, n;

	str_adds(a->out, "<section aria-labelledby=\"todo\">\n<h2 id=\"todo\">What to mend first</h2>\n");
	from = a->out->len;
	str_adds(a->out, "<ol class=\"todo\">\n");
	n = to_do(a, VERDICT_FAIL, true);
	n += to_do(a, VERDICT_WARN, true);
	n += to_do(a, VERDICT_FAIL, false);
	n += to_do(a, VERDICT_WARN, false);
	str_adds(a->out, "</ol>\n");
	if (n == 0) {
		a->out->len = from;
		str_adds(a->out,
		    "<p>No control fails or warns on this evidence. What could not be judged stays open: it is "
		    "listed under each pack with the reason.</p>\n");
	}
	html_close(a->out, "section");
}

/* --- the packs --- */

static void
unshown(struct html_as *a, const struct pack_result *p)
{
	static const char *const heads[] = {"Verdict", "Control", "Why"};
	struct str caption = {0};
	size_t i, from, n = 0;

	str_addf(&caption, "Controls of %s without a number", p->pack->id);
	for (i = 0; i < p->n; i++) {
		const struct judgement *j = &p->judgements[i];

		if (html_control_shows(a, j))
			continue;
		if (n++ == 0)
			html_table(a->out, caption.p, heads, sizeof(heads) / sizeof(*heads));
		str_adds(a->out, "<tr id=\"");
		html_control_id(a->out, p->pack, j->control);
		str_adds(a->out, "\"><td>");
		html_verdict(a->out, j->verdict);
		str_adds(a->out, "</td><th scope=\"row\">");
		html_text(a->out, j->control->id);
		str_addc(a->out, ' ');
		html_text(a->out, j->control->title);
		str_addf(a->out, "%s</th><td class=\"why\">", j->control->required ? " (required)" : "");
		from = a->out->len;
		say_reason(a->out, j);
		html_escape(a->out, from);
		if (disputed_of(a->r, p->pack, j->control) != NULL)
			html_disputes(a->out, disputed_of(a->r, p->pack, j->control));
		str_adds(a->out, "</td></tr>\n");
	}
	if (n > 0)
		html_table_end(a->out);
	str_release(&caption);
}

static void
pack(struct html_as *a, const struct pack_result *p)
{
	size_t i;

	str_adds(a->out, "<section aria-labelledby=\"p-");
	html_slug(a->out, p->pack->id);
	str_adds(a->out, "\">\n<h2 id=\"p-");
	html_slug(a->out, p->pack->id);
	str_adds(a->out, "\">");
	html_text(a->out, p->pack->id);
	str_addc(a->out, ' ');
	html_text(a->out, p->pack->version);
	str_adds(a->out, " <span class=\"name\">");
	html_text(a->out, p->pack->title);
	str_adds(a->out, "</span></h2>\n");
	strip(a, p);
	for (i = 0; i < p->n; i++)
		if (html_control_shows(a, &p->judgements[i]))
			html_control(a, p->pack, &p->judgements[i]);
	unshown(a, p);
	html_close(a->out, "section");
}

void
report_html_as(struct str *out, const struct assessment *head, const struct as_result *r,
    const struct past *past, bool in_folder)
{
	struct html_as a = {.out = out, .head = head, .r = r, .past = past};
	struct str title = {0};
	size_t i;

	str_addf(&title, "AS%" PRIu32 "%s%s: routing security, evidence of ", r->asn,
	    *r->name != '\0' ? " " : "", r->name);
	html_evidence_dates(&title, head->world);
	html_begin(out, title.p);
	str_release(&title);
	heading(&a, in_folder);
	str_adds(out,
	    "<main id=\"main\">\n<section aria-labelledby=\"verdict\">\n<h2 id=\"verdict\">Verdict</h2>\n");
	lead(&a);
	age_banner(&a);
	html_disputes_notice(out, head->disputes, r);
	html_proposals(out, head);
	by_pack(&a);
	html_close(out, "section");
	first_things(&a);
	str_addf(out, "<p class=\"note\">%s</p>\n", plot_note);
	for (i = 0; i < r->n_packs; i++)
		pack(&a, &r->packs[i]);
	html_evidence(out, head);
	html_close(out, "main");
	html_footer(out, head, r->asn);
	html_end(out);
	for (i = 0; i < METRIC_N; i++)
		free(a.shown[i]);
}
