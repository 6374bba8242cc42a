/* Signed notes: the vectors of the specification, what a reader must pass over and what it must refuse. */
#include "base/base64.h"
#include "seal.h"
#include "seal/note.h"
#include "tap.h"

static struct arena *a;

/* The example of C2SP signed-note v1.0.0, and the example of golang.org/x/mod/sumdb/note's documentation. */
static const struct {
	const char *vkey, *note;
} vector[] = {
	{"example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
	 "This is an example message.\n\n\xe2\x80\x94 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Zt"
	 "g1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"},
	{"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
	 "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
	 "\xe2\x80\x94 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJ"
	 "nAM=\n"},
};

/* OK or the error of reading and verifying. */
static enum err
open_note(struct span bytes, const struct key_pub *known, size_t n, struct note_check *checks)
{
	const char *why = NULL;
	struct note note;
	enum err e = note_read(bytes, a, &note, &why);

	if (e == OK)
		e = note_verify(&note, known, n, checks, &why);
	if (e != OK && why == NULL)
		abort();
	return e;
}

static bool
accepts(struct span text, void *ctx)
{
	struct note_check c[1];
	bool good = open_note(text, ctx, 1, c) == OK;

	arena_reset(a);
	return good;
}

static void
test_vectors(void)
{
	struct note_check c[1] = {{0}};
	const char *why;
	struct key_pub k;
	size_t i;

	for (i = 0; i < sizeof(vector) / sizeof(*vector); i++) {
		ok(key_vkey_read(span_of(vector[i].vkey), &k, &why) == OK &&
		    open_note(span_of(vector[i].note), &k, 1, c) == OK && c[0].good, "%s verifies", k.name);
		ok(flips_taken(span_of(vector[i].note), accepts, &k) == 0, "and not with any one bit changed");
		ok(cuts_taken(span_of(vector[i].note), accepts, &k) == 0, "nor when it ends early");
	}
}

struct cast {
	struct key *log, *w1, *w2, *other;
};

static struct cast
cast_new(void)
{
	return (struct cast){key_of("example.net/log", KEY_SIGNER, 1), key_of("w1.example", KEY_WITNESS, 2),
	    key_of("w2.example", KEY_WITNESS, 3), key_of("example.net/log", KEY_SIGNER, 4)};
}

static void
cast_free(struct cast *c)
{
	key_free(c->log);
	key_free(c->w1);
	key_free(c->w2);
	key_free(c->other);
}

static void
test_many(void)
{
	const struct span text = SPAN("example.net/log\n3\nAAAA\n");
	struct cast c = cast_new();
	struct key_pub known[3] = {*key_pub(c.log), *key_pub(c.w1), *key_pub(c.w2)}, twice[2] = {known[0], known[0]};
	struct note_check checks[3] = {{0}};
	struct str s = {0};
	size_t len;

	note_begin(&s, text);
	note_add(&s, text, c.other, 0);	/* the same name, another id */
	ok(open_note(str_span(&s), known, 3, checks) == ERR_UNKNOWN, "a name alone is no key");
	note_add(&s, text, c.w1, 1679315147);
	ok(open_note(str_span(&s), known, 3, checks) == OK && !checks[0].good && checks[1].good && !checks[2].good &&
	    checks[1].time == 1679315147, "a witness's cosignature carries its time");
	note_add(&s, text, c.log, 0);
	note_add(&s, text, c.w1, 1679315000);
	ok(open_note(str_span(&s), known, 3, checks) == OK && checks[0].good && checks[1].good && !checks[2].good &&
	    checks[1].time == 1679315147, "of two by one witness the later counts, wherever it stands");
	ok(open_note(str_span(&s), twice, 2, checks) == ERR_CONTRADICT, "one key known twice is refused");
	ok(open_note(str_span(&s), known, 0, checks) == ERR_UNKNOWN, "without a known key nothing verifies");
	len = s.len;
	note_add(&s, SPAN("another text\n"), c.w2, 5);
	ok(open_note(str_span(&s), known, 3, checks) == ERR_SIGNATURE, "one bad signature of a known key spoils the note");
	ok(open_note(str_span(&s), known, 2, checks) == OK, "which is nobody's business who does not know it");
	s.len = len;
	str_release(&s);
	cast_free(&c);
}

