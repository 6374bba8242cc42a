/*
 * below: a folder and all below it, one after the other: a folder before what is in it and once more behind. Links are
 * not followed. In the order of the file system: who prints sorts. It is fts(3) in small, since that of glibc 2.36 crashes
 * when it has no memory (fts_open does not look whether it got its root). Here only opendir(3) asks for any, so that who
 * clears up can still do so when there is none.
 */
#ifndef BASE_BELOW_H
#define BASE_BELOW_H

#include "base/limits.h"

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

struct below {
	char path[PATH_MAX];
	size_t len;		/* of path, without its zero */
	struct { DIR *dir; size_t len; } open[FOLDER_DEPTH_MAX];	/* len: of its path */
	unsigned n;
	bool begun, enter;	/* enter: what was handed out last is a folder */
};

enum below_kind {
	BELOW_FILE,		/* a plain file */
	BELOW_FOLDER,		/* what is in it follows */
	BELOW_FOLDER_END,
	BELOW_OTHER,		/* a link, a socket, ... */
	BELOW_LOST		/* cannot be looked at or opened, is deeper than FOLDER_DEPTH_MAX or longer than PATH_MAX: errno */
};

struct below_entry {
	enum below_kind kind;
	unsigned level;		/* 0: the root itself, which need not be a folder */
	const char *path, *name;	/* until the next call; path begins with the root as it was given */
};

void below_begin(struct below *b, const char *root);
void below_end(struct below *b);	/* at any time */
/* False behind the last. What was handed out may be removed before the next call. */
bool below_next(struct below *b, struct below_entry *e);
/* Leave out what is in the folder that was handed out last; its end is left out, too. */
void below_skip(struct below *b);

#endif
