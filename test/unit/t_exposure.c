/* exposure: by hand, then random worlds against a slow oracle. */
#include "exposure_oracle.h"
#include "measure.h"

#include <math.h>

static const struct exposure_as *
as_of(const struct exposure *e, uint32_t asn)
{
	size_t i;

	for (i = 0; i < e->n_ases; i++)
		if (e->ases[i].asn == asn)
			return &e->ases[i];
	return NULL;
}

static uint32_t
share_of(const struct exposure *e, uint32_t asn, unsigned family)
{
	const struct exposure_as *a = as_of(e, asn);

	return a != NULL ? a->of[family].share_ppm : 0;
}

/* Ten peers; 100 has 50 for all, and 60 beside it for what peers 1 and 2 see. */
static void
world_ten(struct measure *t)
{
	char path[64];
	int i;

	measure_init(t);
	for (i = 1; i <= 10; i++) {
		snprintf(path, sizeof(path), "%d %s 100", i, i <= 2 ? "60" : "50 50");
		hand_see(&t->h, "20.0.0.0/23", path);
		snprintf(path, sizeof(path), "%d 50 100", i);
		hand_see(&t->h, "20.1.0.0/24", path);
		if (i > 4) {
			snprintf(path, sizeof(path), "%d 70 200", i);
			hand_see(&t->h, "20.0.1.0/24", path);	/* RPKI-invalid, in 100's /23 */
		}
	}
	hand_see(&t->h, "20.1.0.0/24", "1 50 {100,101}");
	hand_vrp(&t->h, "20.0.0.0/23", 23, 100);
	hand_provider(&t->h, 50, 100);
	hand_evidence(&t->h, EV_TABLE);
	hand_evidence(&t->h, EV_VRPS);
	hand_evidence(&t->h, EV_GRAPH);
	measure_start(t);
}

static void
test_ten(void)
{
	struct measure t;
	struct exposure e;
	const struct exposure_as *a;
	const struct exposure_view *v;

	world_ten(&t);
	exposure_compute(t.f, 100, NULL, 0, t.a, &e);
	v = &e.view[FAMILY_V4];
	ok(v->state == METRIC_OK && v->n_full == 10 && v->n_views == 10 && v->n_trimmed == 1, "ten views, one off each end");
	ok(v->n_paths == 20 && v->weight == 768, "twenty paths; the addresses of a /23 and a /24");
	/* 1 and 2 send 256 of 768 through 50; of ten the lowest is dropped, and one of those with all */
	ok(share_of(&e, 50, FAMILY_V4) == 916667, "hegemony of 50 is (1/3 + 7) / 8, in millionths");
	ok(share_of(&e, 60, FAMILY_V4) == 83333, "of 60 (2/3) / 8: one of the two that have it is trimmed");
	a = as_of(&e, 1);
	ok(a == NULL, "a peer's own network is trimmed away");
	a = as_of(&e, 50);
	ok(a->relation == REL_PROVIDER && a->hops == 1 && !a->of[FAMILY_V4].every && a->of[FAMILY_V4].n_vps == 10 &&
	    a->of[FAMILY_V4].n_paths == 18, "50 is the provider, seen on 18 of 20 paths");
	ok(v->homing == HOMING_MULTI && v->n_neighbours == 2 && v->n_single == 1 && v->single[0].neighbour == 50 &&
	    v->single[0].n_vps == 10, "the /24 hangs on 50 alone, the /23 does not");
	ok(v->n_nodes > 3 && v->nodes[1].asn == 50 && v->nodes[1].mean_ppm == 853333,
	    "the tree: 50 first, (1/5 + 1/3 + 8) / 10: half of peer 1's /24 goes to a set");
	a = as_of(&e, 50);
	ok(a->carried[OFFENCE_INVALID].routes == 0 && e.n_offending[OFFENCE_INVALID] == 1, "50 passed no invalid route on");
	ok(e.own.routes == 1 && e.own.blocks[FAMILY_V4] == 1 && e.foreign[0].origin == 200, "200 announces within 100's /23");
	ok(e.view[FAMILY_V6].state == METRIC_NO_DATA && strcmp(e.view[FAMILY_V6].why, "no full-feed vantage point for IPv6") == 0,
	    "no IPv6 is no data");
	measure_release(&t);
}

