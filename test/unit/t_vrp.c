/* vrp: VRPs and ASPAs from every form, nothing from what is cut short or contradicts itself. */
#include "base/arena.h"
#include "base/limits.h"
#include "base/str.h"
#include "decode/vrp_int.h"
#include "tap.h"

struct got {
	struct str text;	/* one word a record: "asn:prefix-max@ta", "aspa:1<2,3" */
	size_t stop_after;	/* records until the callback says stop; 0 is never */
	size_t n;
	uint64_t as0;
	bool quiet;		/* count only */
	struct diags d;
	struct vrp_stats st;
	enum err result;
};

static enum err
seen(struct got *g)
{
	return ++g->n == g->stop_after ? ERR_STOPPED : OK;
}

static enum err
on_vrp(void *arg, const struct vrp *v)
{
	struct got *g = arg;
	char buf[PREFIX_TEXT];

	g->as0 += v->asn == 0;
	if (!g->quiet)
		str_addf(&g->text, "%u:%s-%u@%.*s ", v->asn, prefix_format(&v->prefix, buf),
		    v->max_len, (int)v->ta.len, v->ta.p);
	return seen(g);
}

static enum err
on_aspa(void *arg, const struct aspa *a)
{
	struct got *g = arg;
	size_t i;

	str_addf(&g->text, "aspa:%u", a->customer);
	for (i = 0; i < a->n; i++)
		str_addf(&g->text, "%c%u", i == 0 ? '<' : ',', a->provider[i]);
	str_addc(&g->text, ' ');
	return seen(g);
}

static void
decode(struct feed *f, enum input_kind kind, struct got *g)
{
	struct vrp_sink sink = {.vrp = on_vrp, .aspa = on_aspa, .arg = g};

	diags_release(&g->d);
	str_clear(&g->text);
	g->n = 0;
	g->as0 = 0;
	g->result = vrp_decode(f, kind, &sink, &g->d, &g->st);
	feed_release(f);
}

static void
decode_mem(const char *p, size_t len, size_t chunk, enum input_kind kind, struct got *g)
{
	struct feed_mem m = {(const uint8_t *)p, len, chunk};
	struct feed f;

	feed_init_mem(&f, &m);
	decode(&f, kind, g);
}

/* The diags as text, a line each. */
static const char *
diags_text(const struct got *g)
{
	static char out[8192];
	size_t i, n = 0;

	out[0] = '\0';
	for (i = 0; i < g->d.n_kept && n < sizeof(out) - 300; i++) {
		n += (size_t)snprintf(out + n, 100, "%s: ", diag_level_text(g->d.kept[i].level));
		diag_format(&g->d.kept[i], out + n, 200);
		n += strlen(out + n);
		out[n++] = '\n';
		out[n] = '\0';
	}
	return out;
}

static void
got_release(struct got *g)
{
	diags_release(&g->d);
	str_release(&g->text);
}

