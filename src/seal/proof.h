/*
 * proof: a .tlog-proof file (c2sp.org/tlog-proof@v1): that an entry is in a log, with the checkpoint and the
 * cosignatures that say so; checked offline against a policy.
 */
#ifndef SEAL_PROOF_H
#define SEAL_PROOF_H

#include "seal/policy.h"

struct log_proof {
	struct span extra;		/* decoded, from the arena; empty: none. Nobody vouches for it; log_prove puts the entry there */
	uint64_t index;
	struct tree_proof path;
	struct span checkpoint;		/* a signed note; borrowed */
};

void proof_write(struct str *out, const struct log_proof *p);
/* Form only; *why is from the arena. */
NODISCARD enum err proof_read(struct span text, struct arena *a, struct log_proof *out, const char **why);
/* Whether the policy believes the checkpoint (policy_verify), and leaf is the entry at the index in its tree
 * (ERR_CONTRADICT). */
NODISCARD enum err proof_verify(const struct log_proof *p, const struct tree_hash *leaf, const struct policy *policy,
    struct arena *a, struct checkpoint *out, struct policy_verdict *verdict, const char **why);

#endif
