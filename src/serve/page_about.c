/* page_about: what the verdicts rest on: packs and their thresholds, months and their evidence, and what all of it
 * cannot say. */
#include "report/layout.h"
#include "rule/say.h"
#include "serve/page.h"
#include "serve/script.h"

#include <inttypes.h>
#include <string.h>

static void
bars(struct str *out, const struct control *c)
{
	size_t t, n = 0;

	for (t = 0; c != NULL && t < c->n_tests; t++) {
		if (!c->tests[t].judged)
			continue;
		str_adds(out, n++ > 0 ? "<br>" : "");
		html_text(out, metric_word(c->tests[t].metric));
		str_adds(out, ": ");
		say_bars(out, &c->tests[t], false);
	}
	if (n == 0)
		html_text(out, c == NULL ? "not known to this program" : c->cannot != NULL ? "not judged from files" : "none");
}

static void
pack(struct ask *q, const struct shown_series *s)
{
	static const char *const heads[] = {"Control", "Asks", "Where the numbers come from"};
	const struct archive_pack *p = shown_pack(s, s->n - 1);
	const struct pack *known = site_pack(q->site, p);
	struct str *out = &q->r->body, caption = {0};
	char hex[SHA256_HEX + 1];
	size_t k;

	str_adds(out, "<h3 id=\"p-");
	html_slug(out, p->id);
	str_adds(out, "\">");
	html_text(out, p->title);
	str_adds(out, "</h3>\n");
	page_proposal(out, p);
	sha256_hex(p->sha256, hex);
	str_adds(out, "<p class=\"note\">");
	html_text(out, p->id);
	str_addc(out, ' ');
	html_text(out, p->version);
	str_addf(out, ", SHA-256 of its catalogue <code class=\"hex\">%s</code>, %s</p>\n", hex,
	    s->n == 1 ? "one month" : arena_printf(q->a, "%zu months", s->n));
	str_addf(&caption, "%s: controls and thresholds", p->id);
	str_adds(out, "<details><summary>Controls and thresholds</summary>\n");
	html_table(out, caption.p, heads, 3);
	for (k = 0; k < p->n; k++) {
		const struct control *c = site_control(known, p->controls[k].id);

		str_adds(out, "<tr><th scope=\"row\">");
		html_text(out, p->controls[k].id);
		str_adds(out, " <span class=\"title\">");
		html_text(out, p->controls[k].title);
		str_adds(out, p->controls[k].required ? "</span> <span class=\"req\">required</span></th><td>" :
		    "</span></th><td>");
		bars(out, c);
		str_adds(out, "</td><td class=\"why\">");
		html_text(out, c != NULL && c->threshold_source != NULL ? c->threshold_source : "");
		str_adds(out, "</td></tr>\n");
	}
	html_table_end(out);
	str_adds(out, "</details>\n");
	str_release(&caption);
}

static void
months(struct ask *q)
{
	static const char *const heads[] = {"Moment", "Assessment", "#Networks", "#Inputs", "#Vantage points", "Packs"};
	struct str *out = &q->r->body;
	char hex[SHA256_HEX + 1], when[UTC_TEXT];
	size_t i, k;

	html_el(out, "h2", "id=\"months\"", "Months");
	html_table(out, "Every assessment in the archive, the newest first", heads, sizeof(heads) / sizeof(*heads));
	for (i = q->view->n_months; i-- > 0;) {
		const struct archive_month *m = &q->view->months[i];

		sha256_hex(m->digest, hex);
		str_addf(out, "<tr><th scope=\"row\" class=\"id\">%s</th><td><code>%.16s</code></td>",
		    utc_format(m->head.at, when), hex);
		html_cell_number(out, m->networks);
		html_cell_number(out, m->head.n_inputs);
		html_cell_number(out, m->head.vantage_points);
		str_adds(out, "<td>");
		for (k = 0; k < m->head.n_packs; k++) {
			str_adds(out, k > 0 ? ", " : "");
			html_text(out, m->head.packs[k].id);
			str_addc(out, ' ');
			html_text(out, m->head.packs[k].version);
			str_adds(out, history_label(m->head.packs[k].status));
		}
		str_adds(out, "</td></tr>\n");
	}
	html_table_end(out);
}