static const struct {
	const char *name, *text, *want;
	enum input_kind kind;
} good[] = {
    {"rpki-client before 2021-05",
     "{\"metadata\":{\"buildtime\":\"2021-04-01T00:00:00Z\",\"vrps\":2,\"uniquevrps\":1},\n"
     "\"roas\":[{ \"asn\": \"AS64500\", \"prefix\": \"192.0.2.0/24\", \"maxLength\": 25, \"ta\": \"ripe\" }]}",
     "64500:192.0.2.0/24-25@ripe ", KIND_VRP_JSON},
    {"rpki-client of today",
     "{\"metadata\":{\"uniquevrps\":2},\"roas\":[{\"asn\":64500,\"prefix\":\"2001:db8::/32\",\"maxLength\":48,"
     "\"ta\":\"arin\",\"expires\":1753453058},{\"asn\":0,\"prefix\":\"10.0.0.0/8\",\"maxLength\":8,\"ta\":\"\"}],"
     "\"bgpsec_keys\":[{\"asn\":1,\"ski\":\"00\"}],"
     "\"aspas\":[{\"customer_asid\":64501,\"expires\":1,\"providers\":[64496,64500]},"
     "{\"customer_asid\":64500,\"expires\":1,\"providers\":[0]}],\"signedprefixlists\":[]}",
     "64500:2001:db8::/32-48@arin 0:10.0.0.0/8-8@ aspa:64500<0 aspa:64501<64496,64500 ", KIND_VRP_JSON},
    {"rpki-client 2022-08 to 2023-06, a list per family",
     "{\"roas\":[],\"provider_authorizations\":{\"ipv4\":[{\"customer_asid\":7,\"providers\":[8, 9],\"expires\":1},"
     "{\"customer_asid\":5,\"providers\":[1],\"expires\":1}],\"ipv6\":["
     "{\"customer_asid\":5,\"providers\":[0],\"expires\":1},{\"customer_asid\":7,\"providers\":[9, 10],\"expires\":1}]}}",
     "aspa:5<1 aspa:7<8,9,10 ", KIND_VRP_JSON},
    {"families inside aspas", "{\"roas\":[],\"aspas\":{\"ipv4\":[{\"customer_asid\":7,\"providers\":[8]}],\"ipv6\":[]}}",
     "aspa:7<8 ", KIND_VRP_JSON},
    {"Routinator json",
     "{\"metadata\":{\"generated\":1741556754,\"generatedTime\":\"2025-03-09T21:45:54Z\"},"
     "\"roas\":[{\"asn\":\"AS1\",\"prefix\":\"10.0.0.0/8\",\"maxLength\":16,\"ta\":\"ripe\"}],"
     "\"aspas\":[{\"customer\":\"AS64496\",\"providers\":[\"AS64497\",\"AS64498\"],\"ta\":\"ripe\"}]}",
     "1:10.0.0.0/8-16@ripe aspa:64496<64497,64498 ", KIND_VRP_JSON},
    {"Routinator jsonext",
     "{\"roas\":[{\"asn\":\"AS1\",\"prefix\":\"10.0.0.0/8\",\"maxLength\":16,\"source\":[{\"type\":\"roa\",\"uri\":\"rsync://x\","
     "\"tal\":\"apnic\",\"validity\":{\"tal\":\"no\"}},{\"type\":\"roa\",\"tal\":\"second\"}]},"
     "{\"asn\":\"AS2\",\"prefix\":\"10.0.0.0/8\",\"maxLength\":8,\"source\":[{\"type\":\"exception\",\"path\":null}]},"
     "{\"asn\":\"AS3\",\"prefix\":\"10.0.0.0/8\",\"source\":null}]}",
     "1:10.0.0.0/8-16@apnic 2:10.0.0.0/8-8@ 3:10.0.0.0/8-8@ ", KIND_VRP_JSON},
    {"Routinator ASPAs only", "{\"metadata\":{\"generated\":0},\"aspas\":[{\"customer\":\"AS2\",\"providers\":[\"AS1\"]}]}",
     "aspa:2<1 ", KIND_VRP_JSON},
    {"RIPE validator", "{\"roas\":[{\"asn\":\"64497\",\"prefix\":\"192.0.2.0/24\",\"maxLength\":24,\"ta\":\"RIPE NCC RPKI Root\"}]}",
     "64497:192.0.2.0/24-24@RIPE NCC RPKI Root ", KIND_VRP_JSON},
    {"GoRTR", "{\"metadata\":{\"counts\":1,\"generated\":1600000000,\"valid\":1600003600,\"signature\":\"\"},"
     "\"roas\":[{\"prefix\":\"192.0.2.0/24\",\"maxLength\":24,\"asn\":\"AS1\",\"ta\":\"t\"}]}",
     "1:192.0.2.0/24-24@t ", KIND_VRP_JSON},
    {"an absent and a null maxLength", "{\"roas\":[{\"prefix\":\"192.0.2.0/25\",\"asn\":1},"
     "{\"prefix\":\"192.0.2.0/24\",\"maxLength\":null,\"asn\":1}]}",
     "1:192.0.2.0/25-25@ 1:192.0.2.0/24-24@ ", KIND_VRP_JSON},
    {"an empty list", "{\"metadata\":{\"vrps\":0},\"roas\":[]}", "", KIND_VRP_JSON},
    {"rpki-client CSV", "ASN,IP Prefix,Max Length,Trust Anchor,Expires\nAS13335,1.0.0.0/24,24,apnic,1713709073\n",
     "13335:1.0.0.0/24-24@apnic ", KIND_VRP_CSV},
    {"Routinator CSV", "ASN,IP Prefix,Max Length,Trust Anchor\r\nAS0,1.0.0.0/24,32,apnic\r\n",
     "0:1.0.0.0/24-32@apnic ", KIND_VRP_CSV},
    {"Routinator csvcompat", "\"ASN\",\"IP Prefix\",\"Max Length\",\"Trust Anchor\"\n\"196615\",\"2001:db8::/48\",\"48\",\"ripe\"\n",
     "196615:2001:db8::/48-48@ripe ", KIND_VRP_CSV},
    {"RIPE's archive", "URI,ASN,IP Prefix,Max Length,Not Before,Not After\n"
     "rsync://r/a.roa,AS1,10.0.0.0/8,24,2020-01-01 00:00:00,2021-07-01 00:00:00\n"
     "rsync://r/a.roa,AS1,11.0.0.0/8,,2020-01-01 00:00:00,2021-07-01 00:00:00\n",
     "1:10.0.0.0/8-24@ 1:11.0.0.0/8-8@ ", KIND_VRP_CSV},
    {"three columns", "ASN,IP Prefix,Max Length\nAS6830,2001:660::/32,32\n\n", "6830:2001:660::/32-32@ ", KIND_VRP_CSV},
    {"bare lines", "16079,192.0.2.0/24,24\n16078,198.51.100.0/24,25\n",
     "16079:192.0.2.0/24-24@ 16078:198.51.100.0/24-25@ ", KIND_VRP_CSV},
    {"bare lines with a trust anchor", "16079,192.0.2.0/24,24,ripe\n", "16079:192.0.2.0/24-24@ripe ", KIND_VRP_CSV},
    {"bare lines with a flag", "16079,192.0.2.0/24,24,True\n", "16079:192.0.2.0/24-24@ ", KIND_VRP_CSV},
};

