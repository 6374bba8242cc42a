/*
 * svg: drawings inside a page, in whole units of the viewBox and by integer arithmetic only, so that they are
 * the same bytes on every machine. A drawing has a title and a description, which are what is read aloud; its
 * colours come from classes that the style of the page knows.
 */
#ifndef REPORT_SVG_H
#define REPORT_SVG_H

#include "base/str.h"

/* <svg> with role img, named by title and described by desc, whose ids begin with id (html_slug). */
void svg_begin(struct str *out, const char *id, unsigned width, unsigned height, const char *title,
    const char *desc);
void svg_end(struct str *out);
/* class is a word of ours; y of a text is its baseline; anchor is "start", "middle" or "end". */
void svg_text(struct str *out, const char *class, const char *anchor, int x, int y, const char *text);
void svg_rect(struct str *out, const char *class, int x, int y, int width, int height);
void svg_line(struct str *out, const char *class, int x1, int y1, int x2, int y2);
/* A line through n points, each x and y. */
void svg_run(struct str *out, const char *class, const int (*points)[2], size_t n);
void svg_circle(struct str *out, const char *class, int x, int y, int r);
/* A line from lo to hi with a cap of cap units to each side at both ends. */
void svg_whisker_x(struct str *out, int lo, int hi, int y, int cap);
void svg_whisker_y(struct str *out, int x, int lo, int hi, int cap);
/* A square on its corner: the number itself. */
void svg_diamond(struct str *out, const char *class, int x, int y, int r);

/* A scale: from..to of values onto at..till of units; either may run downwards. Values outside are at the ends;
 * a range of one value is in the middle. */
struct svg_scale { int64_t from, to; int at, till; };
int svg_at(const struct svg_scale *s, int64_t value);

/* Ticks at multiples of 1, 2 or 5 times a power of ten: from the last one at or below lo to the first one at or
 * above hi, as few as show at least two and at most max (3 or more) of them. Returns how many. lo <= hi, both
 * 0 or more and below 10^15. */
size_t svg_ticks(int64_t lo, int64_t hi, size_t max, int64_t *ticks);

#endif
