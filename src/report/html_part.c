/* html_part: what the page of an AS, the index, and other reports have in common. */
#include "report/html_part.h"
#include "report/dated.h"
#include "report/layout.h"
#include "metric/scored.h"

#include <inttypes.h>

void
html_verdict(struct str *out, enum verdict v)
{
	static const struct { const char *class, *sign; } looks[VERDICT_N] = {
	    [VERDICT_PASS] = {"vp", "\xe2\x9c\x93"}, [VERDICT_WARN] = {"vw", "!"},
	    [VERDICT_FAIL] = {"vf", "\xe2\x9c\x97"}, [VERDICT_NO_DATA] = {"vd", "?"},
	    [VERDICT_NOT_APPLICABLE] = {"va", "\xe2\x80\x93"}};

	str_addf(out, "<span class=\"v %s\"><span aria-hidden=\"true\">%s</span> %s</span>", looks[v].class,
	    looks[v].sign, verdict_label(v));
}

void
html_count(uint16_t n[static VERDICT_N], const struct pack_result *packs, size_t n_packs, bool required)
{
	size_t i, k;

	memset(n, 0, VERDICT_N * sizeof(*n));
	for (i = 0; i < n_packs; i++)
		for (k = 0; k < packs[i].n; k++)
			if (!required || packs[i].judgements[k].control->required)
				n[packs[i].judgements[k].verdict]++;
}

void
html_population(struct str *out, const struct metric *m)
{
	bool hours = metric_windowed(m->id);

	if (metric_unit(m->id) == UNIT_BOOL)
		return;
	str_adds(out, hours ? " in " : " of ");
	lay_count(out, m->den);
	str_adds(out, hours ? " h" : "");
}

static void
clause(struct str *out, unsigned n, const char *one, const char *many)
{
	if (n > 0)
		str_addf(out, "; %u %s", n, n == 1 ? one : many);
}

void
html_verdict_sentence(struct str *out, const uint16_t n[static VERDICT_N])
{
	unsigned judged = (unsigned)n[VERDICT_PASS] + n[VERDICT_WARN] + n[VERDICT_FAIL];

	if (judged == 0 && n[VERDICT_NO_DATA] + n[VERDICT_NOT_APPLICABLE] == 0) {
		str_adds(out, "has no required control in these packs");
		return;
	}
	if (judged == 0 && n[VERDICT_NO_DATA] == 0)
		str_adds(out, "has no required control that applies");
	else if (judged == 0)
		str_adds(out, "could not be judged on any required control");
	else if (n[VERDICT_PASS] == judged)
		str_addf(out, "passes %s%u required control%s that could be judged",
		    judged == 1 ? "the " : "all ", judged, judged == 1 ? "" : "s");
	else
		str_addf(out, "passes %u of the %u required control%s that could be judged", n[VERDICT_PASS],
		    judged, judged == 1 ? "" : "s");
	clause(out, n[VERDICT_FAIL], "fails", "fail");
	clause(out, n[VERDICT_WARN], "warns", "warn");
	if (judged > 0)
		clause(out, n[VERDICT_NO_DATA], "could not be judged, which is no pass",
		    "could not be judged, which is no pass");
	else
		clause(out, n[VERDICT_NO_DATA], "lacks data, which is no pass", "lack data, which is no pass");
	clause(out, n[VERDICT_NOT_APPLICABLE], "does not apply", "do not apply");
}

void
html_evidence_dates(struct str *out, const struct world *w)
{
	struct utc oldest, newest;
	char a[UTC_TEXT], b[UTC_TEXT];

	dated_span(w, &oldest, &newest);
	if (!utc_known(oldest)) {
		str_adds(out, "an unknown date");
		return;
	}
	utc_format(oldest, a);
	utc_format(newest, b);
	str_addf(out, "%.10s", a);
	if (memcmp(a, b, 10) != 0)
		str_addf(out, " to %.10s", b);
}

void
html_heading_date(struct str *out, const struct assessment *head)
{
	char when[UTC_TEXT];

	str_adds(out, "<p class=\"date\">Evidence of <strong>");
	html_evidence_dates(out, head->world);
	str_addf(out,
	    "</strong>, judged for <strong>%.10s</strong>. The verdicts are about that moment, not about "
	    "today.</p>\n",
	    utc_format(head->at, when));
}

void
html_proposal(struct str *out, const struct pack *p)
{
	if (!p->proposal)
		return;
	str_adds(out, "<p class=\"notice\"><strong>Proposal.</strong> The pack ");
	html_text(out, p->id);
	str_adds(out, " is a proposal, not a published requirement.");
	if (p->remarks != NULL) {
		str_addc(out, ' ');
		html_text(out, p->remarks);
	}
	str_adds(out, "</p>\n");
}

void
html_proposals(struct str *out, const struct assessment *head)
{
	size_t i;

	for (i = 0; i < head->n_packs; i++)
		html_proposal(out, &head->packs[i]);
}

void
html_same_options(struct str *out, const struct assessment *head)
{
	char when[UTC_TEXT], to[UTC_TEXT];

	str_adds(out, " --data DIR");
	if (utc_known(head->at))
		str_addf(out, " --at %s", utc_format(head->at, when));
	str_addf(out, " --visibility %" PRIu32 " --full-feed %" PRIu32, head->routes_params->visibility_min,
	    head->routes_params->full_feed_percent);
	if (head->params->scored != NULL && head->params->scored->window != NULL)
		str_addf(out, " --window %s/%s", utc_format(head->params->scored->window->from, when),
		    utc_format(head->params->scored->window->to, to));
}

static void
command(struct str *out, const struct assessment *head, uint32_t asn)
{
	size_t i;

	str_adds(out, "<p>To compute it again from the inputs above: <code>routemark audit ");
	if (asn > 0)
		str_addu(out, asn);
	else
		str_adds(out, "ASN...");
	html_same_options(out, head);
	for (i = 0; i < head->n_packs; i++) {
		str_adds(out, " --rules ");
		html_text(out, head->packs[i].id);
	}
	str_adds(out, "</code></p>\n");
}

void
html_disclaimer(struct str *out)
{
	str_adds(out,
	    "<p>This report speaks of the moment of its evidence, and of what the vantage points in "
	    "that evidence could see. It says nothing about a network's intent, and nothing about today. What "
	    "could not be observed is never a pass.</p>\n");
}

void
html_footer(struct str *out, const struct assessment *head, uint32_t asn)
{
	str_adds(out, "<footer>\n");
	html_disclaimer(out);
	command(out, head, asn);
	str_adds(out, "</footer>\n");
}
