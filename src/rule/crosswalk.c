/* crosswalk: read strictly, as a pack is; then asked in the order of a pack. */
#include "rule/crosswalk.h"
#include "base/limits.h"
#include "rule/node.h"

#include <string.h>

#define DOC "crosswalk.md 1"

struct reading {
	struct crosswalk *x;
	const struct pack *packs;
	size_t n_packs, cap;
	struct arena *arena;
};

const char *
clause_read_word(enum clause_read r)
{
	static const char *const words[] = {[READ_TEXT] = "text", [READ_SUMMARY] = "summary", [READ_REPORT] = "report"};

	return words[r];
}

/* One of the words; 0 and a failure when it is none. */
static unsigned
word_of(const struct node *n, const char *key, const char *const *words, const char *all)
{
	const char *text = node_text(n, key);
	unsigned i;

	for (i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], text) == 0)
			return i;
	node_fail(n, DOC, "%s \"%s\" is not %s", key, text, all);
	return 0;
}

static void
clause_read(const struct node *n, const struct crosswalk_text *t, struct clause *out)
{
	static const char *const keys[] = {"id", "label", "read", "source", "title", NULL};
	static const char *const reads[] = {"text", "summary", "report", NULL};
	const struct clause *c;

	node_only(n, keys);
	*out = (struct clause){.text = t, .id = node_text(n, "id"), .label = node_text_opt(n, "label"),
	    .title = node_text(n, "title"), .source = node_text(n, "source")};
	out->read = (enum clause_read)word_of(n, "read", reads, "text, summary or report");
	if (strchr(out->id, '/') != NULL)
		node_fail(n, DOC, "id \"%s\" has a slash", out->id);
	for (c = t->clauses; c < out; c++)
		if (strcmp(c->id, out->id) == 0)
			node_fail(n, DOC, "id \"%s\" is taken", out->id);
	if (out->label != NULL && out->read == READ_REPORT)
		node_fail(n, DOC, "label \"%s\" of a clause that is known by others' account only", out->label);
}

static void
text_read(const struct node *n, struct reading *r, struct crosswalk_text *out)
{
	static const char *const keys[] = {"clauses", "id", "issuer", "source", "state", "status", "title", NULL};
	static const char *const statuses[] = {"law", "guidance", "proposed", "test", "programme", NULL};
	struct node clauses, c;
	const struct crosswalk_text *t;
	size_t i;

	node_only(n, keys);
	*out = (struct crosswalk_text){.id = node_token(n, "id"), .title = node_text(n, "title"),
	    .issuer = node_text(n, "issuer"), .state = node_text(n, "state"), .source = node_text(n, "source")};
	out->status = statuses[word_of(n, "status", statuses, "law, guidance, proposed, test or programme")];
	for (t = r->x->texts; t < out; t++)
		if (strcmp(t->id, out->id) == 0)
			node_fail(n, DOC, "id \"%s\" is taken", out->id);
	clauses = node_array(n, "clauses");
	out->clauses = arena_array(r->arena, node_count(&clauses), sizeof(*out->clauses));
	for (i = 0; i < node_count(&clauses); i++) {
		c = node_at(&clauses, i);
		clause_read(&c, out, &out->clauses[i]);
		out->n = i + 1;
	}
}

static const struct clause *
clause_find(const struct crosswalk *x, const char *ref)
{
	const char *slash = strchr(ref, '/');
	size_t i, k;

	for (i = 0; slash != NULL && i < x->n_texts; i++) {
		const struct crosswalk_text *t = &x->texts[i];

		if (!span_is((struct span){ref, (size_t)(slash - ref)}, t->id))
			continue;
		for (k = 0; k < t->n; k++)
			if (strcmp(t->clauses[k].id, slash + 1) == 0)
				return &t->clauses[k];
	}
	return NULL;
}

static void
service_read(const struct node *n, struct reading *r, const char *pack, const char *control)
{
	static const char *const keys[] = {"clause", "extent", "note", NULL};
	static const char *const extents[] = {"part", "whole", NULL};
	const char *ref = node_text(n, "clause");
	struct crosswalk *x = r->x;
	struct service s = {.pack = pack, .control = control, .clause = clause_find(x, ref),
	    .note = node_text_opt(n, "note")};
	size_t i;

	node_only(n, keys);
	s.whole = word_of(n, "extent", extents, "part or whole") > 0;
	if (s.clause == NULL)
		node_fail(n, DOC, "clause \"%s\" is in none of the texts", ref);
	for (i = 0; i < x->n_services; i++)
		if (x->services[i].clause == s.clause && strcmp(x->services[i].pack, pack) == 0 &&
		    strcmp(x->services[i].control, control) == 0)
			node_fail(n, DOC, "clause \"%s\" is named twice for control \"%s\"", ref, control);
	if (x->n_services == CROSSWALK_SERVICES_MAX)
		node_fail(n, DOC, "over CROSSWALK_SERVICES_MAX (%u)", CROSSWALK_SERVICES_MAX);
	else
		x->services[x->n_services++] = s;
}

