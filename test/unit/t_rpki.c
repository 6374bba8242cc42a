#include "addr/aspath.h"
#include "pipe/load.h"
#include "rov_oracle.h"
#include "tap.h"

/* A small generator, so that a failure can be repeated. */
static uint64_t state = 88172645463325252u;

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

	if (prefix_parse(span_of(text), &p, &host_bits) != OK || host_bits) {
		fprintf(stderr, "bad prefix in a test: %s\n", text);
		exit(2);
	}
	return p;
}

/* Dense: few bits vary, so that prefixes nest deep. */
static struct prefix
random_prefix(void)
{
	struct prefix p = {0};
	unsigned i;

	p.family = (uint8_t)rnd(2);
	p.len = (uint8_t)rnd(family_bits(p.family) + 1);
	for (i = 0; i < family_bits(p.family); i += 1 + rnd(12))
		if (rnd(8) == 0)
			p.addr[i / 8] |= (uint8_t)(0x80 >> i % 8);
	prefix_mask(&p);
	return p;
}

static int
asked_cmp(const void *a, const void *b)
{
	return prefix_cmp(&((const struct rov_ask *)a)->prefix, &((const struct rov_ask *)b)->prefix);
}

#define VRPS 400
#define ROUTES 800

static void
fill_random(struct rpki *t, struct roa *v)
{
	size_t i;

	rpki_init(t);
	for (i = 0; i < VRPS; i++) {
		v[i] = (struct roa){.prefix = random_prefix(), .asn = rnd(4)};
		v[i].max_len = (uint8_t)(v[i].prefix.len +
		    rnd(family_bits(v[i].prefix.family) - v[i].prefix.len + 1));
		if (rpki_add_roa(t, &v[i]) != OK || (rnd(5) == 0 && rpki_add_roa(t, &v[i]) != OK))
			exit(2);
	}
	rpki_seal(t);
}

/* Are the covering ids exactly the VRPs that cover p, the most specific first? */
static bool
covering_right(const struct rpki *t, const struct prefix *p)
{
	uint32_t ids[VRPS];
	size_t n = rpki_covering(t, p, ids, VRPS), i, want = 0;

	for (i = 0; i < t->n_roas; i++)
		want += prefix_covers(&t->roas[i].prefix, p);
	if (n != want || n > VRPS)
		return false;
	for (i = 0; i < n; i++)
		if (!prefix_covers(&t->roas[ids[i]].prefix, p) ||
		    (i > 0 && t->roas[ids[i]].prefix.len > t->roas[ids[i - 1]].prefix.len))
			return false;
	return true;
}

static void
test_oracle(void)
{
	static struct roa v[VRPS];
	static struct rov_ask q[ROUTES];
	static uint8_t rov[ROUTES];
	size_t round, i, wrong = 0, wrong_sweep = 0, wrong_covering = 0, deep = 0;
	uint64_t seen[ROV_N] = {0};

	for (round = 0; round < 40; round++) {
		struct rpki t;

		fill_random(&t, v);
		for (i = 0; i < ROUTES; i++) {
			q[i] = (struct rov_ask){rnd(3) == 0 ? v[rnd(VRPS)].prefix : random_prefix(), rnd(6)};
			if (q[i].origin == 5)
				q[i].origin = ORIGIN_NONE;
		}
		qsort(q, ROUTES, sizeof(q[0]), asked_cmp);
		rpki_rov_sweep(&t, q, sizeof(q[0]), ROUTES, rov);
		for (i = 0; i < ROUTES; i++) {
			enum rov want = rov_oracle(v, VRPS, &q[i].prefix, q[i].origin);

			seen[want]++;
			wrong += rpki_rov(&t, &q[i].prefix, q[i].origin) != want;
			wrong_sweep += rov[i] != want;
			wrong_covering += !covering_right(&t, &q[i].prefix);
			deep += rpki_covering(&t, &q[i].prefix, NULL, 0) >= 8;
		}
		rpki_release(&t);
	}
	ok(wrong == 0, "random dense tables: a look-up answers as a loop over all VRPs");
	ok(wrong_sweep == 0, "random dense tables: the sweep does, too");
	ok(wrong_covering == 0, "random dense tables: the covering VRPs are all of them, most specific first");
	ok(deep > 100, "the random tables have long chains of covering prefixes");
	for (i = 0; i < ROV_N; i++)
		ok(seen[i] > 50, "the random routes include many that are %s", rov_word((enum rov)i));
}

