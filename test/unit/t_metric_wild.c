/* Invalid routes offered to an AS and passed on by it: by hand, innocent oddities, against a naive count. */
#include "enforce.h"
#include "metric/wild.h"

static void
evidence(struct hand *h)
{
	hand_evidence(h, EV_TABLE);
	hand_evidence(h, EV_VRPS);
	hand_evidence(h, EV_GRAPH);
	hand_people(h);
}

/*
 * 900 announces 20.0.0.0/16 (valid) and 20.1.0.0/16 (invalid) to 80, its provider, whose provider is 60. 50 is 60's
 * peer, 40 is 50's provider, 30 is a customer of 60. 1 and 2 look on; so do 3 and 4.
 */
static void
world_plain(struct measure *t)
{
	struct hand *h = &t->h;

	measure_init(t);
	hand_provider(h, 80, 900);
	hand_provider(h, 60, 80);
	hand_provider(h, 60, 30);
	hand_provider(h, 40, 50);
	hand_provider(h, 50, 1);
	hand_provider(h, 60, 2);
	hand_provider(h, 50, 4);
	hand_peers(h, 50, 60);
	hand_vrp(h, "20.0.0.0/16", 16, 900);
	hand_vrp(h, "20.1.0.0/16", 16, 901);
	evidence(h);
}

static void
test_plain(void)
{
	struct measure t;

	world_plain(&t);
	hand_see(&t.h, "20.0.0.0/16", "1 50 60 80 900");
	hand_see(&t.h, "20.0.0.0/16", "2 60 80 900");
	hand_see(&t.h, "20.0.0.0/16", "3 30 60 80 900");
	hand_see(&t.h, "20.0.0.0/16", "4 50 60 80 900");
	hand_see(&t.h, "20.0.0.0/16", "5 40 50 60 80 900");
	hand_see(&t.h, "20.1.0.0/16", "1 50 60 80 900");
	hand_see(&t.h, "20.1.0.0/16", "2 60 60 80 900 900");
	measure_start(&t);
	is_share(&t, 50, M_WILD_INVALID, 1, 1, "a peer's invalid route passed on");
	ok(part_of(&t.m, "offered-by-peers") == 1 && part_of(&t.m, "passed-from-peers") == 1 &&
	    part_of(&t.m, "offered-by-customers") == 0, "and it is told that it was a peer's");
	is_str(t.m.records[0].code, "invalid-from-peer", "the record says so");
	is_str(t.m.records[0].remedy, "validate origins on the session with AS60: it gives 20.1.0.0/16 of AS900",
	    "and what to do");
	is_str(t.m.records[0].path, "1 50 60 80 900", "with the path that shows it");
	is_share(&t, 60, M_WILD_INVALID, 1, 1, "a customer's invalid route passed on");
	ok(part_of(&t.m, "passed-from-customers") == 1, "and it is told that it was a customer's");
	ok(part_of(&t.m, "at-its-own-session") == 0, "it shows no collector its table, so this is a lower bound");
	is_share(&t, 30, M_WILD_INVALID, 0, 1, "who takes the one route of a provider and not the other drops it");
	ok(part_of(&t.m, "offered-by-providers") == 1, "offered by the provider");
	is_share(&t, 40, M_WILD_INVALID, 0, 1, "so does the provider of one that passes it on");
	is_state(&t, 900, M_WILD_INVALID, METRIC_NO_DATA,
	    "not observable: no RPKI-invalid route is seen offered to it", "the origin is not offered its own");
	is_state(&t, 9999, M_WILD_INVALID, METRIC_NO_DATA, "not observable: the AS relationships do not know this AS",
	    "an unknown AS is no data");
	is_share(&t, 1, M_WILD_INVALID, 1, 1, "an own session shows what it has");
	ok(part_of(&t.m, "at-its-own-session") == 1, "and that it is all");
	is_share(&t, 4, M_WILD_INVALID, 0, 1, "and what it has not");
	ok(part_of(&t.m, "at-its-own-session") == 1, "at its own session, too");
	measure_release(&t);
}

