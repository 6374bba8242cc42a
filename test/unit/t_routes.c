#include "tap.h"
#include "base/limits.h"
#include "routes_hash.h"

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

	sha256_init(&h);
	routes_hash_add(&h, r);
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
	const struct routes_params params = {.visibility_min = 3, .full_feed_percent = 75};
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

/* What the documentation of path_cmp says, plainly. */
static int
naive_path_cmp(const struct paths *t, uint32_t x, uint32_t y)
{
	static uint32_t buf_a[AS_PATH_HOPS_MAX + 1], buf_b[AS_PATH_HOPS_MAX + 1];
	struct aspath a = path_words(t, x, buf_a), b = path_words(t, y, buf_b);
	bool otc_a = (t->words[x] & PATH_OTC) != 0, otc_b = (t->words[y] & PATH_OTC) != 0;
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
	return (otc_a > otc_b) - (otc_a < otc_b);
}

/* Of neighbours in the table, which are in no order. */
static void
test_path_cmp(const struct paths *t)
{
	uint32_t id, last = MAP_NONE;
	size_t differ = 0, n = 0, less = 0;

	for (id = 0; id < t->n_words; last = id, id = path_next(t, id)) {
		int c = last == MAP_NONE ? -1 : path_cmp(t, last, id);

		n++;
		less += c < 0;
		if (last == MAP_NONE)
			continue;
		differ += c != naive_path_cmp(t, last, id) || c != -path_cmp(t, id, last);
	}
	ok(differ == 0 && n == t->n && n > 16384 && less > n / 16 && less < n - n / 16,
	    "path_cmp orders %zu paths as a plain loop does", n);
}

static void
test_in_order(void)
{
	static struct fact f[LARGE];
	const struct routes_params params = {.visibility_min = 3, .full_feed_percent = 75};
	uint8_t want[SHA256_BYTES], got[SHA256_BYTES];
	struct routes a, b;
	size_t i;

	large_table(f);
	routes_init(&a);
	routes_init(&b);
	for (i = 0; i < LARGE; i++)
		tell(&a, &f[i]);
	ok(!a.scattered, "a table in order needs no hash, however many origins a prefix has");
	routes_seal(&a, &params);
	digest(&a, want);
	test_path_cmp(&a.paths);
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
	for (i = 0; i < LARGE; i++)
		tell(&a, &f[i]);
	for (i = LARGE; i-- > 0;)
		tell(&b, &f[i]);
	ok(!a.scattered && b.scattered, "the same table backwards is out of order");
	routes_seal(&a, &params);
	routes_seal(&b, &params);
	digest(&a, want);
	digest(&b, got);
	ok(memcmp(got, want, sizeof(got)) == 0, "and gives the same");
	routes_release(&a);
	routes_release(&b);

	for (i = 0; i < LARGE / 2; i++)
		tell(&a, &f[i]);
	for (i = LARGE / 2; i < LARGE; i++)
		tell(&b, &f[i]);
	ok(routes_take(&a, &b) == OK, "two tables in order are joined");
	routes_seal(&a, &params);
	digest(&a, got);
	ok(memcmp(got, want, sizeof(got)) == 0, "and give what one gives");
	routes_release(&a);
}

/* --- many paths at once against one by one --- */

static void
test_batch(void)
{
	static struct fact f[FACTS];
	static uint32_t words[100][8];
	const uint32_t *key[100];
	uint32_t id[100], one, known[FACTS];
	size_t at, n, i, wrong = 0, n_known = 0;
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
			struct fact *x = &f[at + i];

			x->n -= rnd(2);
			path_key(words[i], (struct aspath){x->words, x->n}, x->has_otc, x->otc);
			key[i] = words[i];
			id[i] = n_known > 0 && rnd(2) == 0 ? known[rnd((uint32_t)n_known)] : MAP_NONE;
		}
		e = paths_intern(&r.paths, key, n, id);
		for (i = 0; i < n && e == OK; i++) {
			const struct fact *x = &f[at + i];

			e = routes_path(&single, (struct aspath){x->words, x->n}, x->has_otc, x->otc, &one);
			wrong += id[i] != one;
			known[n_known++] = one;
		}
		if (e != OK)
			break;
	}
	ok(e == OK && wrong == 0 && r.paths.n == single.paths.n && r.paths.n > 100,
	    "paths looked up 0 to 99 at once, with right and wrong guesses, get the ids of one by one");
	routes_release(&r);
	routes_release(&single);
}

