/* import_metric: the numbers of a network, which must be those of what was counted. */
#include "archive/import_int.h"

#include <stdlib.h>
#include <string.h>

/* In the order of the words in metric_fits. */
enum { M_ID = 1, M_STATE = 2, M_UNIT = 4, M_EVIDENCE = 8, M_OLDEST = 16, M_NUM = 32, M_DEN = 64, M_VALUE = 128, M_LO = 256,
	M_HI = 512, M_WHY = 1024 };

struct metric_draft {
	struct archive_number n;
	uint64_t lo, hi;
	unsigned has;
};

static bool
evidence_read(struct importer *im, const char **out)
{
	struct str s = {0};
	enum json_tok t = JSON_STR;
	bool good = doc_expect(&im->doc, JSON_ARR, "results[].metrics[].evidence", "is not an array");

	while (good && (t = json_next(&im->doc.r)) == JSON_STR) {
		if (memchr(im->doc.r.text.p, ' ', im->doc.r.text.len) != NULL || memchr(im->doc.r.text.p, '\0', im->doc.r.text.len) != NULL)
			good = doc_refuse(&im->doc, "results[].metrics[].evidence", "holds something that is no word");
		if (s.len > 0)
			str_addc(&s, ' ');
		str_add(&s, im->doc.r.text);
	}
	if (good && t == JSON_ERROR)
		good = doc_broken(&im->doc, "results[].metrics[].evidence");
	else if (good && t != JSON_ARR_END)
		good = doc_refuse(&im->doc, "results[].metrics[].evidence", "holds something that is not a string");
	*out = s.len > 0 ? arena_strdup(im->row, str_span(&s)) : "";
	str_release(&s);
	return good;
}

static bool
metric_word_member(struct importer *im, struct metric_draft *m)
{
	static const char *const states[] = {"ok", "no-data", "not-applicable"};
	static const char *const units[] = {"share", "count", "score", "bool"};
	unsigned word = 0;
	bool good;

	if (JSON_IS(&im->doc.r, "id"))
		return im_once(im, &m->has, M_ID, "results[].metrics[].id") &&
		    im_text(im, "results[].metrics[].id", im->row, &m->n.metric);
	if (JSON_IS(&im->doc.r, "why"))
		return im_once(im, &m->has, M_WHY, "results[].metrics[].why") &&
		    im_text(im, "results[].metrics[].why", im->row, &m->n.why);
	if (JSON_IS(&im->doc.r, "oldest"))
		return im_once(im, &m->has, M_OLDEST, "results[].metrics[].oldest") &&
		    im_time(im, "results[].metrics[].oldest", &m->n.oldest);
	if (JSON_IS(&im->doc.r, "evidence"))
		return im_once(im, &m->has, M_EVIDENCE, "results[].metrics[].evidence") && evidence_read(im, &m->n.evidence);
	if (JSON_IS(&im->doc.r, "state")) {
		good = im_once(im, &m->has, M_STATE, "results[].metrics[].state") &&
		    im_word(im, "results[].metrics[].state", states, 3, &word);
		m->n.state = (enum metric_state)word;
		return good;
	}
	if (JSON_IS(&im->doc.r, "unit")) {
		good = im_once(im, &m->has, M_UNIT, "results[].metrics[].unit") &&
		    im_word(im, "results[].metrics[].unit", units, 4, &word);
		m->n.unit = (enum metric_unit)word;
		return good;
	}
	return doc_skip(&im->doc, "results[].metrics[]");
}

static bool
metric_member(struct importer *im, struct metric_draft *m)
{
	uint64_t value = 0;
	const struct { const char *key; unsigned bit; uint64_t *to, max; } numbers[] = {
	    {"num", M_NUM, &m->n.num, INT64_MAX}, {"den", M_DEN, &m->n.den, INT64_MAX},
	    {"value", M_VALUE, &value, INT64_MAX}, {"lo_ppm", M_LO, &m->lo, 1000000}, {"hi_ppm", M_HI, &m->hi, 1000000}};
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		if (!span_is(im->doc.r.text, numbers[i].key))
			continue;
		if (!im_once(im, &m->has, numbers[i].bit, "results[].metrics[].num, den, value, lo_ppm, hi_ppm") ||
		    !doc_number(&im->doc, "results[].metrics[].num, den, value, lo_ppm, hi_ppm", numbers[i].max, numbers[i].to))
			return false;
		if (numbers[i].bit == M_VALUE)
			m->n.value = (int64_t)value;
		return true;
	}
	return metric_word_member(im, m);
}

