/* import_summary: what stands behind the results, which must count what they say. */
#include "archive/import_int.h"

static bool
control_read(struct importer *im, const struct archive_control *c, const struct tally *want)
{
	static const char *const keys[VERDICT_N] = {"pass", "warn", "fail", "no_data", "not_applicable"};
	unsigned has = 0, v;
	uint64_t n = 0;

	while (doc_member(&im->doc, "summary.packs[].controls[]")) {
		for (v = 0; v < VERDICT_N && !span_is(im->doc.r.text, keys[v]); v++)
			;
		if (v < VERDICT_N) {
			has |= 1u << v;
			if (!doc_number(&im->doc, "summary.packs[].controls[]", INT64_MAX, &n) ||
			    (n != want->n[v] && !doc_refuse(&im->doc, "summary.packs[].controls[]", "does not count what the results say")))
				return false;
		} else if (JSON_IS(&im->doc.r, "id")) {
			has |= 1u << VERDICT_N;
			if (!doc_expect(&im->doc, JSON_STR, "summary.packs[].controls[].id", "is not a string") ||
			    (!span_is(im->doc.r.text, c->id) &&
			    !doc_refuse(&im->doc, "summary.packs[].controls[].id", "is not the pack's next control")))
				return false;
		} else if (!doc_skip(&im->doc, "summary.packs[].controls[]")) {
			return false;
		}
	}
	return im_whole(im, "summary.packs[].controls[]", has, "pass warn fail no_data not_applicable id");
}

static bool
controls_read(struct importer *im, const struct archive_pack *p, const struct tally *want)
{
	size_t n = 0;

	if (!doc_expect(&im->doc, JSON_ARR, "summary.packs[].controls", "is not an array"))
		return false;
	for (; doc_element(&im->doc, "summary.packs[].controls"); n++)
		if (n == p->n ? !doc_refuse(&im->doc, "summary.packs[].controls", "holds more controls than the pack")
		    : !control_read(im, &p->controls[n], &want[n]))
			return false;
	return im->doc.why == NULL && (n == p->n || doc_refuse(&im->doc, "summary.packs[].controls", "lacks a control"));
}

static bool
packs_read(struct importer *im)
{
	const struct archive_head *h = &im->out->head;
	const struct tally *at = im->counted;
	unsigned has;
	size_t n = 0;

	if (!doc_expect(&im->doc, JSON_ARR, "summary.packs", "is not an array"))
		return false;
	for (; doc_element(&im->doc, "summary.packs"); at += h->packs[n++].n) {
		if (n == h->n_packs)
			return doc_refuse(&im->doc, "summary.packs", "holds more packs than the head");
		has = 0;
		while (doc_member(&im->doc, "summary.packs[]")) {
			if (JSON_IS(&im->doc.r, "controls")) {
				has |= 1;
				if (!controls_read(im, &h->packs[n], at))
					return false;
			} else if (!doc_skip(&im->doc, "summary.packs[]")) {
				return false;
			}
		}
		if (!im_whole(im, "summary.packs[]", has, "controls"))
			return false;
	}
	return im->doc.why == NULL && (n == h->n_packs || doc_refuse(&im->doc, "summary.packs", "lacks a pack of the head"));
}

bool
im_summary(struct importer *im)
{
	unsigned has = 0;
	uint64_t n = 0;
	bool good = doc_expect(&im->doc, JSON_OBJ, "summary", "is not an object");

	if (good && (im->seen & SEEN_RESULTS) == 0)
		return doc_refuse(&im->doc, "summary", "comes without results: a report of --summary");
	while (good && doc_member(&im->doc, "summary")) {
		if (JSON_IS(&im->doc.r, "ases")) {
			has |= 1;
			good = doc_number(&im->doc, "summary.ases", INT64_MAX, &n) &&
			    (n == im->out->networks || doc_refuse(&im->doc, "summary.ases", "is not how many results there are"));
		} else if (JSON_IS(&im->doc.r, "packs")) {
			has |= 2;
			good = packs_read(im);
		} else {
			good = doc_skip(&im->doc, "summary");
		}
	}
	return good && im_whole(im, "summary", has, "ases packs");
}
