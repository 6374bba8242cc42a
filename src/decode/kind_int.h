/*
 * kind_int: the parts of sniffing, one per shape of input. Private to decode/kind*.c.
 */
#ifndef DECODE_KIND_INT_H
#define DECODE_KIND_INT_H

#include "decode/kind.h"

/* Each gives KIND_UNKNOWN when the bytes are not certainly of one of its kinds. */
enum input_kind kind_mrt(struct span head);
enum input_kind kind_json(struct span head);	/* head starts with "{" or "[" */
#define KIND_LINES 24		/* data lines that must agree on a form */

struct kind_head {			/* the head of a text */
	struct span all;		/* its complete lines */
	struct span line[KIND_LINES];	/* the first ones that are no comment and not blank */
	size_t n;
	struct span format;		/* the "# format:" comment line, as2org */
	bool data_comment;		/* has a comment that only data files have */
};

/* CSV with a header line, told by its columns. */
enum input_kind kind_csv(const struct kind_head *h);
/* Rows without a header line of columns, told by the form of each. */
enum input_kind kind_rows(const struct kind_head *h);
/* Text: whole says that the last line is complete even without a line feed. */
enum input_kind kind_lines(struct span head, bool whole);

#endif