static void
test_good(void)
{
	struct got g = {0};
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		decode_mem(good[i].text, strlen(good[i].text), 0, good[i].kind, &g);
		is_str(g.text.p == NULL ? "" : g.text.p, good[i].want, "%s: its records", good[i].name);
		is_str(diags_text(&g), "", "%s: nothing odd", good[i].name);
		ok(g.result == OK && g.n == g.st.vrps + g.st.aspas, "%s: all are counted", good[i].name);
		decode_mem(good[i].text, strlen(good[i].text), 1, good[i].kind, &g);
		is_str(g.text.p == NULL ? "" : g.text.p, good[i].want, "%s: a byte at a time", good[i].name);
	}
	got_release(&g);
}

/* Every prefix of every form: whole records only, each of them one of the file's, and JSON that
 * lacks its end is never complete. */
static void
test_truncation(void)
{
	struct got g = {0};
	size_t i, n;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		size_t len = strlen(good[i].text);
		bool whole = true, told = true;

		for (n = 0; n < len; n++) {
			decode_mem(good[i].text, n, 0, good[i].kind, &g);
			if (g.text.len > 0 &&
			    strncmp(good[i].want, g.text.p, g.text.len) != 0)
				whole = false;
			if (!diags_stopped(&g.d) && (good[i].kind == KIND_VRP_JSON ||
			    (n > 0 && good[i].text[n - 1] != '\n' && good[i].text[n - 1] != '\r')))
				told = false;
		}
		ok(whole, "%s: a prefix gives only records of the whole", good[i].name);
		ok(told, "%s: a prefix is told to end early", good[i].name);
	}
	got_release(&g);
}

#define ROA(rest) "{\"roas\":[{\"asn\":9,\"prefix\":\"10.0.0.0/8\"}," rest ",{\"asn\":9,\"prefix\":\"10.0.0.0/8\"}]}"
#define SKIPPED(what) "record skipped: record 2 @41: " what "\n"
#define MAXLEN "vrp.maxLength: out of range [RFC 9582 4.3.2]"

static const struct {
	const char *text, *diag;
} bad[] = {
    {ROA("{\"asn\":1,\"prefix\":\"10.0.0.0/8\",\"maxLength\":7}"), SKIPPED(MAXLEN)},
    {ROA("{\"asn\":1,\"prefix\":\"10.0.0.0/8\",\"maxLength\":33}"), SKIPPED(MAXLEN)},
    {ROA("{\"asn\":1,\"prefix\":\"10.0.0.0/8\",\"maxLength\":264}"), SKIPPED(MAXLEN)},
    {ROA("{\"asn\":1,\"prefix\":\"2001:db8::/32\",\"maxLength\":129}"), SKIPPED(MAXLEN)},
    {ROA("{\"asn\":1,\"prefix\":\"10.0.0.0/8\",\"maxLength\":-1}"), SKIPPED("vrp.maxLength: not in the form expected")},
    {ROA("{\"asn\":1,\"prefix\":\"10.0.0.0/8\",\"maxLength\":8.0}"), SKIPPED("vrp.maxLength: not in the form expected")},
    {ROA("{\"asn\":1,\"prefix\":\"10.0.0.1/8\",\"maxLength\":8}"), SKIPPED("vrp.prefix: out of range [RFC 9582 4.3.2]")},
    {ROA("{\"asn\":1,\"prefix\":\"10.0.0.0/33\"}"), SKIPPED("vrp.prefix: out of range")},
    {ROA("{\"asn\":1,\"prefix\":\"10.0.0.0\"}"), SKIPPED("vrp.prefix: not in the form expected")},
    {ROA("{\"asn\":1,\"prefix\":null}"), SKIPPED("vrp.prefix: not in the form expected")},
    {ROA("{\"asn\":4294967296,\"prefix\":\"10.0.0.0/8\"}"), SKIPPED("vrp.asn: out of range")},
    {ROA("{\"asn\":-1,\"prefix\":\"10.0.0.0/8\"}"), SKIPPED("vrp.asn: not in the form expected")},
    {ROA("{\"asn\":[1],\"prefix\":\"10.0.0.0/8\"}"), SKIPPED("vrp.asn: not in the form expected")},
    {ROA("{\"asn\":1}"), SKIPPED("vrp.prefix: not in the form expected")},
    {ROA("{\"prefix\":\"10.0.0.0/8\"}"), SKIPPED("vrp.asn: not in the form expected")},
    {ROA("{\"asn\":1,\"asn\":1,\"prefix\":\"10.0.0.0/8\"}"), SKIPPED("vrp.asn: contradicts itself")},
    {ROA("{\"asn\":1,\"prefix\":\"10.0.0.0/8\",\"prefix\":\"10.0.0.0/8\"}"), SKIPPED("vrp.prefix: contradicts itself")},
    {ROA("{}"), SKIPPED("vrp.asn: not in the form expected")},
    {ROA("[1,[2]]"), SKIPPED("vrp: not in the form expected")},
    {ROA("7"), SKIPPED("vrp: not in the form expected")},
};

