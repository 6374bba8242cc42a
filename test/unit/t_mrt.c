/* decode/mrt: hand-made records of every kind, cut everywhere; streams that break. */
#include "mrt_build.h"
#include "mrt_trace.h"
#include "tap.h"

#define PEERS "c0000201 0001 56 0002  02 c0000202 c6336401 0000fdf2" \
	"01 c0000203 20010db8000000000000000000000002 fdf3"
#define ATTRS "001c 40010100 40020e 0203 0000fdf2 0000fdfc 0000fbf4 400304 c6336401"
#define BGP4 "fdf2 fdf3 0000 0001 c6336401 c6336402"
#define BGP4_AS4 "0000fdf2 0000fdf3 0000 0001 c6336401 c6336402"
#define ONES "ffffffffffffffffffffffffffffffff"
#define UPDATE4 ONES "0032 02 0004 18 c63365 0014 40010100 40020602 01 0000fdf2 400304 c6336401" \
	"10 c612 "

static const struct {
	const char *name;
	unsigned type, subtype;
	const char *hex, *want, *diag;
} records[] = {
    {"a RIB record", 13, 2, "00000000 18 cb0071 0001 0000 6553f100" ATTRS,
	"5 rib 203.0.113.0/24 n=1\n entry 0 198.51.100.1/65010 id=0 words=4\n end\n", ""},
    {"a RIB record of no entries", 13, 2, "00000000 18 cb0071 0000",
	"5 rib 203.0.113.0/24 n=0\n end\n", ""},
    {"a multicast RIB record of IPv6", 13, 5, "00000000 20 20010db8 0001 0001 6553f100" ATTRS,
	"5 rib 2001:db8::/32 n=1 multicast\n entry 1 2001:db8::2/65011 id=0 words=4\n end\n", ""},
    {"an ADD-PATH RIB record", 13, 8, "00000000 18 cb0071 0002 0000 6553f100 00000007" ATTRS
	"0000 6553f100 00000008" ATTRS,
	"5 rib 203.0.113.0/24 n=2 addpath\n entry 0 198.51.100.1/65010 id=7 words=4\n"
	" entry 0 198.51.100.1/65010 id=8 words=4\n end\n", ""},
    {"a generic RIB record", 13, 6, "00000000 0002 01 20 20010db8 0001 0000 6553f100" ATTRS,
	"5 rib 2001:db8::/32 n=1\n entry 0 198.51.100.1/65010 id=0 words=4\n end\n", ""},
    {"a generic ADD-PATH RIB record, its identifier before the prefix", 13, 12,
	"00000000 0001 02 00000009 18 cb0071 0001 0000 6553f100" ATTRS,
	"5 rib 203.0.113.0/24 n=1 addpath multicast\n"
	" entry 0 198.51.100.1/65010 id=9 words=4\n end\n", ""},
    {"a RIB record of a VPN", 13, 6, "00000000 0001 80 00 0000", "", ""},
    {"a GEO_PEER_TABLE", 13, 7, "00", "", ""},
    {"an entry with no attributes", 13, 2, "00000000 00 0001 0000 6553f100 0000",
	"5 rib 0.0.0.0/0 n=1\n entry 0 198.51.100.1/65010 id=0 words=0\n end\n",
	"record 2 @84: rib.attrs: input ends early [RFC 6396 4.3.4]"},
    {"an entry without AS_PATH", 13, 2, "00000000 00 0001 0000 6553f100 0004 40010100",
	"5 rib 0.0.0.0/0 n=1\n entry 0 198.51.100.1/65010 id=0 malformed words=0\n end\n",
	"record 2 @84: as_path: input ends early [RFC 7606 3 (d)]"},
    {"a bad entry beside a good one", 13, 2, "00000000 18 cb0071 0002 0000 6553f100"
	"0004 40010200 0001 6553f100" ATTRS,
	"5 rib 203.0.113.0/24 n=2\n entry 0 198.51.100.1/65010 id=0 malformed words=0\n"
	" entry 1 2001:db8::2/65011 id=0 words=4\n end\n",
	"record 2 @90: attr.value: input ends early [RFC 7606 4]"},
    {"a prefix with host bits", 13, 2, "00000000 17 cb0071 0000",
	"5 rib 203.0.112.0/23 n=0\n end\n",
	"record 2 @73: rib.prefix: contradicts itself [RFC 4271 4.3]"},
    {"a prefix of 33 bits", 13, 2, "00000000 21 cb00710000 0000", "",
	"record 2 @73: rib.prefix_len: out of range [RFC 6396 4.3.4]"},
    {"a count that the record cannot hold", 13, 2, "00000000 00 ffff 0000 6553f100 0000", "",
	"record 2 @76: rib.count: count larger than the bytes that hold it [RFC 6396 4.3.4]"},
    {"a peer that is not in the index", 13, 2, "00000000 00 0001 0002 6553f100 0000", "",
	"record 2 @76: rib.peer_index: out of range [RFC 6396 4.3.4]"},
    {"bytes behind the last entry", 13, 2, "00000000 00 0000 00", "",
	"record 2 @76: rib: bytes left over [RFC 6396 4.3.4]"},
    {"TABLE_DUMP", 12, 1, "0000 0001 cb007100 18 01 6553f100 c6336401 fdf2 0014"
	"40010100 400206 0202 fdf2 fbf4 400304 c6336401",
	"5 rib 203.0.113.0/24 n=1\n entry 0 198.51.100.1/65010 id=0 words=3\n end\n", ""},
    {"TABLE_DUMP of IPv6", 12, 2, "0000 0001 20010db8000000000000000000000000 20 01 6553f100"
	"20010db8000000000000000000000001 fdf2 000b 40010100 400204 0201 fdf2",
	"5 rib 2001:db8::/32 n=1\n entry 0 2001:db8::1/65010 id=0 words=2\n end\n", ""},
    {"TABLE_DUMP of a family that is none", 12, 3, "0000", "", ""},
    {"TABLE_DUMP with a prefix of 33 bits", 12, 1, "0000 0001 cb007100 21 01 6553f100 c6336401"
	"fdf2 0000", "", "record 2 @77: rib.prefix_len: out of range [RFC 6396 4.2]"},
    {"a change of state", 16, 0, BGP4 "0003 0006", "5.000000 kind=6 198.51.100.1/65010 as2 3>6\n",
	""},
    {"a change of state, four octets", 16, 5, BGP4_AS4 "0006 0001",
	"5.000000 kind=6 198.51.100.1/65010 as4 6>1\n", ""},
    {"an update", 16, 4, BGP4_AS4 UPDATE4,
	"5.000000 kind=2 198.51.100.1/65010 as4 w 198.51.101.0/24#0 a 198.18.0.0/16#0\n", ""},
    {"an update that was sent", 16, 7, BGP4_AS4 UPDATE4,
	"5.000000 kind=2 198.51.100.1/65010 as4 local w 198.51.101.0/24#0 a 198.18.0.0/16#0\n", ""},
    {"an update of two octets with ADD-PATH", 16, 8, BGP4 ONES "0027 02 0000 000b 40010100"
	"400204 0201 fdf2 00000007 00",
	"5.000000 kind=2 198.51.100.1/65010 as2 addpath w malformed a 0.0.0.0/0#7\n",
	"record 2 @108: next_hop: input ends early [RFC 7606 3 (d)]"},
    {"a keepalive, sent, with ADD-PATH", 16, 11, BGP4_AS4 ONES "0013 04",
	"5.000000 kind=4 198.51.100.1/65010 as4 local addpath\n", ""},
    {"an open", 16, 1, BGP4 ONES "0014 01 04", "5.000000 kind=1 198.51.100.1/65010 as2\n", ""},
    {"a message of a type that is none", 16, 1, BGP4 ONES "0013 09", "", ""},
    {"the withdrawn subtypes", 16, 2, BGP4, "", ""},
    {"a subtype that is none", 16, 12, BGP4, "", ""},
    {"a time with microseconds", 17, 0, "000f423f" BGP4 "0003 0006",
	"5.999999 kind=6 198.51.100.1/65010 as2 3>6\n", ""},
    {"a million microseconds", 17, 0, "000f4240" BGP4 "0003 0006", "",
	"record 2 @69: mrt.microseconds: out of range [RFC 6396 3]"},
    {"a family of peers that is none", 16, 0, "fdf2 fdf3 0000 0003 0003 0006", "",
	"record 2 @75: bgp4mp.afi: out of range [RFC 6396 4.4.1]"},
    {"a marker that is not all ones", 16, 1, BGP4 "00ffffffffffffffffffffffffffffff 0013 04", "",
	"record 2 @85: bgp.marker: not in the form expected [RFC 6396 4.4.2]"},
    {"a message whose length is not its length", 16, 1, BGP4 ONES "0014 04", "",
	"record 2 @101: bgp.length: contradicts itself [RFC 6396 4.4.2]"},
    {"an update whose NLRI end inside a prefix", 16, 1, BGP4 ONES "0019 02 0000 0000 18 cb", "",
	"record 2 @109: update.nlri: input ends early [RFC 7606 5.3]"},
    {"an update with a withdrawn prefix of 33 bits", 16, 1, BGP4 ONES "001d 02 0006 21 cb00710000"
	"0000", "", "record 2 @106: update.withdrawn: out of range [RFC 7606 5.3]"},
    {"an update with bad NLRI in MP_REACH", 16, 1, BGP4 ONES
	"0032 02 0000 001b 800e18 0002 01 10 20010db8000000000000000000000001 00 81 ff ff", "",
	"record 2 @132: mp_reach.nlri: out of range [RFC 7606 5.3]"},
    {"an OSPF record", 11, 0, "00", "", ""},
};

