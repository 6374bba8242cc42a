#include "decode/rpsl_int.h"

#include "addr/asn.h"
#include "base/arena.h"

#include <string.h>

#define RULE_ROUTE "RFC 2622 4, RFC 4012 3"
#define RULE_AUT_NUM "RFC 2622 6"
#define RULE_SET "RFC 2622 5"
#define RULE_DATE "RFC 2622 3.1"

bool
rpsl_source_authoritative(struct span source)
{
	static const char *const registries[] = {"AFRINIC", "APNIC", "ARIN", "LACNIC", "RIPE",
	    "JPIRR", "IDNIC", "TWNIC", "KRNIC", "CNNIC"};
	size_t i;

	for (i = 0; i < sizeof(registries) / sizeof(registries[0]); i++)
		if (span_is_nocase(source, registries[i]))
			return true;
	return false;
}

static enum rpsl_class
class_of(struct span name)
{
	static const struct {
		const char *name;
		enum rpsl_class class;
	} classes[] = {
	    {"route", RPSL_ROUTE},
	    {"route6", RPSL_ROUTE},
	    {"aut-num", RPSL_AUT_NUM},
	    {"as-set", RPSL_AS_SET},
	    {"route-set", RPSL_ROUTE_SET},
	    {"mntner", RPSL_MNTNER},
	    {"role", RPSL_ROLE},
	    {"person", RPSL_PERSON},
	    {"organisation", RPSL_ORGANISATION},
	};
	size_t i;

	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (span_is(name, classes[i].name))
			return classes[i].class;
	return RPSL_OTHER;
}

static void
note(struct rpsl_dec *r, enum diag_level level, enum err e, const char *field, const char *rule)
{
	diag_add(r->l.d, level, e, r->line, r->offset, field, rule);
}

static const struct rpsl_attr *
attr_find(const struct rpsl_object *o, const char *name)
{
	size_t i;

	for (i = 0; i < o->n_attr; i++)
		if (span_is(o->attr[i].name, name))
			return &o->attr[i];
	return NULL;
}

/* The text no longer moves: attributes as spans. The source goes in behind it, in upper case. */
static void
bind_attrs(struct rpsl_dec *r, struct rpsl_object *o)
{
	const struct rpsl_attr *source;
	struct span rest, word;
	size_t i;

	r->text = grow(r->text, &r->cap, 2 * r->len + 1, 1);
	r->attr = grow(r->attr, &r->cap_attr, r->n, sizeof(*r->attr));
	for (i = 0; i < r->n; i++) {
		const struct rpsl_cut *c = &r->cut[i];

		r->attr[i].name = (struct span){r->text + c->name, c->name_len};
		r->attr[i].value = (struct span){r->text + c->value, c->value_len};
	}
	o->attr = r->attr;
	o->n_attr = r->n;
	o->key = r->attr[0].value;
	o->source = SPAN("");
	source = attr_find(o, "source");
	if (source == NULL)
		return;
	rest = source->value;
	span_cut(&rest, ' ', &word);
	memcpy(r->text + r->len, word.p, word.len);
	for (i = r->len; i < r->len + word.len; i++)
		if (r->text[i] >= 'a' && r->text[i] <= 'z')
			r->text[i] &= (char)~0x20;
	o->source = (struct span){r->text + r->len, word.len};
}

/* <as-number>: with its "AS", in either case */
static enum err
as_number(struct span s, uint32_t *out)
{
	return s.len > 2 && (s.p[0] | 0x20) == 'a' ? asn_parse(s, out) : ERR_SYNTAX;
}

static bool
read_route(struct rpsl_dec *r, struct rpsl_object *o)
{
	const struct rpsl_attr *origin = attr_find(o, "origin");
	unsigned want = span_is(o->attr[0].name, "route") ? FAMILY_V4 : FAMILY_V6;
	bool host_bits;
	enum err e;

	e = prefix_parse(o->key, &o->prefix, &host_bits);
	if (e == OK && (host_bits || o->prefix.family != want))
		e = host_bits ? ERR_RANGE : ERR_SYNTAX;
	if (e != OK) {
		note(r, DIAG_SKIP_RECORD, e, "rpsl.route", RULE_ROUTE);
		return false;
	}
	if (origin == NULL) {
		note(r, DIAG_SKIP_RECORD, ERR_SHORT, "rpsl.origin", RULE_ROUTE);
		return false;
	}
	e = as_number(origin->value, &o->asn);
	if (e != OK)
		note(r, DIAG_SKIP_RECORD, e, "rpsl.origin", RULE_ROUTE);
	return e == OK;
}

static bool
read_key(struct rpsl_dec *r, struct rpsl_object *o)
{
	enum err e;

	if (o->class == RPSL_OTHER)
		return true;
	if (o->class == RPSL_ROUTE)
		return read_route(r, o);
	if (o->class == RPSL_AUT_NUM) {
		e = as_number(o->key, &o->asn);
		if (e != OK)
			note(r, DIAG_SKIP_RECORD, e, "rpsl.aut-num", RULE_AUT_NUM);
		return e == OK;
	}
	if (o->key.len > 0)
		return true;
	note(r, DIAG_SKIP_RECORD, ERR_SYNTAX, "rpsl.key", RULE_SET);
	return false;
}

/* "noc@example.net 20020521": the date of a changed: attribute, UTC_NONE when it has none. Old
 * objects have YYMMDD. */
static enum err
changed_date(struct span value, struct utc *out)
{
	struct span word = {NULL, 0}, piece;
	char full[8];

	*out = UTC_NONE;
	while (span_cut(&value, ' ', &piece))
		if (piece.len > 0)
			word = piece;
	if (word.len == 6) {
		memcpy(full, word.p[0] >= '8' ? "19" : "20", 2);
		memcpy(full + 2, word.p, 6);
		return utc_parse((struct span){full, 8}, out);
	}
	if (word.len == 0 || memchr(word.p, '@', word.len) != NULL)
		return OK;
	return utc_parse(word, out);
}

static void
read_time(struct rpsl_dec *r, struct rpsl_object *o)
{
	struct utc t = UTC_NONE;
	size_t i;
	enum err e;

	o->modified = UTC_NONE;
	for (i = 0; i < o->n_attr; i++) {
		bool last = span_is(o->attr[i].name, "last-modified");

		if (!last && !span_is(o->attr[i].name, "changed"))
			continue;
		e = last ? utc_parse(o->attr[i].value, &t) : changed_date(o->attr[i].value, &t);
		if (e != OK) {
			note(r, DIAG_SKIP_FIELD, e, last ? "rpsl.last-modified" : "rpsl.changed",
			    RULE_DATE);
			continue;
		}
		if (last) {
			o->modified = t;
			return;
		}
		if (utc_known(t) && (!utc_known(o->modified) || t.s > o->modified.s))
			o->modified = t;
	}
}

bool
rpsl_finish(struct rpsl_dec *r, struct rpsl_object *o)
{
	if (r->too_big || r->n == 0) {
		/* no object is that large: it has swallowed others */
		if (r->too_big)
			note(r, DIAG_STOP_SOURCE, ERR_LIMIT, "rpsl.object", "limit RPSL_OBJECT_MAX");
		else
			note(r, DIAG_SKIP_RECORD, ERR_SYNTAX, "rpsl.object", "RFC 2622 2");
		return false;
	}
	*o = (struct rpsl_object){.class = RPSL_OTHER, .offset = r->offset};
	bind_attrs(r, o);
	o->class = class_of(o->attr[0].name);
	if (!read_key(r, o))
		return false;
	read_time(r, o);
	return true;
}
