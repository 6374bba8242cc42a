#include "base/span.h"

#include <string.h>

struct span
span_of(const char *cstr)
{
	return (struct span){cstr, strlen(cstr)};
}

bool
span_eq(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

bool
span_is(struct span s, const char *cstr)
{
	return span_eq(s, span_of(cstr));
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

bool
span_is_nocase(struct span s, const char *cstr)
{
	size_t i;

	if (strlen(cstr) != s.len)
		return false;
	for (i = 0; i < s.len; i++)
		if (lower(s.p[i]) != lower(cstr[i]))
			return false;
	return true;
}

bool
span_starts(struct span s, const char *cstr)
{
	size_t n = strlen(cstr);

	return s.len >= n && (n == 0 || memcmp(s.p, cstr, n) == 0);
}

int
span_cmp(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n == 0 ? 0 : memcmp(a.p, b.p, n);

	if (c != 0)
		return c;
	return (a.len > b.len) - (a.len < b.len);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

struct span
span_trim(struct span s)
{
	while (s.len > 0 && is_space(s.p[0])) {
		s.p++;
		s.len--;
	}
	while (s.len > 0 && is_space(s.p[s.len - 1]))
		s.len--;
	return s;
}

bool
span_cut(struct span *rest, char sep, struct span *piece)
{
	const char *hit;

	if (rest->p == NULL)
		return false;
	hit = rest->len == 0 ? NULL : memchr(rest->p, sep, rest->len);
	if (hit == NULL) {
		*piece = *rest;
		*rest = (struct span){NULL, 0};
		return true;
	}
	piece->p = rest->p;
	piece->len = (size_t)(hit - rest->p);
	rest->len -= piece->len + 1;
	rest->p = hit + 1;
	return true;
}

enum err
span_u64(struct span s, uint64_t max, uint64_t *out)
{
	uint64_t v = 0;
	size_t i;

	if (s.len == 0 || (s.len > 1 && s.p[0] == '0'))
		return ERR_SYNTAX;
	for (i = 0; i < s.len; i++) {
		unsigned d = (unsigned)(unsigned char)s.p[i] - '0';

		if (d > 9)
			return ERR_SYNTAX;
		if (__builtin_mul_overflow(v, 10u, &v) || __builtin_add_overflow(v, d, &v))
			return ERR_RANGE;
	}
	if (v > max)
		return ERR_RANGE;
	*out = v;
	return OK;
}

enum err
span_u32(struct span s, uint32_t max, uint32_t *out)
{
	uint64_t v;

	TRY(span_u64(s, max, &v));
	*out = (uint32_t)v;
	return OK;
}

/* A field that starts with a quote: "" stands for one quote, the closing one must be
 * followed by the separator or the end. */
static bool
csv_quoted(struct span *rest, char sep, char *scratch, struct span *field, enum err *e)
{
	size_t i = 1, n = 0;

	for (;;) {
		if (i >= rest->len) {
			*e = ERR_SYNTAX;
			return false;
		}
		if (rest->p[i] != '"') {
			scratch[n++] = rest->p[i++];
			continue;
		}
		if (i + 1 < rest->len && rest->p[i + 1] == '"') {
			scratch[n++] = '"';
			i += 2;
			continue;
		}
		break;
	}
	i++;
	*field = (struct span){scratch, n};
	if (i == rest->len) {
		*rest = (struct span){NULL, 0};
		return true;
	}
	if (rest->p[i] != sep) {
		*e = ERR_SYNTAX;
		return false;
	}
	rest->p += i + 1;
	rest->len -= i + 1;
	return true;
}

bool
span_csv(struct span *rest, char sep, char *scratch, struct span *field, enum err *e)
{
	*e = OK;
	if (rest->p == NULL)
		return false;
	if (rest->len > 0 && rest->p[0] == '"')
		return csv_quoted(rest, sep, scratch, field, e);
	return span_cut(rest, sep, field);
}
