/*
 * product: where a command's product goes: standard output, or a file that appears whole or not at all
 * (temporary name, fsync, rename, fsync of the folder).
 */
#ifndef CMD_PRODUCT_H
#define CMD_PRODUCT_H

#include "base/span.h"

#include <stdbool.h>
#include <stdio.h>

struct product {
	const char *path;	/* borrowed; NULL: standard output */
	char *temp;		/* owned */
	FILE *f;
	int fd;			/* below f, of a file */
	const char *command;	/* for messages */
	bool errand;		/* the parent has the file under its temporary name (cmd/errand.h) */
	int id;			/* of the errand */
};

/* Each returns false after a message on stderr. path NULL or "-" is standard output. */
bool product_open(struct product *p, const char *path, const char *command);
bool product_write(struct product *p, struct span bytes);
bool product_commit(struct product *p);
void product_abandon(struct product *p);	/* leaves nothing behind; fine after commit */

#endif
