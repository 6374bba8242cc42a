/* control: one control of a catalogue: its props, params, parts and links. */
#include "base/limits.h"
#include "rule/catalog.h"

#include <string.h>

#define PACK_DOC "pack.md 2"

static void
add_test(const struct node *p, struct control *c, bool judged, const char *word)
{
	struct control_test *t;
	enum metric_id id = metric_find(span_of(word));
	size_t i;

	if (id == METRIC_N) {
		node_fail(p, PACK_DOC, "\"%s\" is not a metric", word);
		return;
	}
	for (i = 0; i < c->n_tests; i++)
		if (c->tests[i].metric == id) {
			node_fail(p, PACK_DOC, "metric \"%s\" is named twice", word);
			return;
		}
	if (c->n_tests == CONTROL_TESTS) {
		node_fail(p, PACK_DOC, "more than %d metrics", CONTROL_TESTS);
		return;
	}
	t = &c->tests[c->n_tests++];
	*t = (struct control_test){.metric = id, .judged = judged, .pass_cdn = -1};
}

static struct control_test *
test_of(struct control *c, const char *word)
{
	size_t i;

	for (i = 0; i < c->n_tests; i++)
		if (strcmp(metric_word(c->tests[i].metric), word) == 0)
			return &c->tests[i];
	return NULL;
}

/* A comparison speaks of one test when it has a class, of all without. */
static void
prop_comparison(const struct node *p, struct control *c, const char *value)
{
	const char *class = node_text_opt(p, "class");
	enum compare compare = strcmp(value, "at-least") == 0 ? COMPARE_AT_LEAST
	    : strcmp(value, "at-most") == 0 ? COMPARE_AT_MOST : COMPARE_NONE;
	size_t i, n = 0;

	if (compare == COMPARE_NONE)
		node_fail(p, PACK_DOC, "\"%s\" is neither at-least nor at-most", value);
	else if (class != NULL && test_of(c, class) == NULL)
		node_fail(p, PACK_DOC, "class \"%s\" is no metric named above it", class);
	for (i = 0; i < c->n_tests; i++) {
		if (!c->tests[i].judged || (class != NULL && test_of(c, class) != &c->tests[i]))
			continue;
		n++;
		c->tests[i].compare = compare;
	}
	if (n == 0)
		node_fail(p, PACK_DOC, "has no judged metric above it");
}

static void
prop_part(const struct node *p, struct control *c, const char *value)
{
	size_t i;

	for (i = 0; i < CONTROL_PARTS && c->needs_part[i] != NULL; i++)
		;
	if (i == CONTROL_PARTS)
		node_fail(p, PACK_DOC, "more than %d parts", CONTROL_PARTS);
	else
		c->needs_part[i] = value;
}

static void
prop_number(const struct node *p, const char *value, uint64_t max, uint64_t *out)
{
	if (span_u64(span_of(value), max, out) != OK)
		node_fail(p, PACK_DOC, "\"%s\" is not a number up to %llu", value, (unsigned long long)max);
}

/* The only value of a prop that is otherwise left out. */
static bool
prop_only(const struct node *p, const char *value, const char *only)
{
	if (strcmp(value, only) != 0)
		node_fail(p, PACK_DOC, "is \"%s\" or left out, not \"%s\"", only, value);
	return true;
}

static void
prop_decides(const struct node *p, const char *value, struct control *c)
{
	if (strcmp(value, join_word(JOIN_BEST)) == 0)
		c->join = JOIN_BEST;
	else if (strcmp(value, join_word(JOIN_FIRST)) == 0)
		c->join = JOIN_FIRST;
	else
		node_fail(p, PACK_DOC, "is \"best\", \"first\" or left out, not \"%s\"", value);
}

