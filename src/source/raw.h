/*
 * raw: the bytes of a regular file as they lie there, hashed while they are read.
 */
#ifndef SOURCE_RAW_H
#define SOURCE_RAW_H

#include "base/err.h"
#include "base/sha256.h"

#include <stdbool.h>
#include <sys/stat.h>

struct raw {
	int fd;
	uint8_t *buf;		/* owned, FEED_CHUNK bytes */
	size_t held;		/* bytes in buf that raw_peek has shown and raw_read has not */
	uint64_t size;		/* bytes read so far */
	struct sha256 hash;	/* of what was read; drop it before the first read when nobody asks */
	struct stat was;	/* at the time of opening */
	bool end;
	int err_no;		/* of a failed read, else 0 */
};

/* ERR_OPEN with errno: cannot be opened, or is no regular file (EISDIR, EINVAL). */
NODISCARD enum err raw_open(struct raw *r, const char *path);
/* The first bytes, which raw_read hands out once more. Before the first raw_read only. */
NODISCARD enum err raw_peek(struct raw *r, const uint8_t **p, size_t *n);
/* The next piece, borrowed until the next call, writable for libraries that are not
 * const-correct; *n == 0 is the end. Full pieces but for the last one, so that what a
 * decompressor makes of a damaged file does not depend on how the kernel cuts it. */
NODISCARD enum err raw_read(void *raw, uint8_t **p, size_t *n);
/* The same into a buffer of FEED_CHUNK bytes. */
NODISCARD enum err raw_read_into(struct raw *r, uint8_t *buf, size_t *n);
/* Read on to the end, for the digest alone. */
NODISCARD enum err raw_drain(struct raw *r);
bool raw_changed(const struct raw *r);	/* another length or time than when it was opened */
void raw_close(struct raw *r);

#endif
