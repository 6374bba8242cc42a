#include "report/exposure.h"

void
exposure_verdicts_of(const struct as_result *r, struct exposure_verdicts *out)
{
	size_t i, k;

	*out = (struct exposure_verdicts){.all = VERDICT_NOT_APPLICABLE};
	for (i = 0; i < r->n_packs; i++)
		for (k = 0; k < r->packs[i].n; k++) {
			const struct judgement *j = &r->packs[i].judgements[k];

			if (!j->control->required)
				continue;
			out->n_required++;
			out->n[j->verdict]++;
			if (verdict_worst(out->all, j->verdict) == out->all)
				continue;
			out->all = j->verdict;
			out->worst = j;
			out->worst_pack = r->packs[i].pack;
		}
	if (out->all == VERDICT_PASS)
		out->worst = NULL;
}

void
exposure_weakest_of(const struct exposure_result *r, struct exposure_weakest *out)
{
	size_t i;

	*out = (struct exposure_weakest){.at = SIZE_MAX};
	for (i = 0; i < r->e->n_ases; i++) {	/* the larger shares come first */
		struct exposure_verdicts v;

		if (exposure_at_end(r->e, &r->e->ases[i]))
			continue;
		exposure_verdicts_of(&r->on[i], &v);
		if (v.all != VERDICT_FAIL && v.all != VERDICT_NO_DATA)
			continue;
		if (out->at == SIZE_MAX || (v.all == VERDICT_FAIL && out->v.all != VERDICT_FAIL)) {
			out->at = i;
			out->v = v;
		}
	}
}

const char *
exposure_relation_word(enum as_relation r)
{
	static const char *const words[] = {[REL_NONE] = "", [REL_PROVIDER] = "provider", [REL_CUSTOMER] = "customer",
	    [REL_PEER] = "peer", [REL_SIBLING] = "sibling"};

	return words[r];
}

const char *
offence_word(enum exposure_offence o)
{
	static const char *const words[] = {[OFFENCE_INVALID] = "rpki-invalid", [OFFENCE_BOGON] = "bogon",
	    [OFFENCE_OWN] = "own-space"};

	return words[o];
}

const char *
exposure_kind_why(const struct astray_ground *g, const struct exposure *e, enum astray_kind k, uint64_t n)
{
	if (e->astray_why != NULL)
		return e->astray_why;
	return g->why[k] != NULL ? g->why[k] : n == 0 ? g->partial : NULL;
}
