/* The Internet of February 2016, end to end: what the metrics of all ASes add up to is the table. */
#include "measure.h"
#include "pipe/load.h"

struct sums {
	uint64_t n_ok, num, den, valid, not_found, invalid;
};

static void
sum_all(const struct facts *f, enum metric_id id, struct sums *s)
{
	struct arena *a = arena_new();
	struct metric m;
	const uint32_t *ases;
	size_t i, n;

	*s = (struct sums){0};
	ases = facts_ases(f, &n);
	for (i = 0; i < n; i++) {
		metric_compute(f, ases[i], id, a, &m);
		arena_reset(a);
		if (m.state != METRIC_OK)
			continue;
		s->n_ok++;
		s->num += m.num;
		s->den += m.den;
		if (id != M_ROV_INVALID)
			continue;
		s->valid += part_of(&m, "valid");
		s->not_found += part_of(&m, "not-found");
		s->invalid += part_of(&m, "invalid-asn") + part_of(&m, "invalid-length") + part_of(&m, "invalid-both");
	}
	arena_free(a);
}

/* RFC 6811 as it stands there: every VRP looked at. */
static enum rov
rov_naive(const struct rpki *t, const struct route *r)
{
	bool covered = false;
	size_t i;

	for (i = 0; i < t->n_roas; i++) {
		const struct roa *v = &t->roas[i];

		if (!prefix_covers(&v->prefix, &r->prefix))
			continue;
		covered = true;
		if (v->asn != 0 && v->asn == r->origin && r->prefix.len <= v->max_len)
			return ROV_VALID;
	}
	return covered ? ROV_INVALID_ASN : ROV_NOT_FOUND;
}

static void
test_rov(const struct world *w, const struct facts *f)
{
	uint64_t origins = 0, uncovered = 0;
	struct arena *a = arena_new();
	struct sums s;
	struct metric m;
	bool good = true;
	size_t i;

	for (i = 0; i < w->routes.n_routes; i++)
		origins += w->routes.routes[i].visible && w->routes.routes[i].origin != ORIGIN_NONE;
	sum_all(f, M_ROV_INVALID, &s);
	ok(s.den == origins && origins > 600000, "the routes of all ASes are the routes with an origin (%llu)",
	    (unsigned long long)s.den);
	ok(s.valid + s.not_found + s.invalid == s.den && s.invalid == s.num && s.valid > 10000 && s.invalid > 1000,
	    "each is in one state: %llu valid, %llu not found, %llu invalid", (unsigned long long)s.valid,
	    (unsigned long long)s.not_found, (unsigned long long)s.invalid);
	uncovered = s.not_found;
	sum_all(f, M_ROA_COVERAGE, &s);
	ok(s.num == origins - uncovered, "coverage counts what is found");
	for (i = 0; i < w->routes.n_routes; i += 997) {
		const struct route *r = &w->routes.routes[i];
		enum rov want = rov_naive(&w->rpki, r);

		if (r->origin == ORIGIN_NONE || !r->visible)
			continue;
		metric_compute(f, r->origin, M_ROV_INVALID, a, &m);
		good = good && (want != ROV_INVALID_ASN || m.num > 0) &&
		    (want != ROV_VALID || part_of(&m, "valid") > 0) &&
		    (want != ROV_NOT_FOUND || part_of(&m, "not-found") > 0);
		arena_reset(a);
	}
	ok(good, "a sample of routes is in the state that every VRP looked at gives");
	arena_free(a);
}

static void
test_bogons(const struct world *w, const struct facts *f)
{
	uint64_t prefixes = 0, asns = 0;
	struct sums s;
	size_t i;

	for (i = 0; i < w->routes.n_routes; i++) {
		const struct route *r = &w->routes.routes[i];

		if (r->prefix.len == 0 || r->n_full == 0 || r->origin == ORIGIN_NONE)
			continue;
		prefixes += specials_bogon(&w->specials, &r->prefix) != NULL;
		asns += asn_bogon(r->origin) != NULL;
	}
	sum_all(f, M_BOGON_PREFIX_ORIGINATED, &s);
	ok(s.num == prefixes && prefixes > 0, "bogon prefixes of all ASes are those of the table (%llu)",
	    (unsigned long long)prefixes);
	sum_all(f, M_BOGON_ASN_ORIGINATED, &s);
	ok(s.num == asns && asns > 0, "so are routes of bogon ASNs (%llu)", (unsigned long long)asns);
	sum_all(f, M_CUSTOMER_INVALID, &s);
	ok(s.n_ok == 0, "an origin table shows no propagation: no AS is judged for its customers");
	sum_all(f, M_IRR_REGISTERED, &s);
	ok(s.n_ok == 0, "without an IRR nobody is registered or not");
}

int
main(void)
{
	const char *shared = shared_data();
	struct load_params params;
	struct metric_params mp;
	char dir[4096], why[512];
	struct world w;
	struct facts *f;

	if (shared == NULL) {
		skip("../shared/data is not beside the checkout");
		return tap_done();
	}
	load_params_init(&params);
	metric_params_init(&mp);
	params.threads = mp.threads = 2;
	mp.records_max = 0;
	snprintf(dir, sizeof(dir), "%s/internet-2016-02", shared);
	if (load_dir(dir, &params, &w, why, sizeof(why)) != OK) {
		ok(false, "%s", why);
		return tap_done();
	}
	f = facts_new(&w, &mp);
	test_rov(&w, f);
	test_bogons(&w, f);
	facts_free(f);
	world_release(&w);
	return tap_done();
}
