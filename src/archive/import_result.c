/* import_result: one network at a time, and whether what is said of it fits together. */
#include "archive/import_int.h"

#include <stdlib.h>
#include <string.h>

#define METRICS_MAX 256u	/* of one network: we have some 30 */

struct draft {			/* of one network; everything from im->row */
	struct archive_row r;
	struct archive_number numbers[METRICS_MAX];
	struct archive_verdict *verdicts;
	unsigned has;
};

static bool
once(struct importer *im, unsigned *has, unsigned bit, const char *field)
{
	bool again = (*has & bit) != 0;

	*has |= bit;
	return !again || im_refuse(im, field, "is there twice");
}

/* --- a metric --- */

/* In the order of the words in metric_fits. */
enum { M_ID = 1, M_STATE = 2, M_UNIT = 4, M_EVIDENCE = 8, M_OLDEST = 16, M_NUM = 32, M_DEN = 64, M_VALUE = 128, M_LO = 256,
	M_HI = 512, M_WHY = 1024 };

struct metric_draft {
	struct archive_number n;
	uint64_t lo, hi;
	unsigned has;
};

static bool
word_of(struct importer *im, const char *field, const char *const *words, unsigned n, unsigned *out)
{
	if (!im_expect(im, JSON_STR, field, "is not a string"))
		return false;
	for (*out = 0; *out < n; (*out)++)
		if (span_is(im->r.text, words[*out]))
			return true;
	return im_refuse(im, field, "is not one of the words it may be");
}

static bool
evidence_read(struct importer *im, const char **out)
{
	struct str s = {0};
	enum json_tok t = JSON_STR;
	bool good = im_expect(im, JSON_ARR, "results[].metrics[].evidence", "is not an array");

	while (good && (t = json_next(&im->r)) == JSON_STR) {
		if (memchr(im->r.text.p, ' ', im->r.text.len) != NULL || memchr(im->r.text.p, '\0', im->r.text.len) != NULL)
			good = im_refuse(im, "results[].metrics[].evidence", "holds something that is no word");
		if (s.len > 0)
			str_addc(&s, ' ');
		str_add(&s, im->r.text);
	}
	if (good && t != JSON_ARR_END)
		good = im_refuse(im, "results[].metrics[].evidence", "holds something that is not a string");
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

	if (JSON_IS(&im->r, "id"))
		return once(im, &m->has, M_ID, "results[].metrics[].id") &&
		    im_text(im, "results[].metrics[].id", im->row, &m->n.metric);
	if (JSON_IS(&im->r, "why"))
		return once(im, &m->has, M_WHY, "results[].metrics[].why") &&
		    im_text(im, "results[].metrics[].why", im->row, &m->n.why);
	if (JSON_IS(&im->r, "oldest"))
		return once(im, &m->has, M_OLDEST, "results[].metrics[].oldest") &&
		    im_time(im, "results[].metrics[].oldest", &m->n.oldest);
	if (JSON_IS(&im->r, "evidence"))
		return once(im, &m->has, M_EVIDENCE, "results[].metrics[].evidence") && evidence_read(im, &m->n.evidence);
	if (JSON_IS(&im->r, "state")) {
		good = once(im, &m->has, M_STATE, "results[].metrics[].state") &&
		    word_of(im, "results[].metrics[].state", states, 3, &word);
		m->n.state = (enum metric_state)word;
		return good;
	}
	if (JSON_IS(&im->r, "unit")) {
		good = once(im, &m->has, M_UNIT, "results[].metrics[].unit") &&
		    word_of(im, "results[].metrics[].unit", units, 4, &word);
		m->n.unit = (enum metric_unit)word;
		return good;
	}
	return im_skip(im, "results[].metrics[]");
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
		if (!span_is(im->r.text, numbers[i].key))
			continue;
		if (!once(im, &m->has, numbers[i].bit, "results[].metrics[].num, den, value, lo_ppm, hi_ppm") ||
		    !im_number(im, "results[].metrics[].num, den, value, lo_ppm, hi_ppm", numbers[i].max, numbers[i].to))
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
		return im_refuse(im, "results[].metrics[].num, den", "are not those of a share");
	if (m->n.value != down && m->n.value != down + 1)
		return im_refuse(im, "results[].metrics[].value", "is not that of num and den");
	wilson_ppm(m->n.num, m->n.den, &lo, &hi);
	return (m->lo == lo && m->hi == hi) ||
	    im_refuse(im, "results[].metrics[].lo_ppm, hi_ppm", "are not the interval of num and den");
}