static void
test_bad_records(void)
{
	struct got g = {0};
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		decode_mem(bad[i].text, strlen(bad[i].text), 0, KIND_VRP_JSON, &g);
		is_str(diags_text(&g), bad[i].diag, "bad record %zu is named", i);
		is_str(g.text.p, "9:10.0.0.0/8-8@ 9:10.0.0.0/8-8@ ", "bad record %zu costs only itself", i);
	}
	got_release(&g);
}

static const struct {
	const char *name, *text, *diag;
} broken[] = {
    {"a claim of more VRPs", "{\"metadata\":{\"vrps\":3},\"roas\":[{\"asn\":1,\"prefix\":\"10.0.0.0/8\"}]}",
     "record 1 @64: metadata.vrps: contradicts itself"},
    {"a claim of fewer VRPs", "{\"roas\":[{\"asn\":1,\"prefix\":\"10.0.0.0/8\"}],\"metadata\":{\"counts\":0}}",
     "record 1 @66: metadata.vrps: contradicts itself"},
    {"two lists", "{\"roas\":[],\"roas\":[]}", "record 0 @18: roas: contradicts itself"},
    {"no list", "{\"metadata\":{}}", "record 0 @15: roas: not in the form expected"},
    {"a list that is none", "{\"roas\":{}}", "record 0 @8: roas: not in the form expected"},
    {"ASPAs that are none", "{\"roas\":[],\"aspas\":1}", "record 0 @19: aspas: not in the form expected"},
    {"families that are no lists", "{\"roas\":[],\"aspas\":{\"ipv4\":1}}", "record 0 @27: aspas: not in the form expected"},
    {"an array", "[]", "record 0 @0: vrps: not in the form expected"},
    {"rubbish behind", "{\"roas\":[]}]", "record 0 @11: vrps: bytes left over [RFC 8259 2]"},
    {"a trailing comma", "{\"roas\":[],}", "record 0 @11: vrps: not in the form expected [RFC 8259 4]"},
};

static void
test_broken(void)
{
	struct got g = {0};
	char want[200];
	size_t i;

	for (i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		decode_mem(broken[i].text, strlen(broken[i].text), 0, KIND_VRP_JSON, &g);
		snprintf(want, sizeof(want), "source incomplete: %s\n", broken[i].diag);
		is_str(diags_text(&g), want, "%s: the source is incomplete", broken[i].name);
		ok(g.result == OK, "%s: that is no fault of the environment", broken[i].name);
	}
	got_release(&g);
}

static const struct {
	const char *name, *list, *want, *diag;
} aspas[] = {
    {"out of order", "{\"customer_asid\":1,\"providers\":[4,3,3]}", "aspa:1<3,4 ",
     "note: record 1 @20: aspa.providers.order: not in the form expected [draft-ietf-sidrops-aspa-profile 3]\n"},
    {"customer among them", "{\"customer_asid\":3,\"providers\":[3,4]}", "aspa:3<4 ",
     "note: record 1 @20: aspa.providers.customer: contradicts itself [draft-ietf-sidrops-aspa-profile 3]\n"},
    {"AS0 beside others", "{\"customer_asid\":3,\"providers\":[0,4]}", "aspa:3<4 ",
     "note: record 1 @20: aspa.providers.as0: contradicts itself [draft-ietf-sidrops-aspa-profile 3]\n"},
    {"several records of a customer", "{\"customer_asid\":3,\"providers\":[5]},{\"customer_asid\":3,\"providers\":[4]}",
     "aspa:3<4,5 ", ""},
    {"no provider", "{\"customer_asid\":3,\"providers\":[]}", "",
     "record skipped: record 1 @20: aspa.providers: count larger than the bytes that hold it [draft-ietf-sidrops-aspa-profile 3]\n"},
    {"no customer", "{\"providers\":[1]}", "",
     "record skipped: record 1 @20: aspa.customer: not in the form expected [draft-ietf-sidrops-aspa-profile 3]\n"},
    {"customer AS0", "{\"customer_asid\":0,\"providers\":[1]}", "",
     "record skipped: record 1 @20: aspa.customer: out of range [draft-ietf-sidrops-aspa-profile 3]\n"},
    {"a provider that is none", "{\"customer_asid\":3,\"providers\":[1,\"x\"]},{\"customer_asid\":4,\"providers\":[2]}",
     "aspa:4<2 ", "record skipped: record 1 @20: aspa: not in the form expected\n"},
    {"two customers", "{\"customer_asid\":3,\"customer_asid\":3,\"providers\":[1]}", "",
     "record skipped: record 1 @20: aspa: contradicts itself\n"},
    {"two lists", "{\"customer_asid\":3,\"providers\":[1],\"providers\":[2]}", "",
     "record skipped: record 1 @20: aspa: contradicts itself\n"},
};