/* RFC 6907 section 7: VRP, route, origin (0xffffffff: ends in a set), what it must be. */
static const struct {
	const char *what;
	struct { const char *prefix; uint8_t max_len; uint32_t asn; } vrp[2];
	const char *route;
	uint32_t origin;
	enum rov want;
} rfc6907[] = {
	{"7.1.1 covering ROA prefix, maxLength satisfied, AS match", {{"10.1.0.0/16", 24, 64496}},
	    "10.1.16.0/20", 64496, ROV_VALID},
	{"7.1.2 covering ROA prefix, maxLength exceeded, AS match", {{"10.1.0.0/16", 20, 64496}},
	    "10.1.17.0/24", 64496, ROV_INVALID_LENGTH},
	{"7.1.3 covering ROA prefix, maxLength satisfied, AS mismatch", {{"10.1.0.0/16", 24, 64496}},
	    "10.1.17.0/24", 64511, ROV_INVALID_ASN},
	{"7.1.4 covering ROA prefix, maxLength exceeded, AS mismatch", {{"10.1.0.0/16", 22, 64496}},
	    "10.1.17.0/24", 64511, ROV_INVALID_BOTH},
	{"7.1.5 covering ROA prefix not found", {{"10.1.0.0/16", 16, 64496}}, "240.1.1.0/24", 64511,
	    ROV_NOT_FOUND},
	{"7.1.6 covering ROA prefix and the ROA is an AS0 ROA", {{"10.1.0.0/16", 32, 0}}, "10.1.0.0/16", 64511,
	    ROV_INVALID_ASN},
	{"7.1.7 covering ROA prefix not found but ROAs exist for a covering set of more specifics",
	    {{"10.1.0.0/17", 17, 64496}, {"10.1.128.0/17", 17, 64496}}, "10.1.0.0/16", 64496, ROV_NOT_FOUND},
	{"7.1.8 AS_SET in route and covering ROA prefix not found", {{"10.1.0.0/16", 24, 64496}},
	    "10.2.0.0/16", ORIGIN_NONE, ROV_NOT_FOUND},
	{"7.1.9 singleton AS_SET, covering ROA prefix, would-be AS match", {{"10.1.0.0/16", 24, 64496}},
	    "10.1.17.0/24", ORIGIN_NONE, ROV_INVALID_AS_SET},
	{"7.1.11 multiple ASes in AS_SET and covering ROA prefix", {{"10.1.0.0/16", 24, 64496}},
	    "10.1.17.0/24", ORIGIN_NONE, ROV_INVALID_AS_SET},
	{"7.3.1 two ROAs, one matches", {{"10.1.0.0/16", 24, 64496}, {"10.1.0.0/16", 16, 64511}},
	    "10.1.17.0/24", 64496, ROV_VALID},
	{"7.3.2 two ROAs, the one of the origin does not allow the length",
	    {{"10.1.0.0/16", 24, 64496}, {"10.1.0.0/16", 16, 64511}}, "10.1.17.0/24", 64511,
	    ROV_INVALID_LENGTH},
	{"an AS0 ROA beside one that matches", {{"10.1.0.0/16", 32, 0}, {"10.1.0.0/16", 16, 64496}},
	    "10.1.0.0/16", 64496, ROV_VALID},
	{"AS0 as origin never matches an AS0 ROA", {{"10.1.0.0/16", 32, 0}}, "10.1.0.0/16", 0,
	    ROV_INVALID_ASN},
	{"maxLength plays no part in covering", {{"10.0.0.0/8", 8, 64496}}, "10.1.17.0/24", 64496,
	    ROV_INVALID_LENGTH},
	{"0.0.0.0/0 covers everything of its family", {{"0.0.0.0/0", 0, 64496}}, "10.1.17.1/32", 64511,
	    ROV_INVALID_BOTH},
	{"and nothing of the other one", {{"0.0.0.0/0", 32, 64496}}, "2001:db8::/32", 64511, ROV_NOT_FOUND},
	{"an IPv4-mapped IPv6 prefix is IPv6", {{"10.1.0.0/16", 24, 64496}}, "::ffff:10.1.0.0/112", 64496,
	    ROV_NOT_FOUND},
	{"IPv6 to the last bit", {{"2001:db8::1/128", 128, 64496}}, "2001:db8::1/128", 64496, ROV_VALID},
	{"AS4294967294 is a number like any other", {{"10.1.0.0/16", 16, 4294967294u}}, "10.1.0.0/16",
	    4294967294u, ROV_VALID},
};

