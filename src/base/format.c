#include "base/format.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct sink {
	char *p;
	size_t cap, n;		/* n counts what found no room, too */
};

struct spec {			/* of one conversion */
	bool left, zeros, has_precision;
	size_t width, precision;
	char size;		/* 0, 'l', 'z' */
};

static const char pairs[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
    "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

char *
format_u64(char *end, uint64_t v)
{
	for (; v >= 100; v /= 100) {
		end -= 2;
		memcpy(end, pairs + v % 100 * 2, 2);
	}
	if (v >= 10) {
		end -= 2;
		memcpy(end, pairs + v * 2, 2);
	} else {
		*--end = (char)('0' + v);
	}
	return end;
}

static void
put(struct sink *s, const char *p, size_t n)
{
	if (s->n < s->cap)
		memcpy(s->p + s->n, p, n < s->cap - s->n ? n : s->cap - s->n);
	s->n += n;
}

static void
put_many(struct sink *s, char c, size_t n)
{
	if (s->n < s->cap)
		memset(s->p + s->n, c, n < s->cap - s->n ? n : s->cap - s->n);
	s->n += n;
}

static void
put_padded(struct sink *s, const struct spec *f, const char *p, size_t n)
{
	size_t pad = f->width > n ? f->width - n : 0;

	if (!f->left)
		put_many(s, ' ', pad);
	put(s, p, n);
	if (f->left)
		put_many(s, ' ', pad);
}

static char *
hexadecimal(char *end, uint64_t v)
{
	do
		*--end = "0123456789abcdef"[v & 15];
	while ((v >>= 4) > 0);
	return end;
}

/* A number with its sign, padded. */
static void
put_number(struct sink *s, const struct spec *f, char conversion, uint64_t v, bool negative)
{
	char buf[1 + FORMAT_U64], *end = buf + sizeof(buf);
	char *p = conversion == 'x' ? hexadecimal(end, v) : format_u64(end, v);

	if (f->zeros && !f->left) {
		if (negative)
			put(s, "-", 1);
		put_many(s, '0', f->width > (size_t)(end - p) + negative ? f->width - (size_t)(end - p) - negative : 0);
		put(s, p, (size_t)(end - p));
		return;
	}
	if (negative)
		*--p = '-';
	put_padded(s, f, p, (size_t)(end - p));
}

static size_t
number(const char **fmt)
{
	size_t n = 0;

	for (; **fmt >= '0' && **fmt <= '9'; (*fmt)++)
		n = n * 10 + (size_t)(**fmt - '0');
	return n;
}

/* What stands between "%" and the conversion; false when it is not ours. */
static bool
spec_read(const char **fmt, struct spec *f)
{
	*f = (struct spec){0};
	for (;; (*fmt)++) {
		if (**fmt == '-')
			f->left = true;
		else if (**fmt == '0')
			f->zeros = true;
		else
			break;
	}
	f->width = number(fmt);
	if (**fmt == '.') {
		(*fmt)++;
		f->has_precision = true;
		f->precision = number(fmt);
	}
	if (**fmt == 'l' || **fmt == 'z') {
		f->size = *(*fmt)++;
		if (f->size == 'l' && **fmt == 'l')
			(*fmt)++;	/* as long as a long here */
	}
	return **fmt == 's' || (!f->has_precision && (**fmt == 'u' || **fmt == 'd' || **fmt == 'x' || **fmt == 'c'));
}

static void
conversion(struct sink *s, const struct spec *f, char c, va_list *ap)
{
	const char *text;
	int64_t v;
	char one;

	switch (c) {
	case 's':
		text = va_arg(*ap, const char *);
		put_padded(s, f, text, f->has_precision ? strnlen(text, f->precision) : strlen(text));
		break;
	case 'c':
		one = (char)va_arg(*ap, int);
		put_padded(s, f, &one, 1);
		break;
	case 'd':
		v = f->size != 0 ? va_arg(*ap, long) : va_arg(*ap, int);
		put_number(s, f, c, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, v < 0);
		break;
	default:
		put_number(s, f, c, f->size != 0 ? va_arg(*ap, unsigned long) : va_arg(*ap, unsigned), false);
	}
}

/* false at what is not ours; what was written till then is of no use. */
static bool
format_fast(struct sink *s, const char *fmt, va_list *ap)
{
	struct spec f;

	for (;;) {
		const char *pct = strchrnul(fmt, '%');

		put(s, fmt, (size_t)(pct - fmt));
		if (*pct == '\0')
			return true;
		fmt = pct + 1;
		if (*fmt == '%') {
			put(s, fmt++, 1);
			continue;
		}
		if (!spec_read(&fmt, &f))
			return false;
		conversion(s, &f, *fmt++, ap);
	}
}

size_t
format_v(char *buf, size_t cap, const char *fmt, va_list ap)
{
	struct sink s = {buf, cap > 0 ? cap - 1 : 0, 0};
	va_list again;
	bool ours;
	int n;

	_Static_assert(sizeof(long) == 8 && sizeof(size_t) == 8 && sizeof(long long) == 8, "spec_read");
	va_copy(again, ap);
	ours = format_fast(&s, fmt, &again);
	va_end(again);
	if (ours) {
		if (cap > 0)
			buf[s.n < s.cap ? s.n : s.cap] = '\0';
		return s.n;
	}
	n = vsnprintf(buf, cap, fmt, ap);
	assert(n >= 0);
	return (size_t)n;
}
