/* import_json: values of a report, strictly. */
#include "archive/from_result.h"
#include "archive/import_int.h"

#include <inttypes.h>

#define RULE "doc/formats/assessment.md"

static const char *
rule_of(const struct importer *im)
{
	return im->rule != NULL ? im->rule : RULE;
}

/* "incident 17, byte 4711": the first is 1. */
static const char *
place_of(struct importer *im, uint64_t byte)
{
	return im->record == 0 ? arena_printf(im->a, "byte %" PRIu64, byte) :
	    arena_printf(im->a, "%s %" PRIu64 ", byte %" PRIu64, im->record_word, im->record, byte);
}

bool
im_refuse(struct importer *im, const char *field, const char *what)
{
	if (im->why == NULL)
		im->why = arena_printf(im->a, "%s: %s: %s [%s]", place_of(im, im->r.at), field, what, rule_of(im));
	return false;
}

bool
im_broken(struct importer *im, const char *field)
{
	if (im->why == NULL)
		im->why = arena_printf(im->a, "%s: %s: %s [%s]", place_of(im, im->r.err_off), field, err_text(im->r.err),
		    im->r.rule != NULL ? im->r.rule : "RFC 8259");
	return false;
}

bool
im_expect(struct importer *im, enum json_tok want, const char *field, const char *what)
{
	enum json_tok t = json_next(&im->r);

	if (t == JSON_ERROR)
		return im_broken(im, field);
	return t == want || im_refuse(im, field, what);
}

bool
im_skip(struct importer *im, const char *field)
{
	return json_skip(&im->r, json_next(&im->r)) || im_broken(im, field);
}

bool
im_member(struct importer *im, const char *field)
{
	enum json_tok t = json_next(&im->r);

	if (t == JSON_ERROR)
		im_broken(im, field);
	return t == JSON_KEY;
}

bool
im_element(struct importer *im, const char *field)
{
	enum json_tok t = json_next(&im->r);

	if (t == JSON_ERROR)
		im_broken(im, field);
	else if (t != JSON_OBJ && t != JSON_ARR_END)
		im_refuse(im, field, "holds something that is not an object");
	return t == JSON_OBJ;
}

bool
im_number(struct importer *im, const char *field, uint64_t max, uint64_t *out)
{
	return im_expect(im, JSON_NUM, field, "is not a number") &&
	    (span_u64(im->r.text, max, out) == OK || im_refuse(im, field, "is not a whole number in its range"));
}

bool
im_bool(struct importer *im, const char *field, bool *out)
{
	enum json_tok t = json_next(&im->r);

	if (t == JSON_ERROR)
		return im_broken(im, field);
	*out = t == JSON_LIT_TRUE;
	return t == JSON_LIT_TRUE || t == JSON_LIT_FALSE || im_refuse(im, field, "is neither true nor false");
}

static bool
text_keep(struct importer *im, const char *field, struct arena *a, const char **out)
{
	if (memchr(im->r.text.p, '\0', im->r.text.len) != NULL)
		return im_refuse(im, field, "holds U+0000");
	*out = archive_text(a, arena_strdup(a, im->r.text));
	return true;
}

bool
im_text(struct importer *im, const char *field, struct arena *a, const char **out)
{
	return im_expect(im, JSON_STR, field, "is not a string") && text_keep(im, field, a, out);
}

bool
im_text_or_null(struct importer *im, const char *field, struct arena *a, const char **out)
{
	enum json_tok t = json_next(&im->r);

	*out = NULL;
	if (t == JSON_ERROR)
		return im_broken(im, field);
	if (t == JSON_LIT_NULL)
		return true;
	return t == JSON_STR ? text_keep(im, field, a, out) : im_refuse(im, field, "is neither a string nor null");
}

