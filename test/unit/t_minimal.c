/* minimal: what is chosen of an input, each form against what a naive reader would keep. */
#include "base/arena.h"
#include "pipe/minimal_int.h"
#include "tap.h"

static struct prefix
prefix(const char *text)
{
	struct prefix p;
	bool host_bits;

	if (prefix_parse(span_of(text), &p, &host_bits) != OK)
		abort();
	return p;
}

static void
fill(struct minimal *m, struct world *w)
{
	static const char *const near[] = {"192.0.2.0/24", "192.0.2.128/25", "198.51.100.0/22", "2001:db8::/32"};
	size_t i;

	*m = (struct minimal){.w = w, .arena = arena_new()};
	for (i = 0; i < 4; i++) {
		struct prefix p = prefix(near[i]);

		minimal_near_add(m, &p);
	}
	minimal_near_seal(m);
	numbers_add(&m->subjects, 64500);
	numbers_add(&m->ases, 64500);
	numbers_add(&m->ases, 64501);
	numbers_add(&m->ases, 4200000000u);
	numbers_add(&m->nets, 7);
	numbers_add(&m->orgs, 9);
	minimal_word_add(m, SPAN("ORG-X1-RIPE"));
	minimal_word_add(m, SPAN("MNT-A"));
	minimal_words_seal(m);
}

static void
release(struct minimal *m)
{
	free(m->subjects.v);
	free(m->ases.v);
	free(m->nets.v);
	free(m->orgs.v);
	free(m->near[0]);
	free(m->near[1]);
	free(m->words);
	arena_free(m->arena);
}

static void
overlaps(const struct minimal *m)
{
	static const char *const near[] = {"192.0.2.0/24", "198.51.100.0/22", "2001:db8::/32"};
	unsigned len, k, wrong = 0, asked = 0;
	struct prefix p, q;

	for (len = 1; len <= 32; len++)		/* one is near another when one covers the other */
		for (k = 0; k < 512; k++) {
			bool want = false;
			size_t i;

			p = prefix(k & 1 ? "192.0.2.0/32" : "198.51.100.0/32");
			p.len = (uint8_t)len;
			p.addr[2] = (uint8_t)(p.addr[2] + (k >> 1) % 16 - 8);
			p.addr[3] = (uint8_t)(k >> 1);
			(void)prefix_mask(&p);
			for (i = 0; i < 3; i++) {
				q = prefix(near[i]);
				want = want || prefix_covers(&p, &q) || prefix_covers(&q, &p);
			}
			wrong += want != minimal_near(m, &p);
			asked++;
		}
	ok(wrong == 0, "%u prefixes are near as a naive look says", asked);
	p = prefix("2001:db8:1::/48");
	q = prefix("2001:db9::/32");
	ok(minimal_near(m, &p) && !minimal_near(m, &q), "so are those of IPv6");
	ok(numbers_meet(&m->ases, 64000, 64500) && numbers_meet(&m->ases, 64501, 64600) && !numbers_meet(&m->ases, 64502, 65000),
	    "ranges of ASNs meet those on the paths");
	ok(numbers_meet(&m->ases, 4200000000u, UINT64_MAX) && !numbers_meet(&m->ases, 4200000001u, UINT64_MAX), "also the largest");
}

typedef enum err reduce(const struct minimal *, enum input_kind, struct feed *, struct str *);

/* From pieces of every size, since a feed may hand them out as it likes. */
static void
reduces(const struct minimal *m, reduce *fn, enum input_kind kind, const char *in, const char *want, const char *what)
{
	size_t chunk;
	bool same = true;
	struct str out = {0};

	for (chunk = 1; chunk < 40; chunk += 7) {
		struct feed_mem mem = {(const uint8_t *)in, strlen(in), chunk};
		struct feed f;

		str_clear(&out);
		str_adds(&out, "");
		feed_init_mem(&f, &mem);
		same = fn(m, kind, &f, &out) == OK && strcmp(out.p, want) == 0 && same;
		feed_release(&f);
	}
	ok(same, "%s", what);
	if (!same)
		printf("# got: %s\n", out.p);
	str_release(&out);
}

