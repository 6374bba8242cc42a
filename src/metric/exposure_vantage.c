/*
 * exposure_vantage: the sightings of the routes that matter are put together by vantage point (a counting sort: they come by
 * route), and each is then looked at by itself: a stack of the prefixes around the one at hand tells whose addresses a more
 * specific one takes.
 */
#include "metric/exposure_vantage.h"

#include <stdlib.h>

#define WEIGHT_SHIFT 24		/* so that a weight of 1 can be shared; 2^32 of them have room */

/* --- gathering --- */

static uint32_t
leaf_of(struct survey *s, uint32_t route, const struct sighting *x)
{
	return ground_counts(s->g, route) ? chains_leaf(&s->t, x->path) : LEAF_OTHER;
}

/* fill: false counts only. */
static void
gather_pass(struct survey *s, struct vantage *v, bool fill)
{
	const struct routes *t = &s->g->f->w->routes;
	uint32_t k, i;
	size_t j;

	for (j = 0; j < s->g->n; j++)
		for (k = s->g->spans[j].lo; k < s->g->spans[j].hi; k++) {
			const struct route *r = &t->routes[k];

			if (r->prefix.family != s->family || r->prefix.len == 0)
				continue;
			for (i = 0; i < r->n; i++) {
				const struct sighting *x = &t->sightings[r->first + i];

				if (t->vps[x->vp].kind == VP_ORIGINS)
					continue;
				if (fill)
					v->seen[v->first[x->vp]++] = (struct seen){k, leaf_of(s, k, x)};
				else
					v->first[x->vp + 1]++;
			}
		}
}

static int
cmp_u64(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

void
vantage_gather(struct survey *s, struct vantage *v)
{
	const struct routes *t = &s->g->f->w->routes;
	size_t i, n = t->n_vps;
	uint64_t *key = xmalloc(n * sizeof(*key));

	v->first = xcalloc(n + 2, sizeof(*v->first));
	gather_pass(s, v, false);
	for (i = 0; i < n; i++)
		v->first[i + 1] += v->first[i];
	v->seen = xmalloc(v->first[n] * sizeof(*v->seen));
	gather_pass(s, v, true);	/* moves each first to where the next one's was */
	for (i = n; i > 0; i--)
		v->first[i] = v->first[i - 1];
	v->first[0] = 0;
	v->order = xmalloc(n * sizeof(*v->order));
	for (i = 0; i < n; i++)
		key[i] = (uint64_t)t->vps[i].asn << 32 | i;
	if (n > 0)
		qsort(key, n, sizeof(*key), cmp_u64);
	s->net = xcalloc(n, sizeof(*s->net));
	for (i = 0; i < n; i++) {
		v->order[i] = (uint32_t)key[i];
		s->net[v->order[i]] = i == 0 ? 0 : s->net[v->order[i - 1]] + (key[i] >> 32 != key[i - 1] >> 32);
	}
	free(key);
}

/* --- one vantage point --- */

static uint64_t
size_of(const struct survey *s, const struct prefix *p)
{
	return s->family == FAMILY_V4 ? UINT64_C(1) << (32 - p->len) : 1;
}

/* The group takes its addresses from the nearest one around it. */
static void
nest(struct survey *s, struct vantage *v, uint32_t at)
{
	struct group *x = &v->groups[at], *around;
	const struct prefix *clip = ground_clip(s->g, x->prefix);

	x->w = size_of(s, clip);
	while (v->depth > 0 && !prefix_covers(v->groups[v->stack[v->depth - 1]].prefix, x->prefix))
		v->depth--;
	if (v->depth > 0) {
		around = &v->groups[v->stack[v->depth - 1]];
		if (s->family == FAMILY_V4)
			around->w -= x->w;
		else if (ground_clip(s->g, around->prefix)->len == clip->len)
			around->w = 0;
	}
	v->stack[v->depth++] = at;
}

static void
groups_make(struct survey *s, struct vantage *v, uint32_t lo, uint32_t hi)
{
	const struct route *routes = s->g->f->w->routes.routes;
	uint32_t i, j;

	v->n_groups = v->depth = 0;
	for (i = lo; i < hi; i = j) {
		const struct prefix *p = &routes[v->seen[i].route].prefix;

		for (j = i + 1; j < hi && prefix_eq(p, &routes[v->seen[j].route].prefix);)
			j++;
		v->groups = grow(v->groups, &v->cap_groups, v->n_groups + 1, sizeof(*v->groups));
		v->groups[v->n_groups] = (struct group){.prefix = p, .first = i, .n = j - i};
		nest(s, v, (uint32_t)v->n_groups++);
	}
}

static int
cmp_seen(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	if (x->route != y->route)
		return x->route < y->route ? -1 : 1;
	return (x->leaf > y->leaf) - (x->leaf < y->leaf);
}

/* Different ways only, those that cannot be placed last; how many. */
static uint32_t
distinct(struct survey *s, struct seen *x, uint32_t n)
{
	uint32_t i, k = 0;

	if (n > 1)
		qsort(x, n, sizeof(*x), cmp_seen);
	for (i = 0; i < n; i++) {
		if (x[i].leaf == LEAF_UNPLACED)
			s->out->n_unplaced++;
		else if (k == 0 || x[k - 1].route != x[i].route || x[k - 1].leaf != x[i].leaf)
			x[k++] = x[i];
	}
	return k;
}

uint64_t
vantage_leaves(struct survey *s, struct vantage *v, uint32_t vp, uint32_t as, bool full, uint64_t *paths)
{
	uint64_t total = 0;
	size_t i;
	uint32_t j, k;

	groups_make(s, v, v->first[vp], v->first[vp + 1]);
	*paths = 0;
	for (i = 0; i < v->n_groups; i++) {
		const struct group *x = &v->groups[i];
		struct seen *seen = v->seen + x->first;

		k = distinct(s, seen, x->n);
		for (j = 0; j < k; j++) {
			uint64_t w = (x->w << WEIGHT_SHIFT) / k;
			struct chain *c;

			if (seen[j].leaf == LEAF_OTHER)
				continue;
			c = &s->t.c[seen[j].leaf];
			c->paths_any++;
			c->ends += c->as == as;
			(*paths)++;
			if (!full)
				continue;
			c->paths++;
			c->w += w;
			total += w;
		}
	}
	return total;
}

void
vantage_release(struct vantage *v)
{
	free(v->seen);
	free(v->first);
	free(v->order);
	free(v->groups);
}
