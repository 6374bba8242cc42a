/* Checkpoints, policies and proofs: what is read, what is refused and where, whom a policy believes; no free bit. */
#include "base/limits.h"
#include "seal.h"
#include "seal/proof.h"
#include "tap.h"

static struct arena *a;

/* --- checkpoints --- */

/* The example of tlog-checkpoint v1.0.0. */
static const char sofa[] = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

static bool
checkpoint_accepts(struct span text, void *ctx)
{
	struct checkpoint c;
	const char *why;

	(void)ctx;
	return checkpoint_read(text, &c, &why) == OK;
}

static void
test_checkpoint(void)
{
	static const char *const bad[] = {"", "\n", "a\n", "a\n1\n", "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
	    "a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", "a\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
	    "a\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
	    "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n", "a\n1\nCsUY\n",
	    "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n", "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nx"};
	struct checkpoint c;
	const char *why;
	struct str s = {0};
	size_t i;

	ok(checkpoint_read(span_of(sofa), &c, &why) == OK && c.size == 20852163 && span_is(c.origin, "example.com/behind-the-sofa") &&
	    c.root.b[0] == 0x0a && c.root.b[31] == 0x62 && c.more.len == 0, "the example of the specification");
	checkpoint_write(&s, c.origin, c.size, &c.root);
	is_str(s.p, sofa, "and back");
	str_adds(&s, "an extension\nanother\n");
	ok(checkpoint_read(str_span(&s), &c, &why) == OK && span_is(c.more, "an extension\nanother\n"), "further lines are opaque");
	str_release(&s);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(!checkpoint_accepts(span_of(bad[i]), NULL), "no checkpoint %zu", i);
	ok(cuts_taken(span_of(sofa), checkpoint_accepts, NULL) == 0, "nor one that ends early");
}

/* --- a cast: two logs, five witnesses --- */

#define WITNESSES 5
static struct key *logs[2], *witness[WITNESSES];
static char vkey[2 + WITNESSES][128];

static void
cast(void)
{
	char name[32];
	int i;

	for (i = 0; i < 2 + WITNESSES; i++) {
		struct str s = {0};

		snprintf(name, sizeof(name), i < 2 ? "log%d.example" : "w%d.example", i < 2 ? i : i - 1);
		if (i < 2)
			logs[i] = key_of(name, KEY_SIGNER, (uint8_t)(10 + i));
		else
			witness[i - 2] = key_of(name, KEY_WITNESS, (uint8_t)(20 + i));
		key_vkey_write(&s, i < 2 ? key_pub(logs[i]) : key_pub(witness[i - 2]));
		snprintf(vkey[i], sizeof(vkey[i]), "%s", s.p);
		str_release(&s);
	}
}

/* A policy text with L0 L1 W1..W5 for their keys. */
static char *
policy_text(const char *form)
{
	struct str s = {0};

	str_adds(&s, "");
	for (; *form != '\0'; form++) {
		if ((*form == '@' || *form == '%') && form[1] >= '0' && form[1] <= '9')
			str_adds(&s, vkey[*form == '@' ? form[1] - '0' : form[1] - '0' + 1]), form++;
		else
			str_addc(&s, *form);
	}
	return s.p;
}

static const char groups[] = "# whom we believe\nlog @0\n\tlog  @1 https://log1.example/\n\nwitness X1 %1\nwitness X2 %2 u\n"
    "witness X3 %3\ngroup Xs 2 X1 X2 X3\nwitness Y1 %4\nwitness Y2 %5\ngroup Ys any Y1 Y2\ngroup both all Xs Ys \nquorum both\n";

