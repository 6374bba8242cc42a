#include "measure.h"

/* AS100 announces five routes that are seen by all, one that only one peer sees, and a default route. */
static void
world_rov(struct measure *t)
{
	struct hand *h = &t->h;

	measure_init(t);
	hand_see_all(h, "20.0.0.0/16", "100");
	hand_see_all(h, "20.1.0.0/24", "3 100");
	hand_see_all(h, "20.2.0.0/24", "100 100 100");
	hand_see_all(h, "20.3.0.0/24", "100");
	hand_see_all(h, "2400:db8::/32", "100");
	hand_see(h, "20.4.0.0/24", "1 100");
	hand_see_all(h, "192.168.0.0/16", "400");
	hand_see_all(h, "20.6.0.0/16", "64512");
	hand_see_all(h, "0.0.0.0/0", "100");
	hand_see_all(h, "20.5.0.0/24", "200 {100,300}");
	hand_vrp(h, "20.0.0.0/16", 16, 100);	/* valid */
	hand_vrp(h, "20.1.0.0/16", 16, 100);	/* invalid-length */
	hand_vrp(h, "20.2.0.0/16", 24, 900);	/* invalid-asn */
	hand_vrp(h, "20.3.0.0/16", 16, 900);	/* invalid-both */
	hand_vrp(h, "20.5.0.0/24", 24, 100);	/* a set has no origin */
	hand_evidence(h, EV_TABLE);
	hand_evidence(h, EV_VRPS);
}

static void
test_states(struct measure *t)
{
	const struct metric *m;

	is_share(t, 100, M_ROV_INVALID, 3, 5, "three of five visible routes are RPKI-invalid");
	m = &t->m;
	ok(part_of(m, "valid") == 1 && part_of(m, "not-found") == 1 && part_of(m, "invalid-asn") == 1 &&
	    part_of(m, "invalid-length") == 1 && part_of(m, "invalid-both") == 1, "each state is counted apart");
	ok(m->value_ppm == 600000 && m->lo_ppm == 230724 && m->hi_ppm == 882379,
	    "the share comes with its Wilson interval");
	ok(m->n_full_feed[FAMILY_V4] == 2 && m->n_full_feed[FAMILY_V6] == 2 && m->n_collectors == 1,
	    "the vantage is told");
	ok(m->evidence == (EV_BIT(EV_TABLE) | EV_BIT(EV_VRPS)) &&
	    m->oldest.s == utc_from_date(2026, 11, 1, 0, 0, 0).s, "the evidence and its age are told");
	is_share(t, 100, M_ROA_COVERAGE, 4, 5, "four of five are covered");
	is_share(t, 100, M_M7RPKI, 1, 5, "one of five is valid");
	ok(t->m.value_ppm == 0, "ten times three invalids outweigh one valid: the score is 0, not below");
	is_state(t, 300, M_ROV_INVALID, METRIC_NOT_APPLICABLE, "announces no visible route",
	    "an AS that is only in an AS_SET originates nothing");
	is_state(t, 4294967295u, M_ROV_INVALID, METRIC_NOT_APPLICABLE, "announces no visible route",
	    "AS4294967295 does not get the routes without an origin");
}

static const struct record *
record_at(const struct metric *m, const char *prefix)
{
	struct prefix p = hand_prefix(prefix);
	size_t i;

	for (i = 0; i < m->n_records; i++)
		if (m->records[i].has_prefix && prefix_eq(&m->records[i].prefix, &p))
			return &m->records[i];
	printf("# no record for %s\n", prefix);
	exit(1);
}

