/*
 * routes_seal: canonical order (routes_sort.c), and what follows from seeing all of it.
 *
 *	1. vantage points and routes are sorted, sightings are put together by route
 *	2. what each vantage point's table holds is counted, then updates join the tables
 *	3. full feeds, the visibility threshold in force, visible routes
 *
 * Each walk over the sightings of 10 M entries costs a hundredth of reading them, so there are few.
 */
#include "base/arena.h"
#include "world/routes_int.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Distinct prefixes per table: routes of one prefix are neighbours, so a prefix is new to a vantage point
 * when the last one it was seen at differs. */
static void
count_prefixes(struct routes *r)
{
	uint32_t *last = xcalloc(r->n_vps, sizeof(*last)), no = 0;
	size_t i, k;

	for (i = 0; i < r->n_routes; i++) {
		const struct route *a = &r->routes[i];

		no += i == 0 || !prefix_eq(&a->prefix, &a[-1].prefix);
		for (k = a->first; k < (size_t)a->first + a->n; k++) {
			uint16_t v = r->sightings[k].vp;

			r->vps[v].n_prefixes[a->prefix.family] += last[v] != no;
			last[v] = no;
		}
	}
	free(last);
}

/* An origin table stands for as many full feeds as the route most seen in it has peers. */
static void
weigh_vps(struct routes *r)
{
	size_t i, k;

	for (i = 0; i < r->n_routes && r->has_origins; i++) {
		const struct route *a = &r->routes[i];

		for (k = a->first; k < (size_t)a->first + a->n; k++) {
			const struct sighting *s = &r->sightings[k];
			uint16_t *w = &r->vps[s->vp].weight[a->prefix.family];

			if (r->vps[s->vp].kind == VP_ORIGINS && s->weight > *w)
				*w = s->weight;
		}
	}
}

/* A vantage point that was told of is what it was told to be; another counts nowhere. */
static void
take_stated(struct routes *r, const struct routes_stated *stated)
{
	size_t i, k;

	for (i = 0; i < r->n_vps; i++) {
		struct vp *v = &r->vps[i], is = *v;

		memset(is.n_prefixes, 0, sizeof(is.n_prefixes));
		memset(is.full_feed, 0, sizeof(is.full_feed));
		memset(is.weight, 0, sizeof(is.weight));
		for (k = 0; k < stated->n_vps; k++)
			if (stated->vps[k].kind == v->kind && stated->vps[k].collector == v->collector &&
			    stated->vps[k].asn == v->asn && addr_cmp(&stated->vps[k].addr, &v->addr) == 0)
				is = stated->vps[k];
		*v = is;
	}
}

static void
set_visibility(struct routes *r, const struct routes_params *params)
{
	size_t i, f;

	for (f = 0; f < FAMILY_N; f++) {
		for (i = 0; i < r->n_vps; i++)
			r->n_full[f] += r->vps[i].full_feed[f] ? r->vps[i].weight[f] : 0;
		r->visibility[f] = r->n_full[f] < params->visibility_min ? r->n_full[f] : params->visibility_min;
	}
}

static void
find_full_feeds(struct routes *r, const struct routes_params *params)
{
	uint32_t most[FAMILY_N] = {0};
	size_t i, f;

	for (i = 0; i < r->n_vps; i++)
		for (f = 0; f < FAMILY_N; f++)
			if (r->vps[i].kind != VP_UPDATES && r->vps[i].n_prefixes[f] > most[f])
				most[f] = r->vps[i].n_prefixes[f];
	weigh_vps(r);
	for (i = 0; i < r->n_vps; i++) {
		struct vp *v = &r->vps[i];

		for (f = 0; f < FAMILY_N; f++) {
			uint64_t have = (uint64_t)v->n_prefixes[f] * 100;

			v->full_feed[f] = v->n_prefixes[f] > 0 && (v->kind == VP_ORIGINS ||
			    (v->kind == VP_TABLE && have >= (uint64_t)most[f] * params->full_feed_percent));
			if (v->full_feed[f] && v->kind == VP_TABLE)
				v->weight[f] = 1;
		}
	}
}