static void
test_aspas(void)
{
	struct got g = {0};
	char text[300];
	size_t i;

	for (i = 0; i < sizeof(aspas) / sizeof(aspas[0]); i++) {
		snprintf(text, sizeof(text), "{\"roas\":[],\"aspas\":[%s]}", aspas[i].list);
		decode_mem(text, strlen(text), 0, KIND_VRP_JSON, &g);
		is_str(g.text.p == NULL ? "" : g.text.p, aspas[i].want, "ASPA with %s", aspas[i].name);
		is_str(diags_text(&g), aspas[i].diag, "ASPA with %s is told", aspas[i].name);
	}
	got_release(&g);
}

static void
test_many_providers(void)
{
	struct got g = {0};
	struct str text = {0};
	unsigned n, i;

	for (n = ASPA_PROVIDERS_MAX; n <= ASPA_PROVIDERS_MAX + 1; n++) {
		str_clear(&text);
		str_adds(&text, "{\"aspas\":[{\"customer_asid\":4200000000,\"providers\":[1");
		for (i = 2; i <= n; i++)
			str_addf(&text, ",%u", i);
		str_adds(&text, "]}]}");
		decode_mem(text.p, text.len, 0, KIND_VRP_JSON, &g);
		ok(g.st.aspas == (n == ASPA_PROVIDERS_MAX), "%u providers are %s", n,
		    n == ASPA_PROVIDERS_MAX ? "read" : "over the limit");
	}
	str_release(&text);
	got_release(&g);
}

static void
test_metadata(void)
{
	static const char text[] = "{\"metadata\":{\"buildtime\":\"2021-09-01T00:04:19Z\",\"vrps\":9,\"uniquevrps\":0,"
				   "\"vaps\":4,\"uniquevaps\":3},\"roas\":[],\"aspas\":[]}";
	static const char odd[] = "{\"metadata\":{\"generated\":\"now\",\"vrps\":\"9\"},\"roas\":[]}";
	struct got g = {0};
	char t[UTC_TEXT];

	decode_mem(text, sizeof(text) - 1, 0, KIND_VRP_JSON, &g);
	is_str(utc_format(g.st.time, t), "2021-09-01T00:04:19Z", "the time comes from the content");
	ok(g.st.claimed_vrps == 0 && g.st.claimed_aspas == 3, "the claims are told, the unique ones first");
	is_str(diags_text(&g), "note: record 0 @118: metadata.vaps: contradicts itself\n",
	    "fewer ASPAs than claimed is a note: the writer leaves some out");
	decode_mem(odd, sizeof(odd) - 1, 0, KIND_VRP_JSON, &g);
	is_str(diags_text(&g), "field skipped: record 0 @25: metadata.time: not in the form expected\n"
	    "field skipped: record 0 @38: metadata.count: not in the form expected\n",
	    "metadata that cannot be read is named");
	ok(!utc_known(g.st.time), "and an unknown time stays unknown");
	got_release(&g);
}

static void
test_csv_faults(void)
{
	static const char text[] = "16079,192.0.2.0/24,24,True\n16079,192.0.2.1/24,24,True\n"
				   "16079,192.0.2.0/24,23,True\nx,192.0.2.0/24,24,True\n16079,,24,True\n"
				   "16079,192.0.2.0/24,24,False\n16079,192.0.2.0/24,24,\n\"16079,192.0.2.0/24\n"
				   "16079,192.0.2.7,32,True\n16079,192.0.2.0/24,2";
	struct got g = {0};

	decode_mem(text, sizeof(text) - 1, 0, KIND_VRP_CSV, &g);
	is_str(g.text.p, "16079:192.0.2.0/24-24@ 16079:192.0.2.7/32-32@ ", "only what is good comes out of bad lines");
	is_str(diags_text(&g),
	    "record skipped: record 2 @27: vrp.prefix: out of range [RFC 9582 4.3.2]\n"
	    "record skipped: record 3 @54: vrp.maxLength: out of range [RFC 9582 4.3.2]\n"
	    "record skipped: record 4 @81: vrp.asn: not in the form expected\n"
	    "record skipped: record 5 @104: vrp.prefix: not in the form expected\n"
	    "record skipped: record 6 @119: vrp.valid: contradicts itself\n"
	    "record skipped: record 7 @147: vrp.valid: not in the form expected\n"
	    "record skipped: record 8 @170: vrp.line: not in the form expected\n"
	    "note: record 9 @190: vrp.prefix.length: not in the form expected\n"
	    "note: record 10 @214: vrp.line: input ends early [a line ends with a line feed]\n"
	    "source incomplete: record 10 @214: vrp.line: input ends early\n",
	    "each bad line is named; the last has no line feed and is not whole");
	decode_mem("ASN,Trust Anchor\n1,x\n", 21, 0, KIND_VRP_CSV, &g);
	is_str(diags_text(&g), "source incomplete: record 1 @0: vrp.header: not in the form expected\n",
	    "a header without a prefix column is no VRP list");
	got_release(&g);
}