/* A share's value and interval are those of its numbers. */
static bool
share_fits(struct importer *im, const struct metric_draft *m)
{
	int64_t down = row_value(UNIT_SHARE, m->n.num, m->n.den);
	uint32_t lo, hi;

	if (m->n.den == 0 || m->n.num > m->n.den)
		return doc_refuse(&im->doc, "results[].metrics[].num, den", "are not those of a share");
	if ((m->n.value != down && m->n.value != down + 1) || m->n.value > 1000000)	/* rounded up, but not over all */
		return doc_refuse(&im->doc, "results[].metrics[].value", "is not that of num and den");
	wilson_ppm(m->n.num, m->n.den, &lo, &hi);
	return (m->lo == lo && m->hi == hi) ||
	    doc_refuse(&im->doc, "results[].metrics[].lo_ppm, hi_ppm", "are not the interval of num and den");
}

static bool
metric_fits(struct importer *im, const struct metric_draft *m)
{
	const unsigned ok = M_NUM | M_DEN | M_VALUE, any = ok | M_LO | M_HI;

	if (!im_whole(im, "results[].metrics[]", m->has, "id state unit evidence oldest"))
		return false;
	if (m->n.state != METRIC_OK)
		return (m->has & any) == 0 && (m->has & M_WHY) != 0 ? true
		    : doc_refuse(&im->doc, "results[].metrics[].state", "is not ok, and there is a number or no reason");
	if ((m->has & ok) != ok || (m->has & M_WHY) != 0)
		return doc_refuse(&im->doc, "results[].metrics[].state", "is ok, and there is no number, or a reason why not");
	switch (m->n.unit) {
	case UNIT_SHARE:
		return ((m->has & any) == any || doc_refuse(&im->doc, "results[].metrics[].lo_ppm, hi_ppm", "are missing")) &&
		    share_fits(im, m);
	case UNIT_SCORE:
		return m->n.value <= 1000000 || doc_refuse(&im->doc, "results[].metrics[].value", "is over 1000000");
	case UNIT_COUNT:
	case UNIT_BOOL:
		return m->n.value == row_value(m->n.unit, m->n.num, m->n.den) ||
		    doc_refuse(&im->doc, "results[].metrics[].value", "is not that of num");
	}
	return false;
}

static int
by_metric(const void *a, const void *b)
{
	return strcmp(((const struct archive_number *)a)->metric, ((const struct archive_number *)b)->metric);
}

bool
im_metrics(struct importer *im, struct import_draft *d)
{
	bool good = doc_expect(&im->doc, JSON_ARR, "results[].metrics", "is not an array");
	struct metric_draft m;
	size_t i, n = 0;

	while (good && doc_element(&im->doc, "results[].metrics")) {
		m = (struct metric_draft){.n = {.oldest = UTC_NONE}};
		while (good && doc_member(&im->doc, "results[].metrics[]"))
			good = metric_member(im, &m);
		good = good && im->doc.why == NULL && metric_fits(im, &m);
		if (good && n == ARCHIVE_METRICS_MAX)
			good = doc_refuse(&im->doc, "results[].metrics", "holds more than ARCHIVE_METRICS_MAX (256)");
		if (good)
			d->numbers[n++] = m.n;
	}
	if (!good || im->doc.why != NULL)
		return false;
	qsort(d->numbers, n, sizeof(*d->numbers), by_metric);
	for (i = 1; i < n; i++)
		if (strcmp(d->numbers[i - 1].metric, d->numbers[i].metric) == 0)
			return doc_refuse(&im->doc, "results[].metrics[].id", "is there twice");
	d->r.numbers = d->numbers;
	d->r.n_numbers = n;
	return true;
}
