#include "measure.h"

static void
world_irr(struct measure *t)
{
	struct hand *h = &t->h;

	measure_init(t);
	hand_see_all(h, "20.0.0.0/16", "100");	/* exact, authoritative */
	hand_see_all(h, "20.1.1.0/24", "100");	/* covered by a RADB object */
	hand_see_all(h, "20.2.0.0/16", "100");	/* another origin's object only */
	hand_see_all(h, "20.3.0.0/16", "100");	/* nothing */
	hand_see_all(h, "20.4.0.0/16", "100");	/* exact and authoritative, but a VRP contradicts it */
	hand_see_all(h, "2400:db8::/32", "100");	/* covered, authoritative; RPKI-valid */
	hand_see(h, "20.5.0.0/16", "1 100");	/* not visible */
	hand_route(h, "20.0.0.0/16", 100, "RIPE");
	hand_route(h, "20.1.0.0/16", 100, "RADB");
	hand_route(h, "20.1.0.0/16", 900, "RIPE");
	hand_route(h, "20.2.0.0/16", 900, "RIPE");
	hand_route(h, "20.4.0.0/16", 100, "RIPE");
	hand_route(h, "20.4.0.0/16", 100, "RADB");
	hand_route(h, "2400:d00::/24", 100, "RIPE");
	hand_vrp(h, "20.4.0.0/16", 16, 900);
	hand_see_all(h, "20.6.0.0/16", "700");	/* not registered, and RPKI-invalid */
	hand_vrp(h, "20.6.0.0/16", 16, 900);
	hand_vrp(h, "2400:db8::/32", 32, 100);
	hand_evidence(h, EV_TABLE);
	hand_evidence(h, EV_IRR);
	hand_evidence(h, EV_VRPS);
}

static void
test_registered(struct measure *t)
{
	is_share(t, 100, M_IRR_REGISTERED, 4, 6, "exact or covering objects of the same origin register a route");
	ok(part_of(&t->m, "exact") == 2 && part_of(&t->m, "covering") == 2 && part_of(&t->m, "other-origin") == 1 &&
	    part_of(&t->m, "not-found") == 1, "the kinds of registration are counted apart");
	ok(t->m.n_deciding == 2, "the two others decide");
	is_str(t->m.records[0].remedy, "publish route: 20.2.0.0/16 origin: AS100 source: RIPE",
	    "the remedy is the object, in the registry that has the space");
	is_str(t->m.records[0].objects[0], "route: 20.2.0.0/16 origin: AS900 source: RIPE",
	    "the object of the other origin is shown");
	is_str(t->m.records[1].remedy,
	    "publish route: 20.3.0.0/16 origin: AS100 source: (the registry that allocated the addresses)",
	    "no registry is made up where none is known");
	is_str(measure(t, 700, M_IRR_REGISTERED)->records[0].remedy, "withdraw 20.6.0.0/16, or have the holder of the "
	    "address space publish ROA 20.6.0.0/16 maxLength 16 origin AS700; once it is RPKI-valid publish "
	    "route: 20.6.0.0/16 origin: AS700 source: (the registry that allocated the addresses)",
	    "nobody is told to register what a VRP contradicts");
	is_share(t, 100, M_M7IRR, 4, 6, "M7IRR asks for the same origin unless told otherwise");
}

static void
test_authoritative(struct measure *t)
{
	is_share(t, 100, M_IRR_AUTHORITATIVE, 2, 6,
	    "P-IRR-1 wants an authoritative object and none that a VRP contradicts");
	ok(part_of(&t->m, "contradicted") == 1 && part_of(&t->m, "not-registered") == 3, "both reasons are counted");
	is_str(t->m.records[3].code, "contradicted", "the contradicted object has its own code");
	is_share(t, 100, M_IRR_CONFLICT, 2, 5, "two objects of five, one per source, contradict a VRP");
	ok(part_of(&t->m, "valid") == 0 && part_of(&t->m, "not-found") == 3 && part_of(&t->m, "invalid") == 2 &&
	    part_of(&t->m, "invalid-authoritative") == 1, "objects are counted by state");
	is_str(t->m.records[0].objects[1], "VRP 20.4.0.0/16-16 AS900", "the contradicting VRP is shown");
	is_state(t, 200, M_IRR_CONFLICT, METRIC_NOT_APPLICABLE, "no route object names this AS as origin",
	    "an AS without objects has none to mend");
	is_share(t, 100, M_IMC22_A4, 3, 5, "Action 4: valid or registered, IPv4 only, RPKI-invalid notwithstanding");
	ok(part_of(&t->m, "rpki-valid") == 0 && part_of(&t->m, "irr-only") == 3, "and says by which");
}

static void
test_switches(void)
{
	struct measure t;

	world_irr(&t);
	t.params.irr_same_origin = false;
	measure_start(&t);
	is_share(&t, 100, M_M7IRR, 5, 6, "with the switch off any covering object registers a route");
	is_share(&t, 100, M_IRR_REGISTERED, 4, 6, "the switch is M7IRR's alone");
	t.h.w.evidence[EV_IRR].n_inputs = 3;
	t.h.w.evidence[EV_IRR].n_incomplete = 2;
	is_state(&t, 100, M_M7IRR, METRIC_NO_DATA, "2 of 3 IRR inputs are incomplete", "a cut IRR dump gives no data");
	is_state(&t, 100, M_IMC22_A4, METRIC_NO_DATA, "2 of 3 IRR inputs are incomplete", "nor for Action 4");
	measure_release(&t);

	measure_init(&t);
	hand_see_all(&t.h, "20.0.0.0/16", "100");
	hand_see_all(&t.h, "2400:db8::/32", "200");
	hand_route(&t.h, "20.0.0.0/16", 100, "RADB");
	hand_evidence(&t.h, EV_TABLE);
	hand_evidence(&t.h, EV_IRR);
	hand_evidence(&t.h, EV_VRPS);
	measure_start(&t);
	is_state(&t, 100, M_IRR_AUTHORITATIVE, METRIC_NO_DATA, "no authoritative IRR source was read",
	    "third-party sources alone say nothing of authoritative ones");
	is_state(&t, 200, M_IMC22_A4, METRIC_NOT_APPLICABLE, "announces no visible IPv4 route",
	    "Action 4 does not apply to an AS with IPv6 only");
	measure_release(&t);
}

int
main(void)
{
	struct measure t;

	world_irr(&t);
	measure_start(&t);
	test_registered(&t);
	test_authoritative(&t);
	measure_release(&t);
	test_switches();
	return tap_done();
}
