#include "tap.h"
#include "feed_file.h"

#include "decode/kind.h"

static void
vector(const char *text, enum input_kind want, const char *what)
{
	enum input_kind got = kind_sniff(span_of(text), true);

	is_str(kind_word(got), kind_word(want), "%s is told as %s", what, kind_word(want));
}

static void
test_words(void)
{
	enum input_kind k, j;
	int same = 0, empty = 0;

	for (k = KIND_UNKNOWN; k < KIND_N; k++) {
		empty += kind_word(k)[0] == '\0' || kind_text(k)[0] == '\0';
		for (j = KIND_UNKNOWN; j < k; j++)
			same += strcmp(kind_word(k), kind_word(j)) == 0;
	}
	ok(same == 0 && empty == 0, "every kind has a word of its own and a text");
}

static void
test_rows(void)
{
	vector("1.0.0.0\t24\t15169\n", KIND_PFX2AS, "a pfx2as line");
	vector("2001:db8::\t32\t1_2,3\n", KIND_PFX2AS, "a pfx2as line with several origins");
	vector("1.0.0.0\t33\t15169\n", KIND_UNKNOWN, "a pfx2as line with an impossible length");
	vector("% RIS dump\n%\n13335\t1.0.0.0/24\t450\n{1,2}\t1.0.1.0/24\t3\n", KIND_RISWHOIS,
	    "a RIS whois dump");
	vector("1|2|-1\n", KIND_AS_REL, "a relationship line without any header");
	vector("# source:topology|BGP|20220501\n1|2|0\n3|4|-1\n", KIND_AS_REL, "serial-1");
	vector("1|2|-1|bgp\n1|3|0|mlp\n", KIND_AS_REL2, "serial-2");
	vector("1|2|7\n", KIND_UNKNOWN, "a relationship of no known value");
	vector("1|2|0\nhello\nworld|a|b\n", KIND_UNKNOWN, "one good line among others");
	vector("1|2|0\nhello\n3|4|0\n", KIND_AS_REL, "one bad line among others");
	vector("# input clique: 174\n# source:topology|BGP|20220501\n", KIND_UNKNOWN,
	    "a relationship file that was cut in its header");
	vector("# format:org_id|changed|org_name|country|source\nA-1|2020|An Org|US|ARIN\n",
	    KIND_AS_ORG, "an as2org file");
	vector("# format:aut|changed|aut_name|org_id|source\n1|2020|LVLT|A-1|ARIN\n", KIND_AS_ORG,
	    "an as2org file of the old form");
	vector("A-1|2020|An Org|US|ARIN\n", KIND_UNKNOWN, "an as2org row without its format line");
	vector("2|ripencc|1|1|1|1|+0000\nripencc|*|asn|*|1|summary\n", KIND_DELEGATED,
	    "a delegated file");
	vector("# terms\n2.3|nro|20240101|0|19700101|20240101|+0000\r\n", KIND_DELEGATED,
	    "an NRO file of a version line only");
	vector("2|ripencc|1|1|1|1|+0000\nhello\n", KIND_UNKNOWN,
	    "a version line with something else behind it");
	vector("16079,194.209.159.0/24,24,True\n", KIND_VRP_CSV, "a bare VRP line");
	vector("\xef\xbb\xbf" "ASN,IP Prefix,Max Length,Trust Anchor\nAS1,10.0.0.0/8,,ripe\n",
	    KIND_VRP_CSV, "a VRP CSV with a byte order mark");
	vector("URI,ASN,IP Prefix,Max Length,Not Before,Not After\n"
	    "rsync://a/b.roa,AS1,10.0.0.0/8,8,2022-01-01,2023-01-01\n", KIND_VRP_CSV,
	    "RIPE's archive CSV");
	vector("ASN,IP Prefix,Max Length\nhello,world,3\n", KIND_UNKNOWN,
	    "a VRP header over lines that are none");
}

