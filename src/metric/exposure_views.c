/*
 * exposure_views: from what each vantage point sends along which chain to a view for each network that they are in, and to
 * what an AS has of it.
 */
#include "metric/exposure_vantage.h"
#include "base/root.h"

#include <stdlib.h>

/* --- one vantage point --- */

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
	total = vantage_leaves(s, v, vp, ases_id(s->g->f->ases, x->asn), full, &paths);
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
	vantage_gather(s, &v);
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
	vantage_release(&v);
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
