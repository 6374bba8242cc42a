/* decode/bgp: every attribute, well and badly formed, and cut. */
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

static void
t_blackhole(void)
{
	static const uint8_t other[] = {0xff, 0xff, 0xff, 0x01, 0x02, 0x9a, 0xff, 0xff},
	    black[] = {0, 1, 0, 2, 0xff, 0xff, 0x02, 0x9a, 0, 3, 0, 4}, across[] = {0, 0, 0xff, 0xff, 0x02, 0x9a, 0, 0};

	ok(bgp_is_blackhole(black, 12) && bgp_is_blackhole(black + 4, 4), "65535:666 among others, and alone");
	ok(!bgp_is_blackhole(other, 8) && !bgp_is_blackhole(across, 8), "other communities, and across two of them");
	ok(!bgp_is_blackhole(NULL, 0) && !bgp_is_blackhole(black + 4, 3), "none, and a part of one");
}

int
main(void)
{
	t_blackhole();
	t_cases();
	t_values();
	t_truncation();
	return tap_done();
}