static void
test_trust_anchor_limit(void)
{
	struct got g = {0};
	struct str text = {0};
	unsigned n;

	for (n = VRP_TA_MAX; n <= VRP_TA_MAX + 1; n++) {
		str_clear(&text);
		str_addf(&text, "{\"roas\":[{\"asn\":1,\"prefix\":\"10.0.0.0/8\",\"ta\":\"%0*d\"}]}", (int)n, 0);
		decode_mem(text.p, text.len, 0, KIND_VRP_JSON, &g);
		ok(g.st.vrps == 1 && (g.d.n_kept == 0) == (n == VRP_TA_MAX),
		    "a trust anchor's name of %u bytes is %s, its VRP used", n, n == VRP_TA_MAX ? "kept" : "left out");
	}
	str_release(&text);
	got_release(&g);
}

static void
test_stop(void)
{
	struct got g = {.stop_after = 2};

	decode_mem(good[1].text, strlen(good[1].text), 0, KIND_VRP_JSON, &g);
	ok(g.result == ERR_STOPPED && g.n == 2, "a callback stops the reading at a VRP");
	g.stop_after = 3;
	decode_mem(good[1].text, strlen(good[1].text), 0, KIND_VRP_JSON, &g);
	ok(g.result == ERR_STOPPED && g.n == 3, "and at an ASPA");
	g.stop_after = 1;
	decode_mem(good[14].text, strlen(good[14].text), 0, KIND_VRP_CSV, &g);
	ok(g.result == ERR_STOPPED && g.n == 1, "and at a line");
	got_release(&g);
}

struct breaking {
	const char *text;
	enum err e;
};

static enum err
breaking_fill(void *arg, const uint8_t **buf, size_t *len)
{
	struct breaking *b = arg;

	*buf = (const uint8_t *)b->text;
	*len = b->text == NULL ? 0 : strlen(b->text);
	b->text = NULL;
	return *len > 0 ? OK : b->e;
}

/* Damaged data makes the source incomplete; only the environment's fault is an error. */
static void
test_broken_stream(void)
{
	static const struct {
		enum err e, want;
	} cases[] = {{ERR_CORRUPT, OK}, {ERR_LIMIT, OK}, {ERR_IO, ERR_IO}, {ERR_NOMEM, ERR_NOMEM}};
	static const size_t form[] = {0, 1, 11, 16};
	struct got g = {0};
	size_t i, j;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (j = 0; j < sizeof(form) / sizeof(form[0]); j++) {
			struct breaking b = {good[form[j]].text, cases[i].e};
			struct feed f;

			feed_init(&f, breaking_fill, &b);
			decode(&f, good[form[j]].kind, &g);
			ok(g.result == cases[i].want && diags_stopped(&g.d) &&
			    g.d.kept[g.d.n_kept - 1].err == cases[i].e,
			    "%s: a stream that breaks with \"%s\" is told", good[form[j]].name,
			    err_text(cases[i].e));
		}
	got_release(&g);
}

static enum err
pipe_fill(void *arg, const uint8_t **buf, size_t *len)
{
	static uint8_t b[FEED_CHUNK];

	*buf = b;
	*len = fread(b, 1, sizeof(b), arg);
	return OK;
}

static const struct {
	const char *how, *file;
	enum input_kind kind;
	uint64_t vrps, aspas, as0;
	const char *diag;	/* the first, "" when there is none */
} real[] = {
    {"bzcat", "updates-2024-10/rpki-client-20250720T0931Z.json.bz2", KIND_VRP_JSON, 723521, 100, 2419, ""},
    {"cat", "rpki-formats/rpki-client-2021.json", KIND_VRP_JSON, 70, 0, 0,
     "record 70 @7910: metadata.vrps: contradicts itself"},	/* a piece of a file */
    {"cat", "rpki-formats/rpki-client-2023.json", KIND_VRP_JSON, 379, 2, 0,
     "record 379 @42354: metadata.vrps: contradicts itself"},
    {"cat", "rpki-formats/routinator-jsonext.json", KIND_VRP_JSON, 2, 0, 0, ""},
    {"cat", "ixp-2020/roa_test.json", KIND_VRP_JSON, 5, 0, 2,
     "record 3 @246: vrp.maxLength: out of range [RFC 9582 4.3.2]"},
    {"cat", "rpki-formats/ripe-ftp-roas.csv", KIND_VRP_CSV, 49, 0, 0, ""},
    {"zcat", "rpki-formats/routinator.csv.gz", KIND_VRP_CSV, 9999, 0, 6, ""},
    {"zcat", "rpki-formats/rpki-client.csv.gz", KIND_VRP_CSV, 9999, 0, 6, ""},
    /* 15,969 lines, 65 of them with the flag False */
    {"zcat", "internet-2016-02/roa.csv.gz", KIND_VRP_CSV, 15904, 0, 1,
     "record 3279 @96658: vrp.prefix.length: not in the form expected"},
};

