/* Routes that belong to somebody else: by hand, innocent oddities, against a naive count. */
#include "enforce.h"

static void
evidence(struct hand *h)
{
	hand_evidence(h, EV_TABLE);
	hand_evidence(h, EV_VRPS);
	hand_evidence(h, EV_IRR);
	hand_evidence(h, EV_GRAPH);
	hand_people(h);
}

/* 700 has VRPs of 20.0.0.0/16 up to /24 and of 20.0.5.0/24, and announces the /16 by 10; 800 announces the /24 by 20. So
 * it does with what 710 and 720 have signed and announce. */
static void
world_plain(struct measure *t)
{
	struct hand *h = &t->h;
	char space[40], path[40];
	unsigned i;

	measure_init(t);
	hand_vrp(h, "20.0.0.0/16", 24, 700);
	hand_vrp(h, "20.0.5.0/24", 24, 700);
	hand_org(h, 700, "X7");
	hand_org(h, 701, "X70");
	hand_org(h, 800, "X8");
	hand_provider(h, 10, 700);
	hand_provider(h, 20, 800);
	hand_see_all(h, "20.0.0.0/16", "10 700");
	hand_see_all(h, "21.0.0.0/16", "20 800");
	for (i = 0; i < 2; i++) {
		snprintf(space, sizeof(space), "4%u.0.0.0/24", i);
		snprintf(path, sizeof(path), "10 %u", 710 + 10 * i);
		hand_vrp(h, space, 24, 710 + 10 * i);
		hand_org(h, 710 + 10 * i, path);
		hand_see_all(h, space, path);
		hand_see_all(h, space, "20 800");
	}
	evidence(h);
}

static void
test_plain(void)
{
	struct measure t;

	world_plain(&t);
	hand_see_all(&t.h, "20.0.5.0/24", "20 800");
	measure_start(&t);
	is_share(&t, 800, M_MISORIGINATION, 3, 4, "three of four routes are others', who announce them, too");
	is_str(t.m.records[0].objects[0], "VRP 20.0.5.0/24-24 AS700", "the VRP");
	is_str(t.m.records[0].objects[2], "against: AS700 has signed for it and announces 20.0.0.0/16, RPKI-valid, seen by 2",
	    "what speaks against it");
	is_str(t.m.records[0].objects[3], "for: nothing found: AS800 and AS700 are not siblings nor neighbours, "
	    "neither is on a path to the other, no route object names AS800", "and for it");
	is_str(t.m.records[0].remedy, "withdraw 20.0.5.0/24, or have AS700 publish ROA 20.0.5.0/24 maxLength 24 "
	    "origin AS800", "and what to do");
	is_share(&t, 700, M_MISORIGINATION, 0, 1, "the holder did nothing");
	is_state(&t, 10, M_MISORIGINATION, METRIC_NOT_APPLICABLE, "announces no visible route", "who announces nothing");
	t.h.w.evidence[EV_IRR].n_inputs = 0;
	is_state(&t, 800, M_MISORIGINATION, METRIC_NO_DATA, "no IRR input",
	    "without registries nobody is judged: an object may speak for it");
	measure_release(&t);
}

/* What is said of 800 when it announces 20.0.5.0/24 by this path; NULL: of no class. */
static void
is_class(const char *what, const char *tail, void (*change)(struct hand *), const char *class)
{
	static const char *const parts[] = {"possible", "explained"};
	struct measure t;
	bool good, proven;
	size_t i;

	world_plain(&t);
	hand_see_all(&t.h, "20.0.5.0/24", tail);
	if (change != NULL)
		change(&t.h);
	measure_start(&t);
	measure(&t, 800, M_MISORIGINATION);
	proven = class != NULL && strcmp(class, "proven") == 0;
	good = t.m.state == METRIC_OK && t.m.num == (proven ? 3 : 0);
	for (i = 0; i < 2; i++)		/* the other two are of two holders, which are not several */
		good = good && part_of(&t.m, parts[i]) == (class != NULL && strcmp(class, parts[i]) == 0) + (i == 0 && !proven ? 2u : 0u);
	ok(good, "%s: %s", what, class == NULL ? "nothing" : class);
	measure_release(&t);
}

