#include "serve/hold.h"

#include <string.h>

static void
metric_make(struct metric *m, const struct archive_row *r, enum metric_id id)
{
	const struct archive_number *n = row_number(r, metric_word(id));

	*m = (struct metric){.id = id, .asn = r->asn, .state = METRIC_NO_DATA, .why = "not measured in that month",
	    .oldest = UTC_NONE};
	if (n == NULL || n->unit != metric_unit(id))
		return;
	m->state = n->state;
	m->why = n->why;
	m->oldest = n->oldest;
	m->num = n->num;
	m->den = n->den;
	m->value_ppm = n->value;
	if (n->state == METRIC_OK && n->unit == UNIT_SHARE)
		wilson_ppm(n->num, n->den, &m->lo_ppm, &m->hi_ppm);
}

/* The numbers alone do not tell: parts of them, or the siblings, do. */
static bool
needs_more(const struct control *c)
{
	return c->whole_org || c->needs_part[0] != NULL;
}

static bool
tests_same(const struct control *a, const struct control *b)
{
	size_t t;

	for (t = 0; t < a->n_tests && t < b->n_tests; t++) {
		const struct control_test *x = &a->tests[t], *y = &b->tests[t];

		if (x->metric != y->metric || x->compare != y->compare || x->judged != y->judged || x->pass != y->pass ||
		    x->warn != y->warn || x->pass_cdn != y->pass_cdn)
			return false;
	}
	return a->n_tests == b->n_tests && a->age_max_days == b->age_max_days;
}

/* What the month's own pack said, when it asked the same; NULL: it did not. */
static const struct archive_verdict *
verdict_find(const struct demand *d, const struct archive_month *m, const struct archive_row *r)
{
	const struct control *own = pack_control(d->from, span_of(d->control->id));
	size_t i, k, at = 0;

	/* the siblings of a composed pack are others than those of the pack it is from */
	if (own == NULL || d->control->whole_org || !tests_same(own, d->control))
		return NULL;
	for (i = 0; i < m->head.n_packs; at += m->head.packs[i++].n) {
		const struct archive_pack *p = &m->head.packs[i];

		if (strcmp(p->id, d->from->id) != 0 || memcmp(p->sha256, d->from->sha256, SHA256_BYTES) != 0)
			continue;
		for (k = 0; k < p->n; k++)
			if (strcmp(p->controls[k].id, d->control->id) == 0)
				return &r->verdicts[at + k];
	}
	return NULL;
}

/* The test that set the verdict then, by its metric; a verdict that is short of a bar without the number that was is no
 * use to who asks by how much. */
static void
as_archived(const struct demand *d, const struct archive_month *m, const struct archive_row *r, struct judgement *j)
{
	const struct archive_verdict *v = verdict_find(d, m, r);
	const struct control *c = d->control;
	size_t t;

	for (t = 0; v != NULL && v->decides != NULL && j->test == NULL && t < c->n_tests; t++)
		if (c->tests[t].judged && strcmp(metric_word(c->tests[t].metric), v->decides) == 0 &&
		    j->metrics[t]->state == METRIC_OK) {
			j->decides = j->metrics[t];
			j->test = &c->tests[t];
		}
	if (v != NULL && j->test == NULL && (v->verdict == VERDICT_FAIL || v->verdict == VERDICT_WARN))
		v = NULL;
	j->verdict = v != NULL ? v->verdict : VERDICT_NO_DATA;
	j->because = j->test != NULL && v->reason == NULL ? BECAUSE_NUMBER : BECAUSE_SIBLINGS_UNKNOWN;
	j->why = v == NULL ? "the archive does not keep what this needs" : v->reason != NULL ? v->reason : "as the pack judged it";
}

void
hold_demand(const struct demand *d, const struct archive_month *m, const struct archive_row *r, struct arena *a,
    struct held *out)
{
	const struct control *c = d->control;
	const struct metric **numbers = arena_array(a, c->n_tests + 1, sizeof(*numbers));
	struct judgement *j = arena_alloc(a, sizeof(*j));
	struct metric *made = arena_array(a, c->n_tests + 1, sizeof(*made));
	size_t t;

	for (t = 0; t < c->n_tests; t++) {
		metric_make(&made[t], r, c->tests[t].metric);
		numbers[t] = &made[t];
	}
	if (needs_more(c)) {
		*j = (struct judgement){.control = c, .is_cdn = r->cdn, .at = m->head.at, .metrics = numbers};
		as_archived(d, m, r, j);
	} else {
		control_judge(c, numbers, m->head.at, r->cdn, j);
	}
	demand_hold(d, j, NULL, m->head.at, out);
	if (!r->seen)
		held_unseen(out);
}
