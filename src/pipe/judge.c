#include "pipe/judge.h"

#include <stdlib.h>

/* --- one AS --- */

static void
pack_judge(const struct pack *p, const struct metric *const all[METRIC_N], struct utc at, bool is_cdn,
    struct arena *a, struct pack_result *out)
{
	struct judgement *js = arena_raw(a, p->n, sizeof(*js));
	const struct metric **m;
	size_t i, t;

	for (i = 0; i < p->n; i++) {
		const struct control *c = &p->controls[i];

		js[i].control = c;
		if (c->whole_org)
			continue;
		m = arena_raw(a, c->n_tests, sizeof(*m));
		for (t = 0; t < c->n_tests; t++)
			m[t] = all[c->tests[t].metric];
		control_judge(c, m, at, is_cdn, &js[i]);
	}
	for (i = 0; i < p->n; i++)	/* over the others, so last */
		if (p->controls[i].whole_org)
			control_judge_org(&p->controls[i], js, p->n, &js[i]);
	*out = (struct pack_result){p, js, p->n};
}

static bool
announces_or_passes(const struct facts *f, uint32_t asn)
{
	size_t n, lo = 0, hi, mid;
	const uint32_t *ases = facts_ases(f, &n);

	for (hi = n; lo < hi;) {
		mid = lo + (hi - lo) / 2;
		if (ases[mid] < asn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && ases[lo] == asn;
}

static void
names_of(const struct world *w, uint32_t asn, struct as_result *out)
{
	const struct org_as *o = orgs_as(&w->orgs, asn);
	const struct org *org = o != NULL && o->org_id != NULL ? orgs_find(&w->orgs, o->org_id) : NULL;

	out->name = o != NULL && o->name != NULL ? o->name : "";
	out->org = org != NULL && org->name != NULL ? org->name : "";
}

void
judge_as(const struct judge *j, uint32_t asn, enum judge_detail detail, struct arena *a, struct as_result *out)
{
	const struct participant *part = participants_of(&j->world->participants, asn);
	struct pack_result *results = arena_raw(a, j->n_packs, sizeof(*results));
	const struct metric **all = arena_raw(a, METRIC_N, sizeof(*all));
	struct metric *m = arena_raw(a, METRIC_N, sizeof(*m));
	size_t i;

	metrics_compute(j->facts, asn, detail == JUDGE_RECORD ? METRIC_FULL : METRIC_NUMBERS, a, m);
	for (i = 0; i < METRIC_N; i++)
		all[i] = &m[i];
	*out = (struct as_result){.asn = asn, .seen = announces_or_passes(j->facts, asn),
	    .is_cdn = part != NULL && part->cdn, .packs = results, .n_packs = j->n_packs,
	    .metrics = all, .n_metrics = facts_n_metrics(j->facts)};
	names_of(j->world, asn, out);
	out->place = holdings_place(&j->world->holdings, asn);
	for (i = 0; i < j->n_packs; i++)
		pack_judge(&j->packs[i], all, j->world->at, out->is_cdn, a, &results[i]);
	if (detail == JUDGE_FINDINGS)
		metrics_records(j->facts, report_against(out), REPORT_FINDINGS, a, m);
	if (j->attach != NULL)
		j->attach(j->attach_arg, j, a, out);
}
