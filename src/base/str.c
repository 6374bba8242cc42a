#include "base/str.h"
#include "base/arena.h"
#include "base/format.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

void
str_grow(struct str *s, size_t n)
{
	s->p = grow(s->p, &s->cap, s->len + n + 1, 1);
}

void
str_fill(struct str *s, char c, size_t n)
{
	str_room(s, n);
	memset(s->p + s->len, c, n);
	s->len += n;
	s->p[s->len] = '\0';
}

void
str_add_plain(struct str *s, struct span t)
{
	size_t i = 0, from = 0, n;

	if (utf8_ascii((const unsigned char *)t.p, t.len)) {
		str_add(s, t);
		return;
	}
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
str_addu(struct str *s, uint64_t v)
{
	char buf[FORMAT_U64], *end = buf + sizeof(buf), *p = format_u64(end, v);

	str_add(s, (struct span){p, (size_t)(end - p)});
}

void
str_addv(struct str *s, const char *fmt, va_list ap)
{
	va_list again;
	size_t n, room;

	str_room(s, 64);	/* most fit at once */
	room = s->cap - s->len;
	va_copy(again, ap);
	n = format_v(s->p + s->len, room, fmt, ap);
	if (n >= room) {
		str_grow(s, n);
		format_v(s->p + s->len, n + 1, fmt, again);
	}
	va_end(again);
	s->len += n;
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
