#include "tap.h"
#include "world/people.h"

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
add_asn(struct registry *r, uint32_t first, uint32_t count, enum registry_status status)
{
	struct delegated d = {.what = DELEGATED_ASN, .status = status, .asn_first = first, .asn_count = count};

	if (registry_add(r, &d) != OK)
		exit(2);
}

static void
add_v4(struct registry *r, const char *first, uint64_t count, enum registry_status status)
{
	struct delegated d = {.what = DELEGATED_V4, .status = status, .count = count};

	if (addr_parse(span_of(first), &d.first) != OK || registry_add(r, &d) != OK)
		exit(2);
}

static void
add_v6(struct registry *r, const char *prefix, enum registry_status status)
{
	struct delegated d = {.what = DELEGATED_V6, .status = status, .prefix = pfx(prefix)};

	if (registry_add(r, &d) != OK)
		exit(2);
}

static const char *
word(enum reg_answer a)
{
	return a == REG_ANSWER_UNKNOWN ? "unknown" : a == REG_ANSWER_DELEGATED ? "delegated" : "undelegated";
}

static void
test_prefixes(void)
{
	static const struct { const char *prefix, *want, *why; } t[] = {
		{"192.0.2.0/24", "delegated", "inside one range that is no power of two"},
		{"192.0.2.0/23", "delegated", "over two ranges that touch"},
		{"192.0.4.0/24", "undelegated", "available"},
		{"192.0.4.0/22", "undelegated", "available in part"},
		{"192.0.0.0/16", "undelegated", "available somewhere in it"},
		{"198.51.100.0/24", "unknown", "no file speaks of it"},
		{"192.0.0.0/22", "unknown", "no file speaks of its first half"},
		{"203.0.113.0/24", "delegated", "allocated in one file, available in another"},
		{"255.255.255.0/24", "delegated", "the end of the space"},
		{"255.255.254.0/23", "unknown", "the end of the space and what no file speaks of"},
		{"0.0.0.0/24", "undelegated", "reserved, behind a reserved ASN"},
		{"0.0.0.0/0", "undelegated", "everything"},
		{"2001:db8::/32", "delegated", "exactly the range"},
		{"2001:db8:1::/48", "delegated", "inside it"},
		{"2001:db9::/32", "undelegated", "reserved"},
		{"2001:db8::/31", "undelegated", "reserved in part"},
		{"2001:dba::/32", "unknown", "behind the last one"},
		{"::/0", "undelegated", "everything"},
		{"::ffff:192.0.4.0/120", "unknown", "an IPv4-mapped prefix is IPv6"},
	};
	struct registry r;
	size_t i;

	registry_init(&r);
	add_v4(&r, "192.0.2.0", 300, REG_ALLOCATED);
	add_v4(&r, "192.0.3.44", 212, REG_ASSIGNED);
	add_v4(&r, "192.0.4.0", 256, REG_AVAILABLE);
	add_v4(&r, "203.0.113.0", 256, REG_AVAILABLE);
	add_v4(&r, "203.0.113.0", 256, REG_ASSIGNED);
	add_v4(&r, "255.255.255.0", 256, REG_ALLOCATED);
	add_v6(&r, "2001:db8::/32", REG_ALLOCATED);
	add_v6(&r, "2001:db9::/32", REG_RESERVED);
	add_asn(&r, 4294967295u, 1, REG_RESERVED);
	add_v4(&r, "0.0.0.0", 256, REG_RESERVED);
	registry_seal(&r);
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct prefix p = pfx(t[i].prefix);

		is_str(word(registry_prefix(&r, &p)), t[i].want, "%s is %s: %s", t[i].prefix, t[i].want, t[i].why);
	}
	ok(registry_asn(&r, 4294967295u) == REG_ANSWER_UNDELEGATED, "the last ASN does not run into IPv4");
	ok(registry_asn(&r, 0) == REG_ANSWER_UNKNOWN, "ASN 0 is unknown");
	registry_release(&r);
}

/* Every ASN in a small space, in the status that the strongest range over it gives. */
static void
test_oracle(void)
{
	size_t round, wrong = 0, disjoint = 0, i;

	for (round = 0; round < 200; round++) {
		uint8_t best[64];
		struct registry r, part[2];
		uint32_t asn;

		memset(best, 0, sizeof(best));	/* 0 unknown, 1 undelegated, 2 delegated */
		registry_init(&r);
		registry_init(&part[0]);
		registry_init(&part[1]);
		for (i = 0; i < 12; i++) {
			uint32_t first = rnd(60), count = 1 + rnd(64 - first > 20 ? 20 : 64 - first), k;
			enum registry_status s = (enum registry_status)rnd(4);
			uint8_t strength = s == REG_ALLOCATED || s == REG_ASSIGNED ? 2 : 1;

			add_asn(&part[rnd(2)], first, count, s);
			for (k = first; k < first + count; k++)
				best[k] = best[k] > strength ? best[k] : strength;
		}
		if (registry_absorb(&r, &part[1]) != OK || registry_absorb(&r, &part[0]) != OK)
			exit(2);
		registry_seal(&r);
		for (asn = 0; asn < 64; asn++)
			wrong += registry_asn(&r, asn) != (best[asn] == 2 ? REG_ANSWER_DELEGATED :
			    best[asn] == 1 ? REG_ANSWER_UNDELEGATED : REG_ANSWER_UNKNOWN);
		for (i = 1; i < r.n; i++)
			disjoint += memcmp(r.ranges[i - 1].last, r.ranges[i].first, 16) >= 0;
		registry_release(&r);
		registry_release(&part[0]);
		registry_release(&part[1]);
	}
	ok(wrong == 0, "random overlapping ranges in two parts answer as an array does");
	ok(disjoint == 0, "the sealed ranges are disjoint and ascending");
}

static void
test_ends(void)
{
	struct registry r;
	struct delegated d = {.what = DELEGATED_ASN, .asn_first = 4294967290u, .asn_count = 7};
	struct prefix p = pfx("10.0.0.0/8");

	registry_init(&r);
	ok(registry_add(&r, &d) == ERR_RANGE, "a range over the end of the space is refused");
	d.asn_count = 0;
	ok(registry_add(&r, &d) == ERR_RANGE, "an empty range is refused");
	d.asn_count = 6;
	ok(registry_add(&r, &d) == OK, "a range up to the last number is not");
	registry_seal(&r);
	ok(r.n == 1 && registry_asn(&r, 4294967295u) == REG_ANSWER_DELEGATED &&
	    registry_asn(&r, 4294967289u) == REG_ANSWER_UNKNOWN, "its ends are where they were given");
	ok(registry_prefix(&r, &p) == REG_ANSWER_UNKNOWN, "ASNs say nothing of prefixes");
	registry_release(&r);
}

int
main(void)
{
	test_prefixes();
	test_oracle();
	test_ends();
	return tap_done();
}