/* 80 drops it, or never had it: what lies behind 80 has shown nothing of its own. */
static void
test_upstream(void)
{
	struct measure t;

	world_plain(&t);
	hand_provider(&t.h, 70, 900);
	hand_see(&t.h, "20.0.0.0/16", "1 50 60 80 900");
	hand_see(&t.h, "20.0.0.0/16", "2 60 80 900");
	hand_see(&t.h, "20.0.0.0/16", "3 30 60 80 900");
	hand_see(&t.h, "20.1.0.0/16", "5 70 900");
	hand_see(&t.h, "20.1.0.0/16", "6 70 900");
	measure_start(&t);
	is_state(&t, 80, M_WILD_INVALID, METRIC_NO_DATA,
	    "not observable: no RPKI-invalid route is seen offered to it",
	    "who is next to the origin may not have been given it");
	is_state(&t, 30, M_WILD_INVALID, METRIC_NO_DATA,
	    "not observable: the networks before it drop the RPKI-invalid routes, none is offered to it",
	    "a network behind one that filters is not shown to filter");
	is_state(&t, 50, M_WILD_INVALID, METRIC_NO_DATA,
	    "not observable: the networks before it drop the RPKI-invalid routes, none is offered to it",
	    "nor is its peer");
	is_state(&t, 70, M_WILD_INVALID, METRIC_NO_DATA,
	    "not observable: no RPKI-invalid route is seen offered to it",
	    "what passes on an invalid route and no other of that origin is not compared");
	measure_release(&t);
}

/* Beside what 1, 2 and 3 have of the comparable route, 1 and 2 have another by tail: is it held against asn? */
static void
is_held(const char *what, const char *other, const char *tail, void (*change)(struct hand *), uint32_t asn,
    uint64_t want)
{
	struct measure t;
	const struct metric *m;

	world_plain(&t);
	hand_see(&t.h, "20.0.0.0/16", "1 50 60 80 900");
	hand_see(&t.h, "20.0.0.0/16", "2 60 80 900");
	hand_see(&t.h, "20.0.0.0/16", "3 30 60 80 900");
	hand_see_all(&t.h, other, tail);
	if (change != NULL)
		change(&t.h);
	measure_start(&t);
	m = measure(&t, asn, M_WILD_INVALID);
	ok(m->num == want, "%s", what);
	measure_release(&t);
}

/* Nobody here did wrong, or nobody can say so: no number may be held against them. */
static void
innocent(const char *what, const char *other, const char *tail, void (*change)(struct hand *), uint32_t asn)
{
	is_held(what, other, tail, change, asn, 0);
}

static void
make_siblings(struct hand *h)
{
	hand_org(h, 50, "A");
	hand_org(h, 60, "A");
}

static void
make_origin_sibling(struct hand *h)
{
	hand_org(h, 60, "A");
	hand_org(h, 900, "A");
}

static void
make_linked(struct hand *h)
{
	if (graph_add(&h->w.graph, &(struct asrel){30, 900, ASREL_S2S}) != OK)
		abort();
	hand_provider(h, 77, 900);
	hand_provider(h, 30, 80);
	hand_see(h, "20.0.0.0/16", "9 30 80 900");
}

static void
make_as0(struct hand *h)
{
	hand_vrp(h, "20.9.0.0/16", 16, 0);
	hand_vrp(h, "20.8.0.0/15", 32, 0);
}

static void
make_as0_beside(struct hand *h)
{
	make_as0(h);
	hand_vrp(h, "20.9.0.0/16", 16, 77);
}

