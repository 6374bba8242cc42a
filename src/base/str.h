/*
 * str: a growing text buffer for output. Always NUL-terminated after the first append.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/span.h"

#include <stdarg.h>
#include <string.h>

struct str {
	char *p;	/* owned */
	size_t len, cap;
};

void str_grow(struct str *s, size_t n);				/* room for n more bytes and the NUL */

static inline void
str_room(struct str *s, size_t n)
{
	if (s->cap - s->len <= n)
		str_grow(s, n);
}

static inline void
str_add(struct str *s, struct span t)
{
	str_room(s, t.len);
	if (t.len > 0)
		memcpy(s->p + s->len, t.p, t.len);
	s->len += t.len;
	s->p[s->len] = '\0';
}

static inline void
str_adds(struct str *s, const char *cstr)
{
	str_add(s, (struct span){cstr, strlen(cstr)});		/* a literal's length is known */
}

static inline void
str_addc(struct str *s, char c)
{
	str_room(s, 1);
	s->p[s->len++] = c;
	s->p[s->len] = '\0';
}

void str_fill(struct str *s, char c, size_t n);			/* n times c */
void str_add_plain(struct str *s, struct span t);		/* '?' for what utf8_steers() */
void str_addu(struct str *s, uint64_t v);			/* decimal */
void str_addf(struct str *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
void str_addv(struct str *s, const char *fmt, va_list ap) PRINTF_LIKE(2, 0);
void str_clear(struct str *s);					/* keep the memory */
void str_release(struct str *s);
struct span str_span(const struct str *s);

#endif
