#include "report/layout.h"
#include "base/eight.h"
#include "base/format.h"
#include "base/utf8.h"

#include <string.h>

void
lay_ink(struct str *out, struct text_style style, enum ink ink)
{
	static const char *const on[] = {[INK_PLAIN] = "", [INK_BOLD] = "\033[1m", [INK_DIM] = "\033[2m",
	    [INK_GOOD] = "\033[32m", [INK_WARN] = "\033[33m", [INK_BAD] = "\033[1;31m"};

	if (style.colour)
		str_adds(out, on[ink]);
}

void
lay_ink_end(struct str *out, struct text_style style, enum ink ink)
{
	if (style.colour && ink != INK_PLAIN)
		str_adds(out, "\033[0m");
}

void
lay_text(struct str *out, struct text_style style, enum ink ink, const char *text)
{
	lay_ink(out, style, ink);
	str_add_plain(out, span_of(text));
	lay_ink_end(out, style, ink);
}

void
lay_spaces(struct str *out, unsigned n)
{
	str_fill(out, ' ', n);
}

unsigned
lay_width_of(struct span s)
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
	return lay_width_of(span_of(text));
}

static void
wrap(struct str *out, struct text_style style, unsigned column, unsigned indent, struct span rest)
{
	bool first = true, plain = utf8_ascii((const unsigned char *)rest.p, rest.len);
	struct span word;
	unsigned w, need;

	while (span_cut(&rest, ' ', &word)) {
		if (word.len == 0)
			continue;
		w = plain ? (unsigned)word.len : lay_width_of(word);
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
		if (plain)
			str_add(out, word);
		else
			str_add_plain(out, word);
		column += w;
		first = false;
	}
}

/* Whether two spaces may stand side by side: a byte behind a space may be taken for one, which costs time only. */
static bool
may_gap(struct span s)
{
	uint64_t gap = 0;
	size_t i;

	if (s.len < sizeof(gap) + 1)
		return memmem(s.p, s.len, "  ", 2) != NULL;
	for (i = 0; i + sizeof(gap) + 1 < s.len; i += sizeof(gap))
		gap |= eight_is(eight_at(s.p + i), ' ') & eight_is(eight_at(s.p + i + 1), ' ');
	i = s.len - sizeof(gap) - 1;
	return eight_any(gap | (eight_is(eight_at(s.p + i), ' ') & eight_is(eight_at(s.p + i + 1), ' ')));
}

/* Single spaces between words that all fit on this line, even were the last one a "%". */
static bool
is_one_line(struct text_style style, unsigned column, struct span text)
{
	return column + text.len < style.width && utf8_ascii((const unsigned char *)text.p, text.len) &&
	    text.len > 0 && text.p[0] != ' ' && text.p[text.len - 1] != ' ' && !may_gap(text);
}

void
lay_wrapped(struct str *out, struct text_style style, unsigned column, unsigned indent, const char *text)
{
	struct span all = span_of(text);

	if (is_one_line(style, column, all))
		str_add(out, all);
	else
		wrap(out, style, column, indent, all);
}

void
lay_wrap(struct str *out, struct text_style style, unsigned column, unsigned indent, size_t from)
{
	struct span all = {out->p + from, out->len - from};
	struct str text = {0};

	if (is_one_line(style, column, all))
		return;
	str_add(&text, all);
	out->len = from;
	wrap(out, style, column, indent, str_span(&text));
	str_release(&text);
}

unsigned
lay_label(struct str *out, struct text_style style, unsigned indent, unsigned column, const char *label)
{
	unsigned at = indent + lay_width(label);

	lay_spaces(out, indent);
	lay_text(out, style, INK_DIM, label);
	if (at >= column)
		return at;
	lay_spaces(out, column - at);
	return column;
}

void
lay_labelled(struct str *out, struct text_style style, unsigned indent, unsigned column, const char *label,
    const char *text)
{
	lay_wrapped(out, style, lay_label(out, style, indent, column, label), column, text);
	str_addc(out, '\n');
}

void
lay_count(struct str *out, uint64_t n)
{
	char buf[FORMAT_U64], *end = buf + sizeof(buf), *p = format_u64(end, n);
	size_t head = (size_t)(end - p - 1) % 3 + 1;	/* before the first comma */

	str_add(out, (struct span){p, head});
	for (p += head; p < end; p += 3) {
		str_addc(out, ',');
		str_add(out, (struct span){p, 3});
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

void
lay_as(struct str *out, struct text_style style, const struct as_result *r, const char *dated)
{
	size_t from, org;
	unsigned width;

	lay_ink(out, style, INK_BOLD);
	from = out->len;
	str_adds(out, "AS");
	str_addu(out, r->asn);
	str_adds(out, *r->name != '\0' ? " " : "");
	str_add_plain(out, span_of(r->name));
	org = out->len;
	str_adds(out, *r->org != '\0' ? ", " : "");
	str_add_plain(out, span_of(r->org));
	/* a line that does not hold all: its date is worth more than the longer of two names */
	if (*r->name != '\0' && lay_width_of((struct span){out->p + from, out->len - from}) + lay_width(dated) + 4 > style.width)
		out->len = org;
	str_addf(out, "  (%s)", dated);
	width = lay_width_of((struct span){out->p + from, out->len - from});
	lay_ink_end(out, style, INK_BOLD);
	str_addc(out, '\n');
	str_fill(out, '=', width);
	str_addc(out, '\n');
	if (!r->seen)
		str_adds(out, "This AS neither announces nor passes on any route in the data.\n");
}
