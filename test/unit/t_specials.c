#include "tap.h"
#include "source/source.h"
#include "world/people.h"

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

/* Prefix, and the RFC that bars it; NULL when it may be routed. */
static const struct { const char *prefix, *rfc; } table[] = {
	{"0.0.0.0/8", "RFC 791"}, {"0.1.2.0/24", "RFC 791"},
	{"10.0.0.0/8", "RFC 1918"}, {"10.255.255.255/32", "RFC 1918"}, {"11.0.0.0/8", NULL}, {"9.0.0.0/8", NULL},
	{"100.64.0.0/10", "RFC 6598"}, {"100.127.255.0/24", "RFC 6598"}, {"100.128.0.0/9", NULL},
	{"100.0.0.0/10", NULL}, {"100.0.0.0/9", NULL},
	{"127.0.0.0/8", "RFC 1122"}, {"127.0.0.1/32", "RFC 1122"},
	{"169.254.0.0/16", "RFC 3927"}, {"169.253.0.0/16", NULL}, {"169.255.0.0/16", NULL},
	{"172.16.0.0/12", "RFC 1918"}, {"172.31.255.0/24", "RFC 1918"}, {"172.32.0.0/12", NULL},
	{"192.0.0.0/24", "RFC 6890"}, {"192.0.0.8/32", "RFC 6890"}, {"192.0.0.9/32", NULL},
	{"192.0.0.10/32", NULL}, {"192.0.0.11/32", "RFC 6890"}, {"192.0.0.8/31", "RFC 6890"},
	{"192.0.1.0/24", NULL}, {"192.0.2.0/24", "RFC 5737"}, {"192.0.2.128/25", "RFC 5737"},
	{"192.0.0.0/22", NULL}, {"192.168.0.0/16", "RFC 1918"}, {"192.168.1.0/24", "RFC 1918"},
	{"192.88.99.0/24", "RFC 7526"}, {"192.88.98.0/24", NULL},
	{"192.31.196.0/24", NULL}, {"192.52.193.0/24", NULL}, {"192.175.48.0/24", NULL},
	{"198.18.0.0/15", "RFC 2544"}, {"198.19.255.0/24", "RFC 2544"}, {"198.20.0.0/15", NULL},
	{"198.51.100.0/24", "RFC 5737"}, {"203.0.113.0/24", "RFC 5737"}, {"203.0.112.0/24", NULL},
	{"224.0.0.0/4", "RFC 5771"}, {"239.255.255.0/24", "RFC 5771"}, {"223.255.255.0/24", NULL},
	{"240.0.0.0/4", "RFC 1112"}, {"255.255.255.0/24", "RFC 1112"}, {"255.255.255.255/32", "RFC 8190"},
	{"0.0.0.0/0", NULL}, {"8.8.8.0/24", NULL}, {"1.1.1.0/24", NULL},
	{"::/0", NULL}, {"::/1", NULL}, {"::/2", NULL}, {"::/3", "RFC 4291"}, {"8000::/1", "RFC 4291"},
	{"::1/128", "RFC 4291"}, {"::/8", "RFC 4291"}, {"4000::/3", "RFC 4291"}, {"1fff::/16", "RFC 4291"},
	{"2000::/3", NULL}, {"2000::/16", NULL}, {"3ffe::/16", NULL}, {"2a00::/12", NULL},
	{"64:ff9b::/96", NULL}, {"64:ff9b:1::/48", "RFC 8215"}, {"64:ff9b::/95", "RFC 4291"},
	{"100::/64", "RFC 6666"}, {"100::1/128", "RFC 6666"},
	{"2001::/23", "RFC 2928"}, {"2001::/32", "RFC 4380"}, {"2001:0:1::/48", "RFC 4380"},
	{"2001:1::/32", "RFC 2928"}, {"2001:1::1/128", NULL}, {"2001:1::2/128", NULL}, {"2001:1::3/128", NULL},
	{"2001:1::4/128", "RFC 2928"}, {"2001:2::/48", "RFC 5180"}, {"2001:2:1::/48", "RFC 2928"},
	{"2001:3::/32", NULL}, {"2001:3:1::/48", NULL}, {"2001:4:112::/48", NULL}, {"2001:4:113::/48", "RFC 2928"},
	{"2001:10::/28", "RFC 4843"}, {"2001:20::/28", NULL}, {"2001:30::/28", NULL}, {"2001:200::/23", NULL},
	{"2001:db8::/32", "RFC 3849"}, {"2001:db8:ffff::/48", "RFC 3849"}, {"2001:db9::/32", NULL},
	{"2002::/16", "RFC 3056"}, {"2002:c000:204::/48", "RFC 3056"}, {"2620:4f:8000::/48", NULL},
	{"3fff::/20", "RFC 9637"}, {"3fff:fff::/32", "RFC 9637"}, {"3fff:1000::/20", NULL},
	{"5f00::/16", "RFC 9602"}, {"fc00::/7", "RFC 4193"}, {"fd00::/8", "RFC 4193"},
	{"fe80::/10", "RFC 4291"}, {"fec0::/10", "RFC 4291"}, {"ff00::/8", "RFC 4291"}, {"ff02::1/128", "RFC 4291"},
};

