/* judge_org: the worst sibling of an organisation over the controls of a pack. */
#include "rule/judge.h"
#include "rule/say.h"

#include <inttypes.h>

struct org_worst {
	enum verdict verdict;
	const struct judgement *judgement;	/* whose sibling it is */
	const struct metric *metric;
	const struct control_test *test;
	size_t n;				/* numbers compared */
	uint32_t n_all;
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

/* A control without a verdict rests on evidence that cannot be judged: it is left out. */
static void
org_control(const struct judgement *j, struct org_worst *w)
{
	const struct control *c = j->control;
	const struct metric *m;
	enum verdict v;
	size_t i;

	for (i = 0; i < c->n_tests && j->verdict != VERDICT_NO_DATA; i++) {
		m = j->metrics[i];
		if (!c->tests[i].judged || m->state == METRIC_NO_DATA)
			continue;
		if (m->org.n_all > w->n_all)
			w->n_all = m->org.n_all;
		if (w->why == NULL)
			w->why = m->org.why;
		if (m->org.n == 0)
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
control_judge_org(const struct control *c, const struct judgement *others, size_t n, struct arena *a,
    struct judgement *out)
{
	struct org_worst w = {.verdict = VERDICT_NO_DATA};
	struct str why = {0};
	struct metric worst;
	size_t i;

	for (i = 0; i < n; i++)
		if (!others[i].control->whole_org)
			org_control(&others[i], &w);
	*out = (struct judgement){.control = c, .verdict = w.verdict};
	if (w.n == 0 && w.n_all == 1) {
		out->verdict = VERDICT_NOT_APPLICABLE;
		str_adds(&why, "the organisation has no other ASN");
	} else if (w.n == 0) {
		str_adds(&why, w.n_all > 0 ? "no control of this pack could be measured over the organisation"
		    : w.why != NULL ? w.why : "the ASNs of the organisation are not known");
	} else {
		worst = *w.metric;
		worst.value_ppm = w.metric->org.worst_ppm;
		worst.num = (uint64_t)w.metric->org.worst_ppm;
		str_addf(&why, "worst of %" PRIu32 " measured of %" PRIu32 " ASNs: AS%" PRIu32 " in %s with ",
		    w.metric->org.n, w.metric->org.n_all, w.metric->org.worst_asn, w.judgement->control->id);
		say_number(&why, &worst);
		str_adds(&why, "; ");
		say_bars(&why, w.test, false);
	}
	out->reason = out->brief = arena_strdup(a, str_span(&why));
	str_release(&why);
}
