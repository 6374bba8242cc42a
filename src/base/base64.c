#include "base/base64.h"

static const char standard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

size_t
base64_put(char *out, const void *p, size_t n)
{
	const uint8_t *b = p;
	char *to = out;
	size_t i, left;
	uint32_t v;

	for (i = 0; i < n; i += 3) {
		left = n - i;
		v = (uint32_t)b[i] << 16;
		if (left > 1)
			v |= (uint32_t)b[i + 1] << 8;
		if (left > 2)
			v |= b[i + 2];
		*to++ = standard[v >> 18];
		*to++ = standard[v >> 12 & 63];
		*to++ = left > 1 ? standard[v >> 6 & 63] : '=';
		*to++ = left > 2 ? standard[v & 63] : '=';
	}
	return (size_t)(to - out);
}

void
base64_add(struct str *s, const void *p, size_t n)
{
	str_room(s, BASE64_LEN(n));
	s->len += base64_put(s->p + s->len, p, n);
	s->p[s->len] = '\0';
}

void
base64_add_url(struct str *s, const void *p, size_t n)
{
	size_t i = s->len;

	base64_add(s, p, n);
	for (; i < s->len && s->p[i] != '='; i++)
		if (s->p[i] == '+' || s->p[i] == '/')
			s->p[i] = s->p[i] == '+' ? '-' : '_';
	s->len = i;
	s->p[i] = '\0';
}

/* 64: not in the alphabet. */
static uint32_t
value(char c, const char last[static 2])
{
	if (c >= 'A' && c <= 'Z')
		return (uint32_t)(c - 'A');
	if (c >= 'a' && c <= 'z')
		return (uint32_t)(c - 'a') + 26;
	if (c >= '0' && c <= '9')
		return (uint32_t)(c - '0') + 52;
	if (c == last[0])
		return 62;
	return c == last[1] ? 63 : 64;
}

static enum err
decode(struct span s, const char last[static 2], uint8_t *out, size_t cap, size_t *n)
{
	size_t i, k, pad = 0, len;
	uint32_t v, d;

	if (s.len % 4 != 0)
		return ERR_SYNTAX;
	while (pad < 2 && pad < s.len && s.p[s.len - 1 - pad] == '=')
		pad++;
	len = s.len / 4 * 3 - pad;
	if (len > cap)
		return ERR_LIMIT;
	for (i = 0; i < s.len; i += 4) {
		bool end = i + 4 == s.len;
		size_t bytes = end ? 3 - pad : 3;

		for (v = 0, k = 0; k < 4; k++) {
			d = end && k >= 4 - pad ? 0 : value(s.p[i + k], last);
			if (d == 64)
				return ERR_SYNTAX;
			v = v << 6 | d;
		}
		if ((v & ((1u << 8 * (3 - bytes)) - 1)) != 0)	/* section 3.5 */
			return ERR_SYNTAX;
		for (k = 0; k < bytes; k++)
			out[i / 4 * 3 + k] = (uint8_t)(v >> (16 - 8 * k));
	}
	*n = len;
	return OK;
}

enum err
base64_read(struct span s, uint8_t *out, size_t cap, size_t *n)
{
	return decode(s, "+/", out, cap, n);
}

enum err
base64_exact(struct span s, uint8_t *out, size_t n)
{
	size_t got;

	TRY(decode(s, "+/", out, n, &got));
	return got == n ? OK : ERR_SHORT;
}

enum err
base64_read_any(struct span s, uint8_t *out, size_t cap, size_t *n)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (s.p[i] == '-' || s.p[i] == '_')
			return decode(s, "-_", out, cap, n);
	return decode(s, "+/", out, cap, n);
}
