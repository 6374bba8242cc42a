/*
 * store: small files below one folder. A file is there whole or not at all, and once it is written it stays: its
 * bytes and every folder on the way to it have reached the disk.
 */
#ifndef SEAL_STORE_H
#define SEAL_STORE_H

#include "base/str.h"

#define STORE_PATH_MAX 512	/* of a path below the folder */

struct store {
	int dir;			/* owned; -1: closed */
	char way[STORE_PATH_MAX];	/* the folder whose ancestors are known to be on the disk */
};

/* ERR_OPEN, with errno. */
NODISCARD enum err store_open(struct store *s, const char *path);
void store_close(struct store *s);
/* ERR_OPEN, ERR_IO: with errno. The name PATH.tmp is used on the way; one writer at a time. */
NODISCARD enum err store_write(struct store *s, const char *path, struct span bytes);
/* The whole file, appended to out. ERR_LIMIT: it has more than max bytes. */
NODISCARD enum err store_read(const struct store *s, const char *path, size_t max, struct str *out);

#endif
