/* Seals: what is said of a report, the envelope's vector, both signatures, and that no bit of any of it is free. */
#include "seal.h"
#include "seal/minisign.h"
#include "seal/sealed.h"
#include "sealed_report.h"
#include "tap.h"

static struct arena *a;

#define REPORT span_of(small_report)

/* --- gist --- */

static void
test_gist(void)
{
	const char *why = NULL;
	struct str s = {0};
	struct gist g;

	ok(gist_read(REPORT, a, &g, &why) == OK && g.n_inputs == 2 && g.n_packs == 2 && g.n_asns == 2 && g.asns[1] == 64501,
	    "a report is read");
	is_str(g.at, "2022-05-01T00:00:00Z", "its moment");
	ok(g.inputs[0].complete && !g.inputs[1].complete && g.inputs[1].time == NULL, "its inputs, complete or not");
	ok(g.n_tests == 6 && g.tests[1].verdict == GIST_NO_DATA && g.tests[1].control == 2 && g.tests[5].asn == 64501,
	    "the verdicts on what its packs require, and no others");
	is_str(gist_result(g.packs[0].required), "WARNED", "no data is never a pass");
	is_str(gist_result(g.packs[1].required), "PASSED", "all passed is one");
	gist_comment(&s, &g);
	is_str(s.p, "routemark-assessment/1, evidence as of 2022-05-01T00:00:00Z, of AS64500 AS64501, by tender 7 (proposal), "
	    "base 1.0", "a comment has moment, subject and packs with their labels");
	str_release(&s);
	gist_release(&g);
}

static void
test_result(void)
{
	static const struct {
		uint64_t n[GIST_VERDICTS];
		const char *want;
	} t[] = {
		{{1, 0, 0, 0, 0}, "PASSED"}, {{1, 0, 0, 0, 9}, "PASSED"}, {{0, 0, 0, 0, 9}, "WARNED"}, {{0, 0, 0, 0, 0}, "WARNED"},
		{{9, 1, 0, 0, 0}, "WARNED"}, {{9, 0, 0, 1, 0}, "WARNED"}, {{9, 1, 1, 1, 1}, "FAILED"}, {{0, 0, 1, 0, 0}, "FAILED"},
	};
	size_t i;

	for (i = 0; i < sizeof(t) / sizeof(*t); i++)
		is_str(gist_result(t[i].n), t[i].want, "result %zu", i);
}

/* A copy of the report with one text for another. */
static char *
changed(const char *find, const char *put)
{
	const char *at = strstr(small_report, find);
	char *out = malloc(sizeof(small_report) + strlen(put));

	assert(at != NULL && out != NULL);
	sprintf(out, "%.*s%s%s", (int)(at - small_report), small_report, put, at + strlen(find));
	return out;
}

static const struct {
	const char *find, *put, *place;
} bad[] = {
	{"routemark-assessment/1", "routemark-assessment/2", "format"},
	{"\"format\":\"routemark-assessment/1\",", "", "format: is missing"},
	{"\"at\":\"2022-05-01T00:00:00Z\",", "", "at: is missing"},
	{"2022-05-01T00:00:00Z", "2022-05-01", "at: is not a time"},
	{"2022-05-01T00:00:00Z", "2022-13-01T00:00:00Z", "at: is not a time"},
	{"\"evidence\":{}", "\"at\":\"2022-05-01T00:00:00Z\"", "do not ascend, or one twice"},
	{"\"evidence\":{}", "\"zzz\":1", "do not ascend"},
	{"\"kind\":\"mrt\",", "", "inputs[]: lacks"},
	{"\"kind\":\"mrt\"", "\"kind\":\"m\\u001brt\"", "inputs[].kind: has a control character"},
	{"\"kind\":\"mrt\"", "\"kind\":\"m\\u202ert\"", "inputs[].kind: has a control character"},
	{"\"kind\":\"mrt\"", "\"kind\":\"\"", "inputs[].kind: is empty"},
	{"\"sha256\":\"a", "\"sha256\":\"A", "inputs[].sha256"},
	{"\"sha256\":\"a", "\"sha256\":\"", "inputs[].sha256"},
	{"\"complete\":true", "\"complete\":1", "inputs[].complete"},
	{"\"status\":\"proposal\",", "", "packs[]: lacks"},
	{"\"required\":true", "\"required\":\"yes\"", "packs[].controls[].required"},
	{"\"asn\":64500,", "", "results[]: lacks"},
	{"64500", "64501", "results[].asn: does not ascend"},
	{"64500", "64500.0", "results[].asn: is not an AS number"},
	{"64501", "4294967296", "results[].asn: is not an AS number"},
	{"{\"id\":\"C1\",\"verdict\":\"PASS\"}", "{\"id\":\"C2\",\"verdict\":\"PASS\"}", "is not the pack's control"},
	{"{\"id\":\"C1\",\"verdict\":\"PASS\"},", "", "is not the pack's control"},
	{",{\"id\":\"C3\",\"verdict\":\"NO_DATA\"}", "", "results[].packs[]: is not the pack at this place"},
	{"\"verdict\":\"PASS\"", "\"verdict\":\"GOOD\"", "is no verdict"},
	{"\"verdict\":\"PASS\"", "\"verdict\":\"pass\"", "is no verdict"},
	{"\"summary\":{\"ases\":2}}", "\"summary\":{\"ases\":2}}}", "TRAILING"},
};

