/*
 * tree: the Merkle tree of RFC 6962 section 2.1 (RFC 9162 section 2.1 has the same), SHA-256: leaf = H(00 entry),
 * node = H(01 left right), the root of nothing = H(). A tree of n entries splits at the largest power of two below n.
 *
 * Whatever holds the hashes gives them through a tree_source; then roots and proofs take O(log n) of them. Verifying
 * needs no tree at all.
 */
#ifndef SEAL_TREE_H
#define SEAL_TREE_H

#include "base/sha256.h"
#include "base/span.h"

#define TREE_HASH SHA256_BYTES
#define TREE_PROOF_MAX 64u	/* hashes: a level of 64 bits of size each */
#define TREE_SIZE_MAX ((uint64_t)INT64_MAX)

struct tree_hash { uint8_t b[TREE_HASH]; };

void tree_leaf(struct span entry, struct tree_hash *out);
void tree_node(const struct tree_hash *left, const struct tree_hash *right, struct tree_hash *out);
void tree_empty(struct tree_hash *out);
bool tree_same(const struct tree_hash *a, const struct tree_hash *b);

/* The hash over the entries [index << level, (index + 1) << level), which the tree has whole. */
struct tree_source {
	enum err (*hash)(void *arg, unsigned level, uint64_t index, struct tree_hash *out);
	void *arg;
};

struct tree_proof {
	struct tree_hash hash[TREE_PROOF_MAX];	/* from the leaf's side to the root's */
	size_t n;
};

/* The root of the first size entries. Errors are the source's. */
NODISCARD enum err tree_root(const struct tree_source *s, uint64_t size, struct tree_hash *out);
/* PATH(index, D[size]), RFC 6962 2.1.1; index < size (ERR_RANGE). */
NODISCARD enum err tree_include(const struct tree_source *s, uint64_t index, uint64_t size, struct tree_proof *out);
/* PROOF(old, D[size]), RFC 6962 2.1.2; old <= size (ERR_RANGE). Empty for old 0 and old == size. */
NODISCARD enum err tree_extend(const struct tree_source *s, uint64_t old, uint64_t size, struct tree_proof *out);

/* RFC 9162 2.1.3.2: whether leaf is entry index of the tree of that size and root. */
bool tree_included(const struct tree_proof *p, uint64_t index, uint64_t size, const struct tree_hash *leaf,
    const struct tree_hash *root);
/* RFC 9162 2.1.4.2: whether the tree of size and root begins with that of old and old_root. Of nothing every tree
 * is a continuation, with the root of nothing and an empty proof. */
bool tree_extended(const struct tree_proof *p, uint64_t old, uint64_t size, const struct tree_hash *old_root,
    const struct tree_hash *root);

/* The right edge of a tree that grows: the hashes of its whole subtrees, largest first. Zeroed is the empty tree. */
struct tree_edge {
	struct tree_hash hash[64];	/* [l]: of the subtree of 2^l entries, when bit l of size is set */
	uint64_t size;
};

/* done(arg, level, index, hash), when not NULL, hears of each subtree that becomes whole, the leaf first. */
typedef void tree_done(void *arg, unsigned level, uint64_t index, const struct tree_hash *h);
void tree_edge_add(struct tree_edge *e, const struct tree_hash *leaf, tree_done *done, void *arg);
void tree_edge_root(const struct tree_edge *e, struct tree_hash *out);

#endif
