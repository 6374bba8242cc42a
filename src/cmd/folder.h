/*
 * folder: a product of several files: a folder that appears whole or not at all. It is filled beside its place
 * under a temporary name and moved there in the end. What is there already is touched only when it is all of the
 * caller's own making.
 */
#ifndef CMD_FOLDER_H
#define CMD_FOLDER_H

#include "base/span.h"

/* Whether a file is one that the caller makes: its path below the folder. */
typedef bool folder_own(const char *path);

struct folder {
	char *path;		/* owned: without slashes at its end */
	char *temp;		/* owned; NULL: not open */
	const char *command;	/* for messages */
	bool replace;		/* an earlier product is there, and goes */
	bool errand;		/* the parent has it (cmd/errand.h); then temp is NULL */
	int id;
};

/* Each returns false after a message on stderr. path must not exist, or be an empty folder. */
bool folder_open(struct folder *f, const char *path, const char *command);
/* The same, but a folder whose files are all own() ones is replaced when force is given, also whole or not at
 * all; without force it is named as one that could be. */
bool folder_open_over(struct folder *f, const char *path, const char *command, folder_own *own, bool force);
/* A file in it, made and open to be written; -1 with errno. */
int folder_file(struct folder *f, const char *name);
/* A whole file; its name is a word of ours, or a path below the folder: "AS64500/page.html". */
bool folder_write(struct folder *f, const char *name, struct span bytes);
bool folder_commit(struct folder *f);
void folder_abandon(struct folder *f);	/* leaves nothing behind; fine after commit, and when never opened */

#endif
