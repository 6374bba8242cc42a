#include "measure.h"

/* 50 is the provider of 100 (a participant) and 200; 40 is 50's provider; 131071 has a customer too. */
static void
world_customer(struct measure *t)
{
	struct hand *h = &t->h;

	measure_init(t);
	hand_provider(h, 50, 100);
	hand_provider(h, 50, 200);
	hand_provider(h, 40, 50);
	hand_provider(h, 60, 700);
	hand_provider(h, 131071, 200);
	hand_see_all(h, "20.0.0.0/16", "40 50 200");	/* valid */
	hand_see_all(h, "20.1.0.0/16", "40 50 50 200 200");	/* invalid */
	hand_see_all(h, "20.2.0.0/16", "50 200");	/* not found, IRR says another origin */
	hand_see_all(h, "20.3.0.0/16", "50 200");	/* not found, IRR covers it by the same origin */
	hand_see_all(h, "20.4.0.0/16", "50 100");	/* invalid, but of a participant */
	hand_see_all(h, "2001:db8::/32", "50 200");	/* invalid, IPv6 */
	hand_see_all(h, "20.5.0.0/16", "50 {200,201}");	/* what stands in a set is nobody's route */
	hand_see(h, "20.6.0.0/16", "1 50 200");	/* invalid, not visible */
	hand_see_all(h, "20.7.0.0/16", "131071 200");	/* invalid */
	hand_see_all(h, "20.8.0.0/16", "50 300 200");	/* valid; not through the customer's own link */
	hand_see_all(h, "20.9.0.0/16", "200 50 200");	/* the origin twice on a path passes nothing on */
	hand_provider(h, 50, 70000);
	hand_see_all(h, "20.10.0.0/16", "50 70000");	/* not found, of a reserved ASN */
	hand_see_all(h, "21.0.0.0/16", "40 50");
	hand_vrp(h, "20.0.0.0/16", 16, 200);
	hand_vrp(h, "20.1.0.0/16", 16, 900);
	hand_vrp(h, "20.4.0.0/16", 16, 900);
	hand_vrp(h, "20.6.0.0/16", 16, 900);
	hand_vrp(h, "20.7.0.0/16", 16, 900);
	hand_vrp(h, "20.8.0.0/16", 16, 200);
	hand_vrp(h, "2001:db8::/32", 32, 900);
	hand_route(h, "20.1.0.0/16", 200, "RADB");
	hand_route(h, "20.2.0.0/16", 900, "RADB");
	hand_route(h, "20.3.0.0/15", 900, "RADB");
	hand_route(h, "20.2.0.0/15", 200, "RADB");
	if (participants_add(&h->w.participants, MANRS_NETOPS, 100, SPAN("A")) != OK)
		abort();
	hand_evidence(h, EV_TABLE);
	hand_evidence(h, EV_VRPS);
	hand_evidence(h, EV_IRR);
	hand_evidence(h, EV_GRAPH);
	hand_evidence(h, EV_PARTICIPANTS);
	measure_start(t);
}

static void
test_numbers(struct measure *t)
{
	is_share(t, 50, M_CUSTOMER_INVALID, 3, 9, "three of nine customer routes are RPKI-invalid, both families");
	is_share(t, 50, M_CUSTOMER_BAD, 3, 9, "an object that covers from above with the same origin is not bad");
	is_str(t->m.records[0].remedy, "filter 20.1.0.0/16 from AS200", "the remedy names prefix and neighbour");
	is_str(t->m.records[0].path, "1 40 50 50 200 200", "the path is shown as received");
	is_share(t, 50, M_IMC22_A1, 1, 6, "Action 1 leaves out IPv6, and what participants or bogon ASNs originate");
	ok(part_of(&t->m, "rpki-invalid") == 1 && part_of(&t->m, "irr-invalid") == 0, "and says which kind");
	is_share(t, 40, M_CUSTOMER_INVALID, 0, 1, "the provider's provider has one customer, whose own route is fine");
	is_share(t, 131071, M_CUSTOMER_INVALID, 1, 1, "P-ROV-1 judges every AS");
	is_state(t, 131071, M_IMC22_A1, METRIC_NO_DATA,
	    "not observable: no row of a direct customer that is not a participant itself",
	    "Action 1 leaves the rows of bogon ASNs out: no data, not a pass");
}

