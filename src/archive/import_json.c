/* import_json: values of a report, strictly. */
#include "archive/from_result.h"
#include "archive/import_int.h"

#include <inttypes.h>

static bool
text_keep(struct importer *im, const char *field, struct arena *a, const char **out)
{
	if (memchr(im->doc.r.text.p, '\0', im->doc.r.text.len) != NULL)
		return doc_refuse(&im->doc, field, "holds U+0000");
	*out = archive_text(a, arena_strdup(a, im->doc.r.text));
	return true;
}

bool
im_text(struct importer *im, const char *field, struct arena *a, const char **out)
{
	return doc_expect(&im->doc, JSON_STR, field, "is not a string") && text_keep(im, field, a, out);
}

bool
im_text_or_null(struct importer *im, const char *field, struct arena *a, const char **out)
{
	enum json_tok t = json_next(&im->doc.r);

	*out = NULL;
	if (t == JSON_ERROR)
		return doc_broken(&im->doc, field);
	if (t == JSON_LIT_NULL)
		return true;
	return t == JSON_STR ? text_keep(im, field, a, out) : doc_refuse(&im->doc, field, "is neither a string nor null");
}

/* As we write it: RFC 3339 in UTC. */
bool
im_time(struct importer *im, const char *field, struct utc *out)
{
	enum json_tok t = json_next(&im->doc.r);
	char text[UTC_TEXT];

	*out = UTC_NONE;
	if (t == JSON_ERROR)
		return doc_broken(&im->doc, field);
	if (t == JSON_LIT_NULL)
		return true;
	if (t != JSON_STR || utc_parse(im->doc.r.text, out) != OK || !span_is(im->doc.r.text, utc_format(*out, text)))
		return doc_refuse(&im->doc, field, "is neither a time as 2022-05-01T00:00:00Z nor null");
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
	enum json_tok t = json_next(&im->doc.r);
	size_t i;
	int hi, lo;

	if (t == JSON_ERROR)
		return doc_broken(&im->doc, field);
	*null = t == JSON_LIT_NULL;
	if (*null)
		return true;
	if (t != JSON_STR || im->doc.r.text.len != SHA256_HEX)
		return doc_refuse(&im->doc, field, "is not a digest of 64 lower-case hexadecimal digits");
	for (i = 0; i < SHA256_BYTES; i++) {
		hi = nibble(im->doc.r.text.p[2 * i]);
		lo = nibble(im->doc.r.text.p[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return doc_refuse(&im->doc, field, "is not a digest of 64 lower-case hexadecimal digits");
		out[i] = (uint8_t)(hi << 4 | lo);
	}
	return true;
}

bool
im_whole(struct importer *im, const char *field, unsigned has, const char *must)
{
	struct span rest = span_of(must), one;
	unsigned bit = 1;

	for (; im->doc.why == NULL && span_cut(&rest, ' ', &one); bit <<= 1)
		if ((has & bit) == 0)
			doc_refuse(&im->doc, field, arena_printf(im->doc.a, "lacks \"%.*s\"", (int)one.len, one.p));
	return im->doc.why == NULL;
}

bool
im_once(struct importer *im, unsigned *has, unsigned bit, const char *field)
{
	bool again = (*has & bit) != 0;

	*has |= bit;
	return !again || doc_refuse(&im->doc, field, "is there twice");
}

bool
im_word(struct importer *im, const char *field, const char *const *words, unsigned n, unsigned *out)
{
	if (!doc_expect(&im->doc, JSON_STR, field, "is not a string"))
		return false;
	for (*out = 0; *out < n; (*out)++)
		if (span_is(im->doc.r.text, words[*out]))
			return true;
	return doc_refuse(&im->doc, field, "is not one of the words it may be");
}

/* The next of the members that are meant, by its place in words; those of later versions are passed over. */
bool
im_pick(struct importer *im, const char *field, const char *words, unsigned *has, unsigned *which)
{
	struct span rest, one;
	unsigned i;

	while (im->doc.why == NULL && doc_member(&im->doc, field)) {
		rest = span_of(words);
		for (i = 0; span_cut(&rest, ' ', &one); i++)
			if (span_eq(im->doc.r.text, one)) {
				*which = i;
				if ((*has >> i & 1) != 0)
					return doc_refuse(&im->doc, arena_printf(im->doc.a, "%s.%.*s", field, (int)one.len, one.p), "is there twice");
				*has |= 1u << i;
				return true;
			}
		if (!doc_skip(&im->doc, field))
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

	if (!doc_expect(&im->doc, JSON_NUM, field, "is not a number"))
		return false;
	s = im->doc.r.text;
	below = s.len > 0 && s.p[0] == '-';
	if (below)
		s = (struct span){s.p + 1, s.len - 1};
	if (span_u64(s, INT64_MAX, &v) != OK)
		return doc_refuse(&im->doc, field, "is not a whole number in its range");
	*out = below ? -(int64_t)v : (int64_t)v;
	return true;
}

bool
im_u32(struct importer *im, const char *field, uint32_t *out)
{
	uint64_t v = 0;
	bool good = doc_number(&im->doc, field, UINT32_MAX, &v);

	*out = (uint32_t)v;
	return good;
}
