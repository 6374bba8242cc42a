/* import_head: what stands before the results. */
#include "archive/from_result.h"
#include "archive/import_int.h"
#include "report/incidents.h"

#include <string.h>

/* --- evidence --- */

static bool
family_read(struct importer *im, struct archive_family *f)
{
	unsigned has = 0;
	bool good = doc_expect(&im->doc, JSON_OBJ, "evidence.ipv4, ipv6", "is not an object");

	while (good && doc_member(&im->doc, "evidence.ipv4, ipv6")) {
		if (JSON_IS(&im->doc.r, "full_feed")) {
			has |= 1;
			good = doc_number(&im->doc, "evidence.*.full_feed", INT64_MAX, &f->full_feed);
		} else if (JSON_IS(&im->doc.r, "visibility")) {
			has |= 2;
			good = doc_number(&im->doc, "evidence.*.visibility", INT64_MAX, &f->visibility);
		} else if (JSON_IS(&im->doc.r, "visible_routes")) {
			has |= 4;
			good = doc_number(&im->doc, "evidence.*.visible_routes", INT64_MAX, &f->visible_routes);
		} else {
			good = doc_skip(&im->doc, "evidence.ipv4, ipv6");
		}
	}
	return good && im_whole(im, "evidence.ipv4, ipv6", has, "full_feed visibility visible_routes");
}

static bool
evidence_read(struct importer *im)
{
	struct archive_head *h = &im->out->head;
	unsigned has = 0;
	bool good = doc_expect(&im->doc, JSON_OBJ, "evidence", "is not an object");

	while (good && doc_member(&im->doc, "evidence")) {
		if (JSON_IS(&im->doc.r, "collectors")) {
			has |= 1;
			good = doc_number(&im->doc, "evidence.collectors", INT64_MAX, &h->collectors);
		} else if (JSON_IS(&im->doc.r, "vantage_points")) {
			has |= 2;
			good = doc_number(&im->doc, "evidence.vantage_points", INT64_MAX, &h->vantage_points);
		} else if (JSON_IS(&im->doc.r, "ipv4")) {
			has |= 4;
			good = family_read(im, &h->family[FAMILY_V4]);
		} else if (JSON_IS(&im->doc.r, "ipv6")) {
			has |= 8;
			good = family_read(im, &h->family[FAMILY_V6]);
		} else {
			good = doc_skip(&im->doc, "evidence");
		}
	}
	return good && im_whole(im, "evidence", has, "collectors vantage_points ipv4 ipv6");
}

/* --- inputs --- */

static bool
input_member(struct importer *im, struct archive_input *in, unsigned *has)
{
	bool null = false;

	if (JSON_IS(&im->doc.r, "sha256")) {
		*has |= 1;
		return im_digest(im, "inputs[].sha256", in->sha256, &null) &&
		    (!null || doc_refuse(&im->doc, "inputs[].sha256", "is null"));
	}
	if (JSON_IS(&im->doc.r, "size")) {
		*has |= 2;
		return doc_number(&im->doc, "inputs[].size", INT64_MAX, &in->size);
	}
	if (JSON_IS(&im->doc.r, "kind")) {
		*has |= 4;
		return im_text(im, "inputs[].kind", im->doc.a, &in->kind);
	}
	if (JSON_IS(&im->doc.r, "time")) {
		*has |= 8;
		return im_time(im, "inputs[].time", &in->time);
	}
	if (JSON_IS(&im->doc.r, "time_from_name")) {
		*has |= 16;
		return doc_bool(&im->doc, "inputs[].time_from_name", &in->time_from_name);
	}
	if (JSON_IS(&im->doc.r, "complete")) {
		*has |= 32;
		return doc_bool(&im->doc, "inputs[].complete", &in->complete);
	}
	return doc_skip(&im->doc, "inputs[]");
}

bool
im_inputs(struct importer *im)
{
	struct archive_input *all = NULL, in;
	size_t n = 0, cap = 0;
	bool good = doc_expect(&im->doc, JSON_ARR, "inputs", "is not an array");
	unsigned has;

	while (good && doc_element(&im->doc, "inputs")) {
		if (n == FILES_MAX)
			good = doc_refuse(&im->doc, "inputs", "holds more than FILES_MAX (100000)");
		in = (struct archive_input){.time = UTC_NONE};
		has = 0;
		while (good && doc_member(&im->doc, "inputs[]"))
			good = input_member(im, &in, &has);
		good = good && im_whole(im, "inputs[]", has, "sha256 size kind time time_from_name complete");
		if (good && n > 0 && memcmp(all[n - 1].sha256, in.sha256, SHA256_BYTES) >= 0)
			good = doc_refuse(&im->doc, "inputs[].sha256", "does not ascend");
		all = grow(all, &cap, n + 1, sizeof(*all));
		all[n++] = in;
	}
	im->out->head.inputs = row_settle(im->doc.a, all, n, sizeof(*all));
	im->out->head.n_inputs = n;
	return good && im->doc.why == NULL;
}