static void
siblings(struct hand *h)
{
	hand_org(h, 700, "A");
	hand_org(h, 800, "A");
}

static void
neighbours(struct hand *h)
{
	hand_provider(h, 700, 800);
}

static void
second_source(struct hand *h)	/* as2org has them apart, PeeringDB together */
{
	if (orgs_fill_as(&h->w.orgs, 700, SPAN("N"), SPAN("PDB-1")) != OK ||
	    orgs_fill_as(&h->w.orgs, 800, SPAN("N"), SPAN("PDB-1")) != OK)
		abort();
}

static void
transit(struct hand *h)		/* a mitigation service that 700's own routes pass */
{
	hand_see_all(h, "20.0.0.0/16", "800 700");
}

static void
mitigation(struct hand *h)	/* one that it has registered */
{
	hand_route(h, "20.0.5.0/24", 800, "RIPE");
}

static void
of_holder(struct hand *h, uint32_t first, uint32_t n, const char *space)
{
	struct delegated d = {.status = REG_ALLOCATED, .asn_first = first, .asn_count = n, .count = 1 << 16, .registry =
	    SPAN("arin"), .opaque_id = SPAN("H")};

	d.what = space != NULL ? DELEGATED_V4 : DELEGATED_ASN;
	if (space != NULL)
		memcpy(d.first.b, hand_prefix(space).addr, sizeof(d.first.b));
	if (holders_add(&h->w.holders, &d, (struct utc){h->w.at.s + 1}) != OK)
		abort();
}

static void
one_holder(struct hand *h)
{
	of_holder(h, 700, 1, NULL);
	of_holder(h, 800, 1, NULL);
}

static void
own_space(struct hand *h)
{
	of_holder(h, 800, 1, NULL);
	of_holder(h, 0, 1, "20.0.0.0/16");
}

static void
national(struct hand *h)	/* one id for all of them */
{
	of_holder(h, 600, 50, NULL);
	of_holder(h, 2000, 200, NULL);
	of_holder(h, 700, 1, NULL);
	of_holder(h, 800, 1, NULL);
}

static void
tied_holders(struct hand *h)
{
	hand_provider(h, 710, 720);
}

static void
third_party(struct hand *h)
{
	hand_route(h, "20.0.5.0/24", 800, "RADB");
}

static void
signed_both(struct hand *h)
{
	hand_vrp(h, "20.0.5.0/24", 24, 800);
}

static void
as0_beside(struct hand *h)
{
	hand_vrp(h, "20.0.5.0/24", 24, 0);
}

static void
other_holder(struct hand *h)	/* a second holder is its provider */
{
	hand_vrp(h, "20.0.4.0/22", 24, 20);
	hand_see_all(h, "20.0.4.0/22", "20");
}

static void
test_classes(void)
{
	is_class("the plain case", "20 800", NULL, "proven");
	is_class("AS0 beside the holder's VRP changes nothing", "20 800", as0_beside, "proven");
	is_class("siblings", "20 800", siblings, "explained");
	is_class("siblings by PeeringDB alone", "20 800", second_source, "explained");
	is_class("neighbours by the relationships", "20 800", neighbours, "explained");
	is_class("the holder passes it on", "10 700 800", NULL, "explained");
	is_class("an ASN mistyped in the holder's prepend", "10 700 700 800", NULL, "explained");
	is_class("it passes the holder's route on", "20 800", transit, "explained");
	is_class("an authoritative route object", "20 800", mitigation, "explained");
	is_class("one holder by the registries' ids", "20 800", one_holder, "explained");
	is_class("the space is its own by these", "20 800", own_space, "explained");
	is_class("of a national registry, both", "20 800", national, "possible");
	is_class("two holders are siblings of each other", "20 800", tied_holders, "possible");
	is_class("one of a third party", "20 800", third_party, "possible");
	is_class("a VRP of its own", "20 800", signed_both, NULL);
	is_class("of two holders one is its provider", "20 800", other_holder, "explained");
	is_class("a path that ends in an AS_SET names nobody", "20 {800,801}", NULL, NULL);
}

