#include "decode/lines.h"

struct lines
lines_of(struct feed *f, struct diags *d, const char *field, const char *rule)
{
	return (struct lines){.f = f, .d = d, .field = field, .rule = rule};
}

bool
span_blank(struct span s)
{
	return span_trim(s).len == 0;
}

/* Was the line at hand ended by a line feed? Its bytes are still where they were. */
static bool
ended(const struct lines *l)
{
	uint64_t used = feed_offset(l->f) - l->offset;

	return used > l->text.len && l->text.p[used - 1] == '\n';
}

bool
lines_next(struct lines *l)
{
	enum err e = OK;

	for (;;) {
		l->offset = feed_offset(l->f);
		if (!feed_line(l->f, &l->text, &e))
			break;
		l->n++;
		if (e != OK) {	/* no line is that long: what is behind it may be anything */
			diag_add(l->d, DIAG_STOP_SOURCE, e, l->n, l->offset, l->field, "limit LINE_MAX_BYTES");
			l->text = (struct span){NULL, 0};
			return false;
		}
		l->open = !ended(l);
		if (l->open && feed_err(l->f) != OK)
			break;
		if (l->open)
			diag_add(l->d, DIAG_NOTE, ERR_SHORT, l->n, l->offset, l->field,
			    "a line ends with a line feed");
		if (l->n == 1 && span_starts(l->text, "\xef\xbb\xbf")) {
			l->text.p += 3;
			l->text.len -= 3;
		}
		return true;
	}
	if (feed_err(l->f) != OK)
		diag_add(l->d, DIAG_STOP_SOURCE, feed_err(l->f), l->n, l->offset, l->field, NULL);
	l->text = (struct span){NULL, 0};
	return false;
}

bool
lines_next_data(struct lines *l)
{
	while (lines_next(l))
		if (!span_blank(l->text) && l->text.p[0] != '#' && l->text.p[0] != '%')
			return true;
	return false;
}

void
lines_bad(struct lines *l, enum err e, const char *field)
{
	if (l->open)
		lines_stop(l, ERR_SHORT, field);
	else
		diag_add(l->d, DIAG_SKIP_RECORD, e, l->n, l->offset, field, l->rule);
}

void
lines_stop(struct lines *l, enum err e, const char *field)
{
	diag_add(l->d, DIAG_STOP_SOURCE, e, l->n, l->offset, field, l->rule);
}

enum err
lines_end(const struct lines *l)
{
	enum err e = feed_err(l->f);

	return e == ERR_IO || e == ERR_NOMEM ? e : OK;
}
