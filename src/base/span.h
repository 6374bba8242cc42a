/*
 * span: text that is borrowed, with its length; never a C string. Numbers are
 * read strictly: no sign, no space, no leading zero, the whole span consumed.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
	const char *p;	/* borrowed; not NUL-terminated */
	size_t len;
};

#define SPAN(lit) ((struct span){(lit), sizeof(lit) - 1})

struct span span_of(const char *cstr);
bool span_eq(struct span a, struct span b);
bool span_is(struct span s, const char *cstr);
bool span_is_nocase(struct span s, const char *cstr);	/* ASCII only, no locale */
bool span_starts(struct span s, const char *cstr);
int span_cmp(struct span a, struct span b);		/* bytewise, shorter first */
struct span span_trim(struct span s);			/* without ASCII white space at both ends */

/* Cut the piece before the first sep off *rest into *piece; false when *rest was
 * exhausted before (p == NULL). "a||b" gives "a", "", "b". */
bool span_cut(struct span *rest, char sep, struct span *piece);

/* Decimal number of at most max. ERR_SYNTAX or ERR_RANGE; *out is set only on OK. */
NODISCARD enum err span_u64(struct span s, uint64_t max, uint64_t *out);
NODISCARD enum err span_u32(struct span s, uint32_t max, uint32_t *out);

/* The next field of a CSV line (RFC 4180 quoting, sep usually ','). Quoted fields
 * are unescaped into scratch (size >= the line's length). False at the end of the line;
 * *e is ERR_SYNTAX when a quote is left open. */
bool span_csv(struct span *rest, char sep, char *scratch, struct span *field, enum err *e);

#endif