static void
control_read(const struct node *n, struct reading *r)
{
	static const char *const keys[] = {"clauses", "control", "pack", NULL};
	const char *pack = node_text(n, "pack"), *control = node_text(n, "control");
	const struct pack *p = NULL;
	struct node clauses = node_array(n, "clauses"), c;
	size_t i;

	node_only(n, keys);
	for (i = 0; i < r->n_packs; i++)
		if (strcmp(r->packs[i].catalog_id, pack) == 0)
			p = &r->packs[i];
	if (p == NULL)
		node_fail(n, DOC, "pack \"%s\" is not known", pack);
	else if (pack_control(p, span_of(control)) == NULL)
		node_fail(n, DOC, "control \"%s\" is not in pack %s", control, pack);
	for (i = 0; i < node_count(&clauses); i++) {
		c = node_at(&clauses, i);
		service_read(&c, r, pack, control);
	}
}

static void
document_read(const struct node *root, struct reading *r)
{
	static const char *const top[] = {"crosswalk", NULL};
	static const char *const keys[] = {"controls", "format", "remarks", "texts", "version", NULL};
	struct node x = node_object(root, "crosswalk"), list, e;
	const char *format = node_text(&x, "format");
	size_t i;

	node_only(root, top);
	node_only(&x, keys);
	if (root->doc->why == NULL && strcmp(format, CROSSWALK_FORMAT) != 0)
		node_fail(&x, DOC, "format \"%s\" is not %s", format, CROSSWALK_FORMAT);
	r->x->version = node_text(&x, "version");
	r->x->remarks = node_text(&x, "remarks");
	list = node_array(&x, "texts");
	r->x->texts = arena_array(r->arena, node_count(&list), sizeof(*r->x->texts));
	for (i = 0; i < node_count(&list); i++) {
		e = node_at(&list, i);
		text_read(&e, r, &r->x->texts[i]);
		r->x->n_texts = i + 1;
	}
	r->x->services = arena_array(r->arena, CROSSWALK_SERVICES_MAX, sizeof(*r->x->services));
	list = node_array(&x, "controls");
	for (i = 0; i < node_count(&list); i++) {
		e = node_at(&list, i);
		control_read(&e, r);
	}
}

enum err
crosswalk_read(struct pack_bytes in, const struct pack *packs, size_t n_packs, struct arena *a,
    struct crosswalk *out, const char **why)
{
	struct reading r = {.x = out, .packs = packs, .n_packs = n_packs, .arena = a};
	struct node root;
	struct doc doc;

	*out = (struct crosswalk){0};
	root = node_open(&doc, in.name, in.bytes, a);
	document_read(&root, &r);
	doc_close(&doc);
	*why = doc.why;
	if (doc.why != NULL)
		return ERR_SYNTAX;
	sha256_of(in.bytes.p, in.bytes.len, out->sha256);
	return OK;
}

enum err
crosswalk_load(struct arena *a, struct crosswalk *out, const char **why)
{
	const char *const *names = pack_names();
	struct pack *packs;
	size_t n = 0, i;

	while (names[n] != NULL)
		n++;
	packs = arena_array(a, n, sizeof(*packs));
	for (i = 0; i < n; i++)
		TRY(pack_load(names[i], a, &packs[i], why));
	return crosswalk_read(crosswalk_bytes(), packs, n, a, out, why);
}

/* --- asked in the order of a pack --- */

/* at runs over controls times services. */
const struct service *
crosswalk_next(const struct crosswalk *x, const struct pack *p, const struct control *control,
    const struct clause *clause, size_t *at)
{
	while (*at < p->n * x->n_services) {
		const struct control *c = &p->controls[*at / x->n_services];
		const struct service *s = &x->services[*at % x->n_services];

		++*at;
		if ((control == NULL || control == c) && (clause == NULL || clause == s->clause) &&
		    strcmp(s->pack, p->catalog_id) == 0 && strcmp(s->control, c->id) == 0)
			return s;
	}
	return NULL;
}

bool
clause_is_served(const struct crosswalk *x, const struct pack *p, const struct clause *c)
{
	size_t at = 0;

	return crosswalk_next(x, p, NULL, c, &at) != NULL;
}

bool
control_serves(const struct crosswalk *x, const struct pack *p, const struct control *c)
{
	size_t at = 0;

	return crosswalk_next(x, p, c, NULL, &at) != NULL;
}