static void
test_vectors(void)
{
	size_t i, k;

	for (i = 0; i < sizeof(rfc6907) / sizeof(rfc6907[0]); i++) {
		struct rpki t;
		struct prefix route = pfx(rfc6907[i].route);
		enum err e = OK;

		rpki_init(&t);
		for (k = 0; k < 2 && rfc6907[i].vrp[k].prefix != NULL && e == OK; k++)
			e = rpki_add_roa(&t, &(struct roa){pfx(rfc6907[i].vrp[k].prefix),
			    rfc6907[i].vrp[k].max_len, rfc6907[i].vrp[k].asn});
		rpki_seal(&t);
		is_str(rov_word(rpki_rov(&t, &route, rfc6907[i].origin)), rov_word(rfc6907[i].want),
		    "RFC 6907 %s", rfc6907[i].what);
		rpki_release(&t);
	}
}

static void
test_empty(void)
{
	struct rpki t;
	struct prefix p = pfx("0.0.0.0/0");
	const uint32_t *ids;

	rpki_init(&t);
	rpki_seal(&t);
	ok(rpki_rov(&t, &p, 1) == ROV_NOT_FOUND, "without VRPs every route is not found");
	ok(rpki_covering(&t, &p, NULL, 0) == 0, "and nothing covers");
	ok(rpki_of(&t, 1, &ids) == 0, "and no ASN has any");
	ok(rpki_aspa(&t, 1) == NULL, "nor an ASPA");
	rpki_release(&t);
}

static bool
add_aspa(struct rpki *t, uint32_t customer, uint32_t a, uint32_t b)
{
	uint32_t p[2] = {a, b};

	return rpki_add_aspa(t, customer, p, 2) == OK;
}

static void
test_aspa(void)
{
	struct rpki one, two;
	const struct provider_set *s;
	uint32_t zero = 0;

	rpki_init(&one);
	rpki_init(&two);
	ok(add_aspa(&one, 10, 4200000000u, 30) && add_aspa(&two, 10, 20, 30) && add_aspa(&two, 5, 0, 7) &&
	    rpki_add_aspa(&one, 6, &zero, 1) == OK && rpki_add_aspa(&one, 7, NULL, 0) == OK,
	    "ASPAs can be added, of no provider, too");
	ok(rpki_absorb(&one, &two) == OK, "and joined");
	rpki_seal(&one);
	s = rpki_aspa(&one, 10);
	ok(s != NULL && s->n == 3 && one.providers[s->first] == 20 && one.providers[s->first + 1] == 30 &&
	    one.providers[s->first + 2] == 4200000000u,
	    "the providers of a customer are the union of its ASPAs, ascending as unsigned numbers");
	s = rpki_aspa(&one, 5);
	ok(s != NULL && s->n == 1 && one.providers[s->first] == 7, "AS0 beside a provider is dropped");
	s = rpki_aspa(&one, 6);
	ok(s != NULL && s->n == 1 && one.providers[s->first] == 0, "AS0 alone stays");
	s = rpki_aspa(&one, 7);
	ok(s != NULL && s->n == 0, "an ASPA without providers is an ASPA");
	ok(rpki_aspa(&one, 8) == NULL, "a customer without an ASPA has none");
	rpki_release(&one);
	rpki_release(&two);
}

static void
test_of(void)
{
	struct rpki t;
	static struct roa v[VRPS];
	const uint32_t *ids;
	uint32_t asn;
	size_t i, n, all = 0, bad = 0;

	fill_random(&t, v);
	for (asn = 0; asn < 4; asn++) {
		n = rpki_of(&t, asn, &ids);
		all += n;
		for (i = 0; i < n; i++)
			bad += t.roas[ids[i]].asn != asn || (i > 0 && ids[i] <= ids[i - 1]);
	}
	ok(all == t.n_roas && bad == 0, "rpki_of gives each VRP once, in the order of the table");
	ok(t.n_seen > t.n_roas, "duplicates were dropped and counted");
	rpki_release(&t);
}

