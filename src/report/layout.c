#include "report/layout.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void
lay_text(struct str *out, struct text_style style, enum ink ink, const char *text)
{
	static const char *const on[] = {[INK_PLAIN] = "", [INK_BOLD] = "\033[1m", [INK_DIM] = "\033[2m",
	    [INK_GOOD] = "\033[32m", [INK_WARN] = "\033[33m", [INK_BAD] = "\033[1;31m"};
	bool ink_it = style.colour && ink != INK_PLAIN;

	if (ink_it)
		str_adds(out, on[ink]);
	str_add_plain(out, span_of(text));
	if (ink_it)
		str_adds(out, "\033[0m");
}

void
lay_spaces(struct str *out, unsigned n)
{
	while (n-- > 0)
		str_addc(out, ' ');
}

static unsigned
width_of(struct span s)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < s.len; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

unsigned
lay_width(const char *text)
{
	return width_of(span_of(text));
}

void
lay_wrapped(struct str *out, struct text_style style, unsigned column, unsigned indent, const char *text)
{
	struct span rest = span_of(text), word;
	bool first = true;
	unsigned w, need;

	while (span_cut(&rest, ' ', &word)) {
		if (word.len == 0)
			continue;
		w = width_of(word);
		/* "99" does not part from its "%" */
		need = w + (rest.len > 0 && rest.p[0] == '%' ? 3 : 0);
		if (!first && column + 1 + need > style.width) {
			str_addc(out, '\n');
			lay_spaces(out, indent);
			column = indent;
		} else if (!first) {
			str_addc(out, ' ');
			column++;
		}
		str_add_plain(out, word);
		column += w;
		first = false;
	}
}

void
lay_labelled(struct str *out, struct text_style style, unsigned indent, unsigned column, const char *label,
    const char *text)
{
	unsigned at = indent + lay_width(label);

	lay_spaces(out, indent);
	lay_text(out, style, INK_DIM, label);
	if (at < column)
		lay_spaces(out, column - at);
	lay_wrapped(out, style, column > at ? column : at, column, text);
	str_addc(out, '\n');
}

void
lay_count(struct str *out, uint64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%" PRIu64, n), i;

	for (i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			str_addc(out, ',');
		str_addc(out, digits[i]);
	}
}

const char *
verdict_label(enum verdict v)
{
	static const char *const labels[] = {[VERDICT_PASS] = "PASS", [VERDICT_WARN] = "WARN",
	    [VERDICT_FAIL] = "FAIL", [VERDICT_NO_DATA] = "NO DATA", [VERDICT_NOT_APPLICABLE] = "N.A."};

	return labels[v];
}

enum ink
verdict_ink(enum verdict v)
{
	static const enum ink inks[] = {[VERDICT_PASS] = INK_GOOD, [VERDICT_WARN] = INK_WARN,
	    [VERDICT_FAIL] = INK_BAD, [VERDICT_NO_DATA] = INK_DIM, [VERDICT_NOT_APPLICABLE] = INK_DIM};

	return inks[v];
}
