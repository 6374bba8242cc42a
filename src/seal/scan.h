/*
 * scan: a log as a stranger reads it: the checkpoint and the bundles of entries, which are all that a web server
 * serves, and nothing of the writer's. The root is computed from every entry that is handed on; so who asks what
 * a log says of something has it from the log that the checkpoint is of, and cannot be shown less than all.
 */
#ifndef SEAL_SCAN_H
#define SEAL_SCAN_H

#include "seal/policy.h"
#include "seal/store.h"
#include "seal/tile.h"

/* Gives the file of a log at a path ("checkpoint", "tile/entries/000"): its bytes, max at most, appended to out. ERR_OPEN: it
 * has none; any other error ends the scan. *why is from the arena. */
struct scan_source {
	enum err (*read)(void *arg, const char *path, size_t max, struct str *out, struct arena *a, const char **why);
	void *arg;
};

/* Where the log's tree is asked for once more: at an earlier size. found is set when the log is at least so large. */
struct scan_at {
	uint64_t size;
	struct tree_hash root;
	bool found;
};

typedef void scan_entry(void *arg, uint64_t index, struct span entry);

/* The whole log. The checkpoint is verified first (policy_verify, whose errors it has), each entry is then
 * handed to see, which must believe nothing before OK. ERR_CONTRADICT: the entries are not those of the checkpoint.
 * *why is from the arena; out borrows from it. early: NULL, or asked for. */
NODISCARD enum err scan_from(const struct scan_source *s, const struct policy *p, struct arena *a, scan_entry *see, void *arg,
    struct scan_at *early, struct checkpoint *out, struct policy_verdict *verdict, const char **why);
/* The same of a log in a folder. */
NODISCARD enum err scan_log(const char *path, const struct policy *p, struct arena *a, scan_entry *see, void *arg,
    struct scan_at *early, struct checkpoint *out, struct policy_verdict *verdict, const char **why);

/* The same for who writes the log, of what is durable: size and root of its head. ERR_CONTRADICT as above. */
NODISCARD enum err scan_head(struct store *s, uint64_t size, const struct tree_hash *root, struct arena *a,
    scan_entry *see, void *arg, const char **why);

/* What a log has more than it had when the edge was of it: up to a checkpoint that was verified, of which the edge is
 * the beginning when OK. On an error the edge is of no use any more. Errors as scan_from; ERR_CONTRADICT too: the log
 * does not go on from where it was. */
NODISCARD enum err scan_on(struct store *s, const struct checkpoint *c, struct tree_edge *edge, struct arena *a,
    scan_entry *see, void *arg, const char **why);

/* One entry of a tree of that size, into the arena; nobody vouches for it. *why is from the arena. */
NODISCARD enum err scan_one(struct store *s, uint64_t size, uint64_t index, struct arena *a, struct span *out,
    const char **why);

#endif