static void
test_innocent(void)
{
	is_held("the plain case is held against it, so that the others mean something", "20.1.0.0/16", "50 60 80 900", NULL,
	    50, 1);
	is_held("and against its customer's provider", "20.1.0.0/16", "50 60 80 900", NULL, 60, 1);
	is_held("and against whoever looks on and carries it", "20.1.0.0/16", "30 60 80 900", NULL, 30, 1);
	innocent("a route that no VRP covers is not invalid", "20.3.0.0/16", "50 60 80 900", NULL, 50);
	innocent("what comes from a sibling is its own network's matter", "20.1.0.0/16", "50 60 80 900", make_siblings, 50);
	innocent("so is a sibling's own route", "20.1.0.0/16", "50 60 80 900", make_origin_sibling, 60);
	innocent("a sibling by the relationships alone is one too", "20.1.0.0/16", "30 80 900", make_linked, 30);
	innocent("a neighbour that no relationship knows (a route server's member, a stale list) decides nothing",
	    "20.1.0.0/16", "40 80 900", NULL, 40);
	innocent("a poisoned path says nothing of who is in it", "20.1.0.0/16", "60 80 900 50 80 900", NULL, 50);
	innocent("nor does one where another stands twice", "20.1.0.0/16", "50 60 50 80 900", NULL, 50);
	innocent("nor one with a private ASN", "20.1.0.0/16", "50 60 65001 80 900", NULL, 60);
	innocent("a route that ends in an AS_SET has no origin", "20.1.0.0/16", "50 60 80 {900,902}", NULL, 50);
	innocent("AS0 alone is a registry's list that few use", "20.9.0.0/16", "50 60 80 900", make_as0, 50);
	innocent("longer than /24 is dropped for its length", "20.1.0.0/25", "50 60 80 900", NULL, 50);
}

static void
test_guilty(void)
{
	struct measure t;

	world_plain(&t);
	hand_see_all(&t.h, "20.0.0.0/16", "50 60 80 900");
	hand_see_all(&t.h, "20.9.0.0/16", "50 60 80 900");
	make_as0_beside(&t.h);
	measure_start(&t);
	is_share(&t, 50, M_WILD_INVALID, 1, 1, "AS0 beside a holder's VRP is a holder's word");
	measure_release(&t);

	world_plain(&t);
	hand_see_all(&t.h, "20.0.0.0/16", "50 60 80 900");
	hand_see(&t.h, "20.1.0.0/16", "1 50 60 80 900");
	measure_start(&t);
	is_state(&t, 50, M_WILD_INVALID, METRIC_NO_DATA,
	    "not observable: no RPKI-invalid route is seen offered to it", "what one full feed carries is not in the wild");
	t.h.w.evidence[EV_VRPS].oldest = t.h.w.evidence[EV_VRPS].newest = utc_from_date(2026, 12, 3, 0, 0, 0);
	is_state(&t, 50, M_WILD_INVALID, METRIC_NO_DATA, "VRPs and tables are 32 days apart; limit 31 days",
	    "VRPs of another time say nothing of these routes");
	t.h.w.evidence[EV_ORGS].n_inputs = 0;
	is_state(&t, 50, M_WILD_INVALID, METRIC_NO_DATA, "no AS organisations input",
	    "without organisations nobody is judged: siblings would be taken for strangers");
	measure_release(&t);
}

/* --- random worlds against a naive count --- */

#define TOP 22u			/* ASNs in random worlds are below */

