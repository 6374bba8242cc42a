/*
 * coverage_times: when each collector listened.
 */
#include "pipe/coverage_int.h"
#include "base/arena.h"
#include "base/limits.h"

#include <stdlib.h>

static void
seen_add(struct coverage_collector *x, int64_t from_s, int64_t to_s)
{
	x->seen = grow(x->seen, &x->cap_seen, x->n_seen + 1, sizeof(*x->seen));
	x->seen[x->n_seen++] = (struct coverage_span){from_s, to_s};
}

static int
s64_cmp(const void *pa, const void *pb)
{
	const int64_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

/* The beginnings of its update files, ascending, *n of them; free it. */
static int64_t *
begins_of(const struct coverage *c, uint32_t no, size_t *n)
{
	int64_t *begin = xcalloc(c->n_files, sizeof(*begin));
	size_t i;

	*n = 0;
	for (i = 0; i < c->n_files; i++) {
		int64_t s = c->files[i].in->traffic->first_s;

		if (c->files[i].collector == no && c->files[i].in->traffic->messages > 0 &&
		    (*n == 0 || begin[*n - 1] < s))
			begin[(*n)++] = s;
	}
	return begin;
}

/* Their median distance, in whole minutes; 0 when there are too few. Those that begin late, after one that is missing,
 * are left in begin; *n of them. */
static int64_t
cadence_of(int64_t *begin, size_t *n)
{
	int64_t *apart, cadence = 0;
	size_t i, late = 0;

	if (*n >= WINDOW_CADENCE_FILES) {
		apart = xcalloc(*n, sizeof(*apart));
		for (i = 1; i < *n; i++)
			apart[i - 1] = begin[i] - begin[i - 1];
		qsort(apart, *n - 1, sizeof(*apart), s64_cmp);
		cadence = (apart[(*n - 1) / 2] + 30) / 60 * 60;
		free(apart);
	}
	for (i = *n; i-- > 1;)		/* from behind: a beginning is looked at before it is overwritten */
		begin[i] = cadence > 0 && 2 * (begin[i] - begin[i - 1]) >= 3 * cadence ? begin[i] : INT64_MAX;
	for (i = 1; i < *n; i++)
		if (begin[i] != INT64_MAX)
			begin[late++] = begin[i];
	*n = late;
	return cadence;
}

/* What one file saw: from its first message to its last, without its silences. */
static void
file_seen(struct coverage_collector *x, const struct traffic *t)
{
	int64_t from = t->first_s;
	size_t i;

	for (i = 0; i < t->n_silences; i++) {
		const struct traffic_silence *q = &t->silences[i];

		if (q->to_s - q->from_s <= x->silence_s)
			continue;
		seen_add(x, from, q->from_s);
		from = q->to_s;
	}
	seen_add(x, from, t->last_s);
}

static int
seen_cmp(const void *pa, const void *pb)
{
	const struct coverage_span *a = pa, *b = pb;

	if (a->from_s != b->from_s)
		return a->from_s < b->from_s ? -1 : 1;
	return (a->to_s > b->to_s) - (a->to_s < b->to_s);
}

/* Joined where the silence between is short and no file is missing. */
static void
spans_join(struct coverage_collector *x, const int64_t *late, size_t n_late)
{
	size_t i, n = 0;

	if (x->n_seen == 0)
		return;
	qsort(x->seen, x->n_seen, sizeof(*x->seen), seen_cmp);
	for (i = 1; i < x->n_seen; i++) {
		struct coverage_span *a = &x->seen[n];
		const struct coverage_span *b = &x->seen[i];
		bool missing = n_late > 0 && bsearch(&b->from_s, late, n_late, sizeof(*late), s64_cmp) != NULL;

		if (b->from_s - a->to_s > (int64_t)x->silence_s || (missing && b->from_s > a->to_s)) {
			x->seen[++n] = *b;
		} else if (b->to_s > a->to_s) {
			a->to_s = b->to_s;
		}
	}
	x->n_seen = n + 1;
}

static void
silence_limit(struct coverage *c, uint32_t no)
{
	struct coverage_collector *x = &c->collectors[no];
	uint64_t spoke_s = 0;
	size_t i;

	for (i = 0; i < c->n_files; i++) {
		const struct traffic *t = c->files[i].in->traffic;

		if (c->files[i].collector != no)
			continue;
		x->n_tables += t->table;
		x->n_files += t->messages > 0;
		x->messages += t->messages;
		spoke_s += t->messages > 0 ? t->last_s - t->first_s : 0;
	}
	x->silence_s = WINDOW_SILENCE_S;
	if (x->messages > 0 && WINDOW_SILENCE_TIMES * spoke_s / x->messages > x->silence_s)
		x->silence_s = WINDOW_SILENCE_TIMES * spoke_s / x->messages;
	if (x->silence_s > WINDOW_SILENCE_MAX_S)
		x->silence_s = WINDOW_SILENCE_MAX_S;
}

void
coverage_times(struct coverage *c)
{
	int64_t *late;
	uint32_t no;
	size_t i, n;

	for (no = 0; no < c->n_collectors; no++) {
		silence_limit(c, no);
		late = begins_of(c, no, &n);
		c->collectors[no].cadence_s = cadence_of(late, &n);
		for (i = 0; i < c->n_files; i++)
			if (c->files[i].collector == no && c->files[i].in->traffic->messages > 0)
				file_seen(&c->collectors[no], c->files[i].in->traffic);
		spans_join(&c->collectors[no], late, n);
		free(late);
	}
}

size_t
coverage_gaps(const struct coverage_collector *c, int64_t from_s, int64_t to_s, struct coverage_span **gap)
{
	size_t n = 0, i;
	int64_t at = from_s;

	*gap = xcalloc(c->n_seen + 1, sizeof(**gap));
	for (i = 0; i < c->n_seen && at < to_s; i++) {
		int64_t begin = c->seen[i].from_s < to_s ? c->seen[i].from_s : to_s;
		bool edge = at == from_s && begin - at <= (int64_t)c->silence_s;

		if (begin > at && !edge)
			(*gap)[n++] = (struct coverage_span){at, begin};
		if (c->seen[i].to_s > at)
			at = c->seen[i].to_s;
	}
	if (at < to_s && (at == from_s || to_s - at > (int64_t)c->silence_s))
		(*gap)[n++] = (struct coverage_span){at, to_s};
	return n;
}

/* Seconds that all collectors missed, by one walk over all gaps. */
uint64_t
coverage_seen(const struct coverage *c, int64_t from_s, int64_t to_s)
{
	struct coverage_span *all = NULL, *gap;
	size_t n = 0, cap = 0, i, k, m;
	int64_t at = from_s, seen = 0;
	bool none;

	/* what is seen by some is what is in no gap of that one: the union of the complements */
	for (i = 0; i < c->n_collectors; i++) {
		m = coverage_gaps(&c->collectors[i], from_s, to_s, &gap);
		none = c->collectors[i].n_seen == 0;
		for (k = 0; k <= m && !none; k++) {
			int64_t lo = k == 0 ? from_s : gap[k - 1].to_s, hi = k == m ? to_s : gap[k].from_s;

			if (lo >= hi)
				continue;
			all = grow(all, &cap, n + 1, sizeof(*all));
			all[n++] = (struct coverage_span){lo, hi};
		}
		free(gap);
	}
	if (n > 0)
		qsort(all, n, sizeof(*all), seen_cmp);
	for (i = 0; i < n; i++) {
		int64_t lo = all[i].from_s > at ? all[i].from_s : at;

		if (all[i].to_s > lo) {
			seen += all[i].to_s - lo;
			at = all[i].to_s;
		}
	}
	free(all);
	return (uint64_t)seen;
}
