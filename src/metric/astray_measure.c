/*
 * astray_measure: space, and space times time, of parts that nest. Each point of it is counted at the shortest part that
 * has it: that adds its own blocks for the time that none of those around it did.
 */
#include "metric/astray_int.h"
#include "base/root.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH 50u		/* parts that may lie in one another: by their lengths */

struct times {			/* when: in order, apart */
	struct timeline_span *v;
	size_t n, cap;
};
struct level { struct prefix prefix; struct times when; };	/* when: it, or what it lies in */
struct measuring {
	const struct astray_part *part;
	struct level level[DEPTH];
	size_t depth;
	struct times own;
	uint64_t blocks;
	u128 block_us;
};

static int
when_cmp(int64_t a_from, int64_t a_to, int64_t b_from, int64_t b_to)
{
	if (a_from != b_from)
		return a_from < b_from ? -1 : 1;
	return (a_to > b_to) - (a_to < b_to);
}

static int
time_cmp(const void *pa, const void *pb)
{
	const struct astray_cell *a = pa, *b = pb;

	return when_cmp(a->from_us, a->to_us, b->from_us, b->to_us);
}

static int
cell_cmp(const void *pa, const void *pb, void *arg)
{
	const struct astray_part *part = arg;
	const struct astray_cell *a = pa, *b = pb;
	int c = prefix_cmp(&part[a->part].prefix, &part[b->part].prefix);

	return c != 0 ? c : time_cmp(pa, pb);
}

/* What comes in the order of beginnings. */
static void
times_add(struct times *t, int64_t from_us, int64_t to_us)
{
	struct timeline_span *last = t->n > 0 ? &t->v[t->n - 1] : NULL;

	if (last != NULL && from_us <= last->to_us) {
		if (last->to_us < to_us)
			last->to_us = to_us;
		return;
	}
	t->v = grow(t->v, &t->cap, t->n + 1, sizeof(*t->v));
	t->v[t->n++] = (struct timeline_span){from_us, to_us};
}

static uint64_t
times_sum(const struct times *t)
{
	uint64_t us = 0;
	size_t i;

	for (i = 0; i < t->n; i++)
		us += (uint64_t)(t->v[i].to_us - t->v[i].from_us);
	return us;
}

static void
times_join(struct times *out, const struct times *a, const struct times *b)
{
	size_t i = 0, k = 0;

	out->n = 0;
	while (i < a->n || k < b->n) {
		const struct timeline_span *s = k == b->n || (i < a->n && a->v[i].from_us <= b->v[k].from_us) ? &a->v[i++]
		    : &b->v[k++];

		times_add(out, s->from_us, s->to_us);
	}
}

/* All cells of one part are in own. */
static void
part_count(struct measuring *m, const struct prefix *p)
{
	static const struct times never = {0};
	uint64_t blocks = UINT64_C(1) << ((p->family == FAMILY_V4 ? 24 : 48) - p->len);
	const struct times *around;

	while (m->depth > 0 && !prefix_covers(&m->level[m->depth - 1].prefix, p))
		m->depth--;
	around = m->depth > 0 ? &m->level[m->depth - 1].when : &never;
	if (m->depth == 0)
		m->blocks += blocks;
	m->level[m->depth].prefix = *p;
	times_join(&m->level[m->depth].when, around, &m->own);
	m->block_us += (u128)blocks * (times_sum(&m->level[m->depth].when) - times_sum(around));
	m->depth++;
}

static void
cells_count(struct measuring *m, const struct astray_cell *cell, size_t n, bool attracting)
{
	size_t i = 0;

	m->blocks = 0;
	m->block_us = 0;
	m->depth = 0;
	while (i < n) {
		const struct prefix *p = &m->part[cell[i].part].prefix;
		bool any = false;

		m->own.n = 0;
		for (; i < n && prefix_eq(&m->part[cell[i].part].prefix, p); i++)
			if (!attracting || m->part[cell[i].part].attracting) {
				times_add(&m->own, cell[i].from_us, cell[i].to_us);
				any = true;
			}
		if (any)
			part_count(m, p);
	}
}

static uint64_t
to_seconds(u128 us)
{
	return us / 1000000 > ASTRAY_BLOCK_S_MAX ? ASTRAY_BLOCK_S_MAX : (uint64_t)(us / 1000000);
}

void
astray_measure(const struct astray_part *part, struct astray_cell *cell, size_t n, struct astray_row *out)
{
	struct measuring m = {.part = part};
	struct times all = {0};
	size_t i;

	qsort_r(cell, n, sizeof(*cell), cell_cmp, (void *)(uintptr_t)part);
	cells_count(&m, cell, n, false);
	out->blocks = m.blocks;
	out->block_s = to_seconds(m.block_us);
	cells_count(&m, cell, n, true);
	out->attracting = m.blocks;
	out->attracting_s = to_seconds(m.block_us);
	qsort(cell, n, sizeof(*cell), time_cmp);
	for (i = 0; i < n; i++)
		times_add(&all, cell[i].from_us, cell[i].to_us);
	out->seconds = times_sum(&all) / 1000000;
	for (i = 0; i < DEPTH; i++)
		free(m.level[i].when.v);
	free(m.own.v);
	free(all.v);
}