static void
test_real(void)
{
	const char *dir = shared_data();
	struct got g = {.quiet = true};
	char cmd[4200], diag[300];
	size_t i;

	if (dir == NULL) {
		skip("../shared/data is not here");
		return;
	}
	for (i = 0; i < sizeof(real) / sizeof(real[0]); i++) {
		struct feed f;
		FILE *p;

		snprintf(cmd, sizeof(cmd), "%s '%s/%s'", real[i].how, dir, real[i].file);
		p = popen(cmd, "r");
		if (p == NULL) {
			skip("no pipe");
			continue;
		}
		feed_init(&f, pipe_fill, p);
		decode(&f, real[i].kind, &g);
		pclose(p);
		ok(g.st.vrps == real[i].vrps && g.st.aspas == real[i].aspas && g.as0 == real[i].as0,
		    "%s: %u VRPs, %u ASPAs, %u AS0", real[i].file, (unsigned)g.st.vrps,
		    (unsigned)g.st.aspas, (unsigned)g.as0);
		is_str(g.d.n_kept == 0 ? "" : diag_format(&g.d.kept[0], diag, sizeof(diag)), real[i].diag,
		    "%s: what is said of it", real[i].file);
	}
	got_release(&g);
}

/* An entry is read the quick way or not; what comes of it is the same. */
static const struct {
	const char *entry;
	bool quick;
} entries[] = {
    {"{\"asn\":64500,\"prefix\":\"192.0.2.0/24\",\"maxLength\":24,\"ta\":\"ripe\",\"expires\":1753453058}", true},
    {"{ \"asn\": 64500, \"prefix\": \"192.0.2.0/24\", \"maxLength\": 24, \"ta\": \"ripe\", \"expires\": 1 }", true},
    {"{\t\"asn\" :\n\"AS64500\" ,\"prefix\":\"2001:db8::/32\",\"maxLength\":48,\"ta\":\"ripe\"\r}", true},
    {"{\"prefix\":\"2a00:1:2:FFFF:a:b::/96\",\"asn\":0}", true},
    {"{\"prefix\":\"0.0.0.0/0\",\"asn\":4294967295}", true},
    {"{\"prefix\":\"255.255.255.255/32\",\"ta\":\"\",\"asn\":1}", true},
    {"{\"prefix\":\"10.0.0.0/8\",\"maxLength\":7,\"asn\":1}", true},
    {"{\"prefix\":\"10.0.0.0/8\",\"maxLength\":33,\"asn\":1}", true},
    {"{\"prefix\":\"10.0.0.0/8\",\"maxLength\":999,\"asn\":1}", true},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1,\"ta\":\"\xff \x7f\"}", true},
    {"{\"prefix\":\"10.0.0.0/8\",\"maxLength\":1000,\"asn\":1}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"maxLength\":\"9\",\"asn\":1}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"maxLength\":9.0,\"asn\":1}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"maxLength\":-9,\"asn\":1}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"maxLength\":null,\"asn\":1}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":4294967296}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":42949672950}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":01}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1e3}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":\"1\"}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":\"AS1.10\"}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":\"AS\"}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1,\"asn\":1}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1,\"ta\":\"a\",\"ta\":\"b\"}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1,\"expires\":1,\"expires\":2}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1,\"expires\":\"never\"}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1,\"expires\":-1}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1,\"other\":1}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1,\"source\":[{\"tal\":\"x\"}]}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1,\"ta\":\"a\\\"b\"}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1,\"ta\":\"a\\u0041b\"}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1,\"ta\":\"a\nb\"}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1,\"ta\":null}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\":1,}", false},
    {"{\"prefix\":\"10.0.0.0/8\" \"asn\":1}", false},
    {"{\"prefix\":\"10.0.0.0/8\",\"asn\" 1}", false},
    {"{\"prefix\":\"10.0.0.0/8\"}", false},
    {"{\"asn\":1}", false},
    {"{}", false},
    {"{\"prefix\":\"10.0.0.1/8\",\"asn\":1}", false},
    {"{\"prefix\":\"10.0.0.0\",\"asn\":1}", false},
    {"{\"prefix\":\"10.0.0/8\",\"asn\":1}", false},
    {"{\"prefix\":\"10.0.0.0.0/8\",\"asn\":1}", false},
    {"{\"prefix\":\"10.00.0.0/8\",\"asn\":1}", false},
    {"{\"prefix\":\"10.256.0.0/8\",\"asn\":1}", false},
    {"{\"prefix\":\"10.0.0.0/08\",\"asn\":1}", false},
    {"{\"prefix\":\"10.0.0.0/33\",\"asn\":1}", false},
    {"{\"prefix\":\"10.0.0.0/8 \",\"asn\":1}", false},
    {"{\"prefix\":\"2001:db8::/129\",\"asn\":1}", false},
    {"{\"prefix\":\"2001:db8::/16\",\"asn\":1}", false},
    {"{\"prefix\":\"2001:db8:::/32\",\"asn\":1}", false},
    {"{\"prefix\":\"2001:0db80::/32\",\"asn\":1}", false},
    {"{\"prefix\":\"::/0\",\"asn\":1}", false},
    {"{\"prefix\":\"2001:db8::1/128\",\"asn\":1}", false},
    {"{\"prefix\":\"1:2:3:4:5:6:7::/112\",\"asn\":1}", false},
    {"{\"prefix\":\"1:2:3:4:5:6:7:8/128\",\"asn\":1}", false},
    {"{\"prefix\":\"::ffff:10.0.0.0/104\",\"asn\":1}", false},
    {"{\"pref\\u0069x\":\"10.0.0.0/8\",\"asn\":1}", false},
    {"[]", false},
    {"1", false},
};

