/*
 * wild: offers and who took them.
 *
 * Workload: of 1 M routes some thousands are invalid, of a thousand origins. For each of these origins the paths of
 * its comparable routes are walked once, which gives triples X N M (wild_ways.c); then each invalid route's paths
 * give the pairs N M, sorted. Origins go over threads.
 */
#include "metric/wild_int.h"

#include <stdlib.h>
#include <string.h>

struct hunt {
	const struct facts *f;
	uint32_t *routes;		/* in the wild, by origin, then route */
	uint32_t *first;		/* where the routes of an origin begin, n + 1 */
	size_t n;
	bool *own[FAMILY_N];		/* per AS: it has a full-feed session of its own */
	struct wild_worker *workers;
};

/* --- routes and paths --- */

static bool
is_wild(const struct facts *f, uint32_t id)
{
	const struct route *r = &f->w->routes.routes[id];
	uint32_t vrp[64];
	size_t i, n;

	if (!rov_is_invalid(f->rov[id]) || (f->route_bits[id] & ROUTE_VISIBLE) == 0 || r->origin == ORIGIN_NONE ||
	    r->prefix.len > (r->prefix.family == FAMILY_V4 ? 24 : 48))
		return false;
	n = rpki_covering(&f->w->rpki, &r->prefix, vrp, 64);
	if (n > 64)
		return true;	/* nobody has as many AS0 VRPs one over the other */
	for (i = 0; i < n; i++)
		if (f->w->rpki.roas[vrp[i]].asn != 0)
			return true;
	return false;
}

/* --- one invalid route --- */

static enum wild_side
side_of(const struct facts *f, uint32_t as, uint32_t from)
{
	return wild_side(f->w, f->ases->asn[as], f->ases->asn[from]);
}

/* The triples of one AS: n from v on. Offered by which side at best; WILD_NOBODY when by none. */
static enum wild_side
best_offer(const struct facts *f, const struct wild_worker *k, const struct triple *v, size_t n, bool *neighbours)
{
	enum wild_side best = WILD_NOBODY;
	size_t i;

	*neighbours = false;
	for (i = 0; i < n; i++) {
		*neighbours = *neighbours || v[i].side != WILD_NOBODY;
		if (v[i].side < best && wild_is_offered(f, k, &v[i]))
			best = v[i].side;
	}
	return best;
}

static size_t
run_of(const struct triple *v, size_t from, size_t n, uint32_t as)
{
	size_t i;

	for (i = from; i < n && v[i].as == as; i++)
		;
	return i - from;
}

/* There may be no table at all, and then nothing may be added to its address. */
static const struct triple *
run_at(const struct triple *v, size_t from)
{
	return v == NULL ? NULL : v + from;
}

/* One AS: like and had are what the comparable routes' paths and the invalid one's show of it. */
static void
settle_as(const struct hunt *h, struct wild_worker *k, uint32_t route, const struct triple *like, size_t n_like,
    const struct triple *had, size_t n_had)
{
	const struct facts *f = h->f;
	uint32_t as = n_like > 0 ? like->as : had->as;
	unsigned family = f->w->routes.routes[route].prefix.family;
	struct wild_fact *w = &k->of[as];
	enum wild_side offered, side = WILD_NOBODY;
	bool neighbours;
	size_t i;

	if (!h->own[family][as] && (h->own[FAMILY_V4][as] || h->own[FAMILY_V6][as]))
		return;
	if (n_like == 0 && wild_siblings(f->w, f->ases->asn[as], f->w->routes.routes[route].origin))
		return;
	offered = best_offer(f, k, like, n_like, &neighbours);
	for (i = 0; i < n_had; i++) {
		enum wild_side s = side_of(f, as, had[i].from);

		side = s < side ? s : side;
	}
	if (n_had > 0 && (offered == WILD_NOBODY || side == WILD_NOBODY)) {
		w->unclear++;
		return;
	}
	if (n_had > 0) {
		w->offered[side]++;
		w->passed[side]++;
		k->rows = grow(k->rows, &k->cap_rows, k->n_rows + 1, sizeof(*k->rows));
		k->rows[k->n_rows++] = (struct wild_row){as, route, side};
	} else if (offered != WILD_NOBODY) {
		w->offered[offered]++;
	} else if (neighbours) {
		w->unreached++;
		return;
	} else {
		return;
	}
	w->own += h->own[family][as];
}