static void
test_records(struct measure *t)
{
	/* SHA-256 of the three canonical lines */
	static const char *const lines = "invalid-length 20.1.0.0/24 AS100 -\ninvalid-asn 20.2.0.0/24 AS100 -\n"
	    "invalid-both 20.3.0.0/24 AS100 -\n";
	uint8_t want[SHA256_BYTES];
	const struct metric *m = measure(t, 100, M_ROV_INVALID);
	const struct record *r = record_at(m, "20.1.0.0/24");
	struct sha256 sha;

	is_str(r->code, "invalid-length", "the record says which kind of invalid");
	is_str(r->path, "1 3 100", "of two paths seen equally often the first is shown");
	ok(r->n_vps == 2 && r->origin == 100, "the record counts the vantage points");
	is_str(r->vps, "AS1 at 192.0.2.1, AS2 at 192.0.2.2", "the record names them");
	ok(r->n_objects == 1, "the record has the covering VRP");
	is_str(r->objects[0], "VRP 20.1.0.0/16-16 AS100", "the VRP is written out");
	is_str(r->remedy, "publish ROA 20.1.0.0/24 maxLength 24 origin AS100, or withdraw 20.1.0.0/24",
	    "the remedy is the exact ROA");
	r = record_at(m, "20.2.0.0/24");
	is_str(r->remedy, "withdraw 20.2.0.0/24, or have the holder of the address space publish "
	    "ROA 20.2.0.0/24 maxLength 24 origin AS100", "where another AS holds the ROA the advice is to withdraw");
	is_str(r->path, "1 100 100 100", "prepends stay in the path shown");
	sha256_init(&sha);
	sha256_add(&sha, lines, strlen(lines));
	sha256_end(&sha, want);
	ok(m->n_deciding == 3 && memcmp(m->deciding_sha256, want, sizeof(want)) == 0,
	    "the hash is over one line per deciding record");
	m = measure(t, 100, M_ROA_COVERAGE);
	r = record_at(m, "2400:db8::/32");
	is_str(r->remedy, "publish ROA 2400:db8::/32 maxLength 32 origin AS100", "an uncovered route needs a ROA");
	ok(m->n_deciding == 1 && r->n_objects == 0, "only uncovered routes decide the coverage");
	is_str(measure(t, 400, M_ROA_COVERAGE)->records[0].remedy,
	    "withdraw 192.168.0.0/16: special-purpose addresses are not to be announced",
	    "nobody is told to publish a ROA for private space");
	is_str(measure(t, 64512, M_ROA_COVERAGE)->records[0].remedy,
	    "withdraw 20.6.0.0/16, or announce it from a public ASN", "nor for a private ASN");
}

static void
test_records_max(void)
{
	struct measure t, full;
	uint32_t max;
	bool same = true;

	world_rov(&full);
	measure_start(&full);
	measure(&full, 100, M_ROV_INVALID);
	for (max = 0; max <= 4; max++) {
		world_rov(&t);
		t.params.records_max = max;
		measure_start(&t);
		measure(&t, 100, M_ROV_INVALID);
		same = same && t.m.n_records == (max < 3 ? max : 3) && t.m.n_deciding == 3 &&
		    memcmp(t.m.deciding_sha256, full.m.deciding_sha256, SHA256_BYTES) == 0;
		measure_release(&t);
	}
	measure_release(&full);
	ok(same, "records_max limits the text kept, not the count nor the hash");
}

static void
test_evidence(void)
{
	struct measure t;
	struct evidence_state *e;

	world_rov(&t);
	measure_start(&t);
	e = t.h.w.evidence;
	e[EV_VRPS].n_inputs = 3;
	e[EV_VRPS].n_incomplete = 2;
	is_state(&t, 100, M_ROV_INVALID, METRIC_NO_DATA, "2 of 3 VRP inputs are incomplete",
	    "incomplete VRPs give no data");
	ok(t.m.num == 0 && t.m.den == 0 && t.m.n_deciding == 0, "and no number that could be taken for one");
	e[EV_VRPS].n_inputs = e[EV_VRPS].n_incomplete = 0;
	is_state(&t, 100, M_ROV_INVALID, METRIC_NO_DATA, "no VRP input", "missing VRPs give no data");
	is_state(&t, 100, M_MAXLEN_EXPOSURE, METRIC_NO_DATA, "no VRP input", "nor does maxlength-exposure judge");
	e[EV_VRPS].n_inputs = 1;
	e[EV_TABLE].n_incomplete = 1;
	is_state(&t, 100, M_ROA_COVERAGE, METRIC_NO_DATA, "1 of 1 MRT table inputs is incomplete",
	    "a table cut short gives no data");
	e[EV_TABLE].n_inputs = e[EV_TABLE].n_incomplete = 0;
	is_state(&t, 100, M_M7RPKI, METRIC_NO_DATA, "no table: neither an MRT table nor an origin table",
	    "no table gives no data");
	e[EV_ORIGINS].n_inputs = 1;
	e[EV_ORIGINS].n_untimed = 1;
	e[EV_ORIGINS].oldest = utc_from_date(2026, 10, 1, 0, 0, 0);
	is_share(&t, 100, M_ROV_INVALID, 3, 5, "an origin table will do in place of an MRT table");
	ok(!utc_known(t.m.oldest), "evidence without a time has no age");
	measure_release(&t);
}

