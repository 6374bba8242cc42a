/* html_compare_answers: what providers said of themselves: who signed it, of when, and whether it counts. */
#include "report/html_compare.h"
#include "report/layout.h"

#include <inttypes.h>

static void
day(struct str *out, struct utc t)
{
	char when[UTC_TEXT];

	str_addf(out, "<td class=\"day\">%.10s</td>", utc_known(t) ? utc_format(t, when) : "not told");
}

static void
answer(struct html_compare *h, const struct compared *net, size_t k)
{
	const struct held *held = html_held(h, net, k);
	const struct answer *a = held->answer;

	str_addf(h->out, "<tr><th scope=\"row\" class=\"id\">AS%" PRIu32 "</th><td><a href=\"#%s\">", net->as.asn,
	    html_demand_id(h, k));
	html_text(h->out, a->control);
	str_addf(h->out, "</a></td><td>%s</td>", answer_text(a->value));
	html_cell(h->out, a->by[0] != '\0' ? a->by : "nobody");
	day(h->out, a->on);
	day(h->out, a->until);
	str_addf(h->out, "<td>%s</td>", held->by == HELD_ANSWER ? "yes" : held->by == HELD_JUDGEMENT
	    ? "no: data decides" : "no: see the demand");
	html_el(h->out, "td", "class=\"why\"", a->text);
	str_adds(h->out, "</tr>\n");
}

static void
file(struct html_compare *h)
{
	const struct answers *a = h->c->answers;
	char hex[SHA256_HEX + 1];

	sha256_hex(a->sha256, hex);
	str_adds(h->out, "<p>What providers said of themselves is attested, never measured. Read from a file of ");
	lay_count(h->out, a->bytes);
	str_addf(h->out, " bytes, SHA-256 <span class=\"hex\">%s</span>.", hex);
	if (a->n_skipped > 0) {
		str_addc(h->out, ' ');
		lay_count(h->out, a->n_skipped);
		str_addf(h->out, " row%s could not be used, and count%s for nothing.", a->n_skipped == 1 ? "" : "s",
		    a->n_skipped == 1 ? "s" : "");
	}
	if (h->c->n_answers_unused > 0) {
		str_addc(h->out, ' ');
		lay_count(h->out, h->c->n_answers_unused);
		str_addf(h->out, " more %s about other networks, or of what is not asked.",
		    h->c->n_answers_unused == 1 ? "is" : "are");
	}
	str_adds(h->out, "</p>\n");
}

void
html_compare_answers(struct html_compare *h)
{
	static const char *const heads[] = {
	    "Network", "Demand", "Answer", "Attested by", "On", "Valid until", "Counts", "What was written"};
	size_t i, k, n = 0;

	if (h->c->answers == NULL)
		return;
	str_adds(h->out, "<section class=\"sheet\" aria-labelledby=\"answers\">\n<h2 id=\"answers\">Answers of the "
	    "providers</h2>\n");
	file(h);
	for (i = 0; i < h->c->n; i++)
		for (k = 0; k < h->c->req->pack.n; k++) {
			if (html_held(h, &h->c->nets[i], k)->answer == NULL)
				continue;
			if (n++ == 0)
				html_table(h->out, "Answers to what is asked, each with who signed it", heads,
				    sizeof(heads) / sizeof(*heads));
			answer(h, &h->c->nets[i], k);
		}
	if (n > 0)
		html_table_end(h->out);
	else
		str_adds(h->out, "<p>No answer is about these networks and what is asked.</p>\n");
	html_close(h->out, "section");
}