/* --- packs --- */

static bool
controls_read(struct importer *im, struct archive_pack *p)
{
	struct archive_control *all = NULL, c;
	size_t cap = 0;
	bool good = doc_expect(&im->doc, JSON_ARR, "packs[].controls", "is not an array");
	unsigned has;

	p->n = 0;
	while (good && doc_element(&im->doc, "packs[].controls")) {
		if (p->n == PACK_CONTROLS_MAX)
			good = doc_refuse(&im->doc, "packs[].controls", "holds more than PACK_CONTROLS_MAX (4096)");
		c = (struct archive_control){0};
		has = 0;
		while (good && doc_member(&im->doc, "packs[].controls[]")) {
			if (JSON_IS(&im->doc.r, "id")) {
				has |= 1;
				good = im_text(im, "packs[].controls[].id", im->doc.a, &c.id);
			} else if (JSON_IS(&im->doc.r, "title")) {
				has |= 2;
				good = im_text(im, "packs[].controls[].title", im->doc.a, &c.title);
			} else if (JSON_IS(&im->doc.r, "required")) {
				has |= 4;
				good = doc_bool(&im->doc, "packs[].controls[].required", &c.required);
			} else {
				good = doc_skip(&im->doc, "packs[].controls[]");
			}
		}
		good = good && im_whole(im, "packs[].controls[]", has, "id title required");
		all = grow(all, &cap, p->n + 1, sizeof(*all));
		all[p->n++] = c;
	}
	p->controls = row_settle(im->doc.a, all, p->n, sizeof(*all));
	return good && im->doc.why == NULL;
}

static bool
pack_member(struct importer *im, struct archive_pack *p, unsigned *has)
{
	static const char *const words[] = {"id", "version", "title", "status"};
	const char **const to[] = {&p->id, &p->version, &p->title, &p->status};
	bool null = false, good;
	unsigned i;

	for (i = 0; i < 4; i++)
		if (span_is(im->doc.r.text, words[i])) {
			*has |= 1u << i;
			return im_text(im, "packs[].id, version, title, status", im->doc.a, to[i]);
		}
	if (JSON_IS(&im->doc.r, "catalog_sha256")) {
		*has |= 16;
		return im_digest(im, "packs[].catalog_sha256", p->sha256, &null) &&
		    (!null || doc_refuse(&im->doc, "packs[].catalog_sha256", "is null"));
	}
	if (JSON_IS(&im->doc.r, "profile_sha256")) {
		*has |= 32;
		good = im_digest(im, "packs[].profile_sha256", p->profile_sha256, &null);
		p->has_profile = !null;
		return good;
	}
	if (JSON_IS(&im->doc.r, "controls")) {
		*has |= 64;
		return controls_read(im, p);
	}
	return doc_skip(&im->doc, "packs[]");
}

static bool
packs_read(struct importer *im)
{
	struct archive_pack *all = NULL, p;
	size_t n = 0, cap = 0;
	bool good = doc_expect(&im->doc, JSON_ARR, "packs", "is not an array");
	unsigned has;

	while (good && doc_element(&im->doc, "packs")) {
		if (n == ARCHIVE_PACKS_MAX)
			good = doc_refuse(&im->doc, "packs", "holds more than ARCHIVE_PACKS_MAX (256)");
		p = (struct archive_pack){0};
		has = 0;
		while (good && doc_member(&im->doc, "packs[]"))
			good = pack_member(im, &p, &has);
		good = good && im_whole(im, "packs[]", has, "id version title status catalog_sha256 profile_sha256 controls");
		all = grow(all, &cap, n + 1, sizeof(*all));
		all[n++] = p;
	}
	if (good && im->doc.why == NULL && archive_packs_repeat(all, n))
		good = doc_refuse(&im->doc, "packs[].id", "is there twice");
	im->out->head.packs = row_settle(im->doc.a, all, n, sizeof(*all));
	im->out->head.n_packs = n;
	if (!good || im->doc.why != NULL)
		return false;
	im->n_controls = head_controls(&im->out->head);
	im->counted = arena_array(im->doc.a, im->n_controls + 1, sizeof(*im->counted));
	return true;
}

/* --- parameters --- */

static bool
name_put(struct importer *im, const char *field, struct str *s)
{
	if (im->doc.r.text.len == 0 || strspn(arena_strdup(im->doc.a, im->doc.r.text), "abcdefghijklmnopqrstuvwxyz0123456789_") !=
	    im->doc.r.text.len)
		return doc_refuse(&im->doc, field, "has a name that is no word");
	if (s->len > 0 && s->p[s->len - 1] != '{')
		str_addc(s, ',');
	str_addc(s, '"');
	str_add(s, im->doc.r.text);
	str_adds(s, "\":");
	return true;
}

