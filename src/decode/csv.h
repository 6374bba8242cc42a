/*
 * csv: rows of separated fields, plain or quoted (RFC 4180). With a reader a row may span lines,
 * as a quoted field may hold a line break (RFC 4180 2.6).
 */
#ifndef DECODE_CSV_H
#define DECODE_CSV_H

#include "base/limits.h"
#include "decode/lines.h"

/* Cut at every sep, without quoting, into at most cap fields. Returns how many there are, also
 * when that is more than cap. */
size_t csv_plain(struct span line, char sep, struct span *f, size_t cap);

/* Split one line with quoting; scratch has as many bytes as the line. Returns the number of
 * fields; 0 when a quote is open or misplaced, or when there are more than cap. */
size_t csv_split(struct span line, char *scratch, struct span *f, size_t cap);

struct csv {
	struct lines l;			/* the last line of the row; diags name it */
	struct span f[CSV_FIELDS_MAX];	/* the row, borrowed until the next one */
	size_t n;
	size_t columns;			/* of the header */
	char *row, *scratch;		/* owned */
	size_t cap_row, cap_scratch;
};

/* Read the header line: the fields are in f until the first row. False, with the source stopped,
 * when there is none. */
bool csv_header(struct csv *c, struct lines l);
/* The place of a column in the header just read, ignoring case; SIZE_MAX when it is not there. */
size_t csv_column(const struct csv *c, const char *name);
/* The next row that has as many fields as the header; others are skipped with a diag. A quote
 * that nothing closes stops the source: what follows it cannot be told apart. */
bool csv_next(struct csv *c);
void csv_release(struct csv *c);

#endif
