/*
 * below: a folder and all below it, one after the other: a folder before what is in it and once more behind. Links are
 * not followed. In the order of the file system: who prints sorts. It is fts(3) in small, since that of glibc 2.36 crashes
 * when it has no memory (fts_open does not look whether it got its root); here the program ends as it always does then
 * (base/arena.h).
 */
#ifndef BASE_BELOW_H
#define BASE_BELOW_H

#include <stdbool.h>

struct below;

enum below_kind {
	BELOW_FILE,		/* a plain file */
	BELOW_FOLDER,		/* what is in it follows */
	BELOW_FOLDER_END,
	BELOW_OTHER,		/* a link, a socket, ... */
	BELOW_LOST		/* cannot be looked at or opened, or is deeper than FOLDER_DEPTH_MAX: errno */
};

struct below_entry {
	enum below_kind kind;
	unsigned level;		/* 0: the root itself, which need not be a folder */
	const char *path, *name;	/* until the next call; path begins with the root as it was given */
};

struct below *below_new(const char *root);	/* owned */
void below_free(struct below *b);		/* NULL-safe */
/* False behind the last. What was handed out may be removed before the next call. */
bool below_next(struct below *b, struct below_entry *e);
/* Leave out what is in the folder that was handed out last; its end is left out, too. */
void below_skip(struct below *b);

#endif
