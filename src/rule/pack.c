/* pack: a catalogue and a profile over it, as one list of controls to judge by. */
#include "rule/profile.h"

#include <string.h>

#define PACK_DOC "pack.md 4"

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

/* --- a profile over its catalogue --- */

static size_t
control_find(const struct catalog *c, const char *id)
{
	size_t i;

	for (i = 0; i < c->n && strcmp(c->controls[i].id, id) != 0; i++)
		;
	return i;
}

static enum err
select_controls(const struct profile_import *import, const struct catalog *c, struct arena *a, size_t *order, size_t *n,
    const char **why)
{
	size_t i;

	for (*n = 0; import->all && *n < c->n; ++*n)
		order[*n] = *n;
	for (i = 0; i < import->n; i++) {	/* each id is there once, so there is room */
		size_t at = control_find(c, import->ids[i].id);

		if (at == c->n) {
			*why = arena_printf(a, "%s: control \"%s\" is not in the catalogue [%s]", import->ids[i].where,
			    import->ids[i].id, PACK_DOC);
			return ERR_SYNTAX;
		}
		order[(*n)++] = at;
	}
	return OK;
}

static enum err
alter_apply(const struct profile_alter *alter, struct catalog *c, struct arena *a, const char **why)
{
	size_t at = control_find(c, alter->control), i;

	if (at == c->n) {
		*why = arena_printf(a, "%s: control \"%s\" is not in the catalogue [%s]", alter->where, alter->control,
		    PACK_DOC);
		return ERR_SYNTAX;
	}
	for (i = 0; i < alter->n; i++) {
		if (strcmp(alter->props[i].name, "required") != 0 || strcmp(alter->props[i].value, "yes") != 0) {
			*why = arena_printf(a, "%s: the profile of a pack adds only the prop required with value yes [%s]",
			    alter->props[i].where, PACK_DOC);
			return ERR_SYNTAX;
		}
		c->controls[at].required = true;
	}
	return OK;
}

/* Which controls count and in which order, which are required, and other values for parameters. */
static enum err
profile_apply(const struct profile *p, struct catalog *c, struct arena *a, size_t *order, size_t *n, const char **why)
{
	size_t i;

	if (p->n_imports > 1) {
		*why = arena_printf(a, "%s: more than one import: only requirements have several, see routemark require "
		    "[%s]", p->imports[1].where, PACK_DOC);
		return ERR_SYNTAX;
	}
	TRY(select_controls(&p->imports[0], c, a, order, n, why));
	for (i = 0; i < p->n_params; i++)
		if (!param_set(c, p->params[i].id, p->params[i].value, p->params[i].where)) {
			*why = arena_printf(a, "%s: parameter \"%s\" is not in the catalogue [%s]", p->params[i].where,
			    p->params[i].id, PACK_DOC);
			return ERR_SYNTAX;
		}
	for (i = 0; i < p->n_alters; i++)
		TRY(alter_apply(&p->alters[i], c, a, why));
	return OK;
}

static enum err
read_both(struct pack_bytes catalog, struct pack_bytes profile, struct arena *a, struct catalog *c,
    struct pack *out, const char **why)
{
	struct profile p = {0};
	size_t *order, n, i;

	TRY(catalog_read(catalog, a, c, why));
	order = arena_array(a, c->n, sizeof(*order));
	for (i = 0; i < c->n; i++)
		order[i] = i;
	n = c->n;
	if (profile.bytes.len > 0) {
		TRY(profile_read(profile, a, &p, why));
		TRY(profile_apply(&p, c, a, order, &n, why));
	}
	TRY(params_apply(c, a, why));
	pack_fill(out, c, &p.meta, order, n, a);
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
	sha256_of(catalog.bytes.p, catalog.bytes.len, p.sha256);
	p.catalog = catalog;
	p.profile = profile;
	p.has_profile = profile.bytes.len > 0;
	if (p.has_profile)
		sha256_of(profile.bytes.p, profile.bytes.len, p.profile_sha256);
	*out = p;
	return OK;
}

/* --- from files --- */

static bool
is_catalog(struct span bytes)
{
	json_t *root = json_loadb(bytes.p, bytes.len, 0, NULL);
	bool yes = json_object_get(root, "catalog") != NULL;

	json_decref(root);
	return yes;
}

/* The catalogue that a profile file imports. */
static enum err
imported(struct pack_bytes profile, struct arena *a, struct pack_bytes *catalog, const char **why)
{
	struct profile p;

	TRY(profile_read(profile, a, &p, why));
	return import_load(&p.imports[0], profile.name, a, catalog, why);
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
		TRY(pack_file_read(name, a, &profile, why));
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
	if (p->composed)
		return " (with controls of a proposal)";
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
