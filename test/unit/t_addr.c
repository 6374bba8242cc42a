/* addr: prefixes, ASNs and AS paths. */
#include "addr/asn.h"
#include "addr/aspath.h"
#include "addr/prefix.h"
#include "tap.h"

static void
test_prefix_text(void)
{
	static const struct {
		const char *in, *out;	/* out NULL: refused */
		bool host;
	} cases[] = {
	    {"192.0.2.0/24", "192.0.2.0/24", false}, {"192.0.2.1/24", "192.0.2.0/24", true},
	    {"0.0.0.0/0", "0.0.0.0/0", false}, {"1.2.3.4/32", "1.2.3.4/32", false},
	    {"1.2.3.4/33", NULL, false}, {"1.2.3.4", NULL, false}, {"1.2.3/24", NULL, false},
	    {"1.2.3.4/", NULL, false}, {"1.2.3.4/024", NULL, false}, {"/24", NULL, false},
	    {"2001:DB8::/32", "2001:db8::/32", false}, {"2001:db8::1/127", "2001:db8::/127", true},
	    {"::/0", "::/0", false}, {"::1/128", "::1/128", false}, {"::/129", NULL, false},
	    {"01.2.3.4/32", NULL, false}, {"", NULL, false},
	};
	char buf[PREFIX_TEXT];
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct prefix p = {.len = 99};
		bool host = false;
		enum err e = prefix_parse(span_of(cases[i].in), &p, &host);

		if (cases[i].out == NULL) {
			ok(e != OK && p.len == 99, "\"%s\" is refused and nothing written", cases[i].in);
			continue;
		}
		ok(e == OK && host == cases[i].host, "\"%s\" is read", cases[i].in);
		is_str(prefix_format(&p, buf), cases[i].out, "\"%s\" is printed", cases[i].in);
	}
}

static struct prefix
pfx(const char *s)
{
	struct prefix p = {0};
	bool host;

	if (prefix_parse(span_of(s), &p, &host) != OK)
		abort();
	return p;
}

static void
test_covers(void)
{
	struct prefix a = pfx("10.0.0.0/8"), b = pfx("10.1.0.0/16"), z = pfx("0.0.0.0/0"),
	    c = pfx("11.0.0.0/16"), s = pfx("2001:db8::/33"), t = pfx("2001:db8:8000::/34"),
	    v = pfx("::/0");

	ok(prefix_covers(&a, &b) && !prefix_covers(&b, &a), "/8 covers its /16, not the other way");
	ok(prefix_covers(&a, &a) && prefix_covers(&z, &a) && !prefix_covers(&a, &c), "equal, default, other");
	ok(!prefix_covers(&s, &t) && prefix_covers(&v, &t), "a bit in the middle of an octet counts");
	ok(!prefix_covers(&z, &t) && !prefix_covers(&v, &a), "families do not mix");
	ok(prefix_cmp(&a, &b) < 0 && prefix_cmp(&b, &c) < 0 && prefix_cmp(&c, &s) < 0, "order: family, address, length");
}

static void
test_prefix_wire(void)
{
	static const uint8_t wire[] = {24, 192, 0, 2, 33, 1, 2, 3, 4, 5};
	struct rd r = rd_init(wire, sizeof(wire), 0);
	bool host;
	struct prefix p = prefix_read(&r, FAMILY_V4, &host, "nlri");
	char buf[PREFIX_TEXT];
	size_t n;

	is_str(prefix_format(&p, buf), "192.0.2.0/24", "NLRI is read");
	(void)prefix_read(&r, FAMILY_V4, &host, "nlri");
	ok(r.err == ERR_RANGE && r.fail_off == 4, "/33 is out of range, at its length octet");
	for (n = 0; n < 4; n++) {
		r = rd_init(wire, n, 0);
		(void)prefix_read(&r, FAMILY_V4, &host, "nlri");
		ok(r.err == ERR_SHORT, "NLRI cut after %zu octets is short", n);
	}
}

static void
test_asn(void)
{
	static const struct { const char *in; uint32_t asn; bool good; } cases[] = {
	    {"64500", 64500, true}, {"AS64500", 64500, true}, {"as0", 0, true}, {"1.10", 65546, true},
	    {"4294967295", 4294967295u, true}, {"4294967296", 0, false}, {"AS", 0, false}, {"", 0, false},
	    {"AS1x", 0, false}, {"1.65536", 0, false}, {"1.2.3", 0, false}, {"-1", 0, false},
	};
	static const uint32_t bogon[] = {0, 23456, 64496, 64511, 64512, 65534, 65535, 65536, 65551, 65552,
	    131071, 4200000000u, 4294967294u, 4294967295u},
	    fine[] = {1, 112, 23455, 23457, 64495, 131072, 4199999999u};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint32_t v = 0;

		ok((asn_parse(span_of(cases[i].in), &v) == OK) == cases[i].good && v == cases[i].asn,
		    "ASN \"%s\"", cases[i].in);
	}
	for (i = 0; i < sizeof(bogon) / sizeof(bogon[0]); i++)
		ok(asn_bogon(bogon[i]) != NULL, "AS%u is a bogon", bogon[i]);
	for (i = 0; i < sizeof(fine) / sizeof(fine[0]); i++)
		ok(asn_bogon(fine[i]) == NULL, "AS%u is not", fine[i]);
}

#define SEG(type, n) ((uint32_t)(type) << 16 | (n))

static void
path_case(const uint32_t *w, uint32_t n, const char *text, uint32_t origin, size_t n_hops, bool set)
{
	struct aspath p = {w, n};
	struct str s = {0};
	uint32_t hops[8];
	bool stopped;

	str_adds(&s, "");
	aspath_format(p, &s);
	is_str(s.p, text, "path \"%s\" is printed", text);
	ok(aspath_origin(p) == origin, "origin of \"%s\"", text);
	ok(aspath_hops(p, hops, 8, &stopped) == n_hops && stopped == set, "hops of \"%s\"", text);
	ok(aspath_has_set(p) == (strpbrk(text, "{[") != NULL), "set in \"%s\"", text);
	str_release(&s);
}

static void
test_paths(void)
{
	static const uint32_t plain[] = {SEG(2, 4), 1, 2, 2, 3}, set[] = {SEG(2, 2), 1, 2, SEG(1, 2), 5, 6},
	    confed[] = {SEG(3, 2), 65001, 65002, SEG(2, 1), 7}, cset[] = {SEG(4, 1), 65001, SEG(2, 1), 7},
	    two[] = {SEG(2, 1), 1, SEG(2, 2), 1, 9};

	path_case(plain, 5, "1 2 2 3", 3, 3, false);
	path_case(set, 6, "1 2 {5,6}", ORIGIN_NONE, 2, true);
	path_case(confed, 5, "(65001 65002) 7", 7, 1, false);
	path_case(cset, 4, "[65001] 7", 7, 0, true);
	path_case(two, 5, "1 1 9", 9, 2, false);
	path_case(plain, 0, "", ORIGIN_NONE, 0, false);
}

int
main(void)
{
	test_prefix_text();
	test_covers();
	test_prefix_wire();
	test_asn();
	test_paths();
	return tap_done();
}
