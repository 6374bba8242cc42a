/*
 * scan: a bundle of entries as a server gives it, any bytes, under a checkpoint that is signed. It is read when it is as many
 * entries as the checkpoint says and no byte more, which is counted here once again; else it contradicts; and every entry that
 * is handed on lies within it. The first byte is the size; where it is odd, the server has only the full bundle.
 */
#undef NDEBUG
#include <assert.h>

#include "seal/scan.h"

struct server {
	struct str note;
	struct span bundle;
	bool only_full;
	uint64_t seen;
};

static struct key *
key(void)
{
	static struct key *k;
	const uint8_t seed[ED25519_SEED] = {1};

	if (k == NULL)
		assert(key_from_seed(SPAN("fuzz.example/l"), KEY_SIGNER, seed, &k) == OK);
	return k;
}

static enum err
get(void *arg, const char *path, size_t max, struct str *out, struct arena *a, const char **why)
{
	struct server *s = arg;
	struct span bytes = strcmp(path, "checkpoint") == 0 ? str_span(&s->note) : s->bundle;

	(void)a;
	*why = "not there";
	if (s->only_full && strstr(path, ".p/") != NULL)
		return ERR_OPEN;
	if (bytes.len > max)
		return ERR_LIMIT;
	str_add(out, bytes);
	return OK;
}

static void
see(void *arg, uint64_t index, struct span entry)
{
	struct server *s = arg;

	assert(index == s->seen++);
	assert(entry.len == 0 || entry.p[entry.len - 1] == entry.p[entry.len - 1]);	/* readable to its end */
}

/* The root of the first n entries; whether there are so many, and nothing behind them unless longer. */
static bool
oracle(struct span b, unsigned n, bool longer, struct tree_hash *root)
{
	struct tree_edge edge = {.size = 0};
	const unsigned char *p = (const unsigned char *)b.p;
	struct tree_hash leaf;
	size_t at = 0, len;

	for (; n > 0; n--, at += len + 2) {
		len = at + 2 <= b.len ? (size_t)p[at] << 8 | p[at + 1] : 0;
		if (at + 2 + len > b.len)
			return false;
		tree_leaf((struct span){b.p + at + 2, len}, &leaf);
		tree_edge_add(&edge, &leaf, NULL, NULL);
	}
	tree_edge_root(&edge, root);
	return longer || at == b.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct policy_log trusted = {.key = *key_pub(key())};
	struct policy policy = {.logs = &trusted, .n_logs = 1, .quorum = POLICY_NONE};
	struct arena *a = arena_new();
	struct policy_verdict v;
	struct checkpoint c;
	struct server s = {.seen = 0};
	struct str text = {0};
	struct tree_hash root = {{0}};
	const char *why = NULL;
	bool good;
	enum err e;

	if (size > 0) {
		s.bundle = (struct span){(const char *)data + 1, size - 1};
		s.only_full = (data[0] & 1) != 0;
		good = oracle(s.bundle, data[0] + 1u, s.only_full && data[0] + 1u < TILE_WIDTH, &root);
		checkpoint_write(&text, SPAN("fuzz.example/l"), data[0] + 1u, &root);
		note_begin(&s.note, str_span(&text));
		note_add(&s.note, str_span(&text), key(), 0);
		e = scan_from(&(struct scan_source){get, &s}, &policy, a, see, &s, NULL, &c, &v, &why);
		assert(e == (good ? OK : ERR_CONTRADICT));
		assert(good ? s.seen == data[0] + 1u : why != NULL);
	}
	str_release(&text);
	str_release(&s.note);
	arena_free(a);
	return 0;
}