static void
test_unseen(struct measure *t)
{
	is_state(t, 60, M_CUSTOMER_INVALID, METRIC_NO_DATA,
	    "not observable: no visible route of a direct customer is seen through it",
	    "a customer that nobody sees through it is no data");
	is_state(t, 200, M_CUSTOMER_BAD, METRIC_NOT_APPLICABLE, "has no customer in the AS relationships",
	    "a stub has no customer to filter");
	is_state(t, 9999, M_CUSTOMER_BAD, METRIC_NO_DATA, "not observable: the AS relationships do not know this AS",
	    "an unknown AS is no data");
	is_state(t, 200, M_IMC22_A1, METRIC_NO_DATA,
	    "not observable: no row of a direct customer that is not a participant itself",
	    "Action 1 says not observable, never a pass");
	t->h.w.evidence[EV_UPDATES].n_inputs = t->h.w.evidence[EV_UPDATES].n_incomplete = 1;
	is_state(t, 50, M_CUSTOMER_INVALID, METRIC_NO_DATA, "1 of 1 MRT updates inputs is incomplete",
	    "updates are not needed, but must be whole when they are there");
	t->h.w.evidence[EV_UPDATES].n_inputs = t->h.w.evidence[EV_UPDATES].n_incomplete = 0;
	t->h.w.evidence[EV_PARTICIPANTS].n_inputs = 0;
	is_state(t, 50, M_IMC22_A1, METRIC_NO_DATA, "no MANRS participants input",
	    "without the participants Action 1 cannot leave their routes out");
	is_share(t, 50, M_CUSTOMER_BAD, 3, 9, "P-FLT-1 can do without");
}

/* The covering object of the same origin, and one of another: IRR-invalid only when no object has it. */
static void
test_irr_invalid(void)
{
	struct measure t;

	measure_init(&t);
	hand_provider(&t.h, 50, 200);
	hand_see_all(&t.h, "20.2.0.0/16", "50 200");
	hand_see_all(&t.h, "20.3.0.0/16", "50 200");
	hand_route(&t.h, "20.2.0.0/16", 900, "RADB");
	hand_evidence(&t.h, EV_TABLE);
	hand_evidence(&t.h, EV_VRPS);
	hand_evidence(&t.h, EV_IRR);
	hand_evidence(&t.h, EV_GRAPH);
	measure_start(&t);
	is_share(&t, 50, M_CUSTOMER_BAD, 1, 2, "not found by RPKI and another origin by IRR is bad");
	is_str(t.m.records[0].code, "irr-invalid", "under its own code");
	is_share(&t, 50, M_CUSTOMER_INVALID, 0, 2, "but not RPKI-invalid");
	measure_release(&t);
}

/* --- random worlds against a naive count --- */

static uint32_t
rnd(uint64_t *s, uint32_t n)
{
	*s ^= *s << 13;
	*s ^= *s >> 7;
	*s ^= *s << 17;
	return (uint32_t)(*s >> 33) % n;
}

static void
world_random(struct measure *t, uint64_t seed, uint32_t threads)
{
	struct hand *h = &t->h;
	uint64_t s = seed * 0x9e3779b97f4a7c15u + 1;
	char prefix[40], path[128];
	uint32_t i, k, n;

	measure_init(t);
	t->params.threads = threads;
	for (i = 0; i < 14; i++)
		hand_provider(h, 1 + rnd(&s, 9), 10 + rnd(&s, 5));
	for (i = 0; i < 120; i++) {
		snprintf(prefix, sizeof(prefix), rnd(&s, 4) == 0 ? "2001:db8:%u::/48" : "20.%u.0.0/16", rnd(&s, 6));
		n = (uint32_t)snprintf(path, sizeof(path), "%u", 1 + rnd(&s, 4));
		for (k = rnd(&s, 4); k > 0; k--)
			n += (uint32_t)snprintf(path + n, sizeof(path) - n, " %u", 1 + rnd(&s, 18));
		snprintf(path + n, sizeof(path) - n, rnd(&s, 8) == 0 ? " {10,11}" : " %u", 10 + rnd(&s, 5));
		hand_see(h, prefix, path);
	}
	for (i = 0; i < 20; i++) {
		snprintf(prefix, sizeof(prefix), "20.%u.0.0/16", rnd(&s, 6));
		hand_vrp(h, prefix, 16, 10 + rnd(&s, 5));
		snprintf(prefix, sizeof(prefix), "20.%u.0.0/16", rnd(&s, 6));
		hand_route(h, prefix, 10 + rnd(&s, 9), "RADB");
	}
	if (participants_add(&h->w.participants, MANRS_CDN, 12, SPAN("A")) != OK)
		abort();
	hand_evidence(h, EV_TABLE);
	hand_evidence(h, EV_VRPS);
	hand_evidence(h, EV_IRR);
	hand_evidence(h, EV_GRAPH);
	hand_evidence(h, EV_PARTICIPANTS);
	measure_start(t);
}

