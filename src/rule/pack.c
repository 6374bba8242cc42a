#include "base/limits.h"
#include "rule/profile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define URN_CATALOG "urn:routemark:catalog:"	/* href of a compiled-in catalogue */

static void
digest(struct span bytes, uint8_t out[static SHA256_BYTES])
{
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, bytes.p, bytes.len);
	sha256_end(&h, out);
}

/* The controls that count, in order, and the names of the whole. */
static void
pack_fill(struct pack *out, const struct catalog *c, const struct metadata *profile, const size_t *order,
    size_t n, struct arena *a)
{
	const struct metadata *m = &c->meta;
	size_t i;

	*out = (struct pack){.id = m->pack_id, .catalog_id = m->pack_id, .title = m->title, .version = m->version,
	    .status = m->status, .remarks = m->remarks, .curve = m->curve,
	    .proposal = strcmp(m->status, "published") != 0, .on_request = m->judged != NULL};
	if (profile->title != NULL) {
		out->title = profile->title;
		out->version = profile->version;
		if (profile->pack_id != NULL)
			out->id = profile->pack_id;
	}
	out->controls = arena_array(a, n, sizeof(*out->controls));
	for (i = 0; i < n; i++)
		out->controls[i] = c->controls[order[i]];
	out->n = n;
}

static enum err
read_both(struct pack_bytes catalog, struct pack_bytes profile, struct arena *a, struct catalog *c,
    struct pack *out, const char **why)
{
	struct metadata meta = {0};
	size_t *order, n, i;

	TRY(catalog_read(catalog, a, c, why));
	order = arena_array(a, c->n, sizeof(*order));
	for (i = 0; i < c->n; i++)
		order[i] = i;
	n = c->n;
	if (profile.bytes.len > 0)
		TRY(profile_apply(profile, c, a, &meta, order, &n, why));
	TRY(params_apply(c, a, why));
	pack_fill(out, c, &meta, order, n, a);
	return OK;
}

enum err
pack_read(struct pack_bytes catalog, struct pack_bytes profile, struct arena *a, struct pack *out,
    const char **why)
{
	struct catalog c;
	struct pack p = {0};
	enum err e = read_both(catalog, profile, a, &c, &p, why);

	catalog_release(&c);
	if (e != OK)
		return e;
	digest(catalog.bytes, p.sha256);
	p.catalog = catalog;
	p.profile = profile;
	p.has_profile = profile.bytes.len > 0;
	if (p.has_profile)
		digest(profile.bytes, p.profile_sha256);
	*out = p;
	return OK;
}

/* --- from files --- */

static enum err
read_file(const char *name, struct arena *a, struct pack_bytes *out, const char **why)
{
	char *buf = arena_alloc(a, PACK_BYTES_MAX + 1);
	FILE *f = fopen(name, "rb");
	size_t n;
	bool bad;

	if (f == NULL) {
		*why = arena_printf(a, "%s: %s", name, strerror(errno));
		return ERR_OPEN;
	}
	n = fread(buf, 1, PACK_BYTES_MAX + 1, f);
	bad = ferror(f) != 0;
	fclose(f);
	if (bad || n > PACK_BYTES_MAX) {
		*why = arena_printf(a, "%s: %s", name, bad ? "cannot be read" : "over PACK_BYTES_MAX");
		return bad ? ERR_IO : ERR_LIMIT;
	}
	*out = (struct pack_bytes){arena_strdup(a, span_of(name)), {buf, n}};
	return OK;
}

static bool
is_catalog(struct span bytes)
{
	json_t *root = json_loadb(bytes.p, bytes.len, 0, NULL);
	bool yes = json_object_get(root, "catalog") != NULL;

	json_decref(root);
	return yes;
}

/* The catalogue that a profile file imports: compiled in, or a file beside the profile. */
static enum err
imported(struct pack_bytes profile, struct arena *a, struct pack_bytes *catalog, const char **why)
{
	struct span href = profile_href(profile, a, why), dir = span_of(profile.name);
	const char *id;

	if (*why != NULL)
		return ERR_SYNTAX;
	if (span_starts(href, URN_CATALOG)) {
		id = arena_strdup(a, (struct span){href.p + strlen(URN_CATALOG), href.len - strlen(URN_CATALOG)});
		*catalog = pack_catalog_bytes(id);
		if (catalog->name != NULL)
			return OK;
		*why = arena_printf(a, "%s: profile.imports[0].href: no catalogue \"%s\" is compiled in [pack.md 4]",
		    profile.name, id);
		return ERR_UNKNOWN;
	}
	while (dir.len > 0 && dir.p[dir.len - 1] != '/')
		dir.len--;
	return read_file(arena_printf(a, "%.*s%.*s", (int)dir.len, dir.p, (int)href.len, href.p), a, catalog, why);
}

enum err
pack_load(const char *name, struct arena *a, struct pack *out, const char **why)
{
	struct pack_bytes catalog = pack_catalog_bytes(name), profile = pack_profile_bytes(name);
	size_t len = strlen(name);

	*why = NULL;
	if (catalog.name == NULL && strchr(name, '/') == NULL && (len < 5 || strcmp(name + len - 5, ".json") != 0)) {
		*why = arena_printf(a, "no pack \"%s\" is compiled in; a file has a / or ends in .json", name);
		return ERR_UNKNOWN;
	}
	if (catalog.name == NULL) {
		TRY(read_file(name, a, &profile, why));
		if (is_catalog(profile.bytes)) {
			catalog = profile;
			profile = (struct pack_bytes){0};
		} else {
			TRY(imported(profile, a, &catalog, why));
		}
	}
	return pack_read(catalog, profile, a, out, why);
}

const char *
pack_label(const struct pack *p)
{
	if (!p->proposal)
		return "";
	return strcmp(p->status, "proposed") == 0 ? " (proposed, not in force)" : " (proposal)";
}

const struct control *
pack_control(const struct pack *p, struct span id)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (span_is_nocase(id, p->controls[i].id))
			return &p->controls[i];
	return NULL;
}
