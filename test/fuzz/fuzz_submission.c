/*
 * submission: what a witness is sent, and what it answers, from any bytes. What is read is written back the same; no answer is
 * taken that the witness's key has not signed; what is merged is read back with every line that it had.
 */
#undef NDEBUG
#include <assert.h>

#include "seal/checkpoint.h"
#include "seal/cosigned.h"
#include "seal/submission.h"

static struct key *
key(void)
{
	static struct key *k;
	const uint8_t seed[ED25519_SEED] = {1};

	if (k == NULL)
		assert(key_from_seed(SPAN("fuzz.example/w"), KEY_WITNESS, seed, &k) == OK);
	return k;
}

static void
question(struct span in, struct arena *a)
{
	struct submission s;
	const char *why = NULL;
	struct checkpoint c;
	struct str again = {0};
	struct note n;

	if (submission_read(in, &s, &why) != OK) {
		assert(why != NULL);
		return;
	}
	submission_write(&again, &s);
	assert(span_eq(str_span(&again), in));
	str_release(&again);
	if (note_read(s.checkpoint, a, &n, &why) == OK)
		(void)(checkpoint_read(n.text, &c, &why) == OK);
}

/* A line of our own behind whatever the answer is, if it is one. */
static void
answer(struct span in, struct arena *a)
{
	struct str note = {0}, line = {0}, merged = {0};
	struct span text = SPAN("a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"), got = {0};
	const char *why = NULL;
	uint64_t time = 0;
	struct note n, m;

	note_begin(&note, text);
	str_adds(&note, "\xe2\x80\x94 a AAAAAAA=\n");
	assert(note_read(str_span(&note), a, &n, &why) == OK);
	assert(submission_answer(in, &n, key_pub(key()), a, &got, &time, &why) != OK && why != NULL);
	note_begin(&line, text);
	str_add(&line, in);
	note_add(&line, text, key(), 7);
	why = NULL;
	if (submission_answer((struct span){line.p + text.len + 1, line.len - text.len - 1}, &n, key_pub(key()), a, &got, &time, &why) == OK) {
		assert(time == 7);
		submission_merge(&merged, &n, key_pub(key()), got);
		assert(note_read(str_span(&merged), a, &m, &why) == OK && m.n == 2 && span_eq(m.text, text) && span_eq(m.sigs[1].line, got));
	} else {
		assert(why != NULL);
	}
	str_release(&note);
	str_release(&line);
	str_release(&merged);
}

/* What the process that asked hands on: written again the same; no line of it is good that the key has not signed. */
static void
handed_on(struct span in, struct arena *a)
{
	struct cosigned c;
	struct str again = {0};
	size_t i;

	if (cosigned_read(in, a, &c) != OK)
		return;
	cosigned_write(&again, &c);
	assert(span_eq(str_span(&again), in));
	for (i = 0; i < c.n; i++)
		assert(!cosigned_good(&c, &c.lines[i], key_pub(key()), a));
	str_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data, size};
	struct arena *a = arena_new();
	uint64_t n = 0;
	struct str again = {0};

	question(in, a);
	answer(in, a);
	handed_on(in, a);
	if (submission_size_read(in, &n) == OK) {
		str_addu(&again, n);
		str_addc(&again, '\n');
		assert(span_eq(str_span(&again), in));
	}
	str_release(&again);
	arena_free(a);
	return 0;
}
