/*
 * markdown: text that CommonMark shows as it is. Inside report/ only.
 */
#ifndef REPORT_MARKDOWN_H
#define REPORT_MARKDOWN_H

#include "base/str.h"

#define MD_WIDTH 100

/* Text without any of its markup: a backslash before what would mean something, '?' for control characters. Wherever
 * its lines are broken later, no word of it begins a list or a heading. */
void md_text(struct str *out, const char *text);
/* The rest take Markdown that is made already. A heading of level 1 to 6; a paragraph; an item of a list, of which
 * label is bold and may be NULL; each broken at MD_WIDTH, but for the heading. */
void md_heading(struct str *out, unsigned level, const char *markdown);
void md_paragraph(struct str *out, const char *markdown);
void md_item(struct str *out, const char *label, const char *markdown);
/* The same of text. */
void md_paragraph_text(struct str *out, const char *text);
void md_item_text(struct str *out, const char *label, const char *text);
/* "1. ..." */
void md_numbered(struct str *out, unsigned number, const char *markdown);

#endif
