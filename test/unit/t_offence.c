/*
 * Offences of one announcement, the days before, misoriginations, and what is scored.
 */
#include "tap.h"
#include "addr/asn.h"
#include "metric/leak.h"
#include "metric/timeline_score.h"

static struct world w;
static struct history h;

static struct prefix
pfx(const char *text)
{
	struct prefix p;
	bool host;

	if (prefix_parse(span_of(text), &p, &host) != OK)
		exit(2);
	return p;
}

static void
vrp(const char *text, uint8_t max_len, uint32_t asn)
{
	const struct roa r = {pfx(text), max_len, asn};

	if (rpki_add_roa(&w.rpki, &r) != OK)
		exit(2);
	w.rpki.present = true;
}

static void
object(const char *text, uint32_t asn, bool authoritative)
{
	struct prefix p = pfx(text);

	if (irr_add_route(&w.irr, &p, asn, span_of(authoritative ? "RIPE" : "RADB"), authoritative, UTC_NONE) != OK)
		exit(2);
	w.irr.present = true;
}

static void
link_add(uint32_t a, uint32_t b, enum asrel_kind kind)
{
	const struct asrel l = {.a = a, .b = b, .kind = kind};

	if (graph_add(&w.graph, &l) != OK)
		exit(2);
	w.graph.present = true;
}

static void
org(uint32_t asn, const char *id)
{
	if (orgs_add_as(&w.orgs, asn, span_of(""), span_of(id)) != OK)
		exit(2);
	w.orgs.present = true;
}

static void
before(const char *text, uint32_t origin)
{
	struct prefix p = pfx(text);

	history_add_route(&h, &p, origin);
}

static void
make(void)
{
	const struct routes_params rp = {.visibility_min = 5, .full_feed_percent = 75};
	static const uint32_t path[] = {10, 20, 30, 40}, beside[] = {20, 100, 668};

	world_init(&w);
	history_init(&h);
	vrp("11.0.0.0/16", 24, 100);
	vrp("11.1.0.0/16", 16, 100);
	vrp("12.0.0.0/16", 24, 100);
	vrp("12.0.0.0/16", 24, 101);
	object("13.0.0.0/16", 100, true);
	object("13.0.0.0/16", 200, false);
	object("14.0.0.0/16", 100, false);
	link_add(100, 300, ASREL_P2C);
	org(100, "ORG");
	org(400, "ORG");
	org(666, "BAD");
	org(668, "BESIDE");
	org(700, "MITIGATION");
	org(703, "ONE-FRIEND");
	vrp("16.0.0.0/16", 24, 701);
	vrp("16.0.0.0/24", 24, 700);
	vrp("17.0.0.0/24", 24, 702);
	vrp("17.0.0.0/24", 24, 700);
	vrp("17.1.0.0/24", 24, 702);
	vrp("17.1.0.0/24", 24, 703);
	before("11.0.0.0/24", 100);
	before("13.0.0.0/16", 100);
	before("14.0.0.0/16", 100);
	before("15.0.0.0/16", 100);
	before("15.0.0.0/16", 100);
	before("15.0.1.0/24", 500);
	before("15.0.16.0/20", 500);
	history_add_path(&h, path, 4);
	history_add_path(&h, beside, 3);
	history_seal(&h);
	world_seal(&w, &rp, 1);
}