static void
prop_class(const struct node *p, const char *value, struct control *c)
{
	static const char *const classes[] = {"measured", "attested", "tested", "audited"};
	size_t i;

	for (i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (strcmp(value, classes[i]) == 0)
			c->evidence_class = classes[i];
	if (c->evidence_class == NULL)
		node_fail(p, PACK_DOC, "\"%s\" is not measured, attested, tested or audited", value);
}

static void
control_prop(const struct node *p, struct control *c)
{
	const char *name = prop_name(p), *value;
	uint64_t days = 0;

	if (name == NULL || p->doc->why != NULL)
		return;
	value = node_text(p, "value");
	if (strcmp(name, "metric") == 0) {
		add_test(p, c, true, value);
	} else if (strcmp(name, "shows") == 0) {
		add_test(p, c, false, value);
	} else if (strcmp(name, "comparison") == 0) {
		prop_comparison(p, c, value);
	} else if (strcmp(name, "needs-part") == 0) {
		prop_part(p, c, value);
	} else if (strcmp(name, "decides") == 0) {
		prop_decides(p, value, c);
	} else if (strcmp(name, "population-min") == 0) {
		prop_number(p, value, UINT32_MAX, &c->population_min);
	} else if (strcmp(name, "age-max-days") == 0) {
		prop_number(p, value, 3660, &days);
		c->age_max_days = (uint32_t)days;
	} else if (strcmp(name, "evidence-class") == 0) {
		prop_class(p, value, c);
	} else if (strcmp(name, "threshold-source") == 0) {
		c->threshold_source = value;
	} else if (strcmp(name, "visibility") == 0) {
		c->as_seen = prop_only(p, value, "as-seen");
	} else if (strcmp(name, "cannot-judge") == 0) {
		c->cannot = value;
	} else if (strcmp(name, "also-needs") == 0) {
		c->also_needs = value;
	} else if (strcmp(name, "whole-organisation") == 0) {
		c->whole_org = prop_only(p, value, "yes");
	} else {
		node_fail(p, PACK_DOC, "prop \"%s\" is not known here", name);
	}
}

/* --- params, parts, links --- */

static void
control_params(const struct node *n, struct catalog_reading *r)
{
	static const char *const keys[] = {"id", "label", "values", "usage", "remarks", NULL};
	struct node params, p, values;
	struct catalog *cat = r->cat;
	struct param *to;
	size_t i;

	if (!node_has(n, "params"))
		return;
	params = node_array(n, "params");
	for (i = 0; i < node_count(&params); i++) {
		p = node_at(&params, i);
		node_only(&p, keys);
		values = node_array(&p, "values");
		if (node_count(&values) > 1)
			node_fail(&values, PACK_DOC, "has more than one value");
		cat->params = grow(cat->params, &cat->cap_params, cat->n_params + 1, sizeof(*cat->params));
		to = &cat->params[cat->n_params++];
		*to = (struct param){.id = node_token(&p, "id"), .value = node_text_at(&values, 0),
		    .control = cat->n - 1};
		to->where = arena_printf(r->arena, "%s: %s", p.doc->file, node_path(&values));
	}
}

static void
control_parts(const struct node *n, struct control *c)
{
	static const char *const keys[] = {"id", "name", "ns", "title", "prose", NULL};
	struct node parts = node_array(n, "parts"), p;
	const char *name, **to;
	size_t i;

	for (i = 0; i < node_count(&parts); i++) {
		p = node_at(&parts, i);
		node_only(&p, keys);
		name = node_token(&p, "name");
		to = strcmp(name, "statement") == 0 ? &c->statement
		    : strcmp(name, "guidance") == 0 ? &c->guidance
		    : strcmp(name, "remedy") == 0 ? &c->remedy : NULL;
		if (to == NULL)
			node_fail(&p, PACK_DOC, "part \"%s\" is not statement, guidance or remedy", name);
		else if (*to != NULL)
			node_fail(&p, PACK_DOC, "part \"%s\" is given twice", name);
		else
			*to = node_text(&p, "prose");
		if (to == &c->statement && node_has(&p, "id"))
			c->statement_id = node_token(&p, "id");
	}
	if (c->statement == NULL)
		node_fail(&parts, PACK_DOC, "no part is the statement");
}

static void
control_links(const struct node *n, struct control *c, const struct catalog_reading *r)
{
	static const char *const keys[] = {"href", "rel", "text", NULL};
	struct node links, l;
	struct reference *refs;
	const char *href;
	size_t i, k;

	if (!node_has(n, "links"))
		return;
	links = node_array(n, "links");
	refs = arena_array(r->arena, node_count(&links), sizeof(*refs));
	for (i = 0; i < node_count(&links); i++) {
		l = node_at(&links, i);
		node_only(&l, keys);
		href = node_text(&l, "href");
		for (k = 0; k < r->n_refs && (href[0] != '#' || strcmp(href + 1, r->uuids[k]) != 0); k++)
			;
		if (k == r->n_refs)
			node_fail(&l, PACK_DOC, "href \"%s\" is no resource of the back-matter", href);
		else
			refs[i] = r->refs[k];
	}
	c->references = refs;
	c->n_references = node_count(&links);
}

/* What belongs together. */
static void
control_check(const struct node *n, const struct control *c)
{
	size_t i, judged = 0;

	for (i = 0; i < c->n_tests; i++) {
		judged += c->tests[i].judged;
		if (c->tests[i].judged && c->tests[i].compare == COMPARE_NONE)
			node_fail(n, PACK_DOC, "metric \"%s\" has no comparison",
			    metric_word(c->tests[i].metric));
		if (c->as_seen != (c->tests[i].metric >= METRIC_TABLES))
			node_fail(n, PACK_DOC, "metric \"%s\" counts %s: visibility is %s",
			    metric_word(c->tests[i].metric),
			    c->as_seen ? "what enough full feeds carry" : "what one session shows",
			    c->as_seen ? "left out" : "\"as-seen\"");
	}
	if (c->as_seen && c->n_tests == 0)
		node_fail(n, PACK_DOC, "visibility speaks of metrics, and there is none");
	if (c->join == JOIN_FIRST && judged < 2)
		node_fail(n, PACK_DOC, "decides \"first\" needs two metrics at least: one, and what decides when it has no data");
	if (c->evidence_class == NULL)
		node_fail(n, PACK_DOC, "prop \"evidence-class\" is missing");
	if (strchr(c->id, '.') != NULL)
		node_fail(n, PACK_DOC, "id \"%s\" has a dot, which parameters need", c->id);
	if ((judged > 0) + (c->cannot != NULL) + c->whole_org != 1)
		node_fail(n, PACK_DOC, "needs exactly one of metric, cannot-judge and whole-organisation");
	if (judged > 0 && c->threshold_source == NULL)
		node_fail(n, PACK_DOC, "prop \"threshold-source\" is missing");
}

void
control_read(const struct node *n, struct catalog_reading *r)
{
	static const char *const keys[] = {"id", "class", "title", "params", "props", "links", "parts", NULL};
	struct catalog *cat = r->cat;
	struct control *c;
	struct node props, p;
	size_t i;

	if (cat->n == PACK_CONTROLS_MAX) {
		node_fail(n, PACK_DOC, "over PACK_CONTROLS_MAX (%u)", PACK_CONTROLS_MAX);
		return;
	}
	cat->controls = grow(cat->controls, &cat->cap, cat->n + 1, sizeof(*cat->controls));
	c = &cat->controls[cat->n++];
	*c = (struct control){.group = r->group, .population_min = 1};
	node_only(n, keys);
	c->id = node_token(n, "id");
	for (i = 0; i + 1 < cat->n; i++)
		if (span_is_nocase(span_of(cat->controls[i].id), c->id))
			node_fail(n, PACK_DOC, "id \"%s\" is taken (case ignored)", c->id);
	c->title = node_text(n, "title");
	props = node_array(n, "props");
	for (i = 0; i < node_count(&props); i++) {
		p = node_at(&props, i);
		control_prop(&p, c);
	}
	control_params(n, r);
	control_links(n, c, r);
	control_parts(n, c);
	if (n->doc->why == NULL)
		control_check(n, c);
}
