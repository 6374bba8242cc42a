/* incidents_import_one: one incident at a time, and whether what is said of it fits together. */
#include "archive/incidents_import_int.h"

#include <stdlib.h>
#include <string.h>

#define US_MAX 253402300799999999ll	/* the year 9999 ends */

static bool
u32_or_null(struct importer *im, const char *field, uint32_t none, uint32_t *out)
{
	enum json_tok t = json_next(&im->r);
	uint64_t v = 0;

	*out = none;
	if (t == JSON_ERROR)
		return im_broken(im, field);
	if (t == JSON_LIT_NULL)
		return true;
	if (t != JSON_NUM || span_u64(im->r.text, UINT32_MAX, &v) != OK || v == none)
		return im_refuse(im, field, "is neither an ASN nor null");
	*out = (uint32_t)v;
	return true;
}

/* --- times --- */

struct when { struct utc t; int64_t us; };

static bool
us_read(struct importer *im, const char *field, int64_t *out)
{
	uint64_t v = 0;
	bool good = im_number(im, field, US_MAX, &v);

	*out = (int64_t)v;
	return good;
}

static bool
when_fits(struct incidents_reader *x, const char *field, const struct when *from, const struct when *to)
{
	if (from->t.s != from->us / 1000000 || to->t.s != to->us / 1000000)
		return im_refuse(&x->im, field, "from, from_us or to, to_us are not the same moment");
	if (from->us > to->us)
		return im_refuse(&x->im, field, "to comes before from");
	if (from->us < x->from_us.v)
		x->from_us = (struct utmost){from->us, x->im.record};
	if (to->us > x->to_us.v)
		x->to_us = (struct utmost){to->us, x->im.record};
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

static bool
spans_read(struct incidents_reader *x, const char *field, const struct timeline_span **out, size_t *n)
{
	struct timeline_span *all = NULL, s;
	struct importer *im = &x->im;
	size_t cap = 0;
	bool good = im_expect(im, JSON_ARR, field, "is not an array");

	*n = 0;
	while (good && im_element(im, field)) {
		good = *n < ARCHIVE_PARTS_MAX || im_refuse(im, field, "holds more than ARCHIVE_PARTS_MAX (1048576)");
		good = good && span_read(x, field, &s) &&
		    (*n == 0 || s.from_us >= all[*n - 1].to_us || im_refuse(im, field, "does not ascend"));
		if (!good)
			break;
		all = grow(all, &cap, *n + 1, sizeof(*all));
		all[(*n)++] = s;
	}
	*out = row_settle(im->row, all, *n, sizeof(*all));
	return good && im->why == NULL;
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

static bool
seen_member(struct importer *im, unsigned which, struct timeline_interval *s, struct when *from, struct when *to)
{
	switch (which) {
	case 0: return began_read(im, &s->began);
	case 1: return ended_read(im, &s->ended);
	case 2: return im_time(im, SEEN ".from", &from->t);
	case 3: return us_read(im, SEEN ".from_us", &from->us);
	case 4: return im_time(im, SEEN ".to", &to->t);
	case 5: return us_read(im, SEEN ".to_us", &to->us);
	case 6: return im_u32(im, SEEN ".vantage_point", &s->vp);
	default: return im_u32(im, SEEN ".path_id", &s->path_id) &&
		    (s->path_id > 0 || im_refuse(im, SEEN ".path_id", "is 0, which is none"));
	}
}

static bool
seen_read(struct incidents_reader *x, struct timeline_interval *s)
{
	static const char words[] = "began ended from from_us to to_us vantage_point path_id",
	    must[] = "began ended from from_us to to_us vantage_point";
	struct when from = {0}, to = {0};
	struct importer *im = &x->im;
	unsigned has = 0, which = 0;
	bool good = true;

	*s = (struct timeline_interval){0};
	while (good && im_pick(im, SEEN, words, &has, &which))
		good = seen_member(im, which, s, &from, &to);
	s->from_us = from.us;
	s->to_us = to.us;
	if (good && s->vp > x->vp.v)
		x->vp = (struct utmost){s->vp, im->record};
	return good && im_whole(im, SEEN, has, must) && when_fits(x, SEEN, &from, &to);
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
	bool good = im_expect(im, JSON_ARR, SEEN, "is not an array");

	while (good && im_element(im, SEEN)) {
		good = n < ARCHIVE_PARTS_MAX || im_refuse(im, SEEN, "holds more than ARCHIVE_PARTS_MAX (1048576)");
		good = good && seen_read(x, &s) && (n == 0 || seen_after(&all[n - 1], &s) ||
		    im_refuse(im, SEEN, "does not ascend by vantage point, path and time"));
		if (!good)
			break;
		all = grow(all, &cap, n + 1, sizeof(*all));
		all[n++] = s;
	}
	by->seen = row_settle(im->row, all, n, sizeof(*all));
	by->n_seen = n;
	return good && im->why == NULL && (n > 0 || im_refuse(im, SEEN, "is empty: nobody saw it"));
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
		good = which == 0 ? u32_or_null(im, BY ".accomplice", 0, &by->accomplice) : which == 1 ? all_seen_read(x, by) :
		    spans_read(x, BY ".while", &by->during, &by->n_during);
	return good && im_whole(im, BY, has, words);
}

static bool
all_by_read(struct incidents_reader *x, struct archive_incident *i)
{
	struct archive_by *all = NULL, by;
	struct importer *im = &x->im;
	size_t cap = 0, n = 0;
	bool good = im_expect(im, JSON_ARR, BY, "is not an array");

	while (good && im_element(im, BY)) {
		good = n < ARCHIVE_PARTS_MAX || im_refuse(im, BY, "holds more than ARCHIVE_PARTS_MAX (1048576)");
		good = good && by_read(x, &by) && (n == 0 || all[n - 1].accomplice < by.accomplice ||
		    im_refuse(im, BY ".accomplice", "does not ascend"));
		if (!good)
			break;
		all = grow(all, &cap, n + 1, sizeof(*all));
		all[n++] = by;
	}
	i->by = row_settle(im->row, all, n, sizeof(*all));
	i->n_by = n;
	return good && im->why == NULL && (n > 0 || im_refuse(im, BY, "is empty: nobody saw it"));
}

/* --- what it is --- */

static bool
class_read(struct importer *im, enum offence_class *out)
{
	if (!im_expect(im, JSON_STR, "incidents[].class", "is not a string"))
		return false;
	*out = offence_class_find(im->r.text);
	return *out < OFF_N || im_refuse(im, "incidents[].class", "is not one of the words it may be");
}

static bool
prefix_read_text(struct importer *im, struct prefix *out)
{
	char text[PREFIX_TEXT];
	bool host_bits = false;

	return im_expect(im, JSON_STR, "incidents[].prefix", "is not a string") &&
	    ((prefix_parse(im->r.text, out, &host_bits) == OK && span_is(im->r.text, prefix_format(out, text))) ||
	    im_refuse(im, "incidents[].prefix", "is not a prefix as 192.0.2.0/24 or 2001:db8::/32 (RFC 5952)"));
}

static bool
says_read(struct importer *im, const char *field, unsigned from, unsigned to, uint32_t *says)
{
	enum json_tok t = json_next(&im->r);
	unsigned i;

	if (t == JSON_ERROR)
		return im_broken(im, field);
	if (t != JSON_ARR)
		return im_refuse(im, field, "is not an array");
	while ((t = json_next(&im->r)) == JSON_STR) {
		for (i = from; i < to; i++)
			if (span_is(im->r.text, misorigin_word((enum misorigin_says)i)))
				break;
		if (i == to || (*says >> i & 1) != 0)
			return im_refuse(im, field, i == to ? "holds a word that it may not" : "holds a word twice");
		*says |= 1u << i;
	}
	return t == JSON_ERROR ? im_broken(im, field) : t == JSON_ARR_END ||
	    im_refuse(im, field, "holds something that is not a string");
}

enum { I_BY, I_CLASS, I_CONFIDENCE, I_CULPRIT, I_NEEDED, I_ORIGIN, I_PEAK, I_PREFIX, I_SPANS, I_VPS, I_WHY, I_AGAINST,
	I_FOR };

static bool
incident_member(struct incidents_reader *x, unsigned which, struct archive_incident *i)
{
	struct importer *im = &x->im;

	switch (which) {
	case I_BY: return all_by_read(x, i);
	case I_CLASS: return class_read(im, &i->class);
	case I_CONFIDENCE: return im_text_or_null(im, "incidents[].confidence", im->row, &i->confidence);
	case I_CULPRIT: return im_u32(im, "incidents[].culprit", &i->culprit) &&
		    (i->culprit > 0 || im_refuse(im, "incidents[].culprit", "is 0, which is nobody"));
	case I_NEEDED: return im_u32(im, "incidents[].needed", &i->needed);
	case I_ORIGIN: return u32_or_null(im, "incidents[].origin", ORIGIN_NONE, &i->origin);
	case I_PEAK: return im_u32(im, "incidents[].peak", &i->peak);
	case I_PREFIX: return prefix_read_text(im, &i->prefix);
	case I_SPANS: return spans_read(x, "incidents[].spans", &i->spans, &i->n_spans);
	case I_VPS: return im_u32(im, "incidents[].vantage_points", &i->vantage_points);
	case I_WHY: return im_text(im, "incidents[].why", im->row, &i->why);
	case I_AGAINST: return says_read(im, "incidents[].against", MIS_AGAINST, MIS_N, &i->says);
	default: return says_read(im, "incidents[].for", 0, MIS_AGAINST, &i->says);
	}
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static size_t
distinct_vps(struct incidents_reader *x, const struct archive_incident *i)
{
	size_t n = 0, at = 0, distinct = 0, k, m;
	uint32_t *vps;

	for (k = 0; k < i->n_by; k++)
		n += i->by[k].n_seen;
	vps = arena_raw(x->im.row, n + 1, sizeof(*vps));
	for (k = 0; k < i->n_by; k++)
		for (m = 0; m < i->by[k].n_seen; m++)
			vps[at++] = i->by[k].seen[m].vp;
	qsort(vps, n, sizeof(*vps), by_number);
	for (k = 0; k < n; k++)
		distinct += k == 0 || vps[k] != vps[k - 1];
	return distinct;
}

static bool
confidence_fits(const struct archive_incident *i)
{
	const char *c = i->confidence;

	if (i->class != OFF_MISORIGIN && i->class != OFF_LEAK)
		return c == NULL;
	return c != NULL && (strcmp(c, i->class == OFF_LEAK ? "proven" : "strong") == 0 || strcmp(c, "probable") == 0 ||
	    strcmp(c, "possible") == 0);
}

static bool
incident_fits(struct incidents_reader *x, const struct archive_incident *i, unsigned has)
{
	const unsigned both = 1u << I_AGAINST | 1u << I_FOR;
	struct importer *im = &x->im;

	if (!confidence_fits(i))
		return im_refuse(im, "incidents[].confidence", "is not one that its class has");
	if ((has & both) != (i->class == OFF_MISORIGIN ? both : 0))
		return im_refuse(im, "incidents[].for, against", "are of misoriginations, and of these both");
	if (distinct_vps(x, i) != i->vantage_points)
		return im_refuse(im, "incidents[].vantage_points", "is not how many saw it");
	if (i->peak > i->vantage_points)
		return im_refuse(im, "incidents[].peak", "is more than saw it");
	return x->out->incidents == 0 || archive_incident_cmp(&x->last, i) < 0 ||
	    im_refuse(im, "incidents[]", "does not ascend by class, prefix, origin and culprit");
}

static bool
incident_read(struct incidents_reader *x)
{
	static const char words[] = "by_accomplice class confidence culprit needed origin peak prefix spans vantage_points why "
	    "against for", must[] = "by_accomplice class confidence culprit needed origin peak prefix spans vantage_points why";
	struct archive_incident i = {.class = OFF_N};
	struct importer *im = &x->im;
	unsigned has = 0, which = 0;
	bool good = true;

	arena_reset(im->row);
	while (good && im_pick(im, "incidents[]", words, &has, &which))
		good = incident_member(x, which, &i);
	if (!good || !im_whole(im, "incidents[]", has, must) || !incident_fits(x, &i, has))
		return false;
	if (x->unlooked[i.class].record == 0)
		x->unlooked[i.class].record = im->record;
	archive_found_add(&x->found, &i);
	if (x->each != NULL)
		im->err = x->each(x->arg, &i);
	x->last = (struct archive_incident){.class = i.class, .prefix = i.prefix, .origin = i.origin, .culprit = i.culprit};
	x->out->incidents++;
	return im->err == OK;
}

bool
import_incidents_array(struct incidents_reader *x)
{
	struct importer *im = &x->im;
	bool good = im_expect(im, JSON_ARR, "incidents", "is not an array");

	im->record_word = "incident";
	while (good && im_element(im, "incidents")) {
		im->record++;
		good = incident_read(x);
	}
	if (good && im->why == NULL)
		im->record = 0;
	return good && im->why == NULL;
}