static void
test_more_specific(void)
{
	struct measure t;
	struct exposure e;
	int i;
	char path[64];

	measure_init(&t);
	for (i = 1; i <= 4; i++) {
		snprintf(path, sizeof(path), "%d 50 100", i);
		hand_see(&t.h, "20.0.0.0/23", path);
		snprintf(path, sizeof(path), "%d 60 100", i);
		hand_see(&t.h, "20.0.2.0/24", path);
		snprintf(path, sizeof(path), "%d 70 200", i);
		hand_see(&t.h, "20.0.1.0/24", path);
	}
	hand_evidence(&t.h, EV_TABLE);
	measure_start(&t);
	exposure_compute(t.f, 100, NULL, 0, t.a, &e);
	ok(share_of(&e, 50, FAMILY_V4) == 500000 && share_of(&e, 60, FAMILY_V4) == 500000,
	    "another's /24 takes half of the /23's weight");
	ok(e.carried_why[OFFENCE_INVALID] != NULL && e.carried_why[OFFENCE_BOGON] == NULL && !e.rov_known,
	    "without VRPs what is invalid is no data");
	ok(e.view[FAMILY_V4].homing == HOMING_MULTI && e.view[FAMILY_V4].n_few == 2 && e.view[FAMILY_V4].n_single == 0,
	    "four networks are too few to call a route single-homed");
	ok(as_of(&e, 1) != NULL && as_of(&e, 1)->of[FAMILY_V4].at_end, "a peer that passes nothing on is told from the others");
	measure_release(&t);
}

/* VRPs of another time convict nobody. */
static void
test_vrp_age(void)
{
	struct measure t;
	struct exposure e;

	world_ten(&t);
	t.h.w.evidence[EV_VRPS].newest.s += INT64_C(31) * 86400;
	exposure_compute(t.f, 100, NULL, 0, t.a, &e);
	ok(e.rov_known && e.carried_why[OFFENCE_INVALID] == NULL, "VRPs of 31 days later are good");
	t.h.w.evidence[EV_VRPS].newest.s++;
	exposure_compute(t.f, 100, NULL, 0, t.a, &e);
	ok(!e.rov_known && strcmp(e.carried_why[OFFENCE_INVALID],
	    "VRPs of 2026-12-02 are 32 days from paths of 2026-11-01; limit 31 days") == 0, "of a second more are not: %s",
	    e.carried_why[OFFENCE_INVALID]);
	ok(e.n_offending[OFFENCE_INVALID] == 0 && e.own.routes == 1, "nothing is counted by them, nor cleared");
	t.h.w.evidence[EV_VRPS].n_untimed = 1;
	exposure_compute(t.f, 100, NULL, 0, t.a, &e);
	is_str(e.carried_why[OFFENCE_INVALID], "the age of the VRPs or of the tables is unknown", "nor by VRPs of no date");
	measure_release(&t);
}

static void
test_no_paths(void)
{
	struct measure t;
	struct exposure e;

	measure_init(&t);
	hand_see_all(&t.h, "20.0.0.0/16", "50 100");
	hand_evidence(&t.h, EV_ORIGINS);
	measure_start(&t);
	exposure_compute(t.f, 100, NULL, 0, t.a, &e);
	is_str(e.view[FAMILY_V4].why, "no MRT table input: origin tables have no paths", "origin tables have no paths");
	ok(e.n_ases == 0 && e.carried_why[OFFENCE_BOGON] != NULL, "nothing is said of anyone then");
	t.h.w.evidence[EV_TABLE] = (struct evidence_state){.n_inputs = 2, .n_incomplete = 1};
	exposure_compute(t.f, 100, NULL, 0, t.a, &e);
	is_str(e.view[FAMILY_V4].why, "1 of 2 MRT table inputs is incomplete", "a table cut short is no data");
	t.h.w.evidence[EV_TABLE].n_incomplete = 0;
	exposure_compute(t.f, 9999, NULL, 0, t.a, &e);
	is_str(e.view[FAMILY_V4].why, "no IPv4 route is seen", "an AS that nobody has heard of");
	measure_release(&t);
}

/* --- random worlds --- */

