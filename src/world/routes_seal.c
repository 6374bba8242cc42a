/*
 * routes_seal: canonical order (routes_sort.c), and what follows from seeing all of it.
 *
 *	1. everything is sorted, sightings are put together by route
 *	2. what each vantage point's table holds is counted, then updates join the tables
 *	3. sightings are sorted, duplicates dropped, vantage points counted per route
 *	4. full feeds, the visibility threshold in force, visible routes
 */
#include "base/arena.h"
#include "world/order.h"
#include "world/routes_int.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>

/* Distinct prefixes per table. A route's number stands for its prefix, once routes are sorted: routes of
 * one prefix are neighbours, so a prefix is new to a vantage point when the one before differs. */
static void
count_prefixes(struct routes *r)
{
	const struct prefix **last = xcalloc(r->n_vps, sizeof(const struct prefix *));
	size_t i, k;

	for (i = 0; i < r->n_routes; i++) {
		const struct route *a = &r->routes[i];

		for (k = a->first; k < (size_t)a->first + a->n; k++) {
			uint16_t v = r->sightings[k].vp;

			if (last[v] == NULL || !prefix_eq(last[v], &a->prefix))
				r->vps[v].n_prefixes[a->prefix.family]++;
			last[v] = &a->prefix;
		}
	}
	free(last);
}

/* An origin table stands for as many full feeds as the route most seen in it has peers. */
static void
weigh_vps(struct routes *r)
{
	size_t i, k;

	for (i = 0; i < r->n_routes; i++) {
		const struct route *a = &r->routes[i];

		for (k = a->first; k < (size_t)a->first + a->n; k++) {
			const struct sighting *s = &r->sightings[k];
			uint16_t *w = &r->vps[s->vp].weight[a->prefix.family];

			if (r->vps[s->vp].kind == VP_ORIGINS && s->weight > *w)
				*w = s->weight;
		}
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
			r->n_full[f] += v->full_feed[f] ? v->weight[f] : 0;
		}
	}
	for (f = 0; f < FAMILY_N; f++)
		r->visibility[f] = r->n_full[f] < params->visibility_min ? r->n_full[f] : params->visibility_min;
}

/* Sightings of a route are in the order of vantage points; of several at one the heaviest counts. */
static void
count_vps(struct routes *r, struct route *a)
{
	unsigned f = a->prefix.family;
	uint32_t k = a->first, end = a->first + a->n;

	while (k < end) {
		uint16_t v = r->sightings[k].vp, weight = 0;

		for (; k < end && r->sightings[k].vp == v; k++)
			if (r->sightings[k].weight > weight)
				weight = r->sightings[k].weight;
		a->n_vps++;
		if (r->vps[v].full_feed[f])
			a->n_full += r->vps[v].kind == VP_ORIGINS ? weight : 1;
	}
	a->visible = a->prefix.len > 0 && r->n_full[f] > 0 && a->n_full >= r->visibility[f];
	r->n_visible[f] += a->visible;
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
	map_release(&r->by_vp);
	map_release(&r->by_path);
	map_release(&r->by_route);
	routes_sort_vps(r);
	routes_sort_paths(r);
	routes_sort_routes(r);
	routes_group_sightings(r);
	count_prefixes(r);
	routes_join_updates(r);
	routes_sort_sightings(r);
	find_full_feeds(r, params);
	for (i = 0; i < r->n_routes; i++)
		count_vps(r, &r->routes[i]);
	count_collectors(r);
	r->by_origin = order_u32(r->routes, r->n_routes, sizeof(*r->routes), offsetof(struct route, origin));
	r->sealed = true;
}
