#include "decode/csv.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

size_t
csv_plain(struct span line, char sep, struct span *f, size_t cap)
{
	struct span piece;
	size_t n = 0;

	while (span_cut(&line, sep, &piece)) {
		if (n < cap)
			f[n] = piece;
		n++;
	}
	return n;
}

size_t
csv_split(struct span line, char *scratch, struct span *f, size_t cap)
{
	size_t n = 0, used = 0;
	struct span field;
	enum err e;

	for (;;) {
		bool quoted = line.len > 0 && line.p[0] == '"';

		if (!span_csv(&line, ',', scratch + used, &field, &e))
			break;
		if (n == cap)
			return 0;
		f[n++] = field;
		used += quoted ? field.len : 0;
	}
	return e == OK ? n : 0;
}

/* Where a piece of a row leaves off, given where it starts. */
enum place { FIELD_START, IN_FIELD, IN_QUOTES, AFTER_QUOTE };

static enum place
scan_quotes(struct span s, enum place at)
{
	size_t i;

	for (i = 0; i < s.len; i++) {
		char c = s.p[i];

		switch (at) {
		case FIELD_START:
			at = c == '"' ? IN_QUOTES : c == ',' ? FIELD_START : IN_FIELD;
			break;
		case IN_FIELD:
			at = c == ',' ? FIELD_START : IN_FIELD;
			break;
		case IN_QUOTES:
			at = c == '"' ? AFTER_QUOTE : IN_QUOTES;
			break;
		case AFTER_QUOTE:
			at = c == '"' ? IN_QUOTES : c == ',' ? FIELD_START : IN_FIELD;
			break;
		}
	}
	return at;
}

/* The lines of one row, joined, into row; false at the end or when a quote stays open. */
static bool
read_row(struct csv *c, struct span *row)
{
	enum place at = FIELD_START;
	size_t len = 0, lines = 0;

	do {
		if (!lines_next(&c->l)) {
			if (lines > 0)
				lines_stop(&c->l, ERR_SHORT, c->l.field);
			return false;
		}
		if (++lines > CSV_ROW_LINES_MAX || len + c->l.text.len > LINE_MAX_BYTES) {
			diag_add(c->l.d, DIAG_STOP_SOURCE, ERR_LIMIT, c->l.n, c->l.offset, c->l.field,
			    lines > CSV_ROW_LINES_MAX ? "limit CSV_ROW_LINES_MAX" : "limit LINE_MAX_BYTES");
			return false;
		}
		c->row = grow(c->row, &c->cap_row, len + c->l.text.len + 1, 1);
		if (lines > 1)
			c->row[len++] = '\n';
		memcpy(c->row + len, c->l.text.p, c->l.text.len);
		len += c->l.text.len;
		at = scan_quotes(c->l.text, at);
	} while (at == IN_QUOTES);
	*row = (struct span){c->row, len};
	return true;
}

static bool
read_fields(struct csv *c)
{
	struct span row;

	do {
		if (!read_row(c, &row))
			return false;
	} while (span_blank(row));
	c->scratch = grow(c->scratch, &c->cap_scratch, row.len + 1, 1);
	c->n = csv_split(row, c->scratch, c->f, CSV_FIELDS_MAX);
	return true;
}

bool
csv_header(struct csv *c, struct lines l)
{
	*c = (struct csv){.l = l};
	if (!read_fields(c) || c->n == 0) {
		if (!diags_stopped(c->l.d))
			lines_stop(&c->l, c->l.n == 0 ? ERR_SHORT : ERR_SYNTAX, c->l.field);
		return false;
	}
	c->columns = c->n;
	return true;
}

size_t
csv_column(const struct csv *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (span_is_nocase(span_trim(c->f[i]), name))
			return i;
	return SIZE_MAX;
}

bool
csv_next(struct csv *c)
{
	while (read_fields(c)) {
		if (c->n == c->columns)
			return true;
		lines_bad(&c->l, ERR_SYNTAX, c->l.field);
	}
	return false;
}

void
csv_release(struct csv *c)
{
	free(c->row);
	free(c->scratch);
}
