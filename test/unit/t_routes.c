#include "tap.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "world/routes.h"

static uint64_t state = 1181783497276652981u;

static uint32_t
rnd(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 33) % n;
}

static struct prefix
pfx(const char *text)
{
	struct prefix p = {0};
	bool host_bits;

	if (prefix_parse(span_of(text), &p, &host_bits) != OK || host_bits)
		exit(2);
	return p;
}

static struct vp
vp(enum vp_kind kind, uint32_t collector, uint32_t asn)
{
	struct vp v = {.kind = kind, .collector = collector, .asn = asn};

	v.addr.b[3] = (uint8_t)asn;
	return v;
}

/* One sighting: vantage point, prefix, a path that starts at the peer and ends in origin. */
static void
see(struct routes *r, struct vp v, struct prefix p, uint32_t origin, uint16_t weight)
{
	uint32_t words[3] = {2u << 16 | 2, v.asn, origin}, path;
	uint16_t id;

	if (origin == ORIGIN_NONE) {
		words[0] = 1u << 16 | 2;
		words[2] = 64499;
	}
	if (routes_vp(r, &v, &id) != OK || routes_path(r, (struct aspath){words, 3}, false, 0, &path) != OK ||
	    routes_see(r, &p, path, id, weight) != OK)
		exit(2);
}

static void
digest(const struct routes *r, uint8_t out[static SHA256_BYTES])
{
	struct sha256 h;
	size_t i;

	sha256_init(&h);
	for (i = 0; i < r->n_vps; i++) {
		const struct vp *v = &r->vps[i];
		uint32_t x[] = {v->kind, v->collector, v->asn, v->addr.family, v->n_prefixes[0], v->n_prefixes[1],
		    v->full_feed[0], v->full_feed[1], v->weight[0], v->weight[1]};

		sha256_add(&h, x, sizeof(x));
		sha256_add(&h, v->addr.b, sizeof(v->addr.b));
	}
	for (i = 0; i < r->n_paths; i++) {
		const struct path *p = &r->paths[i];
		uint32_t x[] = {p->first, p->n, p->has_otc, p->has_set, p->otc, p->origin};

		sha256_add(&h, x, sizeof(x));
	}
	sha256_add(&h, r->words, r->n_words * sizeof(*r->words));
	for (i = 0; i < r->n_routes; i++) {
		const struct route *a = &r->routes[i];
		uint32_t x[] = {a->prefix.family, a->prefix.len, a->origin, a->first, a->n, a->n_vps, a->n_full,
		    a->visible};

		sha256_add(&h, x, sizeof(x));
		sha256_add(&h, a->prefix.addr, sizeof(a->prefix.addr));
	}
	for (i = 0; i < r->n_sightings; i++) {
		const struct sighting *s = &r->sightings[i];
		uint32_t x[] = {s->route, s->path, s->vp, s->weight};

		sha256_add(&h, x, sizeof(x));
	}
	sha256_add(&h, r->by_origin, r->n_routes * sizeof(*r->by_origin));
	sha256_add(&h, r->n_visible, sizeof(r->n_visible));
	sha256_end(&h, out);
}

/* --- absorb order and split do not show --- */

struct fact {
	struct vp vp;
	struct prefix prefix;
	uint32_t words[4], n, otc;
	uint16_t weight;
	bool has_otc;
};

#define FACTS 4000

static void
random_facts(struct fact *f, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		f[i] = (struct fact){.vp = vp((enum vp_kind)rnd(3), rnd(2), 1 + rnd(4)), .weight = 1, .n = 4};
		if (f[i].vp.kind == VP_ORIGINS) {
			f[i].vp.asn = 0;
			f[i].weight = (uint16_t)(1 + rnd(9));
		}
		if (f[i].vp.kind == VP_UPDATES)
			f[i].vp.collector = 0;
		f[i].prefix.family = (uint8_t)rnd(2);
		f[i].prefix.len = (uint8_t)(8 + rnd(4));
		f[i].prefix.addr[0] = (uint8_t)rnd(16);
		f[i].words[0] = (rnd(20) == 0 ? 1u : 2u) << 16 | 3;
		f[i].words[1] = f[i].vp.asn;
		f[i].words[2] = rnd(3);
		f[i].words[3] = rnd(5);
		f[i].has_otc = rnd(8) == 0;
		f[i].otc = f[i].has_otc ? rnd(2) : 0;
	}
}

