/* incidents_import_head: what stands around the incidents. */
#include "archive/incidents_import_int.h"

#include <stdlib.h>
#include <string.h>

bool
import_classes(struct incidents_reader *x, const char *field, uint32_t *out)
{
	struct importer *im = &x->im;
	enum json_tok t = json_next(&im->doc.r);
	enum offence_class c;

	*out = 0;
	if (t == JSON_ERROR)
		return doc_broken(&im->doc, field);
	if (t != JSON_ARR)
		return doc_refuse(&im->doc, field, "is not an array");
	while ((t = json_next(&im->doc.r)) == JSON_STR) {
		c = offence_class_find(im->doc.r.text);
		if (c == OFF_N || (*out >> c & 1) != 0)
			return doc_refuse(&im->doc, field, c == OFF_N ? "holds a class that there is not" : "holds a class twice");
		*out |= 1u << c;
	}
	return t == JSON_ERROR ? doc_broken(&im->doc, field) : t == JSON_ARR_END ||
	    doc_refuse(&im->doc, field, "holds something that is not a string");
}

/* --- collectors --- */

static bool
gap_read(struct importer *im, struct archive_gap *g)
{
	static const char field[] = "collectors[].gaps[]", words[] = "from to";
	unsigned has = 0, which = 0;
	bool good = true;

	while (good && im_pick(im, field, words, &has, &which))
		good = im_time(im, field, which == 0 ? &g->from : &g->to);
	return good && im_whole(im, field, has, words) && ((utc_known(g->from) && utc_known(g->to) && g->from.s <= g->to.s) ||
	    doc_refuse(&im->doc, field, "ends before it begins, or is of no time"));
}

static bool
gaps_read(struct importer *im, struct archive_collector *c)
{
	struct archive_gap *all = NULL, g;
	size_t cap = 0, n = 0;
	bool good = doc_expect(&im->doc, JSON_ARR, "collectors[].gaps", "is not an array");

	while (good && doc_element(&im->doc, "collectors[].gaps")) {
		good = n < ARCHIVE_PARTS_MAX || doc_refuse(&im->doc, "collectors[].gaps", "holds more than ARCHIVE_PARTS_MAX (1048576)");
		good = good && gap_read(im, &g);
		if (!good)
			break;
		all = grow(all, &cap, n + 1, sizeof(*all));
		all[n++] = g;
	}
	c->gaps = row_settle(im->doc.a, all, n, sizeof(*all));
	c->n_gaps = n;
	return good && im->doc.why == NULL;
}

static bool
collector_read(struct importer *im, struct archive_collector *c)
{
	static const char field[] = "collectors[]",
	    words[] = "cadence_seconds gaps local_as messages silence_seconds tables update_files vantage_points";
	uint64_t *const to[] = {&c->cadence_s, NULL, NULL, &c->messages, &c->silence_s, &c->tables, &c->update_files,
	    &c->vantage_points};
	unsigned has = 0, which = 0;
	bool good = true;

	*c = (struct archive_collector){0};
	while (good && im_pick(im, field, words, &has, &which))
		good = which == 1 ? gaps_read(im, c) : which == 2 ? im_u32(im, "collectors[].local_as", &c->local_as) :
		    doc_number(&im->doc, field, INT64_MAX, to[which]);
	return good && im_whole(im, field, has, words);
}

bool
import_collectors(struct incidents_reader *x)
{
	struct archive_collector *all = NULL, c;
	struct importer *im = &x->im;
	size_t cap = 0, n = 0;
	bool good = doc_expect(&im->doc, JSON_ARR, "collectors", "is not an array");

	while (good && doc_element(&im->doc, "collectors")) {
		good = n < VANTAGE_MAX || doc_refuse(&im->doc, "collectors", "holds more than VANTAGE_MAX (65535)");
		good = good && collector_read(im, &c);
		if (!good)
			break;
		all = grow(all, &cap, n + 1, sizeof(*all));
		all[n++] = c;
	}
	x->out->w.collectors = row_settle(im->doc.a, all, n, sizeof(*all));
	x->out->w.n_collectors = n;
	return good && im->doc.why == NULL;
}

