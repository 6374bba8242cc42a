#include "rule/catalog.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

#define PACK_DOC "pack.md 2"

const char *
prop_name(const struct node *prop)
{
	static const char *const keys[] = {"name", "ns", "value", "class", "uuid", "remarks", NULL};
	const char *ns;

	node_only(prop, keys);
	ns = node_text_opt(prop, "ns");
	(void)node_text(prop, "value");
	if (ns == NULL || strcmp(ns, RULE_NS) != 0) {
		(void)node_token(prop, "name");
		return NULL;
	}
	return node_token(prop, "name");
}

static void
metadata_prop(const struct node *p, struct metadata *out)
{
	const char *name = prop_name(p), **to = NULL;

	if (name == NULL || p->doc->why != NULL)
		return;
	if (strcmp(name, "pack-id") == 0)
		to = &out->pack_id;
	else if (strcmp(name, "status") == 0)
		to = &out->status;
	else if (strcmp(name, "curve") == 0)
		to = &out->curve;
	else if (strcmp(name, "judged") == 0)
		to = &out->judged;
	if (to == NULL)
		node_fail(p, PACK_DOC, "prop \"%s\" is not known here", name);
	else if (*to != NULL)
		node_fail(p, PACK_DOC, "prop \"%s\" is given twice", name);
	else
		*to = node_text(p, "value");
}

void
metadata_read(const struct node *document, struct metadata *out)
{
	static const char *const keys[] = {"title", "published", "last-modified", "version", "oscal-version",
	    "revisions", "document-ids", "props", "links", "roles", "locations", "parties",
	    "responsible-parties", "actions", "remarks", NULL};
	struct node m = node_object(document, "metadata"), props, p;
	const char *oscal;
	size_t i;

	*out = (struct metadata){0};
	node_only(&m, keys);
	out->title = node_text(&m, "title");
	(void)node_time(&m, "last-modified");
	out->version = node_text(&m, "version");
	oscal = node_text(&m, "oscal-version");
	if (m.doc->why == NULL && strncmp(oscal, "1.", 2) != 0)
		node_fail(&m, PACK_DOC, "oscal-version \"%s\" is not 1.x", oscal);
	out->remarks = node_text_opt(&m, "remarks");
	if (!node_has(&m, "props"))
		return;
	props = node_array(&m, "props");
	for (i = 0; i < node_count(&props); i++) {
		p = node_at(&props, i);
		metadata_prop(&p, out);
	}
}

static void
back_matter(const struct node *cat, struct catalog_reading *r)
{
	static const char *const top[] = {"resources", NULL};
	static const char *const keys[] = {"uuid", "title", "description", "rlinks", "remarks", NULL};
	struct node b, list, res, rlinks, rl;
	size_t i;

	if (!node_has(cat, "back-matter"))
		return;
	b = node_object(cat, "back-matter");
	node_only(&b, top);
	list = node_array(&b, "resources");
	r->refs = arena_array(r->arena, node_count(&list), sizeof(*r->refs));
	r->uuids = arena_array(r->arena, node_count(&list), sizeof(*r->uuids));
	for (i = 0; i < node_count(&list); i++) {
		res = node_at(&list, i);
		node_only(&res, keys);
		r->uuids[i] = node_uuid(&res, "uuid");
		rlinks = node_array(&res, "rlinks");
		rl = node_at(&rlinks, 0);
		r->refs[i] = (struct reference){node_text(&res, "title"), node_text(&rl, "href")};
	}
	r->n_refs = node_count(&list);
}

static void
group_read(const struct node *g, struct catalog_reading *r)
{
	static const char *const keys[] = {"id", "class", "title", "controls", NULL};
	struct node controls, c;
	size_t i;

	node_only(g, keys);
	if (node_has(g, "id"))
		(void)node_token(g, "id");
	r->group = node_text(g, "title");
	controls = node_array(g, "controls");
	for (i = 0; i < node_count(&controls); i++) {
		c = node_at(&controls, i);
		control_read(&c, r);
	}
}

static void
document_read(const struct node *root, struct catalog_reading *r)
{
	static const char *const top[] = {"$schema", "catalog", NULL};
	static const char *const keys[] = {"uuid", "metadata", "groups", "back-matter", NULL};
	struct metadata *m = &r->cat->meta;
	struct node cat, groups, g;
	size_t i;

	node_only(root, top);
	cat = node_object(root, "catalog");
	node_only(&cat, keys);
	(void)node_uuid(&cat, "uuid");
	metadata_read(&cat, m);
	if (cat.doc->why == NULL && (m->pack_id == NULL || m->status == NULL || m->curve == NULL))
		node_fail(&cat, PACK_DOC, "metadata needs the props pack-id, status and curve");
	else if (cat.doc->why == NULL && strcmp(m->status, "published") != 0 && strcmp(m->status, "proposal") != 0 &&
	    strcmp(m->status, "proposed") != 0)
		node_fail(&cat, PACK_DOC, "status \"%s\" is not published, proposal or proposed", m->status);
	else if (cat.doc->why == NULL && m->judged != NULL && strcmp(m->judged, "on-request") != 0)
		node_fail(&cat, PACK_DOC, "judged is \"on-request\" or left out, not \"%s\"", m->judged);
	else if (cat.doc->why == NULL && strcmp(m->curve, "H1") != 0)
		node_fail(&cat, PACK_DOC, "curve \"%s\" is not known: H1", m->curve);
	back_matter(&cat, r);
	groups = node_array(&cat, "groups");
	for (i = 0; i < node_count(&groups); i++) {
		g = node_at(&groups, i);
		group_read(&g, r);
	}
}

enum err
catalog_read(struct pack_bytes in, struct arena *a, struct catalog *out, const char **why)
{
	struct catalog_reading r = {.cat = out, .arena = a};
	struct doc doc;
	struct node root;

	*out = (struct catalog){0};
	root = node_open(&doc, in.name, in.bytes, a);
	document_read(&root, &r);
	doc_close(&doc);
	*why = doc.why;
	return doc.why == NULL ? OK : ERR_SYNTAX;
}

void
catalog_release(struct catalog *c)
{
	free(c->controls);
	free(c->params);
	*c = (struct catalog){0};
}