static void
tell(struct routes *r, const struct fact *f)
{
	uint32_t path;
	uint16_t id;

	if (routes_vp(r, &f->vp, &id) != OK ||
	    routes_path(r, (struct aspath){f->words, f->n}, f->has_otc, f->otc, &path) != OK ||
	    routes_see(r, &f->prefix, path, id, f->weight) != OK)
		exit(2);
}

static void
test_order(void)
{
	static struct fact f[FACTS];
	const struct routes_params params = {3, 75};
	uint8_t want[SHA256_BYTES], got[SHA256_BYTES];
	size_t round, i, differ = 0;
	struct routes one;

	random_facts(f, FACTS);
	routes_init(&one);
	for (i = 0; i < FACTS; i++)
		tell(&one, &f[i]);
	routes_seal(&one, &params);
	digest(&one, want);
	ok(one.n_sightings < FACTS && one.n_sightings > FACTS / 2, "some of the facts are duplicates");
	for (round = 0; round < 12; round++) {
		struct routes part[4], all;

		routes_init(&all);
		for (i = 0; i < 4; i++)
			routes_init(&part[i]);
		for (i = FACTS; i > 1; i--) {
			struct fact swap = f[i - 1];
			size_t k = rnd((uint32_t)i);

			f[i - 1] = f[k];
			f[k] = swap;
		}
		for (i = 0; i < FACTS; i++) {
			tell(&part[rnd(4)], &f[i]);
			if (rnd(10) == 0)
				tell(&part[rnd(4)], &f[i]);
		}
		for (i = 0; i < 4; i++) {
			if ((round % 2 == 0 ? routes_absorb(&all, &part[i]) : routes_take(&all, &part[i])) != OK)
				exit(2);
			routes_release(&part[i]);
		}
		routes_seal(&all, &params);
		digest(&all, got);
		differ += memcmp(got, want, sizeof(got)) != 0;
		routes_release(&all);
	}
	ok(differ == 0, "order, split, repetition and absorbing do not show in the sealed tables");
	routes_release(&one);
}

/* --- a table in order against the same one shuffled --- */

#define LARGE 40000u

/* Sorted by prefix; one prefix has 100 origins, others one to three that take turns. */
static void
large_table(struct fact *f)
{
	size_t i;

	for (i = 0; i < LARGE; i++) {
		f[i] = (struct fact){.vp = vp(VP_TABLE, 1, 1 + (uint32_t)i % 8), .weight = 1, .n = 4};
		f[i].prefix = (struct prefix){{10, (uint8_t)(i / 8 >> 8), (uint8_t)(i / 8)}, FAMILY_V4, 24};
		if (i >= 8000 && i < 8100)
			f[i].prefix = f[8000].prefix;
		f[i].words[0] = 2u << 16 | 3;
		f[i].words[1] = f[i].vp.asn;
		f[i].words[2] = 70000 * rnd(9) + rnd(400);
		f[i].words[3] = i >= 8000 && i < 8100 ? (uint32_t)i : 1 + (uint32_t)(i / 8) + rnd((uint32_t)(1 + i / 8 % 3));
	}
}

/* As the documentation has it: the ASNs behind the first header, then the words, shorter ones first. */
static int
naive_path_cmp(const struct routes *r, uint32_t x, uint32_t y)
{
	struct aspath a = routes_aspath(r, x), b = routes_aspath(r, y);
	uint32_t i;

	for (i = 1; i <= 4; i++) {
		uint32_t wa = i < a.n ? a.w[i] : 0, wb = i < b.n ? b.w[i] : 0;

		if (wa != wb)
			return wa < wb ? -1 : 1;
	}
	for (i = 0; i < a.n && i < b.n; i++)
		if (a.w[i] != b.w[i])
			return a.w[i] < b.w[i] ? -1 : 1;
	if (a.n != b.n)
		return a.n < b.n ? -1 : 1;
	return (r->paths[x].has_otc > r->paths[y].has_otc) - (r->paths[x].has_otc < r->paths[y].has_otc);
}