static void
test_text(void)
{
	vector("route: 192.0.2.0/24\norigin: AS64500\n", KIND_RPSL, "a route object");
	vector("\n# comment\n% more\nAUT-NUM: AS1\nimport: from AS2\n accept ANY\n+ AND AS3\n",
	    KIND_RPSL, "an aut-num with continuation lines");
	vector("note: this is\nnot: rpsl of a known class\n", KIND_TEXT, "an unknown class");
	vector("# The lab\n\nIt has three networks.\n", KIND_TEXT, "a README");
	vector("just words here", KIND_TEXT, "one line of words");
	vector("just \033[31mwords here", KIND_UNKNOWN, "words with an escape sequence");
	vector("route: 192.0.2.0/24\nremarks: \033[31m\norigin: AS1\nsource: X\n", KIND_RPSL,
	    "an object with an escape sequence in its remarks");
	vector("a,b\n1,2\n3,4\n", KIND_UNKNOWN, "a table of no known kind");
	vector("AS64500\nAS64501\n", KIND_UNKNOWN, "a list of ASNs");
	vector("<html><body>Not found on this server</body></html>\n", KIND_UNKNOWN, "a web page");
	vector("\n \n", KIND_UNKNOWN, "white space");
	vector("\xef\xbb\xbf" "Organization Name,ASNs,Action 1: Filtering\nX,1;2,Yes\n",
	    KIND_MANRS_CSV, "a participants list");
	vector("Organization Name,Address\nX,Y\n", KIND_UNKNOWN, "another list of organisations");
	ok(kind_sniff((struct span){NULL, 0}, true) == KIND_EMPTY, "no bytes are told as empty");
	ok(kind_sniff((struct span){NULL, 0}, false) == KIND_UNKNOWN,
	    "no bytes of an input that has more are not judged");
	ok(kind_sniff(SPAN("1|2|0\n1|2|0\n1|2"), false) == KIND_AS_REL,
	    "a line that the head cuts is not judged");
	ok(kind_sniff(SPAN("1|2|0"), false) == KIND_UNKNOWN, "a line without end in a head neither");
}

static void
test_json(void)
{
	vector("{\"metadata\":{\"roas\":1},\"roas\":[{\"asn\":1,\"prefix\":\"::/0\"}]}", KIND_VRP_JSON,
	    "VRP JSON");
	vector("{\"metadata\":{},\"roas\":[]}", KIND_VRP_JSON, "VRP JSON without a VRP");
	vector("{\"roas\":[{\"prefix\":\"::/0\",\"asn\":1", KIND_VRP_JSON, "cut VRP JSON");
	vector("{\"aspas\":{\"ipv4\":[{\"customer_asid\":1}]}}", KIND_VRP_JSON, "old ASPA JSON");
	vector("{\"roas\":4}", KIND_UNKNOWN, "a number called roas");
	vector("{\"x\":{\"roas\":[{\"asn\":1,\"prefix\":2}]}}", KIND_UNKNOWN, "a deeper roas");
	vector("{\"data\":[{\"asn\":1,\"irr_as_set\":\"\",\"name\":\"\",\"org_id\":1}]}", KIND_PDB_NET,
	    "PeeringDB net");
	vector("{\"meta\":{},\"data\":[{\"name\":\"\",\"address1\":\"\"}]}", KIND_PDB_ORG,
	    "PeeringDB org");
	vector("{\"data\":[{\"name\":\"\",\"address1\":\"\",\"org_id\":1}]}", KIND_UNKNOWN,
	    "PeeringDB fac, which we do not read,");
	vector("{\"data\":[{\"role\":\"NOC\",\"net_id\":1}]}", KIND_PDB_POC, "PeeringDB poc");
	vector("{\"hydra:member\":[{\"session\":1,\"asn4\":\"1\"}]}", KIND_SPOOFER_JSON,
	    "a page of Spoofer sessions");
	vector("[{\"session\":1,\"asn6\":\"1\"}]", KIND_SPOOFER_JSON, "a list of Spoofer sessions");
	vector("{\"roas\\\":[{\"asn", KIND_UNKNOWN, "JSON cut in a string");
	vector("{\"_routemark_lab\":\"answers\",\"ases\":[]}", KIND_TEXT, "a lab world's answer key");
	vector("[1,2,3]", KIND_UNKNOWN, "JSON of no known kind");
	vector("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
	    KIND_UNKNOWN, "JSON nested beyond all reason");
	vector("}]}]\":", KIND_UNKNOWN, "closing brackets without opening ones");
}