static void
test_builtin(void)
{
	struct specials s;
	size_t i;

	specials_init(&s);
	specials_seal(&s);
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct prefix p = pfx(table[i].prefix);
		const struct special *b = specials_bogon(&s, &p);

		is_str(b != NULL ? b->rfc : "may be routed", table[i].rfc != NULL ? table[i].rfc : "may be routed",
		    "%s: %s", table[i].prefix, table[i].rfc != NULL ? table[i].rfc : "may be routed");
	}
	specials_release(&s);
}

static enum err
on_special(void *arg, const struct iana_special *e)
{
	return specials_add(arg, e);
}

/* The registries as published give the same answers as the built-in list. */
static void
test_published(void)
{
	static const char *const file[] = {"iana-ipv4-special-registry-1.csv", "iana-ipv6-special-registry-1.csv"};
	struct specials s;
	size_t i, differ = 0;

	if (shared_data() == NULL) {
		skip("no ../shared/data");
		return;
	}
	specials_init(&s);
	for (i = 0; i < 2; i++) {
		char path[4096];
		struct source *src;
		struct source_sum sum;
		struct diags d = {0};

		snprintf(path, sizeof(path), "%s/registry/%s", shared_data(), file[i]);
		if (source_open(path, &src) != OK || iana_special_decode(source_feed(src), on_special, &s, &d) != OK ||
		    source_close(src, &sum) != OK)
			exit(2);
		diags_release(&d);
	}
	ok(s.from_file[FAMILY_V4] && s.from_file[FAMILY_V6], "the published registries replace the list");
	specials_seal(&s);
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct prefix p = pfx(table[i].prefix);

		if ((specials_bogon(&s, &p) != NULL) == (table[i].rfc != NULL))
			continue;
		printf("# %s\n", table[i].prefix);
		differ++;
	}
	ok(differ == 0, "and say the same of every prefix in the table");
	specials_release(&s);
}

static void
test_replace(void)
{
	struct specials a, b;
	struct iana_special e = {.prefix = pfx("8.8.8.0/24"), .name = SPAN("Test"), .rfc = SPAN("RFC 0")};
	struct prefix ten = pfx("10.0.0.0/8"), ula = pfx("fc00::/7"), multicast = pfx("224.0.0.0/4"),
	    eight = pfx("8.8.8.0/24"), nine = pfx("9.9.9.0/24");

	specials_init(&a);
	specials_init(&b);
	ok(specials_add(&a, &e) == OK, "a block can be added");
	e.prefix = nine;
	e.reachable = e.terminated = true;
	ok(specials_add(&b, &e) == OK && specials_absorb(&a, &b) == OK, "and tables joined");
	specials_seal(&a);
	ok(specials_bogon(&a, &eight) != NULL, "a file's block is in force");
	ok(specials_bogon(&a, &nine) != NULL, "a terminated one, too: nobody has got its space");
	ok(specials_bogon(&a, &ten) == NULL, "a file replaces the built-in list of its family");
	ok(specials_bogon(&a, &ula) != NULL, "and not that of the other one");
	ok(specials_bogon(&a, &multicast) != NULL, "multicast is not in the registry and always barred");
	specials_release(&a);
	specials_release(&b);
}

int
main(void)
{
	test_builtin();
	test_published();
	test_replace();
	return tap_done();
}