static void
test_bad(void)
{
	const char *why;
	struct gist g;
	size_t i;
	char *text;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		why = "";
		text = changed(bad[i].find, bad[i].put);
		ok(gist_read(span_of(text), a, &g, &why) != OK && strncmp(why, "byte ", 5) == 0 &&
		    (strcmp(bad[i].place, "TRAILING") == 0 || strstr(why, bad[i].place) != NULL), "refused: %s: %s", bad[i].place, why);
		free(text);
	}
	ok(gist_read(SPAN("{\"format\":\"routemark-assessment/1\"}\n"), a, &g, &why) != OK, "a report has results");
}

/* Of so many verdicts a statement has the counts, and names none: n ASes, with one required control each. */
static void
test_many(size_t n)
{
	struct str report = {0}, body = {0};
	const char *why = NULL;
	struct statement st;
	char count[64];
	struct gist g;
	size_t i;

	str_add(&report, (struct span){small_report, (size_t)(strstr(small_report, "\"packs\"") - small_report)});
	str_adds(&report, "\"packs\":[{\"catalog_sha256\":\"" HEX_A "\",\"controls\":[{\"id\":\"D1\",\"required\":true}],"
	    "\"id\":\"base\",\"status\":\"published\",\"version\":\"1.0\"}],\"results\":[");
	for (i = 0; i < n; i++)
		str_addf(&report, "%s{\"asn\":%zu,\"packs\":[{\"controls\":[{\"id\":\"D1\",\"verdict\":\"PASS\"}],\"id\":\"base\"}]}",
		    i > 0 ? "," : "", i);
	str_adds(&report, "]}\n");
	ok(gist_read(str_span(&report), a, &g, &why) == OK && g.n_tests == n, "a report of %zu ASes", n);
	statement_write(&body, &g, str_span(&report), NULL, 0);
	snprintf(count, sizeof(count), "\"pass\":%zu,", n);
	ok(strstr(body.p, count) != NULL && (strstr(body.p, "passedTests") != NULL) == (n <= 10000) &&
	    strstr(body.p, "\"result\":\"PASSED\"") != NULL, "is counted, and %s", n <= 10000 ? "each verdict named" : "none named");
	ok(statement_verify(str_span(&body), str_span(&report), a, &st, &why) == OK, "and verifies");
	gist_release(&st.gist);
	gist_release(&g);
	str_release(&report);
	str_release(&body);
}

/* --- envelope --- */

static void
test_pae(void)
{
	struct str s = {0};

	dsse_pae(&s, SPAN("http://example.com/HelloWorld"), SPAN("hello world"));
	is_str(s.p, "DSSEv1 29 http://example.com/HelloWorld 11 hello world", "the vector of DSSE v1.0.2");
	str_clear(&s);
	dsse_pae(&s, SPAN(""), SPAN(""));
	is_str(s.p, "DSSEv1 0  0 ", "of nothing");
	str_release(&s);
}