static void
test_mrt(void)
{
	static const uint8_t good[] = {0, 0, 0, 1, 0, 13, 0, 1, 0, 0, 0, 8, 1, 2, 3, 4, 0, 0, 0, 0};
	static const struct {
		size_t at;
		uint8_t value;
		const char *what;
	} bad[] = {
	    {5, 14, "an MRT type that does not exist"},
	    {7, 13, "an MRT subtype that does not exist"},
	    {11, 7, "an MRT record too short for its type"},
	    {8, 5, "an MRT record over the limit"},
	};
	uint8_t b[sizeof(good)];
	size_t i, n;

	ok(kind_sniff((struct span){(const char *)good, sizeof(good)}, true) == KIND_MRT,
	    "an MRT header is recognised");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		memcpy(b, good, sizeof(b));
		b[bad[i].at] = bad[i].value;
		ok(kind_sniff((struct span){(const char *)b, sizeof(b)}, true) == KIND_UNKNOWN,
		    "%s is not recognised", bad[i].what);
	}
	for (i = n = 0; i < 12; i++)
		n += kind_sniff((struct span){(const char *)good, i + 1}, true) == KIND_MRT;
	ok(n == 1, "no piece shorter than the header is called MRT");
}

static enum input_kind
sniff_file(const char *dir, const char *name, size_t most)
{
	struct feed_file f;
	const uint8_t *p;
	enum input_kind k;
	size_t n;

	if (!feed_file_open(&f, dir, name))
		return KIND_N;
	n = feed_peek(&f.feed, KIND_HEAD, &p);
	if (n > KIND_HEAD)
		n = KIND_HEAD;
	k = kind_sniff((struct span){(const char *)p, n < most ? n : most}, n < most && n < KIND_HEAD);
	feed_file_close(&f);
	return k;
}

