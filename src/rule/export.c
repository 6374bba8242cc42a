#include "rule/export.h"
#include "base/str.h"
#include "base/uuid5.h"
#include "rule/profile.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_MAX_BYTES 100	/* of an id that becomes a file's name: leaves room for what is added */

/* Letters, digits, '.', '-', '_', and a letter or digit first: a file name anywhere, and never a path. */
static bool
is_name(struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++) {
		char c = s.p[i];
		bool letter = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');

		if (!letter && (i == 0 || strchr(".-_", c) == NULL || c == '\0'))
			return false;
	}
	return s.len > 0 && s.len <= NAME_MAX_BYTES;
}

/* A catalogue can lie beside the profile under the name that the profile gives it, when nothing else does. */
static bool
is_plain_href(struct span href, const char *profile)
{
	const char *const taken[] = {profile, EXPORT_SSP, EXPORT_PLAN, EXPORT_RESULTS};
	size_t i;

	for (i = 0; i < sizeof(taken) / sizeof(*taken); i++)
		if (span_is_nocase(href, taken[i]))
			return false;
	return is_name(href) && href.len > 5 && memcmp(href.p + href.len - 5, ".json", 5) == 0;
}

static void
put(struct export *out, const char *name, struct span bytes, bool is_profile, bool as_read)
{
	struct export_doc *d = &out->docs[out->n++];

	*d = (struct export_doc){.name = name, .bytes = bytes, .is_profile = is_profile, .as_read = as_read};
	sha256_of(bytes.p, bytes.len, d->sha256);
}

/* --- a profile of ours --- */

/* An id that changes with what it was made of. */
static const char *
made_uuid(const char *what, const uint8_t of[static SHA256_BYTES], const char *href, char out[static UUID_TEXT])
{
	struct uuid url = UUID_URL, space = uuid5(&url, span_of(RULE_NS)), u;
	char hex[SHA256_HEX + 1];
	struct str name = {0};

	sha256_hex(of, hex);
	str_addf(&name, "%s/%s/%s", what, hex, href);
	u = uuid5(&space, str_span(&name));
	str_release(&name);
	return uuid_format(&u, out);
}

/* jansson's own json_string and json_pack are hidden by functions of ours that have these names. */
static void
set_text(json_t *object, const char *key, const char *value)
{
	json_object_set_new(object, key, json_sprintf("%s", value));
}

/* root as text; it is released. */
static struct span
dumped(json_t *root, struct arena *a)
{
	char *text = json_dumps(root, JSON_SORT_KEYS | JSON_COMPACT);
	struct span s;

	assert(text != NULL);
	s = span_of(arena_printf(a, "%s\n", text));
	free(text);
	json_decref(root);
	return s;
}

/* The profile with other hrefs, one for each import. The reader has seen all that is asked for here. */
static struct span
profile_moved(const struct pack *p, const char *const *hrefs, size_t n, struct arena *a)
{
	json_t *root = json_loadb(p->profile.bytes.p, p->profile.bytes.len, 0, NULL), *prop = json_object();
	json_t *profile = json_object_get(root, "profile"), *meta = json_object_get(profile, "metadata");
	char hex[SHA256_HEX + 1], id[UUID_TEXT];
	struct str all = {0};
	size_t i;

	for (i = 0; i < n; i++) {
		set_text(json_array_get(json_object_get(profile, "imports"), i), "href", hrefs[i]);
		str_addf(&all, "%s%s", i > 0 ? " " : "", hrefs[i]);
	}
	set_text(profile, "uuid", made_uuid("profile", p->profile_sha256, all.p, id));
	str_release(&all);
	if (json_object_get(meta, "props") == NULL)
		json_object_set_new(meta, "props", json_array());
	sha256_hex(p->profile_sha256, hex);
	set_text(prop, "name", "source-sha256");
	set_text(prop, "ns", RULE_NS);
	set_text(prop, "value", hex);
	set_text(prop, "remarks", n > 1 ? "The profile as it was read; here its imports lead to the files beside it."
	    : "The profile as it was read; here its import leads to the file beside it.");
	json_array_append_new(json_object_get(meta, "props"), prop);
	return dumped(root, a);
}

