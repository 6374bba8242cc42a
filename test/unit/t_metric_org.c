#include "measure.h"

static void
member(struct hand *h, uint32_t asn, const char *org)
{
	if (orgs_add_as(&h->w.orgs, asn, SPAN("N"), span_of(org)) != OK)
		abort();
}

/* ORG-1: 100 (one valid of one), 200 (one invalid of four), 300 (announces nothing). */
static void
world_org(struct measure *t)
{
	struct hand *h = &t->h;

	measure_init(t);
	hand_see_all(h, "20.0.0.0/16", "100");
	hand_see_all(h, "20.1.0.0/16", "200");
	hand_see_all(h, "20.2.0.0/16", "200");
	hand_see_all(h, "20.3.0.0/16", "200");
	hand_see_all(h, "20.4.0.0/16", "200");
	hand_see_all(h, "10.0.0.0/8", "200");
	hand_see_all(h, "20.5.0.0/16", "400");
	hand_vrp(h, "20.0.0.0/16", 16, 100);
	hand_vrp(h, "20.1.0.0/16", 16, 900);
	hand_vrp(h, "20.2.0.0/15", 16, 200);
	member(h, 100, "ORG-1");
	member(h, 200, "ORG-1");
	member(h, 300, "ORG-1");
	member(h, 400, "ORG-2");
	hand_evidence(h, EV_TABLE);
	hand_evidence(h, EV_VRPS);
	hand_evidence(h, EV_ORGS);
	measure_start(t);
}

static void
test_sums(struct measure *t)
{
	const struct metric *m = measure(t, 100, M_ROV_INVALID);

	ok(m->num == 0 && m->den == 1 && m->org.n == 2 && m->org.n_all == 3 && m->org.why == NULL,
	    "of three siblings two can be measured");
	ok(m->org.worst_asn == 200 && m->org.worst_ppm == 200000 && m->org.worst_den == 5, "the worst sibling is named");
	ok(m->org.num == 1 && m->org.den == 6 && m->org.weighted_ppm == 166667, "the sum is weighted by routes");
	m = measure(t, 100, M_ROA_COVERAGE);
	ok(m->org.worst_asn == 200 && m->org.worst_ppm == 600000 && m->org.num == 4 && m->org.weighted_ppm == 666666,
	    "where high is good the lowest is the worst");
	m = measure(t, 200, M_M7RPKI);
	ok(m->value_ppm == 0 && m->org.worst_asn == 200 && m->org.num == 3 && m->org.weighted_ppm == 0,
	    "the score of the organisation is made from its routes, not from the scores");
	m = measure(t, 200, M_BOGON_PREFIX_ORIGINATED);
	ok(m->org.worst_ppm == 1 && m->org.weighted_ppm == 1 && m->org.num == 1 && m->org.den == 6, "counts are summed");
	m = measure(t, 300, M_ROV_INVALID);
	ok(m->state == METRIC_NOT_APPLICABLE && m->org.n == 2 && m->org.num == 1,
	    "a sibling that announces nothing shares in the organisation's result");
	ok(measure(t, 100, M_ROV_INVALID)->org.num == 1, "asked again, the same comes out");
}

static void
test_alone(struct measure *t)
{
	const struct metric *m = measure(t, 400, M_ROV_INVALID);

	ok(m->org.n == 0 && m->org.n_all == 1 && m->org.why == NULL, "an AS alone in its organisation has no siblings");
	m = measure(t, 999, M_ROV_INVALID);
	ok(m->org.n_all == 0 && m->org.why != NULL, "an AS that no organisation lists is not said to be alone");
	t->h.w.evidence[EV_ORGS].n_incomplete = 1;
	m = measure(t, 100, M_ROV_INVALID);
	ok(m->state == METRIC_OK && m->org.n == 0 && m->org.n_all == 0 && m->org.why != NULL,
	    "a cut list of organisations tells no siblings, and does not touch the AS's own number");
}

static void
test_scores(void)
{
	struct measure t;
	int i;

	measure_init(&t);
	for (i = 0; i < 2; i++) {
		uint32_t asn = i == 0 ? 100 : 200;

		if (spoofer_add(&t.h.w.spoofer, &(struct spoofer_test){.session = (uint64_t)i, .asn = asn,
		    .time = t.h.w.at, .client = hand_prefix("20.0.0.0/24"), .routed = SPOOF_RECEIVED}) != OK)
			abort();
		member(&t.h, asn, "ORG-1");
	}
	hand_evidence(&t.h, EV_SPOOFER);
	hand_evidence(&t.h, EV_ORGS);
	measure_start(&t);
	ok(measure(&t, 200, M_M5)->value_ppm == 485577 && t.m.org.weighted_ppm == 360000 && t.m.org.worst_asn == 100,
	    "M5 of an organisation is the curve at the sum; of equals the lowest ASN is named");
	measure_release(&t);
}

int
main(void)
{
	struct measure t;

	world_org(&t);
	test_sums(&t);
	test_alone(&t);
	measure_release(&t);
	test_scores();
	return tap_done();
}
