/*
 * wire: numbers and texts as bytes, and strictly back. Inside archive/ only: what rows (archive/row.h) and parcels
 * (archive/parcel.h) are made of. Numbers are big-endian; a text is a byte, 0 for none (NULL) or 1, then its bytes, then a
 * NUL, so that it can be read where it lies. There is one way to write each value, and only that one is read.
 *
 * Readers fail as base/rd.h has it: the first error sticks and names its field; what is read after it is 0 or "".
 */
#ifndef ARCHIVE_WIRE_H
#define ARCHIVE_WIRE_H

#include "base/rd.h"
#include "base/str.h"
#include "base/utc.h"

void wire_u32(struct str *out, uint32_t v);
void wire_u64(struct str *out, uint64_t v);
void wire_text(struct str *out, const char *text);

bool wire_bool(struct rd *r, const char *field);			/* a byte, 0 or 1 */
unsigned wire_enum(struct rd *r, unsigned n, const char *field);	/* a byte, below n */
uint64_t wire_max(struct rd *r, uint64_t max, const char *field);	/* eight bytes, at most max */
struct utc wire_time(struct rd *r, const char *field);			/* eight bytes; UTC_NONE, or a year of four digits */
/* Four bytes: how many of at least min_each bytes come, as many as there is room for and at most max. */
uint32_t wire_count(struct rd *r, uint32_t max, size_t min_each, const char *field);
/* UTF-8 without U+0000, borrowed from the bytes. wire_word: not NULL. */
const char *wire_word(struct rd *r, const char *field);
const char *wire_text_or_null(struct rd *r, const char *field);

#endif
