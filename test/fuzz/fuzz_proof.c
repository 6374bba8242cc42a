/*
 * proof: proofs, checkpoints and paths of tiles. What is read is written back the same; with an empty policy nothing is
 * believed.
 */
#undef NDEBUG
#include <assert.h>

#include "seal/proof.h"
#include "seal/tile.h"

static void
checkpoint(struct span in)
{
	struct checkpoint c;
	const char *why = NULL;
	struct str s = {0};

	if (checkpoint_read(in, &c, &why) != OK) {
		assert(why != NULL);
		return;
	}
	assert(c.size <= TREE_SIZE_MAX && c.origin.len > 0);
	if (!key_name_good(c.origin))
		return;
	checkpoint_write(&s, c.origin, c.size, &c.root);
	str_add(&s, c.more);
	assert(span_eq(str_span(&s), in));
	str_release(&s);
}

static void
proof(struct span in, struct arena *a)
{
	const struct policy none = {.quorum = POLICY_NONE};
	struct policy_verdict v;
	struct checkpoint c;
	struct log_proof p;
	struct tree_hash leaf;
	const char *why = NULL;
	struct str s = {0};

	if (proof_read(in, a, &p, &why) != OK) {
		assert(why != NULL);
		return;
	}
	proof_write(&s, &p);
	assert(span_eq(str_span(&s), in));
	str_release(&s);
	tree_leaf(in, &leaf);
	assert(proof_verify(&p, &leaf, &none, a, &c, &v, &why) != OK && why != NULL);
	checkpoint(p.checkpoint);
}

static void
path(struct span in)
{
	struct str s = {0};
	struct tile t;

	if (tile_path_read(in, &t) != OK)
		return;
	assert(t.width >= 1 && t.width <= TILE_WIDTH && t.level <= TILE_ENTRIES);
	tile_path(&s, &t);
	assert(span_eq(str_span(&s), in));
	str_release(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data, size};
	struct arena *a = arena_new();

	proof(in, a);
	checkpoint(in);
	path(in);
	arena_free(a);
	return 0;
}
