/* past_read: one strict pass over the tokens; what is not asked for is skipped, not kept. */
#include "report/past.h"
#include "base/json_r.h"
#include "report/report.h"

#include <inttypes.h>
#include <stdlib.h>

struct reader {
	struct json_r r;
	struct past *past;
	const uint32_t *wanted;
	size_t n_wanted;
	struct past_report *out;
	size_t cap;
	bool has_format, has_results;
	const char *why;		/* NULL while all is well */
};

#define RULE "doc/formats/assessment.md"

/* The first complaint sticks. Always false. */
static bool
refuse(struct reader *d, const char *field, const char *what)
{
	if (d->why == NULL)
		d->why =
		    arena_printf(d->past->arena, "byte %" PRIu64 ": %s: %s [%s]", d->r.at, field, what, RULE);
	return false;
}

/* The document broke under json_next. */
static bool
broken(struct reader *d, const char *field)
{
	if (d->why == NULL)
		d->why = arena_printf(d->past->arena, "byte %" PRIu64 ": %s: %s [%s]", d->r.err_off, field,
		    err_text(d->r.err), d->r.rule != NULL ? d->r.rule : "RFC 8259");
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

/* The next member of an object: true with its key in r.text; false at its end, or when it broke (why is set).
 */
static bool
member(struct reader *d, const char *field)
{
	enum json_tok t = json_next(&d->r);

	if (t == JSON_ERROR)
		broken(d, field);
	return t == JSON_KEY;
}

/* The next element of an array that holds objects; the same. */
static bool
element(struct reader *d, const char *field)
{
	enum json_tok t = json_next(&d->r);

	if (t == JSON_ERROR)
		broken(d, field);
	else if (t != JSON_OBJ && t != JSON_ARR_END)
		refuse(d, field, "holds something that is not an object");
	return t == JSON_OBJ;
}

static bool
number(struct reader *d, const char *field, uint64_t max, uint64_t *out)
{
	return expect(d, JSON_NUM, field, "is not a number") &&
	    (span_u64(d->r.text, max, out) == OK || refuse(d, field, "is not a whole number in its range"));
}

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
	if (!expect(d, JSON_STR, "results[].metrics[].state", "is not a string"))
		return false;
	m->ok = JSON_IS(&d->r, "ok");
	return m->ok || JSON_IS(&d->r, "no-data") || JSON_IS(&d->r, "not-applicable") ||
	    refuse(d, "results[].metrics[].state", "is none of ok, no-data, not-applicable");
}

/* A metric that this program does not know is one of a later version: nothing is asked of it. */
static bool
id_read(struct reader *d, struct draft *m)
{
	if (!expect(d, JSON_STR, "results[].metrics[].id", "is not a string"))
		return false;
	m->id = metric_find(d->r.text);
	m->has_id = true;
	return true;
}

static bool
metric_member(struct reader *d, struct draft *m)
{
	uint64_t v = 0;
	bool good;

	if (JSON_IS(&d->r, "id"))
		return id_read(d, m);
	if (JSON_IS(&d->r, "state"))
		return state_read(d, m);
	if (JSON_IS(&d->r, "num"))
		return number(d, "results[].metrics[].num", INT64_MAX, &m->n.num);
	if (JSON_IS(&d->r, "den"))
		return number(d, "results[].metrics[].den", INT64_MAX, &m->n.den);
	if (JSON_IS(&d->r, "value")) {
		good = number(d, "results[].metrics[].value", INT64_MAX, &v);
		m->n.value_ppm = (int64_t)v;
		m->value = true;
		return good;
	}
	if (JSON_IS(&d->r, "lo_ppm") || JSON_IS(&d->r, "hi_ppm")) {
		uint32_t *to = JSON_IS(&d->r, "lo_ppm") ? &m->n.lo_ppm : &m->n.hi_ppm;

		good = number(d, "results[].metrics[].lo_ppm, hi_ppm", 1000000, &v);
		*to = (uint32_t)v;
		m->interval++;
		return good;
	}
	return skip(d, "results[].metrics[]");
}

/* What is drawn has millionths up to one, and counts that a picture can hold. */
static bool
metric_fits(struct reader *d, const struct draft *m)
{
	enum metric_unit unit = metric_unit(m->id);

	if (!m->ok)
		return true;
	if (!m->value)
		return refuse(d, "results[].metrics[].value", "is missing, and the state is ok");
	if (unit != UNIT_COUNT && m->n.value_ppm > 1000000)
		return refuse(d, "results[].metrics[].value", "is over 1000000");
	if (unit == UNIT_COUNT && (m->n.value_ppm > UINT32_MAX || m->n.num > UINT32_MAX))
		return refuse(d, "results[].metrics[].value", "is over 4294967295");
	return unit != UNIT_SHARE || m->interval == 2 ||
	    refuse(d, "results[].metrics[].lo_ppm, hi_ppm", "are missing, and the unit is share");
}