/* The message that a witness signs, word for word: c2sp.org/tlog-cosignature. */
static void
test_cosignature(void)
{
	const struct span text = SPAN("example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n");
	static const char message[] = "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
	    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
	struct key *w = key_of("witness.example.com/w1", KEY_WITNESS, 9);
	uint8_t blob[4 + 8 + ED25519_SIGNATURE] = {0};
	struct note_check c[1];
	const char *why;
	struct note n;
	struct str s = {0};

	note_begin(&s, text);
	note_add(&s, text, w, 1679315147);
	ok(note_read(str_span(&s), a, &n, &why) == OK && n.n == 1 && n.sigs[0].bytes.len == 72 &&
	    memcmp(n.sigs[0].bytes.p, "\0\0\0\0\x64\x18\x50\xcb", 8) == 0, "the time is eight bytes, big-endian");
	ok(key_verify(key_pub(w), span_of(message), (const uint8_t *)n.sigs[0].bytes.p + 8), "and the message is the specified one");
	str_release(&s);
	/* a time that no signed 64 bits hold, well signed */
	str_adds(&s, "cosignature/v1\ntime 9223372036854775808\n");
	str_add(&s, text);
	memcpy(blob, (const uint8_t[]){(uint8_t)(key_pub(w)->id >> 24), (uint8_t)(key_pub(w)->id >> 16),
	    (uint8_t)(key_pub(w)->id >> 8), (uint8_t)key_pub(w)->id, 0x80}, 5);
	key_sign(w, str_span(&s), blob + 12);
	str_clear(&s);
	note_begin(&s, text);
	str_addf(&s, "\xe2\x80\x94 %s ", key_pub(w)->name);
	base64_add(&s, blob, sizeof(blob));
	str_addc(&s, '\n');
	ok(open_note(str_span(&s), key_pub(w), 1, c) == ERR_SIGNATURE, "a time is at most 2^63 - 1");
	str_release(&s);
	key_free(w);
}

static const struct {
	const char *text, *what;
} bad[] = {
	{"", "nothing"}, {"\n", "a line feed"}, {"a\n", "no signature"}, {"a\n\n", "an empty line, and no signature"},
	{"a\n\xe2\x80\x94 n AAAAAAA=\n", "no empty line"}, {"a\n\n\xe2\x80\x94 n AAAAAAA=", "no last line feed"},
	{"a\n\n\xe2\x80\x94 n AAAAAA==\n", "an id alone"}, {"a\n\n\xe2\x80\x94  AAAAAAA=\n", "no name"},
	{"a\n\n\xe2\x80\x94 n+m AAAAAAA=\n", "a plus in a name"}, {"a\n\n\xe2\x80\x94 n  AAAAAAA=\n", "two spaces"},
	{"a\n\n\xe2\x80\x94 n AAAAAAA= \n", "a space at the end"}, {"a\n\n- n AAAAAAA=\n", "another dash"},
	{"a\n\n\xe2\x80\x94 n AAAAAAA=\n\n", "an empty line at the end"}, {"a\r\n\n\xe2\x80\x94 n AAAAAAA=\n", "a carriage return"},
	{"a\tb\n\n\xe2\x80\x94 n AAAAAAA=\n", "a tab"}, {"\xff\n\n\xe2\x80\x94 n AAAAAAA=\n", "no UTF-8"},
	{"a\n\n\xe2\x80\x94 n AAAAAAA\n", "no padding"}, {"a\n\n\xe2\x80\x94 n AAAAAAB=\n", "base64 in another form"},
	{"a\n\n\xe2\x80\x94 n\xe2\x80\x83m AAAAAAA=\n", "a wide space in a name"},
};

static void
test_form(void)
{
	struct note_check c[1];
	const char *why;
	struct note n;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(note_read(span_of(bad[i].text), a, &n, &why) == ERR_SYNTAX, "refused: %s", bad[i].what);
	ok(note_read(SPAN("a\n\nb\n\n\xe2\x80\x94 n AAAAAAA=\n"), a, &n, &why) == OK && span_is(n.text, "a\n\nb\n") && n.n == 1,
	    "a text may have empty lines: the last one parts");
	ok(open_note(SPAN("a\n\n\xe2\x80\x94 n AAAAAAA=\n"), NULL, 0, c) == ERR_UNKNOWN, "a form is not yet a signature");
	ok(note_text_good(SPAN("a\n")) && !note_text_good(SPAN("a")) && !note_text_good(SPAN("\n")) &&
	    !note_text_good(SPAN("a\tb\n")), "a text that may be signed ends in a line feed and is plain");
}

static void
test_limits(void)
{
	const struct span text = SPAN("a\n");
	struct key *k = key_of("n", KEY_SIGNER, 1);
	struct note_check c[1] = {{0}};
	struct str s = {0};
	size_t i;

	note_begin(&s, text);
	for (i = 0; i < NOTE_SIGS_MAX - 1; i++)
		str_addf(&s, "\xe2\x80\x94 stranger%zu AAAAAAA=\n", i);
	note_add(&s, text, k, 0);
	ok(NOTE_SIGS_MAX >= 16 && open_note(str_span(&s), key_pub(k), 1, c) == OK && c[0].good, "NOTE_SIGS_MAX signatures are read");
	str_adds(&s, "\xe2\x80\x94 more AAAAAAA=\n");
	ok(open_note(str_span(&s), key_pub(k), 1, c) == ERR_LIMIT, "and not one more");
	s.len = 0;
	str_fill(&s, 'x', NOTE_BYTES_MAX);
	str_adds(&s, "\n\n\xe2\x80\x94 n AAAAAAA=\n");
	ok(open_note(str_span(&s), key_pub(k), 1, c) == ERR_LIMIT, "a note has a length");
	str_release(&s);
	key_free(k);
}

int
main(void)
{
	a = arena_new();
	test_vectors();
	test_many();
	test_cosignature();
	test_form();
	test_limits();
	arena_free(a);
	return tap_done();
}