/* Longest announced inside each VRP, nested and equal ones included. */
static void
test_maxlen(void)
{
	struct measure t;
	struct hand *h = &t.h;

	measure_init(&t);
	hand_see_all(h, "20.0.0.0/16", "100");
	hand_see_all(h, "20.0.4.0/24", "100");
	hand_see_all(h, "20.9.0.0/24", "200");
	hand_see(h, "20.0.6.0/26", "1 100");	/* not visible */
	hand_vrp(h, "20.0.0.0/16", 24, 100);	/* /24 inside: tight */
	hand_vrp(h, "20.0.0.0/16", 25, 100);	/* exposed */
	hand_vrp(h, "20.0.4.0/23", 24, 100);	/* tight */
	hand_vrp(h, "20.0.6.0/24", 26, 100);	/* nothing visible inside: exposed */
	hand_vrp(h, "20.9.0.0/24", 24, 100);	/* nothing of this AS inside, but no longer than itself */
	hand_vrp(h, "20.9.0.0/16", 24, 100);	/* what another AS announces does not count: exposed */
	hand_vrp(h, "2400:db8::/32", 48, 100);	/* exposed */
	hand_vrp(h, "20.0.0.0/16", 24, 300);
	hand_evidence(h, EV_TABLE);
	hand_evidence(h, EV_VRPS);
	measure_start(&t);
	is_share(&t, 100, M_MAXLEN_EXPOSURE, 4, 7, "a VRP that allows more than is announced inside is exposed");
	is_str(t.m.records[0].objects[0], "VRP 20.0.0.0/16-25 AS100", "the first exposed VRP is named");
	is_str(t.m.records[1].remedy, "replace it by ROA 20.0.6.0/24 maxLength 24 origin AS100: "
	    "no part of it is announced", "the remedy is a ROA without maxLength");
	is_share(&t, 300, M_MAXLEN_EXPOSURE, 1, 1, "an AS that announces nothing can have exposed VRPs");
	is_state(&t, 200, M_MAXLEN_EXPOSURE, METRIC_NOT_APPLICABLE, "no VRP names this AS",
	    "an AS without VRPs has none to expose");
	measure_release(&t);
}

/* A share just above 0 or just below 1 must not be rounded to a pass. */
static void
test_rounding(void)
{
	struct measure t;
	char text[32];
	int i;

	measure_init(&t);
	for (i = 0; i < 3; i++) {
		snprintf(text, sizeof(text), "10.%d.0.0/16", i);
		hand_see_all(&t.h, text, "100");
		if (i < 2)
			hand_vrp(&t.h, text, 16, i == 0 ? 100 : 200);
	}
	hand_evidence(&t.h, EV_TABLE);
	hand_evidence(&t.h, EV_VRPS);
	measure_start(&t);
	ok(measure(&t, 100, M_ROV_INVALID)->value_ppm == 333334, "a share that should be low is rounded up");
	ok(measure(&t, 100, M_ROA_COVERAGE)->value_ppm == 666666, "a share that should be high is rounded down");
	measure_release(&t);
}

/* 11 valid and 1 invalid of 16: 11 - 10 is what is left. */
static void
test_m7rpki(void)
{
	struct measure t;
	char text[32];
	int i;

	measure_init(&t);
	for (i = 0; i < 16; i++) {
		snprintf(text, sizeof(text), "20.%d.0.0/16", i);
		hand_see_all(&t.h, text, "100");
		if (i < 12)
			hand_vrp(&t.h, text, 16, i < 11 ? 100 : 200);
	}
	hand_evidence(&t.h, EV_TABLE);
	hand_evidence(&t.h, EV_VRPS);
	measure_start(&t);
	is_share(&t, 100, M_M7RPKI, 11, 16, "M7RPKI counts the valid routes");
	ok(t.m.value_ppm == 62500 && t.m.n_deciding == 5, "and takes ten for each invalid one from the score");
	measure_release(&t);
}

static void
test_words(void)
{
	unsigned i;
	bool found = true;

	for (i = 0; i < METRIC_N; i++)
		found = found && metric_find(span_of(metric_word((enum metric_id)i))) == i &&
		    (metric_needs((enum metric_id)i) | metric_needs_any((enum metric_id)i)) != 0;
	ok(found, "every metric is found by its word and needs some evidence");
	ok(metric_find(SPAN("rov")) == METRIC_N && metric_find(SPAN("")) == METRIC_N, "other words find none");
}

int
main(void)
{
	struct measure t;

	world_rov(&t);
	measure_start(&t);
	test_states(&t);
	test_records(&t);
	measure_release(&t);
	test_records_max();
	test_evidence();
	test_maxlen();
	test_rounding();
	test_m7rpki();
	test_words();
	return tap_done();
}
