/* verify: every answer and its reason; and that no bit of a report, envelope, signature, proof or checkpoint is free. */
#include "seal.h"
#include "seal/log.h"
#include "seal/minisign.h"
#include "seal/scan.h"
#include "seal/verify.h"
#include "sealed_report.h"
#include "tap.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena *a;
static struct key *issuer, *network, *auditor, *stranger, *logkey, *other_log, *witness;
static struct key_pub pubs[3];
static enum verify_role roles[3] = {VERIFY_ISSUER, VERIFY_NETWORK, VERIFY_AUDITOR};
static struct policy policy;
static char sha[SHA256_HEX + 1];
static const char at[] = "2022-05-01T00:00:00Z";

#define REPORT span_of(small_report)

static void
cast(void)
{
	struct str text = {0};
	const char *why = NULL;
	uint8_t d[SHA256_BYTES];
	enum err e;

	issuer = key_of("issuer.example", KEY_SIGNER, 1);
	network = key_of("network.example", KEY_SIGNER, 2);
	auditor = key_of("auditor.example", KEY_SIGNER, 3);
	stranger = key_of("stranger.example", KEY_SIGNER, 4);
	logkey = key_of("log.example", KEY_SIGNER, 5);
	other_log = key_of("other.example", KEY_SIGNER, 6);
	witness = key_of("w.example", KEY_WITNESS, 7);
	pubs[0] = *key_pub(issuer);
	pubs[1] = *key_pub(network);
	pubs[2] = *key_pub(auditor);
	str_adds(&text, "log ");
	key_vkey_write(&text, key_pub(logkey));
	str_adds(&text, "\nlog ");
	key_vkey_write(&text, key_pub(other_log));
	str_adds(&text, "\nwitness w1 ");
	key_vkey_write(&text, key_pub(witness));
	str_adds(&text, "\nquorum w1\n");
	e = policy_read(str_span(&text), a, &policy, &why);
	assert(e == OK);
	(void)e;
	str_release(&text);
	sha256_of(REPORT.p, REPORT.len, d);
	sha256_hex(d, sha);
}

static struct span
kept(struct str *s)
{
	struct span out = arena_span(a, str_span(s));

	str_release(s);
	return out;
}

static struct span
envelope_by(const struct key *k)
{
	struct str body = {0}, s = {0};
	const char *why = NULL;
	struct gist g;
	enum err e = gist_read(REPORT, a, &g, &why);

	assert(e == OK);
	(void)e;
	statement_write(&body, &g, REPORT, NULL, 0);
	dsse_write(&s, k, SPAN(STATEMENT_TYPE), str_span(&body));
	str_release(&body);
	gist_release(&g);
	return kept(&s);
}

static struct span
signature_by(const struct key *k, const char *comment)
{
	struct str c = {0}, s = {0};
	const char *why = NULL;
	struct gist g;
	enum err e = gist_read(REPORT, a, &g, &why);

	assert(e == OK);
	(void)e;
	gist_comment(&c, &g);
	minisign_write(&s, k, REPORT, comment != NULL ? span_of(comment) : str_span(&c));
	str_release(&c);
	gist_release(&g);
	return kept(&s);
}

static struct span
status_by_key(const struct key *k, enum status_word word, const char *digest)
{
	struct str s = {0};

	status_write(&s, &(struct status){.word = word, .at = at, .reason = "a reason", .sha256 = digest}, k);
	return kept(&s);
}

/* A status of which somebody has changed the reason: still in the name of its signer. */
static struct span
forged(struct span entry)
{
	struct span s = arena_span(a, entry);
	char *place = memmem(s.p, s.len, "a reason", 8);

	assert(place != NULL);
	memcpy(place, "a sermon", 8);
	return s;
}

/* On another report, with a reason that speaks of this one. */
static struct span
about(const struct key *k)
{
	struct str s = {0};

	status_write(&s, &(struct status){.word = STATUS_SUSPENDED, .at = at, .reason = sha, .sha256 = HEX_A}, k);
	return kept(&s);
}

