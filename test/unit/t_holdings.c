/* world/holdings: who holds an ASN, against a table that asks every record; and in any order of filling. */
#include "tap.h"
#include "world/holdings.h"

static uint64_t state = 0x9e3779b97f4a7c15;

static uint32_t
rnd(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 33) % n;
}

struct told { struct delegated d; struct utc when; };

static struct told
record(const char *registry, const char *country, uint32_t first, uint32_t count, int day)
{
	return (struct told){{.what = DELEGATED_ASN, .status = REG_ALLOCATED, .asn_first = first, .asn_count = count,
	    .registry = span_of(registry), .country = span_of(country)}, day > 0 ? utc_from_date(2024, 1, day, 0, 0, 0) : UTC_NONE};
}

static void
add(struct holdings *h, const struct told *t)
{
	if (holdings_add(h, &t->d, t->when) != OK)
		abort();
}

static void
is_at(const struct holdings *h, uint32_t asn, const char *want, const char *what)
{
	struct place p = holdings_place(h, asn);
	char got[32];

	snprintf(got, sizeof(got), "%s %s", service_word((enum service_region)p.service), p.country);
	is_str(got, want, "AS%u: %s", asn, what);
}

static void
rules(void)
{
	struct holdings h, other;
	struct told t[] = {record("apnic", "JP", 100, 10, 2), record("ripencc", "NL", 105, 10, 1), record("arin", "us", 112, 1, 3),
	    record("arin", "", 200, 1, 5), record("arin", "CA", 200, 1, 5), record("lacnic", "ZZ", 300, 1, 5),
	    record("iana", "ZZ", 400, 1, 9), record("arin", "US", UINT32_MAX, 1, 1), record("arin", "US", 100, 1, 0)};
	size_t i;

	holdings_init(&h);
	holdings_init(&other);
	for (i = 0; i < sizeof(t) / sizeof(*t); i++)
		add(i % 2 == 0 ? &h : &other, &t[i]);
	t[0].d.status = REG_RESERVED;
	t[0].d.asn_first = 500;
	add(&h, &t[0]);
	t[0].d.status = REG_ASSIGNED;
	t[0].d.what = DELEGATED_V4;
	add(&h, &t[0]);
	ok(holdings_absorb(&h, &other) == OK, "two files");
	holdings_release(&other);
	holdings_seal(&h);
	is_at(&h, 99, " ", "nobody speaks of it");
	is_at(&h, 100, "apnic JP", "a file without a date is the oldest");
	is_at(&h, 109, "apnic JP", "the newer file is right");
	is_at(&h, 110, "ripencc NL", "where it says nothing, the older one is");
	is_at(&h, 112, "arin US", "a record inside of another, newer");
	is_at(&h, 113, "ripencc NL", "and behind it the outer one again");
	is_at(&h, 115, " ", "the range ends");
	is_at(&h, 200, "arin CA", "of one date, the one with a country");
	is_at(&h, 300, "lacnic ", "ZZ is no country");
	is_at(&h, 400, " ", "iana is no registry that serves holders");
	is_at(&h, 500, " ", "what is reserved is held by nobody");
	is_at(&h, UINT32_MAX, "arin US", "the last ASN");
	holdings_release(&h);
}

/* The rule, said without a sweep. */
static struct place
naive(const struct told *t, size_t n, uint32_t asn)
{
	static const char *const order[] = {"afrinic", "apnic", "arin", "lacnic", "ripencc"};
	const struct told *best = NULL;
	struct place p = {0};
	size_t i, k;

	for (i = 0; i < n; i++) {
		const struct told *x = &t[i];
		int64_t a = x->when.s, b = best != NULL ? best->when.s : 0;

		if (asn < x->d.asn_first || asn - x->d.asn_first >= x->d.asn_count)
			continue;
		if (best == NULL || a > b || (a == b && (x->d.country.len > best->d.country.len ||
		    (x->d.country.len == best->d.country.len && (span_cmp(x->d.registry, best->d.registry) < 0 ||
		    (span_eq(x->d.registry, best->d.registry) && span_cmp(x->d.country, best->d.country) < 0))))))
			best = x;
	}
	for (k = 0; best != NULL && k < 5; k++)
		if (span_is(best->d.registry, order[k]))
			p.service = (uint8_t)(k + 1);
	if (best != NULL)
		snprintf(p.country, sizeof(p.country), "%.*s", (int)best->d.country.len, best->d.country.p);
	return p;
}

static void
oracle(void)
{
	static const char *const registries[] = {"afrinic", "apnic", "arin", "lacnic", "ripencc"};
	static const char *const countries[] = {"", "DE", "NL", "US", "ZA"};
	struct told t[40];
	struct holdings h, turned;
	size_t round, i, n, wrong = 0, joined = 0;
	uint32_t asn;

	for (round = 0; round < 400; round++) {
		n = 1 + rnd(40);
		holdings_init(&h);
		holdings_init(&turned);
		for (i = 0; i < n; i++)
			t[i] = record(registries[rnd(5)], countries[rnd(5)], rnd(200), 1 + rnd(rnd(4) == 0 ? 150 : 20), 1 + (int)rnd(4));
		for (i = 0; i < n; i++) {
			add(&h, &t[i]);
			add(&turned, &t[n - 1 - i]);
		}
		holdings_seal(&h);
		holdings_seal(&turned);
		for (asn = 0; asn < 400; asn++) {
			struct place want = naive(t, n, asn), got = holdings_place(&h, asn), again = holdings_place(&turned, asn);

			wrong += !place_same(&want, &got) || !place_same(&got, &again);
		}
		for (i = 1; i < h.n; i++)
			joined += h.items[i - 1].last >= h.items[i].first || (h.items[i - 1].last + 1 == h.items[i].first &&
			    place_same(&h.items[i - 1].place, &h.items[i].place));
		holdings_release(&h);
		holdings_release(&turned);
	}
	ok(wrong == 0, "as a table that asks every record, in either order of filling: %zu wrong", wrong);
	ok(joined == 0, "disjoint, and neighbours of one place are joined");
}

int
main(void)
{
	rules();
	oracle();
	return tap_done();
}
