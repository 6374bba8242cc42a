/* exposed_read: a whole document of exposures, and a subject of one that was kept. */
#include "report/exposed_int.h"

#include <inttypes.h>

static void
offending_read(const struct node *origin, struct exposed *x)
{
	struct node all = node_object(origin, "offending"), o;
	unsigned i;

	for (i = 0; i < OFFENCE_N; i++) {
		enum exposure_offence k = exposed_offences[i];

		o = node_object(&all, offence_word(k));
		x->offending[k] = node_number(&o, "routes", 0, INT64_MAX);
		x->offending_why[k] = exposed_text_or_null(&o, "why_no_data");
	}
}

static void
own_read(const struct node *origin, struct exposed *x)
{
	struct node o = node_object(origin, "others_in_own_space");

	exposed_space_read(&o, "held", &x->own);
	x->own_valid = node_number(&o, "rpki_valid", 0, INT64_MAX);
	x->own_sibling = node_number(&o, "of_the_organisation", 0, INT64_MAX);
	x->rpki_known = node_boolean(&o, "rpki_known");
	x->siblings_known = node_boolean(&o, "siblings_known");
}

static void
origin_read(const struct node *o, struct arena *a, const struct exposed_ground *g, struct exposed *x)
{
	x->origin = exposed_u32(o, "origin", UINT32_MAX);
	if (!x->is_prefix && o->doc->why == NULL && strcmp(x->asked, arena_printf(a, "%" PRIu32, x->origin)) != 0)
		exposed_refuse(o, "origin", "is not the network that was asked for");
	x->name = exposed_text(o, "name");
	x->org = exposed_text(o, "organisation");
	x->paths_from = node_time_or_null(o, "paths_from");
	x->paths_to = node_time_or_null(o, "paths_to");
	x->incidents_why = exposed_text_or_null(o, "incidents_why");
	if (o->doc->why == NULL && node_is_null(o, "incidents_together") != (x->incidents_why != NULL))
		exposed_refuse(o, "incidents_together", "is null just when incidents_why is not");
	exposed_rows_read(o, "incidents_together", a, &x->together, &x->n_together);
	exposed_verdicts_read(o, "verdicts", &x->v);
	exposed_family_read(o, a, FAMILY_V4, x);
	exposed_family_read(o, a, FAMILY_V6, x);
	offending_read(o, x);
	own_read(o, x);
	exposed_nets_read(o, a, x);
	exposed_fit(o, g, x);
	x->weakest = o->doc->why == NULL ? exposed_weakest(x) : SIZE_MAX;
}

static void
asked_read(const struct node *n, struct arena *a, struct exposed *x)
{
	struct node c = node_member(n, "asked");

	*x = (struct exposed){.weakest = SIZE_MAX, .asked = "", .paths_from = UTC_NONE, .paths_to = UTC_NONE};
	x->is_prefix = c.v != NULL && json_is_string(c.v);
	if (x->is_prefix) {
		x->prefix = exposed_prefix(n, "asked");
		x->asked = exposed_text(n, "asked");
	} else {
		x->asked = arena_printf(a, "%" PRIu32, exposed_u32(n, "asked", UINT32_MAX));
	}
}

/* A text of its own: what was asked for, and this origin. */
static struct span
subject_text(struct node *origin, const struct exposed *x, struct arena *a)
{
	struct span s = exposed_canonical(origin, a);

	if (origin->doc->why != NULL)
		return s;
	s.p = arena_printf(a, x->is_prefix ? "{\"asked\":\"%s\",\"origin\":%s}" : "{\"asked\":%s,\"origin\":%s}", x->asked, s.p);
	s.len = strlen(s.p);
	return s;
}