/* A profile that includes all of a catalogue. */
static struct span
profile_of_all(const struct pack *p, const char *href, struct arena *a)
{
	static const char *const same[] = {"title", "last-modified", "version", "oscal-version"};
	json_t *from = json_loadb(p->catalog.bytes.p, p->catalog.bytes.len, 0, NULL), *root = json_object();
	json_t *profile = json_object(), *meta = json_object(), *import = json_object(), *merge = json_object();
	json_t *imports = json_array(), *old = json_object_get(json_object_get(from, "catalog"), "metadata");
	char id[UUID_TEXT];
	size_t i;

	for (i = 0; i < sizeof(same) / sizeof(*same); i++)
		json_object_set(meta, same[i], json_object_get(old, same[i]));
	set_text(meta, "remarks", "Made by routemark for a catalogue that was judged by without a profile: all its "
	    "controls, none required.");
	set_text(import, "href", href);
	json_object_set_new(import, "include-all", json_object());
	json_array_append_new(imports, import);
	json_object_set_new(merge, "as-is", json_true());
	set_text(profile, "uuid", made_uuid("profile-of-all", p->sha256, href, id));
	json_object_set_new(profile, "metadata", meta);
	json_object_set_new(profile, "imports", imports);
	json_object_set_new(profile, "merge", merge);
	json_object_set_new(root, "profile", profile);
	json_decref(from);
	return dumped(root, a);
}

/* --- */

static enum err
check(const struct pack *p, struct arena *a, const char **why)
{
	const char *file = p->composed ? p->profile.name : p->catalog.name;
	size_t i, k;

	if (!is_name(span_of(p->id))) {
		*why = arena_printf(a, "%s: pack-id \"%s\" is no name for a folder: letters, digits, '.', '-' and '_' "
		    "[doc/formats/oscal.md 1]", p->has_profile ? p->profile.name : file, p->id);
		return ERR_SYNTAX;
	}
	for (i = 0; i < p->n; i++) {
		const char *id = p->controls[i].statement_id;

		if (id == NULL) {
			*why = arena_printf(a, "%s: control %s: its statement has no id, and a finding has to point at it "
			    "[OSCAL 1.1.2 finding-target]", file, p->controls[i].id);
			return ERR_SYNTAX;
		}
		for (k = 0; k < i; k++)
			if (strcmp(p->controls[k].statement_id, id) == 0) {
				*why = arena_printf(a, "%s: control %s: the id \"%s\" of its statement is that of control %s, too "
				    "[OSCAL 1.1.2 part]", file, p->controls[i].id, id, p->controls[k].id);
				return ERR_SYNTAX;
			}
	}
	return OK;
}

enum err
pack_export(const struct pack *p, struct arena *a, struct export *out, const char **why)
{
	const char *catalog = "catalog.json", *profile = arena_printf(a, "%s.profile.json", p->id);
	struct profile read;
	struct span href = {0};

	*out = (struct export){.folder = p->id, .docs = arena_array(a, 2, sizeof(*out->docs))};
	*why = NULL;
	TRY(check(p, a, why));
	if (p->has_profile) {
		TRY(profile_read(p->profile, a, &read, why));
		href = span_of(read.imports[0].href);
	}
	if (!p->has_profile) {
		put(out, catalog, p->catalog.bytes, false, true);
		put(out, profile, profile_of_all(p, catalog, a), true, false);
	} else if (is_plain_href(href, profile)) {
		put(out, arena_strdup(a, href), p->catalog.bytes, false, true);
		put(out, profile, p->profile.bytes, true, true);
	} else {
		put(out, catalog, p->catalog.bytes, false, true);
		put(out, profile, profile_moved(p, &catalog, 1, a), true, false);
	}
	return OK;
}

enum err
require_export(const struct requirement *r, struct arena *a, struct export *out, const char **why)
{
	const struct pack *p = &r->pack;
	const char *profile = arena_printf(a, "%s.profile.json", p->id);
	const char **hrefs = arena_array(a, r->n_from, sizeof(*hrefs));
	size_t i;

	*out = (struct export){.folder = p->id, .docs = arena_array(a, r->n_from + 1, sizeof(*out->docs))};
	*why = NULL;
	TRY(check(p, a, why));
	for (i = 0; i < r->n_from; i++) {
		if (!is_name(span_of(r->from[i].id))) {
			*why = arena_printf(a, "%s: pack-id \"%s\" is no name for a file: letters, digits, '.', '-' and '_' "
			    "[doc/formats/oscal.md 1]", r->from[i].catalog.name, r->from[i].id);
			return ERR_SYNTAX;
		}
		hrefs[i] = arena_printf(a, "%s.catalog.json", r->from[i].id);
		put(out, hrefs[i], r->from[i].catalog.bytes, false, true);
	}
	put(out, profile, profile_moved(p, hrefs, r->n_from, a), true, false);
	return OK;
}
