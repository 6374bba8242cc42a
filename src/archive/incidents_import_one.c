/* incidents_import_one: one incident at a time, and whether what is said of it fits together. */
#include "archive/incidents_import_int.h"

#include <stdlib.h>
#include <string.h>

/* --- what it is --- */

static bool
class_read(struct importer *im, enum offence_class *out)
{
	if (!doc_expect(&im->doc, JSON_STR, "incidents[].class", "is not a string"))
		return false;
	*out = offence_class_find(im->doc.r.text);
	return *out < OFF_N || doc_refuse(&im->doc, "incidents[].class", "is not one of the words it may be");
}

static bool
prefix_read_text(struct importer *im, struct prefix *out)
{
	char text[PREFIX_TEXT];
	bool host_bits = false;

	return doc_expect(&im->doc, JSON_STR, "incidents[].prefix", "is not a string") &&
	    ((prefix_parse(im->doc.r.text, out, &host_bits) == OK && span_is(im->doc.r.text, prefix_format(out, text))) ||
	    doc_refuse(&im->doc, "incidents[].prefix", "is not a prefix as 192.0.2.0/24 or 2001:db8::/32 (RFC 5952)"));
}

static bool
says_read(struct importer *im, const char *field, unsigned from, unsigned to, uint32_t *says)
{
	enum json_tok t = json_next(&im->doc.r);
	unsigned i;

	if (t == JSON_ERROR)
		return doc_broken(&im->doc, field);
	if (t != JSON_ARR)
		return doc_refuse(&im->doc, field, "is not an array");
	while ((t = json_next(&im->doc.r)) == JSON_STR) {
		for (i = from; i < to; i++)
			if (span_is(im->doc.r.text, misorigin_word((enum misorigin_says)i)))
				break;
		if (i == to || (*says >> i & 1) != 0)
			return doc_refuse(&im->doc, field, i == to ? "holds a word that it may not" : "holds a word twice");
		*says |= 1u << i;
	}
	return t == JSON_ERROR ? doc_broken(&im->doc, field) : t == JSON_ARR_END ||
	    doc_refuse(&im->doc, field, "holds something that is not a string");
}

enum { I_BY, I_CLASS, I_CONFIDENCE, I_CULPRIT, I_NEEDED, I_ORIGIN, I_PEAK, I_PREFIX, I_SPANS, I_VPS, I_WHY, I_AGAINST,
	I_FOR, I_PATHS, I_PATHS_LEFT };

static bool
incident_member(struct incidents_reader *x, unsigned which, struct archive_incident *i)
{
	struct importer *im = &x->im;

	switch (which) {
	case I_BY: return import_bys(x, i);
	case I_CLASS: return class_read(im, &i->class);
	case I_CONFIDENCE: return im_text_or_null(im, "incidents[].confidence", im->row, &i->confidence);
	case I_CULPRIT: return im_u32(im, "incidents[].culprit", &i->culprit) &&
		    (i->culprit > 0 || doc_refuse(&im->doc, "incidents[].culprit", "is 0, which is nobody"));
	case I_NEEDED: return im_u32(im, "incidents[].needed", &i->needed);
	case I_ORIGIN: return import_asn_or_null(im, "incidents[].origin", ORIGIN_NONE, &i->origin);
	case I_PEAK: return im_u32(im, "incidents[].peak", &i->peak);
	case I_PREFIX: return prefix_read_text(im, &i->prefix);
	case I_SPANS: return import_spans(x, "incidents[].spans", &i->spans, &i->n_spans);
	case I_VPS: return im_u32(im, "incidents[].vantage_points", &i->vantage_points);
	case I_WHY: return im_text(im, "incidents[].why", im->row, &i->why);
	case I_AGAINST: return says_read(im, "incidents[].against", MIS_AGAINST, MIS_N, &i->says);
	case I_FOR: return says_read(im, "incidents[].for", 0, MIS_AGAINST, &i->says);
	case I_PATHS: return import_paths(x);
	default: return doc_number(&im->doc, "incidents[].paths_left_out", INT64_MAX, &x->ways.left_out);
	}
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

size_t
incident_distinct_vps(const struct archive_incident *i, struct arena *arena)
{
	size_t n = 0, at = 0, distinct = 0, k, m;
	uint32_t *vps;

	for (k = 0; k < i->n_by; k++)
		n += i->by[k].n_seen;
	vps = arena_raw(arena, n + 1, sizeof(*vps));
	for (k = 0; k < i->n_by; k++)
		for (m = 0; m < i->by[k].n_seen; m++)
			vps[at++] = i->by[k].seen[m].vp;
	qsort(vps, n, sizeof(*vps), by_number);
	for (k = 0; k < n; k++)
		distinct += k == 0 || vps[k] != vps[k - 1];
	return distinct;
}

bool
incident_confidence_fits(const struct archive_incident *i)
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

	if (!incident_confidence_fits(i))
		return doc_refuse(&im->doc, "incidents[].confidence", "is not one that its class has");
	if ((has & both) != (i->class == OFF_MISORIGIN ? both : 0))
		return doc_refuse(&im->doc, "incidents[].for, against", "are of misoriginations, and of these both");
	if (incident_distinct_vps(i, im->row) != i->vantage_points)
		return doc_refuse(&im->doc, "incidents[].vantage_points", "is not how many saw it");
	if (i->peak > i->vantage_points)
		return doc_refuse(&im->doc, "incidents[].peak", "is more than saw it");
	return x->out->incidents == 0 || archive_incident_cmp(&x->last, i) < 0 ||
	    doc_refuse(&im->doc, "incidents[]", "does not ascend by class, prefix, origin and culprit");
}

static bool
incident_read(struct incidents_reader *x)
{
	static const char words[] = "by_accomplice class confidence culprit needed origin peak prefix spans vantage_points why "
	    "against for paths paths_left_out", must[] = "by_accomplice class confidence culprit needed origin peak prefix spans vantage_points why";
	struct archive_incident i = {.class = OFF_N};
	struct importer *im = &x->im;
	unsigned has = 0, which = 0;
	bool good = true;

	arena_reset(im->row);
	import_ways_reset(x);
	while (good && im_pick(im, "incidents[]", words, &has, &which))
		good = incident_member(x, which, &i);
	if (!good || !im_whole(im, "incidents[]", has, must) || !incident_fits(x, &i, has) ||
	    !import_ways_fit(x, &i, (has >> I_PATHS & 1) != 0, (has >> I_PATHS_LEFT & 1) != 0))
		return false;
	if (x->unlooked[i.class].record == 0)
		x->unlooked[i.class].record = im->doc.record;
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
	bool good = doc_expect(&im->doc, JSON_ARR, "incidents", "is not an array");

	im->doc.record_word = "incident";
	while (good && doc_element(&im->doc, "incidents")) {
		im->doc.record++;
		good = incident_read(x);
	}
	if (good && im->doc.why == NULL)
		im->doc.record = 0;
	return good && im->doc.why == NULL;
}