static void
operand_read(const struct node *q, struct arena *a, struct exposed_document *d)
{
	struct node list = node_list(q, "origins", EXPOSURE_ORIGINS_MAX), o;
	struct exposed_subject *s;
	struct exposed x;
	size_t i, k;

	asked_read(q, a, &x);
	if (q->doc->why != NULL)
		return;
	if (node_is_null(q, "why") != (node_count(&list) > 0))
		exposed_refuse(q, "why", "is null just when there is an origin");
	if (!x.is_prefix && node_count(&list) != 1)
		exposed_refuse(q, "origins", "are not one, which is what a network has");
	d->n_nobody += node_count(&list) == 0;
	for (i = 0; i < node_count(&list); i++) {
		if (d->n == EXPOSURE_SUBJECTS_MAX) {
			exposed_refuse(q, "origins", "are with those before more than EXPOSURE_SUBJECTS_MAX (4096)");
			return;
		}
		s = &d->subjects[d->n];
		s->x = x;
		o = node_at(&list, i);
		origin_read(&o, a, &d->ground, &s->x);
		for (k = 0; k < i; k++)
			if (d->subjects[d->n - 1 - k].x.origin == s->x.origin)
				exposed_refuse(&o, "origin", "is there twice");
		s->text = subject_text(&o, &s->x, a);
		d->n++;
	}
}

/* Room for them; a document that has more is refused when it is met. */
static size_t
subjects_count(const struct node *list)
{
	size_t i, n = 0;

	for (i = 0; i < node_count(list) && n < EXPOSURE_SUBJECTS_MAX; i++)
		n += json_array_size(json_object_get(json_array_get(list->v, i), "origins"));
	return n < EXPOSURE_SUBJECTS_MAX ? n : EXPOSURE_SUBJECTS_MAX;
}

static void
document_read(struct node *root, struct arena *a, struct exposed_document *d)
{
	struct node list = node_list(root, "exposures", EXPOSURE_SUBJECTS_MAX), q;
	size_t i;

	exposed_ground_read(root, a, &d->ground);
	if (root->doc->why != NULL)
		return;
	d->subjects = arena_array(a, subjects_count(&list) + 1, sizeof(*d->subjects));
	for (i = 0; i < node_count(&list); i++) {
		q = node_at(&list, i);
		operand_read(&q, a, d);
	}
	if (root->doc->why != NULL)
		return;
	json_object_del(root->v, "exposures");
	d->head = exposed_canonical(root, a);
}

enum err
exposed_read(const char *file, struct span text, struct arena *a, struct exposed_document *out, const char **why)
{
	struct node root;
	struct doc d;

	*out = (struct exposed_document){0};
	if (text.len > EXPOSURE_BYTES_MAX) {
		*why = arena_printf(a, "%s: has more than EXPOSURE_BYTES_MAX (%u) bytes: a larger --min-share makes it smaller",
		    file, EXPOSURE_BYTES_MAX);
		return ERR_LIMIT;
	}
	root = node_open(&d, file, text, a);
	d.rule = EXPOSED_RULE;
	if (d.why == NULL)
		document_read(&root, a, out);
	*why = d.why;
	doc_close(&d);
	return *why == NULL ? OK : ERR_SYNTAX;
}

enum err
exposed_read_kept(const char *file, struct span head, struct span subject, struct arena *a, struct exposed_ground *ground,
    struct exposed *out, const char **why)
{
	struct node root, o;
	struct doc h, s;

	root = node_open(&h, file, head, a);
	h.rule = EXPOSED_RULE;
	if (h.why == NULL)
		exposed_ground_read(&root, a, ground);
	*why = h.why;
	doc_close(&h);
	if (*why != NULL)
		return ERR_SYNTAX;
	root = node_open(&s, file, subject, a);
	s.rule = EXPOSED_RULE;
	if (s.why == NULL) {
		asked_read(&root, a, out);
		o = node_object(&root, "origin");
		if (s.why == NULL)
			origin_read(&o, a, ground, out);
	}
	*why = s.why;
	doc_close(&s);
	return *why == NULL ? OK : ERR_SYNTAX;
}
