/*
 * layout: text for people: wrapped, aligned, coloured only when asked, and free of what could steer a
 * terminal.
 */
#ifndef REPORT_LAYOUT_H
#define REPORT_LAYOUT_H

#include "base/str.h"
#include "report/report.h"

enum ink { INK_PLAIN, INK_BOLD, INK_DIM, INK_GOOD, INK_WARN, INK_BAD };

/* Text with control characters as '?', in a colour. */
void lay_text(struct str *out, struct text_style style, enum ink ink, const char *text);
/* A colour begins, and ends. */
void lay_ink(struct str *out, struct text_style style, enum ink ink);
void lay_ink_end(struct str *out, struct text_style style, enum ink ink);
/* Words of text from column on, wrapped at style.width; later lines start at column indent. No line
 * feed at the end. */
void lay_wrapped(struct str *out, struct text_style style, unsigned column, unsigned indent,
    const char *text);
/* The same for the text that was appended to out from from on. Most fits on its line and stays. */
void lay_wrap(struct str *out, struct text_style style, unsigned column, unsigned indent, size_t from);
/* "  LABEL     text", the text wrapped beside the label; a line feed at the end. */
void lay_labelled(struct str *out, struct text_style style, unsigned indent, unsigned column,
    const char *label, const char *text);
/* The label alone, up to the column where its text starts, which is returned. */
unsigned lay_label(struct str *out, struct text_style style, unsigned indent, unsigned column, const char *label);
void lay_spaces(struct str *out, unsigned n);
/* "AS64500 NAME, ORGANISATION  (evidence as of 2022-05-01)" underlined, and whether the AS is in the data at all. dated:
 * what stands in the brackets (report/dated.h). */
void lay_as(struct str *out, struct text_style style, const struct as_result *r, const char *dated);
/* Columns that text takes: code points. */
unsigned lay_width(const char *text);
unsigned lay_width_of(struct span text);
/* 1203 as "1,203". */
void lay_count(struct str *out, uint64_t n);

const char *verdict_label(enum verdict v);	/* "PASS", "NO DATA", "N.A." */
enum ink verdict_ink(enum verdict v);

#endif