struct at_vp {			/* what was counted there */
	uint32_t route;		/* from 1 */
	uint16_t weight;
};

/* A vantage point counts once however many paths it has; of an origin table the heaviest sighting counts. */
static void
count_vps(struct routes *r, size_t i, struct at_vp *at)
{
	struct route *a = &r->routes[i];
	unsigned f = a->prefix.family;
	uint32_t k, no = (uint32_t)i + 1;

	a->n_vps = 0;
	a->n_full = 0;
	for (k = a->first; k < a->first + a->n; k++) {
		const struct sighting *s = &r->sightings[k];
		const struct vp *v = &r->vps[s->vp];
		uint16_t weight = v->kind == VP_ORIGINS ? s->weight : 1;
		struct at_vp *x = &at[s->vp];

		if (x->route != no) {
			*x = (struct at_vp){.route = no};
			a->n_vps++;
		}
		if (weight > x->weight && v->full_feed[f])
			a->n_full += weight - x->weight;
		if (weight > x->weight)
			x->weight = weight;
	}
	a->visible = a->prefix.len > 0 && r->n_full[f] > 0 && a->n_full >= r->visibility[f];
	r->n_visible[f] += a->visible;
}

static void
count_all_vps(struct routes *r)
{
	struct at_vp *at = xcalloc(r->n_vps, sizeof(*at));
	size_t i;

	for (i = 0; i < r->n_routes; i++)
		count_vps(r, i, at);
	free(at);
}

/* A counting sort over AS ids. */
static void
order_by_origin(struct routes *r)
{
	const struct ases *ases = &r->paths.ases;
	uint32_t *as = xmalloc(r->n_routes * sizeof(*as)), *next;
	size_t i;

	r->origin_first = xcalloc(ases->n + 2, sizeof(*r->origin_first));
	for (i = 0; i < r->n_routes; i++) {
		uint32_t origin = r->routes[i].origin;

		as[i] = origin == ORIGIN_NONE ? (uint32_t)ases->n : ases_id(ases, origin);
		r->origin_first[as[i] + 1]++;
	}
	for (i = 0; i <= ases->n; i++)
		r->origin_first[i + 1] += r->origin_first[i];
	next = xmalloc((ases->n + 1) * sizeof(*next));
	for (i = 0; i <= ases->n; i++)
		next[i] = r->origin_first[i];
	r->by_origin = xmalloc(r->n_routes * sizeof(*r->by_origin));
	for (i = 0; i < r->n_routes; i++)
		r->by_origin[next[as[i]]++] = (uint32_t)i;
	free(next);
	free(as);
}

/* Vantage points are sorted by (kind, collector), tables first. */
static void
count_collectors(struct routes *r)
{
	bool updates = false;
	size_t i;

	for (i = 0; i < r->n_vps; i++) {
		const struct vp *v = &r->vps[i];

		if (v->kind == VP_ORIGINS)
			r->n_collectors++;
		else if (v->kind == VP_UPDATES)
			updates = true;
		else if (i == 0 || r->vps[i - 1].collector != v->collector)
			r->n_collectors++;
	}
	r->n_collectors += updates;
}

void
routes_seal(struct routes *r, const struct routes_params *params)
{
	size_t i;

	assert(!r->sealed);
	routes_settle(r);
	map_release(&r->by_vp);
	map_release(&r->by_route);
	free(r->pending);
	r->pending = NULL;
	paths_seal(&r->paths);
	routes_sort_vps(r);
	if (r->scattered)
		routes_gather(r);
	count_prefixes(r);
	routes_join_updates(r);
	if (r->scattered)
		routes_drop_duplicates(r);
	for (i = 0; i < r->n_vps; i++)
		r->has_origins = r->has_origins || r->vps[i].kind == VP_ORIGINS;
	if (params->stated != NULL)
		take_stated(r, params->stated);
	else
		find_full_feeds(r, params);
	set_visibility(r, params);
	count_all_vps(r);
	if (params->stated != NULL)
		memcpy(r->n_visible, params->stated->n_visible, sizeof(r->n_visible));
	count_collectors(r);
	order_by_origin(r);
	r->sealed = true;
}