static void
settle_route(const struct hunt *h, struct wild_worker *k, uint32_t route)
{
	const struct facts *f = h->f;
	size_t i = 0, j = 0, n_like, n_had;

	k->n_paths = 0;
	wild_paths_add(k, &f->w->routes, route);
	wild_paths_settle(k);
	k->n_had = wild_triples_of(f, k, &k->had, &k->cap_had);
	wild_offers_of(f, k);
	while (i < k->n_like || j < k->n_had) {
		uint32_t as = i == k->n_like || (j < k->n_had && k->had[j].as < k->like[i].as) ? k->had[j].as
		    : k->like[i].as;

		n_like = run_of(k->like, i, k->n_like, as);
		n_had = run_of(k->had, j, k->n_had, as);
		settle_as(h, k, route, run_at(k->like, i), n_like, run_at(k->had, j), n_had);
		i += n_like;
		j += n_had;
	}
}

/* Who gives whom this origin's routes, having them from another; not of its siblings. */
static void
like_settle(const struct hunt *h, struct wild_worker *k, uint32_t origin, unsigned family)
{
	const struct facts *f = h->f;
	size_t i, n = 0;
	uint32_t as = MAP_NONE;
	bool sibling = false;

	k->n_like = wild_triples_of(f, k, &k->like, &k->cap_like);
	for (i = 0; i < k->n_like; i++) {
		struct triple *t = &k->like[i];

		if (t->as != as)
			sibling = wild_siblings(f->w, f->ases->asn[t->as], origin);
		as = t->as;
		if (sibling || t->behind == MAP_NONE || (h->own[family][as] && !t->own))
			continue;
		t->side = side_of(f, t->as, t->from);
		k->like[n++] = *t;
	}
	k->n_like = n;
}

/* Of one origin and family. */
static void
compare(const struct hunt *h, struct wild_worker *k, const uint32_t *routes, size_t n, unsigned family)
{
	const struct facts *f = h->f;
	const struct routes *t = &f->w->routes;
	const uint32_t *ids;
	size_t n_ids = routes_of(t, t->routes[routes[0]].origin, &ids), i;

	k->n_paths = 0;
	for (i = 0; i < n_ids; i++)
		if ((f->route_bits[ids[i]] & ROUTE_VISIBLE) != 0 && !rov_is_invalid(f->rov[ids[i]]) &&
		    t->routes[ids[i]].prefix.family == family)
			wild_paths_add(k, t, ids[i]);
	wild_paths_settle(k);
	like_settle(h, k, t->routes[routes[0]].origin, family);
	for (i = 0; i < n; i++)
		if (t->routes[routes[i]].prefix.family == family)
			settle_route(h, k, routes[i]);
}

static void
hunt_range(void *arg, uint32_t part, size_t lo, size_t hi)
{
	struct hunt *h = arg;
	struct wild_worker *k = &h->workers[part];
	unsigned family;
	size_t i;

	k->of = xcalloc(h->f->ases->n + 1, sizeof(*k->of));
	for (i = lo; i < hi; i++)
		for (family = 0; family < FAMILY_N; family++)
			compare(h, k, h->routes + h->first[i], h->first[i + 1] - h->first[i], family);
	free(k->paths);
	free(k->like);
	free(k->had);
	free(k->offers);
}

/* --- all of them --- */