static bool
metric_fits(struct importer *im, const struct metric_draft *m)
{
	const unsigned ok = M_NUM | M_DEN | M_VALUE, any = ok | M_LO | M_HI;

	if (!im_whole(im, "results[].metrics[]", m->has, "id state unit evidence oldest"))
		return false;
	if (m->n.state != METRIC_OK)
		return (m->has & any) == 0 && (m->has & M_WHY) != 0 ? true
		    : im_refuse(im, "results[].metrics[].state", "is not ok, and there is a number or no reason");
	if ((m->has & ok) != ok || (m->has & M_WHY) != 0)
		return im_refuse(im, "results[].metrics[].state", "is ok, and there is no number, or a reason why not");
	switch (m->n.unit) {
	case UNIT_SHARE:
		return ((m->has & any) == any || im_refuse(im, "results[].metrics[].lo_ppm, hi_ppm", "are missing")) &&
		    share_fits(im, m);
	case UNIT_SCORE:
		return m->n.value <= 1000000 || im_refuse(im, "results[].metrics[].value", "is over 1000000");
	case UNIT_COUNT:
	case UNIT_BOOL:
		return m->n.value == row_value(m->n.unit, m->n.num, m->n.den) ||
		    im_refuse(im, "results[].metrics[].value", "is not that of num");
	}
	return false;
}

static int
by_metric(const void *a, const void *b)
{
	return strcmp(((const struct archive_number *)a)->metric, ((const struct archive_number *)b)->metric);
}

static bool
metrics_read(struct importer *im, struct draft *d)
{
	bool good = im_expect(im, JSON_ARR, "results[].metrics", "is not an array");
	struct metric_draft m;
	size_t i, n = 0;

	while (good && im_element(im, "results[].metrics")) {
		m = (struct metric_draft){.n = {.oldest = UTC_NONE}};
		while (good && im_member(im, "results[].metrics[]"))
			good = metric_member(im, &m);
		good = good && im->why == NULL && metric_fits(im, &m);
		if (good && n == METRICS_MAX)
			good = im_refuse(im, "results[].metrics", "holds more than METRICS_MAX (256)");
		if (good)
			d->numbers[n++] = m.n;
	}
	if (!good || im->why != NULL)
		return false;
	qsort(d->numbers, n, sizeof(*d->numbers), by_metric);
	for (i = 1; i < n; i++)
		if (strcmp(d->numbers[i - 1].metric, d->numbers[i].metric) == 0)
			return im_refuse(im, "results[].metrics[].id", "is there twice");
	d->r.numbers = d->numbers;
	d->r.n_numbers = n;
	return true;
}

/* --- verdicts --- */

static bool
verdict_member(struct importer *im, struct archive_verdict *v, const char **id, unsigned *has)
{
	static const char *const words[VERDICT_N] = {"PASS", "WARN", "FAIL", "NO_DATA", "NOT_APPLICABLE"};
	unsigned word = 0;
	bool good;

	if (JSON_IS(&im->r, "id"))
		return once(im, has, 1, "results[].packs[].controls[].id") &&
		    im_text(im, "results[].packs[].controls[].id", im->row, id);
	if (JSON_IS(&im->r, "decides"))
		return once(im, has, 2, "results[].packs[].controls[].decides") &&
		    im_text_or_null(im, "results[].packs[].controls[].decides", im->row, &v->decides);
	if (JSON_IS(&im->r, "reason"))
		return once(im, has, 4, "results[].packs[].controls[].reason") &&
		    im_text(im, "results[].packs[].controls[].reason", im->row, &v->reason);
	if (JSON_IS(&im->r, "verdict")) {
		good = once(im, has, 8, "results[].packs[].controls[].verdict") &&
		    word_of(im, "results[].packs[].controls[].verdict", words, VERDICT_N, &word);
		v->verdict = (enum verdict)word;
		return good;
	}
	return im_skip(im, "results[].packs[].controls[]");
}

/* No data is never a pass. */
static bool
verdict_fits(struct importer *im, const struct draft *d, struct archive_verdict *v)
{
	const struct archive_number *n = v->decides != NULL ? row_number(&d->r, v->decides) : NULL;

	if (v->decides != NULL && n == NULL)
		return im_refuse(im, "results[].packs[].controls[].decides", "is no metric of this network");
	if (n != NULL && n->state != METRIC_OK && v->verdict <= VERDICT_FAIL)
		return im_refuse(im, "results[].packs[].controls[].verdict",
		    "is PASS, WARN or FAIL, and the metric that decides has no number");
	if (!row_reason_needed(v->verdict, n))
		v->reason = NULL;
	return true;
}

static bool
controls_read(struct importer *im, struct draft *d, const struct archive_pack *p)
{
	bool good = im_expect(im, JSON_ARR, "results[].packs[].controls", "is not an array");
	struct archive_verdict v;
	const char *id;
	unsigned has;
	size_t n = 0;

	while (good && im_element(im, "results[].packs[].controls")) {
		v = (struct archive_verdict){.verdict = VERDICT_NO_DATA};
		id = NULL;
		has = 0;
		while (good && im_member(im, "results[].packs[].controls[]"))
			good = verdict_member(im, &v, &id, &has);
		good = good && im_whole(im, "results[].packs[].controls[]", has, "id decides reason verdict") && verdict_fits(im, d, &v);
		if (good && (n == p->n || strcmp(p->controls[n].id, id) != 0))
			good = im_refuse(im, "results[].packs[].controls[].id", "is not the pack's next control");
		if (good) {
			im->counted[d->r.n_verdicts].n[v.verdict]++;
			d->verdicts[d->r.n_verdicts++] = v;
			n++;
		}
	}
	return good && im->why == NULL && (n == p->n || im_refuse(im, "results[].packs[].controls", "lacks a control"));
}

