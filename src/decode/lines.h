/*
 * lines: a text input line by line, with the diags that all text decoders share. In a diag the
 * record is the line's number, the offset that of its first byte.
 *
 * A last line without a line feed is odd when it has the form it should have (a note), and the
 * sign of an input cut short when it has not.
 */
#ifndef DECODE_LINES_H
#define DECODE_LINES_H

#include "base/diag.h"
#include "base/feed.h"

struct lines {
	struct feed *f;
	struct diags *d;
	const char *field;	/* static: what a line of this input is called in diags */
	const char *rule;	/* static: the format's definition */
	struct span text;	/* the line; borrowed until the next one */
	uint64_t n;		/* its number, from 1 */
	uint64_t offset;	/* of its first byte */
	bool open;		/* it is the last one and no line feed ends it */
};

struct lines lines_of(struct feed *f, struct diags *d, const char *field, const char *rule);

/* The next line; false at the end. A line over LINE_MAX_BYTES is skipped with a diag, a byte
 * order mark at the start is dropped. When the stream broke off (feed_err) the piece of line
 * before that is not handed out, and the source is stopped with what the stream reported. */
bool lines_next(struct lines *l);
/* The next one that is not blank and does not start with a comment character ("#", "%"). */
bool lines_next_data(struct lines *l);

/* The line at hand is not used. */
void lines_bad(struct lines *l, enum err e, const char *field);
/* The source is not complete, or not what it says it is. */
void lines_stop(struct lines *l, enum err e, const char *field);

/* What a decoder returns when it is through and nobody stopped it: OK, or the environment's
 * fault that ended the stream. */
NODISCARD enum err lines_end(const struct lines *l);

bool span_blank(struct span s);		/* nothing but white space */

#endif