static void
inputs(struct ask *q)
{
	static const char *const heads[] = {"Kind", "Time", "#Bytes", "Used", "SHA-256"};
	const struct archive_month *m = q->view->latest;
	struct str *out = &q->r->body;
	char hex[SHA256_HEX + 1], when[UTC_TEXT];
	size_t i;

	html_el(out, "h2", "id=\"sources\"", "Sources of the newest month");
	html_table(out, "Each file of evidence, by its digest", heads, sizeof(heads) / sizeof(*heads));
	for (i = 0; i < m->head.n_inputs; i++) {
		const struct archive_input *in = &m->head.inputs[i];

		sha256_hex(in->sha256, hex);
		str_adds(out, "<tr><th scope=\"row\">");
		html_text(out, in->kind);
		str_addf(out, "</th><td>%s</td>", utc_format(in->time, when));
		html_cell_number(out, in->size);
		html_cell(out, !in->complete ? "no: not complete" : strcmp(in->kind, "text") == 0 ? "no: plain text" : "yes");
		str_addf(out, "<td class=\"hex\">%s</td></tr>\n", hex);
	}
	html_table_end(out);
	str_adds(out, "<p class=\"note\">Parameters of that assessment: <code>");
	html_text(out, m->head.parameters);
	str_adds(out, "</code></p>\n");
}

static const char limits[] =
    "<h2 id=\"limits\">Limits</h2>\n<ul>\n"
    "<li>A verdict speaks of the moment of its evidence and of what the vantage points in it could see. It says nothing "
    "about intent, and nothing about today.</li>\n"
    "<li>No data is never a pass. Each share here is of the networks that could be judged, and says how many those are, "
    "with a 95 % interval (Wilson).</li>\n"
    "<li>The interval is that of a sample. When all networks were judged, it says how much the share could have turned "
    "out otherwise, not that some were left out.</li>\n"
    "<li>The archive keeps verdicts and numbers, not the routes that decided: who has the evidence gets them with "
    "<code>routemark explain</code>.</li>\n"
    "<li>The official MANRS+ control list is not public. A pack that is a proposal says so wherever it is shown.</li>\n"
    "<li>Sizes are by how many routes a network originates.</li>\n"
    "<li>Regions are by where the holder of an ASN is registered, as the statistics files of the five registries say of the "
    "month, and not by where the network runs. Registries serve the region of their name; the others are the regions and "
    "subregions of <a href=\"https://unstats.un.org/unsd/methodology/m49/\">UN M49</a> (January 2024), of the country code "
    "that the file has. “No UN region” has a code that M49 puts nowhere (EU, AP, TW, AQ), or none; “Not known” is in no such "
    "file, or was archived before that was kept.</li>\n"
    "</ul>\n";

/* The notice that the licence of uPlot asks for; or that there is none. */
static void
software(struct str *out)
{
	struct span line, text = {serve_uplot_license, (size_t)(serve_uplot_license_end - serve_uplot_license)};

	html_el(out, "h2", "id=\"software\"", "Software");
	str_adds(out, "<p>What is shown here is made by routemark (ISC licence). ");
	if (!script_has_uplot()) {
		str_adds(out, "It was built without uPlot: plots are as the server draws them.</p>\n");
		return;
	}
	str_adds(out, "With scripts, plots are drawn by uPlot, which comes from this site like everything else.</p>\n"
	    "<details><summary>Licence of uPlot</summary>\n<pre class=\"wrap\" tabindex=\"0\">");
	while (span_cut(&text, '\n', &line)) {
		html_span(out, line);
		str_addc(out, '\n');
	}
	str_adds(out, "</pre></details>\n");
}

void
page_about(struct ask *q)
{
	static const char *const keys[] = {NULL};
	struct str *out = &q->r->body;
	size_t i;

	if (!ask_only(q, keys))
		return;
	if (q->view->latest == NULL) {
		ask_problem(q, 503, "Nothing is archived yet", "The archive holds no assessment.");
		return;
	}
	page_begin(q, "About", "/about");
	html_el(out, "h1", NULL, "About these verdicts");
	html_el(out, "p", "class=\"lead\"", "routemark turns public routing data into verdicts that anybody can compute again. Each "
	    "input is named by its digest, each threshold by its source.");
	html_el(out, "h2", "id=\"packs\"", "Packs and thresholds");
	for (i = 0; i < q->view->n_series; i++)
		pack(q, &q->view->series[i]);
	months(q);
	inputs(q);
	str_adds(out, limits);
	software(out);
	page_end(q);
}