/* Whether asn passes the route on, from the raw paths. */
static bool
passes(const struct world *w, const struct route *r, uint32_t asn)
{
	static uint32_t words[AS_PATH_HOPS_MAX + 1];
	uint32_t i, hops[64];
	size_t k, n;
	bool set;

	for (i = 0; i < r->n; i++) {
		n = aspath_hops(path_words(&w->routes.paths, w->routes.sightings[r->first + i].path, words),
		    hops, 64, &set);
		for (k = 0; k < n; k++)
			if (hops[k] == asn && asn != r->origin)
				return true;
	}
	return false;
}

static bool
agrees(struct measure *t, uint32_t asn)
{
	const struct world *w = &t->h.w;
	uint64_t den = 0, invalid = 0, bad = 0, a1 = 0, a1_bad = 0;
	const struct metric *m;
	bool good;
	size_t i;

	for (i = 0; i < w->routes.n_routes; i++) {
		const struct route *r = &w->routes.routes[i];
		bool is_invalid = rov_is_invalid(rpki_rov(&w->rpki, &r->prefix, r->origin));
		bool is_bad = is_invalid || (rpki_rov(&w->rpki, &r->prefix, r->origin) == ROV_NOT_FOUND &&
		    irr_state_of(&w->irr, &r->prefix, r->origin, false) == IRR_INVALID);

		if (!r->visible || r->origin == ORIGIN_NONE || !passes(w, r, asn) ||
		    graph_relation(&w->graph, asn, r->origin) != REL_CUSTOMER)
			continue;
		den++;
		invalid += is_invalid;
		bad += is_bad;
		if (r->prefix.family == FAMILY_V4 && participants_of(&w->participants, r->origin) == NULL) {
			a1++;
			a1_bad += is_bad;
		}
	}
	m = measure(t, asn, M_CUSTOMER_INVALID);
	good = m->den == den && m->num == invalid;
	m = measure(t, asn, M_CUSTOMER_BAD);
	good = good && m->den == den && m->num == bad;
	m = measure(t, asn, M_IMC22_A1);
	return good && m->den == a1 && m->num == a1_bad && (a1 > 0) == (m->state == METRIC_OK);
}

static void
test_oracle(void)
{
	uint64_t seed, rows = 0;
	bool good = true;
	uint32_t asn;

	for (seed = 1; seed <= tap_rounds(200); seed++) {
		struct measure t;

		world_random(&t, seed, 1);
		for (asn = 0; asn < 20; asn++) {
			good = agrees(&t, asn) && good;
			rows += t.m.den;
		}
		measure_release(&t);
	}
	ok(good && rows > tap_rounds(1000), "the customer rows of random worlds equal a naive count (%llu rows of Action 1)",
	    (unsigned long long)rows);
}

static bool
same(const struct metric *a, const struct metric *b)
{
	return a->state == b->state && a->num == b->num && a->den == b->den && a->value_ppm == b->value_ppm &&
	    a->n_deciding == b->n_deciding && memcmp(a->deciding_sha256, b->deciding_sha256, SHA256_BYTES) == 0;
}

static void
test_threads(void)
{
	uint64_t seed;
	bool good = true;
	uint32_t threads, asn, id;

	for (seed = 1; seed <= 10; seed++) {
		struct measure one, t;

		world_random(&one, seed, 1);
		for (threads = 2; threads <= 5; threads++) {
			world_random(&t, seed, threads);
			for (asn = 0; asn < 20; asn++)
				for (id = 0; id < METRIC_N; id++) {
					measure(&one, asn, (enum metric_id)id);
					measure(&t, asn, (enum metric_id)id);
					good = good && same(&one.m, &t.m);
				}
			measure_release(&t);
		}
		measure_release(&one);
	}
	ok(good, "two to five threads give the same numbers and hashes as one");
}

int
main(void)
{
	struct measure t;

	world_customer(&t);
	test_numbers(&t);
	test_unseen(&t);
	measure_release(&t);
	test_irr_invalid();
	test_oracle();
	test_threads();
	return tap_done();
}
