#include "base/json_r_int.h"
#include "base/arena.h"
#include "base/limits.h"

/* The first quote, backslash or control character, eight bytes at a time; end when there is
 * none. The borrow of a subtraction can only mark bytes above the first true hit. */
static inline const uint8_t *
plain_run(const uint8_t *p, const uint8_t *end)
{
	const uint64_t ones = 0x0101010101010101u, high = ones << 7;

	for (; end - p >= 8; p += 8) {
		uint64_t w, q, b, hit;

		memcpy(&w, p, sizeof(w));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		w = __builtin_bswap64(w);
#endif
		q = w ^ ones * '"';
		b = w ^ ones * '\\';
		hit = (((q - ones) & ~q) | ((b - ones) & ~b) | ((w - ones * ' ') & ~w)) & high;
		if (hit != 0)
			return p + __builtin_ctzll(hit) / 8;
	}
	while (p < end && *p != '"' && *p != '\\' && *p >= ' ')
		p++;
	return p;
}

/* Where a window ends must not show: the fault is told at the start of the token. */
static bool
over_limit(struct json_r *r, const char *limit)
{
	json_fail(r, ERR_LIMIT, limit);
	r->err_off = r->at;
	return false;
}

static void
keep_bytes(struct json_r *r, const void *p, size_t n)
{
	if (n == 0)
		return;
	r->buf = grow(r->buf, &r->cap_buf, r->n_buf + n, 1);
	memcpy(r->buf + r->n_buf, p, n);
	r->n_buf += n;
}

