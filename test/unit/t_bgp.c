/* decode/bgp: every attribute, well and badly formed; AS4_PATH; lists of NLRI. */
#include "addr/aspath.h"
#include "base/str.h"
#include "decode/bgp.h"
#include "mrt_build.h"
#include "tap.h"

struct answer {
	struct bgp_attrs a;
	struct diags d;
	enum err e;
};

static void
decode(const struct bytes *in, enum bgp_context ctx, unsigned as_size, struct answer *out)
{
	struct rd r = rd_init(in->b, in->n, 1000);

	memset(out, 0, sizeof(*out));
	out->e = bgp_attrs_decode(&r, ctx, as_size, 7, &out->d, &out->a);
}

enum verdict { GOOD, NOTE, SKIPPED, MALFORMED, BROKEN };

/* What the decoder made of the block, in RFC 7606's terms. */
static enum verdict
verdict(const struct answer *x)
{
	if (x->e != OK)
		return BROKEN;
	if (x->a.malformed)
		return MALFORMED;
	if (x->d.n_level[DIAG_SKIP_FIELD] > 0)
		return SKIPPED;
	return x->d.n_level[DIAG_NOTE] > 0 ? NOTE : GOOD;
}

static const struct {
	const char *name, *hex;
	enum bgp_context ctx;
	unsigned as_size;
	enum verdict want;
	const char *diag;	/* of the first one; NULL when there is none */
} cases[] = {
    {"no attribute at all", "", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"ORIGIN IGP", "40 01 01 00", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"ORIGIN INCOMPLETE", "40 01 01 02", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"ORIGIN 3", "40 01 01 03", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: origin: out of range [RFC 7606 7.1]"},
    {"ORIGIN without a value", "40 01 00", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: origin: out of range [RFC 7606 7.1]"},
    {"ORIGIN of two octets", "40 01 02 00 00", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: origin: out of range [RFC 7606 7.1]"},
    {"a length of two octets", "50 01 00 01 00", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"ORIGIN twice: the first one counts", "40 01 01 00 40 01 01 02", BGP_IN_UPDATE, 4, SKIPPED,
	"record 7 @1007: origin: contradicts itself [RFC 7606 3 (g)]"},
    {"ORIGIN flagged optional by a peer", "c0 01 01 00", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: origin: contradicts itself [RFC 7606 3 (c)]"},
    {"ORIGIN flagged optional by a table's writer", "c0 01 01 00", BGP_IN_RIB_V2, 4, NOTE,
	"record 7 @1003: attr.flags: contradicts itself [RFC 4271 4.3]"},
    {"an empty AS_PATH", "40 02 00", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"AS_PATH of four octets each", "40 02 0a 02 02 0000fdf2 0000fbf4", BGP_IN_RIB_V2, 4, GOOD,
	NULL},
    {"AS_PATH of two octets each", "40 02 06 02 02 fdf2 fbf4", BGP_IN_UPDATE, 2, GOOD, NULL},
    {"two-octet ASNs where four are due are not read a second way",
	"40 02 06 02 02 fdf2 fbf4", BGP_IN_RIB_V2, 4, MALFORMED,
	"record 7 @1005: as_path.segment: input ends early [RFC 7606 7.2]"},
    {"four-octet ASNs where two are due are not read a second way",
	"40 02 0a 02 02 0000fdf2 0000fbf4", BGP_IN_UPDATE, 2, MALFORMED,
	"record 7 @1009: as_path.segment: out of range [RFC 7606 7.2]"},
    {"a segment of type 0", "40 02 06 00 01 0000fdf2", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: as_path.segment: out of range [RFC 7606 7.2]"},
    {"a segment of type 5", "40 02 06 05 01 0000fdf2", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: as_path.segment: out of range [RFC 7606 7.2]"},
    {"an empty segment", "40 02 02 02 00", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: as_path.segment: out of range [RFC 7606 7.2]"},
    {"a segment head cut in two", "40 02 01 02", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1004: as_path.segment: input ends early [RFC 7606 7.2]"},
    {"confederation segments", "40 02 0c 03 01 0000fdf2 04 01 0000fdf3", BGP_IN_UPDATE, 4, GOOD,
	NULL},
    {"NEXT_HOP", "40 03 04 c6336401", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"NEXT_HOP of three octets", "40 03 03 c63364", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: next_hop: out of range [RFC 7606 7.3]"},
    {"MED and LOCAL_PREF", "80 04 04 0000000a 40 05 04 00000064", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"MED of five octets", "80 04 05 0000000a00", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: med: out of range [RFC 7606 7.4]"},
    {"ATOMIC_AGGREGATE", "40 06 00", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"ATOMIC_AGGREGATE with a value", "40 06 01 00", BGP_IN_UPDATE, 4, SKIPPED,
	"record 7 @1003: atomic_aggregate: out of range [RFC 7606 7.6]"},
    {"AGGREGATOR, four octets", "c0 07 08 0000fbf4 c0000201", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"AGGREGATOR, two octets", "c0 07 06 fbf4 c0000201", BGP_IN_UPDATE, 2, GOOD, NULL},
    {"AGGREGATOR of the other kind", "c0 07 08 0000fbf4 c0000201", BGP_IN_RIB_V1, 2, SKIPPED,
	"record 7 @1003: aggregator: out of range [RFC 7606 7.7]"},
    {"COMMUNITIES", "c0 08 08 fbf40001 ffffff01", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"COMMUNITIES of five octets", "c0 08 05 fbf4000100", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: communities: out of range [RFC 7606 7.8]"},
    {"no COMMUNITIES in COMMUNITIES", "c0 08 00", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: communities: out of range [RFC 7606 7.8]"},
    {"ORIGINATOR_ID and CLUSTER_LIST", "80 09 04 c0000201 80 0a 08 c0000201 c0000202",
	BGP_IN_UPDATE, 4, GOOD, NULL},
    {"EXTENDED COMMUNITIES", "c0 10 08 0002fbf400000001", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"half an extended community", "c0 10 04 0002fbf4", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: ext_communities: out of range [RFC 7606 7.14]"},
    {"LARGE_COMMUNITY", "c0 20 0c 0000fbf4 00000001 00000002", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"two thirds of a large community", "c0 20 08 0000fbf4 00000001", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: large_communities: out of range [RFC 8092 6]"},
    {"OTC", "c0 23 04 0000fbf4", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"OTC of three octets", "c0 23 03 00fbf4", BGP_IN_UPDATE, 4, MALFORMED,
	"record 7 @1003: otc: out of range [RFC 9234 5]"},
    {"AS4_PATH between four-octet speakers", "c0 11 06 02 01 0000fbf4", BGP_IN_UPDATE, 4, SKIPPED,
	"record 7 @1003: as4_path: contradicts itself [RFC 6793 6]"},
    {"a broken AS4_PATH costs only itself", "c0 11 06 02 02 0000fbf4", BGP_IN_UPDATE, 2, SKIPPED,
	"record 7 @1005: as4_path.segment: input ends early [RFC 6793 6]"},
    {"an optional attribute that nobody knows", "c0 fe 02 0102", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"a well-known attribute that nobody knows", "40 fe 02 0102", BGP_IN_UPDATE, 4, NOTE,
	"record 7 @1003: attr.type: not recognised [RFC 4271 6.3]"},
    {"an attribute longer than its block", "40 01 01 00 40 02 0a 02 02 0000fdf2", BGP_IN_UPDATE,
	4, BROKEN, "record 7 @1007: attr.value: input ends early [RFC 7606 4]"},
    {"half an attribute head", "40 01 01 00 40", BGP_IN_UPDATE, 4, BROKEN,
	"record 7 @1005: attr.type: input ends early [RFC 7606 4]"},
    {"MP_REACH in full", "80 0e 1a 0002 01 10 20010db8000000000000000000000001 00 20 20010db8",
	BGP_IN_UPDATE, 4, GOOD, NULL},
    {"MP_REACH with a link-local next hop as well", "80 0e 25 0002 01 20"
	"20010db8000000000000000000000001 fe800000000000000000000000000001 00", BGP_IN_UPDATE, 4,
	GOOD, NULL},
    {"MP_REACH abbreviated, as tables have it", "80 0e 11 10 20010db8000000000000000000000001",
	BGP_IN_RIB_V2, 4, GOOD, NULL},
    {"MP_REACH in full in a table", "80 0e 1a 0002 01 10 20010db8000000000000000000000001 00"
	"20 20010db8", BGP_IN_RIB_V2, 4, GOOD, NULL},
    {"MP_REACH abbreviated where it must not be", "80 0e 11 10"
	"20010db8000000000000000000000001", BGP_IN_UPDATE, 4, BROKEN,
	"record 7 @1020: mp_reach.reserved: input ends early [RFC 7606 7.11]"},
    {"MP_REACH with a next hop of five octets", "80 0e 0a 0001 01 05 c633640100 00", BGP_IN_UPDATE,
	4, BROKEN, "record 7 @1013: mp_reach.next_hop: out of range [RFC 7606 7.11]"},
    {"MP_REACH of a VPN, whose next hop is not ours to judge",
	"80 0e 11 0001 80 0c 0000000000000000c6336401 00", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"MP_REACH twice", "80 0e 11 10 20010db8000000000000000000000001"
	"80 0e 11 10 20010db8000000000000000000000001", BGP_IN_RIB_V2, 4, BROKEN,
	"record 7 @1023: mp_reach: contradicts itself [RFC 7606 3 (g)]"},
    {"MP_UNREACH", "80 0f 08 0002 01 20 20010db8", BGP_IN_UPDATE, 4, GOOD, NULL},
    {"MP_UNREACH without a family", "80 0f 02 0002", BGP_IN_UPDATE, 4, BROKEN,
	"record 7 @1003: mp_unreach: out of range [RFC 7606 7.12]"},
};

static void
t_cases(void)
{
	static struct bytes in;
	struct answer x;
	char text[256];
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		in.n = 0;
		put_hex(&in, cases[i].hex);
		decode(&in, cases[i].ctx, cases[i].as_size, &x);
		ok(verdict(&x) == cases[i].want, "%s: is graded as it should", cases[i].name);
		is_str(x.d.n_kept > 0 ? diag_format(&x.d.kept[0], text, sizeof(text)) : "",
		    cases[i].diag != NULL ? cases[i].diag : "", "%s: is told so", cases[i].name);
		diags_release(&x.d);
	}
}

static const char all_attrs[] =
    "40 01 01 01 40 02 06 02 01 0000fbf4 40 03 04 c6336401 80 04 04 0000000a 40 05 04 00000064"
    "40 06 00 c0 07 08 0000fbf5 c0000201 c0 08 04 fbf40001 80 09 04 0a000001"
    "80 0a 04 0a000002 80 0e 1a 0002 01 10 20010db8000000000000000000000001 00 20 20010db8"
    "80 0f 08 0002 01 20 20010db9 c0 10 08 0002fbf400000001"
    "c0 20 0c 0000fbf4 00000001 00000002 c0 23 04 0000fbf6";

static void
t_values(void)
{
	static struct bytes in;
	struct answer x;
	char text[PREFIX_TEXT];

	in.n = 0;
	put_hex(&in, all_attrs);
	decode(&in, BGP_IN_UPDATE, 4, &x);
	ok(x.e == OK && !x.a.malformed && diags_total(&x.d) == 0, "all attributes are good");
	ok(x.a.origin == 1 && x.a.med == 10 && x.a.local_pref == 100, "the numbers are read");
	ok(x.a.aggregator_as == 64501 && x.a.otc == 64502 && x.a.originator_id == 0x0a000001,
	    "the ASNs and identifiers are read");
	is_str(addr_format(&x.a.next_hop, text), "198.51.100.1", "NEXT_HOP stays beside MP_REACH");
	is_str(addr_format(&x.a.mp_next_hop, text), "2001:db8::1", "the next hop of MP_REACH is read");
	ok(x.a.mp_nlri.len == 5 && x.a.mp_reach_afi == 2 && x.a.mp_reach_safi == 1,
	    "the NLRI of MP_REACH are a window");
	ok(x.a.mp_withdrawn.len == 5 && x.a.mp_unreach_afi == 2 && x.a.mp_withdrawn.p[4] == 0xb9,
	    "the NLRI of MP_UNREACH are a window");
	ok(x.a.communities.len == 4 && x.a.ext_communities.len == 8 &&
	    x.a.large_communities.len == 12 && x.a.cluster_list.len == 4, "lists are windows");
	ok(x.a.communities.base == 1000 + (uint64_t)(x.a.communities.p - in.b),
	    "a window knows where it stood");
	ok(x.a.block.len == in.n && x.a.block.p == in.b, "the whole block is a window");
	in.n = 0;
	put_hex(&in, "80 0e 11 10 20010db8000000000000000000000001");
	decode(&in, BGP_IN_RIB_V2, 4, &x);
	is_str(addr_format(&x.a.next_hop, text), "2001:db8::1",
	    "without NEXT_HOP the next hop is that of MP_REACH");
}

/* Cut anywhere but between two attributes the block is broken, and says so. */
static void
t_truncation(void)
{
	static struct bytes in;
	struct answer x;
	size_t cut, whole, edge = 0, wrong = 0;

	in.n = 0;
	put_hex(&in, all_attrs);
	whole = in.n;
	for (cut = 0; cut < whole; cut++) {
		bool boundary = cut == edge;

		if (boundary)
			edge += 3u + in.b[edge + 2];
		in.n = cut;
		decode(&in, BGP_IN_UPDATE, 4, &x);
		wrong += boundary != (x.e == OK) || boundary != (diags_total(&x.d) == 0);
		diags_release(&x.d);
	}
	ok(wrong == 0, "each of %zu cuts of a block is seen", whole);
}

static const struct {
	const char *name, *hex;
	unsigned as_size;
	const char *want;
} paths[] = {
    {"four octets", "40 02 14 02 02 00010000 0000fbf4 01 02 00000001 00000002", 4,
	"65536 64500 {1,2}"},
    {"two octets", "40 02 06 02 02 0001 0002", 2, "1 2"},
    {"neighbouring sequences are one", "40 02 08 02 01 0001 02 01 0002", 2, "1 2"},
    {"neighbouring sets stay two", "40 02 08 01 01 0001 01 01 0002", 2, "{1} {2}"},
    {"AS4_PATH takes the place of the tail", "40 02 08 02 03 0001 5ba0 0003"
	"c0 11 0a 02 02 000186a0 00000003", 2, "1 100000 3"},
    {"AS4_PATH as long as AS_PATH takes its place", "40 02 06 02 02 5ba0 5ba0"
	"c0 11 0a 02 02 000186a0 000186a1", 2, "100000 100001"},
    {"a longer AS4_PATH is ignored", "40 02 04 02 01 0001"
	"c0 11 0a 02 02 000186a0 00000003", 2, "1"},
    {"a set counts as one AS", "40 02 0c 02 02 0001 5ba0 01 02 0003 0004"
	"c0 11 10 02 01 000186a0 01 02 00000003 00000004", 2, "1 100000 {3,4}"},
    {"leading confederation segments are kept", "40 02 0a 03 01 ff00 02 02 0001 5ba0"
	"c0 11 0a 02 02 00000001 000186a0", 2, "(65280) 1 100000"},
    {"confederation segments of AS4_PATH are not", "40 02 06 02 02 0001 5ba0"
	"c0 11 0c 03 01 00000009 02 01 000186a0", 2, "1 100000"},
    {"an AGGREGATOR that is not AS_TRANS makes AS4_PATH stale", "40 02 04 02 01 5ba0"
	"c0 07 06 0005 c0000201 c0 11 06 02 01 000186a0 c0 12 08 000186a0 c0000201", 2, "23456"},
    {"an AGGREGATOR of AS_TRANS does not", "40 02 04 02 01 5ba0"
	"c0 07 06 5ba0 c0000201 c0 11 06 02 01 000186a0 c0 12 08 000186a0 c0000201", 2, "100000"},
    {"no AS_PATH, no path", "c0 11 06 02 01 000186a0", 2, ""},
};

static void
t_paths(void)
{
	static struct bytes in;
	static uint32_t words[BGP_PATH_WORDS_MAX];
	struct answer x;
	struct str s = {0};
	size_t i, n;

	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		in.n = 0;
		put_hex(&in, paths[i].hex);
		decode(&in, BGP_IN_UPDATE, paths[i].as_size, &x);
		str_clear(&s);
		str_adds(&s, "");
		n = bgp_path_words(&x.a, words, BGP_PATH_WORDS_MAX);
		aspath_format((struct aspath){words, (uint32_t)n}, &s);
		is_str(s.p, paths[i].want, "path: %s", paths[i].name);
	}
	ok(x.a.aggregator_as == 0, "no aggregator is invented");
	in.n = 0;
	put_hex(&in, paths[11].hex);
	decode(&in, BGP_IN_UPDATE, 2, &x);
	ok(x.a.aggregator_as == 100000, "AS4_AGGREGATOR takes the place of AS_TRANS");
	words[1] = 77;
	ok(bgp_path_words(&x.a, words, 1) == 2 && words[1] == 77,
	    "what does not fit is counted, not written");
	str_release(&s);
}

/* A path of n ASes in segments of 255. */
static void
long_path(struct bytes *in, uint32_t n)
{
	uint32_t left = n, k;
	size_t at;

	in->n = 0;
	put_hex(in, "50 02");
	at = len16_open(in);
	for (; left > 0; left -= k) {
		uint32_t i;

		k = left < 255 ? left : 255;
		put8(in, 2);
		put8(in, k);
		for (i = 0; i < k; i++)
			put32(in, 64500);
	}
	len16_close(in, at);
}

static void
t_limits(void)
{
	static struct bytes in;
	static uint32_t words[BGP_PATH_WORDS_MAX];
	struct answer x;

	long_path(&in, AS_PATH_HOPS_MAX);
	decode(&in, BGP_IN_UPDATE, 4, &x);
	ok(!x.a.malformed && bgp_path_words(&x.a, words, BGP_PATH_WORDS_MAX) == AS_PATH_HOPS_MAX + 1,
	    "the longest path allowed is read");
	long_path(&in, AS_PATH_HOPS_MAX + 1);
	decode(&in, BGP_IN_UPDATE, 4, &x);
	ok(x.a.malformed && x.d.kept[0].err == ERR_LIMIT, "one AS more is over the limit, by name");
	diags_release(&x.d);
}

struct seen {
	size_t n;
	char last[PREFIX_TEXT];
	uint32_t id;
};

static void
see(void *arg, const struct prefix *p, uint32_t id)
{
	struct seen *s = arg;

	s->n++;
	s->id = id;
	prefix_format(p, s->last);
}

static const struct {
	const char *hex;
	unsigned family;
	bool addpath;
	enum err want;
	size_t n;
	const char *last;
	uint32_t id;
} lists[] = {
    {"", FAMILY_V4, false, OK, 0, "", 0},
    {"00", FAMILY_V4, false, OK, 1, "0.0.0.0/0", 0},
    {"08 0a 18 c63364", FAMILY_V4, false, OK, 2, "198.51.100.0/24", 0},
    {"20 c6336401", FAMILY_V4, false, OK, 1, "198.51.100.1/32", 0},
    {"21 c633640100", FAMILY_V4, false, ERR_RANGE, 0, "", 0},
    {"08 0a 18 c633", FAMILY_V4, false, ERR_SHORT, 1, "10.0.0.0/8", 0},
    {"11 c633ff", FAMILY_V4, false, OK, 1, "198.51.128.0/17", 0},
    {"00000005 08 0a", FAMILY_V4, true, OK, 1, "10.0.0.0/8", 5},
    {"000005", FAMILY_V4, true, ERR_SHORT, 0, "", 0},
    {"80 20010db8000000000000000000000001", FAMILY_V6, false, OK, 1, "2001:db8::1/128", 0},
    {"81 20010db800000000000000000000000100", FAMILY_V6, false, ERR_RANGE, 0, "", 0},
};

static void
t_nlri(void)
{
	static struct bytes in;
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct bgp_win w = {in.b, 0, 50};
		struct seen s = {0};
		struct diags d = {0};
		struct rd fail;
		enum err e;

		in.n = 0;
		put_hex(&in, lists[i].hex);
		w.len = (uint32_t)in.n;
		e = bgp_nlri_each(w, lists[i].family, lists[i].addpath, 7, &d, see, &s);
		ok(e == lists[i].want && s.n == lists[i].n && s.id == lists[i].id &&
		    strcmp(s.last, lists[i].last) == 0, "NLRI \"%s\" are read", lists[i].hex);
		ok((e == OK) == (d.n_level[DIAG_SKIP_RECORD] == 0), "and told of when broken");
		ok(bgp_nlri_check(w, lists[i].family, lists[i].addpath, "x", &fail) == e,
		    "and the check agrees");
		diags_release(&d);
	}
}

int
main(void)
{
	t_cases();
	t_values();
	t_truncation();
	t_paths();
	t_limits();
	t_nlri();
	return tap_done();
}
