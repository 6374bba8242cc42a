#include "archive/incidents_import.h"
#include "archive/incidents_import_int.h"
#include "report/incidents.h"

#include <stdlib.h>
#include <string.h>

/* In the order of keys, which is not that of need: what incidents are to fit comes behind them. */
static const char words[] = "asn collectors counts curve dated format incidents inputs looked_for not_scored parameters scores "
    "vantage_points window";
enum { K_ASN, K_COLLECTORS, K_COUNTS, K_CURVE, K_DATED, K_FORMAT, K_INCIDENTS, K_INPUTS, K_LOOKED_FOR, K_NOT_SCORED,
	K_PARAMETERS, K_SCORES, K_VPS, K_WINDOW };

static bool
asn_read(struct incidents_reader *x)
{
	enum json_tok t = json_next(&x->im.doc.r);

	if (t == JSON_ERROR)
		return doc_broken(&x->im.doc, "asn");
	return t == JSON_LIT_NULL || doc_refuse(&x->im.doc, "asn", "is not null: the incidents of one network alone would say of "
	    "every other that it did nothing; make them without --asn");
}

static bool
curve_read(struct incidents_reader *x)
{
	struct importer *im = &x->im;

	if (!doc_expect(&im->doc, JSON_STR, "curve", "is not a string"))
		return false;
	x->out->w.curve = curve_find(im->doc.r.text);
	return x->out->w.curve < CURVE_N || doc_refuse(&im->doc, "curve", "is not H1 or H2");
}

static bool
member(struct incidents_reader *x, unsigned which, unsigned has)
{
	struct archive_window *w = &x->out->w;
	struct importer *im = &x->im;

	switch (which) {
	case K_ASN: return asn_read(x);
	case K_COLLECTORS: return import_collectors(x);
	case K_COUNTS: return im_flat(im, "counts", &w->counts);
	case K_CURVE: return curve_read(x);
	case K_DATED: return import_dated(x);
	case K_FORMAT: return doc_expect(&im->doc, JSON_STR, "format", "is not a string") &&
		    (span_is(im->doc.r.text, INCIDENTS_FORMAT) || doc_refuse(&im->doc, "format", "is not " INCIDENTS_FORMAT));
	case K_INCIDENTS: return import_incidents_array(x);
	case K_INPUTS: return im_inputs(im);
	case K_LOOKED_FOR: return import_classes(x, "looked_for", &w->looked_for);
	case K_NOT_SCORED: return import_classes(x, "not_scored", &w->not_scored);
	case K_PARAMETERS: return im_flat(im, "parameters", &w->parameters);
	case K_SCORES: return ((has >> K_CURVE & 1) != 0 || doc_refuse(&im->doc, "scores", "comes before the curve: keys ascend")) &&
		    import_scores(x);
	case K_VPS: return ((has >> K_COLLECTORS & 1) != 0 ||
		    doc_refuse(&im->doc, "vantage_points", "comes before the collectors: keys ascend")) && import_vps(x);
	default: return import_window(x);
	}
}

/* What was read before the head was known. */
static bool
incidents_fit(struct incidents_reader *x)
{
	const struct archive_window *w = &x->out->w;
	struct importer *im = &x->im;
	unsigned c;

	if (x->out->incidents == 0)
		return true;
	im->doc.record = x->vp.record;
	if (x->vp.v >= (int64_t)w->n_vps)
		return doc_refuse(&im->doc, "incidents[].by_accomplice[].seen[].vantage_point", "is not in the list of vantage points");
	im->doc.record = x->from_us.record;
	if (x->from_us.v < w->from.s * 1000000)
		return doc_refuse(&im->doc, "incidents[]", "has a time before the window");
	im->doc.record = x->to_us.record;
	if (x->to_us.v > w->to.s * 1000000)
		return doc_refuse(&im->doc, "incidents[]", "has a time after the window");
	for (c = 0; c < OFF_N; c++) {
		im->doc.record = x->unlooked[c].record;
		if (im->doc.record != 0 && (w->looked_for >> c & 1) == 0)
			return doc_refuse(&im->doc, "incidents[].class", "was not looked for");
	}
	im->doc.record = 0;
	return true;
}

static bool
document_read(struct incidents_reader *x)
{
	struct archive_window *w = &x->out->w;
	struct importer *im = &x->im;
	unsigned has = 0, which = 0;
	bool good = doc_expect(&im->doc, JSON_OBJ, "incidents", "is not an object");

	while (good && im_pick(im, "incidents", words, &has, &which))
		good = member(x, which, has);
	if (!good || !im_whole(im, "incidents", has, words) ||
	    !doc_expect(&im->doc, JSON_DONE, "incidents", "has something behind it"))
		return false;
	if ((w->not_scored & ~w->looked_for) != 0)
		return doc_refuse(&im->doc, "not_scored", "holds a class that was not looked for");
	w->inputs = x->head.head.inputs;
	w->n_inputs = x->head.head.n_inputs;
	return incidents_fit(x);
}

enum err
incidents_import(struct feed *f, struct arena *a, enum err (*each)(void *arg, const struct archive_incident *i), void *arg,
    struct incidents_result *out, const char **why)
{
	struct incidents_reader x = {.im = {.doc = {.a = a, .rule = "doc/formats/incidents.md"}, .row = arena_new()}, .out = out,
	    .each = each, .arg = arg, .vp = {-1, 0}, .from_us = {INT64_MAX, 0}, .to_us = {INT64_MIN, 0}};
	bool good;

	*out = (struct incidents_result){.w = {.from = UTC_NONE, .to = UTC_NONE, .first_update = UTC_NONE}};
	x.im.out = &x.head;
	archive_found_begin(&x.found);
	json_open(&x.im.doc.r, f);
	good = document_read(&x);
	json_close(&x.im.doc.r);
	if (good) {
		archive_window_basis(&out->w, out->basis);
		archive_found_end(&x.found, &out->w, out->content);
	} else {
		sha256_drop(&x.found);
	}
	arena_free(x.im.row);
	import_ways_release(&x);
	*why = x.im.doc.why;
	if (good)
		return OK;
	return x.im.err != OK ? x.im.err : ERR_SYNTAX;
}