/* Numbers, true and false, as they were written: to be compared, not read. */
static bool
value_put(struct importer *im, const char *field, struct str *s, enum json_tok t)
{
	if (t == JSON_NUM)
		str_add(s, im->doc.r.text);
	else if (t == JSON_LIT_TRUE || t == JSON_LIT_FALSE)
		str_adds(s, t == JSON_LIT_TRUE ? "true" : "false");
	else if (t == JSON_ERROR)
		return doc_broken(&im->doc, field);
	else
		return doc_refuse(&im->doc, field, "holds something that is no number, true or false");
	return true;
}

/* From when to when updates were followed: times and the name of a curve are words, too. */
static bool
window_put(struct importer *im, struct str *s)
{
	static const char field[] = "parameters.window";
	static const char plain[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz:.-";
	enum json_tok t;
	bool good = true;

	str_addc(s, '{');
	while (good && doc_member(&im->doc, field)) {
		if (!name_put(im, field, s))
			return false;
		t = json_next(&im->doc.r);
		if (t != JSON_STR) {
			good = value_put(im, field, s, t);
			continue;
		}
		if (strspn(arena_strdup(im->doc.a, im->doc.r.text), plain) != im->doc.r.text.len)
			return doc_refuse(&im->doc, field, "holds a text that is neither a time nor a word");
		str_addc(s, '"');
		str_add(s, im->doc.r.text);
		str_addc(s, '"');
	}
	str_addc(s, '}');
	return good && im->doc.why == NULL;
}

static bool
parameter_read(struct importer *im, const char *field, struct str *s)
{
	bool window = JSON_IS(&im->doc.r, "window");
	enum json_tok t;

	if (JSON_IS(&im->doc.r, "records_max"))
		return doc_skip(&im->doc, field);
	if (!name_put(im, field, s))
		return false;
	t = json_next(&im->doc.r);
	return window && t == JSON_OBJ ? window_put(im, s) : value_put(im, field, s, t);
}

bool
im_flat(struct importer *im, const char *field, const char **out)
{
	struct str s = {0};
	bool good = doc_expect(&im->doc, JSON_OBJ, field, "is not an object");

	str_addc(&s, '{');
	while (good && doc_member(&im->doc, field))
		good = parameter_read(im, field, &s);
	str_addc(&s, '}');
	*out = arena_strdup(im->doc.a, str_span(&s));
	str_release(&s);
	return good && im->doc.why == NULL;
}

/* --- one member --- */

static bool
once(struct importer *im, unsigned bit, const char *field)
{
	bool again = (im->seen & bit) != 0;

	im->seen |= bit;
	if (again)
		return doc_refuse(&im->doc, field, "is there twice");
	return (im->seen & SEEN_RESULTS) == 0 || bit >= SEEN_RESULTS ||
	    doc_refuse(&im->doc, field, "comes after the results: keys ascend");
}

bool
im_head(struct importer *im)
{
	if (JSON_IS(&im->doc.r, "at"))
		return once(im, SEEN_AT, "at") && im_time(im, "at", &im->out->head.at) &&
		    (utc_known(im->out->head.at) ||
		    doc_refuse(&im->doc, "at", "is not known: a report of an unknown moment is of no month"));
	if (JSON_IS(&im->doc.r, "evidence"))
		return once(im, SEEN_EVIDENCE, "evidence") && evidence_read(im);
	if (JSON_IS(&im->doc.r, "format"))
		return once(im, SEEN_FORMAT, "format") && doc_expect(&im->doc, JSON_STR, "format", "is not a string") &&
		    (span_is(im->doc.r.text, REPORT_FORMAT) || doc_refuse(&im->doc, "format", "is not " REPORT_FORMAT ", nor " INCIDENTS_FORMAT));
	if (JSON_IS(&im->doc.r, "inputs"))
		return once(im, SEEN_INPUTS, "inputs") && im_inputs(im);
	if (JSON_IS(&im->doc.r, "packs"))
		return once(im, SEEN_PACKS, "packs") && packs_read(im);
	if (JSON_IS(&im->doc.r, "parameters"))
		return once(im, SEEN_PARAMETERS, "parameters") && im_flat(im, "parameters", &im->out->head.parameters);
	if (JSON_IS(&im->doc.r, "results"))
		return once(im, SEEN_RESULTS, "results") && im_results(im);
	if (JSON_IS(&im->doc.r, "summary"))
		return once(im, SEEN_SUMMARY, "summary") && im_summary(im);
	return doc_skip(&im->doc, "report");
}