static void
test_history(void)
{
	const uint32_t known[2][3] = {{40, 30, 20}, {30, 20, 10}}, other[3] = {20, 30, 40};
	const struct history_route *r;
	struct prefix p = pfx("15.0.1.128/25"), q = pfx("15.0.2.0/24"), z = pfx("16.0.0.0/8");
	struct history big;
	uint32_t i, hop[3] = {1, 2, 3};

	ok(history_has_triple(&h, known[0]) && history_has_triple(&h, known[1]) && !history_has_triple(&h, other),
	    "who told, who passed on, who took");
	ok(h.n_routes == 6, "each route once");
	ok(history_covering(&h, &p, &r) == 1 && r->origin == 500, "the longest prefix that covers");
	ok(history_covering(&h, &q, &r) == 1 && r->origin == 100, "... not one beside it");
	ok(history_covering(&h, &z, &r) == 0 && history_routes(&h, &z, &r) == 0, "nothing covers it");
	history_init(&big);
	for (i = 0; i < 400000; i++) {		/* is packed on the way */
		p = (struct prefix){.addr = {20, (uint8_t)(i >> 8), (uint8_t)i}, .family = FAMILY_V4, .len = 24};
		history_add_route(&big, &p, 7);
		hop[0] = i % 1000;
		history_add_path(&big, hop, 3);
	}
	history_seal(&big);
	ok(big.n_routes == 65536 && big.n_triples == 1000 && big.cap_routes < 400000, "repeated ones take no room");
	history_release(&big);
}

/* "class: for | against" of an announcement. */
static const char *
judged_by(const char *text, uint32_t origin, uint32_t next, bool with_history)
{
	static char out[512];
	struct prefix p = pfx(text);
	struct misorigin m = misorigin_judge(&w, with_history ? &h : NULL, &p, origin, next);
	size_t n = (size_t)snprintf(out, sizeof(out), "%s", misorigin_class_word(m.class));
	unsigned i;

	for (i = 0; i < MIS_N; i++)
		if ((m.says >> i & 1) != 0)
			n += (size_t)snprintf(out + n, sizeof(out) - n, " %s", misorigin_word((enum misorigin_says)i));
	return out;
}

static const char *
judged(const char *text, uint32_t origin, bool with_history)
{
	return judged_by(text, origin, 0, with_history);
}

static void
test_misorigin(void)
{
	is_str(judged("11.0.0.0/24", 100, true), "none own-history", "it was there before");
	is_str(judged("11.0.0.0/24", 666, true), "strong vrp-of-another held-by-another", "VRPs and the days before");
	is_str(judged("11.0.0.0/24", 666, false), "possible vrp-of-another", "VRPs alone: nobody knows what was before");
	is_str(judged("11.1.0.0/24", 100, true), "none own-vrp", "its own VRP, too short: invalid, but its own");
	is_str(judged("12.0.0.0/24", 101, true), "none own-vrp", "one VRP of several is enough");
	is_str(judged("11.0.0.0/24", 300, true), "possible vrp-of-another held-by-another customer-or-provider",
	    "a customer may announce a part");
	is_str(judged("11.0.0.0/24", 400, true), "none vrp-of-another held-by-another sibling", "so may a sibling");
	is_str(judged("13.0.0.0/24", 666, true), "possible irr-of-another third-party-irr-of-another "
	    "covering-held-by-another", "authoritative objects outlive what they speak of");
	is_str(judged("13.0.0.0/24", 666, false), "possible irr-of-another third-party-irr-of-another",
	    "authoritative objects alone");
	is_str(judged("13.0.0.0/24", 200, true), "possible irr-of-another covering-held-by-another own-third-party-irr",
	    "a third-party object does not outweigh an authoritative one");
	is_str(judged("14.0.0.0/24", 666, false), "none third-party-irr-of-another", "third-party objects accuse nobody");
	is_str(judged("14.0.0.0/24", 666, true), "possible third-party-irr-of-another covering-held-by-another",
	    "with the days before, perhaps");
	is_str(judged("15.0.2.0/24", 100, true), "none own-history", "a part of what it had");
	is_str(judged("15.0.17.0/24", 100, true), "possible covering-held-by-another",
	    "the nearest that covers it is what counts");
	is_str(judged("15.0.1.128/25", 100, true), "possible covering-held-by-another", "long, but no single address");
	is_str(judged("99.0.0.0/24", 666, true), "none", "nobody speaks of it");
	is_str(judged("11.0.9.0/24", 666, true), "probable vrp-of-another", "VRPs, and nobody had announced it");
}

