#include "measure.h"

static void
spoof(struct hand *h, uint64_t session, uint32_t asn, const char *client, enum spoof_result routed, bool nat,
    struct utc time)
{
	if (spoofer_add(&h->w.spoofer, &(struct spoofer_test){.session = session, .time = time, .asn = asn,
	    .client = hand_prefix(client), .nat = nat, .routed = routed}) != OK)
		abort();
}

static void
test_spoofer(void)
{
	struct measure t;
	struct hand *h = &t.h;
	struct utc now = utc_from_date(2026, 10, 20, 0, 0, 0), old = utc_from_date(2025, 10, 31, 0, 0, 0);

	measure_init(&t);
	spoof(h, 1, 100, "10.0.0.0/24", SPOOF_BLOCKED, false, now);
	spoof(h, 2, 100, "10.0.0.0/24", SPOOF_RECEIVED, false, now);	/* the same network */
	spoof(h, 3, 100, "10.0.1.0/24", SPOOF_RECEIVED, true, now);
	spoof(h, 4, 100, "10.0.2.0/24", SPOOF_BLOCKED, false, now);
	spoof(h, 5, 100, "10.0.3.0/24", SPOOF_BLOCKED, true, now);	/* behind NAT */
	spoof(h, 6, 100, "10.0.4.0/24", SPOOF_REWRITTEN, true, now);
	spoof(h, 7, 100, "2001:db8::/40", SPOOF_BLOCKED, false, now);
	spoof(h, 8, 100, "10.0.5.0/24", SPOOF_UNKNOWN, false, now);
	spoof(h, 9, 100, "10.0.6.0/24", SPOOF_RECEIVED, false, old);	/* 366 days before */
	spoof(h, 10, 200, "10.0.0.0/24", SPOOF_BLOCKED, false, now);
	spoof(h, 11, 300, "10.0.0.0/24", SPOOF_UNKNOWN, false, now);
	spoof(h, 12, 400, "10.0.0.0/24", SPOOF_REWRITTEN, true, now);
	hand_evidence(h, EV_SPOOFER);
	measure_start(&t);
	is_share(&t, 100, M_M5, 2, 6, "M5 counts the distinct networks that let a packet out");
	ok(t.m.value_ppm == 360000, "two of them score 36 %%");
	is_str(t.m.records[0].objects[0], "Spoofer session 2 of 2026-10-20T00:00:00Z from 10.0.0.0/24: received",
	    "the session is named");
	is_share(&t, 100, M_SAV, 2, 4, "blocked behind NAT and rewritten show no source-address validation");
	ok(part_of(&t.m, "networks-v4") == 3 && part_of(&t.m, "networks-v6") == 1 &&
	    part_of(&t.m, "received-v4") == 2 && part_of(&t.m, "received-v6") == 0, "the families are counted apart");
	is_share(&t, 200, M_M5, 0, 1, "tests and nothing received");
	ok(t.m.value_ppm == 1000000, "score 100 %%");
	is_state(&t, 300, M_M5, METRIC_NO_DATA, "no Spoofer test from this AS", "a test without a result is no test");
	ok(t.m.value_ppm == 0, "and gives no score");
	is_share(&t, 400, M_M5, 0, 1, "M5 takes a rewritten packet for a test");
	is_state(&t, 400, M_SAV, METRIC_NO_DATA, "no Spoofer test from this AS", "sav does not");
	is_state(&t, 999, M_SAV, METRIC_NO_DATA, "no Spoofer test from this AS", "no test is no data, never a pass");
	measure_release(&t);
}

static void
pdb(struct hand *h, uint64_t id, uint32_t asn, const char *role, struct utc updated)
{
	if (contacts_add_net(&h->w.contacts, &(struct pdb_net){.id = id, .asn = asn, .name = SPAN("N"),
	    .irr_as_set = SPAN(""), .updated = updated}) != OK)
		abort();
	if (role != NULL && contacts_add_poc(&h->w.contacts, &(struct pdb_poc){.id = id, .net_id = id,
	    .role = span_of(role), .visible = SPAN("Public"), .email = true, .phone = true, .updated = updated}) != OK)
		abort();
}

