/* The metrics of a route server's table: worked out by hand, and small random tables counted the plain way. */
#include "measure.h"

/* A peer of the collector shows a path that need not begin with its ASN. */
static void
show(struct hand *h, uint32_t peer, enum vp_kind kind, const char *prefix, const char *path)
{
	struct prefix p = hand_prefix(prefix);

	if (routes_see(&h->w.routes, &p, hand_path(h, path), hand_vp(h, kind, peer), 1) != OK)
		abort();
}

/* AS 50 is a route server whose members are 10 and 20; AS 60 is an ordinary peer. */
static void
world_exchange(struct measure *t)
{
	struct hand *h = &t->h;

	measure_init(t);
	t->params.tables = true;
	h->params.visibility_min = 5;	/* nothing here counts for any other metric */
	show(h, 50, VP_TABLE, "20.0.0.0/16", "10 100");
	show(h, 50, VP_TABLE, "20.0.0.0/16", "20 100");	/* the same route by another member */
	show(h, 50, VP_TABLE, "21.0.0.0/16", "10 100");
	show(h, 50, VP_TABLE, "21.0.0.0/24", "20 200");
	show(h, 50, VP_TABLE, "22.0.0.0/16", "10 {300,64512}");
	show(h, 50, VP_TABLE, "10.1.0.0/16", "20 200");
	show(h, 50, VP_TABLE, "23.0.0.0/16", "20 23456 200");
	show(h, 50, VP_TABLE, "24.0.0.0/16", "50 400");	/* the exchange's own network */
	show(h, 50, VP_TABLE, "0.0.0.0/0", "20 200");
	show(h, 50, VP_UPDATES, "25.0.0.0/16", "20 64512");	/* an update of the session belongs to its table */
	show(h, 60, VP_TABLE, "21.0.0.0/24", "60 64512 200");	/* not through the route server */
	show(h, 60, VP_TABLE, "26.0.0.0/16", "60 200");
	show(h, 23456, VP_TABLE, "27.0.0.0/16", "70000 200");
	hand_vrp(h, "21.0.0.0/16", 16, 100);
	hand_vrp(h, "22.0.0.0/16", 16, 300);
	hand_vrp(h, "26.0.0.0/16", 16, 100);
	hand_evidence(h, EV_TABLE);
	hand_evidence(h, EV_VRPS);
	measure_start(t);
}

static void
test_exchange(void)
{
	struct measure t;

	world_exchange(&t);
	is_share(&t, 50, M_TABLE_INVALID, 2, 8, "each route once, the default route and what others show left out");
	ok(part_of(&t.m, "valid") == 1 && part_of(&t.m, "not-found") == 5 && part_of(&t.m, "invalid-both") == 1 &&
	    part_of(&t.m, "invalid-as-set") == 1, "by state, a covered set among the invalid ones");
	is_str(t.m.records[0].path, "20 200", "the record shows the path in the table, not the one seen elsewhere");
	ok(t.m.records[0].n_vps == 1 && strstr(t.m.records[0].vps, "AS50 at ") != NULL, "and the route server's session");
	is_str(t.m.records[0].remedy, "reject 21.0.0.0/24 from AS20, or show that the published policy keeps such routes",
	    "the member is named");
	is_share(&t, 50, M_TABLE_BOGON_PREFIX, 1, 8, "a special-purpose prefix");
	is_str(t.m.records[0].remedy, "reject 10.1.0.0/16 from AS20", "and whose it is");
	is_str(t.m.records[0].rule, "RFC 1918: not globally reachable", "by which RFC");
	is_share(&t, 50, M_TABLE_BOGON_ASN, 3, 8, "a bogon ASN in the middle of a path, in a set, as origin");
	is_str(t.m.records[0].objects[0], "AS64512 on the path", "the one in the set is named");
	is_str(t.m.records[1].remedy, "reject 23.0.0.0/16 from AS20 while AS23456 is on the path", "and the other");
	is_state(&t, 60, M_TABLE_INVALID, METRIC_NO_DATA, "no MRT table here is that of a route server of this AS",
	    "a peer whose paths begin with its ASN is none");
	is_state(&t, 23456, M_TABLE_BOGON_ASN, METRIC_NO_DATA, "no MRT table here is that of a route server of this AS",
	    "nor is one that the format could not name");
	is_state(&t, 0, M_TABLE_INVALID, METRIC_NO_DATA, "no MRT table here is that of a route server of this AS",
	    "nor AS 0");
	is_state(&t, 200, M_ROV_INVALID, METRIC_NOT_APPLICABLE, "announces no visible route",
	    "while nothing counts that five full feeds must carry");
	measure_release(&t);
}