/* --- vantage points --- */

static bool
vp_read(struct incidents_reader *x, struct archive_vantage *v)
{
	static const char field[] = "vantage_points[]", words[] = "address asn collector full_feed_ipv4 full_feed_ipv6";
	struct importer *im = &x->im;
	unsigned has = 0, which = 0;
	char text[PREFIX_TEXT];
	bool good = true;

	*v = (struct archive_vantage){0};
	while (good && im_pick(im, field, words, &has, &which))
		good = which == 0 ? doc_expect(&im->doc, JSON_STR, field, "has an address that is not a string") &&
		    ((addr_parse(im->doc.r.text, &v->addr) == OK && span_is(im->doc.r.text, addr_format(&v->addr, text))) ||
		    doc_refuse(&im->doc, "vantage_points[].address", "is not an address")) :
		    which == 1 ? im_u32(im, "vantage_points[].asn", &v->asn) :
		    which == 2 ? im_u32(im, "vantage_points[].collector", &v->collector) :
		    doc_bool(&im->doc, field, &v->full_feed[which == 3 ? FAMILY_V4 : FAMILY_V6]);
	return good && im_whole(im, field, has, words) && (v->collector < x->out->w.n_collectors ||
	    doc_refuse(&im->doc, "vantage_points[].collector", "is not in the list of collectors"));
}

bool
import_vps(struct incidents_reader *x)
{
	struct archive_vantage *all = NULL, v;
	struct importer *im = &x->im;
	size_t cap = 0, n = 0;
	bool good = doc_expect(&im->doc, JSON_ARR, "vantage_points", "is not an array");

	while (good && doc_element(&im->doc, "vantage_points")) {
		good = n < VANTAGE_MAX || doc_refuse(&im->doc, "vantage_points", "holds more than VANTAGE_MAX (65535)");
		good = good && vp_read(x, &v);
		if (!good)
			break;
		all = grow(all, &cap, n + 1, sizeof(*all));
		all[n++] = v;
	}
	x->out->w.vps = row_settle(im->doc.a, all, n, sizeof(*all));
	x->out->w.n_vps = n;
	return good && im->doc.why == NULL;
}

/* --- evidence of another time --- */

static bool
dated_read(struct importer *im, struct archive_dated *d)
{
	static const char field[] = "dated[]", words[] = "days evidence newest oldest";
	unsigned has = 0, which = 0;
	bool good = true;

	*d = (struct archive_dated){.newest = UTC_NONE, .oldest = UTC_NONE};
	while (good && im_pick(im, field, words, &has, &which))
		good = which == 0 ? im_i64(im, "dated[].days", &d->days) :
		    which == 1 ? im_text(im, "dated[].evidence", im->doc.a, &d->evidence) :
		    im_time(im, field, which == 2 ? &d->newest : &d->oldest);
	return good && im_whole(im, field, has, words);
}

bool
import_dated(struct incidents_reader *x)
{
	struct archive_dated *all = NULL, d;
	struct importer *im = &x->im;
	size_t cap = 0, n = 0;
	bool good = doc_expect(&im->doc, JSON_ARR, "dated", "is not an array");

	while (good && doc_element(&im->doc, "dated")) {
		good = n < EV_N || doc_refuse(&im->doc, "dated", "holds more than there are kinds of evidence");
		good = good && dated_read(im, &d);
		if (!good)
			break;
		all = grow(all, &cap, n + 1, sizeof(*all));
		all[n++] = d;
	}
	x->out->w.dated = row_settle(im->doc.a, all, n, sizeof(*all));
	x->out->w.n_dated = n;
	return good && im->doc.why == NULL;
}

/* --- scores --- */

