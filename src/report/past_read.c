/* past_read: one strict pass over the tokens; what is not asked for is skipped, not kept. */
#include "report/past.h"
#include "base/doc.h"
#include "report/report.h"

#include <inttypes.h>
#include <stdlib.h>

struct reader {
	struct doc doc;
	struct past *past;
	const uint32_t *wanted;
	size_t n_wanted;
	struct past_report *out;
	size_t cap;
	bool has_format, has_results;
};

/* --- a metric --- */

struct draft {
	enum metric_id id;
	bool has_id, ok;
	unsigned interval;		/* of lo and hi, how many are there */
	bool value;
	struct past_number n;
};

static bool
state_read(struct reader *d, struct draft *m)
{
	if (!doc_expect(&d->doc, JSON_STR, "results[].metrics[].state", "is not a string"))
		return false;
	m->ok = JSON_IS(&d->doc.r, "ok");
	return m->ok || JSON_IS(&d->doc.r, "no-data") || JSON_IS(&d->doc.r, "not-applicable") ||
	    doc_refuse(&d->doc, "results[].metrics[].state", "is none of ok, no-data, not-applicable");
}

/* A metric that this program does not know is one of a later version: nothing is asked of it. */
static bool
id_read(struct reader *d, struct draft *m)
{
	if (!doc_expect(&d->doc, JSON_STR, "results[].metrics[].id", "is not a string"))
		return false;
	m->id = metric_find(d->doc.r.text);
	m->has_id = true;
	return true;
}

static bool
metric_member(struct reader *d, struct draft *m)
{
	uint64_t v = 0;
	bool good;

	if (JSON_IS(&d->doc.r, "id"))
		return id_read(d, m);
	if (JSON_IS(&d->doc.r, "state"))
		return state_read(d, m);
	if (JSON_IS(&d->doc.r, "num"))
		return doc_number(&d->doc, "results[].metrics[].num", INT64_MAX, &m->n.num);
	if (JSON_IS(&d->doc.r, "den"))
		return doc_number(&d->doc, "results[].metrics[].den", INT64_MAX, &m->n.den);
	if (JSON_IS(&d->doc.r, "value")) {
		good = doc_number(&d->doc, "results[].metrics[].value", INT64_MAX, &v);
		m->n.value_ppm = (int64_t)v;
		m->value = true;
		return good;
	}
	if (JSON_IS(&d->doc.r, "lo_ppm") || JSON_IS(&d->doc.r, "hi_ppm")) {
		uint32_t *to = JSON_IS(&d->doc.r, "lo_ppm") ? &m->n.lo_ppm : &m->n.hi_ppm;

		good = doc_number(&d->doc, "results[].metrics[].lo_ppm, hi_ppm", 1000000, &v);
		*to = (uint32_t)v;
		m->interval++;
		return good;
	}
	return doc_skip(&d->doc, "results[].metrics[]");
}

/* What is drawn has millionths up to one, and counts that a picture can hold. */
static bool
metric_fits(struct reader *d, const struct draft *m)
{
	enum metric_unit unit = metric_unit(m->id);

	if (!m->ok)
		return true;
	if (!m->value)
		return doc_refuse(&d->doc, "results[].metrics[].value", "is missing, and the state is ok");
	if (unit != UNIT_COUNT && m->n.value_ppm > 1000000)
		return doc_refuse(&d->doc, "results[].metrics[].value", "is over 1000000");
	if (unit == UNIT_COUNT && (m->n.value_ppm > UINT32_MAX || m->n.num > UINT32_MAX))
		return doc_refuse(&d->doc, "results[].metrics[].value", "is over 4294967295");
	return unit != UNIT_SHARE || m->interval == 2 ||
	    doc_refuse(&d->doc, "results[].metrics[].lo_ppm, hi_ppm", "are missing, and the unit is share");
}

static bool
metric_read(struct reader *d, struct past_as *as)
{
	struct draft m = {.id = METRIC_N};

	while (doc_member(&d->doc, "results[].metrics[]"))
		if (!metric_member(d, &m))
			return false;
	if (d->doc.why != NULL)
		return false;
	if (!m.has_id)
		return doc_refuse(&d->doc, "results[].metrics[].id", "is missing");
	if (m.id == METRIC_N)
		return true;
	if (!metric_fits(d, &m))
		return false;
	m.n.known = m.ok;
	m.n.has_interval = m.interval == 2;
	as->number[m.id] = m.ok ? m.n : (struct past_number){0};
	return true;
}

/* --- a result --- */