static void
test_in_order(void)
{
	static struct fact f[LARGE];
	const struct routes_params params = {3, 75};
	uint8_t want[SHA256_BYTES], got[SHA256_BYTES];
	struct routes a, b;
	size_t i, unsorted = 0;

	large_table(f);
	routes_init(&a);
	routes_init(&b);
	for (i = 0; i < LARGE && !a.scattered; i++)
		tell(&a, &f[i]);
	ok(i > 8000 && i <= 8100, "routes are found without a hash until a prefix has too many origins");
	for (; i < LARGE; i++)
		tell(&a, &f[i]);
	routes_seal(&a, &params);
	digest(&a, want);
	for (i = 1; i < a.n_paths; i++)
		unsorted += naive_path_cmp(&a, (uint32_t)i - 1, (uint32_t)i) >= 0;
	ok(a.n_paths > 16384 && unsorted == 0, "%zu paths are in canonical order, each once", a.n_paths);
	for (i = LARGE; i > 1; i--) {
		struct fact swap = f[i - 1];
		size_t k = rnd((uint32_t)i);

		f[i - 1] = f[k];
		f[k] = swap;
	}
	for (i = 0; i < LARGE; i++)
		tell(&b, &f[i]);
	ok(b.scattered, "out of order they are found by a hash");
	routes_seal(&b, &params);
	digest(&b, got);
	ok(memcmp(got, want, sizeof(got)) == 0, "that a table came in order does not show");
	routes_release(&a);
	routes_release(&b);

	large_table(f);
	memmove(f + 8000, f + 8100, (LARGE - 8100) * sizeof(*f));
	for (i = 0; i < LARGE - 100; i++)
		tell(&a, &f[i]);
	ok(!a.scattered, "with few origins a prefix a table in order never needs the hash");
	for (i = LARGE - 100; i-- > 0;)
		tell(&b, &f[i]);
	routes_seal(&a, &params);
	routes_seal(&b, &params);
	digest(&a, want);
	digest(&b, got);
	ok(memcmp(got, want, sizeof(got)) == 0, "the same table backwards gives the same");
	routes_release(&a);
	routes_release(&b);
}

/* --- many paths at once against one by one --- */

static void
test_batch(void)
{
	static struct fact f[FACTS];
	struct path_key key[100];
	uint32_t id[100], one;
	size_t at, n, i, wrong = 0;
	struct routes r, single;
	enum err e = OK;

	random_facts(f, FACTS);
	routes_init(&r);
	routes_init(&single);
	for (at = 0; at < FACTS; at += n) {
		n = rnd(100);
		if (n > FACTS - at)
			n = FACTS - at;
		for (i = 0; i < n; i++) {
			const struct fact *x = &f[at + i];

			key[i] = (struct path_key){{x->words, x->n - rnd(2)}, x->has_otc, x->otc};
			id[i] = r.n_paths > 0 && rnd(2) == 0 ? rnd((uint32_t)r.n_paths) : MAP_NONE;
		}
		e = routes_paths(&r, key, n, id);
		for (i = 0; i < n && e == OK; i++) {
			e = routes_path(&single, key[i].p, key[i].has_otc, key[i].otc, &one);
			wrong += id[i] != one;
		}
		if (e != OK)
			break;
	}
	ok(e == OK && wrong == 0 && r.n_paths == single.n_paths && r.n_paths > 100,
	    "paths looked up 0 to 99 at once, with right and wrong guesses, get the ids of one by one");
	routes_release(&r);
	routes_release(&single);
}

/* --- what seal works out, against loops --- */

