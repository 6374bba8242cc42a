/* minimal_json: JSON whose records are the objects of its arrays: an object stays, byte for byte, or goes with its comma. */
#include "pipe/minimal_int.h"
#include "base/limits.h"

#include <string.h>

struct scan {
	struct span s;
	size_t i;
	bool kept_one;			/* by the first record the kind is told */
	bool comma;			/* an element of the array at hand was written */
};

/* The number behind "KEY":, wherever it stands; false when there is none. */
static bool
number_of(struct span object, const char *key, uint64_t *out)
{
	const char *p = memmem(object.p, object.len, key, strlen(key)), *end = object.p + object.len, *from;

	if (p == NULL)
		return false;
	for (p += strlen(key); p < end && (*p == ' ' || *p == ':' || *p == '"'); p++)
		;
	for (from = p; p < end && *p >= '0' && *p <= '9'; p++)
		;
	return span_u64((struct span){from, (size_t)(p - from)}, UINT64_MAX, out) == OK;
}

static bool
stays(const struct minimal *m, enum input_kind kind, struct span object)
{
	struct mention x;
	uint64_t v;

	if (kind == KIND_PDB_NET)
		return number_of(object, "\"asn\"", &v) && numbers_has(&m->ases, v);
	if (kind == KIND_PDB_POC)
		return number_of(object, "\"net_id\"", &v) && numbers_has(&m->nets, v);
	if (kind == KIND_PDB_ORG)
		return number_of(object, "\"id\"", &v) && numbers_has(&m->orgs, v);
	x = minimal_mention(m, object);
	if (kind == KIND_SPOOFER_JSON)
		return x.subject;
	return x.prefix ? x.near || x.subject : x.as;
}

/* From an opening quotation mark to behind the closing one. */
static bool
skip_string(struct scan *c)
{
	for (c->i++; c->i < c->s.len; c->i++) {
		if (c->s.p[c->i] == '\\')
			c->i++;
		else if (c->s.p[c->i] == '"')
			return c->i++, true;
	}
	return false;
}

/* From an opening brace to behind the closing one. */
static bool
skip_object(struct scan *c)
{
	unsigned depth = 0;

	while (c->i < c->s.len) {
		char ch = c->s.p[c->i];

		if (ch == '"') {
			if (!skip_string(c))
				return false;
			continue;
		}
		c->i++;
		depth += ch == '{' || ch == '[';
		depth -= ch == '}' || ch == ']';
		if (depth == 0)
			return true;
	}
	return false;
}

static bool
element(const struct minimal *m, enum input_kind kind, struct scan *c, struct str *out)
{
	size_t from = c->i;
	struct span object;

	if (!skip_object(c))
		return false;
	object = (struct span){c->s.p + from, c->i - from};
	if (c->kept_one && !stays(m, kind, object))
		return true;
	if (c->comma)
		str_adds(out, ",\n");
	c->comma = c->kept_one = true;
	str_add(out, object);
	return true;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* An array of objects: what is between them is made anew. */
static bool
array(const struct minimal *m, enum input_kind kind, struct scan *c, struct str *out)
{
	c->comma = false;
	while (c->i < c->s.len) {
		char ch = c->s.p[c->i];

		if (ch == '{') {
			if (!element(m, kind, c, out))
				return false;
		} else if (ch == ',' || is_blank(ch)) {
			c->i++;
		} else {
			return ch == ']';
		}
	}
	return false;
}

static bool
starts_objects(const struct scan *c)
{
	size_t k = c->i;

	while (k < c->s.len && is_blank(c->s.p[k]))
		k++;
	return k < c->s.len && c->s.p[k] == '{';
}

static bool
token(const struct minimal *m, enum input_kind kind, struct scan *c, struct str *out)
{
	size_t from = c->i;
	char ch = c->s.p[c->i];

	if (ch == '"') {
		if (!skip_string(c))
			return false;
		str_add(out, (struct span){c->s.p + from, c->i - from});
		return true;
	}
	c->i++;
	str_addc(out, ch);
	return ch != '[' || !starts_objects(c) || array(m, kind, c, out);
}

static enum err
slurp_feed(struct feed *f, struct str *all)
{
	const uint8_t *p;
	size_t n;

	while ((n = feed_peek(f, 1, &p)) > 0) {
		if (all->len + n > BUNDLE_FILE_MAX)
			return ERR_LIMIT;
		str_add(all, (struct span){(const char *)p, n});
		feed_skip(f, n);
	}
	return feed_err(f);
}

enum err
reduce_json(const struct minimal *m, enum input_kind kind, struct feed *f, struct str *out)
{
	struct str all = {0};
	struct scan c = {0};
	enum err e = slurp_feed(f, &all);

	c.s = str_span(&all);
	while (e == OK && c.i < c.s.len)
		if (!token(m, kind, &c, out))
			e = ERR_UNKNOWN;
	str_release(&all);
	return e;
}
