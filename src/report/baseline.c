/* baseline: one strict pass over the tokens, as past_read; nothing but counts is kept. */
#include "report/baseline.h"
#include "base/json_r.h"
#include "base/limits.h"
#include "report/report.h"

#include <inttypes.h>

#define RULE "doc/formats/assessment.md"

struct reader {
	struct json_r r;
	struct baseline *out;
	struct arena *arena;
	bool has_format, has_inputs, has_family[FAMILY_N];
	const char *why;		/* NULL while all is well */
};

/* The first complaint sticks. Always false. */
static bool
refuse(struct reader *d, const char *field, const char *what)
{
	if (d->why == NULL)
		d->why = arena_printf(d->arena, "byte %" PRIu64 ": %s: %s [%s]", d->r.at, field, what, RULE);
	return false;
}

/* The document broke under json_next. */
static bool
broken(struct reader *d, const char *field)
{
	if (d->why == NULL)
		d->why = arena_printf(d->arena, "byte %" PRIu64 ": %s: %s [%s]", d->r.err_off, field, err_text(d->r.err),
		    d->r.rule != NULL ? d->r.rule : "RFC 8259");
	return false;
}

static bool
expect(struct reader *d, enum json_tok want, const char *field, const char *what)
{
	enum json_tok t = json_next(&d->r);

	if (t == JSON_ERROR)
		return broken(d, field);
	return t == want || refuse(d, field, what);
}

static bool
skip(struct reader *d, const char *field)
{
	return json_skip(&d->r, json_next(&d->r)) || broken(d, field);
}

/* The next member of an object; false at its end, or when it broke (why is set). */
static bool
member(struct reader *d, const char *field)
{
	enum json_tok t = json_next(&d->r);

	if (t == JSON_ERROR)
		broken(d, field);
	return t == JSON_KEY;
}

static bool
number(struct reader *d, const char *field, uint64_t *out)
{
	return expect(d, JSON_NUM, field, "is not a number") &&
	    (span_u64(d->r.text, BASELINE_COUNT_MAX, out) == OK ||
		refuse(d, field, "is not a whole number up to BASELINE_COUNT_MAX"));
}

/* --- an input --- */

struct draft {
	unsigned kind;			/* KIND_N: one that this program does not know */
	bool has_kind, complete, has_complete, has_used;
	uint64_t used;
};

static bool
kind_read(struct reader *d, struct draft *in)
{
	if (!expect(d, JSON_STR, "inputs[].kind", "is not a string"))
		return false;
	for (in->kind = 0; in->kind < KIND_N; in->kind++)
		if (span_is(d->r.text, kind_word((enum input_kind)in->kind)))
			break;
	in->has_kind = true;
	return true;
}

static bool
input_member(struct reader *d, struct draft *in)
{
	enum json_tok t;

	if (JSON_IS(&d->r, "kind"))
		return kind_read(d, in);
	if (JSON_IS(&d->r, "used")) {
		in->has_used = true;
		return number(d, "inputs[].used", &in->used);
	}
	if (!JSON_IS(&d->r, "complete"))
		return skip(d, "inputs[]");
	t = json_next(&d->r);
	if (t == JSON_ERROR)
		return broken(d, "inputs[].complete");
	in->complete = t == JSON_LIT_TRUE;
	in->has_complete = true;
	return in->complete || t == JSON_LIT_FALSE || refuse(d, "inputs[].complete", "is neither true nor false");
}

static bool
input_read(struct reader *d)
{
	struct draft in = {.kind = KIND_N};
	uint64_t *sum;

	while (member(d, "inputs[]"))
		if (!input_member(d, &in))
			return false;
	if (d->why != NULL)
		return false;
	if (!in.has_kind || !in.has_complete || !in.has_used)
		return refuse(d, "inputs[]", "has not all of kind, complete and used");
	if (in.kind == KIND_N || !in.complete)
		return true;
	sum = &d->out->used[in.kind];
	*sum += in.used;
	return *sum <= BASELINE_COUNT_MAX || refuse(d, "inputs[].used", "are together over BASELINE_COUNT_MAX");
}

static bool
inputs_read(struct reader *d)
{
	enum json_tok t;

	if (d->has_inputs)
		return refuse(d, "inputs", "is there twice");
	d->has_inputs = true;
	if (!expect(d, JSON_ARR, "inputs", "is not an array"))
		return false;
	while ((t = json_next(&d->r)) == JSON_OBJ)
		if (!input_read(d))
			return false;
	if (t == JSON_ERROR)
		return broken(d, "inputs");
	return t == JSON_ARR_END || refuse(d, "inputs", "holds something that is not an object");
}

/* --- the head --- */

static bool
family_read(struct reader *d, unsigned family)
{
	const char *field = family == FAMILY_V4 ? "evidence.ipv4" : "evidence.ipv6";

	if (!expect(d, JSON_OBJ, field, "is not an object"))
		return false;
	while (member(d, field)) {
		if (!JSON_IS(&d->r, "visible_routes")) {
			if (!skip(d, field))
				return false;
			continue;
		}
		if (d->has_family[family])
			return refuse(d, field, "has visible_routes twice");
		if (!number(d, "evidence.*.visible_routes", &d->out->visible[family]))
			return false;
		d->has_family[family] = true;
	}
	return d->why == NULL;
}

static bool
evidence_read(struct reader *d)
{
	bool good = expect(d, JSON_OBJ, "evidence", "is not an object");

	while (good && member(d, "evidence"))
		good = JSON_IS(&d->r, "ipv4") ? family_read(d, FAMILY_V4) :
		    JSON_IS(&d->r, "ipv6") ? family_read(d, FAMILY_V6) : skip(d, "evidence");
	return good && d->why == NULL;
}

static bool
head_member(struct reader *d)
{
	if (JSON_IS(&d->r, "at"))
		return expect(d, JSON_STR, "at", "is not known: an undated report is not an earlier one") &&
		    (utc_parse(d->r.text, &d->out->at) == OK || refuse(d, "at", "is not a time"));
	if (JSON_IS(&d->r, "format")) {
		d->has_format = true;
		return expect(d, JSON_STR, "format", "is not a string") &&
		    (span_is(d->r.text, REPORT_FORMAT) || refuse(d, "format", "is not " REPORT_FORMAT));
	}
	if (JSON_IS(&d->r, "evidence"))
		return evidence_read(d);
	if (JSON_IS(&d->r, "inputs"))
		return inputs_read(d);
	return skip(d, "report");
}

static bool
report_read(struct reader *d)
{
	if (!expect(d, JSON_OBJ, "report", "is not an object"))
		return false;
	while (member(d, "report"))
		if (!head_member(d))
			return false;
	if (d->why != NULL || !expect(d, JSON_DONE, "report", "has something behind it"))
		return false;
	if (!d->has_format)
		return refuse(d, "format", "is missing: not a report of audit --json");
	if (!utc_known(d->out->at))
		return refuse(d, "at", "is missing");
	if (!d->has_family[FAMILY_V4] || !d->has_family[FAMILY_V6])
		return refuse(d, "evidence", "does not say how many routes counted");
	return d->has_inputs || refuse(d, "inputs", "is missing");
}

enum err
baseline_read(struct baseline *b, struct feed *f, struct arena *a, const char **why)
{
	struct reader d = {.out = b, .arena = a};
	bool good;

	*b = (struct baseline){.at = UTC_NONE};
	json_open(&d.r, f);
	good = report_read(&d);
	json_close(&d.r);
	*why = d.why;
	return good ? OK : ERR_SYNTAX;
}
