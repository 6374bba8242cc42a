/* exposed_node: members of an exposure by their form, beyond what bundle_node has. */
#include "report/exposed_int.h"

#include <stdlib.h>
#include <string.h>

void
exposed_refuse(const struct node *n, const char *key, const char *what)
{
	struct node c = {.doc = n->doc, .up = n, .key = key};

	node_fail(&c, EXPOSED_RULE, "%s", what);
}

/* A name may be empty, or end in a space: it is other people's. */
const char *
exposed_text(const struct node *n, const char *key)
{
	struct node c = node_member(n, key);

	if (c.doc->why != NULL)
		return "";
	if (!json_is_string(c.v)) {
		node_fail(&c, EXPOSED_RULE, "is not a string");
		return "";
	}
	if (json_string_length(c.v) > EXPOSURE_TEXT_MAX) {
		node_fail(&c, EXPOSED_RULE, "has more than EXPOSURE_TEXT_MAX (%u) bytes", EXPOSURE_TEXT_MAX);
		return "";
	}
	return arena_strdup(c.doc->arena, (struct span){json_string_value(c.v), json_string_length(c.v)});
}

const char *
exposed_text_or_null(const struct node *n, const char *key)
{
	return node_is_null(n, key) || n->doc->why != NULL ? NULL : exposed_text(n, key);
}

unsigned
exposed_word(const struct node *n, const char *key, const char *(*word)(unsigned i), unsigned count)
{
	const char *text = exposed_text(n, key);
	unsigned i;

	for (i = 0; i < count; i++)
		if (strcmp(text, word(i)) == 0)
			return i;
	exposed_refuse(n, key, "is not one of the words it may be");
	return count;
}

uint32_t
exposed_u32(const struct node *n, const char *key, uint64_t max)
{
	return (uint32_t)node_number(n, key, 0, max);
}

struct prefix
exposed_prefix(const struct node *n, const char *key)
{
	const char *text = exposed_text(n, key);
	struct prefix p = {0};
	char again[PREFIX_TEXT];
	bool host = false;

	if (n->doc->why == NULL && (prefix_parse(span_of(text), &p, &host) != OK || host ||
	    strcmp(prefix_format(&p, again), text) != 0))
		exposed_refuse(n, key, "is no prefix as we write it");
	return p;
}

/* Of everything, members of later versions too. */
static bool
whole_numbers(json_t *v)
{
	const char *key;
	json_t *one;
	size_t i;

	if (json_is_real(v))
		return false;
	if (json_is_object(v))
		json_object_foreach(v, key, one)
			if (!whole_numbers(one))
				return false;
	for (i = 0; json_is_array(v) && i < json_array_size(v); i++)
		if (!whole_numbers(json_array_get(v, i)))
			return false;
	return true;
}

/* Keys sorted, no white space, every number whole: the canonical form of all that we write. */
struct span
exposed_canonical(struct node *n, struct arena *a)
{
	struct span s = {"", 0};
	char *text;

	if (n->doc->why != NULL)
		return s;
	if (!whole_numbers(n->v)) {
		node_fail(n, EXPOSED_RULE, "holds a number that is not a whole one");
		return s;
	}
	text = json_dumps(n->v, JSON_COMPACT | JSON_SORT_KEYS);
	if (text == NULL) {
		node_fail(n, EXPOSED_RULE, "cannot be written again");
		return s;
	}
	s = (struct span){arena_strdup(a, span_of(text)), strlen(text)};
	free(text);
	return s;
}
