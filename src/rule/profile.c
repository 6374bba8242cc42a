/* profile: which controls of a catalogue count, in which order, which are required, and other values
 * for its parameters. */
#include "rule/profile.h"

#include <string.h>

#define PACK_DOC "pack.md 4"

struct span
profile_href(struct pack_bytes in, struct arena *a, const char **why)
{
	struct doc doc;
	struct node root = node_open(&doc, in.name, in.bytes, a), p, imports, first;
	const char *href;

	p = node_object(&root, "profile");
	imports = node_array(&p, "imports");
	if (node_count(&imports) > 1)
		node_fail(&imports, PACK_DOC, "more than one import");
	first = node_at(&imports, 0);
	href = node_text(&first, "href");
	doc_close(&doc);
	*why = doc.why;
	return span_of(href);
}

static size_t
control_find(const struct catalog *c, const char *id)
{
	size_t i;

	for (i = 0; i < c->n && strcmp(c->controls[i].id, id) != 0; i++)
		;
	return i;
}

/* Ids of the import into order[], each once. */
static void
select_ids(const struct node *import, const struct catalog *c, size_t *order, size_t *n)
{
	static const char *const keys[] = {"with-ids", NULL};
	struct node list = node_array(import, "include-controls"), e, ids;
	const char *id;
	size_t i, k, at, seen;

	for (i = 0; i < node_count(&list); i++) {
		e = node_at(&list, i);
		node_only(&e, keys);
		ids = node_array(&e, "with-ids");
		for (k = 0; k < node_count(&ids); k++) {
			id = node_text_at(&ids, k);
			at = control_find(c, id);
			for (seen = 0; seen < *n && order[seen] != at; seen++)
				;
			if (at == c->n)
				node_fail(&ids, PACK_DOC, "control \"%s\" is not in the catalogue", id);
			else if (seen < *n)
				node_fail(&ids, PACK_DOC, "control \"%s\" is named twice", id);
			else
				order[(*n)++] = at;
		}
	}
}

static void
imports_read(const struct node *p, const struct catalog *c, size_t *order, size_t *n)
{
	static const char *const keys[] = {"href", "include-all", "include-controls", NULL};
	struct node imports = node_array(p, "imports"), import = node_at(&imports, 0);
	size_t i;

	node_only(&import, keys);
	(void)node_text(&import, "href");
	if (node_has(&import, "include-all") == node_has(&import, "include-controls"))
		node_fail(&import, PACK_DOC, "needs either include-all or include-controls");
	else if (node_has(&import, "include-controls"))
		select_ids(&import, c, order, n);
	else
		for (i = 0; i < c->n; i++)
			order[(*n)++] = i;
}

static void
set_parameters(const struct node *modify, struct catalog *c, struct arena *a)
{
	static const char *const keys[] = {"param-id", "values", "remarks", NULL};
	struct node list, e, values;
	const char *id;
	size_t i, k;

	if (!node_has(modify, "set-parameters"))
		return;
	list = node_array(modify, "set-parameters");
	for (i = 0; i < node_count(&list); i++) {
		e = node_at(&list, i);
		node_only(&e, keys);
		id = node_token(&e, "param-id");
		values = node_array(&e, "values");
		if (node_count(&values) > 1)
			node_fail(&values, PACK_DOC, "has more than one value");
		for (k = 0; k < c->n_params && strcmp(c->params[k].id, id) != 0; k++)
			;
		if (k == c->n_params) {
			node_fail(&e, PACK_DOC, "parameter \"%s\" is not in the catalogue", id);
			return;
		}
		c->params[k].value = node_text_at(&values, 0);
		c->params[k].where = arena_printf(a, "%s: %s", e.doc->file, node_path(&values));
	}
}

/* One alter: it may add the prop required=yes and nothing else. */
static void
alter_read(const struct node *alter, struct catalog *c)
{
	static const char *const keys[] = {"control-id", "adds", NULL};
	static const char *const add_keys[] = {"props", NULL};
	const char *id = node_text(alter, "control-id"), *name;
	struct node adds = node_array(alter, "adds"), add, props, p;
	size_t at = control_find(c, id), i, k;

	node_only(alter, keys);
	if (at == c->n) {
		node_fail(alter, PACK_DOC, "control \"%s\" is not in the catalogue", id);
		return;
	}
	for (i = 0; i < node_count(&adds); i++) {
		add = node_at(&adds, i);
		node_only(&add, add_keys);
		props = node_array(&add, "props");
		for (k = 0; k < node_count(&props); k++) {
			p = node_at(&props, k);
			name = prop_name(&p);
			if (name == NULL)
				continue;
			if (strcmp(name, "required") != 0 || strcmp(node_text(&p, "value"), "yes") != 0)
				node_fail(&p, PACK_DOC, "a profile adds only the prop required with value yes");
			c->controls[at].required = true;
		}
	}
}

static void
modify_read(const struct node *p, struct catalog *c, struct arena *a)
{
	static const char *const keys[] = {"set-parameters", "alters", NULL};
	struct node m, alters, alter;
	size_t i;

	if (!node_has(p, "modify"))
		return;
	m = node_object(p, "modify");
	node_only(&m, keys);
	set_parameters(&m, c, a);
	if (!node_has(&m, "alters"))
		return;
	alters = node_array(&m, "alters");
	for (i = 0; i < node_count(&alters); i++) {
		alter = node_at(&alters, i);
		alter_read(&alter, c);
	}
}

enum err
profile_apply(struct pack_bytes in, struct catalog *c, struct arena *a, struct metadata *meta,
    size_t *order, size_t *n, const char **why)
{
	static const char *const top[] = {"$schema", "profile", NULL};
	static const char *const keys[] = {"uuid", "metadata", "imports", "merge", "modify", "back-matter", NULL};
	struct doc doc;
	struct node root = node_open(&doc, in.name, in.bytes, a), p;

	node_only(&root, top);
	p = node_object(&root, "profile");
	node_only(&p, keys);
	(void)node_uuid(&p, "uuid");
	metadata_read(&p, meta);
	*n = 0;
	imports_read(&p, c, order, n);
	modify_read(&p, c, a);
	doc_close(&doc);
	*why = doc.why;
	return doc.why == NULL ? OK : ERR_SYNTAX;
}
