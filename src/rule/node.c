#include "rule/node.h"
#include "base/str.h"
#include "base/utc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define OSCAL "OSCAL 1.1.2"

static void
path_add(const struct node *n, struct str *out)
{
	if (n->up == NULL)
		return;
	path_add(n->up, out);
	if (n->key == NULL)
		str_addf(out, "[%zu]", n->index);
	else
		str_addf(out, "%s%s", out->len > 0 ? "." : "", n->key);
}

const char *
node_path(const struct node *n)
{
	struct str s = {0};
	const char *path;

	path_add(n, &s);
	path = arena_strdup(n->doc->arena, str_span(&s));
	str_release(&s);
	return path;
}

void
node_fail(const struct node *n, const char *rule, const char *fmt, ...)
{
	struct doc *d = n->doc;
	const char *path;
	char msg[512], *p;
	va_list ap;

	if (d->why != NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	for (p = msg; *p != '\0'; p++)	/* it will meet a terminal */
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = '?';
	path = node_path(n);
	d->why = arena_printf(d->arena, "%s: %s%s%s [%s]", d->file, path, *path != '\0' ? ": " : "", msg, rule);
}

struct node
node_open(struct doc *d, const char *file, struct span text, struct arena *a)
{
	struct node n = {.doc = d};
	json_error_t e;

	*d = (struct doc){.file = file, .rule = OSCAL, .arena = a};
	d->root = json_loadb(text.p, text.len, JSON_REJECT_DUPLICATES, &e);
	if (d->root == NULL)
		d->why = arena_printf(a, "%s: line %d, column %d: %s [%s]", file, e.line, e.column, e.text,
		    json_error_code(&e) == json_error_stack_overflow ? "limit JSON_TREE_DEPTH_MAX" : "RFC 8259");
	else if (!json_is_object(d->root))
		node_fail(&n, d->rule, "is not an object");
	else
		n.v = d->root;
	return n;
}

void
doc_close(struct doc *d)
{
	json_decref(d->root);
	d->root = NULL;
}

bool
node_has(const struct node *n, const char *key)
{
	return n->doc->why == NULL && json_object_get(n->v, key) != NULL;
}

/* The member, whatever its type; fails when it is not there. */
static struct node
member(const struct node *n, const char *key)
{
	struct node c = {.doc = n->doc, .up = n, .key = key};

	if (n->doc->why != NULL)
		return c;
	c.v = json_object_get(n->v, key);
	if (c.v == NULL)
		node_fail(&c, c.doc->rule, "is missing");
	return c;
}

struct node
node_object(const struct node *n, const char *key)
{
	struct node c = member(n, key);

	if (c.v != NULL && !json_is_object(c.v)) {
		node_fail(&c, c.doc->rule, "is not an object");
		c.v = NULL;
	}
	return c;
}

struct node
node_array(const struct node *n, const char *key)
{
	struct node c = member(n, key);

	if (c.v != NULL && !json_is_array(c.v)) {
		node_fail(&c, c.doc->rule, "is not an array");
		c.v = NULL;
	} else if (c.v != NULL && json_array_size(c.v) == 0) {
		node_fail(&c, c.doc->rule, "is an empty array: leave the key out");
		c.v = NULL;
	}
	return c;
}

size_t
node_count(const struct node *array)
{
	return array->doc->why == NULL ? json_array_size(array->v) : 0;
}

struct node
node_at(const struct node *array, size_t i)
{
	struct node c = {.doc = array->doc, .up = array, .index = i};

	if (array->doc->why != NULL)
		return c;
	c.v = json_array_get(array->v, i);
	if (!json_is_object(c.v)) {
		node_fail(&c, c.doc->rule, "is not an object");
		c.v = NULL;
	}
	return c;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static const char *
text_of(const struct node *c)
{
	const char *s;
	size_t i, n;

	if (c->v == NULL || c->doc->why != NULL)
		return "";
	s = json_string_value(c->v);
	n = json_string_length(c->v);
	if (s == NULL) {
		node_fail(c, c->doc->rule, "is not a string");
		return "";
	}
	if (n == 0 || is_space(s[0]) || is_space(s[n - 1])) {
		node_fail(c, c->doc->rule, "is empty or has white space at its ends");
		return "";
	}
	for (i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f) {
			node_fail(c, "pack.md 2", "has a control character");
			return "";
		}
	return arena_strdup(c->doc->arena, (struct span){s, n});
}

const char *
node_text(const struct node *n, const char *key)
{
	struct node c = member(n, key);

	return text_of(&c);
}

const char *
node_text_at(const struct node *array, size_t i)
{
	struct node c = {.doc = array->doc, .up = array, .index = i};

	if (array->doc->why == NULL)
		c.v = json_array_get(array->v, i);
	return text_of(&c);
}

const char *
node_text_opt(const struct node *n, const char *key)
{
	return node_has(n, key) ? node_text(n, key) : NULL;
}

const char *
node_token(const struct node *n, const char *key)
{
	struct node c = member(n, key);
	const char *s = text_of(&c), *p;

	for (p = s; *p != '\0'; p++) {
		bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '_';
		bool other = (*p >= '0' && *p <= '9') || *p == '-' || *p == '.';

		if (!letter && (p == s || !other)) {
			node_fail(&c, c.doc->rule, "\"%s\" is not a token: a letter or _, then letters, digits, . - _", s);
			return "";
		}
	}
	return s;
}

const char *
node_uuid(const struct node *n, const char *key)
{
	static const char form[] = "xxxxxxxx-xxxx-Vxxx-Nxxx-xxxxxxxxxxxx";
	struct node c = member(n, key);
	const char *s = text_of(&c);
	size_t i;
	bool good = strlen(s) == sizeof(form) - 1;

	for (i = 0; good && s[i] != '\0'; i++)
		switch (form[i]) {
		case '-':
			good = s[i] == '-';
			break;
		case 'V':
			good = s[i] == '4' || s[i] == '5';
			break;
		case 'N':
			good = strchr("89abAB", s[i]) != NULL;
			break;
		default:
			good = strchr("0123456789abcdefABCDEF", s[i]) != NULL;
		}
	if (!good)
		node_fail(&c, c.doc->rule, "\"%s\" is not a UUID of version 4 or 5", s);
	return good ? s : "";
}

const char *
node_time(const struct node *n, const char *key)
{
	struct node c = member(n, key);
	const char *s = text_of(&c);
	size_t len = strlen(s);
	struct utc t;

	if (c.doc->why != NULL)
		return "";
	if (len < 20 || s[10] != 'T' || (s[len - 1] != 'Z' && s[len - 6] != '+' && s[len - 6] != '-') ||
	    utc_parse(span_of(s), &t) != OK) {
		node_fail(&c, c.doc->rule, "\"%s\" is not a date-time with its zone", s);
		return "";
	}
	return s;
}

void
node_only(const struct node *n, const char *const *keys)
{
	const char *key;
	json_t *v;
	size_t i;

	if (n->doc->why != NULL)
		return;
	/* jansson walks in the order of insertion: the first stranger in the file is named */
	json_object_foreach(n->v, key, v) {
		for (i = 0; keys[i] != NULL && strcmp(keys[i], key) != 0; i++)
			;
		if (keys[i] == NULL) {
			node_fail(n, n->doc->rule, "key \"%s\" is not known here", key);
			return;
		}
	}
}