static void
world_random(struct measure *t, uint64_t seed, uint32_t threads)
{
	struct hand *h = &t->h;
	uint64_t s = seed * 0x9e3779b97f4a7c15u + 1;
	char prefix[40], path[128];
	uint32_t i, k, n;

	measure_init(t);
	t->params.threads = threads;
	for (i = 0; i < 60; i++) {
		uint32_t a = 1 + rnd(&s, TOP - 1), b = 1 + rnd(&s, TOP - 1);

		if (rnd(&s, 3) == 0)
			hand_peers(h, a, b);
		else
			hand_provider(h, a, b);
	}
	for (i = 0; i < 3; i++)
		hand_org(h, 3 + rnd(&s, TOP - 3), rnd(&s, 2) == 0 ? "A" : "B");
	for (i = 0; i < 160; i++) {
		snprintf(prefix, sizeof(prefix), rnd(&s, 4) == 0 ? "2001:db8:%u::/48" : "20.%u.0.0/16", rnd(&s, 6));
		n = (uint32_t)snprintf(path, sizeof(path), "%u", 1 + rnd(&s, 4));
		for (k = 1 + rnd(&s, 3); k > 0; k--)
			n += (uint32_t)snprintf(path + n, sizeof(path) - n, " %u",
			    rnd(&s, 40) == 0 ? 65001 : 4 + rnd(&s, 9));
		snprintf(path + n, sizeof(path) - n, rnd(&s, 20) == 0 ? " {18,19}" : " %u", 18 + rnd(&s, 3));
		hand_see(h, prefix, path);
	}
	for (i = 0; i < 5; i++) {
		snprintf(prefix, sizeof(prefix), rnd(&s, 3) == 0 ? "2001:db8:%u::/48" : "20.%u.0.0/16", rnd(&s, 6));
		hand_vrp(h, prefix, prefix[3] == '1' ? 48 : 16, rnd(&s, 4) == 0 ? 0 : 18 + rnd(&s, 4));
	}
	evidence(h);
	measure_start(t);
}

static bool
invalid(const struct world *w, const struct route *r)
{
	bool other = false;
	size_t i;

	for (i = 0; i < w->rpki.n_roas; i++)
		other = other || (prefix_covers(&w->rpki.roas[i].prefix, &r->prefix) && w->rpki.roas[i].asn != 0);
	return rov_is_invalid(rpki_rov(&w->rpki, &r->prefix, r->origin)) && other;
}

static int
side(const struct world *w, uint32_t x, uint32_t n)
{
	enum as_relation r = graph_relation(&w->graph, x, n);

	if (kin(w, x, n) || r == REL_NONE || r == REL_SIBLING)
		return 3;
	return r == REL_CUSTOMER ? 0 : r == REL_PEER ? 1 : 2;
}

/* Does a clean path of r have n m next to one another, without x from there on? */
static bool
gives(const struct world *w, const struct route *r, uint32_t x, uint32_t n, uint32_t m)
{
	uint32_t hop[64], i, k, j, len;

	for (i = 0; i < r->n; i++) {
		len = clean(w, r, i, hop);
		for (k = 0; k + 1 < len; k++) {
			if (hop[k] != n || hop[k + 1] != m)
				continue;
			for (j = k; j < len && hop[j] != x; j++)
				;
			if (j == len)
				return true;
		}
	}
	return false;
}

struct naive { uint64_t offered[4], passed[3], unreached, unclear, own; };

static bool
has_own(const struct world *w, uint32_t asn, unsigned family)
{
	size_t i;

	for (i = 0; i < w->routes.n_vps; i++)
		if (w->routes.vps[i].asn == asn && w->routes.vps[i].full_feed[family])
			return true;
	return false;
}

/* What one path of a comparable route says of x and the invalid route r. */
static void
ask_path(const struct world *w, const struct route *r, uint32_t x, const uint32_t *hop, uint32_t len, int *best,
    bool *neighbour)
{
	uint32_t k;

	for (k = 0; k + 2 < len; k++) {
		int s = side(w, x, hop[k + 1]);

		if (hop[k] != x || s == 3 || (k > 0 && has_own(w, x, r->prefix.family)))
			continue;
		*neighbour = true;
		if (s < *best && gives(w, r, x, hop[k + 1], hop[k + 2]))
			*best = s;
	}
}