/* Keys ascend: the controls come before the id, which must then be that of the head's next pack. */
static bool
packs_read(struct importer *im, struct draft *d)
{
	const struct archive_head *h = &im->out->head;
	bool good = im_expect(im, JSON_ARR, "results[].packs", "is not an array");
	unsigned has;
	size_t n = 0;

	d->verdicts = arena_raw(im->row, im->n_controls + 1, sizeof(*d->verdicts));
	while (good && im_element(im, "results[].packs")) {
		if (n == h->n_packs)
			return im_refuse(im, "results[].packs", "holds more packs than the head");
		has = 0;
		while (good && im_member(im, "results[].packs[]")) {
			if (JSON_IS(&im->r, "controls"))
				good = once(im, &has, 1, "results[].packs[].controls") && controls_read(im, d, &h->packs[n]);
			else if (JSON_IS(&im->r, "id"))
				good = once(im, &has, 2, "results[].packs[].id") &&
				    im_expect(im, JSON_STR, "results[].packs[].id", "is not a string") &&
				    (span_is(im->r.text, h->packs[n].id) ||
				    im_refuse(im, "results[].packs[].id", "is not the head's next pack"));
			else
				good = im_skip(im, "results[].packs[]");
		}
		good = good && im_whole(im, "results[].packs[]", has, "controls id");
		n++;
	}
	d->r.verdicts = d->verdicts;
	return good && im->why == NULL && (n == h->n_packs || im_refuse(im, "results[].packs", "lacks a pack of the head"));
}

/* --- a network --- */

/* In the order of the words in result_read. */
enum { R_ASN = 1, R_CDN = 2, R_METRICS = 4, R_NAME = 8, R_ORG = 16, R_PACKS = 32, R_SEEN = 64 };

static bool
asn_read(struct importer *im, struct draft *d)
{
	uint64_t v = 0;

	if (!once(im, &d->has, R_ASN, "results[].asn") || !im_number(im, "results[].asn", UINT32_MAX, &v))
		return false;
	d->r.asn = (uint32_t)v;
	if (im->n_asns > 0 && im->asns[im->n_asns - 1] >= d->r.asn)
		return im_refuse(im, "results[].asn", "does not ascend");
	im->asns = grow(im->asns, &im->cap_asns, im->n_asns + 1, sizeof(*im->asns));
	im->asns[im->n_asns++] = d->r.asn;
	return true;
}

static bool
result_member(struct importer *im, struct draft *d)
{
	if (JSON_IS(&im->r, "asn"))
		return asn_read(im, d);
	if (JSON_IS(&im->r, "cdn"))
		return once(im, &d->has, R_CDN, "results[].cdn") && im_bool(im, "results[].cdn", &d->r.cdn);
	if (JSON_IS(&im->r, "metrics"))
		return once(im, &d->has, R_METRICS, "results[].metrics") && metrics_read(im, d);
	if (JSON_IS(&im->r, "name"))
		return once(im, &d->has, R_NAME, "results[].name") && im_text(im, "results[].name", im->row, &d->r.name);
	if (JSON_IS(&im->r, "organisation"))
		return once(im, &d->has, R_ORG, "results[].organisation") &&
		    im_text(im, "results[].organisation", im->row, &d->r.org);
	if (JSON_IS(&im->r, "packs"))
		return once(im, &d->has, R_PACKS, "results[].packs") &&
		    ((d->has & R_METRICS) != 0 || im_refuse(im, "results[].packs", "comes before the metrics: keys ascend")) &&
		    packs_read(im, d);
	if (JSON_IS(&im->r, "seen"))
		return once(im, &d->has, R_SEEN, "results[].seen") && im_bool(im, "results[].seen", &d->r.seen);
	return im_skip(im, "results[]");
}

static bool
result_read(struct importer *im)
{
	struct draft *d;

	arena_reset(im->row);
	d = arena_array(im->row, 1, sizeof(*d));
	while (im_member(im, "results[]"))
		if (!result_member(im, d))
			return false;
	if (!im_whole(im, "results[]", d->has, "asn cdn metrics name organisation packs seen"))
		return false;
	str_clear(&im->bytes);
	row_write(&im->bytes, &d->r);
	sha256_add(&im->content, im->bytes.p, im->bytes.len);
	im->out->networks++;
	if (im->each != NULL)
		im->err = im->each(im->arg, str_span(&im->bytes));
	return im->err == OK;
}

bool
im_results(struct importer *im)
{
	if (!im_whole(im, "report", im->seen, "at evidence format inputs packs parameters") || !im_expect(im, JSON_ARR, "results", "is not an array"))
		return false;
	while (im_element(im, "results"))
		if (!result_read(im))
			return false;
	return im->why == NULL;
}