static const struct {
	const char *text, *why;
} bad_policy[] = {
	{"", "without a quorum"}, {"quorum none", "line 1: does not end"}, {"log @0\n", "without a quorum"},
	{"quorum none\nquorum none\n", "line 2: quorum: is there twice"}, {"quorum X\n", "line 1: X: is no witness"},
	{"quorum none more\n", "line 1: quorum: takes a name"}, {"quorum\n", "line 1: quorum: takes a name"},
	{"log\nquorum none\n", "line 1: log: takes"}, {"log @0 u v\nquorum none\n", "line 1: log: takes"},
	{"log x\nquorum none\n", "line 1: x: a verifier key is"}, {"log %1\nquorum none\n", "is a witness's key"},
	{"log @0\nlog @0\nquorum none\n", "line 2: log0.example"}, {"witness a @0\nquorum none\n", "is a log's key"},
	{"witness a %1\nwitness b %1\nquorum none\n", "line 2"}, {"witness a %1\nwitness a %2\nquorum none\n", "line 2: a: is a name"},
	{"witness none %1\nquorum none\n", "line 1: none: is a name"}, {"witness a\nquorum none\n", "line 1: witness: takes"},
	{"witness a %1\ngroup a any a\nquorum none\n", "line 2: a: is a name"},
	{"witness a %1\ngroup g any\nquorum none\n", "line 2: group: takes"},
	{"witness a %1\ngroup g 0 a\nquorum none\n", "line 2: 0: is neither"},
	{"witness a %1\ngroup g 2 a\nquorum none\n", "line 2: 2: is neither"},
	{"witness a %1\ngroup g 01 a\nquorum none\n", "line 2: 01: is neither"},
	{"witness a %1\ngroup g any a a\nquorum none\n", "line 2: a: is a member already"},
	{"witness a %1\ngroup g any a\ngroup h any a\nquorum none\n", "line 3: a: is a member already"},
	{"group g any a\nwitness a %1\nquorum none\n", "line 1: a: is no witness"},
	{"group g any g\nquorum none\n", "line 1: g: is no witness"}, {"witness a %1\ngroup g any none\nquorum g\n", "line 2: none: cannot"},
	{"Log @0\nquorum none\n", "line 1: Log: is none of"}, {"log @0\r\nquorum none\n", "line 1: has a control"},
	{"quorum none # not a comment\n", "line 1: quorum: takes a name"},
	{"log example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\nquorum none\n", "line 1: example.com"},
};

static void
test_policy_form(void)
{
	struct policy p;
	const char *why;
	char *text = policy_text(groups);
	size_t i;

	why = NULL;
	ok(policy_read(span_of(text), a, &p, &why) == OK && p.n_logs == 2 && p.n_witnesses == 5 && p.n_groups == 3 &&
	    p.quorum == (POLICY_GROUP | 2) && p.groups[0].k == 2 && p.groups[2].k == 2 && p.groups[1].k == 1, "a policy with groups of groups");
	ok(p.logs[0].url == NULL && strcmp(p.logs[1].url, "https://log1.example/") == 0 && strcmp(p.witnesses[1].url, "u") == 0, "and addresses");
	free(text);
	for (i = 0; i < sizeof(bad_policy) / sizeof(*bad_policy); i++) {
		text = policy_text(bad_policy[i].text);
		why = "";
		ok(policy_read(span_of(text), a, &p, &why) == ERR_SYNTAX && strstr(why, bad_policy[i].why) != NULL, "bad policy: %s", why);
		free(text);
	}
}

/* At least 32 of each, as the specification asks. */
static void
test_policy_size(void)
{
	struct str s = {0};
	struct policy p;
	const char *why;
	char name[32];
	int i;

	for (i = 0; i < 300; i++) {
		struct key *k;

		snprintf(name, sizeof(name), "w%d.example", i);
		k = key_of(name, KEY_WITNESS, (uint8_t)i);
		if (i == 32 || i == 256) {
			size_t len = s.len;

			str_adds(&s, "quorum none\n");
			ok(policy_read(str_span(&s), a, &p, &why) == OK && p.n_witnesses == (size_t)i, "%d witnesses", i);
			s.len = len;
		}
		str_addf(&s, "witness w%d ", i);
		/* a byte makes 256 different keys only */
		key_vkey_write(&s, key_pub(k));
		str_addc(&s, '\n');
		key_free(k);
	}
	str_adds(&s, "quorum none\n");
	ok(policy_read(str_span(&s), a, &p, &why) != OK && strstr(why, "line 257") != NULL, "and not one more than POLICY_NAMES_MAX");
	str_release(&s);
}

