/* import_result: one network at a time, and whether what is said of it fits together. */
#include "archive/import_int.h"

#include <string.h>

/* --- verdicts --- */

static bool
verdict_member(struct importer *im, struct archive_verdict *v, const char **id, unsigned *has)
{
	static const char *const words[VERDICT_N] = {"PASS", "WARN", "FAIL", "NO_DATA", "NOT_APPLICABLE"};
	unsigned word = 0;
	bool good;

	if (JSON_IS(&im->doc.r, "id"))
		return im_once(im, has, 1, "results[].packs[].controls[].id") &&
		    im_text(im, "results[].packs[].controls[].id", im->row, id);
	if (JSON_IS(&im->doc.r, "decides"))
		return im_once(im, has, 2, "results[].packs[].controls[].decides") &&
		    im_text_or_null(im, "results[].packs[].controls[].decides", im->row, &v->decides);
	if (JSON_IS(&im->doc.r, "reason"))
		return im_once(im, has, 4, "results[].packs[].controls[].reason") &&
		    im_text(im, "results[].packs[].controls[].reason", im->row, &v->reason);
	if (JSON_IS(&im->doc.r, "verdict")) {
		good = im_once(im, has, 8, "results[].packs[].controls[].verdict") &&
		    im_word(im, "results[].packs[].controls[].verdict", words, VERDICT_N, &word);
		v->verdict = (enum verdict)word;
		return good;
	}
	return doc_skip(&im->doc, "results[].packs[].controls[]");
}

/* No data is never a pass. */
static bool
verdict_fits(struct importer *im, const struct import_draft *d, struct archive_verdict *v)
{
	const struct archive_number *n = v->decides != NULL ? row_number(&d->r, v->decides) : NULL;

	if (v->decides != NULL && n == NULL)
		return doc_refuse(&im->doc, "results[].packs[].controls[].decides", "is no metric of this network");
	if (n != NULL && n->state != METRIC_OK && v->verdict <= VERDICT_FAIL)
		return doc_refuse(&im->doc, "results[].packs[].controls[].verdict",
		    "is PASS, WARN or FAIL, and the metric that decides has no number");
	if (!row_reason_needed(v->verdict, n))
		v->reason = NULL;
	return true;
}

static bool
controls_read(struct importer *im, struct import_draft *d, const struct archive_pack *p)
{
	bool good = doc_expect(&im->doc, JSON_ARR, "results[].packs[].controls", "is not an array");
	struct archive_verdict v;
	const char *id;
	unsigned has;
	size_t n = 0;

	while (good && doc_element(&im->doc, "results[].packs[].controls")) {
		v = (struct archive_verdict){.verdict = VERDICT_NO_DATA};
		id = NULL;
		has = 0;
		while (good && doc_member(&im->doc, "results[].packs[].controls[]"))
			good = verdict_member(im, &v, &id, &has);
		good = good && im_whole(im, "results[].packs[].controls[]", has, "id decides reason verdict") && verdict_fits(im, d, &v);
		if (good && (n == p->n || strcmp(p->controls[n].id, id) != 0))
			good = doc_refuse(&im->doc, "results[].packs[].controls[].id", "is not the pack's next control");
		if (good) {
			im->counted[d->r.n_verdicts].n[v.verdict]++;
			d->verdicts[d->r.n_verdicts++] = v;
			n++;
		}
	}
	return good && im->doc.why == NULL && (n == p->n || doc_refuse(&im->doc, "results[].packs[].controls", "lacks a control"));
}

/* Keys ascend: the controls come before the id, which must then be that of the head's next pack. */
static bool
packs_read(struct importer *im, struct import_draft *d)
{
	const struct archive_head *h = &im->out->head;
	bool good = doc_expect(&im->doc, JSON_ARR, "results[].packs", "is not an array");
	unsigned has;
	size_t n = 0;

	d->verdicts = arena_raw(im->row, im->n_controls + 1, sizeof(*d->verdicts));
	while (good && doc_element(&im->doc, "results[].packs")) {
		if (n == h->n_packs)
			return doc_refuse(&im->doc, "results[].packs", "holds more packs than the head");
		has = 0;
		while (good && doc_member(&im->doc, "results[].packs[]")) {
			if (JSON_IS(&im->doc.r, "controls"))
				good = im_once(im, &has, 1, "results[].packs[].controls") && controls_read(im, d, &h->packs[n]);
			else if (JSON_IS(&im->doc.r, "id"))
				good = im_once(im, &has, 2, "results[].packs[].id") &&
				    doc_expect(&im->doc, JSON_STR, "results[].packs[].id", "is not a string") &&
				    (span_is(im->doc.r.text, h->packs[n].id) ||
				    doc_refuse(&im->doc, "results[].packs[].id", "is not the head's next pack"));
			else
				good = doc_skip(&im->doc, "results[].packs[]");
		}
		good = good && im_whole(im, "results[].packs[]", has, "controls id");
		n++;
	}
	d->r.verdicts = d->verdicts;
	return good && im->doc.why == NULL && (n == h->n_packs || doc_refuse(&im->doc, "results[].packs", "lacks a pack of the head"));
}

