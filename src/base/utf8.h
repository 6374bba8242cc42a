/*
 * utf8: what the bytes of a text are. Names and remarks come from other people's files, and end on a
 * terminal.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Length of the UTF-8 sequence at s, of left bytes; 0 when it is not one (RFC 3629 section 4). */
size_t utf8_len(const unsigned char *s, size_t left);
/* Bytes at s that must not reach a terminal as they are: a control character (C0, DEL, C1), one that
 * turns the direction of writing (U+202A-202E, U+2066-2069), or a byte that is not UTF-8. 0: harmless. */
size_t utf8_steers(const unsigned char *s, size_t left);
/* Whether all n bytes are printable ASCII, as nearly all text is: no look at each is needed then. */
bool utf8_ascii(const unsigned char *s, size_t n);

#endif
