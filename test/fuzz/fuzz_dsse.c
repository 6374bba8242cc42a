/*
 * dsse: envelopes, and the statements in them. What is read and signed by us again is in our one form; a stranger's
 * is in it only byte for byte; nothing verifies that was not signed.
 */
#undef NDEBUG
#include <assert.h>

#include "seal/sealed.h"
#include "mutate_json.h"

static struct key *
key(void)
{
	static struct key *k;
	const uint8_t seed[ED25519_SEED] = {4};

	if (k == NULL)
		assert(key_from_seed(SPAN("fuzz.example"), KEY_SIGNER, seed, &k) == OK);
	return k;
}

/* JSON escapes what is in a type, and mends what is not UTF-8: only a plain one comes back as it was. */
static bool
plain(struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return true;
}

static void
again(const struct dsse *d, struct arena *a)
{
	const char *why = NULL;
	struct str s = {0};
	struct dsse back;
	bool by = false;

	dsse_write(&s, key(), d->type, d->body);
	assert(dsse_read(str_span(&s), a, &back, &why) == OK && span_eq(back.body, d->body) && span_eq(back.type, d->type));
	assert(dsse_verify(&back, key_pub(key()), 1, &by) == OK && by);
	assert(dsse_exact(str_span(&s), &back, key_pub(key()), 1));
	str_release(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data, size};
	struct arena *a = arena_new();
	const char *why = NULL;
	struct statement st;
	bool by = false;
	struct dsse d;
	size_t k;

	if (dsse_read(in, a, &d, &why) == OK) {
		assert(d.n > 0 && d.n <= DSSE_SIGS_MAX);
		assert(dsse_verify(&d, key_pub(key()), 1, &by) == ERR_UNKNOWN && !by);
		assert(!dsse_exact(in, &d, key_pub(key()), 1));
		if (plain(d.type))
			again(&d, a);
		assert(statement_verify(d.body, SPAN("{}"), a, &st, &why) != OK);
	}
	assert(why != NULL);
	why = NULL;
	assert(sealed_verify(in, in, key_pub(key()), 1, a, &st, &k, &why) != OK && why != NULL);
	assert(statement_verify(in, in, a, &st, &why) != OK);
	arena_free(a);
	return 0;
}

MUTATE_JSON(0)