static bool
metric_read(struct reader *d, struct past_as *as)
{
	struct draft m = {.id = METRIC_N};

	while (member(d, "results[].metrics[]"))
		if (!metric_member(d, &m))
			return false;
	if (d->why != NULL)
		return false;
	if (!m.has_id)
		return refuse(d, "results[].metrics[].id", "is missing");
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
	if (!expect(d, JSON_ARR, "results[].metrics", "is not an array"))
		return false;
	while (element(d, "results[].metrics"))
		if (!metric_read(d, as))
			return false;
	return d->why == NULL;
}

static bool
result_read(struct reader *d)
{
	struct past_report *r = d->out;
	struct past_as as = {0};
	bool has_asn = false;
	uint64_t v;

	while (member(d, "results[]")) {
		if (JSON_IS(&d->r, "asn")) {
			if (!number(d, "results[].asn", UINT32_MAX, &v))
				return false;
			as.asn = (uint32_t)v;
			has_asn = true;
		} else if (JSON_IS(&d->r, "metrics") && (!has_asn || wants(d, as.asn))) {
			if (!metrics_read(d, &as))
				return false;
		} else if (!skip(d, "results[]")) {
			return false;
		}
	}
	if (d->why != NULL)
		return false;
	if (!has_asn)
		return refuse(d, "results[].asn", "is missing");
	if (r->n > 0 && r->ases[r->n - 1].asn >= as.asn && wants(d, as.asn))
		return refuse(d, "results[].asn", "does not ascend");
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
	if (!expect(d, JSON_ARR, "results", "is not an array"))
		return false;
	while (element(d, "results"))
		if (!result_read(d))
			return false;
	return d->why == NULL;
}

/* --- the head --- */

/* Numbers, true and false, as they were written: to be compared, not read. */
static bool
parameters_read(struct reader *d)
{
	struct str s = {0};
	enum json_tok t;

	if (!expect(d, JSON_OBJ, "parameters", "is not an object"))
		return false;
	str_addc(&s, '{');
	while (member(d, "parameters")) {
		if (JSON_IS(&d->r, "records_max") || JSON_IS(&d->r, "window")) {	/* change no number, are another each month */
			if (!skip(d, "parameters"))
				break;
			continue;
		}
		if (s.len > 1)
			str_addc(&s, ',');
		str_addc(&s, '"');
		str_add(&s, d->r.text);
		str_adds(&s, "\":");
		t = json_next(&d->r);
		if (t == JSON_NUM)
			str_add(&s, d->r.text);
		else if (t == JSON_LIT_TRUE || t == JSON_LIT_FALSE)
			str_adds(&s, t == JSON_LIT_TRUE ? "true" : "false");
		else if (t == JSON_ERROR)
			broken(d, "parameters");
		else
			refuse(d, "parameters", "holds something that is no number, true or false");
		if (d->why != NULL)
			break;
	}
	str_addc(&s, '}');
	d->out->parameters = arena_strdup(d->past->arena, str_span(&s));
	str_release(&s);
	return d->why == NULL;
}

static bool
head_member(struct reader *d)
{
	if (JSON_IS(&d->r, "at"))
		return expect(d, JSON_STR, "at", "is not known: an undated report is no month") &&
		    (utc_parse(d->r.text, &d->out->at) == OK || refuse(d, "at", "is not a time"));
	if (JSON_IS(&d->r, "format")) {
		d->has_format = true;
		return expect(d, JSON_STR, "format", "is not a string") &&
		    (span_is(d->r.text, REPORT_FORMAT) || refuse(d, "format", "is not " REPORT_FORMAT));
	}
	if (JSON_IS(&d->r, "parameters"))
		return parameters_read(d);
	if (JSON_IS(&d->r, "results"))
		return !d->has_results ? results_read(d) : refuse(d, "results", "is there twice");
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
	if (d->out->parameters == NULL)
		return refuse(d, "parameters", "is missing");
	return d->has_results || refuse(d, "results", "is missing: a summary, or an answer of explain");
}

enum err
past_read(struct past *p, struct feed *f, const uint32_t *wanted, size_t n, const char **why)
{
	struct past_report report = {.at = UTC_NONE};
	struct reader d = {.past = p, .wanted = wanted, .n_wanted = n, .out = &report};
	bool good;

	json_open(&d.r, f);
	good = report_read(&d);
	json_close(&d.r);
	if (!good) {
		free(report.ases);
		*why = d.why;
		return ERR_SYNTAX;
	}
	past_add(p, &report);
	return OK;
}
