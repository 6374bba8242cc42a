#include "base/json_r.h"
#include "base/arena.h"
#include "base/limits.h"

#include <assert.h>
#include <stdlib.h>

static_assert(JSON_DEPTH_MAX <= 64, "a bit of kinds for each level");

/* What may come next. */
enum { WANT_VALUE, WANT_FIRST, WANT_KEY, WANT_COLON, WANT_COMMA, WANT_END };

#define NONE (-1)	/* the input is at its end */

void
json_open(struct json_r *r, struct feed *f)
{
	*r = (struct json_r){.f = f, .want = WANT_VALUE};
	r->win = r->tok = r->p = r->end = (const uint8_t *)"";
}

void
json_close(struct json_r *r)
{
	free(r->buf);
	r->buf = NULL;
	r->n_buf = r->cap_buf = 0;
}

static uint64_t
offset_of(const struct json_r *r, const uint8_t *p)
{
	return feed_offset(r->f) + (uint64_t)(p - r->win);
}

static enum json_tok
fail(struct json_r *r, enum err e, const char *rule)
{
	/* an input that broke off tells why it did */
	if (e == ERR_SHORT && feed_err(r->f) != OK) {
		e = feed_err(r->f);
		rule = NULL;
	}
	r->err = e;
	r->err_off = offset_of(r, r->p);
	r->rule = rule;
	r->text = (struct span){NULL, 0};
	return JSON_ERROR;
}

/* Widen the window behind end; the bytes from tok on stay. False at the end of the input. */
static bool
more(struct json_r *r)
{
	size_t keep = (size_t)(r->end - r->tok), done = (size_t)(r->p - r->tok), n;
	const uint8_t *p;

	feed_skip(r->f, (size_t)(r->tok - r->win));
	n = feed_peek(r->f, keep + 1, &p);
	r->win = r->tok = p;
	r->p = p + done;
	r->end = p + n;
	return n > keep;
}

/* The next character that is not white space, left unread. */
static inline int
glyph(struct json_r *r)
{
	for (;;) {
		for (; r->p < r->end; r->p++)
			if (*r->p > ' ' || (*r->p != ' ' && *r->p != '\n' && *r->p != '\t' &&
			    *r->p != '\r'))
				return *r->p;
		r->tok = r->p;
		if (!more(r))
			return NONE;
	}
}

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