static void
ask(const struct world *w, const struct route *r, uint32_t x, struct naive *out)
{
	uint32_t hop[64], i, k, len;
	int best = 3, had = 4;
	bool neighbour = false;
	size_t j;

	if (kin(w, x, r->origin) || (!has_own(w, x, r->prefix.family) && (has_own(w, x, 0) || has_own(w, x, 1))))
		return;
	for (j = 0; j < w->routes.n_routes; j++) {
		const struct route *o = &w->routes.routes[j];

		if (o->origin != r->origin || o->prefix.family != r->prefix.family || !o->visible ||
		    rov_is_invalid(rpki_rov(&w->rpki, &o->prefix, o->origin)))
			continue;
		for (i = 0; i < o->n; i++) {
			len = clean(w, o, i, hop);
			ask_path(w, r, x, hop, len, &best, &neighbour);
		}
	}
	for (i = 0; i < r->n; i++) {
		len = clean(w, r, i, hop);
		for (k = 0; k + 1 < len; k++)
			if (hop[k] == x) {
				int s = side(w, x, hop[k + 1]);

				had = s < had ? s : had;
			}
	}
	if (had < 4 && (best == 3 || had == 3)) {
		out->unclear++;
		return;
	}
	if (had < 4) {
		out->offered[had]++;
		out->passed[had]++;
	} else if (best < 3) {
		out->offered[best]++;
	} else if (neighbour) {
		out->unreached++;
		return;
	} else {
		return;
	}
	out->own += has_own(w, x, r->prefix.family);
}

static bool
agrees(struct measure *t, uint32_t asn, uint64_t *sums)
{
	const struct world *w = &t->h.w;
	struct naive n = {0};
	const struct metric *m;
	uint64_t den;
	size_t i;

	for (i = 0; i < w->routes.n_routes; i++) {
		const struct route *r = &w->routes.routes[i];

		if (r->visible && r->origin != ORIGIN_NONE && invalid(w, r))
			ask(w, r, asn, &n);
	}
	den = n.offered[0] + n.offered[1] + n.offered[2];
	m = measure(t, asn, M_WILD_INVALID);
	sums[0] += den;
	sums[1] += n.passed[0] + n.passed[1] + n.passed[2];
	sums[2] += n.unreached;
	sums[3] += n.unclear;
	sums[4] += n.own;
	if (den == 0)
		return m->state == METRIC_NO_DATA;
	return m->den == den && m->num == n.passed[0] + n.passed[1] + n.passed[2] && m->n_deciding == m->num &&
	    part_of(m, "offered-by-customers") == n.offered[0] && part_of(m, "offered-by-peers") == n.offered[1] &&
	    part_of(m, "passed-from-customers") == n.passed[0] && part_of(m, "passed-from-peers") == n.passed[1] &&
	    part_of(m, "dropped-before-it") == n.unreached && part_of(m, "not-comparable") == n.unclear &&
	    part_of(m, "at-its-own-session") == n.own;
}

static void
test_oracle(void)
{
	uint64_t seed, sums[5] = {0};
	bool good = true;
	uint32_t asn;

	for (seed = 1; seed <= tap_rounds(300); seed++) {
		struct measure t;

		world_random(&t, seed, (uint32_t)(1 + seed % 3));
		for (asn = 0; asn < TOP; asn++)
			good = agrees(&t, asn, sums) && good;
		measure_release(&t);
	}
	ok(good && sums[0] > tap_rounds(500) && sums[1] > tap_rounds(200) && sums[1] < sums[0] &&
	    sums[2] > tap_rounds(200) && sums[3] > tap_rounds(200) &&
	    sums[4] > tap_rounds(50) && sums[4] < sums[0],
	    "300 random worlds as counted naively: %llu offers, %llu passed, %llu dropped before, %llu unclear",
	    (unsigned long long)sums[0], (unsigned long long)sums[1], (unsigned long long)sums[2],
	    (unsigned long long)sums[3]);
}

int
main(void)
{
	test_plain();
	test_upstream();
	test_innocent();
	test_guilty();
	test_oracle();
	return tap_done();
}
