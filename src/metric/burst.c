#include "metric/burst.h"
#include "base/arena.h"
#include "metric/valley.h"

#include <stdlib.h>

struct held { uint32_t culprit, holder, offence; };

static int
held_cmp(const void *pa, const void *pb)
{
	const struct held *a = pa, *b = pb;

	if (a->culprit != b->culprit)
		return a->culprit < b->culprit ? -1 : 1;
	return (a->holder > b->holder) - (a->holder < b->holder);
}

static int
asn_cmp(const void *pa, const void *pb)
{
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;

	return (a > b) - (a < b);
}

static bool
are_tied(const struct world *w, const struct history *h, uint32_t a, uint32_t b)
{
	enum as_relation rel = graph_relation(&w->graph, a, b);

	return a == b || rel == REL_PROVIDER || rel == REL_CUSTOMER || (h != NULL && history_beside(h, a, b)) ||
	    valley_siblings(&w->graph, &w->orgs, a, b);
}

size_t
burst_holders(const struct world *w, const struct history *h, uint32_t *holder, size_t n, size_t most)
{
	size_t i, k, kept = 0;

	if (n > 1)
		qsort(holder, n, sizeof(*holder), asn_cmp);
	for (i = 0; i < n && kept < most; i++) {
		for (k = 0; k < kept && !are_tied(w, h, holder[k], holder[i]); k++)
			;
		if (k == kept)
			holder[kept++] = holder[i];
	}
	return kept;
}

static bool
accuses(const struct timeline_offence *o)
{
	return o->of.class == OFF_MISORIGIN && offence_sureness(&o->of) > MISORIGIN_POSSIBLE;
}

/* Of one culprit: v[0..n]. */
static void
culprit_look(struct timeline_result *r, const struct offence_judge *j, const struct held *v, size_t n)
{
	uint32_t *holder = xcalloc(n, sizeof(*holder));
	size_t i, k = 0;

	for (i = 0; i < n; i++)
		if (v[i].holder != 0)
			holder[k++] = v[i].holder;
	if (burst_holders(j->w, j->history, holder, k, MISORIGIN_HOLDERS) < MISORIGIN_HOLDERS)
		for (i = 0; i < n; i++)
			offence_doubt(&r->offences[v[i].offence].of, MIS_ALONE);
	free(holder);
}

/* Whose it is, asked again: the timeline keeps what is said, not of whom. What too few saw counts for nobody. */
static uint32_t
holder_of(const struct timeline_result *r, const struct offence_judge *j, const struct timeline_incident *x, uint32_t at)
{
	const struct timeline_offence *o = &r->offences[at];

	return x->n_spans == 0 ? 0 : misorigin_judge(&(struct misorigin_ask){j->w, j->history, j->at_hand, o->of.origin,
	    o->of.accomplice}, &o->prefix).holder;
}

/* Somebody has the community that others have lost on their way. */
static void
black_hole(struct timeline_result *r, const struct timeline_incident *x)
{
	struct timeline_offence *o = &r->offences[x->first];
	bool black = false;
	uint32_t i;

	for (i = 0; i < x->n && o->of.class == OFF_MISORIGIN; i++)
		black = black || (o[i].of.detail >> MIS_BLACKHOLE & 1) != 0;
	for (i = 0; i < x->n && black; i++)
		offence_doubt(&o[i].of, MIS_BLACKHOLE);
}

void
burst_look(struct timeline_result *r, const struct offence_judge *j)
{
	struct held *v = xcalloc(r->n_offences, sizeof(*v));
	size_t i, k, n = 0;

	for (i = 0; i < r->n_incidents; i++) {
		const struct timeline_incident *x = &r->incidents[i];

		black_hole(r, x);
		for (k = x->first; k < x->first + x->n; k++)
			if (accuses(&r->offences[k]))
				v[n++] = (struct held){r->offences[k].of.culprit, holder_of(r, j, x, (uint32_t)k), (uint32_t)k};
	}
	if (n > 1)
		qsort(v, n, sizeof(*v), held_cmp);
	for (i = 0; i < n; i = k) {
		for (k = i + 1; k < n && v[k].culprit == v[i].culprit; k++)
			;
		culprit_look(r, j, v + i, k - i);
	}
	free(v);
}
