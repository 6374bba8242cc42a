/*
 * html: pages for people, for every command that writes one. A page is one file that needs nothing else: no
 * script, no request, its style inside, and a content security policy that says so. It prints, follows the
 * reader's choice of light or dark, and is read aloud in the order in which it stands.
 *
 * Text from outside reaches a page through html_text, html_el, html_escape and html_slug only. A tag and its
 * attributes are words of ours and are written as they are.
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/str.h"

/* From the doctype to the link that skips the heading; title in full, for the window and for search. The page
 * has a <main id="main"> of the caller's. */
void html_begin(struct str *out, const char *title);
/* The same for a page that has a style of its own besides; NULL: it has none. */
void html_begin_styled(struct str *out, const char *title, const char *css);
void html_end(struct str *out);
/* What the zones of plots are filled with: once in a page, in its body. */
void html_patterns(struct str *out);
/* The style of all pages, and its digest as a content security policy names it (CSP 3, 2.3.1). */
extern const char html_css[];

/* Text with the five characters of markup as references, and '?' for what utf8_steers(). Safe between tags and
 * in a quoted attribute. */
void html_text(struct str *out, const char *text);
void html_span(struct str *out, struct span text);
/* The same done to what was appended to out from from on: for what others append. */
void html_escape(struct str *out, size_t from);
/* As html_escape, and a sentence of it: a capital at its start, a full stop at its end. */
void html_sentence(struct str *out, size_t from);
/* A word for an id: of text its ASCII letters in lower case and digits, "-" for each run of others. */
void html_slug(struct str *out, const char *text);

/* <tag attrs>; attrs NULL or "": none. */
void html_open(struct str *out, const char *tag, const char *attrs);
void html_close(struct str *out, const char *tag);
/* An element with text in it. */
void html_el(struct str *out, const char *tag, const char *attrs, const char *text);
/* <th scope="row"> and <td>: cells of a table; a number is aligned right, with commas: 1,203. */
void html_cell(struct str *out, const char *text);
void html_cell_number(struct str *out, uint64_t n);
/* <dt> and <dd>; nothing when text is NULL or empty. */
void html_term(struct str *out, const char *term, const char *text);
/* A link that a reader may follow: only http and https, else the text alone. */
void html_link(struct str *out, const char *href, const char *text);
/* A table in a box of its own that scrolls when it is wider than the page, with its caption. A head that begins
 * with "#" stands over numbers; the sign is not shown. */
void html_table(struct str *out, const char *caption, const char *const *heads, size_t n);
void html_table_end(struct str *out);

#endif
