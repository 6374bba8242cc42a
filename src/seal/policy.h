/*
 * policy: whom to believe (c2sp.org/tlog-policy): logs, witnesses, groups of witnesses, and the quorum that a
 * checkpoint needs. Lines of words; what a line refers to was defined before it.
 */
#ifndef SEAL_POLICY_H
#define SEAL_POLICY_H

#include "base/arena.h"
#include "seal/checkpoint.h"
#include "seal/note.h"

struct policy_log {
	struct key_pub key;		/* its name is the log's origin */
	const char *url;		/* NULL: none */
};

struct policy_witness {
	const char *name;		/* within the policy */
	struct key_pub key;
	const char *url;
};

#define POLICY_GROUP 0x10000u		/* in a member: an index into groups, else into witnesses */
#define POLICY_NONE UINT32_MAX		/* as quorum: no cosignature is needed */

struct policy_group {
	const char *name;
	uint32_t k;			/* of its members so many */
	const uint32_t *member;
	size_t n;
};

struct policy {
	struct policy_log *logs;
	struct policy_witness *witnesses;
	struct policy_group *groups;	/* members of one come before it */
	size_t n_logs, n_witnesses, n_groups;
	uint32_t quorum;		/* a member, or POLICY_NONE */
};

/* All is from the arena, *why too: the line, the word, the rule. */
NODISCARD enum err policy_read(struct span text, struct arena *a, struct policy *out, const char **why);

struct policy_verdict {
	const struct policy_log *log;	/* by whom it is signed */
	struct note_check *witness;	/* from the arena: one for each of the policy's */
	size_t n_witnesses;		/* that have cosigned */
};

/* Whether a signed checkpoint is one to believe: signed by a log of the policy whose name is the origin, cosigned by
 * the quorum, and by no known key wrongly. OK; ERR_UNKNOWN: no such log, or too few witnesses; ERR_SIGNATURE; ERR_SYNTAX:
 * no note or no checkpoint. checkpoint borrows from bytes. */
NODISCARD enum err policy_verify(const struct policy *p, struct span bytes, struct arena *a, struct checkpoint *out,
    struct policy_verdict *verdict, const char **why);

#endif
