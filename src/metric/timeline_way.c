/*
 * timeline_way: by whom an offending route came from the culprit to the vantage point, and when. What is kept grows with
 * the paths that offences had, each list of hops once.
 */
#include "metric/timeline_int.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

void
timeline_path(struct timeline *t, const uint32_t *as, size_t n)
{
	t->path = as;
	t->n_path = n;
}

/* --- lists of hops --- */

struct list { const uint32_t *as; uint32_t n; };

static bool
list_eq(uint32_t id, const void *key, const void *arg)
{
	const struct timeline *t = arg;
	const struct list *k = key;

	return t->hops[id] == k->n && memcmp(t->hops + id + 1, k->as, k->n * sizeof(*k->as)) == 0;
}

/* No more are kept. Whose account is all or nothing has nothing. */
static void
cut(struct timeline *t)
{
	t->ways_cut = true;
	if (t->p.ways == WAYS_WHOLE)
		return;
	free(t->ways);
	t->ways = NULL;
	t->n_ways = t->cap_ways = 0;
}

static uint32_t
list_id(struct timeline *t, const struct list *k)
{
	uint64_t h = map_hash(k->as, k->n * sizeof(*k->as));
	uint32_t id = map_find(&t->by_hops, h, list_eq, k, t);

	if (id != MAP_NONE)
		return id;
	if (t->n_hops + k->n + 1 > TIMELINE_HOPS_MAX) {
		cut(t);
		return TL_WAY_LEFT;
	}
	t->hops = grow(t->hops, &t->cap_hops, t->n_hops + k->n + 1, sizeof(*t->hops));
	id = (uint32_t)t->n_hops;
	t->hops[t->n_hops] = k->n;
	if (k->n > 0)
		memcpy(t->hops + t->n_hops + 1, k->as, k->n * sizeof(*k->as));
	t->n_hops += k->n + 1;
	map_add(&t->by_hops, h, id);
	return id;
}

/* Up to where the culprit first stands: whether those between two places of its own had the route, nobody can tell. */
uint32_t
timeline_way_of(struct timeline *t, const struct offence *of)
{
	const bool whole = t->p.ways == WAYS_WHOLE;
	uint32_t as[AS_PATH_HOPS_MAX];
	struct list k = {as, 0};
	bool met = false;
	size_t i;

	if (t->p.ways == WAYS_NONE || (t->ways_cut && !whole) || t->path == NULL)
		return MAP_NONE;
	for (i = 0; i < t->n_path && (whole || !met); i++) {
		met |= t->path[i] == of->culprit;
		if ((whole || !met) && (k.n == 0 || as[k.n - 1] != t->path[i]))
			as[k.n++] = t->path[i];
	}
	return met ? list_id(t, &k) : MAP_NONE;
}

/* --- when --- */

void
timeline_way_end(struct timeline *t, const struct tl_open *o, int64_t us)
{
	const struct timeline_key *k = &t->rows[o->row].key;
	struct timeline_way w = {o->way_us, us < o->way_us ? o->way_us : us, k->vp, k->path_id, o->way, o->kind};
	bool before = w.from_us < t->p.from_us;

	if (o->way == MAP_NONE || (t->ways_cut && t->p.ways != WAYS_WHOLE))
		return;
	if (before)
		w.from_us = t->p.from_us;
	if (w.to_us > t->p.to_us)
		w.to_us = t->p.to_us;
	if (w.from_us >= t->p.to_us || w.to_us < w.from_us || (w.to_us == w.from_us && before))
		return;
	if (o->way != TL_WAY_LEFT && t->n_ways < TIMELINE_WAYS_MAX) {
		t->ways = grow(t->ways, &t->cap_ways, t->n_ways + 1, sizeof(*t->ways));
		t->ways[t->n_ways++] = w;
		return;
	}
	t->ways_left++;
	cut(t);
}

void
timeline_way_turn(struct timeline *t, struct tl_open *o, int64_t us, int64_t last_us)
{
	uint32_t way = timeline_way_of(t, &t->kinds[o->kind].of);

	if (t->p.ways == WAYS_NONE || way == o->way)
		return;
	if (o->lost_us != NEVER)
		last_us = o->lost_us;
	else if (o->proof_us != NEVER)
		last_us = o->proof_us;
	timeline_way_end(t, o, last_us);
	o->way = way;
	o->way_us = us;
}

/* --- the result --- */

static int
way_cmp(const void *pa, const void *pb)
{
	const struct timeline_way *a = pa, *b = pb;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->vp != b->vp)
		return a->vp < b->vp ? -1 : 1;
	if (a->path_id != b->path_id)
		return a->path_id < b->path_id ? -1 : 1;
	if (a->from_us != b->from_us)
		return a->from_us < b->from_us ? -1 : 1;
	if (a->to_us != b->to_us)
		return a->to_us < b->to_us ? -1 : 1;
	return (a->hops > b->hops) - (a->hops < b->hops);
}

void
timeline_ways_finish(struct timeline *t, const uint32_t *kind, struct timeline_result *r)
{
	size_t i, k = 0;

	r->ways_cut = t->ways_cut;
	r->ways_left = t->ways_left;
	if (t->n_ways == 0)
		return;
	qsort(t->ways, t->n_ways, sizeof(*t->ways), way_cmp);
	for (i = 0; i < r->n_offences; i++) {
		struct timeline_offence *o = &r->offences[i];

		while (k < t->n_ways && t->ways[k].kind < kind[i])	/* of a kind without an interval there is none */
			k++;
		for (o->first_way = (uint32_t)k; k < t->n_ways && t->ways[k].kind == kind[i]; k++)
			o->n_ways++;
	}
	r->ways = t->ways;
	r->n_ways = t->n_ways;
	r->hops = t->hops;
	t->ways = NULL;
	t->hops = NULL;
}

size_t
timeline_way_hops(const struct timeline_result *r, const struct timeline_way *w, const uint32_t **as)
{
	*as = r->hops + w->hops + 1;
	return r->hops[w->hops];
}