/* As we write it: RFC 3339 in UTC. */
bool
im_time(struct importer *im, const char *field, struct utc *out)
{
	enum json_tok t = json_next(&im->r);
	char text[UTC_TEXT];

	*out = UTC_NONE;
	if (t == JSON_ERROR)
		return im_broken(im, field);
	if (t == JSON_LIT_NULL)
		return true;
	if (t != JSON_STR || utc_parse(im->r.text, out) != OK || !span_is(im->r.text, utc_format(*out, text)))
		return im_refuse(im, field, "is neither a time as 2022-05-01T00:00:00Z nor null");
	return true;
}

static int
nibble(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
im_digest(struct importer *im, const char *field, uint8_t out[static SHA256_BYTES], bool *null)
{
	enum json_tok t = json_next(&im->r);
	size_t i;
	int hi, lo;

	if (t == JSON_ERROR)
		return im_broken(im, field);
	*null = t == JSON_LIT_NULL;
	if (*null)
		return true;
	if (t != JSON_STR || im->r.text.len != SHA256_HEX)
		return im_refuse(im, field, "is not a digest of 64 lower-case hexadecimal digits");
	for (i = 0; i < SHA256_BYTES; i++) {
		hi = nibble(im->r.text.p[2 * i]);
		lo = nibble(im->r.text.p[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return im_refuse(im, field, "is not a digest of 64 lower-case hexadecimal digits");
		out[i] = (uint8_t)(hi << 4 | lo);
	}
	return true;
}

bool
im_whole(struct importer *im, const char *field, unsigned has, const char *must)
{
	struct span rest = span_of(must), one;
	unsigned bit = 1;

	for (; im->why == NULL && span_cut(&rest, ' ', &one); bit <<= 1)
		if ((has & bit) == 0)
			im_refuse(im, field, arena_printf(im->a, "lacks \"%.*s\"", (int)one.len, one.p));
	return im->why == NULL;
}

bool
im_once(struct importer *im, unsigned *has, unsigned bit, const char *field)
{
	bool again = (*has & bit) != 0;

	*has |= bit;
	return !again || im_refuse(im, field, "is there twice");
}

bool
im_word(struct importer *im, const char *field, const char *const *words, unsigned n, unsigned *out)
{
	if (!im_expect(im, JSON_STR, field, "is not a string"))
		return false;
	for (*out = 0; *out < n; (*out)++)
		if (span_is(im->r.text, words[*out]))
			return true;
	return im_refuse(im, field, "is not one of the words it may be");
}

/* The next of the members that are meant, by its place in words; those of later versions are passed over. */
bool
im_pick(struct importer *im, const char *field, const char *words, unsigned *has, unsigned *which)
{
	struct span rest, one;
	unsigned i;

	while (im->why == NULL && im_member(im, field)) {
		rest = span_of(words);
		for (i = 0; span_cut(&rest, ' ', &one); i++)
			if (span_eq(im->r.text, one)) {
				*which = i;
				if ((*has >> i & 1) != 0)
					return im_refuse(im, arena_printf(im->a, "%s.%.*s", field, (int)one.len, one.p), "is there twice");
				*has |= 1u << i;
				return true;
			}
		if (!im_skip(im, field))
			return false;
	}
	return false;
}

bool
im_i64(struct importer *im, const char *field, int64_t *out)
{
	struct span s;
	uint64_t v = 0;
	bool below;

	if (!im_expect(im, JSON_NUM, field, "is not a number"))
		return false;
	s = im->r.text;
	below = s.len > 0 && s.p[0] == '-';
	if (below)
		s = (struct span){s.p + 1, s.len - 1};
	if (span_u64(s, INT64_MAX, &v) != OK)
		return im_refuse(im, field, "is not a whole number in its range");
	*out = below ? -(int64_t)v : (int64_t)v;
	return true;
}

bool
im_u32(struct importer *im, const char *field, uint32_t *out)
{
	uint64_t v = 0;
	bool good = im_number(im, field, UINT32_MAX, &v);

	*out = (uint32_t)v;
	return good;
}
