#include "metric/timeline_paths.h"
#include "base/arena.h"
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int
path_list_cmp(const struct path_list *a, const struct path_list *b)
{
	uint32_t i;

	for (i = 0; i < a->n && i < b->n; i++)
		if (a->as[i] != b->as[i])
			return a->as[i] < b->as[i] ? -1 : 1;
	return (a->n > b->n) - (a->n < b->n);
}

size_t
path_list_find(const struct path_list *p, uint32_t as)
{
	size_t i;

	for (i = 0; i < p->n && p->as[i] != as; i++)
		;
	return i;
}

/* --- how many had which --- */

struct had { uint32_t path, vp; };

static int
had_cmp(const void *pa, const void *pb)
{
	const struct had *a = pa, *b = pb;

	if (a->path != b->path)
		return a->path < b->path ? -1 : 1;
	return (a->vp > b->vp) - (a->vp < b->vp);
}

/* Until when the k-th turn of interval i holds. */
static int64_t
turn_end(const struct incident_paths *p, const struct path_sighting *seen, size_t i, size_t k)
{
	return k + 1 < p->first[i + 1] ? p->turns[k + 1].at_us : seen[i].to_us;
}

void
incident_paths_count(const struct incident_paths *p, const struct path_sighting *seen, struct path_count *n)
{
	struct had *had = xcalloc(p->first[p->n_seen] + 1, sizeof(*had));
	size_t i, k, n_had = 0;

	memset(n, 0, p->n_paths * sizeof(*n));
	for (i = 0; i < p->n_seen; i++)
		for (k = p->first[i]; k < p->first[i + 1]; k++)
			if (p->turns[k].path != PATH_NONE) {
				had[n_had++] = (struct had){p->turns[k].path, seen[i].vp};
				n[p->turns[k].path].us += (uint64_t)(turn_end(p, seen, i, k) - p->turns[k].at_us);
			}
	if (n_had > 1)
		qsort(had, n_had, sizeof(*had), had_cmp);
	for (i = 0; i < n_had; i++)
		n[had[i].path].n_vps += i == 0 || had_cmp(&had[i - 1], &had[i]) != 0;
	free(had);
}

int
incident_paths_cmp(const struct path_list *a, const struct path_count *na, const struct path_list *b,
    const struct path_count *nb)
{
	if (na->n_vps != nb->n_vps)
		return na->n_vps > nb->n_vps ? -1 : 1;
	if (na->us != nb->us)
		return na->us > nb->us ? -1 : 1;
	return path_list_cmp(a, b);
}

struct ranked { struct path_list list; struct path_count n; uint32_t was; };

static int
ranked_cmp(const void *pa, const void *pb)
{
	const struct ranked *a = pa, *b = pb;

	return incident_paths_cmp(&a->list, &a->n, &b->list, &b->n);
}

/* Turns by their new numbers; two that were left out one after the other are one. */
static void
turns_renumber(struct incident_paths *p, const uint32_t *now)
{
	uint32_t n = 0, from, to;
	size_t i, k;

	for (i = 0, from = 0; i < p->n_seen; i++, from = to) {
		to = p->first[i + 1];
		p->first[i] = n;
		for (k = from; k < to; k++) {
			uint32_t path = p->turns[k].path == PATH_NONE ? PATH_NONE : now[p->turns[k].path];

			if (n == p->first[i] || p->turns[n - 1].path != path)
				p->turns[n++] = (struct path_turn){p->turns[k].at_us, path};
		}
	}
	p->first[p->n_seen] = n;
}

void
incident_paths_settle(struct incident_paths *p, const struct path_sighting *seen, size_t max)
{
	struct ranked *r = xcalloc(p->n_paths + 1, sizeof(*r));
	struct path_count *n = xcalloc(p->n_paths + 1, sizeof(*n));
	uint32_t *now = xcalloc(p->n_paths + 1, sizeof(*now));
	size_t i;

	incident_paths_count(p, seen, n);
	for (i = 0; i < p->n_paths; i++)
		r[i] = (struct ranked){p->paths[i], n[i], (uint32_t)i};
	if (p->n_paths > 1)
		qsort(r, p->n_paths, sizeof(*r), ranked_cmp);
	for (i = 0; i < p->n_paths; i++) {
		p->paths[i] = r[i].list;
		now[r[i].was] = i < max ? (uint32_t)i : PATH_NONE;
	}
	turns_renumber(p, now);
	if (p->n_paths > max) {
		p->left_out += p->n_paths - max;
		p->n_paths = max;
	}
	free(now);
	free(n);
	free(r);
}

/* --- from a timeline --- */

struct paths_maker {
	const struct timeline_result *r;
	struct incident_paths p;	/* owned */
	size_t cap_paths, cap_first, cap_turns, cap_seen, cap_hops, n_turns, max;
	struct path_sighting *seen;	/* owned: of each interval */
	uint32_t *hops;			/* owned: of each path, as the timeline numbers them */
	struct map map;
};