static void
test_unlisted(void)
{
	struct measure t;

	world_plain(&t);
	hand_provider(&t.h, 20, 900);
	hand_see_all(&t.h, "20.0.5.0/24", "20 900");
	measure_start(&t);
	is_share(&t, 900, M_MISORIGINATION, 0, 1, "an AS in no list of organisations may be a sibling");
	ok(part_of(&t.m, "possible") == 1, "... so it is possible");
	measure_release(&t);
}

static void
test_others(void)
{
	struct measure t;

	world_plain(&t);	/* longer than any VRP allows: space given on? */
	hand_see_all(&t.h, "20.0.5.128/25", "20 800");
	hand_see_all(&t.h, "20.0.7.0/24", "20 800");	/* allowed by maxLength, not signed for */
	hand_see(&t.h, "20.0.6.0/24", "1 20 800");	/* not visible */
	hand_vrp(&t.h, "30.0.0.0/16", 16, 701);	/* a holder that is silent */
	hand_see_all(&t.h, "30.0.0.0/16", "20 800");
	hand_vrp(&t.h, "31.0.0.0/16", 16, 0);	/* AS0: no holder */
	hand_see_all(&t.h, "31.0.0.0/16", "20 800");
	hand_route(&t.h, "32.0.0.0/16", 700, "RIPE");
	hand_see_all(&t.h, "32.0.0.0/16", "10 700");
	hand_see_all(&t.h, "32.0.5.0/24", "20 800");	/* by the IRR alone */
	hand_route(&t.h, "33.0.0.0/16", 700, "RADB");
	hand_see_all(&t.h, "33.0.0.0/16", "10 700");
	hand_see_all(&t.h, "33.0.0.0/16", "20 800");	/* by a third party: nothing */
	measure_start(&t);
	is_share(&t, 800, M_MISORIGINATION, 0, 9, "nothing of these is proven");
	ok(part_of(&t.m, "possible") == 2 + 1 + 2, "longer than what is signed for, within maxLength or not, against an "
	    "authoritative route object alone, and what is too long: possible");
	ok(part_of(&t.m, "explained") == 0, "a silent holder, AS0, a third party's object: nothing");
	measure_release(&t);
}

/* --- random worlds against a naive count --- */

/* One number after the other: in the arguments of one call, compilers draw them in different orders. */
static void
prefix_random(uint64_t *s, char out[static 40])
{
	bool wide = rnd(s, 2) == 0;
	uint32_t a = rnd(s, 4), b = rnd(s, 3);

	if (wide)
		snprintf(out, 40, "20.%u.0.0/16", a);
	else
		snprintf(out, 40, "20.%u.%u.0/24", a, b);
}

static void
signed_random(struct hand *h, uint64_t *s, const char *prefix)
{
	bool object = rnd(s, 4) == 0, first = rnd(s, 2) == 0;
	uint32_t asn = 18 + rnd(s, 6), zero = rnd(s, 7);
	uint8_t length = prefix[strlen(prefix) - 1] == '6' && first ? 16 : 24;

	if (object)
		hand_route(h, prefix, asn, first ? "RIPE" : "RADB");
	else
		hand_vrp(h, prefix, length, zero == 0 ? 0 : asn);
}