static bool
wants(const struct reader *d, uint32_t asn)
{
	size_t lo = 0, hi = d->n_wanted, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (d->wanted[mid] < asn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < d->n_wanted && d->wanted[lo] == asn;
}

static bool
metrics_read(struct reader *d, struct past_as *as)
{
	if (!doc_expect(&d->doc, JSON_ARR, "results[].metrics", "is not an array"))
		return false;
	while (doc_element(&d->doc, "results[].metrics"))
		if (!metric_read(d, as))
			return false;
	return d->doc.why == NULL;
}

static bool
result_read(struct reader *d)
{
	struct past_report *r = d->out;
	struct past_as as = {0};
	bool has_asn = false;
	uint64_t v;

	while (doc_member(&d->doc, "results[]")) {
		if (JSON_IS(&d->doc.r, "asn")) {
			if (!doc_number(&d->doc, "results[].asn", UINT32_MAX, &v))
				return false;
			as.asn = (uint32_t)v;
			has_asn = true;
		} else if (JSON_IS(&d->doc.r, "metrics") && (!has_asn || wants(d, as.asn))) {
			if (!metrics_read(d, &as))
				return false;
		} else if (!doc_skip(&d->doc, "results[]")) {
			return false;
		}
	}
	if (d->doc.why != NULL)
		return false;
	if (!has_asn)
		return doc_refuse(&d->doc, "results[].asn", "is missing");
	if (r->n > 0 && r->ases[r->n - 1].asn >= as.asn && wants(d, as.asn))
		return doc_refuse(&d->doc, "results[].asn", "does not ascend");
	if (!wants(d, as.asn))
		return true;
	r->ases = grow(r->ases, &d->cap, r->n + 1, sizeof(*r->ases));
	r->ases[r->n++] = as;
	return true;
}

static bool
results_read(struct reader *d)
{
	d->has_results = true;
	if (!doc_expect(&d->doc, JSON_ARR, "results", "is not an array"))
		return false;
	while (doc_element(&d->doc, "results"))
		if (!result_read(d))
			return false;
	return d->doc.why == NULL;
}

/* --- the head --- */

/* Numbers, true and false, as they were written: to be compared, not read. */
static bool
parameters_read(struct reader *d)
{
	struct str s = {0};
	enum json_tok t;

	if (!doc_expect(&d->doc, JSON_OBJ, "parameters", "is not an object"))
		return false;
	str_addc(&s, '{');
	while (doc_member(&d->doc, "parameters")) {
		if (JSON_IS(&d->doc.r, "records_max") || JSON_IS(&d->doc.r, "window")) {	/* change no number, are another each month */
			if (!doc_skip(&d->doc, "parameters"))
				break;
			continue;
		}
		if (s.len > 1)
			str_addc(&s, ',');
		str_addc(&s, '"');
		str_add(&s, d->doc.r.text);
		str_adds(&s, "\":");
		t = json_next(&d->doc.r);
		if (t == JSON_NUM)
			str_add(&s, d->doc.r.text);
		else if (t == JSON_LIT_TRUE || t == JSON_LIT_FALSE)
			str_adds(&s, t == JSON_LIT_TRUE ? "true" : "false");
		else if (t == JSON_ERROR)
			doc_broken(&d->doc, "parameters");
		else
			doc_refuse(&d->doc, "parameters", "holds something that is no number, true or false");
		if (d->doc.why != NULL)
			break;
	}
	str_addc(&s, '}');
	d->out->parameters = arena_strdup(d->past->arena, str_span(&s));
	str_release(&s);
	return d->doc.why == NULL;
}

static bool
head_member(struct reader *d)
{
	if (JSON_IS(&d->doc.r, "at"))
		return doc_expect(&d->doc, JSON_STR, "at", "is not known: an undated report is no month") &&
		    (utc_parse(d->doc.r.text, &d->out->at) == OK || doc_refuse(&d->doc, "at", "is not a time"));
	if (JSON_IS(&d->doc.r, "format")) {
		d->has_format = true;
		return doc_expect(&d->doc, JSON_STR, "format", "is not a string") &&
		    (span_is(d->doc.r.text, REPORT_FORMAT) || doc_refuse(&d->doc, "format", "is not " REPORT_FORMAT));
	}
	if (JSON_IS(&d->doc.r, "parameters"))
		return parameters_read(d);
	if (JSON_IS(&d->doc.r, "results"))
		return !d->has_results ? results_read(d) : doc_refuse(&d->doc, "results", "is there twice");
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
	if (d->out->parameters == NULL)
		return doc_refuse(&d->doc, "parameters", "is missing");
	return d->has_results || doc_refuse(&d->doc, "results", "is missing: a summary, or an answer of explain");
}

enum err
past_read(struct past *p, struct feed *f, const uint32_t *wanted, size_t n, const char **why)
{
	struct past_report report = {.at = UTC_NONE};
	struct reader d = {.doc = {.a = p->arena, .rule = "doc/formats/assessment.md"}, .past = p, .wanted = wanted, .n_wanted = n, .out = &report};
	bool good;

	json_open(&d.doc.r, f);
	good = report_read(&d);
	json_close(&d.doc.r);
	if (!good) {
		free(report.ases);
		*why = d.doc.why;
		return ERR_SYNTAX;
	}
	past_add(p, &report);
	return OK;
}
