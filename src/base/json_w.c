#include "base/json_w.h"
#include "base/eight.h"
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

void
json_w_init(struct json_w *w, struct str *out)
{
	*w = (struct json_w){.out = out};
}

static void
value(struct json_w *w)
{
	if (w->comma)
		str_addc(w->out, ',');
	w->comma = true;
}

static void
open_one(struct json_w *w, char c)
{
	value(w);
	str_addc(w->out, c);
	assert(w->depth + 1 < JSON_W_DEPTH);
	w->depth++;
	w->last_key[w->depth] = NULL;
	w->comma = false;
}

static void
close_one(struct json_w *w, char c)
{
	assert(w->depth > 0);
	w->depth--;
	str_addc(w->out, c);
	w->comma = true;
}

void
json_obj(struct json_w *w)
{
	open_one(w, '{');
}

void
json_obj_end(struct json_w *w)
{
	close_one(w, '}');
}

void
json_arr(struct json_w *w)
{
	open_one(w, '[');
}

void
json_arr_end(struct json_w *w)
{
	close_one(w, ']');
}

static void
escape(struct str *out, unsigned char c)
{
	switch (c) {
	case '"':
		str_adds(out, "\\\"");
		break;
	case '\\':
		str_adds(out, "\\\\");
		break;
	case '\b':
		str_adds(out, "\\b");
		break;
	case '\f':
		str_adds(out, "\\f");
		break;
	case '\n':
		str_adds(out, "\\n");
		break;
	case '\r':
		str_adds(out, "\\r");
		break;
	case '\t':
		str_adds(out, "\\t");
		break;
	default:
		if (c < 0x20)
			str_addf(out, "\\u%04x", c);
		else
			str_addc(out, (char)c);
	}
}

static uint64_t
unclean(uint64_t v)
{
	return eight_not_ascii(v) | eight_is(v, '"') | eight_is(v, '\\');
}

/* Printable ASCII but for the quote and the backslash: nothing is to be escaped. */
static bool
is_clean(struct span s)
{
	return !eight_find(s.p, s.len, unclean);
}

static void
escaped(struct str *out, struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0, n;

	while (i < s.len) {
		n = utf8_len(p + i, s.len - i);
		if (n == 1)
			escape(out, p[i]);
		else if (n == 0)
			str_adds(out, "\xef\xbf\xbd");
		else
			str_add(out, (struct span){s.p + i, n});
		i += n == 0 ? 1 : n;
	}
}

static void
quoted(struct json_w *w, struct span s)
{
	char *p;

	str_addc(w->out, '"');
	if (!is_clean(s)) {
		escaped(w->out, s);
		str_addc(w->out, '"');
		return;
	}
	str_room(w->out, s.len + 1);
	p = w->out->p + w->out->len;
	memcpy(p, s.p, s.len);
	p[s.len] = '"';
	p[s.len + 1] = '\0';
	w->out->len += s.len + 1;
}

size_t
json_str_begin(struct json_w *w)
{
	value(w);
	str_addc(w->out, '"');
	return w->out->len;
}

void
json_str_end(struct json_w *w, size_t begin)
{
	struct span s = {w->out->p + begin, w->out->len - begin};
	struct str raw = {0};

	if (!is_clean(s)) {
		str_add(&raw, s);
		w->out->len = begin;
		escaped(w->out, str_span(&raw));
		str_release(&raw);
	}
	str_addc(w->out, '"');
}

void
json_key_n(struct json_w *w, const char *key, size_t n)
{
	const char **last = &w->last_key[w->depth];
	char *p;

	assert(*last == NULL || strcmp(*last, key) < 0);	/* RFC 8785 3.2.3 */
	*last = key;
	str_room(w->out, n + 4);
	p = w->out->p + w->out->len;
	if (w->comma)
		*p++ = ',';
	*p++ = '"';
	memcpy(p, key, n);
	p += n;
	*p++ = '"';
	*p++ = ':';
	*p = '\0';
	w->out->len = (size_t)(p - w->out->p);
	w->comma = false;
}

void
json_str(struct json_w *w, struct span s)
{
	value(w);
	quoted(w, s);
}

void
json_strz(struct json_w *w, const char *cstr)
{
	json_str(w, span_of(cstr));
}

void
json_u64(struct json_w *w, uint64_t v)
{
	value(w);
	str_addu(w->out, v);
}

void
json_raw(struct json_w *w, struct span v)
{
	value(w);
	str_add(w->out, v);
}

void
json_i64(struct json_w *w, int64_t v)
{
	value(w);
	if (v < 0)
		str_addc(w->out, '-');
	str_addu(w->out, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}

void
json_bool(struct json_w *w, bool v)
{
	value(w);
	str_adds(w->out, v ? "true" : "false");
}

void
json_null(struct json_w *w)
{
	value(w);
	str_adds(w->out, "null");
}

void
json_done(struct json_w *w)
{
	assert(w->depth == 0);
	str_addc(w->out, '\n');
}