static void
keep_utf8(struct json_r *r, uint32_t c)
{
	uint8_t b[4];
	size_t n = 0;

	if (c < 0x80) {
		b[n++] = (uint8_t)c;
	} else if (c < 0x800) {
		b[n++] = (uint8_t)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		b[n++] = (uint8_t)(0xe0 | c >> 12);
		b[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	} else {
		b[n++] = (uint8_t)(0xf0 | c >> 18);
		b[n++] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
		b[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	}
	if (c >= 0x80)
		b[n++] = (uint8_t)(0x80 | (c & 0x3f));
	keep_bytes(r, b, n);
}

static int
hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* XXXX of \uXXXX at p; false when a digit is not one. */
static bool
hex4(const uint8_t *p, uint32_t *out)
{
	uint32_t v = 0;
	int i, d;

	for (i = 0; i < 4; i++) {
		d = hex_digit(p[i]);
		if (d < 0)
			return false;
		v = v << 4 | (uint32_t)d;
	}
	*out = v;
	return true;
}

/* At "\u": one UTF-16 unit or a surrogate pair. A lone surrogate is no character: U+FFFD. */
static bool
escape_u(struct json_r *r)
{
	uint32_t c, low;

	if (!json_need(r, 6)) {
		json_fail(r, ERR_SHORT, "RFC 8259 7");
		return false;
	}
	if (!hex4(r->p + 2, &c)) {
		json_fail(r, ERR_SYNTAX, "RFC 8259 7");
		return false;
	}
	r->p += 6;
	if (c >= 0xd800 && c <= 0xdbff && json_need(r, 6) && r->p[0] == '\\' && r->p[1] == 'u' &&
	    hex4(r->p + 2, &low) && low >= 0xdc00 && low <= 0xdfff) {
		r->p += 6;
		c = 0x10000 + ((c - 0xd800) << 10 | (low - 0xdc00));
	}
	keep_utf8(r, c >= 0xd800 && c <= 0xdfff ? 0xfffd : c);
	return true;
}

/* At a backslash. */
static bool
escape(struct json_r *r)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *hit;

	if (!json_need(r, 2)) {
		json_fail(r, ERR_SHORT, "RFC 8259 7");
		return false;
	}
	if (r->p[1] == 'u')
		return escape_u(r);
	hit = r->p[1] == '\0' ? NULL : strchr(from, r->p[1]);
	if (hit == NULL) {
		json_fail(r, ERR_SYNTAX, "RFC 8259 7");
		return false;
	}
	keep_bytes(r, &to[hit - from], 1);
	r->p += 2;
	return true;
}

/* From the first backslash on, a string is copied; what was plain so far stands at tok. */
static bool
string_copied(struct json_r *r)
{
	r->n_buf = 0;
	for (;;) {
		if (r->n_buf + (size_t)(r->p - r->tok) > JSON_STRING_MAX)
			return over_limit(r, "limit JSON_STRING_MAX");
		keep_bytes(r, r->tok, (size_t)(r->p - r->tok));
		if (!json_need(r, 1)) {
			json_fail(r, ERR_SHORT, "RFC 8259 7");
			return false;
		}
		if (*r->p == '"')
			break;
		if (*r->p == '\\') {
			if (!escape(r))
				return false;
		} else if (*r->p < ' ') {
			json_fail(r, ERR_SYNTAX, "RFC 8259 7");
			return false;
		}
		r->tok = r->p;
		r->p = plain_run(r->p, r->end);
	}
	r->p++;
	r->text = (struct span){r->buf, r->n_buf};
	return true;
}

/* Without escapes the text is borrowed from the feed's window. */
bool
json_string(struct json_r *r)
{
	r->tok = ++r->p;
	for (;;) {
		r->p = plain_run(r->p, r->end);
		if (r->p - r->tok > (ptrdiff_t)JSON_STRING_MAX)
			return over_limit(r, "limit JSON_STRING_MAX");
		if (r->p < r->end)
			break;
		if (!json_more(r)) {
			json_fail(r, ERR_SHORT, "RFC 8259 7");
			return false;
		}
	}
	if (*r->p == '\\')
		return string_copied(r);
	if (*r->p != '"') {
		json_fail(r, ERR_SYNTAX, "RFC 8259 7");
		return false;
	}
	r->text = (struct span){(const char *)r->tok, (size_t)(r->p - r->tok)};
	r->p++;
	return true;
}

static size_t
digits_end(struct span s, size_t i)
{
	while (i < s.len && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return i;
}

/* -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)? over the whole of s. */
static bool
number_form(struct span s)
{
	size_t i = s.len > 0 && s.p[0] == '-', n = digits_end(s, i);

	if (n == i || (s.p[i] == '0' && n - i > 1))
		return false;
	if (n < s.len && s.p[n] == '.') {
		i = n + 1;
		n = digits_end(s, i);
		if (n == i)
			return false;
	}
	if (n < s.len && (s.p[n] | 0x20) == 'e') {
		i = n + 1;
		if (i < s.len && (s.p[i] == '+' || s.p[i] == '-'))
			i++;
		n = digits_end(s, i);
		if (n == i)
			return false;
	}
	return n == s.len;
}

static inline bool
in_number(uint8_t c)
{
	return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || (c | 0x20) == 'e';
}

/* Nearly all numbers are natural and end within the window: no second look is needed. */
static inline bool
natural(struct json_r *r)
{
	const uint8_t *p = r->p;

	while (p < r->end && *p >= '0' && *p <= '9')
		p++;
	if (p == r->end || p == r->tok || *r->tok == '0' || in_number(*p) ||
	    p - r->tok > (ptrdiff_t)JSON_NUMBER_MAX)
		return false;
	r->text = (struct span){(const char *)r->tok, (size_t)(p - r->tok)};
	r->p = p;
	return true;
}

bool
json_number(struct json_r *r)
{
	r->tok = r->p;
	if (natural(r))
		return true;
	for (;;) {
		while (r->p < r->end && in_number(*r->p))
			r->p++;
		if (r->p - r->tok > (ptrdiff_t)JSON_NUMBER_MAX)
			return over_limit(r, "limit JSON_NUMBER_MAX");
		if (r->p < r->end)
			break;
		if (json_more(r))
			continue;
		/* a number that the end of the input ends may have had more digits */
		if (r->depth > 0 || feed_err(r->f) != OK) {
			json_fail(r, ERR_SHORT, "RFC 8259 6");
			return false;
		}
		break;
	}
	r->text = (struct span){(const char *)r->tok, (size_t)(r->p - r->tok)};
	if (number_form(r->text))
		return true;
	r->p = r->tok;
	json_fail(r, ERR_SYNTAX, "RFC 8259 6");
	return false;
}