/* Is the entry read the quick way, the second in its list, at its offset, and what follows after it? */
static bool
is_quick(const char *text, size_t at)
{
	struct feed_mem m = {(const uint8_t *)text, strlen(text), 0};
	struct got g = {0};
	struct vrp_sink sink = {.vrp = on_vrp, .arg = &g};
	struct vrp_dec v = {.sink = &sink, .d = &g.d, .st = &g.st};
	struct vrp_doc doc = {.v = &v};
	enum vrp_quick first, second;
	struct feed f;
	bool right;

	feed_init_mem(&f, &m);
	json_open(&doc.r, &f);
	while (json_next(&doc.r) != JSON_ARR)
		;
	first = vrp_quick_roa(&doc);
	second = vrp_quick_roa(&doc);
	right = first == VRP_QUICK_TOOK && v.entries == 1u + (second == VRP_QUICK_TOOK);
	if (second == VRP_QUICK_TOOK)
		right = right && json_next(&doc.r) == JSON_OBJ && (g.d.n_kept == 0 || g.d.kept[0].offset == at);
	ok(right, "%.*s: what is read before and after it", 60, text + at);
	json_close(&doc.r);
	feed_release(&f);
	got_release(&g);
	return second == VRP_QUICK_TOOK;
}

static void
test_quick(void)
{
	static const char first[] = "{\"asn\":1,\"prefix\":\"192.0.2.0/24\"}";
	struct got whole = {0}, pieces = {0};
	char text[2048], want[8192];
	size_t i, n;

	for (i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
		n = (size_t)snprintf(text, sizeof(text), "{\"roas\":[%s,\n%s,%s]}%512s", first, entries[i].entry,
		    first, "");
		ok(is_quick(text, 10 + sizeof(first)) == entries[i].quick, "%s: %s", entries[i].entry,
		    entries[i].quick ? "quick" : "not quick");
		decode_mem(text, n, 0, KIND_VRP_JSON, &whole);
		snprintf(want, sizeof(want), "%s", diags_text(&whole));
		decode_mem(text, n, 1, KIND_VRP_JSON, &pieces);
		is_str(diags_text(&pieces), want, "%s: the same is said of it", entries[i].entry);
		is_str(pieces.text.p, whole.text.p, "%s: the same VRPs", entries[i].entry);
	}
	got_release(&whole);
	got_release(&pieces);
}

/* Wherever the input is cut in two, so that an entry lies across the seam or ends at it. */
static void
test_quick_seams(void)
{
	struct got whole = {0}, pieces = {0};
	struct str text = {0};
	size_t i, wrong = 0;

	str_addf(&text, "{\"roas\":[");
	for (i = 0; i < 40; i++)
		str_addf(&text, "%s\n{\"asn\":%zu,\"prefix\":\"10.%zu.0.0/%d\",\"ta\":\"t%zu\"}", i > 0 ? "," : "", i, i,
		    i % 7 == 3 ? 12 : 16, i);
	str_addf(&text, "]}");
	decode_mem(text.p, text.len, 1, KIND_VRP_JSON, &whole);
	for (i = 2; i <= text.len; i++) {
		decode_mem(text.p, text.len, i, KIND_VRP_JSON, &pieces);
		wrong += pieces.result != whole.result || strcmp(pieces.text.p, whole.text.p) != 0 ||
		    diags_total(&pieces.d) != diags_total(&whole.d) ||
		    memcmp(pieces.d.kept, whole.d.kept, sizeof(whole.d.kept)) != 0;
	}
	ok(whole.st.vrps > 30 && whole.d.n_kept > 2, "a list with good and bad entries");
	ok(wrong == 0, "in pieces of any size it is the same list");
	str_release(&text);
	got_release(&whole);
	got_release(&pieces);
}

int
main(void)
{
	test_good();
	test_truncation();
	test_bad_records();
	test_broken();
	test_aspas();
	test_many_providers();
	test_metadata();
	test_csv_faults();
	test_trust_anchor_limit();
	test_stop();
	test_quick();
	test_quick_seams();
	test_broken_stream();
	test_real();
	return tap_done();
}