/* What DSSE asks of a reader: others' envelopes are read more freely than ours are taken for ours. */
static void
test_dsse(void)
{
	struct key *k = key_of("example.net/audits", KEY_SIGNER, 5), *w = key_of("w.example", KEY_WITNESS, 5),
	    *other = key_of("other", KEY_SIGNER, 6);
	struct key_pub known[3] = {*key_pub(other), *key_pub(k), *key_pub(w)};
	const struct span body = SPAN("\xfb\xff\xfe?");		/* has + and / in its base64 */
	bool by[3] = {0};
	struct str s = {0}, free_form = {0};
	const char *why;
	struct dsse d;
	char *p;

	dsse_write(&s, k, SPAN("t/x"), body);
	ok(dsse_read(str_span(&s), a, &d, &why) == OK && span_eq(d.body, body) && span_is(d.type, "t/x") && d.n == 1 &&
	    span_is(d.sigs[0].keyid, "example.net/audits+f4ae175b"), "an envelope comes back");
	ok(dsse_verify(&d, known, 3, by) == OK && !by[0] && by[1] && !by[2], "signed by one of those known, not by a witness with its bytes");
	ok(dsse_exact(str_span(&s), &d, known, 3) && !dsse_exact(str_span(&s), &d, known, 1), "and in our form");
	ok(dsse_verify(&d, known, 1, by) == ERR_UNKNOWN, "not by another");
	/* the same without a key id, in the other alphabet, with a stranger's member and signature */
	str_addf(&free_form, "{ \"extra\": [1.5], \"signatures\": [{\"sig\": \"AAAA\", \"keyid\": \"us\"}, {\"sig\": \"");
	p = strstr(s.p, "\"sig\":\"") + 7;
	str_add(&free_form, (struct span){p, 88});
	str_adds(&free_form, "\"}], \"payloadType\": \"t/x\", \"payload\": \"-__-Pw==\"}");
	ok(dsse_read(str_span(&free_form), a, &d, &why) == OK && d.n == 2 && !d.sigs[0].fits && d.sigs[1].keyid.len == 0 &&
	    span_eq(d.body, body), "others' envelopes are read more freely");
	ok(dsse_verify(&d, known, 3, by) == OK && by[1] && !dsse_exact(str_span(&free_form), &d, known, 3),
	    "verify all the same, and are not taken for ours");
	d.type = SPAN("t/y");
	ok(dsse_verify(&d, known, 3, by) == ERR_UNKNOWN, "the type is signed too");
	str_release(&s);
	str_release(&free_form);
	key_free(k);
	key_free(w);
	key_free(other);
}

static void
test_dsse_bad(void)
{
	static const char *const text[] = {"", "[]", "{}", "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[]}",
	    "{\"payload\":\"A\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"\"}]}",
	    "{\"payload\":\"\",\"payloadType\":1,\"signatures\":[{\"sig\":\"\"}]}",
	    "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"!\"}]}",
	    "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"keyid\":1,\"sig\":\"\"}]}",
	    "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[1]}",
	    "{\"payload\":\"\",\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"\"}]}"};
	const char *why;
	struct dsse d;
	size_t i;

	for (i = 0; i < sizeof(text) / sizeof(*text); i++) {
		why = NULL;
		ok(dsse_read(span_of(text[i]), a, &d, &why) == ERR_SYNTAX && why != NULL, "no envelope: %s", text[i]);
	}
}

/* --- no free bit --- */

struct seal {
	struct span report, envelope, signature, body;
	struct key_pub k;
};

static bool
sealed(struct span envelope, struct span report, const struct key_pub *k)
{
	struct arena *own = arena_new();
	const char *why = NULL;
	struct statement st;
	size_t by = 9;
	enum err e = sealed_verify(envelope, report, k, 1, own, &st, &by, &why);

	if ((e == OK) != (why == NULL) || (e == OK) != (by == 0))
		abort();
	if (e == OK)
		gist_release(&st.gist);
	arena_free(own);
	return e == OK;
}

static bool
envelope_accepts(struct span text, void *ctx)
{
	struct seal *s = ctx;

	return sealed(text, s->report, &s->k);
}

static bool
report_accepts(struct span text, void *ctx)
{
	struct seal *s = ctx;

	return sealed(s->envelope, text, &s->k);
}

static bool
signature_accepts(struct span text, void *ctx)
{
	struct seal *s = ctx;
	struct span comment;
	const char *why = NULL;

	return minisign_verify(text, s->report, &s->k, &comment, &why) == OK;
}

static bool
message_accepts(struct span text, void *ctx)
{
	struct seal *s = ctx;
	struct span comment;
	const char *why = NULL;

	return minisign_verify(s->signature, text, &s->k, &comment, &why) == OK;
}

static bool
body_accepts(struct span text, void *ctx)
{
	struct seal *s = ctx;
	struct arena *own = arena_new();
	const char *why = NULL;
	struct statement st;
	enum err e = statement_verify(text, s->report, own, &st, &why);

	if (e == OK)
		gist_release(&st.gist);
	arena_free(own);
	return e == OK;
}