static uint64_t seed = 88172645463325252u;

static uint32_t
rnd(uint32_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 33) % n;
}

static struct prefix
random_prefix(unsigned family)
{
	struct prefix p = {.family = (uint8_t)family};

	if (family == FAMILY_V4) {
		p.len = (uint8_t)(22 + rnd(7));
		p.addr[0] = 20;
		p.addr[2] = (uint8_t)rnd(4);
		p.addr[3] = (uint8_t)rnd(256);
	} else {
		p.len = (uint8_t)(44 + rnd(8));
		p.addr[0] = 0x20;
		p.addr[5] = (uint8_t)rnd(4);
		p.addr[6] = (uint8_t)(rnd(2) << 7);
	}
	prefix_mask(&p);
	return p;
}

/* only: the neighbour of the origin, but for some vantage points that are next to it themselves; 0: any.
 * Vantage points are 1..12, transits 20..27, origins 40..42; 40 is a vantage point, too. */
static void
random_path(uint32_t vp_asn, uint32_t origin, uint32_t only, struct o_path *p)
{
	uint32_t n = rnd(4), i;

	*p = (struct o_path){.hop = {vp_asn}, .n = 1};
	for (i = 0; i < n; i++, p->n++)
		p->hop[p->n] = rnd(5) == 0 ? p->hop[p->n - 1] : 20 + rnd(8);
	if (only != 0 && rnd(30) > 0)
		p->hop[p->n++] = only;
	else if (only != 0)
		p->n = 1;
	p->hop[p->n++] = origin;
	if (rnd(12) == 0) {	/* poisoned: the origin, another, the origin */
		p->hop[p->n++] = 20 + rnd(8);
		p->hop[p->n++] = origin;
	}
	p->set = rnd(25) == 0;
}

static uint32_t
path_add(struct hand *h, const struct o_path *p)
{
	uint32_t w[2 * O_HOPS], n = 0, id, i;

	w[n++] = 2u << 16 | (p->set ? 1 : p->n);
	for (i = 0; i < p->n; i++) {
		if (p->set && i == 1) {	/* a set of one between the vantage point and the origin */
			w[n++] = 1u << 16 | 1;
			w[n++] = 30;
			w[n++] = 2u << 16 | (p->n - 1);
		}
		w[n++] = p->hop[i];
	}
	if (routes_path(&h->w.routes, (struct aspath){w, n}, false, 0, &id) != OK)
		abort();
	return id;
}

static void
random_see(struct measure *t, struct oracle *o, const uint16_t *id, uint32_t vp, const struct prefix *p, uint32_t origin,
    uint32_t only)
{
	struct o_seen *s = &o->seen[o->n++];

	*s = (struct o_seen){.prefix = *p, .vp = vp, .origin = origin};
	random_path(o->vp_asn[vp], origin, only, &s->path);
	if (routes_see(&t->h.w.routes, p, path_add(&t->h, &s->path), id[vp], 1) != OK)
		abort();
}

static void
random_world(struct measure *t, struct oracle *o)
{
	uint32_t i, k, n_prefixes = 3 + rnd(10);
	uint16_t id[O_VPS];

	measure_init(t);
	*o = (struct oracle){.n_vps = 1 + rnd(rnd(3) == 0 ? 4 : 30), .visibility = 2};
	for (i = 0; i < o->n_vps; i++) {
		struct vp v = {.collector = 1, .addr = {.b = {192, 0, 2, (uint8_t)i}}};

		o->vp_full[i] = rnd(6) > 0;
		o->vp_asn[i] = v.asn = rnd(15) == 0 ? 40 : 1 + rnd(12);
		v.kind = o->vp_full[i] ? VP_TABLE : VP_UPDATES;
		if (routes_vp(&t->h.w.routes, &v, &id[i]) != OK)
			abort();
	}
	for (i = 0; i < n_prefixes; i++) {
		struct prefix p = random_prefix(rnd(3) == 0 ? FAMILY_V6 : FAMILY_V4);
		uint32_t origin = rnd(10) == 0 ? 0 : 40 + rnd(3);	/* AS0 is a bogon */
		uint32_t only = rnd(2) == 0 ? 20 : 0;

		for (k = 0; k < o->n_vps; k++)
			if (rnd(4) > 0) {
				random_see(t, o, id, k, &p, origin, only);
				if (rnd(6) == 0)
					random_see(t, o, id, k, &p, rnd(3) == 0 ? 40 + rnd(3) : origin,
					    only);
			}
	}
	for (i = 0; i < o->n && i < 200; i += 20)
		if (rpki_add_roa(&t->h.w.rpki, &(struct roa){.prefix = o->seen[i].prefix, .max_len = (uint8_t)(o->seen[i].prefix.len +
		    rnd(2)), .asn = 40 + rnd(3)}) != OK)
			abort();
	hand_evidence(&t->h, EV_TABLE);
	hand_evidence(&t->h, EV_VRPS);
	measure_start(t);
	for (k = 0, i = 0; i < o->n_vps; i++)	/* visibility in force is at most the full feeds there are */
		k += o->vp_full[i];
	o->visibility = k < 2 ? k : 2;
	o_ready(o);
}