static void
forms(const struct minimal *m)
{
	reduces(m, reduce_lines, KIND_VRP_CSV, "ASN,IP Prefix,Max Length\nAS1,10.0.0.0/8,8\nAS2,192.0.0.0/8,8\nAS3,203.0.113.0/24,24\n"
	    "AS64500,203.0.113.0/24,24\nAS4,192.0.2.64/26,26\n",
	    "ASN,IP Prefix,Max Length\nAS1,10.0.0.0/8,8\nAS2,192.0.0.0/8,8\nAS64500,203.0.113.0/24,24\nAS4,192.0.2.64/26,26\n",
	    "VRPs: the header, the first, those near, those of the network");
	reduces(m, reduce_lines, KIND_AS_REL, "# source\n1|2|0\n3|4|-1\n64500|9|-1\n9|64500|0\n64501|4200000000|0\n64501|8|-1\n",
	    "# source\n1|2|0\n3|4|-1\n64500|9|-1\n9|64500|0\n64501|4200000000|0\n", "links: of the network, and between those on the paths");
	reduces(m, reduce_lines, KIND_AS_ORG, "# format:org_id|changed|name|country|source\nA|1|a|US|X\nB|1|b|US|X\nC|1|c|US|X\n"
	    "ORG-X1-RIPE|1|x|US|X\n# format:aut|changed|aut_name|org_id|opaque_id|source\n5|1|n|C||X\n64501|1|n|C||X\n6|1|n|ORG-X1-RIPE||X\n",
	    "# format:org_id|changed|name|country|source\nA|1|a|US|X\nB|1|b|US|X\nORG-X1-RIPE|1|x|US|X\n"
	    "# format:aut|changed|aut_name|org_id|opaque_id|source\n64501|1|n|C||X\n6|1|n|ORG-X1-RIPE||X\n", "organisations and their ASes");
	reduces(m, reduce_delegated, KIND_DELEGATED, "2|ripencc|20220501|9|19830705|20220501|+0200\nripencc|*|ipv4|*|9|summary\n"
	    "ripencc|NL|asn|1|2|20200101|allocated\nripencc|NL|asn|64400|101|20200101|allocated\nripencc|NL|asn|64400|100|20200101|allocated\n"
	    "ripencc|NL|ipv4|192.0.2.255|1|20200101|assigned\nripencc|NL|ipv4|192.0.3.0|256|20200101|assigned\n"
	    "ripencc|NL|ipv4|0.0.0.0|4294967296|20200101|assigned\nripencc|NL|ipv6|2001:db8:f::|48|20200101|assigned\n"
	    "ripencc|NL|ipv6|2001:db9::|32|20200101|assigned\n",
	    "2|ripencc|20220501|5|19830705|20220501|+0200\nripencc|NL|asn|1|2|20200101|allocated\nripencc|NL|asn|64400|101|20200101|allocated\n"
	    "ripencc|NL|ipv4|192.0.2.255|1|20200101|assigned\nripencc|NL|ipv4|0.0.0.0|4294967296|20200101|assigned\n"
	    "ripencc|NL|ipv6|2001:db8:f::|48|20200101|assigned\n", "a registry's ranges, and the count of those that are left");
	reduces(m, reduce_rpsl, KIND_RPSL, "% remark\nroute: 203.0.113.0/24\norigin: AS1\nsource: A\n\nroute: 203.0.114.0/24\norigin: AS1\nsource: A\n\n"
	    "route: 203.0.115.0/24\norigin: AS64500\nsource: A\n\nroute: 192.0.2.0/25\norigin: AS1\nsource: A\n\naut-num: AS1\nsource: A\n\n"
	    "aut-num: AS2\nsource: A\n\naut-num: AS64500\nsource: A\n\nmntner: Mnt-A\nsource: A\n\nmntner: MNT-B\nsource: A\n",
	    "route: 203.0.113.0/24\norigin: AS1\nsource: A\n\nroute: 203.0.115.0/24\norigin: AS64500\nsource: A\n\n"
	    "route: 192.0.2.0/25\norigin: AS1\nsource: A\n\naut-num: AS1\nsource: A\n\naut-num: AS64500\nsource: A\n\nmntner: Mnt-A\nsource: A\n\n",
	    "route objects, aut-nums, and whom they name");
}

static void
json_good(const struct minimal *m)
{
	reduces(m, reduce_json, KIND_VRP_JSON, "{\"metadata\":{\"t\":\"[{\"},\n\"roas\":[ {\"asn\":1,\"prefix\":\"10.0.0.0/8\"},{\"asn\":2,\"prefix\":\"11.0.0.0/8\"} ,\n"
	    "{\"asn\":\"AS3\",\"prefix\":\"192.0.2.0\\/24\",\"x\":{\"a\":[{}]}},{\"asn\":64500,\"prefix\":\"12.0.0.0/8\"}],"
	    "\"aspas\":[{\"customer\":5,\"providers\":[6]},{\"customer\":64501,\"providers\":[6]}],\"empty\":[],\"n\":[1,2]}",
	    "{\"metadata\":{\"t\":\"[{\"},\n\"roas\":[{\"asn\":1,\"prefix\":\"10.0.0.0/8\"},\n"
	    "{\"asn\":\"AS3\",\"prefix\":\"192.0.2.0\\/24\",\"x\":{\"a\":[{}]}},\n{\"asn\":64500,\"prefix\":\"12.0.0.0/8\"}],"
	    "\"aspas\":[{\"customer\":64501,\"providers\":[6]}],\"empty\":[],\"n\":[1,2]}", "VRPs and ASPAs as JSON, byte for byte");
	reduces(m, reduce_json, KIND_PDB_NET, "{\"data\":[{\"id\":1,\"asn\":5},{\"id\":7,\"asn\":64501},{\"id\":64500,\"asn\":6}]}",
	    "{\"data\":[{\"id\":1,\"asn\":5},\n{\"id\":7,\"asn\":64501}]}", "PeeringDB nets by their ASN");
	reduces(m, reduce_json, KIND_PDB_POC, "{\"data\":[{\"id\":1,\"net_id\":5},{\"id\":2,\"net_id\":7},{\"id\":7,\"net_id\":6}]}",
	    "{\"data\":[{\"id\":1,\"net_id\":5},\n{\"id\":2,\"net_id\":7}]}", "their people by the net");
}

int
main(void)
{
	struct minimal m;
	struct world w = {0};

	fill(&m, &w);
	overlaps(&m);
	forms(&m);
	json_good(&m);
	release(&m);
	return tap_done();
}