static void
test_sealed(void)
{
	static struct fact f[FACTS];
	const struct routes_params params = {3, 75};
	struct routes r;
	const uint32_t *ids;
	size_t i, k, unsorted = 0, counts = 0, lost = 0, found = 0, of = 0, n;
	uint32_t origin;

	random_facts(f, FACTS);
	routes_init(&r);
	for (i = 0; i < FACTS; i++)
		tell(&r, &f[i]);
	routes_seal(&r, &params);
	for (i = 0; i < r.n_routes; i++) {
		const struct route *a = &r.routes[i], *b = i > 0 ? a - 1 : NULL;
		uint32_t vps = 0;

		unsorted += b != NULL && (prefix_cmp(&b->prefix, &a->prefix) > 0 ||
		    (prefix_eq(&b->prefix, &a->prefix) && b->origin >= a->origin));
		for (k = a->first; k < a->first + a->n; k++) {
			vps += k == a->first || r.sightings[k].vp != r.sightings[k - 1].vp;
			counts += r.sightings[k].route != i || r.paths[r.sightings[k].path].origin != a->origin;
		}
		counts += vps != a->n_vps;
		found += routes_find(&r, &a->prefix, &n) <= i && n > 0;
	}
	ok(unsorted == 0, "routes are sorted by prefix and origin, each once");
	ok(counts == 0, "each route has its sightings, their paths its origin, and its vantage points are counted");
	ok(found == r.n_routes, "every prefix is found");
	for (origin = 0; origin < 6; origin++) {
		size_t want = 0;

		n = routes_of(&r, origin, &ids);
		for (i = 0; i < r.n_routes; i++)
			want += r.routes[i].origin == origin;
		for (i = 0; i < n; i++)
			of += r.routes[ids[i]].origin != origin || (i > 0 && ids[i] <= ids[i - 1]);
		of += n != want;
	}
	ok(of == 0, "routes_of gives the routes of an origin in the order of prefixes");
	for (i = 0; i < FACTS; i++) {
		uint32_t id = routes_find(&r, &f[i].prefix, &n);

		lost += id == MAP_NONE;
	}
	ok(lost == 0, "every fact told is in the table");
	for (i = 0; i < r.n_vps; i++)
		lost += r.vps[i].kind == VP_UPDATES;
	ok(lost == 0, "updates of peers whose table is here belong to that vantage point");
	routes_release(&r);
}

/* --- full feeds and visibility --- */

static struct prefix
nth(unsigned i)
{
	struct prefix p = {{10, (uint8_t)(i >> 8), (uint8_t)i}, FAMILY_V4, 24};

	return p;
}

static void
test_full_feed(void)
{
	const struct routes_params params = {2, 75};
	struct routes r;
	unsigned i;

	routes_init(&r);
	for (i = 0; i < 100; i++) {
		see(&r, vp(VP_TABLE, 1, 1), nth(i), 64500, 1);
		if (i < 75)
			see(&r, vp(VP_TABLE, 1, 2), nth(i), 64500, 1);
		if (i < 74)
			see(&r, vp(VP_TABLE, 1, 3), nth(i), 64500, 1);
		see(&r, vp(VP_UPDATES, 0, 4), nth(i), 64500, 1);
	}
	see(&r, vp(VP_TABLE, 2, 3), nth(0), 64501, 1);
	for (i = 74; i < 100; i++)	/* updates of peer 3 must not make its table look full */
		see(&r, vp(VP_UPDATES, 0, 3), nth(i), 64500, 1);
	see(&r, vp(VP_TABLE, 1, 1), pfx("0.0.0.0/0"), 64500, 1);
	see(&r, vp(VP_TABLE, 1, 2), pfx("0.0.0.0/0"), 64500, 1);
	routes_seal(&r, &params);
	ok(r.n_vps == 5 && r.vps[0].asn == 1 && r.vps[0].full_feed[FAMILY_V4], "the largest table is a full feed");
	ok(r.vps[1].n_prefixes[FAMILY_V4] == 76 && r.vps[1].full_feed[FAMILY_V4],
	    "one with 75 %% of its prefixes is (default route included in both)");
	ok(r.vps[2].n_prefixes[FAMILY_V4] == 74 && !r.vps[2].full_feed[FAMILY_V4],
	    "one with less is not, whatever its updates add");
	ok(!r.vps[0].full_feed[FAMILY_V6], "no full feed in a family without routes");
	ok(r.vps[4].kind == VP_UPDATES && !r.vps[4].full_feed[FAMILY_V4], "updates alone never make a full feed");
	ok(r.n_full[FAMILY_V4] == 2 && r.visibility[FAMILY_V4] == 2 && r.n_full[FAMILY_V6] == 0,
	    "full feeds are counted and the threshold is the parameter");
	ok(!r.routes[0].visible && r.routes[0].n_full == 2, "a default route is never visible");
	ok(r.routes[1].visible && r.routes[1].n_full == 2 && r.routes[1].n_vps == 4,
	    "a route that both full feeds carry is visible");
	ok(r.n_visible[FAMILY_V4] == 75, "a route that one of them carries is not");
	ok(r.n_collectors == 3, "two collectors of tables, and one nobody names");
	routes_release(&r);
}

