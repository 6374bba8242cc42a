#include "report/past.h"

#include <stdlib.h>


static int
by_moment(const void *a, const void *b)
{
	int64_t x = ((const struct past_report *)a)->at.s, y = ((const struct past_report *)b)->at.s;

	return x < y ? -1 : x > y;
}

void
past_add(struct past *p, const struct past_report *r)
{
	p->reports = grow(p->reports, &p->cap, p->n + 1, sizeof(*p->reports));
	p->reports[p->n++] = *r;
}

enum err
past_seal(struct past *p, struct utc at, const char **why)
{
	char when[UTC_TEXT], now[UTC_TEXT];
	size_t i;

	if (p->n > 0)
		qsort(p->reports, p->n, sizeof(*p->reports), by_moment);
	for (i = 0; i < p->n; i++) {
		if (i > 0 && p->reports[i].at.s == p->reports[i - 1].at.s) {
			*why = arena_printf(p->arena, "two reports are of %s: give one for each moment",
			    utc_format(p->reports[i].at, when));
			return ERR_CONTRADICT;
		}
		if (!utc_known(at) || p->reports[i].at.s >= at.s) {
			*why = arena_printf(p->arena, "a report of %s is not earlier than this one, of %s",
			    utc_format(p->reports[i].at, when), utc_format(at, now));
			return ERR_CONTRADICT;
		}
	}
	return OK;
}

const struct past_as *
past_find(const struct past_report *r, uint32_t asn)
{
	size_t lo = 0, hi = r->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (r->ases[mid].asn < asn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < r->n && r->ases[lo].asn == asn ? &r->ases[lo] : NULL;
}

void
past_release(struct past *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		free(p->reports[i].ases);
	free(p->reports);
	*p = (struct past){.arena = p->arena};
}
