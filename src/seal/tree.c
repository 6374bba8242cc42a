#include "seal/tree.h"

#include <assert.h>
#include <string.h>

/* --- hashes --- */

void
tree_leaf(struct span entry, struct tree_hash *out)
{
	const uint8_t prefix = 0;
	struct sha256 h;

	if (entry.len < 512) {	/* as nearly all are: no context is made for it */
		uint8_t b[512];

		b[0] = prefix;
		if (entry.len > 0)
			memcpy(b + 1, entry.p, entry.len);
		sha256_of(b, entry.len + 1, out->b);
		return;
	}
	sha256_init(&h);
	sha256_add(&h, &prefix, 1);
	sha256_add(&h, entry.p, entry.len);
	sha256_end(&h, out->b);
}

void
tree_node(const struct tree_hash *left, const struct tree_hash *right, struct tree_hash *out)
{
	uint8_t b[1 + 2 * TREE_HASH];

	b[0] = 1;
	memcpy(b + 1, left->b, TREE_HASH);
	memcpy(b + 1 + TREE_HASH, right->b, TREE_HASH);
	sha256_of(b, sizeof(b), out->b);
}

void
tree_empty(struct tree_hash *out)
{
	sha256_of("", 0, out->b);
}

bool
tree_same(const struct tree_hash *a, const struct tree_hash *b)
{
	return memcmp(a->b, b->b, TREE_HASH) == 0;
}

/* --- from a source --- */

/* The largest power of two below n, as its exponent; n > 1. */
static unsigned
split(uint64_t n)
{
	return 63 - (unsigned)__builtin_clzll(n - 1);
}

/* MTH(D[lo:hi]), where lo is a multiple of the largest subtree in it: the whole ones are asked for, and joined from
 * the right. */
static enum err
range(const struct tree_source *s, uint64_t lo, uint64_t hi, struct tree_hash *out)
{
	struct tree_hash part[64];
	unsigned n = 0, level;

	while (lo < hi) {
		level = 63 - (unsigned)__builtin_clzll(hi - lo);
		TRY(s->hash(s->arg, level, lo >> level, &part[n]));
		lo += 1ull << level;
		n++;
	}
	assert(n > 0);
	for (*out = part[--n]; n > 0;)
		tree_node(&part[--n], out, out);
	return OK;
}

enum err
tree_root(const struct tree_source *s, uint64_t size, struct tree_hash *out)
{
	struct tree_hash h;

	if (size > TREE_SIZE_MAX)
		return ERR_RANGE;
	if (size == 0)
		tree_empty(&h);
	else
		TRY(range(s, 0, size, &h));
	*out = h;
	return OK;
}

/* Turn round what was gathered from the root down. */
static void
turn(struct tree_proof *p)
{
	struct tree_hash h;
	size_t i;

	for (i = 0; i < p->n / 2; i++) {
		h = p->hash[i];
		p->hash[i] = p->hash[p->n - 1 - i];
		p->hash[p->n - 1 - i] = h;
	}
}

enum err
tree_include(const struct tree_source *s, uint64_t index, uint64_t size, struct tree_proof *out)
{
	uint64_t lo = 0, hi = size, k;
	struct tree_proof p = {.n = 0};

	if (index >= size || size > TREE_SIZE_MAX)
		return ERR_RANGE;
	while (hi - lo > 1) {
		k = lo + (1ull << split(hi - lo));
		if (index < k) {
			TRY(range(s, k, hi, &p.hash[p.n++]));
			hi = k;
		} else {
			TRY(range(s, lo, k, &p.hash[p.n++]));
			lo = k;
		}
	}
	turn(&p);
	*out = p;
	return OK;
}