/* A signed and cosigned checkpoint. */
static struct span
checkpoint_of(const struct key *k, uint64_t size, const struct tree_hash *root, bool cosigned)
{
	struct str text = {0}, s = {0};

	checkpoint_write(&text, span_of(key_pub(k)->name), size, root);
	note_begin(&s, str_span(&text));
	note_add(&s, str_span(&text), k, 0);
	if (cosigned)
		note_add(&s, str_span(&text), witness, 1700000000);
	str_release(&text);
	return kept(&s);
}

/* A log of three entries, of which e is the second; carried: with the entry in the proof. */
static struct span
proof_of(const struct key *k, struct span e, bool carried, bool cosigned)
{
	struct log_proof p = {.index = 1, .path.n = 2};
	struct tree_hash leaf[3], node, root;
	struct str s = {0};

	tree_leaf(SPAN("first"), &leaf[0]);
	tree_leaf(e, &leaf[1]);
	tree_leaf(SPAN("third"), &leaf[2]);
	tree_node(&leaf[0], &leaf[1], &node);
	tree_node(&node, &leaf[2], &root);
	p.path.hash[0] = leaf[0];
	p.path.hash[1] = leaf[2];
	p.checkpoint = checkpoint_of(k, 3, &root, cosigned);
	if (carried)
		p.extra = e;
	proof_write(&s, &p);
	return kept(&s);
}

static struct verify_ask
ask_of(const struct span *envelope, struct span signature, struct span proof)
{
	return (struct verify_ask){.report = REPORT, .envelopes = envelope, .n_envelopes = envelope != NULL, .signature = signature,
	    .proof = proof, .policy = &policy, .keys = {pubs, roles, 3}};
}

static const struct span nothing;

static enum verify_answer
answer(const struct verify_ask *ask)
{
	struct arena *mine = arena_new();
	enum verify_answer r;
	struct verify v;

	verify_run(ask, mine, &v);
	r = v.answer;
	verify_release(&v);
	arena_free(mine);
	return r;
}

/* --- the answers --- */

static void
test_signers(void)
{
	const struct span good = envelope_by(issuer), alien = envelope_by(stranger);
	struct verify_ask q = ask_of(NULL, nothing, nothing);

	ok(answer(&q) == VERIFY_UNKNOWN, "a report that nobody signed: could not tell");
	q = ask_of(&good, nothing, nothing);
	ok(answer(&q) == VERIFY_YES, "sealed by a known key: yes");
	q.keys.n = 0;
	ok(answer(&q) == VERIFY_UNKNOWN, "with no key known: could not tell");
	q = ask_of(&alien, nothing, nothing);
	ok(answer(&q) == VERIFY_UNKNOWN, "sealed by another: could not tell");
	q = ask_of(NULL, signature_by(issuer, NULL), nothing);
	ok(answer(&q) == VERIFY_YES, "signed for minisign: yes");
	q.signature = signature_by(auditor, NULL);
	ok(answer(&q) == VERIFY_YES, "whichever known key it is");
	q.signature = signature_by(issuer, "evidence of next year");
	ok(answer(&q) == VERIFY_NO, "with a comment that is not the report's: no, though it is signed");
	q.signature = signature_by(stranger, NULL);
	ok(answer(&q) == VERIFY_UNKNOWN, "signed by another: could not tell");
	q = ask_of(&good, signature_by(stranger, NULL), nothing);
	ok(answer(&q) == VERIFY_UNKNOWN, "the worst of all that was asked is the answer");
	q = ask_of(&good, nothing, nothing);
	q.report.len--;
	ok(answer(&q) != VERIFY_YES, "a report that ends early is none");
	q.keys = (struct verify_keys){(struct key_pub[]){pubs[0], pubs[0]}, roles, 2};
	ok(!verify_keys_good(&q.keys), "a key cannot be the issuer's and the network's");
	q.keys.n = 1;
	ok(verify_keys_good(&q.keys), "but one alone is fine");
}

