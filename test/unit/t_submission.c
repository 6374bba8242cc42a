/* What a log sends to a witness, and what it makes of the answer: every form but the right one is refused. */
#include "base/limits.h"
#include "seal.h"
#include "seal/checkpoint.h"
#include "seal/submission.h"
#include "tap.h"

static struct arena *a;

static bool
reads(struct span body, void *ctx)
{
	struct submission s;
	const char *why;

	(void)ctx;
	return submission_read(body, &s, &why) == OK;
}

static const char *
refused(const char *body)
{
	static const char none[] = "it was taken";
	struct submission s;
	const char *why = none;

	return submission_read(span_of(body), &s, &why) == OK ? none : why;
}

static void
form(void)
{
	struct submission s = {.old = 7, .checkpoint = SPAN("any text\n")}, back = {.old = 0};
	struct str out = {0}, again = {0};
	const char *why = "";
	unsigned i;

	for (i = 0; i < SUBMISSION_HASHES_MAX; i++)
		memset(s.proof.hash[i].b, (int)i, TREE_HASH);
	for (i = 0; i <= SUBMISSION_HASHES_MAX; i += 21) {
		s.proof.n = i;
		str_clear(&out);
		str_clear(&again);
		submission_write(&out, &s);
		ok(submission_read(str_span(&out), &back, &why) == OK && back.old == 7 && back.proof.n == i &&
		    span_eq(back.checkpoint, s.checkpoint) && memcmp(back.proof.hash, s.proof.hash, i * TREE_HASH) == 0,
		    "a submission with %u hashes is read back", i);
		submission_write(&again, &back);
		ok(span_eq(str_span(&out), str_span(&again)), "and written again the same");
	}
	/* up to the checkpoint, of which there is no reading here */
	ok(cuts_taken((struct span){out.p, out.len - s.checkpoint.len + 1}, reads, NULL) == 0, "none that ends early is");
	is_str(refused("new 7\n\nx\n"), "line 1: is not \"old\" and a size [tlog-witness v1.0.0]", "no other first word");
	is_str(refused("old 07\n\nx\n"), "line 1: is not \"old\" and a size [tlog-witness v1.0.0]", "no zero in front");
	is_str(refused("old -1\n\nx\n"), "line 1: is not \"old\" and a size [tlog-witness v1.0.0]", "no sign");
	is_str(refused("old 9223372036854775808\n\nx\n"), "line 1: is not \"old\" and a size [tlog-witness v1.0.0]", "no tree of that size");
	is_str(refused("old 7\nAAAA\n\nx\n"), "a line of the proof is not the base64 of 32 bytes [tlog-witness v1.0.0]", "no short hash");
	is_str(refused("old 7\n\n"), "has no empty line and checkpoint [tlog-witness v1.0.0]", "no nothing behind it");
	str_clear(&out);
	submission_write(&out, &s);
	str_clear(&again);
	str_adds(&again, "old 7\n" "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
	str_add(&again, (struct span){out.p + 6, out.len - 6});
	is_str(refused(again.p), "the proof has more than 63 hashes [tlog-witness v1.0.0]", "not 64 hashes");
	str_clear(&again);
	str_adds(&again, "old 7\n\n");
	str_fill(&again, 'x', SUBMISSION_BYTES_MAX);
	is_str(refused(again.p), "is longer than any submission (SUBMISSION_BYTES_MAX)", "nothing too long");
	str_release(&out);
	str_release(&again);
}

static void
sizes(void)
{
	uint64_t n = 1;

	ok(submission_size_read(SPAN("0\n"), &n) == OK && n == 0, "a size of nothing");
	ok(submission_size_read(SPAN("20852014\n"), &n) == OK && n == 20852014, "a size");
	ok(submission_size_read(SPAN("20852014"), &n) != OK && submission_size_read(SPAN("1\n2\n"), &n) != OK &&
	    submission_size_read(SPAN("01\n"), &n) != OK && submission_size_read(SPAN(""), &n) != OK && n == 20852014, "nothing else is one");
}

/* --- answers --- */

struct asked {
	struct note n;
	struct key_pub witness;
};

static bool
taken(struct span body, void *ctx)
{
	const struct asked *q = ctx;
	const char *why = NULL;
	struct span line;
	uint64_t time;
	enum err e = submission_answer(body, &q->n, &q->witness, a, &line, &time, &why);

	if (e != OK && why == NULL)
		printf("# refused without a reason\n");
	return e == OK;
}

static void
line_of(struct str *out, struct span text, const struct key *k, uint64_t time)
{
	struct str whole = {0};

	note_begin(&whole, text);
	note_add(&whole, text, k, time);
	str_add(out, (struct span){whole.p + text.len + 1, whole.len - text.len - 1});
	str_release(&whole);
}

static void
answers(void)
{
	struct key *log = key_of("log.example", KEY_SIGNER, 1), *w = key_of("w.example", KEY_WITNESS, 2),
		   *other = key_of("x.example", KEY_WITNESS, 3), *fake = key_of("w.example", KEY_WITNESS, 4);
	struct span text = SPAN("log.example\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"), line = {0};
	struct asked q = {.witness = *key_pub(w)};
	struct str note = {0}, body = {0}, merged = {0};
	const char *why = "";
	struct note_check c[2];
	struct key_pub both[2];
	uint64_t time = 0;
	struct note n;

	note_begin(&note, text);
	note_add(&note, text, log, 0);
	ok(note_read(str_span(&note), a, &q.n, &why) == OK, "a checkpoint that is sent");
	line_of(&body, text, w, 1700000000);
	ok(submission_answer(str_span(&body), &q.n, &q.witness, a, &line, &time, &why) == OK && time == 1700000000 &&
	    line.len + 1 == body.len && memcmp(line.p, body.p, line.len) == 0, "the witness's line is taken, with its time");
	ok(flips_taken(str_span(&body), taken, &q) == 0, "no bit of it is free");
	ok(cuts_taken(str_span(&body), taken, &q) == 0, "and none that ends early is taken");

	submission_merge(&merged, &q.n, &q.witness, line);
	both[0] = *key_pub(log);
	both[1] = *key_pub(w);
	ok(note_read(arena_span(a, str_span(&merged)), a, &n, &why) == OK && n.n == 2 && note_verify(&n, both, 2, c, &why) == OK && c[0].good &&
	    c[1].good && c[1].time == 1700000000, "merged: the log and the witness");
	str_clear(&body);
	line_of(&body, text, w, 1700000001);
	ok(submission_answer(str_span(&body), &n, &q.witness, a, &line, &time, &why) == OK, "a later one");
	str_clear(&merged);
	submission_merge(&merged, &n, &q.witness, line);
	ok(note_read(str_span(&merged), a, &n, &why) == OK && n.n == 2 && note_verify(&n, both, 2, c, &why) == OK &&
	    c[1].time == 1700000001, "takes the place of the one before");

	str_clear(&body);
	line_of(&body, text, other, 5);
	ok(!taken(str_span(&body), &q), "another witness's line alone is none");
	line_of(&body, text, w, 6);
	ok(submission_answer(str_span(&body), &q.n, &q.witness, a, &line, &time, &why) == OK && time == 6, "beside his own it is passed over");
	str_clear(&body);
	line_of(&body, text, fake, 5);
	ok(!taken(str_span(&body), &q), "nor is one in his name by another key");
	str_clear(&body);
	line_of(&body, SPAN("log.example\n2\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"), w, 5);
	ok(!taken(str_span(&body), &q), "nor his own over another checkpoint");
	str_clear(&body);
	str_adds(&body, "more\n\n");
	line_of(&body, text, w, 5);
	ok(!taken(str_span(&body), &q), "nor one that would change the text");
	str_clear(&body);
	str_adds(&body, "more\n\n");
	line_of(&body, SPAN("log.example\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nmore\n"), w, 5);
	ok(!taken(str_span(&body), &q), "nor if it has signed that other text");
	str_clear(&body);
	str_fill(&body, 'x', COSIGNED_BYTES_MAX + 1);
	ok(!taken(str_span(&body), &q) && !taken(SPAN(""), &q), "nor too much, nor nothing");
	str_release(&note);
	str_release(&body);
	str_release(&merged);
	key_free(log);
	key_free(w);
	key_free(other);
	key_free(fake);
}

int
main(void)
{
	a = arena_new();
	form();
	sizes();
	answers();
	arena_free(a);
	return tap_done();
}
