/*
 * exposure_share: the trimmed mean over views: what one vantage point's own neighbourhood says in its own paths,
 * and the few that see nothing of it, are left out.
 */
#include "metric/exposure_int.h"

#include <stdlib.h>

static int
cmp_part(const void *a, const void *b)
{
	const struct part *x = a, *y = b;

	if (x->as != y->as)
		return x->as < y->as ? -1 : 1;
	return (x->value > y->value) - (x->value < y->value);
}

/* sum billionths over n, in millionths, to the nearest, a half up. */
static uint32_t
mean_ppm(uint64_t sum, uint64_t n)
{
	uint64_t of = n * (BILLION / 1000000u);

	return (uint32_t)((2 * sum + of) / (2 * of));
}

/* n values of one AS, ascending; before them stand zeros for the views that have none. */
static void
share(struct survey *s, const struct part *p, size_t n)
{
	uint64_t views = s->out->n_views, trim = s->out->n_trimmed, sum = 0, all = 0, zeros = views - n, i;

	for (i = 0; i < n; i++) {
		uint64_t rank = zeros + i;

		all += p[i].value;
		if (rank >= trim && rank < views - trim)
			sum += p[i].value;
	}
	s->as[p->as].share_ppm = mean_ppm(sum, views - 2 * trim);
	s->as[p->as].mean_ppm = mean_ppm(all, views);
}

void
survey_shares(struct survey *s)
{
	size_t i, j;

	s->out->n_trimmed = s->out->n_views / EXPOSURE_TRIM;
	if (s->n_parts > 0)
		qsort(s->parts, s->n_parts, sizeof(*s->parts), cmp_part);
	for (i = 0; i < s->n_parts; i = j) {
		for (j = i + 1; j < s->n_parts && s->parts[j].as == s->parts[i].as;)
			j++;
		share(s, s->parts + i, j - i);
	}
}
