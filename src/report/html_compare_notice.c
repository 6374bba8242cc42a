/* html_compare_notice: the answer in a sentence, and what a reader must know before the rest. */
#include "report/html_compare.h"

#include <inttypes.h>

size_t
html_n_required(const struct requirement *req)
{
	size_t i, n = 0;

	for (i = 0; i < req->pack.n; i++)
		n += req->pack.controls[i].required;
	return n;
}

static void
lead_clause(struct str *out, size_t n, const char *one, const char *many)
{
	if (n > 0)
		str_addf(out, "; %zu %s", n, n == 1 ? one : many);
}

/* How many networks meet all that is required. What could not be judged is not met. */
void
html_compare_lead(struct html_compare *h)
{
	size_t i, all = 0, wanting = 0, open = 0, idle = 0, n = h->c->n;

	for (i = 0; i < n; i++) {
		const uint16_t *o = h->c->nets[i].tally.n[1];

		if (o[OUTCOME_SHORT] > 0)
			wanting++;
		else if (o[OUTCOME_UNKNOWN] > 0)
			open++;
		else if (o[OUTCOME_MEETS] > 0)
			all++;
		else
			idle++;
	}
	str_adds(h->out, "<p class=\"lead\">");
	if (html_n_required(h->c->req) == 0) {
		str_adds(h->out, "Nothing of this profile is required: the order is that of the weight that is met");
	} else {
		str_addf(h->out, "Of %zu network%s, ", n, n == 1 ? "" : "s");
		if (all == 0)
			str_adds(h->out, "none meets every required demand that applies");
		else
			str_addf(h->out, "%zu meet%s every required demand that applies", all, all == 1 ? "s" : "");
		lead_clause(h->out, wanting, "falls short of at least one", "fall short of at least one");
		lead_clause(h->out, open, "could not be judged on all of them, which is no pass",
		    "could not be judged on all of them, which is no pass");
		lead_clause(h->out, idle, "has none that applies", "have none that applies");
	}
	str_adds(h->out, ".</p>\n");
}

/* Outcomes that are open as the evidence is too far from the moment, or of unknown age. */
struct aged {
	size_t old, undated, apart;
	struct utc oldest;
};

static void
aged_add(struct aged *a, const struct held *h)
{
	const struct judgement *j = h->judgement;
	bool old = j->because == BECAUSE_AGE;

	a->apart += j->because == BECAUSE_APART;
	if (j->because == BECAUSE_UNDATED || (old && !utc_known(j->decides->oldest))) {
		a->undated++;
	} else if (old) {
		a->old++;
		if (!utc_known(a->oldest) || j->decides->oldest.s < a->oldest.s)
			a->oldest = j->decides->oldest;
	}
}

/* They are told before any outcome. */
static void
age_banner(struct html_compare *h)
{
	struct aged a = {.oldest = UTC_NONE};
	size_t i, k, all = h->c->n * h->c->req->pack.n;
	char when[UTC_TEXT];

	for (i = 0; i < h->c->n; i++)
		for (k = 0; k < h->c->req->pack.n; k++)
			aged_add(&a, &h->c->nets[i].held[k]);
	if (a.old > 0)
		str_addf(h->out, "<p class=\"notice old\"><strong>Old evidence, of %.10s.</strong> %zu of %zu "
		    "outcomes could not be judged from data: the evidence is further from the moment judged for than "
		    "the demand allows.</p>\n", utc_format(a.oldest, when), a.old, all);
	if (a.apart > 0)
		str_addf(h->out, "<p class=\"notice old\"><strong>Evidence of other days.</strong> %zu of %zu outcomes could "
		    "not be judged from data: what is held against each other is of days too far apart.</p>\n", a.apart, all);
	if (a.undated > 0)
		str_addf(h->out, "<p class=\"notice old\"><strong>Undated evidence.</strong> %zu of %zu outcomes "
		    "could not be judged from data: nobody says how old the evidence is.</p>\n", a.undated, all);
}

static void
unseen(struct html_compare *h)
{
	size_t i, n = 0;

	for (i = 0; i < h->c->n; i++) {
		if (h->c->nets[i].as.seen)
			continue;
		if (n++ == 0)
			str_adds(h->out, "<p class=\"notice\"><strong>Not seen.</strong> Of the networks asked for, the "
			    "data shows no route that is announced or passed on by ");
		str_addf(h->out, "%sAS%" PRIu32, n > 1 ? ", " : "", h->c->nets[i].as.asn);
	}
	if (n > 0)
		str_adds(h->out, ".</p>\n");
}

void
html_compare_notices(struct html_compare *h)
{
	size_t i;

	age_banner(h);
	unseen(h);
	for (i = 0; i < h->c->req->n_from; i++)
		html_proposal(h->out, &h->c->req->from[i]);
}
