/*
 * Who holds what by the registries' ids: against a list that is searched from end to end.
 */
#include "tap.h"
#include "base/limits.h"
#include "world/holders.h"

#include <stdio.h>

static uint64_t state = 0x9e3779b97f4a7c15;

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

static void
asns(struct holders *h, uint32_t first, uint32_t n, const char *registry, const char *id, int64_t told)
{
	const struct delegated d = {.what = DELEGATED_ASN, .status = REG_ALLOCATED, .asn_first = first, .asn_count = n,
	    .registry = span_of(registry), .opaque_id = span_of(id)};

	if (holders_add(h, &d, (struct utc){told}) != OK)
		exit(2);
}

static void
space(struct holders *h, const char *text, uint64_t n, const char *id)
{
	struct delegated d = {.what = strchr(text, ':') != NULL ? DELEGATED_V6 : DELEGATED_V4, .status = REG_ASSIGNED, .count = n,
	    .registry = SPAN("ripencc"), .opaque_id = span_of(id)};
	enum err e = d.what == DELEGATED_V4 ? addr_parse(span_of(text), &d.first) : OK;

	if (d.what == DELEGATED_V6)
		d.prefix = pfx(text);
	if (e != OK || holders_add(h, &d, (struct utc){1}) != OK)
		exit(2);
}

static enum holders_tie
tie(const struct holders *h, uint32_t asn, const char *prefix)
{
	struct prefix p = pfx(prefix);

	return holders_tie(h, holders_asn(h, asn), holders_prefix(h, &p));
}

static enum holders_tie
two(const struct holders *h, uint32_t a, uint32_t b)
{
	return holders_tie(h, holders_asn(h, a), holders_asn(h, b));
}

static void
test_holders(void)
{
	struct delegated d = {.what = DELEGATED_ASN, .status = REG_RESERVED, .asn_first = 900, .asn_count = 1, .registry =
	    SPAN("ripencc"), .opaque_id = SPAN("a")};
	struct holders h;

	holders_init(&h);
	asns(&h, 100, 1, "ripencc", "a", 5);
	asns(&h, 101, 2, "RIPENCC", "a", 5);
	asns(&h, 200, 1, "arin", "a", 5);
	asns(&h, 300, 1, "ripencc", "", 5);
	asns(&h, 400, 1, "ripencc", "b", 5);
	asns(&h, 400, 1, "ripencc", "a", 6);
	asns(&h, 500, 1, "ripencc", "b", 6);
	asns(&h, 500, 1, "ripencc", "a", 6);
	asns(&h, 1000, HOLDER_ASNS_MAX, "apnic", "large", 5);
	asns(&h, 2000, HOLDER_ASNS_MAX, "apnic", "national", 5);
	asns(&h, 5000, 1, "apnic", "national", 5);
	space(&h, "11.0.0.0", 768, "a");
	space(&h, "11.0.3.0", 256, "a");
	space(&h, "11.0.4.0", 256, "b");
	space(&h, "2a05::/29", 0, "a");
	if (holders_add(&h, &d, UTC_NONE) != OK)
		exit(2);
	holders_seal(&h);
	ok(two(&h, 100, 102) == TIE_ONE, "one id is one holder, however the registry is written");
	ok(two(&h, 100, 200) == TIE_APART, "the same id of another registry is another's");
	ok(two(&h, 100, 300) == TIE_UNKNOWN && two(&h, 300, 300) == TIE_UNKNOWN, "no id, no answer");
	ok(two(&h, 100, 99) == TIE_UNKNOWN && two(&h, 100, 900) == TIE_UNKNOWN, "not given out, no holder");
	ok(two(&h, 100, 400) == TIE_ONE, "the newest file is right");
	ok(two(&h, 100, 500) == TIE_UNKNOWN, "of one date nobody knows");
	ok(two(&h, 1000, 1001) == TIE_ONE, "a large one is one");
	ok(two(&h, 2000, 5000) == TIE_UNKNOWN, "members of a national registry need not be");
	ok(two(&h, 2000, 100) == TIE_APART, "... but are no others");
	ok(holders_wide(&h, SPAN("apnic"), SPAN("national")) && !holders_wide(&h, SPAN("apnic"), SPAN("large")), "which is which");
	ok(tie(&h, 100, "11.0.0.0/22") == TIE_ONE, "the prefix is in two records of one holder");
	ok(tie(&h, 100, "11.0.0.0/21") == TIE_UNKNOWN, "part of it is another's");
	ok(tie(&h, 100, "11.0.4.0/24") == TIE_APART && tie(&h, 100, "11.0.4.128/25") == TIE_APART, "all of it is");
	ok(tie(&h, 100, "2a05:7::/32") == TIE_ONE && tie(&h, 100, "2a05::1/128") == TIE_ONE, "IPv6, however long");
	ok(tie(&h, 100, "2a04::/16") == TIE_UNKNOWN && tie(&h, 100, "::/0") == TIE_UNKNOWN, "... and however short");
	holders_release(&h);
}

/* --- the oracle --- */

struct told { uint32_t first, last; int64_t told; char id; };

/* The one id of the newest that speak of it; 0: none, or several. */
static char
oracle(const struct told *t, size_t n, uint32_t asn)
{
	int64_t newest = -1;
	char id = 0;
	size_t i;

	for (i = 0; i < n; i++)
		if (t[i].first <= asn && asn <= t[i].last && t[i].told >= newest) {
			id = t[i].told > newest || id == t[i].id ? t[i].id : '?';
			newest = t[i].told;
		}
	return id == '?' ? 0 : id;
}

static void
test_oracle(void)
{
	unsigned round, wrong = 0, known = 0, joined = 0;

	for (round = 0; round < 400; round++) {
		struct told t[24];
		struct holders h, other;
		size_t n = 1 + rnd(24), i;
		uint32_t a, b;

		holders_init(&h);
		holders_init(&other);
		for (i = 0; i < n; i++) {
			char id[2] = {(char)('a' + rnd(3)), 0};

			t[i].first = 1 + rnd(40);
			t[i].last = t[i].first + rnd(12);
			t[i].told = rnd(3);
			t[i].id = id[0];
			asns(i % 2 == 0 ? &h : &other, t[i].first, t[i].last - t[i].first + 1, "arin", id, t[i].told);
		}
		if (holders_absorb(&h, &other) != OK)
			exit(2);
		holders_seal(&h);
		for (a = 0; a < 56; a++)
			for (b = 0; b < 56; b++) {
				char x = oracle(t, n, a), y = oracle(t, n, b);
				enum holders_tie want = x == 0 || y == 0 ? TIE_UNKNOWN : x == y ? TIE_ONE : TIE_APART;

				wrong += two(&h, a, b) != want;
				known += want != TIE_UNKNOWN;
				joined += want == TIE_ONE;
			}
		holders_release(&h);
		holders_release(&other);
	}
	ok(wrong == 0 && known > 100000 && joined > 50000 && joined < known, "%u of 1254400 pairs are wrong; %u known, %u joined",
	    wrong, known, joined);
}

int
main(void)
{
	test_holders();
	test_oracle();
	return tap_done();
}
