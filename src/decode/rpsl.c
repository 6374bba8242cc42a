#include "decode/rpsl_int.h"

#include "base/arena.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

#define RULE "RFC 2622 2"

static void
add_text(struct rpsl_dec *r, struct span s)
{
	if (r->len + s.len > RPSL_OBJECT_MAX) {
		r->too_big = true;
		return;
	}
	r->text = grow(r->text, &r->cap, r->len + s.len + 1, 1);
	memcpy(r->text + r->len, s.p, s.len);
	r->len += s.len;
}

/* A value, or a piece of one, without its comment. */
static struct span
without_comment(struct span s)
{
	struct span head = s;

	span_cut(&s, '#', &head);
	return span_trim(head);
}

/* A line that starts with a blank or "+" continues the value; the break counts as one space. */
static void
continue_value(struct rpsl_dec *r)
{
	struct span more = without_comment((struct span){r->l.text.p + 1, r->l.text.len - 1});
	struct rpsl_cut *c;

	if (r->n == 0) {
		diag_add(r->l.d, DIAG_SKIP_FIELD, ERR_SYNTAX, r->l.n, r->l.offset,
		    "rpsl.continuation", RULE);
		return;
	}
	c = &r->cut[r->n - 1];
	if (more.len == 0 || r->too_big)
		return;
	if (c->value_len > 0)
		add_text(r, SPAN(" "));
	add_text(r, more);
	c->value_len = r->len - c->value;
}

static bool
good_name(struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++) {
		char c = s.p[i];

		if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '-' && c != '_')
			return false;
	}
	return s.len > 0;
}

/* "name: value" opens an attribute; the name is kept in lower case. */
static void
open_attr(struct rpsl_dec *r)
{
	struct span value = r->l.text, name;
	struct rpsl_cut *c;
	size_t i;

	span_cut(&value, ':', &name);
	name = span_trim(name);
	if (value.p == NULL || !good_name(name)) {
		if (r->l.open)
			lines_bad(&r->l, ERR_SYNTAX, "rpsl.attribute");
		else
			diag_add(r->l.d, DIAG_SKIP_FIELD, ERR_SYNTAX, r->l.n, r->l.offset,
			    "rpsl.attribute", RULE);
		return;
	}
	r->cut = grow(r->cut, &r->cap_cut, r->n + 1, sizeof(*r->cut));
	c = &r->cut[r->n++];
	*c = (struct rpsl_cut){.name = r->len, .name_len = name.len};
	add_text(r, name);
	if (!r->too_big)
		for (i = c->name; i < r->len; i++)
			if (r->text[i] >= 'A' && r->text[i] <= 'Z')
				r->text[i] |= 0x20;
	c->value = r->len;
	add_text(r, without_comment(value));
	c->value_len = r->len - c->value;
}

/* One object: its lines up to a blank one or the end; comment lines are left out. *closed tells
 * whether a blank line ended it. False at the end of the input. */
static bool
gather(struct rpsl_dec *r, bool *closed)
{
	bool started = false;

	r->len = r->n = 0;
	r->too_big = false;
	while (lines_next(&r->l)) {
		char c = r->l.text.len > 0 ? r->l.text.p[0] : '\0';

		*closed = span_blank(r->l.text);
		if (*closed && started)
			return true;
		if (*closed || c == '#' || c == '%')
			continue;
		if (!started) {
			r->line = r->l.n;
			r->offset = r->l.offset;
			started = true;
		}
		if (r->too_big)
			continue;
		if (c == ' ' || c == '\t' || c == '+')
			continue_value(r);
		else
			open_attr(r);
	}
	*closed = false;
	return started;
}

/* Every object names its source, last of all (RFC 2622 3.1). When the others did and the last
 * one, which no blank line ends, does not, or ends inside a line, then the input was cut within it. */
static bool
cut_short(struct rpsl_dec *r, const struct rpsl_object *o, bool closed)
{
	bool whole = o->source.len > 0 && (closed || !r->l.open || r->with_source == 0);

	if (whole)
		r->with_source++;
	if (whole || closed || r->with_source == 0)
		return false;
	lines_stop(&r->l, ERR_SHORT, "rpsl.source");
	return true;
}

enum err
rpsl_decode(struct feed *f, enum err (*fn)(void *arg, const struct rpsl_object *), void *arg,
    struct diags *d, uint64_t *n_objects)
{
	struct rpsl_dec r = {.l = lines_of(f, d, "rpsl.line", RULE)};
	struct rpsl_object o;
	bool closed;
	enum err e = OK;

	*n_objects = 0;
	while (e == OK && gather(&r, &closed)) {
		if (!closed && feed_err(f) != OK)
			break;	/* the rest of the object is missing, as is all behind it */
		if (!rpsl_finish(&r, &o) || cut_short(&r, &o, closed))
			continue;
		o.record = ++*n_objects;
		e = fn(arg, &o);
	}
	free(r.text);
	free(r.cut);
	free(r.attr);
	return e != OK ? e : lines_end(&r.l);
}