static void
test_proofs(void)
{
	const struct span good = envelope_by(issuer), issued = status_by_key(issuer, STATUS_ISSUED, sha);
	struct verify_ask q = ask_of(&good, nothing, proof_of(logkey, issued, true, true));
	struct str line = {0};
	char hex[SHA256_HEX + 1];
	uint8_t d[SHA256_BYTES];
	struct verify v;

	verify_run(&q, a, &v);
	ok(v.answer == VERIFY_YES && v.proof.believed && v.proof.listed && v.proof.index == 1 && v.proof.n == 1 &&
	    v.proof.words[0].by == &pubs[0] && v.proof.verdict.n_witnesses == 1 && v.proof.verdict.witness[0].time == 1700000000,
	    "a proof of an issued status: yes, with place, signer, witness and time");
	verify_release(&v);
	q.policy = NULL;
	ok(answer(&q) == VERIFY_UNKNOWN, "without a policy: could not tell");
	q = ask_of(&good, nothing, proof_of(logkey, issued, true, false));
	ok(answer(&q) == VERIFY_UNKNOWN, "without the quorum's witness: could not tell");
	q.proof = proof_of(stranger, issued, true, true);
	ok(answer(&q) == VERIFY_UNKNOWN, "of a log that the policy does not know: could not tell");
	q.proof = proof_of(logkey, issued, false, true);
	ok(answer(&q) == VERIFY_UNKNOWN, "of an entry that is not carried and not a digest: could not tell");
	q.proof = proof_of(logkey, span_of(sha), false, true);
	ok(answer(&q) == VERIFY_YES, "of the report's digest alone: yes");
	sha256_of(good.p, good.len, d);
	sha256_hex(d, hex);
	q.proof = proof_of(logkey, span_of(hex), false, true);
	ok(answer(&q) == VERIFY_YES, "of the envelope's: yes");
	q.n_envelopes = 0;
	q.signature = signature_by(issuer, NULL);
	ok(answer(&q) == VERIFY_UNKNOWN, "which says nothing without the envelope");
	str_addf(&line, "%s  report.json", sha);
	q.proof = proof_of(logkey, str_span(&line), true, true);
	ok(answer(&q) == VERIFY_YES, "of a line of sha256sum: yes");
	str_release(&line);
	q.proof = proof_of(logkey, status_by_key(issuer, STATUS_ISSUED, HEX_A), true, true);
	ok(answer(&q) == VERIFY_NO, "of an entry on another report: no");
	q.proof = proof_of(logkey, status_by_key(stranger, STATUS_ISSUED, sha), true, true);
	ok(answer(&q) == VERIFY_UNKNOWN, "of an entry by a stranger: could not tell");
	q.proof = proof_of(logkey, status_by_key(issuer, STATUS_SUSPENDED, sha), true, true);
	ok(answer(&q) == VERIFY_NO, "of a suspension: no");
}

/* --- levels --- */

static void
test_levels(void)
{
	struct span both[2] = {envelope_by(issuer), envelope_by(auditor)}, evidence;
	struct verify_ask q = ask_of(both, nothing, nothing);
	struct str s = {0};
	struct verify v;

	q.n_envelopes = 0;
	verify_run(&q, a, &v);
	ok(v.level == LEVEL_DECLARED && !v.reached[LEVEL_MEASURED] && strstr(v.reason[LEVEL_MEASURED], "nobody") != NULL,
	    "unsigned: declared");
	verify_release(&v);
	q.n_envelopes = 2;
	verify_run(&q, a, &v);
	ok(v.level == LEVEL_MEASURED && v.reached[LEVEL_AUDITED] && !v.reached[LEVEL_EVIDENCE] && v.answer == VERIFY_YES,
	    "an auditor's seal does not stand on nothing: measured");
	ok(strstr(v.reason[LEVEL_MEASURED], "from 2 inputs, 1 of them complete") != NULL, "and what it was measured from is counted");
	verify_release(&v);
	dsse_write(&s, network, SPAN(STATEMENT_TYPE), SPAN("{\"subject\":[{\"digest\":{\"sha256\":\"" HEX_B "\"}}]}"));
	evidence = kept(&s);
	q.evidence = &evidence;
	q.n_evidence = 1;
	verify_run(&q, a, &v);
	ok(v.level == LEVEL_AUDITED && v.answer == VERIFY_YES, "with an input that the network has signed: audited");
	is_str(v.evidence[0].what, "rpsl, sha256 " HEX_B, "the input is named");
	verify_release(&v);
	q.n_envelopes = 1;
	verify_run(&q, a, &v);
	ok(v.level == LEVEL_EVIDENCE, "without the auditor: signed evidence");
	verify_release(&v);
	dsse_write(&s, issuer, SPAN(STATEMENT_TYPE), SPAN("{\"subject\":[{\"digest\":{\"sha256\":\"" HEX_B "\"}}]}"));
	evidence = kept(&s);
	verify_run(&q, a, &v);
	ok(v.level == LEVEL_MEASURED && v.answer == VERIFY_UNKNOWN, "the issuer's word is not the network's");
	verify_release(&v);
	dsse_write(&s, network, SPAN(STATEMENT_TYPE), SPAN("{\"subject\":[{\"digest\":{\"sha256\":\"00\"}}]}"));
	evidence = kept(&s);
	ok(answer(&q) == VERIFY_NO, "evidence on something else: no");
	dsse_write(&s, network, SPAN(STATEMENT_TYPE), SPAN("[1"));
	evidence = kept(&s);
	ok(answer(&q) == VERIFY_NO, "nor is it on what cannot be read");
}

