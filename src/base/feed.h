/*
 * feed: a stream of plain bytes that a decoder pulls from. The source layer supplies
 * fill(); tests supply memory. Text decoders take lines, binary ones take records.
 * Pointers handed out are borrowed and valid until the next feed_ call.
 */
#ifndef BASE_FEED_H
#define BASE_FEED_H

#include "base/span.h"

struct feed {
	/* Give the next piece of input: *len bytes at *buf, borrowed until the next call;
	 * *len == 0 is the clean end. An error other than OK ends the stream: what came
	 * before is still handed out, then feed_err() tells. */
	enum err (*fill)(void *arg, const uint8_t **buf, size_t *len);
	void *arg;
	/* What is at hand is at[start] to at[end - 1]: in the piece itself, or, around the seam of two
	 * pieces, in mem, so that only what lies across a seam is copied. */
	const uint8_t *at;	/* piece or mem */
	size_t start, end;
	const uint8_t *piece;	/* borrowed: the last one from fill() */
	size_t piece_len;
	uint8_t *mem;		/* owned: what was left before the piece, then the first bytes of it */
	size_t cap, left;
	uint64_t base;		/* plain offset of at[start] */
	bool eof;
	enum err err;		/* what ended the stream, OK when clean */
};

void feed_init(struct feed *f, enum err (*fill)(void *, const uint8_t **, size_t *), void *arg);
/* A feed over memory, borrowed. Tests and fuzzers use it; so does a sniffed head. */
struct feed_mem {
	const uint8_t *p;
	size_t len, chunk;	/* chunk: most bytes a fill gives; 0 is all */
};
void feed_init_mem(struct feed *f, struct feed_mem *m);
void feed_release(struct feed *f);

/* At least n contiguous bytes if the input has them: *p is set, the number available is
 * returned (less than n only at the end of the input). */
size_t feed_peek(struct feed *f, size_t n, const uint8_t **p);
void feed_skip(struct feed *f, size_t n);	/* n <= what feed_peek returned */
uint64_t feed_offset(const struct feed *f);	/* plain offset of the next byte */

/* The next line without its "\n" or "\r\n"; false at the end. A line over LINE_MAX_BYTES
 * is handed out cut, with *e = ERR_LIMIT, and the rest of it is skipped. */
bool feed_line(struct feed *f, struct span *line, enum err *e);

/* How the stream ended: OK (or not yet), or what the source reported. */
enum err feed_err(const struct feed *f);
/* The same when the environment was at fault (ERR_IO, ERR_NOMEM), OK when the data was. */
enum err feed_fault(const struct feed *f);

#endif
