/*
 * str: a growing text buffer for output. Always NUL-terminated after the first append.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/span.h"

#include <stdarg.h>

struct str {
	char *p;	/* owned */
	size_t len, cap;
};

void str_add(struct str *s, struct span t);
void str_adds(struct str *s, const char *cstr);
void str_add_plain(struct str *s, struct span t);		/* '?' for what utf8_steers() */
void str_addc(struct str *s, char c);
void str_addu(struct str *s, uint64_t v);			/* decimal */
void str_addf(struct str *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
void str_addv(struct str *s, const char *fmt, va_list ap) PRINTF_LIKE(2, 0);
void str_clear(struct str *s);					/* keep the memory */
void str_release(struct str *s);
struct span str_span(const struct str *s);

#endif
