#include "serve/target.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decoded, from a; NULL when it is not in form. */
static const char *
decode(struct span s, bool query, struct arena *a, const char **why)
{
	char *out = arena_raw(a, s.len + 1, 1);
	size_t i, n = 0, k;

	for (i = 0; i < s.len; i++) {
		if (s.p[i] != '%') {
			out[n++] = query && s.p[i] == '+' ? ' ' : s.p[i];
			continue;
		}
		if (s.len - i < 3 || hex(s.p[i + 1]) < 0 || hex(s.p[i + 2]) < 0) {
			*why = "a \"%\" is not followed by two hexadecimal digits";
			return NULL;
		}
		out[n++] = (char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2]));
		i += 2;
	}
	out[n] = '\0';
	for (i = 0; i < n; i += k) {
		k = utf8_len((const unsigned char *)out + i, n - i);
		if (k == 0 || utf8_steers((const unsigned char *)out + i, n - i) > 0) {
			*why = "it has a control character or bytes that are not UTF-8";
			return NULL;
		}
	}
	return out;
}

static enum err
path_read(struct span raw, struct arena *a, struct target *out, const char **why)
{
	struct span rest, piece;
	bool first = true;

	out->path = decode(raw, false, a, why);
	if (out->path == NULL)
		return ERR_SYNTAX;
	*why = "its path has an empty segment, or one of dots";
	rest = span_of(out->path);
	while (span_cut(&rest, '/', &piece)) {
		if (span_is(piece, ".") || span_is(piece, "..") || (!first && piece.len == 0 && rest.p != NULL))
			return ERR_SYNTAX;
		first = false;
	}
	return OK;
}

static int
by_key(const void *x, const void *y)
{
	const struct target_arg *a = x, *b = y;

	return strcmp(a->key, b->key);
}

static enum err
query_read(struct span raw, struct arena *a, struct target *out, const char **why)
{
	struct span piece, key;
	size_t i;

	while (span_cut(&raw, '&', &piece)) {
		if (piece.len == 0)
			continue;
		if (out->n == SERVE_ARGS_MAX) {
			*why = "it has more than 16 arguments";
			return ERR_LIMIT;
		}
		if (!span_cut(&piece, '=', &key))
			continue;
		out->args[out->n].key = decode(key, true, a, why);
		if (out->args[out->n].key == NULL)
			return ERR_SYNTAX;
		out->args[out->n].value = piece.p != NULL ? decode(piece, true, a, why) : "";
		if (out->args[out->n++].value == NULL)
			return ERR_SYNTAX;
	}
	qsort(out->args, out->n, sizeof(*out->args), by_key);
	*why = "an argument is given twice";
	for (i = 1; i < out->n; i++)
		if (strcmp(out->args[i - 1].key, out->args[i].key) == 0)
			return ERR_SYNTAX;
	return OK;
}

enum err
target_read(struct span raw, struct arena *a, struct target *out, const char **why)
{
	struct span path;
	bool empty = false;
	size_t i;

	*out = (struct target){.path = "/"};
	*why = "it has more than 4,096 bytes";
	if (raw.len > SERVE_TARGET_MAX)
		return ERR_LIMIT;
	if (raw.len >= 7 && strncasecmp(raw.p, "http://", 7) == 0) {	/* RFC 9112 section 3.2.2: a server must accept it */
		for (i = 7; i < raw.len && raw.p[i] != '/' && raw.p[i] != '?'; i++)
			;
		raw = (struct span){raw.p + i, raw.len - i};
		if (raw.len == 0)
			raw = SPAN("/");
		else if (*raw.p == '?')
			empty = true;	/* its path is "/" */
	}
	*why = "it does not begin with \"/\"";
	if (raw.len == 0 || (raw.p[0] != '/' && !empty))
		return ERR_SYNTAX;
	span_cut(&raw, '?', &path);
	if (empty)
		path = SPAN("/");
	TRY(path_read(path, a, out, why));
	return raw.p != NULL ? query_read(raw, a, out, why) : OK;
}

const char *
target_arg(const struct target *t, const char *key)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (strcmp(t->args[i].key, key) == 0)
			return t->args[i].value;
	return NULL;
}

/* RFC 3986 section 2.3: what needs no escape. */
static void
escape(struct str *out, const char *text, const char *also)
{
	for (; *text != '\0'; text++) {
		char c = *text;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~", c) != NULL ||
		    strchr(also, c) != NULL)
			str_addc(out, c);
		else
			str_addf(out, "%%%c%c", "0123456789ABCDEF"[(unsigned char)c >> 4],
			    "0123456789ABCDEF"[(unsigned char)c & 15]);
	}
}

char *
target_canonical(const struct target *t, struct arena *a)
{
	struct str s = {0};
	char *text;
	size_t i;

	escape(&s, t->path, "/");
	for (i = 0; i < t->n; i++) {
		str_addc(&s, i == 0 ? '?' : '&');
		escape(&s, t->args[i].key, "");
		str_addc(&s, '=');
		escape(&s, t->args[i].value, ",");
	}
	text = arena_strdup(a, str_span(&s));
	str_release(&s);
	return text;
}
