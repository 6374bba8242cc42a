#include "base/json_r_int.h"
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

uint64_t
json_offset(const struct json_r *r, const uint8_t *p)
{
	return feed_offset(r->f) + (uint64_t)(p - r->win);
}

enum json_tok
json_fail(struct json_r *r, enum err e, const char *rule)
{
	/* an input that broke off tells why it did */
	if (e == ERR_SHORT && feed_err(r->f) != OK) {
		e = feed_err(r->f);
		rule = NULL;
	}
	r->err = e;
	r->err_off = json_offset(r, r->p);
	r->rule = rule;
	r->text = (struct span){NULL, 0};
	return JSON_ERROR;
}

bool
json_more(struct json_r *r)
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
		if (!json_more(r))
			return NONE;
	}
}

bool
json_need(struct json_r *r, size_t n)
{
	r->tok = r->p;
	while ((size_t)(r->end - r->p) < n)
		if (!json_more(r))
			return false;
	return true;
}

static enum json_tok
literal(struct json_r *r, const char *word, enum json_tok tok)
{
	size_t i, n = strlen(word);
	bool whole = json_need(r, n);

	for (i = 0; i < n && r->p < r->end; i++, r->p++)
		if (*r->p != (uint8_t)word[i])
			return json_fail(r, ERR_SYNTAX, "RFC 8259 3");
	return whole ? tok : json_fail(r, ERR_SHORT, "RFC 8259 3");
}

static enum json_tok
push(struct json_r *r, bool object)
{
	if (r->depth == JSON_DEPTH_MAX)
		return json_fail(r, ERR_LIMIT, "limit JSON_DEPTH_MAX");
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
		return json_string(r) ? JSON_STR : JSON_ERROR;
	case 't':
		return literal(r, "true", JSON_LIT_TRUE);
	case 'f':
		return literal(r, "false", JSON_LIT_FALSE);
	case 'n':
		return literal(r, "null", JSON_LIT_NULL);
	case NONE:
		return json_fail(r, ERR_SHORT, "RFC 8259 2");
	default:
		if (c == '-' || (c >= '0' && c <= '9'))
			return json_number(r) ? JSON_NUM : JSON_ERROR;
		return json_fail(r, ERR_SYNTAX, "RFC 8259 3");
	}
}

static enum json_tok
key(struct json_r *r, int c)
{
	if (c != '"')
		return json_fail(r, c == NONE ? ERR_SHORT : ERR_SYNTAX, "RFC 8259 4");
	r->want = WANT_COLON;
	return json_string(r) ? JSON_KEY : JSON_ERROR;
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
			return json_fail(r, c == NONE ? ERR_SHORT : ERR_SYNTAX, "RFC 8259 4");
		r->p++;
		c = glyph(r);
		r->want = r->want == WANT_COMMA && object ? WANT_KEY : WANT_VALUE;
	}
	r->at = json_offset(r, r->p);
	switch (r->want) {
	case WANT_FIRST:
	case WANT_COMMA:
		if (c == (object ? '}' : ']'))
			return pop(r);
		if (r->want == WANT_COMMA)
			return json_fail(r, c == NONE ? ERR_SHORT : ERR_SYNTAX,
			    object ? "RFC 8259 4" : "RFC 8259 5");
		return object ? key(r, c) : value(r, c);
	case WANT_KEY:
		return key(r, c);
	case WANT_END:
		if (c != NONE)
			return json_fail(r, ERR_TRAILING, "RFC 8259 2");
		return feed_err(r->f) == OK ? JSON_DONE : json_fail(r, ERR_SHORT, NULL);
	default:
		return value(r, c);
	}
}

static inline const uint8_t *
blank(const uint8_t *p, const uint8_t *end)
{
	while (p < end && (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r'))
		p++;
	return p;
}

bool
json_element(const struct json_r *r, const uint8_t **p, const uint8_t **end)
{
	const uint8_t *q = blank(r->p, r->end);

	if (r->depth == 0 || (r->kinds & 1) != 0 || r->err != OK)
		return false;
	if (r->want == WANT_COMMA && q < r->end && *q == ',')
		q = blank(q + 1, r->end);
	else if (r->want != WANT_FIRST)
		return false;
	*p = q;
	*end = r->end;
	return q < r->end;
}

void
json_took(struct json_r *r, const uint8_t *end)
{
	r->tok = r->p = end;
	r->want = WANT_COMMA;
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
