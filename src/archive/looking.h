/*
 * looking: what a check of the archive has found wrong with the thing that it looks at. Inside archive/ only.
 */
#ifndef ARCHIVE_LOOKING_H
#define ARCHIVE_LOOKING_H

#include "base/sha256.h"
#include "base/str.h"

struct looking {
	void (*each)(void *arg, const char *text);
	void *arg;
	const char *what;		/* "window" */
	char hex[SHA256_HEX + 1];	/* which one */
};

void looking_complain(const struct looking *l, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