/* What goes in comes out again, before and after sealing; from the wire as from words. */
static void
test_paths(void)
{
	static const struct { uint32_t w[8], n; bool segments, set; uint32_t origin, hops; } t[] = {
		{{2u << 16 | 3, 701, 701, 64500}, 4, false, false, 64500, 2},
		{{2u << 16 | 1, 4294967295u}, 2, false, false, ORIGIN_NONE, 1},
		{{2u << 16 | 1, 4200000000u}, 2, false, false, 4200000000u, 1},
		{{2u << 16 | 1, 701, 1u << 16 | 2, 5, 6}, 5, true, true, ORIGIN_NONE, 1},
		{{3u << 16 | 1, 65001, 2u << 16 | 2, 702, 703}, 5, true, false, 703, 2},
		{{0}, 0, true, false, ORIGIN_NONE, 0},
	};
	static const uint8_t wire[] = {0, 0, 2, 189, 0, 0, 2, 189, 0, 0, 251, 244};
	uint32_t key[PATH_KEY_MAX], other[PATH_KEY_MAX], buf[AS_PATH_HOPS_MAX + 1], hops[AS_PATH_HOPS_MAX], id[6];
	size_t i, bad = 0, sealed, n;
	struct routes r;
	bool set;

	n = path_key(key, (struct aspath){t[0].w, t[0].n}, true, 7);
	ok(n == 5 && path_key_seq(other, wire, 3, true, 7) == n && memcmp(key, other, n * sizeof(*key)) == 0,
	    "a sequence from the wire has the key of its words");
	routes_init(&r);
	for (i = 0; i < 6; i++)
		bad += routes_path(&r, (struct aspath){t[i].w, t[i].n}, i % 2 == 1, 9, &id[i]) != OK;
	for (sealed = 0; sealed < 2; sealed++) {
		for (i = 0; i < 6; i++) {
			struct aspath p = path_words(&r.paths, id[i], buf);

			bad += p.n != t[i].n || (p.n > 0 && memcmp(p.w, t[i].w, p.n * sizeof(*p.w)) != 0);
			bad += path_origin(&r.paths, id[i]) != t[i].origin;
			bad += ((r.paths.words[id[i]] & PATH_SEGMENTS) != 0) != t[i].segments;
		}
		if (sealed == 0)
			paths_seal(&r.paths);
	}
	ok(bad == 0, "words and origin are the same before and after sealing");
	for (i = 0; i < 6; i++) {
		uint32_t k = path_hops(&r.paths, id[i], hops, &set);

		bad += k != t[i].hops || set != t[i].set;
		bad += path_is_placed(&r.paths, id[i], k, set) != (t[i].origin != ORIGIN_NONE);
	}
	path_hops(&r.paths, id[4], hops, &set);
	bad += r.paths.ases.asn[hops[0]] != 702 || hops[1] != ases_id(&r.paths.ases, 703);
	path_hops(&r.paths, id[1], hops, &set);
	bad += hops[0] != r.paths.ases.n || ases_id(&r.paths.ases, 4294967295u) != MAP_NONE;
	ok(bad == 0, "hops are ids, without prepends and confederations, up to a set; 4294967295 is nobody");
	ok(ases_id(&r.paths.ases, 65001) == MAP_NONE && ases_id(&r.paths.ases, 6) != MAP_NONE &&
	    ases_id(&r.paths.ases, 4200000000u) == r.paths.ases.n - 1 && r.paths.ases.n == 7,
	    "members of a last set have an id, those of a confederation have none");
	routes_release(&r);
}

/* --- what seal works out, against loops --- */

static void
test_sealed(void)
{
	static struct fact f[FACTS];
	const struct routes_params params = {.visibility_min = 3, .full_feed_percent = 75};
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
			counts += path_origin(&r.paths, r.sightings[k].path) != a->origin;
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
	const struct routes_params params = {.visibility_min = 2, .full_feed_percent = 75};
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
		const struct routes_params params = {.visibility_min = t[i].min, .full_feed_percent = 10};
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
	const struct routes_params params = {.visibility_min = 5, .full_feed_percent = 75};
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
	ok(r.routes[3].origin == ORIGIN_NONE && r.routes[3].n == 1,
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
	test_paths();
	test_sealed();
	test_full_feed();
	test_threshold();
	test_origins();
	test_limits();
	return tap_done();
}