struct paths_maker *
paths_maker_new(const struct timeline_result *r, size_t max)
{
	struct paths_maker *m = xcalloc(1, sizeof(*m));

	m->r = r;
	m->max = max;
	return m;
}

void
paths_maker_free(struct paths_maker *m)
{
	if (m == NULL)
		return;
	free(m->p.paths);
	free(m->p.first);
	free(m->p.turns);
	free(m->seen);
	free(m->hops);
	map_release(&m->map);
	free(m);
}

static bool
hops_eq(uint32_t id, const void *key, const void *arg)
{
	return ((const struct paths_maker *)arg)->hops[id] == *(const uint32_t *)key;
}

/* Most incidents have a few paths, which are faster looked at than looked up. */
static uint32_t
path_of(struct paths_maker *m, const struct timeline_way *w)
{
	enum { FEW = 8 };
	struct incident_paths *p = &m->p;
	uint64_t h = 0;
	uint32_t i, id;

	for (i = 0; i < p->n_paths && i < FEW; i++)
		if (m->hops[i] == w->hops)
			return i;
	if (i == FEW) {
		h = map_hash(&w->hops, sizeof(w->hops));
		id = map_find(&m->map, h, hops_eq, &w->hops, m);
		if (id != MAP_NONE)
			return id;
	}
	id = (uint32_t)p->n_paths++;
	p->paths = grow(p->paths, &m->cap_paths, p->n_paths, sizeof(*p->paths));
	m->hops = grow(m->hops, &m->cap_hops, p->n_paths, sizeof(*m->hops));
	m->hops[id] = w->hops;
	p->paths[id].n = (uint32_t)timeline_way_hops(m->r, w, &p->paths[id].as);
	if (id >= FEW)
		map_add(&m->map, h, id);
	return id;
}

static void
turn_add(struct paths_maker *m, int64_t us, uint32_t path)
{
	struct incident_paths *p = &m->p;

	if (m->n_turns > p->first[p->n_seen] && p->turns[m->n_turns - 1].path == path)
		return;
	p->turns = grow(p->turns, &m->cap_turns, m->n_turns + 1, sizeof(*p->turns));
	p->turns[m->n_turns++] = (struct path_turn){us, path};
}

/* Of which interval is this way? Below 0: of an earlier one, or of none; 0: of this one. */
static int
way_place(const struct timeline_way *w, const struct timeline_interval *v)
{
	if (w->vp != v->vp)
		return w->vp < v->vp ? -1 : 1;
	if (w->path_id != v->path_id)
		return w->path_id < v->path_id ? -1 : 1;
	if (w->from_us < v->from_us)
		return -1;
	/* a moment at an interval's end is of the next, which may be as short; a moment in a longer one shows nowhere */
	if (w->to_us > v->to_us || (w->from_us == v->to_us && v->from_us != v->to_us))
		return 1;
	return w->from_us == w->to_us && v->from_us != v->to_us ? -1 : 0;
}

/* k: the first way that may be of this interval; returns the first of the next. */
static uint32_t
interval_add(struct paths_maker *m, const struct timeline_interval *v, uint32_t k, uint32_t end)
{
	struct incident_paths *p = &m->p;
	int64_t known_us = v->from_us;	/* said so far up to there */
	int place;

	for (; k < end && (place = way_place(&m->r->ways[k], v)) <= 0; k++) {
		const struct timeline_way *w = &m->r->ways[k];

		if (place < 0 || (known_us == v->to_us && m->n_turns > p->first[p->n_seen]))
			continue;
		if (w->from_us > known_us)
			turn_add(m, known_us, PATH_NONE);
		turn_add(m, w->from_us, path_of(m, w));
		known_us = w->to_us;
	}
	if (known_us < v->to_us || m->n_turns == p->first[p->n_seen])
		turn_add(m, known_us, PATH_NONE);
	m->seen = grow(m->seen, &m->cap_seen, p->n_seen + 1, sizeof(*m->seen));
	m->seen[p->n_seen++] = (struct path_sighting){v->to_us, v->vp};
	p->first = grow(p->first, &m->cap_first, p->n_seen + 1, sizeof(*p->first));
	p->first[p->n_seen] = (uint32_t)m->n_turns;
	return k;
}

const struct incident_paths *
paths_maker_of(struct paths_maker *m, const struct timeline_incident *x)
{
	struct incident_paths *p = &m->p;
	uint32_t i, j, k;

	if (m->map.n > 0)
		map_release(&m->map);
	p->n_paths = p->n_seen = m->n_turns = 0;
	p->left_out = 0;
	p->first = grow(p->first, &m->cap_first, 1, sizeof(*p->first));
	p->first[0] = 0;
	for (i = x->first; i < x->first + x->n; i++) {
		const struct timeline_offence *o = &m->r->offences[i];

		for (j = o->first, k = o->first_way; j < o->first + o->n; j++)
			k = interval_add(m, &m->r->intervals[j], k, o->first_way + o->n_ways);
	}
	incident_paths_settle(p, m->seen, m->max);
	return p;
}