/* --- a network --- */

/* In the order of the words in result_read. */
enum { R_ASN = 1, R_CDN = 2, R_METRICS = 4, R_NAME = 8, R_ORG = 16, R_PACKS = 32, R_SEEN = 64,
	R_REGISTRATION = 128 /* may be absent */ };

static bool
asn_read(struct importer *im, struct import_draft *d)
{
	uint64_t v = 0;

	if (!im_once(im, &d->has, R_ASN, "results[].asn") || !doc_number(&im->doc, "results[].asn", UINT32_MAX, &v))
		return false;
	d->r.asn = (uint32_t)v;
	if (im->n_asns > 0 && im->asns[im->n_asns - 1] >= d->r.asn)
		return doc_refuse(&im->doc, "results[].asn", "does not ascend");
	im->asns = grow(im->asns, &im->cap_asns, im->n_asns + 1, sizeof(*im->asns));
	im->asns[im->n_asns++] = d->r.asn;
	return true;
}

/* Reports of before it was kept have none. */
static bool
registration_read(struct importer *im, struct place *out)
{
	bool good = doc_expect(&im->doc, JSON_OBJ, "results[].registration", "is not an object");
	const char *registry = "", *country = NULL;
	enum service_region s = SERVICE_NONE;
	unsigned has = 0, which;

	while (good && im_pick(im, "results[].registration", "country registry", &has, &which))
		good = which == 0 ? im_text_or_null(im, "results[].registration.country", im->row, &country) :
		    im_text(im, "results[].registration.registry", im->row, &registry);
	if (!good || im->doc.why != NULL || !im_whole(im, "results[].registration", has, "country registry"))
		return false;
	if (!service_read(span_of(registry), &s) || strcmp(registry, service_word(s)) != 0)
		return doc_refuse(&im->doc, "results[].registration.registry", "is none of afrinic, apnic, arin, lacnic, ripencc");
	if (country != NULL && (!country_read(span_of(country), out->country) || strcmp(country, out->country) != 0))
		return doc_refuse(&im->doc, "results[].registration.country", "is neither null nor two capital letters");
	out->service = (uint8_t)s;
	return true;
}

static bool
result_member(struct importer *im, struct import_draft *d)
{
	if (JSON_IS(&im->doc.r, "asn"))
		return asn_read(im, d);
	if (JSON_IS(&im->doc.r, "cdn"))
		return im_once(im, &d->has, R_CDN, "results[].cdn") && doc_bool(&im->doc, "results[].cdn", &d->r.cdn);
	if (JSON_IS(&im->doc.r, "metrics"))
		return im_once(im, &d->has, R_METRICS, "results[].metrics") && im_metrics(im, d);
	if (JSON_IS(&im->doc.r, "name"))
		return im_once(im, &d->has, R_NAME, "results[].name") && im_text(im, "results[].name", im->row, &d->r.name);
	if (JSON_IS(&im->doc.r, "organisation"))
		return im_once(im, &d->has, R_ORG, "results[].organisation") &&
		    im_text(im, "results[].organisation", im->row, &d->r.org);
	if (JSON_IS(&im->doc.r, "packs"))
		return im_once(im, &d->has, R_PACKS, "results[].packs") &&
		    ((d->has & R_METRICS) != 0 || doc_refuse(&im->doc, "results[].packs", "comes before the metrics: keys ascend")) &&
		    packs_read(im, d);
	if (JSON_IS(&im->doc.r, "registration"))
		return im_once(im, &d->has, R_REGISTRATION, "results[].registration") && registration_read(im, &d->r.place);
	if (JSON_IS(&im->doc.r, "seen"))
		return im_once(im, &d->has, R_SEEN, "results[].seen") && doc_bool(&im->doc, "results[].seen", &d->r.seen);
	return doc_skip(&im->doc, "results[]");
}

static bool
result_read(struct importer *im)
{
	struct import_draft *d;

	arena_reset(im->row);
	d = arena_array(im->row, 1, sizeof(*d));
	while (doc_member(&im->doc, "results[]"))
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
	if (!im_whole(im, "report", im->seen, "at evidence format inputs packs parameters") || !doc_expect(&im->doc, JSON_ARR, "results", "is not an array"))
		return false;
	while (doc_element(&im->doc, "results"))
		if (!result_read(im))
			return false;
	return im->doc.why == NULL;
}
