/*
 * spoofer: tests of source-address validation, by the AS they ran in.
 *
 * Workload: some 10 k tests a month, sealed once, then all tests of one AS asked for.
 */
#include "world/people.h"
#include "base/limits.h"
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void
spoofer_init(struct spoofer *s)
{
	*s = (struct spoofer){0};
}

void
spoofer_release(struct spoofer *s)
{
	free(s->tests);
	spoofer_init(s);
}

enum err
spoofer_add(struct spoofer *s, const struct spoofer_test *t)
{
	assert(!s->sealed);
	if (s->n >= TABLE_ROWS_MAX)
		return ERR_LIMIT;
	s->tests = grow(s->tests, &s->cap, s->n + 1, sizeof(*s->tests));
	s->tests[s->n++] = *t;
	return OK;
}

enum err
spoofer_absorb(struct spoofer *dst, const struct spoofer *src)
{
	size_t i;

	assert(!src->sealed);
	for (i = 0; i < src->n; i++)
		TRY(spoofer_add(dst, &src->tests[i]));
	dst->present = dst->present || src->present;
	return OK;
}

/* Which test it is, without its results. */
static int
test_cmp(const struct spoofer_test *a, const struct spoofer_test *b)
{
	if (a->asn != b->asn)
		return a->asn < b->asn ? -1 : 1;
	if (a->time.s != b->time.s)
		return a->time.s < b->time.s ? -1 : 1;
	if (a->session != b->session)
		return a->session < b->session ? -1 : 1;
	return prefix_cmp(&a->client, &b->client);
}

static int
full_cmp(const void *pa, const void *pb)
{
	const struct spoofer_test *a = pa, *b = pb;
	int c = test_cmp(a, b);

	if (c != 0)
		return c;
	/* those with more results first, so that the others are folded into them */
	if (a->routed != b->routed)
		return a->routed > b->routed ? -1 : 1;
	if (a->priv != b->priv)
		return a->priv > b->priv ? -1 : 1;
	return (int)a->nat - (int)b->nat;
}

/* b adds nothing that a contradicts: a result is missing in one of them or the same in both. */
static bool
folds(const struct spoofer_test *a, const struct spoofer_test *b)
{
	return test_cmp(a, b) == 0 &&
	    (a->routed == b->routed || a->routed == SPOOF_NONE || b->routed == SPOOF_NONE) &&
	    (a->priv == b->priv || a->priv == SPOOF_NONE || b->priv == SPOOF_NONE);
}

void
spoofer_seal(struct spoofer *s)
{
	size_t i, k = 0;

	assert(!s->sealed);
	if (s->n > 0)
		qsort(s->tests, s->n, sizeof(*s->tests), full_cmp);
	for (i = 0; i < s->n; i++) {
		const struct spoofer_test *t = &s->tests[i];
		struct spoofer_test *last = k > 0 ? &s->tests[k - 1] : NULL;

		if (last == NULL || !folds(last, t)) {
			s->tests[k++] = *t;
			continue;
		}
		/* sorted as they are, only this one can be missing in the first and not in the others */
		if (last->priv == SPOOF_NONE)
			last->priv = t->priv;
		last->nat = last->nat || t->nat;
	}
	s->n = k;
	s->sealed = true;
}

static size_t
lower(const struct spoofer *s, uint64_t asn)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->tests[mid].asn < asn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

size_t
spoofer_of(const struct spoofer *s, uint32_t asn, const struct spoofer_test **first)
{
	size_t from = lower(s, asn);

	assert(s->sealed);
	*first = s->tests + from;
	return lower(s, (uint64_t)asn + 1) - from;
}