static void
test_declared(void)
{
	struct measure t;

	measure_init(&t);
	t.params.tables = true;
	t.params.route_server = 50;
	hand_see(&t.h, "20.0.0.0/16", "10 100");	/* members, each by its own session */
	hand_see(&t.h, "20.0.0.0/16", "20 100");
	hand_see(&t.h, "10.0.0.0/8", "20 100");
	hand_evidence(&t.h, EV_TABLE);
	measure_start(&t);
	is_share(&t, 50, M_TABLE_BOGON_PREFIX, 1, 2, "a dump of the route server itself is its table when it is said so");
	is_state(&t, 20, M_TABLE_BOGON_PREFIX, METRIC_NO_DATA, "no MRT table here is that of a route server of this AS",
	    "and not a member's");
	is_state(&t, 50, M_TABLE_INVALID, METRIC_NO_DATA, "no VRP input", "without VRPs nothing is valid");
	measure_release(&t);
}

static void
test_empty(void)
{
	struct measure t;

	measure_init(&t);
	t.params.tables = true;
	show(&t.h, 50, VP_TABLE, "0.0.0.0/0", "10 100");
	hand_evidence(&t.h, EV_TABLE);
	measure_start(&t);
	is_state(&t, 50, M_TABLE_BOGON_PREFIX, METRIC_NO_DATA, "the route server's table holds no route",
	    "an empty table acquits nobody");
	measure_release(&t);
}

static void
test_unwanted(void)
{
	struct measure t;

	measure_init(&t);
	show(&t.h, 50, VP_TABLE, "10.0.0.0/8", "10 100");
	hand_evidence(&t.h, EV_TABLE);
	measure_start(&t);
	ok(facts_n_metrics(t.f) == METRIC_TABLES, "unless they are wanted they are not among the metrics");
	is_state(&t, 50, M_TABLE_BOGON_PREFIX, METRIC_NO_DATA,
	    "route servers' tables were not looked into: no rule pack asks for them", "and say why");
	measure_release(&t);
}

/* --- random tables against the plain way --- */

#define ROUTES 24

struct plain {			/* a sighting as it was told */
	unsigned prefix, peer, member, middle, origin;
};

static unsigned
next(uint32_t *seed, unsigned n)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 16) % n;
}

static void
random_table(uint32_t number)
{
	uint32_t seed = number;
	struct plain s[3 * ROUTES];
	unsigned i, k, paths[2] = {0}, own[2] = {0}, servers = 0, n, bad;
	char prefix[32], path[64];
	struct measure t;
	bool good = true, again;

	measure_init(&t);
	t.params.tables = true;
	for (i = 0; i < 3 * ROUTES; i++) {
		s[i] = (struct plain){next(&seed, ROUTES), 50 + next(&seed, 2), 10 + next(&seed, 3),
		    next(&seed, 8) == 0 ? 64512 : 700, 100 + next(&seed, 2)};
		if (next(&seed, 2) == 0)
			s[i].member = s[i].peer;
		again = false;
		for (k = 0; k < i; k++)	/* a session shows one path for a prefix */
			if (s[k].prefix == s[i].prefix && s[k].peer == s[i].peer) {
				s[i] = s[k];
				again = true;
			}
		snprintf(prefix, sizeof(prefix), "20.%u.0.0/16", s[i].prefix);
		snprintf(path, sizeof(path), "%u %u %u", s[i].member, s[i].middle, s[i].origin);
		show(&t.h, s[i].peer, VP_TABLE, prefix, path);
		paths[s[i].peer - 50] += !again;
		own[s[i].peer - 50] += !again && s[i].member == s[i].peer;
	}
	hand_evidence(&t.h, EV_TABLE);
	measure_start(&t);
	for (k = 0; k < 2; k++) {
		const struct metric *m = measure(&t, 50 + k, M_TABLE_BOGON_ASN);
		bool seen[ROUTES][2] = {{false}}, bogon[ROUTES][2] = {{false}};

		if (2 * own[k] >= paths[k]) {
			good = good && m->state == METRIC_NO_DATA;
			continue;
		}
		servers++;
		for (i = 0; i < 3 * ROUTES; i++)
			if (s[i].peer == 50 + k) {
				seen[s[i].prefix][s[i].origin - 100] = true;
				bogon[s[i].prefix][s[i].origin - 100] |= s[i].middle == 64512;
			}
		for (i = n = bad = 0; i < 2 * ROUTES; i++) {
			n += seen[i / 2][i % 2];
			bad += bogon[i / 2][i % 2];
		}
		good = good && m->state == METRIC_OK && m->den == n && m->num == bad;
	}
	measure_release(&t);
	ok(good, "seed %u: %u route servers, counted the plain way", (unsigned)number, servers);
}

int
main(void)
{
	uint32_t seed;

	test_exchange();
	test_declared();
	test_empty();
	test_unwanted();
	for (seed = 1; seed <= 20; seed++)
		random_table(seed);
	return tap_done();
}
