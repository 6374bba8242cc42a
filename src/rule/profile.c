/* profile: one strict reading of an OSCAL profile. */
#include "rule/profile.h"

#include <string.h>

#define PACK_DOC "pack.md 4"

static const char *
where(const struct node *n)
{
	return arena_printf(n->doc->arena, "%s: %s", n->doc->file, node_path(n));
}

/* The ids of one import, each once. */
static void
ids_read(const struct node *ids, struct profile_import *out)
{
	const char *id, *at = where(ids);
	size_t i, k;

	for (i = 0; i < node_count(ids); i++) {
		id = node_text_at(ids, i);
		for (k = 0; k < out->n && strcmp(out->ids[k].id, id) != 0; k++)
			;
		if (k < out->n)
			node_fail(ids, PACK_DOC, "control \"%s\" is named twice", id);
		else
			out->ids[out->n++] = (struct profile_id){id, at};
	}
}

static void
include_read(const struct node *list, struct profile_import *out)
{
	static const char *const keys[] = {"with-ids", NULL};
	struct node e, ids;
	size_t i, n = 0;

	for (i = 0; i < node_count(list); i++) {
		e = node_at(list, i);
		node_only(&e, keys);
		ids = node_array(&e, "with-ids");
		n += node_count(&ids);
	}
	out->ids = arena_array(list->doc->arena, n, sizeof(*out->ids));
	for (i = 0; i < node_count(list); i++) {
		e = node_at(list, i);
		ids = node_array(&e, "with-ids");
		ids_read(&ids, out);
	}
}

static void
imports_read(const struct node *p, struct profile *out, struct arena *a)
{
	static const char *const keys[] = {"href", "include-all", "include-controls", NULL};
	struct node imports = node_array(p, "imports"), import, list;
	struct profile_import *to;
	size_t i;

	out->n_imports = node_count(&imports);
	out->imports = arena_array(a, out->n_imports, sizeof(*out->imports));
	for (i = 0; i < out->n_imports; i++) {
		import = node_at(&imports, i);
		to = &out->imports[i];
		*to = (struct profile_import){.href = node_text(&import, "href"), .where = where(&import)};
		node_only(&import, keys);
		to->all = node_has(&import, "include-all");
		if (to->all == node_has(&import, "include-controls")) {
			node_fail(&import, PACK_DOC, "needs either include-all or include-controls");
		} else if (!to->all) {
			list = node_array(&import, "include-controls");
			include_read(&list, to);
		}
	}
}

static void
params_read(const struct node *modify, struct profile *out, struct arena *a)
{
	static const char *const keys[] = {"param-id", "values", "usage", "remarks", NULL};
	struct node list, e, values;
	size_t i;

	if (!node_has(modify, "set-parameters"))
		return;
	list = node_array(modify, "set-parameters");
	out->n_params = node_count(&list);
	out->params = arena_array(a, out->n_params, sizeof(*out->params));
	for (i = 0; i < out->n_params; i++) {
		e = node_at(&list, i);
		node_only(&e, keys);
		values = node_array(&e, "values");
		if (node_count(&values) > 1)
			node_fail(&values, PACK_DOC, "has more than one value");
		out->params[i] = (struct profile_param){node_token(&e, "param-id"), node_text_at(&values, 0),
		    where(&values)};
	}
}

/* Props of ours in one add, behind those that are there. */
static void
props_read(const struct node *add, struct profile_alter *to, size_t cap)
{
	static const char *const keys[] = {"props", NULL};
	struct node props = node_array(add, "props"), p;
	const char *name;
	size_t i;

	node_only(add, keys);
	for (i = 0; i < node_count(&props) && to->n < cap; i++) {
		p = node_at(&props, i);
		name = prop_name(&p);
		if (name != NULL)
			to->props[to->n++] = (struct profile_prop){name, node_text(&p, "value"), where(&p),
			    node_text_opt(&p, "remarks")};
	}
}

static void
alter_read(const struct node *alter, struct profile_alter *to, struct arena *a)
{
	static const char *const keys[] = {"control-id", "adds", NULL};
	struct node adds = node_array(alter, "adds"), add, props;
	size_t i, n = 0;

	*to = (struct profile_alter){.control = node_text(alter, "control-id"), .where = where(alter)};
	node_only(alter, keys);
	for (i = 0; i < node_count(&adds); i++) {
		add = node_at(&adds, i);
		props = node_array(&add, "props");
		n += node_count(&props);
	}
	to->props = arena_array(a, n, sizeof(*to->props));
	for (i = 0; i < node_count(&adds); i++) {
		add = node_at(&adds, i);
		props_read(&add, to, n);
	}
}

static void
modify_read(const struct node *p, struct profile *out, struct arena *a)
{
	static const char *const keys[] = {"set-parameters", "alters", NULL};
	struct node m, alters, alter;
	size_t i;

	if (!node_has(p, "modify"))
		return;
	m = node_object(p, "modify");
	node_only(&m, keys);
	params_read(&m, out, a);
	if (!node_has(&m, "alters"))
		return;
	alters = node_array(&m, "alters");
	out->n_alters = node_count(&alters);
	out->alters = arena_array(a, out->n_alters, sizeof(*out->alters));
	for (i = 0; i < out->n_alters; i++) {
		alter = node_at(&alters, i);
		alter_read(&alter, &out->alters[i], a);
	}
}

enum err
profile_read(struct pack_bytes in, struct arena *a, struct profile *out, const char **why)
{
	static const char *const top[] = {"$schema", "profile", NULL};
	static const char *const keys[] = {"uuid", "metadata", "imports", "merge", "modify", "back-matter", NULL};
	struct doc doc;
	struct node root = node_open(&doc, in.name, in.bytes, a), p;

	*out = (struct profile){0};
	node_only(&root, top);
	p = node_object(&root, "profile");
	node_only(&p, keys);
	(void)node_uuid(&p, "uuid");
	metadata_read(&p, &out->meta);
	imports_read(&p, out, a);
	modify_read(&p, out, a);
	doc_close(&doc);
	*why = doc.why;
	return doc.why == NULL ? OK : ERR_SYNTAX;
}
