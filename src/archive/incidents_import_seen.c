/* incidents_import_seen: by way of whom, at which vantage points and from when to when an incident was seen. */
#include "archive/incidents_import_int.h"

#include <stdlib.h>

bool
import_asn_or_null(struct importer *im, const char *field, uint32_t none, uint32_t *out)
{
	enum json_tok t = json_next(&im->doc.r);
	uint64_t v = 0;

	*out = none;
	if (t == JSON_ERROR)
		return doc_broken(&im->doc, field);
	if (t == JSON_LIT_NULL)
		return true;
	if (t != JSON_NUM || span_u64(im->doc.r.text, UINT32_MAX, &v) != OK || v == none)
		return doc_refuse(&im->doc, field, "is neither an ASN nor null");
	*out = (uint32_t)v;
	return true;
}

/* --- times --- */

struct when { struct utc t; int64_t us; };

static bool
us_read(struct importer *im, const char *field, int64_t *out)
{
	uint64_t v = 0;
	bool good = doc_number(&im->doc, field, IMPORT_US_MAX, &v);

	*out = (int64_t)v;
	return good;
}

static bool
when_fits(struct incidents_reader *x, const char *field, const struct when *from, const struct when *to)
{
	if (from->t.s != from->us / 1000000 || to->t.s != to->us / 1000000)
		return doc_refuse(&x->im.doc, field, "from, from_us or to, to_us are not the same moment");
	if (from->us > to->us)
		return doc_refuse(&x->im.doc, field, "to comes before from");
	if (from->us < x->from_us.v)
		x->from_us = (struct utmost){from->us, x->im.doc.record};
	if (to->us > x->to_us.v)
		x->to_us = (struct utmost){to->us, x->im.doc.record};
	return true;
}

static bool
span_read(struct incidents_reader *x, const char *field, struct timeline_span *s)
{
	static const char words[] = "from from_us to to_us";
	struct when from = {0}, to = {0};
	struct importer *im = &x->im;
	unsigned has = 0, which = 0;
	bool good = true;

	while (good && im_pick(im, field, words, &has, &which))
		good = which == 0 ? im_time(im, field, &from.t) : which == 1 ? us_read(im, field, &from.us) :
		    which == 2 ? im_time(im, field, &to.t) : us_read(im, field, &to.us);
	*s = (struct timeline_span){from.us, to.us};
	return good && im_whole(im, field, has, words) && when_fits(x, field, &from, &to);
}

bool
import_spans(struct incidents_reader *x, const char *field, const struct timeline_span **out, size_t *n)
{
	struct timeline_span *all = NULL, s;
	struct importer *im = &x->im;
	size_t cap = 0;
	bool good = doc_expect(&im->doc, JSON_ARR, field, "is not an array");

	*n = 0;
	while (good && doc_element(&im->doc, field)) {
		good = *n < ARCHIVE_PARTS_MAX || doc_refuse(&im->doc, field, "holds more than ARCHIVE_PARTS_MAX (1048576)");
		good = good && span_read(x, field, &s) &&
		    (*n == 0 || s.from_us >= all[*n - 1].to_us || doc_refuse(&im->doc, field, "does not ascend"));
		if (!good)
			break;
		all = grow(all, &cap, *n + 1, sizeof(*all));
		all[(*n)++] = s;
	}
	*out = row_settle(im->row, all, *n, sizeof(*all));
	return good && im->doc.why == NULL;
}

/* --- who saw it --- */

#define SEEN "incidents[].by_accomplice[].seen[]"

static bool
began_read(struct importer *im, uint8_t *out)
{
	const char *words[TL_BEFORE + 1];
	unsigned i, word = 0;
	bool good;

	for (i = 0; i <= TL_BEFORE; i++)
		words[i] = timeline_began_word((enum timeline_began)i);
	good = im_word(im, SEEN ".began", words, TL_BEFORE + 1, &word);
	*out = (uint8_t)word;
	return good;
}

static bool
ended_read(struct importer *im, uint8_t *out)
{
	const char *words[TL_NOT_IN_TABLE + 1];
	unsigned i, word = 0;
	bool good;

	for (i = 0; i <= TL_NOT_IN_TABLE; i++)
		words[i] = timeline_ended_word((enum timeline_ended)i);
	good = im_word(im, SEEN ".ended", words, TL_NOT_IN_TABLE + 1, &word);
	*out = (uint8_t)word;
	return good;
}

struct import_seen { struct timeline_interval s; struct when from, to; uint32_t path; };

