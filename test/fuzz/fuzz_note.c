/*
 * note: any bytes. What is read can be put together again from its parts; nothing verifies that was not signed; a
 * signature added to a text that may be signed verifies, and the note that was there keeps its others.
 */
#undef NDEBUG
#include <assert.h>

#include "seal/note.h"

static struct key *
key(void)
{
	static struct key *k;
	const uint8_t seed[ED25519_SEED] = {1};

	if (k == NULL)
		assert(key_from_seed(SPAN("fuzz.example"), KEY_SIGNER, seed, &k) == OK);
	return k;
}

static void
again(const struct note *n, struct span in)
{
	struct str s = {0};
	size_t i;

	str_add(&s, n->text);
	str_addc(&s, '\n');
	for (i = 0; i < n->n; i++) {
		assert(key_name_good(n->sigs[i].name) && n->sigs[i].bytes.len > 0);
		str_add(&s, n->sigs[i].line);
		str_addc(&s, '\n');
	}
	assert(span_eq(str_span(&s), in));
	str_release(&s);
}

/* One more signature on what was read. */
static void
sign(const struct note *n, struct span in, struct arena *a)
{
	struct note_check c = {0};
	const char *why = NULL;
	struct str s = {0};
	struct note more;

	str_add(&s, in);
	note_add(&s, n->text, key(), 0);
	if (note_read(str_span(&s), a, &more, &why) == OK) {
		assert(more.n == n->n + 1 && span_eq(more.text, n->text));
		assert(note_verify(&more, key_pub(key()), 1, &c, &why) == OK && c.good);
	} else {
		assert(n->n == NOTE_SIGS_MAX || s.len > NOTE_BYTES_MAX);
	}
	str_release(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data, size};
	struct arena *a = arena_new();
	struct note_check c = {0};
	const char *why = NULL;
	struct note n;

	if (note_read(in, a, &n, &why) == OK) {
		again(&n, in);
		assert(note_verify(&n, key_pub(key()), 1, &c, &why) != OK && !c.good);
		sign(&n, in, a);
	} else {
		assert(why != NULL);
	}
	arena_free(a);
	return 0;
}
