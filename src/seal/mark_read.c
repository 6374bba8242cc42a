/* mark_read: the way back: what is read is written again and compared, so that a mark has one form. */
#include "base/limits.h"
#include "seal/mark.h"

#include <jansson.h>

#define RULE "[doc/formats/mark.md]"

struct reader {
	struct arena *a;
	const char *why;		/* NULL while all is well: the first complaint */
};

static void
refuse(struct reader *r, const char *field, const char *what)
{
	if (r->why == NULL)
		r->why = arena_printf(r->a, "%s: %s " RULE, field, what);
}

/* A string, or null when it may be. NULL also when it is neither, which is then told. */
static const char *
text(struct reader *r, const json_t *o, const char *key, bool optional)
{
	const json_t *v = json_object_get(o, key);

	if (optional && json_is_null(v))
		return NULL;
	if (!json_is_string(v) || strlen(json_string_value(v)) != json_string_length(v)) {
		refuse(r, key, "is missing, or no text");
		return NULL;
	}
	return arena_strdup(r->a, (struct span){json_string_value(v), json_string_length(v)});
}

static uint64_t
number(struct reader *r, const json_t *o, const char *key, uint64_t max)
{
	const json_t *v = json_object_get(o, key);

	if (json_is_integer(v) && json_integer_value(v) >= 0 && (uint64_t)json_integer_value(v) <= max)
		return (uint64_t)json_integer_value(v);
	refuse(r, key, "is missing, or no number that it can be");
	return 0;
}

static void
controls(struct reader *r, const json_t *list, struct mark *m)
{
	const json_t *o;
	const char *verdict;
	size_t i;

	if (!json_is_array(list) || json_array_size(list) > PACK_CONTROLS_MAX) {
		refuse(r, "controls", "are missing, or more than any pack has");
		return;
	}
	m->n = json_array_size(list);
	m->controls = arena_array(r->a, m->n + 1, sizeof(*m->controls));
	for (i = 0; i < m->n; i++) {
		o = json_array_get(list, i);
		m->controls[i].age_max_days = (uint32_t)number(r, o, "age_max_days", UINT32_MAX);
		m->controls[i].expires = text(r, o, "expires", true);
		m->controls[i].id = text(r, o, "id", false);
		m->controls[i].oldest = text(r, o, "oldest", true);
		m->controls[i].title = text(r, o, "title", false);
		verdict = text(r, o, "verdict", false);
		m->controls[i].applies = verdict != NULL && strcmp(verdict, "PASS") == 0;
		if (verdict != NULL && !m->controls[i].applies && strcmp(verdict, "NOT_APPLICABLE") != 0)
			refuse(r, "verdict", "is neither PASS nor NOT_APPLICABLE: no mark rests on another");
	}
}

static void
pack(struct reader *r, const json_t *o, struct mark *m)
{
	m->pack.catalog = text(r, o, "catalog_sha256", false);
	m->pack.id = text(r, o, "id", false);
	m->pack.profile = text(r, o, "profile_sha256", true);
	m->pack.status = text(r, o, "status", false);
	m->pack.title = text(r, o, "title", false);
	m->pack.version = text(r, o, "version", false);
}

static void
whole(struct reader *r, const json_t *root, struct mark *m)
{
	const json_t *evidence = json_object_get(root, "evidence");

	m->address = text(r, root, "address", true);
	m->asn = (uint32_t)number(r, root, "asn", UINT32_MAX);
	m->at = text(r, root, "at", false);
	controls(r, json_object_get(root, "controls"), m);
	m->inputs = number(r, evidence, "inputs", FILES_MAX);
	m->newest = text(r, evidence, "newest", true);
	m->oldest = text(r, evidence, "oldest", true);
	m->issuer = text(r, root, "issuer", false);
	m->log = text(r, root, "log", false);
	m->name = text(r, root, "name", false);
	m->organisation = text(r, root, "organisation", false);
	pack(r, json_object_get(root, "pack"), m);
	m->report = text(r, root, "report_sha256", false);
	m->valid_to = text(r, root, "valid_to", false);
}

enum err
mark_read(struct span bytes, struct arena *a, struct mark *out, const char **why)
{
	struct reader r = {.a = a};
	struct str again = {0};
	struct mark m = {.asn = 0};
	json_error_t at;
	json_t *root = bytes.len > MARK_BYTES_MAX || bytes.len == 0 ? NULL :
	    json_loadb(bytes.p, bytes.len, JSON_REJECT_DUPLICATES, &at);
	const json_t *format = json_object_get(root, "format");
	const char *wrong;

	*why = "is no mark " RULE;
	if (!json_is_string(format) || strcmp(json_string_value(format), MARK_FORMAT) != 0) {
		json_decref(root);
		return ERR_UNKNOWN;
	}
	whole(&r, root, &m);
	json_decref(root);
	wrong = r.why == NULL ? mark_wrong(&m, a) : NULL;
	if (wrong != NULL)
		r.why = arena_printf(a, "%s " RULE, wrong);
	if (r.why == NULL) {
		mark_write(&again, &m);
		if (!span_eq(str_span(&again), bytes))
			r.why = "is not canonical JSON, or has other members " RULE;
		str_release(&again);
	}
	*why = r.why;
	if (r.why != NULL)
		return ERR_SYNTAX;
	*out = m;
	return OK;
}
