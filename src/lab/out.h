/*
 * out: a set of files that appear together or not at all. Each is written under a temporary name in
 * the folder; outs_commit() gives them their names when every one is whole.
 */
#ifndef LAB_OUT_H
#define LAB_OUT_H

#include "base/err.h"
#include "base/str.h"
#include "base/wr.h"

struct outs {
	int dir;		/* of the folder */
	char **names;		/* owned */
	size_t n, cap;
	int fd;			/* of the file being written; -1 */
	uint64_t bytes;
	enum err err;		/* the first failure sticks */
	int saved_errno;	/* why */
	struct str text;	/* where the file's bytes gather: text ... */
	struct wr bin;		/* ... or binary */
};

/* dir must exist. */
NODISCARD enum err outs_open(struct outs *o, const char *dir);
void out_begin(struct outs *o, const char *name);
/* Write out what has gathered when it is much. Call it after each record. */
void out_flow(struct outs *o);
void out_end(struct outs *o);
/* Name the files, or after a failure remove them. Sets errno when it fails. */
NODISCARD enum err outs_commit(struct outs *o);

#endif