static void
t_records(void)
{
	static struct bytes in;
	struct trace t = {0};
	char buf[256];
	size_t i, skip;

	for (i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
		in.n = 0;
		put_record(&in, 4, 13, 1, PEERS);
		skip = strlen("4 peers V 198.51.100.1/65010 2001:db8::2/65011\n");
		put_record(&in, 5, records[i].type, records[i].subtype, records[i].hex);
		trace_bytes(in.b, in.n, 0, &t);
		ok(t.e == OK && t.stats.records == 2 && !diags_stopped(&t.d),
		    "%s: framed and done", records[i].name);
		is_str(t.s.len >= skip ? t.s.p + skip : "no peers", records[i].want,
		    "%s: read as it stands", records[i].name);
		is_str(first_diag(&t, buf), records[i].diag, "%s: told of", records[i].name);
		ok(records[i].want[0] != '\0' || records[i].diag[0] != '\0' ||
		    t.stats.unknown == 1, "%s: counted", records[i].name);
		trace_release(&t);
	}
}

/* All good records one behind the other. */
static void
fixture(struct bytes *in)
{
	size_t i;

	in->n = 0;
	put_record(in, 4, 13, 1, PEERS);
	for (i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		if (records[i].diag[0] == '\0')
			put_record(in, 5, records[i].type, records[i].subtype, records[i].hex);
}

/* A stream that ends in a record is incomplete, and gives what stood before, no more. */
static void
t_truncation(void)
{
	static struct bytes in;
	struct trace whole = {0}, t = {0};
	size_t cut, edge = 0, wrong = 0;

	fixture(&in);
	trace_bytes(in.b, in.n, 0, &whole);
	ok(whole.e == OK && diags_total(&whole.d) == 0, "the fixture is good");
	for (cut = 0; cut < in.n; cut++) {
		bool boundary = cut == edge;

		if (boundary)
			edge += 12u + ((size_t)in.b[edge + 10] << 8 | in.b[edge + 11]);
		trace_bytes(in.b, cut, 0, &t);
		wrong += t.e != OK || diags_stopped(&t.d) == boundary ||
		    diags_total(&t.d) != !boundary || strncmp(t.s.p, whole.s.p, t.s.len) != 0;
		if (!boundary)
			wrong += t.d.kept[0].err != ERR_SHORT;
		trace_release(&t);
	}
	ok(wrong == 0, "each of %zu cuts of the stream is seen", in.n);
	for (cut = 1; cut < 80; cut++) {
		trace_bytes(in.b, in.n, cut, &t);
		wrong += t.e != OK || strcmp(t.s.p, whole.s.p) != 0;
		trace_release(&t);
	}
	ok(wrong == 0, "the size of the pieces that the input comes in does not matter");
	trace_release(&whole);
}

/* Every record cut inside, its length mended: an error or nothing, never a change of meaning. */
static void
t_record_cuts(void)
{
	static struct bytes full, in;
	struct trace t = {0};
	size_t i, cut, wrong = 0, n = 0;

	for (i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
		if (records[i].diag[0] != '\0' || records[i].want[0] == '\0')
			continue;
		full.n = 0;
		put_hex(&full, records[i].hex);
		for (cut = 0; cut < full.n; cut++) {
			size_t at;

			in.n = 0;
			put_record(&in, 4, 13, 1, PEERS);
			put32(&in, 5);
			put16(&in, records[i].type);
			put16(&in, records[i].subtype);
			put16(&in, 0);
			at = len16_open(&in);
			memcpy(in.b + in.n, full.b, cut);
			in.n += cut;
			len16_close(&in, at);
			trace_bytes(in.b, in.n, 0, &t);
			n++;
			wrong += t.e != OK || t.stats.ribs + t.stats.messages != 0 ||
			    t.d.n_level[DIAG_SKIP_RECORD] == 0;
			trace_release(&t);
		}
	}
	ok(wrong == 0, "each of %zu records cut short is refused whole", n);
}

static void
t_stream(void)
{
	static struct bytes in;
	struct trace t = {0};
	char buf[256];
	size_t k, wrong = 0;

	in.n = 0;
	trace_bytes(in.b, 0, 0, &t);
	ok(t.e == OK && diags_total(&t.d) == 0 && t.stats.records == 0, "an empty stream is clean");
	trace_release(&t);
	put_hex(&in, "00000005 000d 0002 04000001");
	trace_bytes(in.b, in.n, 0, &t);
	is_str(first_diag(&t, buf), "record 1 @0: mrt.length: over a named limit [limit MRT_RECORD_MAX]",
	    "a record over MRT_RECORD_MAX ends the source");
	trace_release(&t);
	in.n = 0;
	put_record(&in, 5, 13, 2, "00000000 00 0001 0000 6553f100 0000");
	trace_bytes(in.b, in.n, 0, &t);
	is_str(first_diag(&t, buf),
	    "record 1 @19: rib.peer_index: contradicts itself [RFC 6396 4.3.4]",
	    "a RIB record before any peer index is refused");
	trace_release(&t);
	in.n = 0;
	put_record(&in, 5, 13, 1, PEERS);
	put_record(&in, 9, 13, 1, "c0000201 0000 ffff 02");
	put_record(&in, 7, 13, 2, "00000000 00 0001 0000 6553f100 0000");
	trace_bytes(in.b, in.n, 0, &t);
	is_str(first_diag(&t, buf), "record 2 @77: peer_index.count: count larger than the bytes "
	    "that hold it [RFC 6396 4.3.1]", "a peer index that cannot hold its peers is refused");
	ok(t.stats.ribs == 0 && t.d.kept[1].err == ERR_CONTRADICT,
	    "and the one before it does not stand in for it");
	ok(t.stats.first_s == 5 && t.stats.last_s == 9, "the times of the stream are its extremes");
	trace_release(&t);
	fixture(&in);
	trace_bytes(in.b, in.n, 0, &t);
	trace_release(&t);
	for (k = t.n; k > 0; k--) {
		t.stop_after = k;
		trace_bytes(in.b, in.n, 0, &t);
		wrong += t.e != ERR_STOPPED || t.n != k;
		trace_release(&t);
	}
	ok(wrong == 0, "a callback that stops is the last one");
}

/* A source that fails behind its first piece. */
struct failing {
	struct feed_mem mem;
	enum err e;
};

static enum err
failing_fill(void *arg, const uint8_t **buf, size_t *len)
{
	struct failing *x = arg;

	*buf = x->mem.p;
	*len = x->mem.len;
	x->mem.len = 0;
	return *len > 0 ? OK : x->e;
}

static void
t_failing(void)
{
	static const enum err errs[] = {ERR_CORRUPT, ERR_SHORT, ERR_LIMIT, ERR_IO};
	static struct bytes in;
	struct trace t = {0};
	size_t i, cut;

	fixture(&in);
	for (i = 0; i < sizeof(errs) / sizeof(errs[0]); i++)
		for (cut = 0; cut < 2; cut++) {
			struct failing x = {{in.b, in.n - cut, 0}, errs[i]};
			struct feed f;

			feed_init(&f, failing_fill, &x);
			trace_feed(&f, &t);
			feed_release(&f);
			ok(diags_stopped(&t.d) && t.d.kept[0].err == errs[i] &&
			    t.e == (errs[i] == ERR_IO ? ERR_IO : OK),
			    "\"%s\" %s a record makes the source incomplete", err_text(errs[i]),
			    cut ? "inside" : "behind");
			trace_release(&t);
		}
}

int
main(void)
{
	t_records();
	t_truncation();
	t_record_cuts();
	t_stream();
	t_failing();
	return tap_done();
}