static void
test_threshold(void)
{
	static const struct { unsigned peers, min; uint32_t in_force, visible; } t[] = {
		{1, 5, 1, 1}, {4, 5, 4, 1}, {5, 5, 5, 1}, {6, 5, 5, 2}, {7, 5, 5, 3}, {7, 1, 1, 7}, {7, 7, 7, 1},
	};
	size_t i;
	unsigned p, k;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		const struct routes_params params = {t[i].min, 10};
		struct routes r;

		routes_init(&r);
		for (p = 1; p <= t[i].peers; p++)	/* route k is carried by peers 1..k */
			for (k = p; k <= t[i].peers; k++)
				see(&r, vp(VP_TABLE, 1, p), nth(k), 64500, 1);
		routes_seal(&r, &params);
		ok(r.visibility[0] == t[i].in_force && r.n_visible[0] == t[i].visible,
		    "%u full feeds, %u asked for: %u must carry a route", t[i].peers, t[i].min, t[i].in_force);
		routes_release(&r);
	}
}

static void
test_origins(void)
{
	const struct routes_params params = {5, 75};
	struct routes r;

	routes_init(&r);
	see(&r, vp(VP_ORIGINS, 0, 0), nth(1), 64500, 300);
	see(&r, vp(VP_ORIGINS, 0, 0), nth(1), 64500, 200);
	see(&r, vp(VP_ORIGINS, 0, 0), nth(2), 64500, 5);
	see(&r, vp(VP_ORIGINS, 0, 0), nth(3), 64500, 4);
	see(&r, vp(VP_ORIGINS, 0, 0), nth(4), ORIGIN_NONE, 9);
	routes_seal(&r, &params);
	ok(r.n_full[0] == 300 && r.visibility[0] == 5, "RIS whois stands for as many full feeds as see its best route");
	ok(r.routes[0].n_full == 300 && r.routes[0].n_vps == 1 && r.routes[0].visible,
	    "a route's count of peers is kept, the larger of two");
	ok(r.routes[1].visible && !r.routes[2].visible, "the threshold is met or missed by that count");
	ok(r.routes[3].origin == ORIGIN_NONE && r.paths[r.sightings[r.routes[3].first].path].has_set,
	    "a set as origin is no origin");
	routes_release(&r);

	routes_init(&r);
	see(&r, vp(VP_ORIGINS, 0, 0), nth(1), 64500, 1);
	routes_seal(&r, &params);
	ok(r.n_full[0] == 1 && r.routes[0].visible, "pfx2as stands for one full feed");
	routes_release(&r);
}

static void
test_limits(void)
{
	static uint32_t words[AS_PATH_HOPS_MAX + 1];
	struct routes r;
	uint32_t path, other;
	uint16_t id;
	uint32_t i;
	enum err e = OK;

	routes_init(&r);
	words[0] = 2u << 16 | (AS_PATH_HOPS_MAX - 1);
	ok(routes_path(&r, (struct aspath){words, AS_PATH_HOPS_MAX}, false, 0, &path) == OK, "the longest path fits");
	words[0]++;
	ok(routes_path(&r, (struct aspath){words, AS_PATH_HOPS_MAX + 1}, false, 0, &other) == ERR_LIMIT,
	    "one word more does not");
	ok(routes_path(&r, (struct aspath){words, 2}, true, 7, &path) == OK &&
	    routes_path(&r, (struct aspath){words, 2}, false, 0, &other) == OK && path != other,
	    "the same ASes with and without OTC are two paths");
	for (i = 0; i < VANTAGE_MAX && e == OK; i++) {
		struct vp v = {.asn = i};

		e = routes_vp(&r, &v, &id);
	}
	ok(e == OK && id == VANTAGE_MAX - 1, "VANTAGE_MAX vantage points fit");
	ok(routes_vp(&r, &(struct vp){.asn = i}, &id) == ERR_LIMIT, "one more does not");
	ok(routes_vp(&r, &(struct vp){.asn = 5}, &id) == OK && id == 5, "one that is there is still found");
	routes_release(&r);
}

int
main(void)
{
	struct routes r;
	struct routes_params params;
	struct prefix p = pfx("2001:db8::/32");
	const uint32_t *ids;
	size_t n;

	routes_params_init(&params);
	routes_init(&r);
	routes_seal(&r, &params);
	ok(routes_find(&r, &p, &n) == MAP_NONE && n == 0 && routes_of(&r, 1, &ids) == 0, "an empty table is empty");
	routes_release(&r);
	test_order();
	test_in_order();
	test_batch();
	test_sealed();
	test_full_feed();
	test_threshold();
	test_origins();
	test_limits();
	return tap_done();
}