/* --- whom a policy believes --- */

/* A checkpoint by log l, cosigned by the witnesses of a mask. */
static void
checkpoint_by(struct str *out, int l, unsigned mask)
{
	struct tree_hash root;
	struct str text = {0};
	int i;

	tree_leaf(SPAN("the only entry"), &root);
	checkpoint_write(&text, span_of(key_pub(logs[l])->name), 1, &root);
	note_begin(out, str_span(&text));
	note_add(out, str_span(&text), logs[l], 0);
	for (i = 0; i < WITNESSES; i++)
		if ((mask >> i & 1) == 1)
			note_add(out, str_span(&text), witness[i], (uint64_t)(1700000000 + i));
	str_release(&text);
}

static unsigned
bits(unsigned v)
{
	return (unsigned)__builtin_popcount(v);
}

static void
test_quorum(void)
{
	char *text = policy_text(groups);
	struct policy_verdict v;
	struct checkpoint c;
	struct policy p;
	const char *why;
	bool good = true;
	unsigned mask;

	if (policy_read(span_of(text), a, &p, &why) != OK)
		abort();
	free(text);
	for (mask = 0; mask < 32; mask++) {
		bool want = bits(mask & 7) >= 2 && (mask & 24) != 0;
		struct str s = {0};
		enum err e;

		checkpoint_by(&s, mask & 1, mask);
		e = policy_verify(&p, str_span(&s), a, &c, &v, &why);
		good = good && e == (want ? OK : ERR_UNKNOWN);
		if (e == OK)
			good = good && v.n_witnesses == bits(mask) && c.size == 1 && v.log == &p.logs[mask & 1] &&
			    (!v.witness[4].good || v.witness[4].time == 1700000004);
		str_release(&s);
	}
	ok(good, "of all 32 sets of witnesses those that the groups ask for are enough, and no others");
}

static void
test_believed(void)
{
	char *text = policy_text("log @0\nquorum none\n"), *other = policy_text("log @1\nwitness W %1\nquorum W\n");
	struct str s = {0}, t = {0};
	struct policy_verdict v;
	struct policy p, q;
	struct checkpoint c;
	struct tree_hash h;
	const char *why;

	if (policy_read(span_of(text), a, &p, &why) != OK || policy_read(span_of(other), a, &q, &why) != OK)
		abort();
	free(text);
	free(other);
	checkpoint_by(&s, 0, 1);
	ok(policy_verify(&p, str_span(&s), a, &c, &v, &why) == OK && v.n_witnesses == 0, "without a quorum the log is enough");
	ok(policy_verify(&q, str_span(&s), a, &c, &v, &why) == ERR_UNKNOWN, "a log that is not in the policy is not, whoever cosigned");
	/* log 0 signs in the name of log 1: its key is known, the origin is another's */
	tree_leaf(SPAN("x"), &h);
	checkpoint_write(&t, SPAN("log1.example"), 1, &h);
	str_clear(&s);
	note_begin(&s, str_span(&t));
	note_add(&s, str_span(&t), logs[0], 0);
	ok(policy_verify(&p, str_span(&s), a, &c, &v, &why) == ERR_UNKNOWN, "a known log does not speak for another");
	note_add(&s, SPAN("another\n"), logs[0], 0);
	ok(policy_verify(&p, str_span(&s), a, &c, &v, &why) == ERR_SIGNATURE, "a bad signature of a known key spoils it");
	str_release(&s);
	str_release(&t);
}

/* --- proofs --- */

struct proven {
	struct policy policy;
	struct tree_hash leaf;
};

static bool
proof_accepts(struct span text, void *ctx)
{
	struct arena *own = arena_new();
	struct proven *is = ctx;
	struct policy_verdict v;
	struct checkpoint c;
	const char *why = NULL;
	struct log_proof p;
	enum err e = proof_read(text, own, &p, &why);

	if (e == OK)
		e = proof_verify(&p, &is->leaf, &is->policy, own, &c, &v, &why);
	if ((e == OK) != (why == NULL))
		abort();
	arena_free(own);
	return e == OK;
}

