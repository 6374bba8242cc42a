/*
 * checkpoint: the text of a signed note that says how large a log is and what its root is (c2sp.org/tlog-checkpoint
 * v1.0.0): origin, size, root, each a line; further lines are opaque.
 */
#ifndef SEAL_CHECKPOINT_H
#define SEAL_CHECKPOINT_H

#include "base/str.h"
#include "seal/tree.h"

struct checkpoint {
	struct span origin;	/* borrowed from the text */
	uint64_t size;
	struct tree_hash root;
	struct span more;	/* extension lines, whole; empty as a rule */
};

/* text: of a note, which must have been verified before any of this is used. A static text in *why. */
NODISCARD enum err checkpoint_read(struct span text, struct checkpoint *out, const char **why);
/* Without extension lines. origin: a name of a key (asserted). */
void checkpoint_write(struct str *out, struct span origin, uint64_t size, const struct tree_hash *root);

#endif