static void
world_contacts(struct measure *t)
{
	struct hand *h = &t->h;
	struct utc at = h->w.at, fresh, edge, stale;

	measure_init(t);
	at = h->w.at;
	fresh = edge = stale = at;
	fresh.s -= 86400;
	edge.s -= 180 * 86400;
	stale.s = edge.s - 1;
	hand_autnum(h, 100, true);
	hand_autnum(h, 101, true);
	hand_autnum(h, 102, true);
	hand_autnum(h, 103, false);
	hand_autnum(h, 104, false);
	hand_autnum(h, 105, true);
	pdb(h, 1, 100, "NOC", edge);
	pdb(h, 2, 101, "NOC", stale);
	pdb(h, 4, 103, "NOC", fresh);
	pdb(h, 5, 104, NULL, fresh);
	pdb(h, 6, 105, "Policy", fresh);
	hand_evidence(h, EV_IRR);
	hand_evidence(h, EV_PDB_NET);
	hand_evidence(h, EV_PDB_POC);
	measure_start(t);
}

static void
test_contacts(void)
{
	static const struct { uint32_t asn; uint64_t m8, fresh; const char *code, *name; } cases[] = {
	    {100, 1, 1, NULL, "both contacts, 180 days old"},
	    {101, 1, 0, "stale-contact", "a second older than that"},
	    {102, 1, 0, "no-peeringdb-contact", "no PeeringDB entry"},
	    {103, 1, 0, "no-irr-contact", "an aut-num without contact, PeeringDB has one"},
	    {104, 0, 0, "no-irr-contact", "no contact anywhere"},
	    {105, 1, 0, "no-peeringdb-contact", "a policy contact is not the NOC"},
	    {999, 0, 0, "no-irr-contact", "an AS nobody knows"},
	};
	struct measure t;
	size_t i;

	world_contacts(&t);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct metric *m = measure(&t, cases[i].asn, M_M8);

		ok(m->state == METRIC_OK && m->num == cases[i].m8 && m->value_ppm == (int64_t)cases[i].m8 * 1000000,
		    "M8 is %llu: %s", (unsigned long long)cases[i].m8, cases[i].name);
		m = measure(&t, cases[i].asn, M_CONTACT_FRESH);
		ok(m->state == METRIC_OK && m->num == cases[i].fresh && m->n_records == (cases[i].code != NULL) &&
		    (cases[i].code == NULL || strcmp(m->records[0].code, cases[i].code) == 0),
		    "contact-fresh is %llu: %s", (unsigned long long)cases[i].fresh, cases[i].name);
	}
	t.h.w.evidence[EV_PDB_NET].n_inputs = 0;
	is_share(&t, 100, M_M8, 1, 1, "M8 is met by the aut-num alone");
	is_state(&t, 104, M_M8, METRIC_NO_DATA, "no contact in the aut-num objects, and PeeringDB was not read",
	    "that there is no contact cannot be said when PeeringDB was not read");
	is_state(&t, 100, M_CONTACT_FRESH, METRIC_NO_DATA, "no PeeringDB net input", "contact-fresh needs both");
	t.h.w.evidence[EV_PDB_POC].n_inputs = 0;
	t.h.w.evidence[EV_IRR].n_inputs = 0;
	is_state(&t, 100, M_M8, METRIC_NO_DATA, "neither an IRR nor a PeeringDB input", "M8 needs one of them");
	measure_release(&t);
}

static void
test_aspa(void)
{
	struct measure t;
	uint32_t providers[] = {10, 20};

	measure_init(&t);
	if (rpki_add_aspa(&t.h.w.rpki, 100, providers, 2) != OK)
		abort();
	hand_evidence(&t.h, EV_ASPAS);
	measure_start(&t);
	is_share(&t, 100, M_ASPA, 1, 1, "an ASPA is published");
	ok(part_of(&t.m, "providers") == 2, "with two providers");
	is_share(&t, 200, M_ASPA, 0, 1, "none is published");
	is_str(t.m.records[0].remedy, "publish an ASPA with customer AS200 and all its providers", "what to publish");
	t.h.w.evidence[EV_ASPAS].n_inputs = 0;
	is_state(&t, 100, M_ASPA, METRIC_NO_DATA, "no ASPA input", "VRPs without ASPAs say nothing of them");
	measure_release(&t);
}

int
main(void)
{
	test_spoofer();
	test_contacts();
	test_aspa();
	return tap_done();
}
