/*
 * Offences of one announcement, the days before, misoriginations, and what is scored.
 */
#include "offences.h"
#include "tap.h"
#include "addr/asn.h"
#include "metric/leak.h"
#include "metric/timeline_score.h"

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
	ok(h.n_routes == 8, "each route once");
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

static void
test_misorigin(void)
{
	is_str(judged("11.0.0.0/24", 100, true), "none own-history", "it was there before");
	is_str(judged("11.0.0.0/24", 666, true), "strong vrp-of-another held-by-another", "VRPs and the days before");
	is_str(judged("11.0.0.0/24", 666, false), "possible vrp-of-another evidence-missing", "VRPs alone: nobody knows what was before");
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
	is_str(judged("11.0.0.0/24", 669, true), "possible vrp-of-another held-by-another evidence-missing",
	    "of unknown organisation: a sibling, perhaps");
	is_str(judged("11.0.0.0/24", 404, true), "possible vrp-of-another held-by-another evidence-missing",
	    "the registries' statistics do not have it: of one holder, perhaps");
	is_str(judged("17.0.8.0/24", 406, true), "none vrp-of-another held-by-another sibling", "one holder by these");
	is_str(judged("16.0.8.0/24", 406, true), "none vrp-of-another covering-held-by-another registered-to-it",
	    "the space is its holder's by these");
	is_str(judged("11.0.0.0/25", 666, true), "possible vrp-of-another covering-held-by-another too-long",
	    "longer than what the Internet carries: black-holed, perhaps");
	is_str(judged("11.0.0.0/24", 666, true), "strong vrp-of-another held-by-another", "with all of it");
}

/* "class culprit<accomplice ..." */
static const char *
offences(const char *text, const uint32_t *as, uint32_t n)
{
	static char out[512];
	const struct offence_judge j = {&w, &h, (1u << OFF_N) - 1, at_hand};
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
