#include "report/html.h"
#include "base/base64.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "report/layout.h"

#include <stdlib.h>

/* --- text --- */

static const char *
reference(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void
html_span(struct str *out, struct span text)
{
	const unsigned char *p = (const unsigned char *)text.p;
	size_t i = 0, n;

	while (i < text.len) {
		const char *ref = reference(text.p[i]);

		n = 1;
		if (ref != NULL) {
			str_adds(out, ref);
		} else if ((n = utf8_steers(p + i, text.len - i)) > 0) {
			str_addc(out, '?');
		} else {
			n = utf8_len(p + i, text.len - i);
			str_add(out, (struct span){text.p + i, n});
		}
		i += n;
	}
}

void
html_text(struct str *out, const char *text)
{
	html_span(out, span_of(text));
}

void
html_escape(struct str *out, size_t from)
{
	struct str raw = {0};

	str_add(&raw, (struct span){out->p + from, out->len - from});
	out->len = from;
	html_span(out, str_span(&raw));
	str_release(&raw);
}

void
html_sentence(struct str *out, size_t from)
{
	if (out->len > from && out->p[from] >= 'a' && out->p[from] <= 'z')
		out->p[from] = (char)(out->p[from] - 'a' + 'A');
	html_escape(out, from);
	str_addc(out, '.');
}

void
html_slug(struct str *out, const char *text)
{
	bool gap = false;

	for (; *text != '\0'; text++) {
		char c = *text;
		bool word;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (word)
			str_addc(out, c);
		else if (!gap)
			str_addc(out, '-');
		gap = !word;
	}
}

/* --- elements --- */

void
html_open(struct str *out, const char *tag, const char *attrs)
{
	str_addc(out, '<');
	str_adds(out, tag);
	if (attrs != NULL && *attrs != '\0') {
		str_addc(out, ' ');
		str_adds(out, attrs);
	}
	str_addc(out, '>');
}

void
html_close(struct str *out, const char *tag)
{
	str_adds(out, "</");
	str_adds(out, tag);
	str_adds(out, ">\n");
}

void
html_el(struct str *out, const char *tag, const char *attrs, const char *text)
{
	html_open(out, tag, attrs);
	html_text(out, text);
	html_close(out, tag);
}

void
html_cell(struct str *out, const char *text)
{
	html_el(out, "td", NULL, text);
}

void
html_cell_number(struct str *out, uint64_t n)
{
	html_open(out, "td", "class=\"n\"");
	lay_count(out, n);
	html_close(out, "td");
}

void
html_term(struct str *out, const char *term, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	html_el(out, "dt", NULL, term);
	html_el(out, "dd", NULL, text);
}

void
html_link(struct str *out, const char *href, const char *text)
{
	if (!span_starts(span_of(href), "https://") && !span_starts(span_of(href), "http://")) {
		html_text(out, text);
		return;
	}
	str_adds(out, "<a rel=\"noopener noreferrer\" href=\"");
	html_text(out, href);
	str_adds(out, "\">");
	html_text(out, text);
	str_adds(out, "</a>");
}

void
html_table(struct str *out, const char *caption, const char *const *heads, size_t n)
{
	size_t i;

	/* a box that scrolls must be reachable by keyboard, and have a name */
	str_adds(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
	html_text(out, caption);
	str_adds(out, "\"><table>\n");
	html_el(out, "caption", NULL, caption);
	str_adds(out, "<thead><tr>");
	for (i = 0; i < n; i++)
		html_el(out, "th", *heads[i] == '#' ? "scope=\"col\" class=\"n\"" : "scope=\"col\"",
		    heads[i] + (*heads[i] == '#'));
	str_adds(out, "</tr></thead>\n<tbody>\n");
}

void
html_table_end(struct str *out)
{
	str_adds(out, "</tbody></table></div>\n");
}

/* --- the page --- */

/* What lets a style in: its digest. */
static void
style_source(struct str *out, const char *css)
{
	uint8_t digest[SHA256_BYTES];

	sha256_of(css, strlen(css), digest);
	str_adds(out, " 'sha256-");
	base64_add(out, digest, sizeof(digest));
	str_addc(out, '\'');
}

/* The icon is empty and in the page: else a browser asks the server for one. */
static void
policy(struct str *out, const char *css)
{
	str_adds(out,
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
	    "style-src");
	style_source(out, html_css);
	if (css != NULL)
		style_source(out, css);
	str_adds(out, "; base-uri 'none'; form-action 'none'\">\n");
}

static void
style(struct str *out, const char *css)
{
	str_adds(out, "<style>");
	str_adds(out, css);
	str_adds(out, "</style>\n");
}

/* Patterns that the plots share: a zone is told by its pattern where its colour is not seen. */
static const char patterns[] =
    "<svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>\n"
    "<pattern id=\"hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\">"
    "<rect class=\"zf\" width=\"7\" height=\"7\"/><rect class=\"zfi\" width=\"2\" height=\"7\"/></pattern>\n"
    "<pattern id=\"dots\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
    "<rect class=\"zw\" width=\"8\" height=\"8\"/><circle class=\"zwi\" cx=\"2\" cy=\"2\" r=\"1.3\"/>"
    "<circle class=\"zwi\" cx=\"6\" cy=\"6\" r=\"1.3\"/></pattern>\n"
    "</defs></svg>\n";

void
html_patterns(struct str *out)
{
	str_adds(out, patterns);
}

void
html_begin_styled(struct str *out, const char *title, const char *css)
{
	str_adds(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
	policy(out, css);
	str_adds(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" "
	    "content=\"no-referrer\">\n"
	    "<link rel=\"icon\" href=\"data:,\">\n");
	html_el(out, "title", NULL, title);
	style(out, html_css);
	if (css != NULL)
		style(out, css);
	str_adds(out, "</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the verdict</a>\n");
	html_patterns(out);
}

void
html_begin(struct str *out, const char *title)
{
	html_begin_styled(out, title, NULL);
}

void
html_end(struct str *out)
{
	str_adds(out, "</body>\n</html>\n");
}
