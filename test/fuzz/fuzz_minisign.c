/*
 * minisign: a signature beside a message; the input is both, parted at its first NUL. Only what we sign ourselves
 * verifies, and the input as a comment, when it may be one, comes back.
 */
#undef NDEBUG
#include <assert.h>

#include "seal/minisign.h"

static struct key *
key(void)
{
	static struct key *k;
	const uint8_t seed[ED25519_SEED] = {3};

	if (k == NULL)
		assert(key_from_seed(SPAN("fuzz.example"), KEY_SIGNER, seed, &k) == OK);
	return k;
}

static bool
may_be_comment(struct span c)
{
	size_t i;

	for (i = 0; i < c.len; i++)
		if (c.p[i] < ' ' || c.p[i] == 0x7f)
			return false;
	return c.len <= MINISIGN_COMMENT_MAX;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = {(const char *)data, size}, message = {"", 0}, comment;
	const uint8_t *nul = size > 0 ? memchr(data, '\0', size) : NULL;
	const char *why = NULL;
	struct str s = {0};

	if (nul != NULL) {
		text.len = (size_t)(nul - data);
		message = (struct span){(const char *)nul + 1, size - text.len - 1};
	}
	assert(minisign_verify(text, message, key_pub(key()), &comment, &why) != OK && why != NULL);
	if (may_be_comment(text)) {
		minisign_write(&s, key(), message, text);
		assert(minisign_verify(str_span(&s), message, key_pub(key()), &comment, &why) == OK && span_eq(comment, text));
		str_release(&s);
	}
	return 0;
}