enum err
tree_extend(const struct tree_source *s, uint64_t old, uint64_t size, struct tree_proof *out)
{
	uint64_t lo = 0, hi = size, k;
	struct tree_proof p = {.n = 0};

	if (old > size || size > TREE_SIZE_MAX)
		return ERR_RANGE;
	/* SUBPROOF(m, D[n], b): down to the subtree that ends where the old tree did */
	while (old > 0 && old != size && hi != old) {
		k = lo + (1ull << split(hi - lo));
		if (old <= k) {
			TRY(range(s, k, hi, &p.hash[p.n++]));
			hi = k;
		} else {
			TRY(range(s, lo, k, &p.hash[p.n++]));
			lo = k;
		}
	}
	/* which is named unless it is the whole old tree, whose root the verifier has */
	if (old > 0 && old != size && lo > 0)
		TRY(range(s, lo, hi, &p.hash[p.n++]));
	turn(&p);
	*out = p;
	return OK;
}

/* --- verifying --- */

bool
tree_included(const struct tree_proof *p, uint64_t index, uint64_t size, const struct tree_hash *leaf,
    const struct tree_hash *root)
{
	uint64_t fn = index, sn = size - 1;
	struct tree_hash r = *leaf;
	size_t i;

	if (index >= size || size > TREE_SIZE_MAX)
		return false;
	for (i = 0; i < p->n; i++) {
		if (sn == 0)
			return false;
		if ((fn & 1) == 1 || fn == sn) {
			tree_node(&p->hash[i], &r, &r);
			while ((fn & 1) == 0 && fn != 0) {
				fn >>= 1;
				sn >>= 1;
			}
		} else {
			tree_node(&r, &p->hash[i], &r);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && tree_same(&r, root);
}

static bool
extended(const struct tree_proof *p, uint64_t old, uint64_t size, const struct tree_hash *old_root,
    const struct tree_hash *root)
{
	uint64_t fn = old - 1, sn = size - 1;
	struct tree_hash fr, sr;
	bool whole = (old & (old - 1)) == 0;	/* the old root is a subtree of its own: it is not in the proof */
	size_t i = whole ? 0 : 1;

	if (p->n == 0)
		return false;
	while ((fn & 1) == 1) {
		fn >>= 1;
		sn >>= 1;
	}
	fr = sr = whole ? *old_root : p->hash[0];
	for (; i < p->n; i++) {
		if (sn == 0)
			return false;
		if ((fn & 1) == 1 || fn == sn) {
			tree_node(&p->hash[i], &fr, &fr);
			tree_node(&p->hash[i], &sr, &sr);
			while ((fn & 1) == 0 && fn != 0) {
				fn >>= 1;
				sn >>= 1;
			}
		} else {
			tree_node(&sr, &p->hash[i], &sr);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && tree_same(&fr, old_root) && tree_same(&sr, root);
}

bool
tree_extended(const struct tree_proof *p, uint64_t old, uint64_t size, const struct tree_hash *old_root,
    const struct tree_hash *root)
{
	struct tree_hash empty;

	if (old > size || size > TREE_SIZE_MAX)
		return false;
	if (old == 0) {
		tree_empty(&empty);
		return p->n == 0 && tree_same(old_root, &empty) && (size > 0 || tree_same(root, &empty));
	}
	if (old == size)
		return p->n == 0 && tree_same(old_root, root);
	return extended(p, old, size, old_root, root);
}

/* --- growing --- */

void
tree_edge_add(struct tree_edge *e, const struct tree_hash *leaf, tree_done *done, void *arg)
{
	struct tree_hash h = *leaf;
	uint64_t index = e->size;
	unsigned level = 0;

	assert(e->size < TREE_SIZE_MAX);
	if (done != NULL)
		done(arg, 0, index, &h);
	for (; (e->size >> level & 1) == 1; level++) {
		tree_node(&e->hash[level], &h, &h);
		index >>= 1;
		if (done != NULL)
			done(arg, level + 1, index, &h);
	}
	e->hash[level] = h;
	e->size++;
}

void
tree_edge_root(const struct tree_edge *e, struct tree_hash *out)
{
	bool any = false;
	unsigned level;

	tree_empty(out);
	for (level = 0; level < 64; level++) {
		if ((e->size >> level & 1) == 0)
			continue;
		if (any)
			tree_node(&e->hash[level], out, out);
		else
			*out = e->hash[level];
		any = true;
	}
}