static void
proof_text(struct str *out, struct tree_hash *leaf)
{
	struct tree_hash left, root;
	struct log_proof p = {.index = 1};
	struct str text = {0}, note = {0};

	tree_leaf(SPAN("first"), &left);
	tree_leaf(SPAN("second"), leaf);
	tree_node(&left, leaf, &root);
	checkpoint_write(&text, SPAN("log0.example"), 2, &root);
	note_begin(&note, str_span(&text));
	note_add(&note, str_span(&text), logs[0], 0);
	note_add(&note, str_span(&text), witness[0], 1700000000);
	p.path.hash[p.path.n++] = left;
	p.checkpoint = str_span(&note);
	proof_write(out, &p);
	str_release(&text);
	str_release(&note);
}

static void
test_proof(void)
{
	char *text = policy_text("log @0\nwitness W %1\nquorum W\n");
	struct proven is;
	struct str s = {0}, extra = {0};
	struct log_proof p;
	const char *why;

	if (policy_read(span_of(text), a, &is.policy, &why) != OK)
		abort();
	free(text);
	proof_text(&s, &is.leaf);
	ok(proof_accepts(str_span(&s), &is), "a proof verifies offline");
	ok(strncmp(s.p, "c2sp.org/tlog-proof@v1\nindex 1\n", 31) == 0, "and reads as specified");
	ok(flips_taken(str_span(&s), proof_accepts, &is) == 0, "no bit of it is free");
	ok(cuts_taken(str_span(&s), proof_accepts, &is) == 0, "nor may it end early");
	if (proof_read(str_span(&s), a, &p, &why) != OK)
		abort();
	p.extra = SPAN("anything");
	proof_write(&extra, &p);
	ok(strstr(extra.p, "@v1\nextra YW55dGhpbmc=\nindex 1\n") != NULL && proof_accepts(str_span(&extra), &is) &&
	    proof_read(str_span(&extra), a, &p, &why) == OK && span_is(p.extra, "anything"), "extra data is carried, and proves nothing");
	is.leaf.b[0] ^= 1;
	ok(!proof_accepts(str_span(&s), &is), "another entry is not proved by it");
	str_release(&s);
	str_release(&extra);
}

static void
test_proof_bad(void)
{
#define TOP "c2sp.org/tlog-proof@v1\n"
	static const struct {
		const char *text, *why;
	} bad[] = {
		{"", "line 1"}, {"c2sp.org/tlog-proof@v2\nindex 0\n\nx", "line 1"}, {TOP, "line 2: index"},
		{TOP "extra \nindex 0\n\nx", "line 2: index"}, {TOP "extra A\nindex 0\n\nx", "line 2: extra"}, {TOP "extra AAAA\n", "line 3: index"},
		{TOP "index 00\n\nx", "line 2: index"}, {TOP "index -1\n\nx", "line 2: index"}, {TOP "index 9223372036854775807\n\nx", "line 2: index"},
		{TOP "index 0\nAAAA\n\nx", "line 3: is not the base64"}, {TOP "index 0\n", "line 3: the checkpoint"}, {TOP "index 0\n\n", "line 3: the checkpoint"},
	};
	struct log_proof p;
	struct str s = {0};
	const char *why;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		why = "";
		ok(proof_read(span_of(bad[i].text), a, &p, &why) == ERR_SYNTAX && strstr(why, bad[i].why) != NULL, "bad proof: %s", why);
	}
	str_adds(&s, TOP "index 0\n");
	for (i = 0; i < 65; i++)
		str_adds(&s, "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n");
	ok(proof_read(str_span(&s), a, &p, &why) == ERR_SYNTAX && strstr(why, "line 67: is one hash more") != NULL, "bad proof: %s", why);
	str_release(&s);
}

int
main(void)
{
	int i;

	a = arena_new();
	cast();
	test_checkpoint();
	test_policy_form();
	test_policy_size();
	test_quorum();
	test_believed();
	test_proof();
	test_proof_bad();
	for (i = 0; i < 2; i++)
		key_free(logs[i]);
	for (i = 0; i < WITNESSES; i++)
		key_free(witness[i]);
	arena_free(a);
	return tap_done();
}
