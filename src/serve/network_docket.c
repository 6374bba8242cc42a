/* network_docket: what lies beside the archive about one network: disputes beside the verdicts, its marks, the reports
 * that speak of it and where the log has them, and the bundles from which a stranger computes them again. */
#include "report/layout.h"
#include "rule/say.h"
#include "serve/docket_say.h"
#include "serve/page.h"

#include <inttypes.h>

/* --- beside a verdict --- */

static const char not_kept[] = "not told here: an archive keeps no records. routemark audit --disputes, with the evidence of that "
    "month, says what the verdict would be without those that are disputed";

void
network_disputed(struct ask *q, uint32_t asn, const char *pack, const char *control, struct utc at)
{
	const struct docket_ledger *g = q->docket->ledger;
	size_t n, first = docket_disputes(g, asn, &n), i;
	struct disputed_control c = {.why = not_kept};
	char *name = arena_printf(q->a, "%s/%s", pack, control);
	struct disputed *v = arena_array(q->a, n + 1, sizeof(*v));

	for (i = first; i < first + n; i++)
		if (strcmp(g->file.ledger.lines[g->open.at[i]].control, name) == 0)
			docket_disputed(q, g->open.at[i], at, &v[c.n++]);
	c.v = v;
	if (c.n > 0)
		html_disputes(&q->r->body, &c);
}

/* --- sections --- */

static void
key_list(struct str *out, const struct verify_keys *k, enum verify_role role, const char *none)
{
	size_t i, n = 0, from;

	for (i = 0; i < k->n; i++) {
		if (k->role[i] != role)
			continue;
		str_adds(out, n++ > 0 ? ", " : "");
		from = out->len;
		docket_key(out, &k->pub[i]);
		html_escape(out, from);
	}
	if (n == 0)
		str_adds(out, none);
}

static void
entry_link(struct str *out, uint64_t index)
{
	str_addf(out, "<a href=\"/log/%" PRIu64 "\">entry %" PRIu64 "</a>", index, index);
}

static void
dispute_row(struct ask *q, size_t open, struct utc at)
{
	const struct dispute_line *l = &q->docket->ledger->file.ledger.lines[open];
	struct str *out = &q->r->body;
	struct disputed v;
	uint64_t index;
	size_t from;

	docket_disputed(q, open, at, &v);
	str_adds(out, "<tr><th scope=\"row\">");
	html_text(out, l->control);
	str_adds(out, dispute_label(l));
	str_addf(out, "<br><span class=\"small same\">%.12s</span></th><td>%s", v.id, v.state);
	if (v.until != NULL)
		str_addf(out, strcmp(v.state, "expired") == 0 ? " on %.10s" : " until %.10s", v.until);
	str_adds(out, "</td><td class=\"why\">");
	from = out->len;
	say_disputed(out, &v);
	html_escape(out, from);
	str_adds(out, v.answered.reason != NULL || v.decided.reason != NULL ? "<br>" : "");
	from = out->len;
	say_decided(out, &v);
	html_escape(out, from);
	str_addf(out, "</td><td class=\"same\">%.12s</td><td class=\"same\">", v.report);
	if (docket_logged(q, v.id, &index))
		entry_link(out, index);
	else
		str_adds(out, q->docket->log != NULL ? "not in the log" : "-");
	str_adds(out, "</td></tr>\n");
}

static void
disputes(struct ask *q, uint32_t asn, struct utc at)
{
	static const char *const heads[] = {"Verdict on", "State", "What was said", "Report", "In the log"};
	const struct docket_ledger *g = q->docket->ledger;
	struct str *out = &q->r->body;
	char when[UTC_TEXT];
	size_t n, first = docket_disputes(g, asn, &n), i;

	if (g == NULL)
		return;
	html_el(out, "h2", "id=\"disputes\"", "Disputes");
	if (q->docket->ledger_trouble != NULL)
		str_adds(out, "<p class=\"notice\"><strong>The ledger cannot be read any more.</strong> What is shown is what was known of it "
		    "before.</p>\n");
	if (n == 0) {
		str_addf(out, "<p>Nobody disputes a verdict on AS%" PRIu32 " in the ledger that this site shows.</p>\n", asn);
		return;
	}
	html_table(out, arena_printf(q->a, "As they stand by evidence of %.10s", utc_format(at, when)), heads, 5);
	for (i = first; i < first + n; i++)
		dispute_row(q, g->open.at[i], at);
	html_table_end(out);
	str_addf(out, "<p class=\"note\">%s Decisions count by these keys: ", disputes_note);
	key_list(out, &q->docket->o->keys, VERIFY_ISSUER, "none that this site was told of");
	str_adds(out, "; the network's: ");
	key_list(out, &q->docket->o->keys, VERIFY_NETWORK, "none that this site was told of");
	str_addf(out, ". <a href=\"/api/v1/disputes?asns=%" PRIu32 "\">As data</a></p>\n", asn);
}

