/*
 * exposure_homing: what hangs on one neighbour. Here every vantage point has a say, full-feed or not, in tables
 * and updates: a single path through a second neighbour is enough to show that there is one.
 */
#include "metric/exposure_int.h"

#include <stdlib.h>

const char *
homing_word(enum homing h)
{
	static const char *const words[] = {[HOMING_UNSEEN] = "unseen", [HOMING_SINGLE] = "single",
	    [HOMING_DIRECT] = "single-but-direct", [HOMING_FEW] = "too-few-views",
	    [HOMING_MULTI] = "multi"};

	return words[h];
}

/* Neighbours of one route: is there more than one, and more than one that passes it on to others? */
struct neighbours {
	uint32_t any, on;	/* chains of one each; 0: none */
	bool more_any, more_on;
};

static void
note(uint32_t *one, bool *more, uint32_t first)
{
	if (*one == 0)
		*one = first;
	else if (*one != first)
		*more = true;
}

static enum homing
homing_of(const struct neighbours *n, uint32_t views, uint32_t *first)
{
	*first = n->on != 0 ? n->on : n->any;
	if (n->any == 0)
		return HOMING_UNSEEN;
	/* more than one; or those that show themselves, and nobody passes it on */
	if (n->more_any && (n->on == 0 || n->more_on))
		return HOMING_MULTI;
	return views < EXPOSURE_HOMING_VIEWS ? HOMING_FEW : n->more_any ? HOMING_DIRECT : HOMING_SINGLE;
}

static uint32_t
asn_of(const struct survey *s, enum homing h, uint32_t first)
{
	return h == HOMING_SINGLE || h == HOMING_DIRECT ? s->g->f->ases->asn[s->t.c[first].as] : 0;
}

/* The chain of a vantage point in the AS as. */
static void
look(struct survey *s, uint32_t leaf, uint32_t as, struct neighbours *n)
{
	uint32_t first = chains_first(&s->t, leaf);

	note(&n->any, &n->more_any, first);
	if (s->t.c[leaf].depth > 1 || s->t.c[leaf].as != as)
		note(&n->on, &n->more_on, first);
}

struct stamps {			/* route + 1 where it was counted last */
	uint32_t *vp, *net;	/* owned: by vantage point, by survey.net */
};

static enum homing
route_homing(struct survey *s, uint32_t route, struct stamps *stamp, struct exposure_prefix *out)
{
	const struct routes *t = &s->g->f->w->routes;
	const struct route *r = &t->routes[route];
	struct neighbours n = {0};
	uint32_t i, first, views = 0;

	*out = (struct exposure_prefix){.prefix = r->prefix};
	for (i = 0; i < r->n; i++) {
		const struct sighting *x = &t->sightings[r->first + i];
		uint32_t leaf, *net = &stamp->net[s->net[x->vp]];

		if (t->vps[x->vp].kind == VP_ORIGINS || t->vps[x->vp].asn == s->g->origin)
			continue;
		leaf = chains_leaf(&s->t, x->path);
		if (leaf == LEAF_UNPLACED || leaf == 0)
			continue;
		look(s, leaf, ases_id(s->g->f->ases, t->vps[x->vp].asn), &n);
		out->n_vps += stamp->vp[x->vp] != route + 1;
		views += *net != route + 1;
		stamp->vp[x->vp] = *net = route + 1;
	}
	out->homing = homing_of(&n, views, &first);
	out->neighbour = asn_of(s, out->homing, first);
	return out->homing;
}

static void
all_homing(struct survey *s)
{
	struct exposure_view *out = s->out;
	struct neighbours n = {0};
	uint32_t i, first;

	for (i = 1; i < s->t.n; i++) {
		const struct chain *c = &s->t.c[i];

		if (c->depth > 1 || c->paths_any == 0)	/* 0: only the origin's own vantage points have it */
			continue;
		out->n_neighbours++;
		note(&n.any, &n.more_any, i);
		if (c->paths_any > c->ends)
			note(&n.on, &n.more_on, i);
		else
			out->n_direct++;
	}
	out->homing = homing_of(&n, out->n_networks, &first);
	out->neighbour = asn_of(s, out->homing, first);
}

void
survey_homing(struct survey *s, struct arena *a)
{
	size_t n_vps = s->g->f->w->routes.n_vps;
	struct stamps stamp = {xcalloc(n_vps, sizeof(*stamp.vp)), xcalloc(n_vps, sizeof(*stamp.net))};
	struct exposure_prefix *kept = arena_array(a, EXPOSURE_KEPT, sizeof(*kept)), one;
	uint32_t k;
	size_t i;

	for (i = 0; i < s->g->n; i++)
		for (k = s->g->spans[i].lo; k < s->g->spans[i].hi; k++) {
			enum homing h;

			if (s->g->f->w->routes.routes[k].prefix.family != s->family || !ground_counts(s->g, k))
				continue;
			h = route_homing(s, k, &stamp, &one);
			s->out->n_few += h == HOMING_FEW;
			if (h != HOMING_SINGLE && h != HOMING_DIRECT)
				continue;
			if (s->out->n_single < EXPOSURE_KEPT)
				kept[s->out->n_single] = one;
			s->out->n_single++;
		}
	s->out->single = kept;
	all_homing(s);
	free(stamp.vp);
	free(stamp.net);
}
