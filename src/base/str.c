#include "base/str.h"
#include "base/arena.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
str_add(struct str *s, struct span t)
{
	s->p = grow(s->p, &s->cap, s->len + t.len + 1, 1);
	if (t.len > 0)
		memcpy(s->p + s->len, t.p, t.len);
	s->len += t.len;
	s->p[s->len] = '\0';
}

void
str_adds(struct str *s, const char *cstr)
{
	str_add(s, span_of(cstr));
}

void
str_add_plain(struct str *s, struct span t)
{
	size_t i = 0, from = 0, n;

	while (i < t.len) {
		n = utf8_steers((const unsigned char *)t.p + i, t.len - i);
		if (n == 0) {
			i += utf8_len((const unsigned char *)t.p + i, t.len - i);
			continue;
		}
		str_add(s, (struct span){t.p + from, i - from});
		str_addc(s, '?');
		i += n;
		from = i;
	}
	str_add(s, (struct span){t.p + from, t.len - from});
}

void
str_addc(struct str *s, char c)
{
	str_add(s, (struct span){&c, 1});
}

void
str_addu(struct str *s, uint64_t v)
{
	char buf[20];
	size_t i = sizeof(buf);

	do {
		buf[--i] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	str_add(s, (struct span){buf + i, sizeof(buf) - i});
}

void
str_addv(struct str *s, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	assert(n >= 0);
	s->p = grow(s->p, &s->cap, s->len + (size_t)n + 1, 1);
	vsnprintf(s->p + s->len, (size_t)n + 1, fmt, again);
	va_end(again);
	s->len += (size_t)n;
}

void
str_addf(struct str *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	str_addv(s, fmt, ap);
	va_end(ap);
}

void
str_clear(struct str *s)
{
	s->len = 0;
	if (s->p != NULL)
		s->p[0] = '\0';
}

void
str_release(struct str *s)
{
	free(s->p);
	*s = (struct str){0};
}

struct span
str_span(const struct str *s)
{
	return (struct span){s->p == NULL ? "" : s->p, s->len};
}
