/* baseline: one strict pass over the tokens, as past_read; nothing but counts is kept. */
#include "report/baseline.h"
#include "base/doc.h"
#include "base/limits.h"
#include "report/report.h"

#include <inttypes.h>

struct reader {
	struct doc doc;
	struct baseline *out;
	bool has_format, has_inputs, has_family[FAMILY_N];
};

static bool
number(struct reader *d, const char *field, uint64_t *out)
{
	return doc_expect(&d->doc, JSON_NUM, field, "is not a number") &&
	    (span_u64(d->doc.r.text, BASELINE_COUNT_MAX, out) == OK ||
		doc_refuse(&d->doc, field, "is not a whole number up to BASELINE_COUNT_MAX"));
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
	if (!doc_expect(&d->doc, JSON_STR, "inputs[].kind", "is not a string"))
		return false;
	for (in->kind = 0; in->kind < KIND_N; in->kind++)
		if (span_is(d->doc.r.text, kind_word((enum input_kind)in->kind)))
			break;
	in->has_kind = true;
	return true;
}

static bool
input_member(struct reader *d, struct draft *in)
{
	if (JSON_IS(&d->doc.r, "kind"))
		return kind_read(d, in);
	if (JSON_IS(&d->doc.r, "used")) {
		in->has_used = true;
		return number(d, "inputs[].used", &in->used);
	}
	if (!JSON_IS(&d->doc.r, "complete"))
		return doc_skip(&d->doc, "inputs[]");
	in->has_complete = true;
	return doc_bool(&d->doc, "inputs[].complete", &in->complete);
}

static bool
input_read(struct reader *d)
{
	struct draft in = {.kind = KIND_N};
	uint64_t *sum;

	while (doc_member(&d->doc, "inputs[]"))
		if (!input_member(d, &in))
			return false;
	if (d->doc.why != NULL)
		return false;
	if (!in.has_kind || !in.has_complete || !in.has_used)
		return doc_refuse(&d->doc, "inputs[]", "has not all of kind, complete and used");
	if (in.kind == KIND_N || !in.complete)
		return true;
	sum = &d->out->used[in.kind];
	*sum += in.used;
	return *sum <= BASELINE_COUNT_MAX || doc_refuse(&d->doc, "inputs[].used", "are together over BASELINE_COUNT_MAX");
}

static bool
inputs_read(struct reader *d)
{
	if (d->has_inputs)
		return doc_refuse(&d->doc, "inputs", "is there twice");
	d->has_inputs = true;
	if (!doc_expect(&d->doc, JSON_ARR, "inputs", "is not an array"))
		return false;
	while (doc_element(&d->doc, "inputs"))
		if (!input_read(d))
			return false;
	return d->doc.why == NULL;
}

/* --- the head --- */

static bool
family_read(struct reader *d, unsigned family)
{
	const char *field = family == FAMILY_V4 ? "evidence.ipv4" : "evidence.ipv6";

	if (!doc_expect(&d->doc, JSON_OBJ, field, "is not an object"))
		return false;
	while (doc_member(&d->doc, field)) {
		if (!JSON_IS(&d->doc.r, "visible_routes")) {
			if (!doc_skip(&d->doc, field))
				return false;
			continue;
		}
		if (d->has_family[family])
			return doc_refuse(&d->doc, field, "has visible_routes twice");
		if (!number(d, "evidence.*.visible_routes", &d->out->visible[family]))
			return false;
		d->has_family[family] = true;
	}
	return d->doc.why == NULL;
}

static bool
evidence_read(struct reader *d)
{
	bool good = doc_expect(&d->doc, JSON_OBJ, "evidence", "is not an object");

	while (good && doc_member(&d->doc, "evidence"))
		good = JSON_IS(&d->doc.r, "ipv4") ? family_read(d, FAMILY_V4) :
		    JSON_IS(&d->doc.r, "ipv6") ? family_read(d, FAMILY_V6) : doc_skip(&d->doc, "evidence");
	return good && d->doc.why == NULL;
}

static bool
head_member(struct reader *d)
{
	if (JSON_IS(&d->doc.r, "at"))
		return doc_expect(&d->doc, JSON_STR, "at", "is not known: an undated report is not an earlier one") &&
		    (utc_parse(d->doc.r.text, &d->out->at) == OK || doc_refuse(&d->doc, "at", "is not a time"));
	if (JSON_IS(&d->doc.r, "format")) {
		d->has_format = true;
		return doc_expect(&d->doc, JSON_STR, "format", "is not a string") &&
		    (span_is(d->doc.r.text, REPORT_FORMAT) || doc_refuse(&d->doc, "format", "is not " REPORT_FORMAT));
	}
	if (JSON_IS(&d->doc.r, "evidence"))
		return evidence_read(d);
	if (JSON_IS(&d->doc.r, "inputs"))
		return inputs_read(d);
	return doc_skip(&d->doc, "report");
}

static bool
report_read(struct reader *d)
{
	if (!doc_expect(&d->doc, JSON_OBJ, "report", "is not an object"))
		return false;
	while (doc_member(&d->doc, "report"))
		if (!head_member(d))
			return false;
	if (d->doc.why != NULL || !doc_expect(&d->doc, JSON_DONE, "report", "has something behind it"))
		return false;
	if (!d->has_format)
		return doc_refuse(&d->doc, "format", "is missing: not a report of audit --json");
	if (!utc_known(d->out->at))
		return doc_refuse(&d->doc, "at", "is missing");
	if (!d->has_family[FAMILY_V4] || !d->has_family[FAMILY_V6])
		return doc_refuse(&d->doc, "evidence", "does not say how many routes counted");
	return d->has_inputs || doc_refuse(&d->doc, "inputs", "is missing");
}

enum err
baseline_read(struct baseline *b, struct feed *f, struct arena *a, const char **why)
{
	struct reader d = {.doc = {.a = a, .rule = "doc/formats/assessment.md"}, .out = b};
	bool good;

	*b = (struct baseline){.at = UTC_NONE};
	json_open(&d.doc.r, f);
	good = report_read(&d);
	json_close(&d.doc.r);
	*why = d.doc.why;
	return good ? OK : ERR_SYNTAX;
}