static const struct {
	const char *name;
	enum input_kind kind;
} real[] = {
    {"INDEX.md", KIND_TEXT},
    {"fooling/cutfile.mrt", KIND_MRT},
    {"fooling/cutrec.mrt", KIND_MRT},
    {"fooling/good.mrt", KIND_MRT},
    {"fooling/plen.mrt", KIND_MRT},
    {"fooling/seg2.mrt", KIND_MRT},
    {"google-leak-2017/README.md", KIND_TEXT},
    {"google-leak-2017/asrel_201708.txt.gz", KIND_AS_REL},
    {"google-leak-2017/rib.20170825.0300.mrt.gz", KIND_MRT},
    {"google-leak-2017/updates.20170825.0300.mrt.gz", KIND_MRT},
    {"internet-2014-05/rib.20140501.0000.bz2", KIND_MRT},
    {"internet-2016-02/20160101.as-rel.txt.bz2", KIND_AS_REL},
    {"internet-2016-02/delegated-afrinic-extended-20160223.txt.gz", KIND_DELEGATED},
    {"internet-2016-02/delegated-apnic-extended-20160223.txt.gz", KIND_DELEGATED},
    {"internet-2016-02/delegated-lacnic-extended-20160223.txt.gz", KIND_DELEGATED},
    {"internet-2016-02/roa.csv.gz", KIND_VRP_CSV},
    {"internet-2016-02/routeviews-rv2-20160202-1200.pfx2as.gz", KIND_PFX2AS},
    {"internet-2016-02/routeviews-rv6-20160202-1200.pfx2as.gz", KIND_PFX2AS},
    {"irr/AS3257.aut-num.txt.gz", KIND_RPSL},
    {"irr/ripe-TEST.db", KIND_RPSL},
    {"irr/ripe-db-route.txt", KIND_RPSL},
    {"irr/ripe-db-route6.txt", KIND_RPSL},
    {"ixp-2020/185.186.nlix.mrt", KIND_MRT},
    {"ixp-2020/namex-bgpd-rib-inet.mrt", KIND_MRT},
    {"ixp-2020/namex-bgpd-rib-inet6.mrt", KIND_MRT},
    {"ixp-2020/roa_test.json", KIND_VRP_JSON},
    {"manrs-2022/20220401.as-org2info.txt.gz", KIND_AS_ORG},
    {"manrs-2022/20220501.as-rel.txt.bz2", KIND_AS_REL},
    {"manrs-2022/manrs_cdns.csv", KIND_MANRS_CSV},
    {"manrs-2022/manrs_isps.csv", KIND_MANRS_CSV},
    {"mrt-samples/bgpdump-expect/updates.long_withdrawal.gz.bgp.gz", KIND_UNKNOWN},
    {"mrt-samples/bird-mrtdump_bgp.mrt", KIND_MRT},
    {"mrt-samples/bird-mrtdump_rib.mrt", KIND_MRT},
    {"mrt-samples/bird6-mrtdump_rib.mrt", KIND_MRT},
    {"mrt-samples/bird6_bgp.mrt", KIND_MRT},
    {"mrt-samples/bview.20020722.2337.gz", KIND_MRT},
    {"mrt-samples/bview.64k_stream_overflow.gz", KIND_MRT},
    {"mrt-samples/bview.ipv4_unicast_add_path.gz", KIND_MRT},
    {"mrt-samples/bview.ipv6_unicast_add_path.gz", KIND_MRT},
    {"mrt-samples/openbgpd_bgp.mrt", KIND_MRT},
    {"mrt-samples/openbgpd_rib_table-mp.mrt", KIND_MRT},
    {"mrt-samples/openbgpd_rib_table-v2.mrt", KIND_MRT},
    {"mrt-samples/openbgpd_rib_table.mrt", KIND_MRT},
    {"mrt-samples/quagga_bgp.mrt", KIND_MRT},
    {"mrt-samples/quagga_rib.mrt", KIND_MRT},
    {"mrt-samples/updates.20020722.2238.gz", KIND_MRT},
    {"mrt-samples/updates.20070211.0141.gz", KIND_MRT},
    {"mrt-samples/updates.20071015.1505.gz", KIND_MRT},
    {"mrt-samples/updates.20100722.2015.gz", KIND_MRT},
    {"mrt-samples/updates.20160811.1600.gz", KIND_MRT},
    {"mrt-samples/updates.et-header.2015.gz", KIND_MRT},
    {"mrt-samples/updates.long_withdrawal.gz", KIND_MRT},
    {"mrt-samples/updates.nlri_mask_trailing_bits.gz", KIND_MRT},
    {"peeringdb/net.json.gz", KIND_PDB_NET},
    {"peeringdb/org.json.gz", KIND_PDB_ORG},
    {"peeringdb/poc.json.gz", KIND_PDB_POC},
    {"registry/delegated-afrinic-extended-20240219.bz2", KIND_DELEGATED},
    {"registry/delegated-ripencc-extended-20130418.gz", KIND_DELEGATED},
    {"registry/iana-ipv4-special-registry-1.csv", KIND_IANA_SPECIAL},
    {"registry/iana-ipv6-special-registry-1.csv", KIND_IANA_SPECIAL},
    {"rpki-formats/ripe-ftp-roas.csv", KIND_VRP_CSV},
    {"rpki-formats/routinator-jsonext.json", KIND_VRP_JSON},
    {"rpki-formats/routinator.csv.gz", KIND_VRP_CSV},
    {"rpki-formats/rpki-client-2021.json", KIND_VRP_JSON},
    {"rpki-formats/rpki-client-2023.json", KIND_VRP_JSON},
    {"rpki-formats/rpki-client.csv.gz", KIND_VRP_CSV},
    {"spoofer/caida_ip_spoofer.csv", KIND_SPOOFER_CSV},
    {"spoofer/event4_ip_spoofer.csv", KIND_SPOOFER_CSV},
    {"updates-2024-10/rpki-client-20250720T0931Z.json.bz2", KIND_VRP_JSON},
    {"updates-2024-10/updates.20241028.0000.bz2", KIND_MRT},
};

/* A shorter head may leave a file unrecognised, but must not make another kind of it. */
static void
test_real(const char *dir)
{
	static const size_t cut[] = {1, 11, 12, 40, 100, 500, 2000, 9000};
	size_t i, c, wrong;

	for (i = 0; i < sizeof(real) / sizeof(real[0]); i++) {
		enum input_kind k = sniff_file(dir, real[i].name, SIZE_MAX);

		is_str(kind_word(k), kind_word(real[i].kind), "%s is recognised", real[i].name);
		if (k == KIND_MRT || k == KIND_UNKNOWN || k == KIND_TEXT)
			continue;
		for (c = wrong = 0; c < sizeof(cut) / sizeof(cut[0]); c++) {
			k = sniff_file(dir, real[i].name, cut[c]);
			wrong += k != real[i].kind && k != KIND_UNKNOWN && k != KIND_TEXT;
		}
		ok(wrong == 0, "%s cut short is never another kind of data", real[i].name);
	}
}

int
main(void)
{
	const char *dir = shared_data();

	test_words();
	test_rows();
	test_text();
	test_json();
	test_mrt();
	if (dir != NULL)
		test_real(dir);
	else
		skip("no real data beside the checkout");
	return tap_done();
}
