/*
 * tile: a tree read out of its tiles against one computed from its leaves by the definition (RFC 6962 2.1), and proofs out of
 * it. Bytes 0 and 1: how many leaves, up to 700; 2 and 3: the leaf to be proved; 4 and 5: the earlier size; 6 to 8: which bit
 * of which tile is wrong, when bit 0 of byte 6 is set; the rest seeds the leaves. Roots and proofs are right; a proof with any
 * bit turned is none; out of a tile that was tampered with comes no proof that holds and differs.
 */
#undef NDEBUG
#include <assert.h>

#include "seal/tile.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#define MOST 700u

static struct tree_hash leaf[MOST];

struct server {
	uint64_t size;
	bool bad;			/* and where */
	unsigned level, bit;
	bool hit;
};

/* MTH(D[from, from + n)): the definition. */
static void
naive(size_t from, size_t n, struct tree_hash *out)
{
	struct tree_hash l, r;
	size_t k = 1;

	if (n == 0) {
		tree_empty(out);
	} else if (n == 1) {
		*out = leaf[from];
	} else {
		while (2 * k < n)
			k *= 2;
		naive(from, k, &l);
		naive(from + k, n - k, &r);
		tree_node(&l, &r, out);
	}
}

static enum err
serve(void *arg, const struct tile *t, uint8_t *out)
{
	struct server *s = arg;
	struct str path = {0};
	struct tile back;
	unsigned i;

	assert(t->level < TILE_LEVELS && t->width == tile_width(s->size, t->level, t->index));
	tile_path(&path, t);
	assert(tile_path_read(str_span(&path), &back) == OK);
	assert(back.level == t->level && back.index == t->index && back.width == t->width);
	str_release(&path);
	for (i = 0; i < t->width; i++) {
		struct tree_hash h;
		size_t each = t->level == 0 ? 1 : TILE_WIDTH;

		assert(t->level <= 1);	/* of MOST leaves there is no more */
		naive((t->index * TILE_WIDTH + i) * each, each, &h);
		memcpy(out + i * TREE_HASH, h.b, TREE_HASH);
	}
	if (s->bad && s->level == t->level) {
		out[s->bit / 8 % (t->width * TREE_HASH)] ^= (uint8_t)(1 << s->bit % 8);
		s->hit = true;
	}
	return OK;
}

static void
bent(const struct tree_proof *p, unsigned bit, uint64_t index, uint64_t size, const struct tree_hash *root)
{
	struct tree_proof other = *p;

	if (p->n == 0)
		return;
	other.hash[bit / 8 / TREE_HASH % p->n].b[bit / 8 % TREE_HASH] ^= (uint8_t)(1 << bit % 8);
	assert(!tree_included(&other, index, size, &leaf[index], root));
	other = *p;
	other.n--;
	assert(!tree_included(&other, index, size, &leaf[index], root));
}

static void
check(struct server *s, uint64_t index, uint64_t old)
{
	struct tile_tree *t = malloc(sizeof(*t));
	struct tree_hash root, was, got;
	struct tree_source source;
	struct tree_proof p, honest;
	bool bad = s->bad;

	assert(t != NULL);
	naive(0, s->size, &root);
	naive(0, old, &was);
	s->bad = false;
	source = tile_tree_init(t, (struct tile_source){serve, s}, s->size);
	assert(tree_include(&source, index, s->size, &honest) == OK);
	assert(tree_included(&honest, index, s->size, &leaf[index], &root));
	s->bad = bad;
	source = tile_tree_init(t, (struct tile_source){serve, s}, s->size);
	assert(tree_root(&source, s->size, &got) == OK && (s->hit || tree_same(&got, &root)));
	assert(tree_include(&source, index, s->size, &p) == OK);
	if (tree_included(&p, index, s->size, &leaf[index], &root))
		assert(p.n == honest.n && memcmp(p.hash, honest.hash, p.n * sizeof(p.hash[0])) == 0);
	else
		assert(s->hit);
	bent(&honest, s->bit, index, s->size, &root);
	assert(tree_extend(&source, old, s->size, &p) == OK);
	assert(s->hit || tree_extended(&p, old, s->size, &was, &root));
	if (old > 0 && old < s->size && !tree_same(&was, &root))
		assert(!tree_extended(&p, old, s->size, &root, &root));
	assert(tree_include(&source, s->size, s->size, &p) == ERR_RANGE);
	free(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct server s = {0};
	uint64_t seed;
	size_t i;

	if (size < 9)
		return 0;
	s.size = 1 + ((unsigned)data[0] << 8 | data[1]) % MOST;
	s.bad = (data[6] & 1) != 0;
	s.level = data[6] >> 1 & 1;
	s.bit = (unsigned)data[7] << 8 | data[8];
	seed = XXH3_64bits(data + 9, size - 9);
	for (i = 0; i < s.size; i++, seed++)
		tree_leaf((struct span){(const char *)&seed, sizeof(seed)}, &leaf[i]);
	check(&s, ((unsigned)data[2] << 8 | data[3]) % s.size, ((unsigned)data[4] << 8 | data[5]) % (s.size + 1));
	return 0;
}
