/*
 * inflate: compressed bytes to plain ones. What is common to the packings (members in a row,
 * padding, cut or damaged streams, the limit on how much may come out of how little) is in
 * inflate.c; each packing adds one struct inflate_ops over the library that knows it.
 */
#ifndef SOURCE_INFLATE_H
#define SOURCE_INFLATE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct inflate_io {
	uint8_t *in;		/* raw bytes not taken yet; not written to */
	size_t in_len;
	uint64_t at;		/* where in[0] is in the file */
	bool last;		/* no raw bytes follow those of in */
	uint8_t *out;		/* where the next plain byte goes */
	size_t room;
};

struct inflate_ops {
	/* The first bytes of a file are of this packing. */
	bool (*magic)(const uint8_t *p, size_t n);
	/* A further member may begin with this byte. */
	bool (*begins)(uint8_t byte);
	void *(*open)(unsigned threads);	/* NULL: restart tells ERR_NOMEM */
	size_t (*ahead)(const void *z);		/* raw bytes that step wants to see; NULL: any */
	NODISCARD enum err (*restart)(void *z);	/* before each member, the first included */
	/* Move on: take from io->in, put to io->out, either or both. *end: the member is
	 * complete and its checksum right. ERR_CORRUPT, ERR_LIMIT, ERR_NOMEM, or ERR_UNKNOWN: a form
	 * that is not read. */
	NODISCARD enum err (*step)(void *z, struct inflate_io *io, bool *end);
	void (*close)(void *z);
	const char *limit;	/* what an ERR_LIMIT of step is over, by its name; NULL when it never says so */
};

const char *inflate_isal_version(void);	/* of ISA-L as it was compiled against */

extern const struct inflate_ops inflate_gz, inflate_bz2, inflate_xz, inflate_zst;

struct inflate {
	const struct inflate_ops *ops;
	void *z;		/* the library's state */
	enum err (*read)(void *arg, uint8_t **p, size_t *n);	/* *n == 0: no more raw bytes */
	void *arg;
	struct inflate_io io;
	uint8_t *window;	/* owned; where raw bytes are put together when ops want to see many */
	size_t window_cap;
	bool in_member, done;
	uint64_t members;
	uint64_t raw;		/* raw bytes read; io.in_len of them not taken yet */
	uint64_t plain;		/* plain bytes made */
	uint64_t padding;	/* zero bytes behind a member */
	enum err err;
	const char *limit;	/* static: which one ERR_LIMIT is over */
};

/* threads: how many may decode one input (bzip2 only); 0 is 1. What comes out is the same. */
void inflate_init(struct inflate *f, const struct inflate_ops *ops, unsigned threads,
    enum err (*read)(void *arg, uint8_t **p, size_t *n), void *arg);
/* Up to cap plain bytes to out; *n is how many, whatever is returned: what could be decoded
 * before an error is good. OK with *n == 0 is the clean end. ERR_SHORT: the raw bytes end inside
 * a member. ERR_CORRUPT: they are damaged. ERR_TRAILING: something else follows the last member.
 * ERR_LIMIT: more than INFLATE_RATIO_MAX, or a window over INFLATE_MEMORY_MAX. The error stays. */
NODISCARD enum err inflate_pull(struct inflate *f, uint8_t *out, size_t cap, size_t *n);
uint64_t inflate_offset(const struct inflate *f);	/* raw bytes taken */
void inflate_release(struct inflate *f);

#endif
