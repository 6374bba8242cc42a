/* markdown: only what a tender needs. */
#include "report/markdown.h"
#include "report/layout.h"

#include <string.h>

static const struct text_style style = {.width = MD_WIDTH};

/* The byte of a word before which a backslash keeps it from beginning a list, a heading or a rule when it comes to
 * stand at the beginning of a line; len: none. "-", "+", "#", "===" do; of numbers, "1." and "1)" alone: no other
 * interrupts a paragraph (CommonMark 5.2). */
static size_t
word_opens(const char *word, size_t len)
{
	size_t zeros = 0, i;

	while (zeros < len && word[zeros] == '0')
		zeros++;
	if (zeros + 2 == len && word[zeros] == '1' && (word[len - 1] == '.' || word[len - 1] == ')'))
		return len - 1;
	if (word[0] == '#')
		return 0;
	for (i = 0; i < len; i++)
		if (word[i] != '-' && word[i] != '+' && word[i] != '=')
			return len;
	return 0;
}

static void
md_word(struct str *out, const char *word, size_t len)
{
	static const char means[] = "\\`*_[]<>&~";
	size_t opens = word_opens(word, len), i;

	for (i = 0; i < len; i++) {
		if (i == opens || strchr(means, word[i]) != NULL)
			str_addc(out, '\\');
		str_addc(out, word[i]);
	}
}

void
md_text(struct str *out, const char *text)
{
	struct str plain = {0};
	const char *p;
	size_t len;

	str_add_plain(&plain, span_of(text));
	for (p = plain.p; p != NULL && *p != '\0'; p += len) {
		len = strcspn(p, " ");
		if (len > 0)
			md_word(out, p, len);
		else
			str_addc(out, *p);
		len = len > 0 ? len : 1;
	}
	str_release(&plain);
}

void
md_heading(struct str *out, unsigned level, const char *markdown)
{
	if (out->len > 0)
		str_addc(out, '\n');
	str_fill(out, '#', level);
	str_addf(out, " %s\n", markdown);
}

void
md_paragraph(struct str *out, const char *markdown)
{
	str_addc(out, '\n');
	lay_wrapped(out, style, 0, 0, markdown);
	str_addc(out, '\n');
}

void
md_item(struct str *out, const char *label, const char *markdown)
{
	struct str s = {0};

	if (label != NULL)
		str_addf(&s, "**%s:** ", label);
	str_adds(&s, markdown);
	str_adds(out, "- ");
	lay_wrapped(out, style, 2, 2, s.p);
	str_addc(out, '\n');
	str_release(&s);
}

void
md_paragraph_text(struct str *out, const char *text)
{
	struct str s = {0};

	md_text(&s, text);
	md_paragraph(out, s.p);
	str_release(&s);
}

void
md_item_text(struct str *out, const char *label, const char *text)
{
	struct str s = {0};

	md_text(&s, text);
	md_item(out, label, s.p);
	str_release(&s);
}

void
md_numbered(struct str *out, unsigned number, const char *markdown)
{
	unsigned column;
	size_t from = out->len;

	str_addf(out, "%u. ", number);
	column = (unsigned)(out->len - from);
	lay_wrapped(out, style, column, column, markdown);
	str_addc(out, '\n');
}
