/*
 * line: the line formats of this layer have one form each: every line ends in one line feed.
 */
#ifndef SEAL_LINE_H
#define SEAL_LINE_H

#include "base/span.h"

#include <string.h>

/* Cut the first line off *rest, without its line feed. False when there is none that is whole. */
static inline bool
line_next(struct span *rest, struct span *line)
{
	const char *lf = rest->len > 0 ? memchr(rest->p, '\n', rest->len) : NULL;

	if (lf == NULL)
		return false;
	*line = (struct span){rest->p, (size_t)(lf - rest->p)};
	rest->p = lf + 1;
	rest->len -= line->len + 1;
	return true;
}

/* What follows word and one space: *value. False when the line does not start so, or nothing follows. */
static inline bool
line_value(struct span line, const char *word, struct span *value)
{
	size_t n = strlen(word);

	if (!span_starts(line, word) || line.len < n + 2 || line.p[n] != ' ')
		return false;
	*value = (struct span){line.p + n + 1, line.len - n - 1};
	return true;
}

#endif
