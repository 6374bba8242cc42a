/*
 * timeline_merge: intervals in their order, and what several vantage points saw at once.
 */
#include "metric/timeline_int.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* --- order --- */

static int
u32_cmp(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int
incident_cmp(const struct tl_kind *a, const struct tl_kind *b)
{
	int c = u32_cmp(a->of.class, b->of.class);

	if (c == 0)
		c = prefix_cmp(&a->prefix, &b->prefix);
	if (c == 0)
		c = u32_cmp(a->of.origin, b->of.origin);
	return c != 0 ? c : u32_cmp(a->of.culprit, b->of.culprit);
}

static int
kind_cmp(const void *pa, const void *pb, void *arg)
{
	const struct tl_kind *kinds = arg;
	const struct tl_kind *a = &kinds[*(const uint32_t *)pa], *b = &kinds[*(const uint32_t *)pb];
	int c = incident_cmp(a, b);

	return c != 0 ? c : u32_cmp(a->of.accomplice, b->of.accomplice);
}

static int
closed_cmp(const void *pa, const void *pb)
{
	const struct tl_closed *a = pa, *b = pb;
	int c = u32_cmp(a->kind, b->kind);

	if (c == 0)
		c = u32_cmp(a->i.vp, b->i.vp);
	if (c == 0)
		c = u32_cmp(a->i.path_id, b->i.path_id);
	if (c == 0)
		c = (a->i.from_us > b->i.from_us) - (a->i.from_us < b->i.from_us);
	return c != 0 ? c : (a->i.to_us > b->i.to_us) - (a->i.to_us < b->i.to_us);
}

/* Kinds get their place in the canonical order as their number; so do the intervals. */
static void
sort_all(struct timeline *t, uint32_t *order)
{
	uint32_t *rank = xcalloc(t->n_kinds, sizeof(*rank));
	size_t i;

	for (i = 0; i < t->n_kinds; i++)
		order[i] = (uint32_t)i;
	if (t->n_kinds > 0)
		qsort_r(order, t->n_kinds, sizeof(*order), kind_cmp, t->kinds);
	for (i = 0; i < t->n_kinds; i++)
		rank[order[i]] = (uint32_t)i;
	for (i = 0; i < t->n_closed; i++)
		t->closed[i].kind = rank[t->closed[i].kind];
	for (i = 0; i < t->n_ways; i++)
		t->ways[i].kind = rank[t->ways[i].kind];
	if (t->n_closed > 0)
		qsort(t->closed, t->n_closed, sizeof(*t->closed), closed_cmp);
	free(rank);
}

/* --- what is open at the end --- */

static void
close_all(struct timeline *t, const struct timeline_vp_info *vp)
{
	size_t v;

	for (v = 0; v < t->n_vps; v++)
		while (t->vps[v].head != MAP_NONE) {
			const struct tl_open *o = &t->opens[t->vps[v].head];
			int64_t us = vp[v].seen_to_us > o->seen_us ? vp[v].seen_to_us : o->seen_us;

			if (o->lost_us != NEVER)
				timeline_close(t, t->vps[v].head, o->lost_us, TL_SESSION);
			else
				timeline_close(t, t->vps[v].head, us, TL_OPEN);
		}
}

/* --- spans --- */

struct edge { int64_t us; int8_t step; };

struct merge {
	struct timeline_result *r;
	const struct timeline_vp_info *vp;
	struct edge *edges;
	size_t n_edges, cap_edges, cap_spans;
	const struct timeline_interval **list;
	size_t cap_list;
};

/* What touches is one: beginnings go first. */
static int
edge_cmp(const void *pa, const void *pb)
{
	const struct edge *a = pa, *b = pb;

	if (a->us != b->us)
		return a->us < b->us ? -1 : 1;
	return b->step - a->step;
}

static int
list_cmp(const void *pa, const void *pb)
{
	const struct timeline_interval *a = *(const struct timeline_interval *const *)pa;
	const struct timeline_interval *b = *(const struct timeline_interval *const *)pb;
	int c = u32_cmp(a->vp, b->vp);

	return c != 0 ? c : (a->from_us > b->from_us) - (a->from_us < b->from_us);
}

static void
edges_add(struct merge *m, int64_t from_us, int64_t to_us)
{
	m->edges = grow(m->edges, &m->cap_edges, m->n_edges + 2, sizeof(*m->edges));
	m->edges[m->n_edges++] = (struct edge){from_us, 1};
	m->edges[m->n_edges++] = (struct edge){to_us, -1};
}

/* The edges of n intervals, each vantage point counted once at a time; returns how many vantage points there are.
 * counted: a bit of vp info decides, or each one does. */
static uint32_t
edges_make(struct merge *m, uint32_t first, uint32_t n, unsigned family, bool by_full_feed)
{
	uint32_t i, j, n_vps = 0;

	m->n_edges = 0;
	m->list = grow(m->list, &m->cap_list, n, sizeof(*m->list));
	for (i = 0; i < n; i++)
		m->list[i] = &m->r->intervals[first + i];
	if (n > 0)
		qsort(m->list, n, sizeof(*m->list), list_cmp);
	for (i = 0; i < n; i = j) {
		const struct timeline_interval *a = m->list[i];
		int64_t to = a->to_us;

		n_vps += i == 0 || m->list[i - 1]->vp != a->vp;
		for (j = i + 1; j < n && m->list[j]->vp == a->vp && m->list[j]->from_us <= to; j++)
			if (m->list[j]->to_us > to)
				to = m->list[j]->to_us;
		if (!by_full_feed || m->vp[a->vp].full_feed[family])
			edges_add(m, a->from_us, to);
	}
	if (m->n_edges > 0)
		qsort(m->edges, m->n_edges, sizeof(*m->edges), edge_cmp);
	return n_vps;
}

static void
span_add(struct merge *m, int64_t from_us, int64_t to_us)
{
	struct timeline_result *r = m->r;

	r->spans = grow(r->spans, &m->cap_spans, r->n_spans + 1, sizeof(*r->spans));
	r->spans[r->n_spans++] = (struct timeline_span){from_us, to_us};
}

/* Where at least need are open; returns the most there are. */
static uint32_t
spans_make(struct merge *m, uint32_t need)
{
	uint32_t at_once = 0, peak = 0;
	int64_t from = 0;
	size_t i;

	for (i = 0; i < m->n_edges; i++) {
		if (m->edges[i].step > 0 && ++at_once == need)
			from = m->edges[i].us;
		if (m->edges[i].step < 0 && at_once-- == need)
			span_add(m, from, m->edges[i].us);
		if (at_once > peak)
			peak = at_once;
	}
	return peak;
}

/* The spans from first on, cut down to those of the incident. */
static void
spans_within(struct merge *m, uint32_t first, const struct timeline_incident *x)
{
	struct timeline_result *r = m->r;
	uint32_t end = (uint32_t)r->n_spans, i, k;

	for (i = first; i < end; i++)
		for (k = x->first_span; k < x->first_span + x->n_spans; k++) {
			struct timeline_span a = r->spans[i], b = r->spans[k];
			bool point = a.from_us == a.to_us || b.from_us == b.to_us;
			int64_t from = a.from_us > b.from_us ? a.from_us : b.from_us;
			int64_t to = a.to_us < b.to_us ? a.to_us : b.to_us;

			if (from < to || (from == to && point))
				span_add(m, from, to);
		}
	memmove(r->spans + first, r->spans + end, (r->n_spans - end) * sizeof(*r->spans));
	r->n_spans -= end - first;
}

static void
incident_make(struct merge *m, struct timeline_incident *x)
{
	struct timeline_result *r = m->r;
	struct timeline_offence *o = &r->offences[x->first], *last = o + x->n - 1;
	unsigned family = o->prefix.family;
	uint32_t i;

	x->n_vps = edges_make(m, o->first, last->first + last->n - o->first, family, r->by_full_feed[family]);
	x->first_span = (uint32_t)r->n_spans;
	x->peak = spans_make(m, r->need[o->of.class][family]);
	x->n_spans = (uint32_t)r->n_spans - x->first_span;
	for (i = 0; i < x->n; i++) {
		o[i].first_span = (uint32_t)r->n_spans;
		edges_make(m, o[i].first, o[i].n, family, false);
		spans_make(m, 1);
		spans_within(m, o[i].first_span, x);
		o[i].n_spans = (uint32_t)r->n_spans - o[i].first_span;
	}
}

/* --- the result --- */

static void
needs_make(const struct timeline *t, const struct timeline_vp_info *vp, struct timeline_result *r)
{
	uint32_t full[FAMILY_N] = {0}, f, c;
	size_t v;

	for (v = 0; v < t->n_vps; v++)
		for (f = 0; f < FAMILY_N; f++)
			full[f] += vp[v].full_feed[f];
	for (f = 0; f < FAMILY_N; f++) {
		uint32_t most = full[f] > 0 ? full[f] : t->n_vps > 0 ? (uint32_t)t->n_vps : 1;

		r->by_full_feed[f] = full[f] > 0;
		for (c = 0; c < OFF_N; c++) {
			uint32_t want = c <= OFF_ADMIN_ASN ? t->p.bogon_visibility : t->p.visibility;

			r->need[c][f] = want == 0 ? 1 : want < most ? want : most;
		}
	}
}

static void
offences_make(struct timeline *t, const uint32_t *order, struct timeline_result *r)
{
	uint32_t *kinds = xcalloc(t->n_kinds, sizeof(*kinds));	/* of the offences: their ranks */
	size_t i, j, k;

	r->intervals = xcalloc(t->n_closed, sizeof(*r->intervals));
	r->offences = xcalloc(t->n_kinds, sizeof(*r->offences));
	r->incidents = xcalloc(t->n_kinds, sizeof(*r->incidents));
	for (i = 0; i < t->n_closed; i = j) {
		const struct tl_kind *kind = &t->kinds[order[t->closed[i].kind]];
		const struct timeline_offence *before = &r->offences[r->n_offences - (r->n_offences > 0)];

		for (j = i; j < t->n_closed && t->closed[j].kind == t->closed[i].kind; j++)
			r->intervals[j] = t->closed[j].i;
		k = r->n_incidents;
		if (r->n_offences == 0 ||
		    incident_cmp(&(struct tl_kind){before->prefix, before->of}, kind) != 0)
			r->incidents[r->n_incidents++].first = (uint32_t)r->n_offences;
		r->incidents[k < r->n_incidents ? k : k - 1].n++;
		kinds[r->n_offences] = t->closed[i].kind;
		r->offences[r->n_offences++] = (struct timeline_offence){.prefix = kind->prefix, .of = kind->of,
		    .first = (uint32_t)i, .n = (uint32_t)(j - i)};
	}
	r->n_intervals = t->n_closed;
	timeline_ways_finish(t, kinds, r);
	free(kinds);
}

enum err
timeline_finish(struct timeline *t, const struct timeline_vp_info *vp, struct timeline_result *out)
{
	struct merge m = {.r = out, .vp = vp};
	uint32_t *order;
	size_t i;

	*out = (struct timeline_result){0};
	close_all(t, vp);
	if (t->err != OK)
		return t->err;
	order = xcalloc(t->n_kinds, sizeof(*order));
	sort_all(t, order);
	needs_make(t, vp, out);
	offences_make(t, order, out);
	for (i = 0; i < out->n_incidents; i++)
		incident_make(&m, &out->incidents[i]);
	free(order);
	free(m.edges);
	free(m.list);
	return OK;
}

void
timeline_result_release(struct timeline_result *r)
{
	free(r->intervals);
	free(r->offences);
	free(r->incidents);
	free(r->spans);
	free(r->ways);
	free(r->hops);
	*r = (struct timeline_result){0};
}
