/*
 * tar: several files in one, in the plainest form of POSIX.1-1988 ustar, which every tar reads: regular files only,
 * mode 644, no owner, no time, names of at most TAR_NAME_MAX bytes, in ascending order. There is one way to write
 * such a thing, and the reader takes that alone: a header that the writer would not have written, byte for byte, is
 * refused, so no link, no device, no long name, no second copy and no hidden byte can come along.
 */
#ifndef BASE_TAR_H
#define BASE_TAR_H

#include "base/err.h"
#include "base/str.h"

#define TAR_BLOCK 512u
#define TAR_NAME_MAX 99u

/* A relative path of plain words: letters, digits, "-", "_", "." but not first, "/" between them; at most
 * TAR_NAME_MAX bytes. No such name leads out of the folder that it is put into. */
bool tar_name_good(struct span name);

/* Append a file; name is good, and larger than the one before. Size up to 8 GiB (11 octal digits). */
void tar_put(struct str *out, const char *name, struct span bytes);
void tar_end(struct str *out);

struct tar {
	struct span left;
	char name[TAR_NAME_MAX + 1], last[TAR_NAME_MAX + 1];
	struct span bytes;	/* borrowed: of the file at hand */
	uint64_t at;		/* offset of the next header */
	bool end;
	const char *why;	/* static: what is wrong at byte at */
};
void tar_open(struct tar *t, struct span bytes);
/* The next file. False at the end, and on an error, which why tells; all of the bytes must be used up. */
bool tar_next(struct tar *t);


/* For who reads the bytes of a file piece by piece: a header, of TAR_BLOCK bytes, whose name comes after last ("": the
 * first). Behind it are size bytes, and zeros up to the next block. False, and *why, static, as tar_next has it. */
bool tar_head(const char *block, const char *last, char name[static TAR_NAME_MAX + 1], uint64_t *size, const char **why);

#endif