static void
marks(struct ask *q, uint32_t asn, const struct mark_find *f, const char *trouble)
{
	struct utc at = docket_moment(q, f);
	struct str *out = &q->r->body;
	char when[UTC_TEXT];
	size_t i, shown = 0, from;

	if (q->docket->o->log == NULL)
		return;
	html_el(out, "h2", "id=\"mark\"", "Mark");
	if (trouble != NULL) {
		html_el(out, "p", "class=\"notice\"", trouble);
		return;
	}
	for (i = 0; i < f->n; i++) {
		const struct mark_found *m = &f->found[i];

		if (m->superseded)
			continue;
		if (shown++ == 0)
			str_adds(out, "<ul>\n");
		str_adds(out, "<li>by <strong>");
		html_text(out, m->line.pack);
		str_addc(out, ' ');
		html_text(out, m->line.version);
		str_adds(out, "</strong>: ");
		from = out->len;
		docket_mark_words(out, m, at);
		html_escape(out, from);
		str_adds(out, "</li>\n");
	}
	if (shown > 0)
		str_addf(out, "</ul>\n<p>As the log has it at the moment of the newest evidence here, %.10s; of today it says nothing. "
		    "<a href=\"/mark/%" PRIu32 "\">The mark, and its proof</a></p>\n", utc_format(at, when), asn);
	else
		str_addf(out, "<p>Nobody whose word counts here has given AS%" PRIu32 " a mark in this log%s.</p>\n", asn, f->strangers > 0 ?
		    "; others have, by keys that are not known here" : "");
}

static void
report_row(struct ask *q, const struct docket_report *r)
{
	struct str *out = &q->r->body;
	char when[UTC_TEXT];
	size_t i;

	str_addf(out, "<tr><th scope=\"row\" class=\"hex\">%s</th><td>", r->sha256);
	str_addf(out, "<span class=\"same\">%.10s</span></td><td>", utc_known(r->at) ? utc_format(r->at, when) : "not known");
	for (i = 0; i < r->n_entries && i < 20; i++) {
		str_adds(out, i > 0 ? "<br>" : "");
		entry_link(out, r->entry[i].index);
		str_addf(out, ": %s", docket_entry_word(&r->entry[i]));
	}
	if (i < r->n_entries)
		str_addf(out, "<br>and %zu more", r->n_entries - i);
	if (r->n_entries == 0)
		str_adds(out, q->docket->log != NULL ? "not in the log" : "-");
	str_adds(out, "</td><td>");
	if (r->bundle != NULL)
		str_addf(out, "<a href=\"/api/v1/bundles/%s\">%.12s</a>", r->bundle->sha256, r->bundle->sha256);
	else
		str_adds(out, "-");
	str_addf(out, "</td><td>%s</td></tr>\n", r->mark && r->dispute ? "a mark rests on it; disputed" : r->mark ?
	    "a mark rests on it" : r->dispute ? "disputed" : "-");
}

static void
proof(struct ask *q, uint32_t asn, const struct mark_find *f)
{
	static const char *const heads[] = {"Report (SHA-256)", "Evidence", "In the log", "Bundle", "What rests on it"};
	const struct docket_report *r;
	struct str *out = &q->r->body;
	size_t n, i, bundled = 0;

	r = docket_reports(q, asn, f, &n);
	if (q->docket->o->log == NULL && n == 0)
		return;
	html_el(out, "h2", "id=\"proof\"", "Proof");
	if (n == 0) {
		str_addf(out, "<p>No mark, dispute or bundle here names a report on AS%" PRIu32 ".</p>\n", asn);
		return;
	}
	html_table(out, "Reports that speak of this network", heads, 5);
	for (i = 0; i < n; i++) {
		report_row(q, &r[i]);
		bundled += r[i].bundle != NULL;
	}
	html_table_end(out);
	if (q->docket->log != NULL)
		str_adds(out, "<p class=\"note\">Each entry has a page with its proof of inclusion, which your browser computes anew. By whom a "
		    "word is, and whether it counts, is not told by this table.</p>\n");
	if (bundled > 0)
		str_adds(out, "<p>A bundle has what it takes to compute its report again. Take it, and:</p>\n<pre tabindex=\"0\"><code>"
		    "routemark replay BUNDLE.tar\n"
		    "tar -xOf BUNDLE.tar report.json &gt;report.json &amp;&amp; routemark verify report.json --key KEY --replay --data DIR"
		    "</code></pre>\n<p class=\"note\">The first computes it from the evidence that the bundle carries, or with <code>--data "
		    "DIR</code> from the inputs that it names by digest; the second says too who signed it. KEY is the issuer's: have it "
		    "from the issuer, not from here.</p>\n");
}

void
network_docket(struct ask *q, uint32_t asn, struct utc at)
{
	struct mark_find f;
	const char *trouble = docket_marks(q, asn, &f);

	marks(q, asn, &f, trouble);
	disputes(q, asn, at);
	proof(q, asn, trouble == NULL ? &f : NULL);
	mark_find_release(&f);
}
