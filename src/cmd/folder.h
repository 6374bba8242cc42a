/*
 * folder: a product of several files: a folder that appears whole or not at all. It is filled beside its place
 * under a temporary name and moved there in the end; what is there already is never touched.
 */
#ifndef CMD_FOLDER_H
#define CMD_FOLDER_H

#include "base/span.h"

struct folder {
	char *path;		/* owned: without slashes at its end */
	char *temp;		/* owned; NULL: not open */
	const char *command;	/* for messages */
	char **names;		/* owned: of the files in it, to take them away again */
	size_t n, cap;
};

/* Each returns false after a message on stderr. path must not exist, or be an empty folder. */
bool folder_open(struct folder *f, const char *path, const char *command);
/* A whole file; its name is a word of ours, without a slash. */
bool folder_write(struct folder *f, const char *name, struct span bytes);
bool folder_commit(struct folder *f);
void folder_abandon(struct folder *f);	/* leaves nothing behind; fine after commit, and when never opened */

#endif