static bool
seen_member(struct incidents_reader *x, unsigned which, struct import_seen *s)
{
	struct importer *im = &x->im;

	switch (which) {
	case 0: return began_read(im, &s->s.began);
	case 1: return ended_read(im, &s->s.ended);
	case 2: return im_time(im, SEEN ".from", &s->from.t);
	case 3: return us_read(im, SEEN ".from_us", &s->from.us);
	case 4: return im_time(im, SEEN ".to", &s->to.t);
	case 5: return us_read(im, SEEN ".to_us", &s->to.us);
	case 6: return im_u32(im, SEEN ".vantage_point", &s->s.vp);
	case 7: return im_u32(im, SEEN ".path_id", &s->s.path_id) &&
		    (s->s.path_id > 0 || doc_refuse(&im->doc, SEEN ".path_id", "is 0, which is none"));
	case 8: return import_path_index(im, SEEN ".path", &s->path);
	default: return import_turns(x);
	}
}

static bool
seen_read(struct incidents_reader *x, struct timeline_interval *out)
{
	static const char words[] = "began ended from from_us to to_us vantage_point path_id path turns",
	    must[] = "began ended from from_us to to_us vantage_point";
	struct import_seen s = {.path = PATH_NONE};
	struct importer *im = &x->im;
	unsigned has = 0, which = 0;
	bool good = true;

	while (good && im_pick(im, SEEN, words, &has, &which))
		good = seen_member(x, which, &s);
	s.s.from_us = s.from.us;
	s.s.to_us = s.to.us;
	*out = s.s;
	if (good && s.s.vp > x->vp.v)
		x->vp = (struct utmost){s.s.vp, im->doc.record};
	return good && im_whole(im, SEEN, has, must) && when_fits(x, SEEN, &s.from, &s.to) &&
	    import_way_end(x, out, (has >> 8 & 1) != 0, (has >> 9 & 1) != 0, s.path);
}

static bool
seen_after(const struct timeline_interval *a, const struct timeline_interval *b)
{
	if (a->vp != b->vp)
		return a->vp < b->vp;
	return a->path_id != b->path_id ? a->path_id < b->path_id : a->from_us <= b->from_us;
}

static bool
all_seen_read(struct incidents_reader *x, struct archive_by *by)
{
	struct timeline_interval *all = NULL, s;
	struct importer *im = &x->im;
	size_t cap = 0, n = 0;
	bool good = doc_expect(&im->doc, JSON_ARR, SEEN, "is not an array");

	while (good && doc_element(&im->doc, SEEN)) {
		good = n < ARCHIVE_PARTS_MAX || doc_refuse(&im->doc, SEEN, "holds more than ARCHIVE_PARTS_MAX (1048576)");
		good = good && seen_read(x, &s) && (n == 0 || seen_after(&all[n - 1], &s) ||
		    doc_refuse(&im->doc, SEEN, "does not ascend by vantage point, path and time"));
		if (!good)
			break;
		all = grow(all, &cap, n + 1, sizeof(*all));
		all[n++] = s;
	}
	by->seen = row_settle(im->row, all, n, sizeof(*all));
	by->n_seen = n;
	return good && im->doc.why == NULL && (n > 0 || doc_refuse(&im->doc, SEEN, "is empty: nobody saw it"));
}

#define BY "incidents[].by_accomplice[]"

static bool
by_read(struct incidents_reader *x, struct archive_by *by)
{
	static const char words[] = "accomplice seen while";
	struct importer *im = &x->im;
	unsigned has = 0, which = 0;
	bool good = true;

	*by = (struct archive_by){0};
	while (good && im_pick(im, BY, words, &has, &which))
		good = which == 0 ? import_asn_or_null(im, BY ".accomplice", 0, &by->accomplice) : which == 1 ? all_seen_read(x, by) :
		    import_spans(x, BY ".while", &by->during, &by->n_during);
	return good && im_whole(im, BY, has, words);
}

bool
import_bys(struct incidents_reader *x, struct archive_incident *i)
{
	struct archive_by *all = NULL, by;
	struct importer *im = &x->im;
	size_t cap = 0, n = 0;
	bool good = doc_expect(&im->doc, JSON_ARR, BY, "is not an array");

	while (good && doc_element(&im->doc, BY)) {
		good = n < ARCHIVE_PARTS_MAX || doc_refuse(&im->doc, BY, "holds more than ARCHIVE_PARTS_MAX (1048576)");
		good = good && by_read(x, &by) && (n == 0 || all[n - 1].accomplice < by.accomplice ||
		    doc_refuse(&im->doc, BY ".accomplice", "does not ascend"));
		if (!good)
			break;
		all = grow(all, &cap, n + 1, sizeof(*all));
		all[n++] = by;
	}
	i->by = row_settle(im->row, all, n, sizeof(*all));
	i->n_by = n;
	return good && im->doc.why == NULL && (n > 0 || doc_refuse(&im->doc, BY, "is empty: nobody saw it"));
}