static void
world_random(struct measure *t, uint64_t seed)
{
	struct hand *h = &t->h;
	uint64_t s = seed * 0x9e3779b97f4a7c15u + 1;
	char prefix[40], path[128];
	uint32_t i, k, n;

	measure_init(t);
	for (i = 0; i < 6; i++) {
		k = 1 + rnd(&s, 12);
		hand_provider(h, k, 18 + rnd(&s, 6));
	}
	for (i = 18; i < 24; i++) {	/* the first name in order stays */
		snprintf(prefix, sizeof(prefix), "Z%u", i);
		hand_org(h, i, prefix);
	}
	hand_org(h, 18, "A");
	hand_org(h, 19 + rnd(&s, 5), "A");
	for (i = 0; i < (seed % 3 == 0 ? 240u : 60u); i++) {
		prefix_random(&s, prefix);
		n = (uint32_t)snprintf(path, sizeof(path), "%u", 1 + rnd(&s, 3));
		for (k = rnd(&s, 3); k > 0; k--)
			n += (uint32_t)snprintf(path + n, sizeof(path) - n, " %u", rnd(&s, 9) == 0 ? 18 + rnd(&s, 6) : 4 + rnd(&s, 9));
		snprintf(path + n, sizeof(path) - n, " %u", 18 + rnd(&s, 6));
		hand_see(h, prefix, path);
	}
	for (i = 0; i < (seed % 3 == 0 ? 24u : 6u); i++) {
		prefix_random(&s, prefix);
		signed_random(h, &s, prefix);
	}
	evidence(h);
	measure_start(t);
}

static bool
has_hop(const struct world *w, const struct route *r, uint32_t asn)
{
	static uint32_t words[AS_PATH_HOPS_MAX + 1];
	uint32_t hop[64], i;
	size_t k, n;
	bool set;

	for (i = 0; i < r->n; i++) {
		n = aspath_hops(path_words(&w->routes.paths, w->routes.sightings[r->first + i].path, words), hop, 64, &set);
		for (k = 0; k < n; k++)
			if (hop[k] == asn)
				return true;
	}
	return false;
}

enum { NOTHING, POSSIBLE, PROVEN, EXPLAINED };

/* Against one who holds p by some record, RPKI-valid only when rpki. The nearest announcement counts. */
static int
against(const struct world *w, const struct route *r, uint32_t holder, bool rpki, bool allows)
{
	bool auth = irr_state_of(&w->irr, &r->prefix, r->origin, true) != IRR_INVALID &&
	    irr_state_of(&w->irr, &r->prefix, r->origin, true) != IRR_NOT_FOUND;
	enum irr_state all = irr_state_of(&w->irr, &r->prefix, r->origin, false);
	const struct route *theirs = NULL;
	size_t i;

	for (i = 0; i < w->routes.n_routes; i++) {
		const struct route *o = &w->routes.routes[i];

		if (o->origin == holder && o->visible && prefix_covers(&o->prefix, &r->prefix) &&
		    (!rpki || rpki_rov(&w->rpki, &o->prefix, holder) == ROV_VALID) &&
		    (theirs == NULL || o->prefix.len > theirs->prefix.len))
			theirs = o;
	}
	if (theirs == NULL)
		return NOTHING;
	if (auth || kin(w, r->origin, holder) || graph_relation(&w->graph, r->origin, holder) != REL_NONE ||
	    has_hop(w, r, holder) || has_hop(w, theirs, r->origin))
		return EXPLAINED;
	return rpki && allows && all != IRR_VALID && all != IRR_MORE_SPECIFIC ? PROVEN : POSSIBLE;
}

