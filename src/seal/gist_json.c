#include "base/limits.h"
#include "base/sha256.h"
#include "base/utc.h"
#include "base/utf8.h"
#include "seal/gist_int.h"

#include <inttypes.h>

#define RULE "doc/formats/assessment.md"

bool
gist_refuse(struct gist_reader *d, const char *field, const char *what)
{
	if (d->why == NULL)
		d->why = arena_printf(d->a, "byte %" PRIu64 ": %s: %s [%s]", d->r.at, field, what, RULE);
	return false;
}

static bool
broken(struct gist_reader *d, const char *field)
{
	if (d->why == NULL)
		d->why = arena_printf(d->a, "byte %" PRIu64 ": %s: %s [%s]", d->r.err_off, field, err_text(d->r.err),
		    d->r.rule != NULL ? d->r.rule : "RFC 8259");
	return false;
}

bool
gist_expect(struct gist_reader *d, enum json_tok want, const char *field, const char *what)
{
	enum json_tok t = json_next(&d->r);

	if (t == JSON_ERROR)
		return broken(d, field);
	return t == want || gist_refuse(d, field, what);
}

bool
gist_skip(struct gist_reader *d, const char *field)
{
	return json_skip(&d->r, json_next(&d->r)) || broken(d, field);
}

bool
gist_member(struct gist_reader *d, const char *field, char last[static GIST_KEY])
{
	enum json_tok t = json_next(&d->r);

	if (t == JSON_ERROR)
		broken(d, field);
	if (t != JSON_KEY)
		return false;
	if (d->r.text.len >= GIST_KEY || memchr(d->r.text.p, '\0', d->r.text.len) != NULL)
		return gist_refuse(d, field, "has a key that is no word of the format");
	if (span_cmp(d->r.text, span_of(last)) <= 0)
		return gist_refuse(d, field, "has keys that do not ascend, or one twice");
	memcpy(last, d->r.text.p, d->r.text.len);
	last[d->r.text.len] = '\0';
	return true;
}

bool
gist_element(struct gist_reader *d, const char *field)
{
	enum json_tok t = json_next(&d->r);

	if (t == JSON_ERROR)
		broken(d, field);
	else if (t != JSON_OBJ && t != JSON_ARR_END)
		gist_refuse(d, field, "holds something that is not an object");
	return t == JSON_OBJ;
}

/* What is in a seal may reach a terminal. */
static const char *
keep(struct gist_reader *d, const char *field)
{
	const unsigned char *s = (const unsigned char *)d->r.text.p;
	size_t i;

	for (i = 0; i < d->r.text.len; i += utf8_len(s + i, d->r.text.len - i))
		if (utf8_steers(s + i, d->r.text.len - i) > 0) {
			gist_refuse(d, field, "has a control character, or is not UTF-8");
			return NULL;
		}
	if (d->r.text.len == 0 || d->r.text.len > SEAL_WORD_MAX) {
		gist_refuse(d, field, "is empty or too long");
		return NULL;
	}
	return arena_strdup(d->a, d->r.text);
}

bool
gist_text(struct gist_reader *d, const char *field, const char **out)
{
	if (!gist_expect(d, JSON_STR, field, "is not a string"))
		return false;
	*out = keep(d, field);
	return *out != NULL;
}

static bool
digest_good(struct gist_reader *d, const char *field, const char *s)
{
	return (strlen(s) == SHA256_HEX && strspn(s, "0123456789abcdef") == SHA256_HEX) ||
	    gist_refuse(d, field, "is not a digest of 64 hexadecimal digits");
}

bool
gist_hex(struct gist_reader *d, const char *field, const char **out)
{
	return gist_text(d, field, out) && digest_good(d, field, *out);
}

static bool
or_null(struct gist_reader *d, const char *field, bool digest, const char **out)
{
	enum json_tok t = json_next(&d->r);

	*out = NULL;
	if (t == JSON_ERROR)
		return broken(d, field);
	if (t == JSON_LIT_NULL)
		return true;
	if (t != JSON_STR)
		return gist_refuse(d, field, "is neither a string nor null");
	*out = keep(d, field);
	return *out != NULL && (!digest || digest_good(d, field, *out));
}

bool
gist_text_or_null(struct gist_reader *d, const char *field, const char **out)
{
	return or_null(d, field, false, out);
}

bool
gist_hex_or_null(struct gist_reader *d, const char *field, const char **out)
{
	return or_null(d, field, true, out);
}

bool
gist_bool(struct gist_reader *d, const char *field, bool *out)
{
	enum json_tok t = json_next(&d->r);

	if (t == JSON_ERROR)
		return broken(d, field);
	*out = t == JSON_LIT_TRUE;
	return t == JSON_LIT_TRUE || t == JSON_LIT_FALSE || gist_refuse(d, field, "is neither true nor false");
}

bool
gist_time(struct gist_reader *d, const char *field, const char *s)
{
	char buf[UTC_TEXT];
	struct utc t;

	return (utc_parse(span_of(s), &t) == OK && strcmp(utc_format(t, buf), s) == 0) ||
	    gist_refuse(d, field, "is not a time of the form 2026-01-01T00:00:00Z");
}
