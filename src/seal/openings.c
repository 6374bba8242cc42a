#include "seal/openings.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static int
opening_cmp(const void *pa, const void *pb, void *arg)
{
	const struct ledger *g = arg;
	const struct dispute_line *a = &g->lines[*(const size_t *)pa], *b = &g->lines[*(const size_t *)pb];
	int c;

	if (a->asn != b->asn)
		return a->asn < b->asn ? -1 : 1;
	c = strcmp(a->control, b->control);
	return c != 0 ? c : a < b ? -1 : a > b;
}

void
openings_init(struct openings *o, const struct ledger *g)
{
	struct ledger of = *g;
	size_t i;

	*o = (struct openings){.at = xcalloc(g->n, sizeof(*o->at))};
	for (i = 0; i < g->n; i++)
		if (g->lines[i].act == DISPUTE_OPEN)
			o->at[o->n++] = i;
	qsort_r(o->at, o->n, sizeof(*o->at), opening_cmp, &of);
}

void
openings_release(struct openings *o)
{
	free(o->at);
	*o = (struct openings){0};
}

size_t
openings_of(const struct openings *o, const struct ledger *g, uint32_t asn, size_t *n)
{
	size_t lo = 0, hi = o->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (g->lines[o->at[mid]].asn < asn)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (*n = 0; lo + *n < o->n && g->lines[o->at[lo + *n]].asn == asn; ++*n)
		;
	return lo;
}