/* The oracle takes every table for a full feed; one without a prefix of the family is none there. */
static bool
is_comparable(const struct measure *t, unsigned family)
{
	const struct routes *r = &t->h.w.routes;
	size_t i;

	for (i = 0; i < r->n_vps; i++)
		if (r->vps[i].kind == VP_TABLE && !r->vps[i].full_feed[family])
			return false;
	return r->n_full[family] >= 2;
}

/* Whether all shares agree to a millionth. */
static bool
agrees(const struct measure *t, const struct oracle *o, uint32_t origin, const struct prefix *within, uint32_t *compared)
{
	double share[O_AS];
	struct exposure e;
	uint32_t views, a;
	unsigned f;

	exposure_compute(t->f, origin, within, 0, t->a, &e);
	for (f = 0; f < FAMILY_N; f++) {
		if ((within != NULL && within->family != f) || !is_comparable(t, f))
			continue;
		o_shares(o, f, origin, within, share, &views);
		if (views != e.view[f].n_views) {
			printf("# %u views, %u wanted\n", e.view[f].n_views, views);
			return false;
		}
		for (a = 0; a < O_AS && views > 0; a++)
			if (fabs(share_of(&e, a, f) - share[a] * 1e6) > 1.01) {
				printf("# AS%u of AS%u, family %u: %u, %.3f wanted\n", a, origin, f, share_of(&e, a, f), share[a] * 1e6);
				return false;
			}
		*compared += views > 0;
	}
	return true;
}

/* Each part of the tree is the sum of what goes on from it and what ends there. */
static bool
tree_adds_up(const struct exposure_view *v)
{
	size_t i, k;

	for (i = 0; i < v->n_nodes; i++) {
		uint64_t sum = v->nodes[i].cut_ppm, paths = 0;
		uint32_t children = 0;

		for (k = i + 1; k < v->n_nodes; k++)
			if (v->nodes[k].parent == i) {
				sum += v->nodes[k].mean_ppm;
				paths += v->nodes[k].n_paths;
				children++;
			}
		if (sum > v->nodes[i].mean_ppm + children + 1 || paths > v->nodes[i].n_paths)
			return false;
		if (i == 0 && (sum + children + 1 < 1000000 || v->nodes[0].mean_ppm != 1000000))	/* nothing ends here */
			return false;
	}
	return true;
}

static uint32_t
networks_of(const struct oracle *o, unsigned family, uint32_t origin)
{
	bool net[O_AS] = {0};
	struct o_path c;
	uint32_t i, n = 0;

	for (i = 0; i < o->n; i++)
		if (o->seen[i].prefix.family == family && o->vp_asn[o->seen[i].vp] != origin &&
		    o_counts(&o->seen[i], origin, NULL) && o_chain(&o->seen[i].path, origin, &c))
			net[o->vp_asn[o->seen[i].vp]] = true;
	for (i = 0; i < O_AS; i++)
		n += net[i];
	return n;
}

