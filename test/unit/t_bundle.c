/* bundle: bundle.json is read strictly: without any one of its members, with another type in its place, cut anywhere, it is
 * refused with the place and the rule. */
#include "base/arena.h"
#include "report/bundle.h"
#include "tap.h"

#include <jansson.h>

static struct arena *arena;

static bool
good(const char *text, size_t n, const char **why)
{
	struct bundle b;

	*why = NULL;
	return bundle_read((struct span){text, n}, arena, &b, why) == OK;
}

static bool
good_json(json_t *root, const char **why)
{
	char *text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
	bool yes = good(text, strlen(text), why);

	free(text);
	return yes;
}

static unsigned tried, taken, unsaid;

/* Every member below v, one after the other, as something else. */
static void
spoil(json_t *root, json_t *v)
{
	const char *key, *why;
	json_t *c, *was, *other;
	size_t i;
	void *tmp;

	json_object_foreach_safe(v, tmp, key, c) {
		was = json_incref(c);
		other = json_is_array(was) ? json_integer(-1) : json_array();
		json_object_set_new(v, key, other);
		tried++;
		taken += good_json(root, &why);
		unsaid += why == NULL || strstr(why, "bundle.json: ") == NULL || strchr(why, '[') == NULL;
		json_object_set(v, key, was);
		json_decref(was);
	}
	json_object_foreach(v, key, c) {
		if (json_is_object(c) || json_is_array(c))
			spoil(root, c);
	}
	for (i = 0; i < json_array_size(v); i++)
		spoil(root, json_array_get(v, i));
}

/* The first member of each object gone. */
static void
without(json_t *root, json_t *v)
{
	const char *key, *why;
	char first[64];
	json_t *c;
	void *at = json_object_iter(v);
	size_t i;

	if (at != NULL) {
		snprintf(first, sizeof(first), "%s", json_object_iter_key(at));
		c = json_incref(json_object_iter_value(at));
		json_object_del(v, first);
		tried++;
		taken += good_json(root, &why);
		json_object_set(v, first, c);
		json_decref(c);
	}
	json_object_foreach(v, key, c) {
		if (json_is_object(c) || json_is_array(c))
			without(root, c);
	}
	for (i = 0; i < json_array_size(v); i++)
		without(root, json_array_get(v, i));
}

static void
refuses(json_t *whole, const char *name, json_t *(*change)(json_t *))
{
	json_t *root = json_deep_copy(whole);
	const char *why;

	change(root);
	ok(!good_json(root, &why) && why != NULL, "%s: %s", name, why != NULL ? why : "taken");
	json_decref(root);
}

static json_t *
input(json_t *root, size_t i)
{
	return json_array_get(json_object_get(root, "inputs"), i);
}

static json_t *
descending(json_t *root)
{
	json_t *all = json_object_get(root, "inputs"), *first = json_incref(json_array_get(all, 0));

	json_array_remove(all, 0);
	json_array_append_new(all, first);
	return root;
}

static json_t *
negative(json_t *root)
{
	json_object_set_new(input(root, 0), "size", json_integer(-1));
	return root;
}

static json_t *
leads_out(json_t *root)
{
	size_t i;

	for (i = 0; i < json_array_size(json_object_get(root, "inputs")); i++)
		json_object_set_new(json_object_get(input(root, i), "carried"), "file", json_loads("\"../../etc/passwd\"", JSON_DECODE_ANY, NULL));
	return root;
}

static json_t *
stranger(json_t *root)
{
	json_object_set_new(input(root, 0), "zzz", json_true());
	return root;
}

static json_t *
no_evidence(json_t *root)
{
	json_object_set_new(root, "minimal", json_loads("null", JSON_DECODE_ANY, NULL));
	return root;
}

int
main(void)
{
	json_t *root = json_load_file("test/fuzz/seed/bundle/minimal.json", 0, NULL);
	const char *why;
	char *text;
	size_t n, cut = 0;

	arena = arena_new();
	if (root == NULL) {
		ok(false, "the seed is there: run this from the root of the tree");
		return tap_done();
	}
	ok(good_json(root, &why), "a good one is read (%s)", why != NULL ? why : "no complaint");
	spoil(root, root);
	ok(tried > 300 && taken == 0 && unsaid == 0, "%u members as something else, each refused with its place", tried);
	without(root, root);
	ok(taken == 0, "and members that are missing, %u in all", tried);
	ok(good_json(root, &why), "it is as it was");
	text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
	for (n = 0; n < strlen(text); n++)
		cut += good(text, n, &why);
	ok(cut == 0, "cut anywhere it is refused");
	free(text);
	refuses(root, "inputs out of order", descending);
	refuses(root, "a size below 0", negative);
	refuses(root, "a name that leads out", leads_out);
	refuses(root, "a key that nobody knows", stranger);
	refuses(root, "records carried in a bundle without evidence", no_evidence);
	json_decref(root);
	arena_free(arena);
	return tap_done();
}
