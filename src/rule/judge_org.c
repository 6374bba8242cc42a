/* judge_org: the worst sibling of an organisation over the controls of a pack. */
#include "rule/judge.h"

#include <string.h>

struct org_worst {
	enum verdict verdict;
	const struct judgement *judgement;	/* whose sibling it is */
	const struct metric *metric;
	const struct control_test *test;
	size_t n;				/* numbers compared */
	uint32_t n_all;
	bool spoke;				/* a control had a verdict: what it knows of the organisation counts */
	const char *why;			/* why the siblings are not known */
};

/* The worst sibling's number against the bars. */
static enum verdict
org_test(const struct control_test *t, const struct metric *m)
{
	struct metric worst = *m;

	worst.value_ppm = m->org.worst_ppm;
	worst.num = (uint64_t)m->org.worst_ppm;
	worst.den = 1000000;	/* a share in millionths is its own numerator */
	return test_against_bars(t, &worst, false);
}

/* A control without a verdict rests on evidence that cannot be judged: it is left out. So is one that does not apply
 * to the AS itself when its evidence is too old: the siblings' numbers rest on the same. The worst number is left out
 * when it is of too few to be judged, and so is what an AS must attest: the measured part of that is not the control. */
static void
org_control(const struct judgement *j, struct org_worst *w)
{
	const struct control *c = j->control;
	const struct metric *m;
	enum because because;
	enum verdict v;
	size_t i;

	if (strcmp(c->evidence_class, "attested") == 0)
		return;
	for (i = 0; i < c->n_tests; i++) {
		m = j->metrics[i];
		if (!judgement_rests(j, i) || m->state == METRIC_NO_DATA)
			continue;
		if (m->org.n_all > w->n_all)
			w->n_all = m->org.n_all;
		if (w->why == NULL)
			w->why = m->org.why;
		if (j->verdict == VERDICT_NO_DATA)
			continue;
		w->spoke = true;
		if (m->org.n == 0 || judge_aged(c, m, j->at, &because))
			continue;
		if (metric_unit(m->id) != UNIT_BOOL && m->org.worst_den < c->population_min)
			continue;
		v = org_test(&c->tests[i], m);
		if (w->n++ == 0 || verdict_worst(w->verdict, v) != w->verdict) {
			w->verdict = v;
			w->judgement = j;
			w->metric = m;
			w->test = &c->tests[i];
		}
	}
}

void
control_judge_org(const struct control *c, const struct judgement *others, size_t n, struct judgement *out)
{
	struct org_worst w = {.verdict = VERDICT_NO_DATA};
	size_t i;

	for (i = 0; i < n; i++)
		if (!others[i].control->whole_org)
			org_control(&others[i], &w);
	*out = (struct judgement){.control = c, .verdict = w.verdict};
	if (w.n == 0 && w.n_all == 1 && w.spoke) {
		out->verdict = VERDICT_NOT_APPLICABLE;
		out->because = BECAUSE_ALONE;
	} else if (w.n == 0) {
		out->because = BECAUSE_SIBLINGS_UNKNOWN;
		out->why = w.n_all > 0 ? "no control of this pack could be measured over the organisation"
		    : w.why != NULL ? w.why : "the ASNs of the organisation are not known";
	} else {
		out->because = BECAUSE_SIBLING;
		out->test = w.test;
		out->sibling = w.metric;
		out->sibling_in = w.judgement->control;
	}
}