static void
test_bits(void)
{
	static const struct subject subjects[] = {{"oscal/AS64500/base/ssp.json", HEX_A}, {"oscal/AS64500/tender/ssp.json", HEX_B}};
	struct key *k = key_of("example.net/audits", KEY_SIGNER, 5);
	struct str body = {0}, envelope = {0}, signature = {0}, comment = {0};
	struct statement st;
	const char *why;
	struct seal s;
	struct gist g;
	size_t by;

	ok(gist_read(REPORT, a, &g, &why) == OK, "the report is read");
	statement_write(&body, &g, REPORT, subjects, 2);
	dsse_write(&envelope, k, SPAN(STATEMENT_TYPE), str_span(&body));
	gist_comment(&comment, &g);
	minisign_write(&signature, k, REPORT, str_span(&comment));
	s = (struct seal){REPORT, str_span(&envelope), str_span(&signature), str_span(&body), *key_pub(k)};
	ok(sealed_verify(s.envelope, s.report, &s.k, 1, a, &st, &by, &why) == OK && by == 0 && st.n == 2 &&
	    strcmp(st.subjects[1].sha256, HEX_B) == 0, "an envelope verifies, and names its other subjects");
	gist_release(&st.gist);
	ok(signature_accepts(s.signature, &s), "and so does the signature");
	ok(flips_taken(s.envelope, envelope_accepts, &s) == 0, "no bit of the envelope is free");
	ok(flips_taken(s.report, report_accepts, &s) == 0, "nor of the report beside it");
	ok(flips_taken(s.signature, signature_accepts, &s) == 0, "nor of the signature");
	ok(flips_taken(s.report, message_accepts, &s) == 0, "nor of the report beside that");
	ok(flips_taken(s.body, body_accepts, &s) >= 1, "a digest of another document is the caller's to compare ...");
	ok(cuts_taken(s.envelope, envelope_accepts, &s) == 0 && cuts_taken(s.signature, signature_accepts, &s) == 0 &&
	    cuts_taken(s.report, report_accepts, &s) == 0, "and nothing that ends early is taken");
	ok(strstr(body.p, "\"AS64500 tender/C1 (proposal)\"") != NULL && strstr(body.p, "\"tender 7 (proposal)\"") != NULL &&
	    strstr(body.p, "tender/C1\"") == NULL, "a proposal says so at each of its controls");
	gist_release(&g);
	str_release(&body);
	str_release(&envelope);
	str_release(&signature);
	str_release(&comment);
	key_free(k);
}

/* A statement signed by the right key, but not the one that the report gives. */
static void
test_lies(void)
{
	struct key *k = key_of("example.net/audits", KEY_SIGNER, 5);
	struct str body = {0}, lie = {0}, envelope = {0};
	const char *why;
	struct gist g;
	char *at;

	if (gist_read(REPORT, a, &g, &why) != OK)
		abort();
	statement_write(&body, &g, REPORT, NULL, 0);
	str_add(&lie, str_span(&body));
	at = strstr(lie.p, "\"result\":\"WARNED\"");
	memcpy(at, "\"result\":\"PASSED\"", 17);
	dsse_write(&envelope, k, SPAN(STATEMENT_TYPE), str_span(&lie));
	ok(!sealed(str_span(&envelope), REPORT, key_pub(k)), "a better result than the report's is refused, whoever signed it");
	str_clear(&envelope);
	dsse_write(&envelope, k, SPAN("text/plain"), str_span(&body));
	ok(!sealed(str_span(&envelope), REPORT, key_pub(k)), "and so is a payload of another type");
	str_clear(&envelope);
	dsse_write(&envelope, k, SPAN(STATEMENT_TYPE), str_span(&body));
	ok(sealed(str_span(&envelope), REPORT, key_pub(k)), "the right one is not");
	gist_release(&g);
	str_release(&body);
	str_release(&lie);
	str_release(&envelope);
	key_free(k);
}

static void
test_minisign(void)
{
	struct key *k = key_of("example.net/audits", KEY_SIGNER, 5), *other = key_of("example.net/audits", KEY_SIGNER, 6);
	struct str s = {0};
	struct span comment;
	const char *why;

	minisign_write(&s, k, SPAN("message\n"), SPAN("z\xc3\xbcrich"));
	ok(minisign_verify(str_span(&s), SPAN("message\n"), key_pub(k), &comment, &why) == OK && span_is(comment, "z\xc3\xbcrich"),
	    "a trusted comment is UTF-8");
	ok(minisign_verify(str_span(&s), SPAN("message\n"), key_pub(other), &comment, &why) == ERR_UNKNOWN,
	    "a key of the same name is another key");
	str_release(&s);
	key_free(k);
	key_free(other);
}

int
main(void)
{
	a = arena_new();
	test_gist();
	test_result();
	test_bad();
	test_many(10000);
	test_many(10001);
	test_pae();
	test_dsse();
	test_dsse_bad();
	test_bits();
	test_lies();
	test_minisign();
	arena_free(a);
	return tap_done();
}