/* *holder: the smallest of whom it is proven. */
static int
naive(const struct world *w, const struct route *r, uint32_t *holder)
{
	enum rov rov = rpki_rov(&w->rpki, &r->prefix, r->origin);
	int worst = NOTHING, g;
	size_t i;

	if (!r->visible)
		return NOTHING;
	for (i = 0; rov_is_invalid(rov) && rov != ROV_INVALID_LENGTH && i < w->rpki.n_roas; i++) {
		const struct roa *v = &w->rpki.roas[i];

		if (v->asn != 0 && prefix_covers(&v->prefix, &r->prefix)) {
			g = against(w, r, v->asn, true, prefix_eq(&v->prefix, &r->prefix));
			if (g == PROVEN && (worst < PROVEN || v->asn < *holder))
				*holder = v->asn;
			worst = g > worst ? g : worst;
		}
	}
	for (i = 0; rov == ROV_NOT_FOUND && i < w->irr.n_routes &&
	    irr_state_of(&w->irr, &r->prefix, r->origin, true) == IRR_INVALID; i++) {
		const struct irr_route *o = &w->irr.routes[i];

		if (w->irr.sources[o->source].authoritative && prefix_covers(&o->prefix, &r->prefix)) {
			g = against(w, r, o->origin, false, false);
			worst = g > worst ? g : worst;
		}
	}
	return worst;
}

/* Some three of them, each nothing to each other? By trying all. */
static bool
are_three(const struct world *w, const uint32_t *v, size_t n)
{
	size_t i[3], a, b, tied;

	for (i[0] = 0; i[0] < n; i[0]++)
		for (i[1] = 0; i[1] < i[0]; i[1]++)
			for (i[2] = 0; i[2] < i[1]; i[2]++) {
				for (tied = 0, a = 0; a < 3; a++)
					for (b = 0; b < a; b++)
						tied += kin(w, v[i[a]], v[i[b]]) || graph_relation(&w->graph, v[i[a]], v[i[b]]) != REL_NONE;
				if (tied == 0)
					return true;
			}
	return false;
}

static void
test_oracle(void)
{
	uint64_t seed, sums[EXPLAINED + 1] = {0}, several = 0;
	bool good = true;
	uint32_t asn;
	size_t i;

	for (seed = 1; seed <= tap_rounds(400); seed++) {
		struct measure t;

		world_random(&t, seed);
		for (asn = 18; asn < 24; asn++) {
			uint64_t n[EXPLAINED + 1] = {0}, den = 0;
			uint32_t of[64];
			size_t n_of = 0;

			for (i = 0; i < t.h.w.routes.n_routes; i++)
				if (t.h.w.routes.routes[i].origin == asn) {
					int g = naive(&t.h.w, &t.h.w.routes.routes[i], &of[n_of]);

					den += t.h.w.routes.routes[i].visible;
					n[g]++;
					n_of += g == PROVEN;
				}
			several += are_three(&t.h.w, of, n_of);
			measure(&t, asn, M_MISORIGINATION);
			for (i = 0; i <= EXPLAINED; i++)
				sums[i] += n[i];
			if (!are_three(&t.h.w, of, n_of)) {
				n[POSSIBLE] += n[PROVEN];
				n[PROVEN] = 0;
			}
			if (den == 0)
				good = good && t.m.state == METRIC_NOT_APPLICABLE;
			else
				good = good && t.m.den == den && t.m.num == n[PROVEN] &&
				    t.m.n_deciding == n[PROVEN] &&
				    part_of(&t.m, "possible") == n[POSSIBLE] &&
				    part_of(&t.m, "explained") == n[EXPLAINED];
		}
		measure_release(&t);
	}
	ok(good && sums[POSSIBLE] > tap_rounds(50) && sums[PROVEN] > tap_rounds(50) && sums[EXPLAINED] > tap_rounds(50) &&
	    several > tap_rounds(10),
	    "random worlds as counted naively: of %llu ASes several holders; %llu possible, %llu proven, "
	    "%llu explained", (unsigned long long)several, (unsigned long long)sums[POSSIBLE],
	    (unsigned long long)sums[PROVEN],
	    (unsigned long long)sums[EXPLAINED]);
}

int
main(void)
{
	test_plain();
	test_classes();
	test_unlisted();
	test_others();
	test_oracle();
	return tap_done();
}
