/*
 * exposure_views: what each vantage point sends along which chain. The sightings of the routes that matter are
 * put together by vantage point (a counting sort: they come by route), and each is then looked at by itself: a
 * stack of the prefixes around the one at hand tells whose addresses a more specific one takes.
 */
#include "metric/exposure_int.h"
#include "base/root.h"

#include <stdlib.h>

#define WEIGHT_SHIFT 24		/* so that a weight of 1 can be shared; 2^32 of them have room */

struct seen { uint32_t route, leaf; };
struct group {			/* one prefix at one vantage point */
	const struct prefix *prefix;
	uint32_t first, n;	/* of seen */
	uint64_t w;
};
struct vantage {
	struct seen *seen;	/* owned: by vantage point, then route */
	uint32_t *first;	/* owned: n_vps + 1 */
	uint32_t *order;	/* owned: vantage points by ASN */
	struct group *groups;	/* owned: of the one at hand */
	size_t n_groups, cap_groups;
	uint32_t stack[129];	/* groups: prefixes nest no deeper */
	uint32_t depth;
};

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

static void
gather(struct survey *s, struct vantage *v)
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

/* The paths of one vantage point, in the AS as, into the leaves; what they weigh in all. *paths: how many. */
static uint64_t
leaves_fill(struct survey *s, struct vantage *v, uint32_t as, bool full, uint64_t *paths)
{
	uint64_t total = 0;
	size_t i;
	uint32_t j, k;

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

static uint64_t
billionths(uint64_t w, uint64_t of)
{
	return (uint64_t)((u128)w * BILLION / of);
}

/* Leaves to chains to ASes, as shares of total. */
static void
shares_of_vantage(struct survey *s, uint64_t total)
{
	struct chain *c = s->t.c;
	struct tally *a;
	size_t i;

	for (i = s->t.n; i-- > 1;)
		c[c[i].parent].w += c[i].w;
	for (i = 1; i < s->t.n; i++)
		if (!c[i].again)
			s->as[c[i].as].w += c[i].w;
	for (i = 0; i < s->t.n; i++) {
		if (c[i].w == 0)
			continue;
		c[i].view += billionths(c[i].w, total);
		c[i].n_vps++;
		c[i].w = 0;
		a = &s->as[c[i].as];
		if (i == 0 || a->w == 0)
			continue;
		if (a->view == 0) {
			s->touched = grow(s->touched, &s->cap_touched, s->n_touched + 1, sizeof(*s->touched));
			s->touched[s->n_touched++] = c[i].as;
		}
		a->view += billionths(a->w, total);
		a->n_vps++;
		a->w = 0;
	}
}

/* All vantage points of one AS are done: n of them had weight. */
static void
view_end(struct survey *s, uint32_t n)
{
	size_t i;

	if (n == 0)
		return;
	s->out->n_views++;
	for (i = 0; i < s->t.n; i++) {
		s->t.c[i].sum += s->t.c[i].view / n;
		s->t.c[i].view = 0;
	}
	for (i = 0; i < s->n_touched; i++) {
		struct tally *a = &s->as[s->touched[i]];

		if (a->view / n > 0) {
			s->parts = grow(s->parts, &s->cap_parts, s->n_parts + 1, sizeof(*s->parts));
			s->parts[s->n_parts++] = (struct part){s->touched[i], a->view / n};
		}
		a->view = 0;
	}
	s->n_touched = 0;
}

/* Whether it is part of a view; *some: it has paths. */
static bool
vantage_look(struct survey *s, struct vantage *v, uint32_t vp, bool *some)
{
	const struct vp *x = &s->g->f->w->routes.vps[vp];
	bool full = x->kind == VP_TABLE && x->full_feed[s->family];
	uint64_t total, paths;

	if (x->asn == s->g->origin) {
		s->out->n_own += v->first[vp] < v->first[vp + 1];
		return false;
	}
	groups_make(s, v, v->first[vp], v->first[vp + 1]);
	total = leaves_fill(s, v, ases_id(s->g->f->ases, x->asn), full, &paths);
	*some = *some || paths > 0;
	s->out->n_paths_any += paths;
	s->out->n_partial += !full && paths > 0;
	if (!full || total == 0)
		return false;
	s->out->n_full++;
	s->out->n_paths += paths;
	shares_of_vantage(s, total);
	return true;
}

/* --- all of them --- */

static void
paths_sum(struct survey *s)
{
	struct chain *c = s->t.c;
	size_t i;

	for (i = s->t.n; i-- > 1;) {
		c[c[i].parent].paths += c[i].paths;
		c[c[i].parent].paths_any += c[i].paths_any;
	}
	for (i = 1; i < s->t.n; i++) {
		struct tally *a = &s->as[c[i].as];

		if (c[i].again || c[i].paths_any == 0)
			continue;
		a->paths += c[i].paths;
		a->paths_any += c[i].paths_any;
		a->ends += c[i].ends;
		if (a->hops == 0 || c[i].depth < a->hops)
			a->hops = c[i].depth;
	}
}

void
survey_run(struct survey *s)
{
	const struct routes *t = &s->g->f->w->routes;
	struct vantage v = {0};
	uint32_t in_view = 0;
	bool some = false;
	size_t i;

	chains_init(&s->t, s->g);
	s->as = xcalloc(s->g->f->ases->n + 1, sizeof(*s->as));
	gather(s, &v);
	for (i = 0; i < t->n_vps; i++) {
		uint32_t vp = v.order[i];

		if (i > 0 && t->vps[v.order[i - 1]].asn != t->vps[vp].asn) {
			view_end(s, in_view);
			s->out->n_networks += some;
			in_view = 0;
			some = false;
		}
		if (v.first[vp] < v.first[vp + 1])
			in_view += vantage_look(s, &v, vp, &some);
	}
	view_end(s, in_view);
	s->out->n_networks += some;
	paths_sum(s);
	free(v.seen);
	free(v.first);
	free(v.order);
	free(v.groups);
}

void
survey_release(struct survey *s)
{
	chains_release(&s->t);
	free(s->as);
	free(s->touched);
	free(s->net);
	free(s->parts);
}