/* The whole table of February 2016 against the VRPs of that day. */
static void
test_internet(void)
{
	char dir[4096], why[512];
	struct load_params params;
	struct world w;
	uint8_t *rov;
	uint64_t count[ROV_N] = {0}, sum = 0;
	size_t i, wrong = 0, differ = 0;

	if (shared_data() == NULL) {
		skip("no ../shared/data");
		return;
	}
	load_params_init(&params);
	params.threads = 2;
	snprintf(dir, sizeof(dir), "%s/internet-2016-02", shared_data());
	if (load_dir(dir, &params, &w, why, sizeof(why)) != OK) {
		ok(0, "internet-2016-02 can be loaded: %s", why);
		return;
	}
	rov = calloc(w.routes.n_routes + 1, 1);
	rpki_rov_sweep(&w.rpki, w.routes.routes, sizeof(struct route), w.routes.n_routes, rov);
	for (i = 0; i < w.routes.n_routes; i++) {
		const struct route *r = &w.routes.routes[i];

		count[rov[i]]++;
		differ += rpki_rov(&w.rpki, &r->prefix, r->origin) != rov[i];
		if (i % 331 == 0)
			wrong += rov_oracle(w.rpki.roas, w.rpki.n_roas, &r->prefix, r->origin) != rov[i];
	}
	for (i = 0; i < ROV_N; i++) {
		printf("# %s %llu\n", rov_word((enum rov)i), (unsigned long long)count[i]);
		sum += count[i];
	}
	ok(sum == w.routes.n_routes && sum > 640000, "internet-2016-02: the states add up to the table");
	ok(differ == 0, "internet-2016-02: the sweep equals the look-ups, all %zu", w.routes.n_routes);
	ok(wrong == 0, "internet-2016-02: a sample equals the loop over all VRPs");
	free(rov);
	world_release(&w);
}

static int
roa_order(const void *pa, const void *pb)
{
	const struct roa *a = pa, *b = pb;
	int c = prefix_cmp(&a->prefix, &b->prefix);

	if (c == 0)
		c = a->max_len - b->max_len;
	return c != 0 ? c : (a->asn > b->asn) - (a->asn < b->asn);
}

#define SORTED 3000

/* Any order, few runs, many, one, backwards, and few different ones: the table is the same. */
static void
test_order(void)
{
	static struct roa v[SORTED], want[SORTED];
	static const size_t run[] = {1, SORTED, SORTED / 5, SORTED / 2 + 1, 17, 3};
	size_t round, i, k, n, wrong = 0;

	for (round = 0; round < 18; round++) {
		size_t len = run[round % 6];
		struct rpki t;

		for (i = 0; i < SORTED; i++) {
			v[i] = (struct roa){.prefix = random_prefix(), .asn = rnd(3)};
			v[i].max_len = (uint8_t)(v[i].prefix.len + (v[i].prefix.len < 32 ? rnd(2) : 0));
			if (round >= 12 && i >= 40)
				v[i] = v[rnd(40)];
		}
		memcpy(want, v, sizeof(v));
		qsort(want, SORTED, sizeof(want[0]), roa_order);
		for (i = 1, n = 1; i < SORTED; i++)
			if (roa_order(&want[n - 1], &want[i]) != 0)
				want[n++] = want[i];
		for (i = 0; i < SORTED; i += len)
			qsort(v + i, i + len < SORTED ? len : SORTED - i, sizeof(v[0]), roa_order);
		rpki_init(&t);
		for (i = 0; i < SORTED; i++) {
			k = round % 6 == 1 && round > 6 ? SORTED - 1 - i : i;
			if (rpki_add_roa(&t, &v[k]) != OK)
				exit(2);
		}
		rpki_seal(&t);
		wrong += t.n_roas != n;
		for (i = 0; i < n && i < t.n_roas; i++)
			wrong += roa_order(&t.roas[i], &want[i]) != 0;
		rpki_release(&t);
	}
	ok(wrong == 0, "in whatever order VRPs come, the table is sorted and holds each once");
}

int
main(void)
{
	test_vectors();
	test_empty();
	test_oracle();
	test_aspa();
	test_of();
	test_order();
	test_internet();
	return tap_done();
}