/* The rest of what is told of an origin, of all its routes. */
static bool
rest_agrees(const struct measure *t, const struct oracle *o, uint32_t origin, uint32_t n[static OFFENCE_N + 2])
{
	const struct routes *r = &t->h.w.routes;
	struct exposure e;
	unsigned f, k;
	size_t i;

	exposure_compute(t->f, origin, NULL, 0, t->a, &e);
	for (f = 0; f < FAMILY_N; f++) {
		uint32_t single = 0, few = 0;

		for (i = 0; i < r->n_routes && e.view[f].state == METRIC_OK; i++)
			if (r->routes[i].origin == origin && r->routes[i].visible && r->routes[i].prefix.family == f) {
				enum homing h = o_homing(o, &r->routes[i]);

				single += h == HOMING_SINGLE || h == HOMING_DIRECT;
				few += h == HOMING_FEW;
			}
		if (e.view[f].state == METRIC_OK && (single != e.view[f].n_single || few != e.view[f].n_few)) {
			printf("# AS%u: %u single-homed, %u wanted; %u unclear, %u wanted\n", origin, e.view[f].n_single, single,
			    e.view[f].n_few, few);
			return false;
		}
		n[OFFENCE_N] += single;
		if (e.view[f].state == METRIC_OK && is_comparable(t, f) && (!tree_adds_up(&e.view[f]) ||
		    e.view[f].n_networks != networks_of(o, f, origin))) {
			printf("# AS%u: the tree, or %u networks\n", origin, e.view[f].n_networks);
			return false;
		}
	}
	for (i = 0; i < e.n_ases; i++) {
		for (f = 0; f < FAMILY_N; f++)
			if (e.view[f].state == METRIC_OK && is_comparable(t, f) &&
			    e.ases[i].of[f].every != o_every(o, f, origin, NULL, e.ases[i].asn)) {
				printf("# AS%u is %son every path of AS%u\n", e.ases[i].asn, e.ases[i].of[f].every ? "" : "not ", origin);
				return false;
			}
		n[OFFENCE_N + 1] += e.ases[i].of[FAMILY_V4].every;
		for (k = 0; k < OFFENCE_N; k++) {
			struct exposure_space want;

			o_carried(o, &t->h.w, origin, e.ases[i].asn, (enum exposure_offence)k, &want);
			if (memcmp(&want, &e.ases[i].carried[k], sizeof(want)) != 0) {
				printf("# AS%u, offence %u: %u routes, %u wanted\n", e.ases[i].asn, k,
				    (unsigned)e.ases[i].carried[k].routes, (unsigned)want.routes);
				return false;
			}
			n[k] += want.routes > 0;
		}
	}
	return true;
}

static void
test_random(void)
{
	static struct oracle o;
	uint32_t round, origin, compared = 0, compared_within = 0;
	uint32_t rest[OFFENCE_N + 2] = {0};
	bool all = true, all_within = true, all_rest = true;

	for (round = 0; round < 150 && all && all_within && all_rest; round++) {
		struct measure t;

		random_world(&t, &o);
		for (origin = 40; origin < 43 && all; origin++) {
			struct prefix p = rnd(2) == 0 ? o.seen[rnd(o.n)].prefix : random_prefix(rnd(3) == 0);

			all = agrees(&t, &o, origin, NULL, &compared);
			all_rest = all_rest && rest_agrees(&t, &o, origin, rest);
			all_within = all_within && (o.n == 0 || agrees(&t, &o, origin, &p, &compared_within));
		}
		measure_release(&t);
	}
	ok(all && compared > 200, "%u random origins agree with the slow oracle", compared);
	ok(all_rest && rest[OFFENCE_N] > 50 && rest[OFFENCE_N + 1] > 50, "so do %u single-homed routes, and %u ASes on every "
	    "path", rest[OFFENCE_N], rest[OFFENCE_N + 1]);
	ok(rest[OFFENCE_INVALID] > 50 && rest[OFFENCE_OWN] > 50 && rest[OFFENCE_BOGON] > 50, "and what ASes passed on: %u "
	    "had invalid routes, %u bogons, %u routes in the own space", rest[OFFENCE_INVALID], rest[OFFENCE_BOGON],
	    rest[OFFENCE_OWN]);
	ok(all_within && compared_within > 50, "%u random prefixes do", compared_within);
}

int
main(void)
{
	test_ten();
	test_more_specific();
	test_vrp_age();
	test_no_paths();
	test_random();
	return tap_done();
}