/* What is like a hijack and need be none: doc/accusations.md. */
static void
test_arrangements(void)
{
	is_str(judged_by("11.0.0.0/24", 666, 30, true), "possible vrp-of-another held-by-another by-a-stranger",
	    "who passed it on was never seen beside it: perhaps its number was forged");
	is_str(judged_by("11.0.0.0/24", 666, 100, true), "possible vrp-of-another held-by-another beside-a-holder",
	    "the holder passed it on: a slip in a prepend");
	is_str(judged("11.0.0.0/24", 668, true), "possible vrp-of-another held-by-another beside-a-holder",
	    "the holder gave it its routes before");
	is_str(judged("11.0.0.0/24", 700, true), "possible vrp-of-another held-by-another announces-for-others",
	    "two others have signed for it");
	is_str(judged("11.0.0.0/24", 703, true), "strong vrp-of-another held-by-another", "one other is not enough");
	is_str(judged("11.0.0.1/32", 666, true), "none", "a host");
	is_str(judged("11.0.0.0/24", 669, true), "possible vrp-of-another held-by-another",
	    "of unknown organisation: a sibling, perhaps");
	w.irr.present = false;
	is_str(judged("11.0.0.0/24", 666, true), "possible vrp-of-another held-by-another", "no route objects to excuse it");
	w.irr.present = true;
	w.graph.present = false;
	is_str(judged("11.0.0.0/24", 666, true), "possible vrp-of-another held-by-another", "no relations");
	w.graph.present = true;
	is_str(judged("11.0.0.0/24", 666, true), "strong vrp-of-another held-by-another", "with all of it");
}

/* "class culprit<accomplice ..." */
static const char *
offences(const char *text, const uint32_t *as, uint32_t n)
{
	static char out[512];
	const struct offence_judge j = {&w, &h, (1u << OFF_N) - 1};
	struct offence_path path;
	struct offence of[OFF_N];
	struct prefix p = pfx(text);
	uint32_t words[16] = {2u << 16 | n};
	size_t k, i, len = 0;

	for (i = 0; i < n; i++)
		words[i + 1] = as[i];
	offence_path_look(&j, (struct aspath){words, n + 1}, (struct otc_mark){0}, &path);
	k = offences_of(&j, &path, &p, of);
	out[0] = '\0';
	for (i = 0; i < k; i++)
		len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%s %u<%u", i > 0 ? " " : "",
		    offence_class_word(of[i].class), of[i].culprit, of[i].accomplice);
	return out;
}

static void
test_offences(void)
{
	is_str(offences("10.1.0.0/16", (uint32_t[]){3356, 174, 666}, 3), "bogon-prefix 666<174", "a bogon prefix");
	is_str(offences("10.1.0.0/16", (uint32_t[]){3356, 666, 666, 666}, 4), "bogon-prefix 666<3356",
	    "prepending is nobody next to it");
	is_str(offences("10.1.0.0/16", (uint32_t[]){666}, 1), "bogon-prefix 666<0", "told by itself");
	is_str(offences("0.0.0.0/0", (uint32_t[]){3356, 64512}, 2), "", "a default route");
	is_str(offences("99.0.0.0/24", (uint32_t[]){3356, 174, 64512}, 3), "bogon-asn 64512<174", "a bogon origin");
	is_str(offences("99.0.0.0/24", (uint32_t[]){3356, 64513, 64512, 666}, 4), "bogon-asn 64512<3356",
	    "of several the one nearest the origin, and the first that is none");
	is_str(offences("99.0.0.0/24", (uint32_t[]){3356, 174, 0}, 3), "", "AS0 stands for nobody");
	is_str(offences("11.0.0.0/24", (uint32_t[]){3356, 174, 666}, 3), "rpki-invalid 666<174 misorigination 666<174",
	    "two at once, in the order of classes");
	is_str(offences("11.1.0.0/24", (uint32_t[]){3356, 174, 100}, 3), "rpki-invalid 100<174",
	    "a length of its own is invalid, not stolen");
	is_str(offences("99.0.0.0/24", (uint32_t[]){3356, 174, 666}, 3), "", "nothing is wrong");
}