static void
hunt_begin(struct hunt *h)
{
	const struct routes *t = &h->f->w->routes;
	size_t i, n = 0, cap = 0, cap_first = 0;

	for (i = 0; i < t->n_routes; i++) {	/* by_origin: by (origin, prefix) */
		uint32_t id = t->by_origin[i];

		if (!is_wild(h->f, id))
			continue;
		h->routes = grow(h->routes, &cap, n + 1, sizeof(*h->routes));
		if (n == 0 || t->routes[h->routes[n - 1]].origin != t->routes[id].origin) {
			h->first = grow(h->first, &cap_first, h->n + 2, sizeof(*h->first));
			h->first[h->n++] = (uint32_t)n;
		}
		h->routes[n++] = id;
		h->first[h->n] = (uint32_t)n;
	}
}

/* Who shows a collector its whole table. */
static void
own_find(struct hunt *h)
{
	const struct routes *t = &h->f->w->routes;
	unsigned family;
	size_t i;

	for (family = 0; family < FAMILY_N; family++) {
		h->own[family] = xcalloc(h->f->ases->n + 1, sizeof(*h->own[family]));
		for (i = 0; i < t->n_vps; i++) {
			uint32_t as = ases_id(h->f->ases, t->vps[i].asn);

			if (as != MAP_NONE && wild_is_own(&t->vps[i], family, t->vps[i].asn))
				h->own[family][as] = true;
		}
	}
}

static int
cmp_row(const void *a, const void *b)
{
	const struct wild_row *x = a, *y = b;

	if (x->as != y->as)
		return x->as < y->as ? -1 : 1;
	return (x->route > y->route) - (x->route < y->route);
}

static void
add_up(struct wild *w, const struct wild_worker *k, size_t n_ases)
{
	size_t i;
	unsigned s;

	for (i = 0; i < n_ases; i++) {
		for (s = 0; s < WILD_SIDES; s++) {
			w->of[i].offered[s] += k->of[i].offered[s];
			w->of[i].passed[s] += k->of[i].passed[s];
		}
		w->of[i].own += k->of[i].own;
		w->of[i].unreached += k->of[i].unreached;
		w->of[i].unclear += k->of[i].unclear;
	}
	if (k->n_rows > 0)
		memcpy(w->rows + w->n_rows, k->rows, k->n_rows * sizeof(*k->rows));
	w->n_rows += k->n_rows;
}

static void
rows_settle(struct wild *w, size_t n_ases)
{
	size_t i;

	if (w->n_rows > 1)
		qsort(w->rows, w->n_rows, sizeof(*w->rows), cmp_row);
	w->row_first = xcalloc(n_ases + 1, sizeof(*w->row_first));
	for (i = 0; i < w->n_rows; i++)
		w->row_first[w->rows[i].as + 1]++;
	for (i = 0; i < n_ases; i++)
		w->row_first[i + 1] += w->row_first[i];
}

struct wild *
wild_new(const struct facts *f)
{
	uint32_t parts = f->p.threads > 0 ? f->p.threads : 1, i;
	struct hunt h = {.f = f, .workers = xcalloc(parts, sizeof(*h.workers))};
	struct wild *w = xcalloc(1, sizeof(*w));
	size_t n = 0;

	hunt_begin(&h);
	own_find(&h);
	ranges_run(parts, h.n, hunt_range, &h);
	for (i = 0; i < parts; i++)
		n += h.workers[i].n_rows;
	w->n_routes = h.n > 0 ? h.first[h.n] : 0;
	w->of = xcalloc(f->ases->n + 1, sizeof(*w->of));
	w->rows = xmalloc(n * sizeof(*w->rows));
	for (i = 0; i < parts; i++) {
		if (h.workers[i].of != NULL)
			add_up(w, &h.workers[i], f->ases->n);
		free(h.workers[i].of);
		free(h.workers[i].rows);
	}
	rows_settle(w, f->ases->n);
	free(h.workers);
	free(h.routes);
	free(h.first);
	free(h.own[FAMILY_V4]);
	free(h.own[FAMILY_V6]);
	return w;
}

void
wild_free(struct wild *w)
{
	if (w == NULL)
		return;
	free(w->of);
	free(w->row_first);
	free(w->rows);
	free(w);
}