/* --- a log in a folder, of which everything is read --- */

static int
rm_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)type;
	(void)f;
	return remove(path);
}

static void
write_file(const char *dir, const char *name, struct span bytes)
{
	struct store s;

	ok(store_open(&s, dir) == OK && store_write(&s, name, bytes) == OK, "%s written", name);
	store_close(&s);
}

/* A log of these entries, as a web server has it. */
static void
log_of(const char *dir, const struct key *k, const struct span *e, size_t n)
{
	struct tree_edge edge = {.size = 0};
	struct tree_hash h;
	struct str bundle = {0}, name = {0};
	size_t i;

	for (i = 0; i < n; i++) {
		tree_leaf(e[i], &h);
		tree_edge_add(&edge, &h, NULL, NULL);
		str_addc(&bundle, (char)(e[i].len >> 8));
		str_addc(&bundle, (char)(e[i].len & 0xff));
		str_add(&bundle, e[i]);
	}
	tree_edge_root(&edge, &h);
	tile_path(&name, &(struct tile){TILE_ENTRIES, 0, (unsigned)n});
	write_file(dir, name.p, str_span(&bundle));
	write_file(dir, "checkpoint", checkpoint_of(k, n, &h, true));
	str_release(&bundle);
	str_release(&name);
}

#define WORD(k, w) status_by_key(k, STATUS_##w, sha)

static void
test_words(const char *dir)
{
	const struct span good = envelope_by(issuer);
	struct {
		struct span e[4];
		size_t n;
		enum verify_answer want;
		const char *what;
	} t[] = {
		{{WORD(issuer, ISSUED)}, 1, VERIFY_YES, "issued"},
		{{WORD(issuer, ISSUED), WORD(issuer, LAPSED)}, 2, VERIFY_NO, "lapsed"},
		{{WORD(issuer, ISSUED), WORD(auditor, SUSPENDED)}, 2, VERIFY_NO, "suspended by another known key"},
		{{WORD(issuer, ISSUED), WORD(issuer, SUSPENDED), WORD(issuer, RESTORED)}, 3, VERIFY_YES, "suspended, restored"},
		{{WORD(issuer, ISSUED), WORD(auditor, SUSPENDED), WORD(issuer, RESTORED)}, 3, VERIFY_NO,
		    "suspended by one, restored by another"},
		{{WORD(issuer, ISSUED), WORD(network, DISPUTED)}, 2, VERIFY_UNKNOWN, "disputed"},
		{{WORD(issuer, ISSUED), WORD(network, DISPUTED), WORD(network, RESOLVED)}, 3, VERIFY_YES, "disputed, resolved"},
		{{WORD(issuer, ISSUED), WORD(network, DISPUTED), WORD(issuer, SUSPENDED)}, 3, VERIFY_NO, "disputed and suspended"},
		{{WORD(issuer, SUSPENDED), WORD(issuer, DISPUTED), WORD(issuer, RESOLVED)}, 3, VERIFY_NO,
		    "a dispute that is resolved lifts no suspension"},
		{{WORD(issuer, ISSUED), WORD(stranger, SUSPENDED)}, 2, VERIFY_YES, "what strangers say counts for nothing"},
		{{WORD(issuer, ISSUED), forged(WORD(issuer, SUSPENDED))}, 2, VERIFY_YES, "nor what is said in another's name"},
		{{WORD(issuer, ISSUED), about(issuer)}, 2, VERIFY_YES, "an entry on another report, whatever its reason says"},
		{{WORD(stranger, ISSUED), SPAN("x")}, 2, VERIFY_UNKNOWN, "and does not put it into the log"},
		{{SPAN("a"), status_by_key(issuer, STATUS_SUSPENDED, HEX_A)}, 2, VERIFY_UNKNOWN, "nothing on this report"},
		{{SPAN("a"), span_of(sha)}, 2, VERIFY_YES, "its digest alone"},
	};
	struct verify_ask q = ask_of(&good, nothing, nothing);
	size_t i;

	q.log = dir;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		log_of(dir, logkey, t[i].e, t[i].n);
		ok(answer(&q) == t[i].want, "a log: %s", t[i].what);
	}
	ok(answer(&(struct verify_ask){.report = REPORT, .envelopes = &good, .n_envelopes = 1, .log = "nowhere", .policy = &policy,
	    .keys = q.keys}) == VERIFY_UNKNOWN, "a log that is not there: could not tell");
	q.policy = NULL;
	ok(answer(&q) == VERIFY_UNKNOWN, "nor without a policy");
}

