#include "base/doc.h"

#include <inttypes.h>
#include <string.h>

/* "incident 17, byte 4711": the first is 1. */
static const char *
place_of(const struct doc *d, uint64_t byte)
{
	return d->record == 0 ? arena_printf(d->a, "byte %" PRIu64, byte) :
	    arena_printf(d->a, "%s %" PRIu64 ", byte %" PRIu64, d->record_word, d->record, byte);
}

bool
doc_refuse(struct doc *d, const char *field, const char *what)
{
	if (d->why == NULL)
		d->why = arena_printf(d->a, "%s: %s: %s [%s]", place_of(d, d->r.at), field, what, d->rule);
	return false;
}

bool
doc_broken(struct doc *d, const char *field)
{
	if (d->why == NULL)
		d->why = arena_printf(d->a, "%s: %s: %s [%s]", place_of(d, d->r.err_off), field, err_text(d->r.err),
		    d->r.rule != NULL ? d->r.rule : "RFC 8259");
	return false;
}

bool
doc_expect(struct doc *d, enum json_tok want, const char *field, const char *what)
{
	enum json_tok t = json_next(&d->r);

	if (t == JSON_ERROR)
		return doc_broken(d, field);
	return t == want || doc_refuse(d, field, what);
}

bool
doc_skip(struct doc *d, const char *field)
{
	return json_skip(&d->r, json_next(&d->r)) || doc_broken(d, field);
}

bool
doc_member(struct doc *d, const char *field)
{
	enum json_tok t = json_next(&d->r);

	if (t == JSON_ERROR)
		doc_broken(d, field);
	return t == JSON_KEY;
}

bool
doc_element(struct doc *d, const char *field)
{
	enum json_tok t = json_next(&d->r);

	if (t == JSON_ERROR)
		doc_broken(d, field);
	else if (t != JSON_OBJ && t != JSON_ARR_END)
		doc_refuse(d, field, "holds something that is not an object");
	return t == JSON_OBJ;
}

bool
doc_number(struct doc *d, const char *field, uint64_t max, uint64_t *out)
{
	return doc_expect(d, JSON_NUM, field, "is not a number") &&
	    (span_u64(d->r.text, max, out) == OK || doc_refuse(d, field, "is not a whole number in its range"));
}

bool
doc_bool(struct doc *d, const char *field, bool *out)
{
	enum json_tok t = json_next(&d->r);

	if (t == JSON_ERROR)
		return doc_broken(d, field);
	*out = t == JSON_LIT_TRUE;
	return t == JSON_LIT_TRUE || t == JSON_LIT_FALSE || doc_refuse(d, field, "is neither true nor false");
}

void
doc_format(struct feed *f, char out[static DOC_FORMAT_MAX])
{
	struct json_r r;
	bool is = false;

	json_open(&r, f);
	if (json_next(&r) == JSON_OBJ)
		while (!is && json_next(&r) == JSON_KEY) {
			is = JSON_IS(&r, "format");
			if (!is && !json_skip(&r, json_next(&r)))
				break;
		}
	is = is && json_next(&r) == JSON_STR && r.text.len < DOC_FORMAT_MAX && memchr(r.text.p, '\0', r.text.len) == NULL;
	memset(out, 0, DOC_FORMAT_MAX);
	if (is)
		memcpy(out, r.text.p, r.text.len);
	json_close(&r);
}
