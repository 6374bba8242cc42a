/* The kit of the pages: text from outside stays text. */
#include "report/html.h"
#include "html_check.h"
#include "tap.h"

static const char *
escaped(struct str *s, const char *text)
{
	str_clear(s);
	html_text(s, text);
	return s->p;
}

static void
text(void)
{
	struct str s = {0};

	is_str(escaped(&s, "a<b>&\"c'"), "a&lt;b&gt;&amp;&quot;c&#39;", "the five characters of markup");
	is_str(escaped(&s, "r\xc3\xa9seau \xe2\x82\xac"), "r\xc3\xa9seau \xe2\x82\xac", "UTF-8 passes");
	is_str(escaped(&s, "\xff" "x\x1b[31m\xe2\x80\xae" "evil"), "?x?[31m?evil", "wrong bytes, controls, turns of direction do not");
	is_str(escaped(&s, "</title><script>alert(1)</script>"),
	    "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;", "a script is text");
	str_clear(&s);
	str_adds(&s, "<p>");
	str_adds(&s, "1 < 2 & 3");
	html_escape(&s, 3);
	is_str(s.p, "<p>1 &lt; 2 &amp; 3", "what others appended is escaped in place");
	str_clear(&s);
	str_adds(&s, "no <route>");
	html_sentence(&s, 0);
	is_str(s.p, "No &lt;route&gt;.", "a sentence has a capital and a stop");
	str_release(&s);
}

static void
words(void)
{
	struct str s = {0};

	str_adds(&s, "");
	html_slug(&s, "P-RPKI-1");
	is_str(s.p, "p-rpki-1", "an id of a control");
	str_clear(&s);
	html_slug(&s, "a \"><b>_c\xc3\xa9");
	is_str(s.p, "a-b-c-", "an id holds letters, digits and -");
	str_clear(&s);
	html_link(&s, "javascript:alert(1)", "here");
	is_str(s.p, "here", "a link that would run is text");
	str_clear(&s);
	html_link(&s, "https://example.net/?a=1&b=\"2", "a<b");
	is_str(s.p, "<a rel=\"noopener noreferrer\" href=\"https://example.net/?a=1&amp;b=&quot;2\">a&lt;b</a>",
	    "a link to a page is one");
	str_clear(&s);
	html_term(&s, "path", "");
	html_term(&s, "path", NULL);
	is_str(s.p, "", "a term without text is left out");
	str_release(&s);
}

static void
page(void)
{
	static const char *const heads[] = {"Name", "#Count"};
	static struct html_check c;
	struct str s = {0};

	html_begin(&s, "a \"title\" <b>");
	str_adds(&s, "<main id=\"main\">");
	html_table(&s, "a \"caption\" <b>", heads, 2);
	str_adds(&s, "<tr>");
	html_cell(&s, "<i>x</i>");
	html_cell_number(&s, 1234567);
	str_adds(&s, "</tr>");
	html_table_end(&s);
	str_adds(&s, "</main>");
	html_end(&s);
	is_str(html_check(&c, s.p), "", "a page is well formed, and nothing in it acts");
	ok(strstr(s.p, "<td class=\"n\">1,234,567</td>") != NULL, "a number has its commas");
	ok(strstr(s.p, "<th scope=\"col\" class=\"n\">Count</th>") != NULL, "the head of numbers does not show its sign");
	ok(strstr(s.p, "default-src 'none'") != NULL && strstr(s.p, "style-src 'sha256-") != NULL,
	    "its policy lets nothing in but its own style");
	str_clear(&s);
	str_adds(&s, "<p id=\"a\"><b>");
	ok(*html_check(&c, s.p) != '\0', "the check of pages sees an element that nobody wrote");
	ok(*html_check(&c, "<p><i></p></i>") != '\0', "and tags out of order");
	ok(*html_check(&c, "<p id=\"a\"></p><p id=\"a\"></p>") != '\0', "and an id twice");
	ok(*html_check(&c, "<a href=\"#b\"></a>") != '\0', "and a link to nowhere");
	ok(*html_check(&c, "<p class=\"x\" onload=\"y\"></p>") != '\0', "and an attribute that acts");
	str_release(&s);
}

int
main(void)
{
	text();
	words();
	page();
	return tap_done();
}