static void
test_together(const char *dir)
{
	const struct span good = envelope_by(issuer), issued = WORD(issuer, ISSUED);
	const struct span same[4] = {SPAN("first"), issued, SPAN("third"), WORD(issuer, SUSPENDED)};
	const struct span fork[4] = {SPAN("other"), issued, SPAN("third"), SPAN("fourth")};
	struct verify_ask q = ask_of(&good, nothing, proof_of(logkey, issued, true, true));
	struct verify v;

	ok(answer(&q) == VERIFY_YES, "the proof alone: yes");
	q.log = dir;
	log_of(dir, logkey, same, 3);
	ok(answer(&q) == VERIFY_YES, "with the log as it was then: yes");
	log_of(dir, logkey, same, 4);
	verify_run(&q, a, &v);
	ok(v.answer == VERIFY_NO && v.standing == VERIFY_NO && v.decides->index == 3 && v.log.found.answer == VERIFY_YES,
	    "a later entry supersedes it: no");
	verify_release(&v);
	log_of(dir, logkey, same, 2);
	ok(answer(&q) == VERIFY_UNKNOWN, "a log older than the proof: could not tell");
	log_of(dir, logkey, fork, 4);
	ok(answer(&q) == VERIFY_NO, "a log that has told something else: no");
	log_of(dir, other_log, same, 3);
	ok(answer(&q) == VERIFY_UNKNOWN, "another log than the proof's: could not tell");
}

/* --- every bit --- */

enum { REPORT_SEALED, REPORT_SIGNED, ENVELOPE, SIGNATURE, PROOF, PROOF_OF_DIGEST, PLACES };

static struct span envelope, signature;

/* Only a yes is taken; with nothing beside it that would tell the change instead. */
static bool
accepts(struct span bytes, void *which)
{
	int at_place = *(int *)which;
	struct verify_ask q = ask_of(NULL, signature, nothing);

	if (at_place == REPORT_SEALED || at_place == ENVELOPE) {
		q.signature = nothing;
		q.envelopes = at_place == ENVELOPE ? &bytes : &envelope;
		q.n_envelopes = 1;
	}
	if (at_place == REPORT_SEALED || at_place == REPORT_SIGNED)
		q.report = bytes;
	if (at_place == SIGNATURE)
		q.signature = bytes;
	if (at_place == PROOF || at_place == PROOF_OF_DIGEST)
		q.proof = bytes;
	return answer(&q) == VERIFY_YES;
}

static void
test_bits(void)
{
	struct span what[PLACES] = {REPORT, REPORT, envelope_by(issuer), signature_by(issuer, NULL),
	    proof_of(logkey, WORD(issuer, ISSUED), true, true), proof_of(logkey, span_of(sha), false, true)};
	static const char *const name[PLACES] = {"sealed report", "signed report", "envelope", "signature",
	    "proof, its entry and its checkpoint", "proof that carries no entry"};
	int i;

	envelope = what[ENVELOPE];
	signature = what[SIGNATURE];
	for (i = 0; i < PLACES; i++) {
		ok(accepts(what[i], &i), "the %s, as it is: yes", name[i]);
		ok(flips_taken(what[i], accepts, &i) == 0, "with any bit of the %s changed: no, or could not tell", name[i]);
		ok(cuts_taken(what[i], accepts, &i) == 0, "nor with its end cut off");
	}
}