static void
keep_bytes(struct json_r *r, const void *p, size_t n)
{
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

/* n bytes at the cursor, or false at the end of the input. */
static bool
need(struct json_r *r, size_t n)
{
	r->tok = r->p;
	while ((size_t)(r->end - r->p) < n)
		if (!more(r))
			return false;
	return true;
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

	if (!need(r, 6)) {
		fail(r, ERR_SHORT, "RFC 8259 7");
		return false;
	}
	if (!hex4(r->p + 2, &c)) {
		fail(r, ERR_SYNTAX, "RFC 8259 7");
		return false;
	}
	r->p += 6;
	if (c >= 0xd800 && c <= 0xdbff && need(r, 6) && r->p[0] == '\\' && r->p[1] == 'u' &&
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

	if (!need(r, 2)) {
		fail(r, ERR_SHORT, "RFC 8259 7");
		return false;
	}
	if (r->p[1] == 'u')
		return escape_u(r);
	hit = r->p[1] == '\0' ? NULL : strchr(from, r->p[1]);
	if (hit == NULL) {
		fail(r, ERR_SYNTAX, "RFC 8259 7");
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
		if (r->n_buf + (size_t)(r->p - r->tok) > JSON_STRING_MAX) {
			fail(r, ERR_LIMIT, "limit JSON_STRING_MAX");
			return false;
		}
		keep_bytes(r, r->tok, (size_t)(r->p - r->tok));
		if (!need(r, 1)) {
			fail(r, ERR_SHORT, "RFC 8259 7");
			return false;
		}
		if (*r->p == '"')
			break;
		if (*r->p == '\\') {
			if (!escape(r))
				return false;
		} else if (*r->p < ' ') {
			fail(r, ERR_SYNTAX, "RFC 8259 7");
			return false;
		}
		r->tok = r->p;
		r->p = plain_run(r->p, r->end);
	}
	r->p++;
	r->text = (struct span){r->buf, r->n_buf};
	return true;
}

/* At the opening quote. Without escapes the text is borrowed from the feed's window. */
static bool
string(struct json_r *r)
{
	r->tok = ++r->p;
	for (;;) {
		r->p = plain_run(r->p, r->end);
		if (r->p - r->tok > (ptrdiff_t)JSON_STRING_MAX) {
			fail(r, ERR_LIMIT, "limit JSON_STRING_MAX");
			return false;
		}
		if (r->p < r->end)
			break;
		if (!more(r)) {
			fail(r, ERR_SHORT, "RFC 8259 7");
			return false;
		}
	}
	if (*r->p == '\\')
		return string_copied(r);
	if (*r->p != '"') {
		fail(r, ERR_SYNTAX, "RFC 8259 7");
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

static bool
number(struct json_r *r)
{
	r->tok = r->p;
	for (;;) {
		while (r->p < r->end && ((*r->p >= '0' && *r->p <= '9') || *r->p == '.' ||
		    *r->p == '-' || *r->p == '+' || (*r->p | 0x20) == 'e'))
			r->p++;
		if (r->p - r->tok > (ptrdiff_t)JSON_NUMBER_MAX) {
			fail(r, ERR_LIMIT, "limit JSON_NUMBER_MAX");
			return false;
		}
		if (r->p < r->end)
			break;
		if (more(r))
			continue;
		/* a number that the end of the input ends may have had more digits */
		if (r->depth > 0 || feed_err(r->f) != OK) {
			fail(r, ERR_SHORT, "RFC 8259 6");
			return false;
		}
		break;
	}
	r->text = (struct span){(const char *)r->tok, (size_t)(r->p - r->tok)};
	if (number_form(r->text))
		return true;
	r->p = r->tok;
	fail(r, ERR_SYNTAX, "RFC 8259 6");
	return false;
}

static enum json_tok
literal(struct json_r *r, const char *word, enum json_tok tok)
{
	size_t i, n = strlen(word);
	bool whole = need(r, n);

	for (i = 0; i < n && r->p < r->end; i++, r->p++)
		if (*r->p != (uint8_t)word[i])
			return fail(r, ERR_SYNTAX, "RFC 8259 3");
	return whole ? tok : fail(r, ERR_SHORT, "RFC 8259 3");
}

static enum json_tok
push(struct json_r *r, bool object)
{
	if (r->depth == JSON_DEPTH_MAX)
		return fail(r, ERR_LIMIT, "limit JSON_DEPTH_MAX");
	r->p++;
	r->depth++;
	r->kinds = r->kinds << 1 | object;
	r->want = WANT_FIRST;
	return object ? JSON_OBJ : JSON_ARR;
}

static enum json_tok
pop(struct json_r *r)
{
	bool object = r->kinds & 1;

	r->p++;
	r->depth--;
	r->kinds >>= 1;
	r->want = r->depth > 0 ? WANT_COMMA : WANT_END;
	return object ? JSON_OBJ_END : JSON_ARR_END;
}

static enum json_tok
value(struct json_r *r, int c)
{
	r->want = r->depth > 0 ? WANT_COMMA : WANT_END;
	switch (c) {
	case '{':
		return push(r, true);
	case '[':
		return push(r, false);
	case '"':
		return string(r) ? JSON_STR : JSON_ERROR;
	case 't':
		return literal(r, "true", JSON_TRUE);
	case 'f':
		return literal(r, "false", JSON_FALSE);
	case 'n':
		return literal(r, "null", JSON_NULL);
	case NONE:
		return fail(r, ERR_SHORT, "RFC 8259 2");
	default:
		if (c == '-' || (c >= '0' && c <= '9'))
			return number(r) ? JSON_NUM : JSON_ERROR;
		return fail(r, ERR_SYNTAX, "RFC 8259 3");
	}
}

static enum json_tok
key(struct json_r *r, int c)
{
	if (c != '"')
		return fail(r, c == NONE ? ERR_SHORT : ERR_SYNTAX, "RFC 8259 4");
	r->want = WANT_COLON;
	return string(r) ? JSON_KEY : JSON_ERROR;
}

enum json_tok
json_next(struct json_r *r)
{
	bool object = r->kinds & 1;
	int c;

	if (r->err != OK)
		return JSON_ERROR;
	c = glyph(r);
	if (r->want == WANT_COLON || (r->want == WANT_COMMA && c == ',')) {
		if (r->want == WANT_COLON && c != ':')
			return fail(r, c == NONE ? ERR_SHORT : ERR_SYNTAX, "RFC 8259 4");
		r->p++;
		c = glyph(r);
		r->want = r->want == WANT_COMMA && object ? WANT_KEY : WANT_VALUE;
	}
	r->at = offset_of(r, r->p);
	switch (r->want) {
	case WANT_FIRST:
	case WANT_COMMA:
		if (c == (object ? '}' : ']'))
			return pop(r);
		if (r->want == WANT_COMMA)
			return fail(r, c == NONE ? ERR_SHORT : ERR_SYNTAX,
			    object ? "RFC 8259 4" : "RFC 8259 5");
		return object ? key(r, c) : value(r, c);
	case WANT_KEY:
		return key(r, c);
	case WANT_END:
		if (c != NONE)
			return fail(r, ERR_TRAILING, "RFC 8259 2");
		return feed_err(r->f) == OK ? JSON_DONE : fail(r, ERR_SHORT, NULL);
	default:
		return value(r, c);
	}
}

bool
json_skip(struct json_r *r, enum json_tok tok)
{
	unsigned depth = r->depth;

	if (tok == JSON_OBJ || tok == JSON_ARR)
		while (r->depth >= depth && json_next(r) != JSON_ERROR)
			;
	return r->err == OK;
}

void
json_report(const struct json_r *r, struct diags *d, uint64_t record, const char *field)
{
	assert(r->err != OK);
	diag_add(d, DIAG_STOP_SOURCE, r->err, record, r->err_off, field, r->rule);
}
