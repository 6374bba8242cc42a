/*
 * dsse: the Dead Simple Signing Envelope v1.0.2: JSON with a payload, its type, and signatures over both
 * ("DSSEv1 LEN TYPE LEN BODY"). Key ids in it are hints that nobody trusts: ours is "NAME+HEX", as in a verifier key.
 */
#ifndef SEAL_DSSE_H
#define SEAL_DSSE_H

#include "base/arena.h"
#include "seal/key.h"

#define DSSE_SIGS_MAX 16u

struct dsse_sig {
	struct span keyid;		/* "" when there is none */
	uint8_t bytes[ED25519_SIGNATURE];
	bool fits;			/* false: not the length of an Ed25519 signature, so of no key of ours */
};

struct dsse {
	struct span type, body;		/* decoded; from the arena */
	struct dsse_sig sigs[DSSE_SIGS_MAX];
	size_t n;
};

/* What is signed. */
void dsse_pae(struct str *out, struct span type, struct span body);
/* Canonical JSON, one line, a line feed. type: ASCII without what JSON escapes. */
void dsse_write(struct str *out, const struct key *k, struct span type, struct span body);

/* Any envelope: unknown members are passed over, either base64 alphabet is taken. *why is from the arena. */
NODISCARD enum err dsse_read(struct span bytes, struct arena *a, struct dsse *out, const char **why);
/* signed_by: one flag for each of known, set only on OK: whether one of the signatures is by it. ERR_UNKNOWN when
 * none is. body and type may be used only then, and only these bytes. */
NODISCARD enum err dsse_verify(const struct dsse *d, const struct key_pub *known, size_t n_known, bool *signed_by);
/* Whether the bytes are the only ones that dsse_write gives for one of known: key id, alphabet, order, and nothing
 * besides. So no bit of an envelope of ours is free, which the specification would let it be. */
bool dsse_exact(struct span bytes, const struct dsse *d, const struct key_pub *known, size_t n_known);

#endif
