/*
 * key: verifier keys, key files and public key files. What is read is written back the same; every refusal has a
 * reason; a key file is opened only when it costs nothing.
 */
#undef NDEBUG
#include <assert.h>

#include "seal/keyfile.h"
#include "seal/minisign.h"

static void
vkey(struct span in)
{
	const char *why = NULL;
	struct key_pub k;
	struct str s = {0};

	if (key_vkey_read(in, &k, &why) != OK) {
		assert(why != NULL);
		return;
	}
	key_vkey_write(&s, &k);
	assert(span_eq(str_span(&s), in));
	str_release(&s);
}

static void
file(struct span in)
{
	struct keyfile_head h;
	const char *why = NULL;
	struct key *k = NULL;
	char *again;
	size_t n = 0;

	if (keyfile_head(in, &h, &why) != OK) {
		assert(why != NULL);
		return;
	}
	if (h.encrypted)
		return;
	if (keyfile_read(in, SPAN(""), &k, &why) != OK) {
		assert(why != NULL);
		return;
	}
	assert(key_pub_same(key_pub(k), &h.pub));
	again = secret_new(KEY_FILE_MAX);
	assert(keyfile_write(k, NULL, SPAN(""), again, &n) == OK && span_eq((struct span){again, n}, in));
	secret_free(again);
	key_free(k);
}

static void
pub(struct span in)
{
	const char *why = NULL;
	struct key_pub k;

	if (minisign_pub_read(in, &k, &why) != OK)
		assert(why != NULL);
	else
		assert(key_name_good(span_of(k.name)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data, size};

	vkey(in);
	file(in);
	pub(in);
	return 0;
}
