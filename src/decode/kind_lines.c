/*
 * Text: lines gathered, then asked whether they are rows of data, RPSL, or mere prose.
 */
#include "decode/kind_int.h"

#include <string.h>

/* The name of an attribute line: a letter, then letters, digits, "-" up to the colon. */
static bool
attr_name(struct span line, struct span *name)
{
	size_t i;

	if (!span_cut(&line, ':', name) || line.p == NULL || name->len == 0)
		return false;
	for (i = 0; i < name->len; i++) {
		char c = name->p[i];

		if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z') &&
		    (i == 0 || (c != '-' && (c < '0' || c > '9'))))
			return false;
	}
	return true;
}

/* RFC 2622: an object starts with its class; every line is an attribute or continues one. */
static bool
is_rpsl(const struct kind_head *h)
{
	static const char *const classes[] = {"as-block", "as-set", "aut-num", "domain",
	    "filter-set", "inet6num", "inetnum", "inet-rtr", "irt", "key-cert", "limerick", "mntner",
	    "organisation", "peering-set", "person", "poem", "poetic-form", "role", "route", "route6",
	    "route-set", "rtr-set"};
	struct span name;
	size_t i, good = 0;

	if (h->n < 2 || !attr_name(h->line[0], &name))
		return false;
	for (i = 0; !span_is_nocase(name, classes[i]); i++)
		if (i + 1 == sizeof(classes) / sizeof(classes[0]))
			return false;
	for (i = 1; i < h->n; i++)
		good += strchr(" \t+", h->line[i].p[0]) != NULL || attr_name(h->line[i], &name);
	return good * 4 >= (h->n - 1) * 3;
}

/* Two words in a row somewhere: prose, not a table of something unknown. */
static bool
is_prose(struct span s)
{
	size_t i, letters = 0, words = 0;

	for (i = 0; i < s.len; i++) {
		char c = s.p[i];

		if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
			letters++;
			if (words == 1 && letters == 2)
				return true;
		} else {
			words = c == ' ' && letters >= 2;
			letters = 0;
		}
	}
	return false;
}

static size_t
count(struct span s, char c)
{
	size_t i, n = 0;

	for (i = 0; i < s.len; i++)
		n += s.p[i] == c;
	return n;
}

/* Every line holds the same number of one separator: a table, though of no kind we know. One
 * line alone may well be a sentence with a comma. */
static bool
is_table(const struct kind_head *h)
{
	static const char seps[] = "|\t,;";
	size_t s, i, n;

	for (s = 0; h->n > 0 && seps[s] != '\0'; s++) {
		n = count(h->line[0], seps[s]);
		if (n == 0 || (h->n == 1 && s >= 2))
			continue;
		for (i = 1; i < h->n && count(h->line[i], seps[s]) == n; i++)
			;
		if (i == h->n)
			return true;
	}
	return false;
}

static void
note_comment(struct kind_head *h, struct span line)
{
	if (span_starts(line, "# format:") && h->format.len == 0)
		h->format = line;
	if (span_starts(line, "# format:") || span_starts(line, "# source:"))
		h->data_comment = true;
}

static void
gather(struct kind_head *h, struct span s, bool whole)
{
	struct span line;

	h->all = s;
	if (!whole)
		while (h->all.len > 0 && h->all.p[h->all.len - 1] != '\n')
			h->all.len--;
	s = h->all;
	while (h->n < KIND_LINES && span_cut(&s, '\n', &line)) {
		if (line.len > 0 && line.p[line.len - 1] == '\r')
			line.len--;
		if (span_trim(line).len == 0)
			continue;
		if (line.p[0] == '#' || line.p[0] == '%')
			note_comment(h, line);
		else
			h->line[h->n++] = line;
	}
}

enum input_kind
kind_lines(struct span s, bool whole)
{
	struct kind_head h = {0};
	enum input_kind k;

	gather(&h, s, whole);
	k = kind_csv(&h);
	if (k == KIND_UNKNOWN)
		k = kind_rows(&h);
	if (k != KIND_UNKNOWN)
		return k;
	if (is_rpsl(&h))
		return KIND_RPSL;
	if (h.data_comment || is_table(&h) || span_starts(span_trim(s), "<"))
		return KIND_UNKNOWN;
	return is_prose(h.all) ? KIND_TEXT : KIND_UNKNOWN;
}
