/* Markdown: text stays text, wherever its lines are broken. */
#include "report/markdown.h"
#include "tap.h"

static void
is_md(const char *text, const char *want)
{
	static int n;	/* the texts themselves would break the lines of the test's report */
	struct str s = {0};

	md_text(&s, text);
	is_str(s.p != NULL ? s.p : "", want, "text %d", ++n);
	str_release(&s);
}

static void
texts(void)
{
	is_md("plain words, RFC 9234.", "plain words, RFC 9234.");
	is_md("*b* _i_ `c` [l](u) <b> &amp; ~~x~~ \\", "\\*b\\* \\_i\\_ \\`c\\` \\[l\\](u) \\<b\\> \\&amp; \\~\\~x\\~\\~ \\\\");
	is_md("# one ## two a#b", "\\# one \\## two a#b");
	is_md("a - b + c === d --- e-f", "a \\- b \\+ c \\=== d \\--- e-f");
	is_md("1. 1) 01. 2. 12) 1.5 1", "1\\. 1\\) 01\\. 2. 12) 1.5 1");
	is_md("a\nb\033[31m", "a?b?\\[31m");
	is_md("two  spaces", "two  spaces");
	is_md("\xc3\xa9t\xc3\xa9 \xe2\x80\xae\xff", "\xc3\xa9t\xc3\xa9 ??");
	is_md("", "");
}

/* A text of every sort of opener, long enough that each comes to begin a line at some width of what stands before it. */
static void
wraps(void)
{
	static const char *const openers[] = {"-", "+", "*", "#", "##", "===", "---", "1.", "1)", ">", "```", "~~~", "|"};
	struct str text = {0}, out = {0};
	const char *line;
	size_t i, pad, begun = 0, bad = 0;

	for (i = 0; i < sizeof(openers) / sizeof(*openers); i++)
		for (pad = 80; pad < 110; pad++) {
			str_clear(&text);
			str_clear(&out);
			str_fill(&text, 'x', pad);
			str_addf(&text, " %s y", openers[i]);
			md_paragraph_text(&out, text.p);
			line = strchr(out.p + 1, '\n');
			if (line == NULL || line[1] == '\0' || line[1] == 'y')
				continue;
			begun++;
			/* "|" alone makes no table */
			bad += line[1] != '\\' && line[1] != '|' && strncmp(line + 1, "1\\", 2) != 0;
		}
	ok(begun > 50, "openers begin lines");
	ok(bad == 0, "and none of them opens anything");
	str_release(&text);
	str_release(&out);
}

static void
blocks(void)
{
	struct str out = {0};

	md_heading(&out, 2, "Head");
	md_paragraph(&out, "words");
	md_item(&out, "label", "value");
	md_item(&out, NULL, "value");
	md_numbered(&out, 10, "tenth");
	is_str(out.p, "## Head\n\nwords\n- **label:** value\n- value\n10. tenth\n", "blocks");
	str_clear(&out);
	md_item(&out, NULL, "aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa b");
	ok(strstr(out.p, "\n  aaaaaaaaa b\n") != NULL, "an item goes on below itself");
	str_release(&out);
}

int
main(void)
{
	texts();
	wraps();
	blocks();
	return tap_done();
}