static bool
metric_read(struct importer *im, enum incident_metric *out)
{
	if (!doc_expect(&im->doc, JSON_STR, "scores[].metric", "is not a string"))
		return false;
	*out = incident_metric_find(im->doc.r.text);
	return *out < INC_N || doc_refuse(&im->doc, "scores[].metric", "is not one of the words it may be");
}

static bool
score_read(struct incidents_reader *x, struct archive_score *s)
{
	static const char field[] = "scores[]", words[] = "asn incidents label metric percent_ppm raw_e7";
	static const char *const bands[] = {"ready", "aspiring", "lagging"};
	struct importer *im = &x->im;
	unsigned has = 0, which = 0, band = 0;
	uint64_t ppm = 0;
	bool good = true;

	*s = (struct archive_score){0};
	while (good && im_pick(im, field, words, &has, &which))
		good = which == 0 ? im_u32(im, "scores[].asn", &s->asn) :
		    which == 1 ? doc_number(&im->doc, "scores[].incidents", INT64_MAX, &s->incidents) :
		    which == 2 ? im_word(im, "scores[].label", bands, 3, &band) : which == 3 ? metric_read(im, &s->metric) :
		    which == 4 ? doc_number(&im->doc, "scores[].percent_ppm", 1000000, &ppm) :
		    doc_number(&im->doc, "scores[].raw_e7", (uint64_t)INCIDENT_SCORE_MAX * 10000000, &s->raw_e7);
	if (!good || !im_whole(im, field, has, words))
		return false;
	if (ppm != curve_ppm(x->out->w.curve, s->raw_e7) || band != (unsigned)band_of((uint32_t)ppm))
		return doc_refuse(&im->doc, "scores[].percent_ppm, label", "are not those of raw_e7 by the curve");
	return true;
}

bool
import_scores(struct incidents_reader *x)
{
	struct archive_score *all = NULL, s;
	struct importer *im = &x->im;
	size_t cap = 0, n = 0;
	bool good = doc_expect(&im->doc, JSON_ARR, "scores", "is not an array");

	while (good && doc_element(&im->doc, "scores")) {
		good = n < ARCHIVE_PARTS_MAX || doc_refuse(&im->doc, "scores", "holds more than ARCHIVE_PARTS_MAX (1048576)");
		good = good && score_read(x, &s);
		if (good && n > 0 && (all[n - 1].asn > s.asn || (all[n - 1].asn == s.asn && all[n - 1].metric >= s.metric)))
			good = doc_refuse(&im->doc, "scores[]", "does not ascend by ASN and metric");
		if (!good)
			break;
		all = grow(all, &cap, n + 1, sizeof(*all));
		all[n++] = s;
	}
	x->out->w.scores = row_settle(im->doc.a, all, n, sizeof(*all));
	x->out->w.n_scores = n;
	return good && im->doc.why == NULL;
}

/* --- the window --- */

bool
import_window(struct incidents_reader *x)
{
	static const char words[] = "first_update from seen_seconds to";
	struct archive_window *w = &x->out->w;
	struct importer *im = &x->im;
	unsigned has = 0, which = 0;
	bool good = doc_expect(&im->doc, JSON_OBJ, "window", "is not an object");

	while (good && im_pick(im, "window", words, &has, &which))
		good = which == 0 ? im_time(im, "window.first_update", &w->first_update) :
		    which == 1 ? im_time(im, "window.from", &w->from) : which == 3 ? im_time(im, "window.to", &w->to) :
		    doc_number(&im->doc, "window.seen_seconds", INT64_MAX, &w->seen_s);
	if (!good || !im_whole(im, "window", has, words))
		return false;
	if (!utc_known(w->from) || !utc_known(w->to) || w->to.s <= w->from.s)
		return doc_refuse(&im->doc, "window", "ends before it begins, or is of no time");
	return w->seen_s <= (uint64_t)(w->to.s - w->from.s) || doc_refuse(&im->doc, "window.seen_seconds", "is more than it has");
}
