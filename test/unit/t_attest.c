/* attest: a file attached to a report: one form; by whom it counts for what; and no bit of its envelope is free. */
#include "seal.h"
#include "seal/attest.h"
#include "seal/dsse.h"
#include "seal/statement.h"
#include "seal/verify.h"
#include "sealed_report.h"
#include "tap.h"

static struct arena *a;
static struct key *issuer, *network, *auditor;
static struct key_pub pubs[3];
static enum verify_role roles[3] = {VERIFY_ISSUER, VERIFY_NETWORK, VERIFY_AUDITOR};
static char sha[SHA256_HEX + 1];

static struct span
kept(struct str *s)
{
	struct span out = arena_span(a, str_span(s));

	str_release(s);
	return out;
}

static struct span
body_of(enum attest_kind kind, const char *report)
{
	struct attest t = {.kind = kind, .file = HEX_B};
	struct str s = {0};

	snprintf(t.report, sizeof(t.report), "%s", report);
	attest_write(&s, &t);
	return kept(&s);
}

static struct span
envelope_of(const struct key *k, struct span body)
{
	struct str s = {0};

	dsse_write(&s, k, SPAN(STATEMENT_TYPE), body);
	return kept(&s);
}

static void
verify_with(const struct span *evidence, size_t n, struct verify *v)
{
	static struct span envelope;
	struct verify_ask q = {.report = span_of(small_report), .envelopes = &envelope, .n_envelopes = 1, .evidence = evidence,
	    .n_evidence = n, .keys = {pubs, roles, 3}};
	struct str body = {0};
	const char *why = NULL;
	struct gist g;

	if (envelope.p == NULL) {
		if (gist_read(q.report, a, &g, &why) != OK)
			abort();
		statement_write(&body, &g, q.report, NULL, 0);
		envelope = envelope_of(issuer, str_span(&body));
		str_release(&body);
		gist_release(&g);
	}
	verify_run(&q, a, v);
	verify_release(v);
}

static bool
counts(struct span evidence, void *ctx)
{
	struct verify v;

	(void)ctx;
	verify_with(&evidence, 1, &v);
	return v.answer == VERIFY_YES || v.level > LEVEL_MEASURED;
}

static void
test_form(void)
{
	static const char *const bad[] = {
	    "", "{}", "[]", "{\"predicateType\":\"" ATTEST_TYPE "\"}",
	    "{\"predicate\":{\"kind\":\"praise\"},\"predicateType\":\"" ATTEST_TYPE "\"}",
	    "{\"predicate\":{\"kind\":\"answers\"},\"predicateType\":\"" ATTEST_TYPE "\",\"subject\":[{\"digest\":{\"sha256\":\"" HEX_A "\"}}]}",
	};
	enum attest_kind k;
	const char *why = NULL;
	struct attest t;
	size_t i;
	int n = 0;

	for (i = 0; i < ATTEST_KINDS; i++) {
		n += attest_read(body_of((enum attest_kind)i, sha), &t, &why) == OK && t.kind == i && strcmp(t.report, sha) == 0 &&
		    strcmp(t.file, HEX_B) == 0;
		n += attest_kind_read(span_of(attest_kind_name((enum attest_kind)i)), &k) == OK && k == i;
	}
	ok(n == 2 * ATTEST_KINDS, "each kind is read as it was written");
	for (n = 0, i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		n += attest_read(span_of(bad[i]), &t, &why) == (i < 3 ? ERR_UNKNOWN : ERR_SYNTAX) && why != NULL;
	ok(n == 6, "what is none is refused, what is another is not understood");
	ok(attest_read(SPAN("{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicate\":{\"kind\":\"policy\"},\"predicateType\":\"" ATTEST_TYPE
	    "\",\"subject\":[{\"digest\":{\"sha256\":\"" HEX_A "\"},\"name\":\"report.json\"},{\"digest\":{\"sha256\":\"" HEX_B
	    "\"},\"name\":\"answers\"}]}"), &t, &why) == ERR_SYNTAX, "and so is one whose subject is called otherwise");
	ok(attest_kind_read(SPAN("Answers"), &k) == ERR_UNKNOWN, "a kind is written small");
}

static void
test_who(void)
{
	struct span by_network = envelope_of(network, body_of(ATTEST_ANSWERS, sha)), both[2];
	struct span one = by_network;
	struct verify v;

	verify_with(&one, 1, &v);
	ok(v.answer == VERIFY_YES && v.level == LEVEL_EVIDENCE, "answers by the network: signed evidence");
	is_str(v.evidence[0].what, "answers, sha256 " HEX_B, "the file is named");
	ok(v.evidence[0].attached && v.evidence[0].role == VERIFY_NETWORK, "as attached, by the network");
	one = envelope_of(issuer, body_of(ATTEST_ANSWERS, sha));
	verify_with(&one, 1, &v);
	ok(v.answer == VERIFY_UNKNOWN && v.level == LEVEL_MEASURED, "by the issuer: could not tell");
	one = envelope_of(auditor, body_of(ATTEST_POLICY, sha));
	verify_with(&one, 1, &v);
	ok(v.answer == VERIFY_UNKNOWN && v.level == LEVEL_MEASURED, "nor is a policy an auditor's");
	one = envelope_of(network, body_of(ATTEST_SIGNOFF, sha));
	verify_with(&one, 1, &v);
	ok(v.answer == VERIFY_UNKNOWN && v.level == LEVEL_MEASURED, "and nobody signs himself off");
	one = envelope_of(network, body_of(ATTEST_ANSWERS, HEX_A));
	verify_with(&one, 1, &v);
	ok(v.answer == VERIFY_NO && v.level == LEVEL_MEASURED, "answers to another report: no");
	both[0] = by_network;
	both[1] = envelope_of(auditor, body_of(ATTEST_SIGNOFF, sha));
	verify_with(both, 2, &v);
	ok(v.answer == VERIFY_YES && v.level == LEVEL_AUDITED, "with the auditor's sign-off: audited");
	verify_with(both + 1, 1, &v);
	ok(v.answer == VERIFY_YES && v.level == LEVEL_MEASURED && v.reached[LEVEL_AUDITED], "which does not stand on nothing");
	ok(flips_taken(by_network, counts, NULL) == 0, "no bit of its %zu bytes is free", by_network.len);
	ok(cuts_taken(by_network, counts, NULL) == 0, "nor is it taken when cut");
}

int
main(void)
{
	uint8_t d[SHA256_BYTES];

	a = arena_new();
	issuer = key_of("issuer.example", KEY_SIGNER, 1);
	network = key_of("network.example", KEY_SIGNER, 2);
	auditor = key_of("auditor.example", KEY_SIGNER, 3);
	pubs[0] = *key_pub(issuer);
	pubs[1] = *key_pub(network);
	pubs[2] = *key_pub(auditor);
	sha256_of(small_report, strlen(small_report), d);
	sha256_hex(d, sha);
	test_form();
	test_who();
	key_free(issuer);
	key_free(network);
	key_free(auditor);
	arena_free(a);
	return tap_done();
}