struct on_disk {
	const char *dir, *name;
	struct verify_ask ask;
};

static bool
accepts_on_disk(struct span bytes, void *ctx)
{
	struct on_disk *d = ctx;
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", d->dir, d->name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (fd < 0 || write(fd, bytes.p, bytes.len) != (ssize_t)bytes.len)
		return true;
	close(fd);
	return answer(&d->ask) == VERIFY_YES;
}

/* Of a log: its checkpoint, and the entries. */
static void
test_log_bits(const char *dir)
{
	static const char *const names[] = {"checkpoint", "tile/entries/000.p/2"};
	const struct span good = envelope_by(issuer), e[2] = {WORD(issuer, ISSUED), SPAN("second")};
	struct on_disk d = {dir, NULL, ask_of(&good, nothing, nothing)};
	size_t i;

	log_of(dir, logkey, e, 2);
	d.ask.log = dir;
	for (i = 0; i < 2; i++) {
		struct str bytes = {0};
		struct store s;

		d.name = names[i];
		ok(store_open(&s, dir) == OK && store_read(&s, d.name, 1 << 20, &bytes) == OK, "%s is there", d.name);
		store_close(&s);
		ok(flips_taken(str_span(&bytes), accepts_on_disk, &d) == 0, "with any bit of a log's %s changed: no, or could not tell",
		    d.name);
		ok(accepts_on_disk(str_span(&bytes), &d), "as it is: yes");
		str_release(&bytes);
	}
}

/* --- status entries --- */

static void
test_status(void)
{
	struct span good = WORD(issuer, DISPUTED);
	static const char *const bad[] = {"", "{}", "[]", "{\"format\":\"routemark-status/2\"}", "{\"format\":\"routemark-status/1\"}"};
	struct key_pub same_name = *key_pub(stranger);
	const char *why = NULL;
	struct status s;
	struct str spaced = {0};
	size_t i;

	ok(status_read(good, a, &s, &why) == OK && s.word == STATUS_DISPUTED && status_by(&s, pubs, 3) == 0, "a status and back");
	is_str(s.at, at, "its moment");
	is_str(s.sha256, sha, "its subject");
	is_str(s.reason, "a reason", "its reason");
	ok(status_read(forged(good), a, &s, &why) == OK && status_by(&s, pubs, 3) == 3, "nor by him, once a word is another");
	ok(status_read(good, a, &s, &why) == OK, "read again");
	ok(status_by(&s, pubs + 1, 2) == 2 && status_by(&s, &same_name, 1) == 1, "by nobody else");
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(status_read(span_of(bad[i]), a, &s, &why) != OK && why != NULL, "refused: %s", why);
	str_add(&spaced, good);
	str_addc(&spaced, '\n');
	ok(status_read(str_span(&spaced), a, &s, &why) == ERR_SYNTAX && strstr(why, "canonical") != NULL, "and in no second form");
	str_release(&spaced);
	for (i = 0; i < STATUS_WORDS; i++) {
		enum status_word w;

		ok(status_word_read(span_of(status_name((enum status_word)i)), &w) == OK && w == (enum status_word)i, "%s",
		    status_name((enum status_word)i));
	}
}

int
main(void)
{
	char dir[] = "/tmp/t_verify.XXXXXX";

	a = arena_new();
	cast();
	if (mkdtemp(dir) == NULL)
		return 1;
	test_status();
	test_signers();
	test_proofs();
	test_levels();
	test_words(dir);
	test_together(dir);
	test_bits();
	test_log_bits(dir);
	nftw(dir, rm_one, 16, FTW_DEPTH | FTW_PHYS);
	key_free(issuer);
	key_free(network);
	key_free(auditor);
	key_free(stranger);
	key_free(logkey);
	key_free(other_log);
	key_free(witness);
	arena_free(a);
	return tap_done();
}
