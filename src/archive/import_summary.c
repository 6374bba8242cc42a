/* import_summary: what stands behind the results, which must count what they say. */
#include "archive/import_int.h"

static bool
control_read(struct importer *im, const struct archive_control *c, const struct tally *want)
{
	static const char *const keys[VERDICT_N] = {"pass", "warn", "fail", "no_data", "not_applicable"};
	unsigned has = 0, v;
	uint64_t n = 0;

	while (im_member(im, "summary.packs[].controls[]")) {
		for (v = 0; v < VERDICT_N && !span_is(im->r.text, keys[v]); v++)
			;
		if (v < VERDICT_N) {
			has |= 1u << v;
			if (!im_number(im, "summary.packs[].controls[]", INT64_MAX, &n) ||
			    (n != want->n[v] && !im_refuse(im, "summary.packs[].controls[]", "does not count what the results say")))
				return false;
		} else if (JSON_IS(&im->r, "id")) {
			has |= 1u << VERDICT_N;
			if (!im_expect(im, JSON_STR, "summary.packs[].controls[].id", "is not a string") ||
			    (!span_is(im->r.text, c->id) &&
			    !im_refuse(im, "summary.packs[].controls[].id", "is not the pack's next control")))
				return false;
		} else if (!im_skip(im, "summary.packs[].controls[]")) {
			return false;
		}
	}
	return im_whole(im, "summary.packs[].controls[]", has, "pass warn fail no_data not_applicable id");
}

static bool
controls_read(struct importer *im, const struct archive_pack *p, const struct tally *want)
{
	size_t n = 0;

	if (!im_expect(im, JSON_ARR, "summary.packs[].controls", "is not an array"))
		return false;
	for (; im_element(im, "summary.packs[].controls"); n++)
		if (n == p->n ? !im_refuse(im, "summary.packs[].controls", "holds more controls than the pack")
		    : !control_read(im, &p->controls[n], &want[n]))
			return false;
	return im->why == NULL && (n == p->n || im_refuse(im, "summary.packs[].controls", "lacks a control"));
}

static bool
packs_read(struct importer *im)
{
	const struct archive_head *h = &im->out->head;
	const struct tally *at = im->counted;
	unsigned has;
	size_t n = 0;

	if (!im_expect(im, JSON_ARR, "summary.packs", "is not an array"))
		return false;
	for (; im_element(im, "summary.packs"); at += h->packs[n++].n) {
		if (n == h->n_packs)
			return im_refuse(im, "summary.packs", "holds more packs than the head");
		has = 0;
		while (im_member(im, "summary.packs[]")) {
			if (JSON_IS(&im->r, "controls")) {
				has |= 1;
				if (!controls_read(im, &h->packs[n], at))
					return false;
			} else if (!im_skip(im, "summary.packs[]")) {
				return false;
			}
		}
		if (!im_whole(im, "summary.packs[]", has, "controls"))
			return false;
	}
	return im->why == NULL && (n == h->n_packs || im_refuse(im, "summary.packs", "lacks a pack of the head"));
}

bool
im_summary(struct importer *im)
{
	unsigned has = 0;
	uint64_t n = 0;
	bool good = im_expect(im, JSON_OBJ, "summary", "is not an object");

	if (good && (im->seen & SEEN_RESULTS) == 0)
		return im_refuse(im, "summary", "comes without results: a report of --summary");
	while (good && im_member(im, "summary")) {
		if (JSON_IS(&im->r, "ases")) {
			has |= 1;
			good = im_number(im, "summary.ases", INT64_MAX, &n) &&
			    (n == im->out->networks || im_refuse(im, "summary.ases", "is not how many results there are"));
		} else if (JSON_IS(&im->r, "packs")) {
			has |= 2;
			good = packs_read(im);
		} else {
			good = im_skip(im, "summary");
		}
	}
	return good && im_whole(im, "summary", has, "ases packs");
}
