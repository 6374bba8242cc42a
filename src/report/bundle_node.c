/* bundle_node: what rule/node.h has not: members that are numbers, digests, times, or null. */
#include "report/bundle_node.h"
#include "base/utc.h"

#include <inttypes.h>
#include <string.h>

struct node
node_member(const struct node *n, const char *key)
{
	struct node c = {.doc = n->doc, .up = n, .key = key};

	if (n->doc->why != NULL)
		return c;
	c.v = json_object_get(n->v, key);
	if (c.v == NULL)
		node_fail(&c, c.doc->rule, "is missing");
	return c;
}

uint64_t
node_whole(const struct node *c, uint64_t min, uint64_t max)
{
	json_int_t v;

	if (c->doc->why != NULL)
		return min;
	v = json_integer_value(c->v);
	if (json_is_integer(c->v) && v >= 0 && (uint64_t)v >= min && (uint64_t)v <= max)
		return (uint64_t)v;
	node_fail(c, c->doc->rule, "is no whole number from %" PRIu64 " to %" PRIu64, min, max);
	return min;
}

uint64_t
node_number(const struct node *n, const char *key, uint64_t min, uint64_t max)
{
	struct node c = node_member(n, key);

	return node_whole(&c, min, max);
}

bool
node_boolean(const struct node *n, const char *key)
{
	struct node c = node_member(n, key);

	if (c.doc->why == NULL && !json_is_boolean(c.v))
		node_fail(&c, c.doc->rule, "is neither true nor false");
	return json_is_true(c.v);
}

bool
node_is_null(const struct node *n, const char *key)
{
	struct node c = node_member(n, key);

	return c.v != NULL && json_is_null(c.v);
}

struct utc
node_time_or_null(const struct node *n, const char *key)
{
	struct utc t = UTC_NONE;
	struct node c = {.doc = n->doc, .up = n, .key = key};
	const char *text;
	char buf[UTC_TEXT];

	if (node_is_null(n, key))
		return UTC_NONE;
	text = node_text(n, key);
	if (n->doc->why == NULL && (utc_parse(span_of(text), &t) != OK || strcmp(utc_format(t, buf), text) != 0))
		node_fail(&c, c.doc->rule, "is no time as we write it");
	return t;
}

const char *
node_text_max(const struct node *n, const char *key, size_t max)
{
	const char *text = node_text(n, key);
	struct node c = {.doc = n->doc, .up = n, .key = key};

	if (strlen(text) > max)
		node_fail(&c, c.doc->rule, "has more than %zu bytes", max);
	return text;
}

static unsigned
nibble(char c)
{
	return c >= '0' && c <= '9' ? (unsigned)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 16;
}

void
node_digest(const struct node *n, const char *key, uint8_t out[static SHA256_BYTES])
{
	const char *s = node_text(n, key);
	struct node c = {.doc = n->doc, .up = n, .key = key};
	bool good = strlen(s) == SHA256_HEX;
	size_t i;

	for (i = 0; good && i < SHA256_BYTES; i++) {
		good = nibble(s[2 * i]) < 16 && nibble(s[2 * i + 1]) < 16;
		out[i] = (uint8_t)(nibble(s[2 * i]) << 4 | (nibble(s[2 * i + 1]) & 15));
	}
	if (!good)
		node_fail(&c, c.doc->rule, "is no SHA-256 in lower-case hexadecimal digits");
}

/* An array, which may be empty. */
struct node
node_list(const struct node *n, const char *key, size_t max)
{
	struct node c = node_member(n, key);

	if (n->doc->why == NULL && !json_is_array(c.v))
		node_fail(&c, c.doc->rule, "is not an array");
	if (node_count(&c) > max)
		node_fail(&c, c.doc->rule, "has more than %zu elements", max);
	return c;
}