static void
test_words(void)
{
	unsigned c;
	bool same = true;

	for (c = 0; c < OFF_N; c++)
		same = same && offence_class_find(span_of(offence_class_word(c))) == c;
	ok(same && offence_class_find(span_of("hijack")) == OFF_N, "classes by their words");
}

/* --- scores --- */

#define US 1000000ll

static void
told(struct timeline *t, const char *text, unsigned class, uint32_t detail, uint32_t culprit, int64_t from_s, int64_t to_s)
{
	const struct timeline_key k = {pfx(text), 0, 0};
	const struct offence of = {(uint8_t)class, (uint16_t)detail, culprit, culprit, 9};

	timeline_announce(t, &k, from_s * US, &of, 1);
	timeline_withdraw(t, &k, to_s * US);
}

static void
test_scores(void)
{
	struct timeline_vp_info info = {{true, true}, INT64_MAX};
	struct timeline_scores s;
	struct timeline_result r;
	struct timeline_params p;
	struct timeline *t;
	char out[512] = "";
	size_t i, n = 0;

	timeline_params_init(&p);
	p.to_us = INT64_MAX;
	t = timeline_new(&p);
	timeline_vp(t);
	told(t, "10.0.0.0/24", OFF_BOGON_PREFIX, 0, 1, 100, 100 + 29 * 60);
	told(t, "10.0.0.0/24", OFF_BOGON_PREFIX, 0, 1, 10000, 10000 + 13 * 3600);
	told(t, "10.0.1.0/24", OFF_BOGON_PREFIX, 0, 1, 200000, 200000 + 25 * 3600);
	told(t, "10.0.2.0/24", OFF_BOGON_PREFIX, 0, 1, 290000, 290000 + 3600);	/* touches the one before */
	told(t, "11.0.0.0/24", OFF_MISORIGIN, MISORIGIN_PROBABLE << MIS_N, 2, 400000, 401000);
	told(t, "11.0.1.0/24", OFF_MISORIGIN, MISORIGIN_STRONG << MIS_N, 2, 500000, 500000 + 1800);
	told(t, "11.0.2.0/24", OFF_LEAK, LEAK_PROBABLE << 6, 3, 600000, 601000);
	told(t, "11.0.3.0/24", OFF_LEAK, LEAK_PROVEN << 6, 4, 700000, 701000);
	told(t, "11.0.4.0/24", OFF_INVALID, ROV_INVALID_ASN, 5, 800000, 801000);
	told(t, "11.0.5.0/24", OFF_BOGON_ASN, 0, 64512, 900000, 900000);
	ok(timeline_finish(t, &info, &r) == OK && timeline_score(&r, 1u << OFF_LEAK, &s) == OK, "scored");
	for (i = 0; i < s.n_scores; i++)
		n += (size_t)snprintf(out + n, sizeof(out) - n, "%s%u %s %llu", i > 0 ? "; " : "", s.scores[i].asn,
		    incident_metric_word(s.scores[i].metric), (unsigned long long)s.scores[i].raw_e7);
	is_str(out, "1 M3 35000000; 2 M2 10000000; 9 M2C 10000000; 9 M3C 35000000; 9 M4C 0; 64512 M4 0",
	    "29 min, 13 h and 25 h are 3.5; only strong misoriginations; what is skipped is not there; no length, no point");
	timeline_scores_release(&s);
	ok(timeline_score(&r, 0, &s) == OK && s.n_scores == 8 && s.scores[2].asn == 4 && s.scores[2].metric == INC_M1,
	    "only proven leaks");
	timeline_scores_release(&s);
	timeline_result_release(&r);
	timeline_free(t);
}

int
main(void)
{
	make();
	test_history();
	test_misorigin();
	test_arrangements();
	test_offences();
	test_words();
	test_scores();
	history_release(&h);
	world_release(&w);
	return tap_done();
}
