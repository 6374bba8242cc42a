/*
 * paths: a search over (AS, may it still climb): customers first, then peers, then providers level by
 * level, so that the first way found to an AS is the one that it would choose.
 */
#include "lab/paths.h"
#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What stands in from[]: an index, and how the AS there is reached itself and left. */
#define BY_CLIMB 0x80000000u	/* it was climbed to: its own way is in climb[] */
#define LATERAL 0x40000000u	/* it is left towards a peer */
#define INDEX 0x3fffffffu

struct walk {
	const struct lab *w;
	struct lab_view *v;
	uint32_t *down, *next_down, *up, *next_up;	/* the rims of the two searches */
	uint32_t n_down, n_next_down, n_up, n_next_up;
	uint8_t level;
	enum lab_class class;
	bool invalid;			/* nobody who drops such routes passes them on */
};

/* It may still announce one itself. */
static bool
drops(const struct walk *k, uint32_t i)
{
	return k->invalid && k->w->ases[i].enforces;
}

/* Reach i with a route that from then on can only go down. First level wins, then the lowest ASN. */
static void
reach(struct walk *k, uint32_t i, uint32_t from)
{
	struct lab_view *v = k->v;
	const struct lab_as *ases = k->w->ases;

	if (v->class[i] == CLASS_UNREACHED) {
		v->class[i] = (uint8_t)k->class;
		v->dist[i] = k->level;
		v->from[i] = from;
		if (!drops(k, i))
			k->next_down[k->n_next_down++] = i;
	} else if (v->class[i] == k->class && v->dist[i] == k->level && v->from[i] != LAB_NONE &&
	    ases[from & INDEX].asn < ases[v->from[i] & INDEX].asn) {
		v->from[i] = from;
	}
}

static void
reach_all(struct walk *k, const struct lab_adj *adj, uint32_t i, uint32_t how)
{
	uint32_t e;

	for (e = adj->first[i]; e < adj->first[i + 1]; e++)
		reach(k, adj->to[e], i | how);
}

static void
climb_all(struct walk *k, uint32_t i)
{
	const struct lab_adj *adj = &k->w->providers;
	struct lab_view *v = k->v;
	uint32_t e;

	for (e = adj->first[i]; e < adj->first[i + 1]; e++) {
		uint32_t p = adj->to[e];

		if (v->climb[p] != LAB_NONE || p == v->as)
			continue;
		v->climb[p] = i;
		if (!drops(k, p))
			k->next_up[k->n_next_up++] = p;
		if (v->class[p] == CLASS_UNREACHED) {
			v->class[p] = CLASS_PROVIDER;
			v->dist[p] = k->level;
			v->from[p] = LAB_NONE;	/* the climb is its route */
		}
	}
}

static void
swap(uint32_t **a, uint32_t **b)
{
	uint32_t *t = *a;

	*a = *b;
	*b = t;
}

static void
next_level(struct walk *k)
{
	swap(&k->down, &k->next_down);
	swap(&k->up, &k->next_up);
	k->n_down = k->n_next_down;
	k->n_up = k->n_next_up;
	k->n_next_down = k->n_next_up = 0;
	k->level++;
}

static void
descend(struct walk *k)
{
	uint32_t i;

	while (k->n_down > 0) {
		for (i = 0; i < k->n_down; i++)
			reach_all(k, &k->w->customers, k->down[i], 0);
		next_level(k);
	}
}

static void
walk_all(struct walk *k)
{
	uint32_t as = k->v->as, i;

	k->v->class[as] = CLASS_SELF;
	if (drops(k, as))
		return;
	k->class = CLASS_CUSTOMER;
	k->level = 1;
	k->down[0] = as;
	k->n_down = 1;
	descend(k);

	k->class = CLASS_PEER;
	k->level = 1;
	reach_all(k, &k->w->peers_of, as, LATERAL);
	next_level(k);
	descend(k);

	k->class = CLASS_PROVIDER;
	k->level = 1;
	climb_all(k, as);
	next_level(k);
	while (k->n_up > 0 || k->n_down > 0) {
		for (i = 0; i < k->n_up; i++)
			climb_all(k, k->up[i]);
		for (i = 0; i < k->n_up; i++) {
			reach_all(k, &k->w->customers, k->up[i], BY_CLIMB);
			reach_all(k, &k->w->peers_of, k->up[i], BY_CLIMB | LATERAL);
		}
		for (i = 0; i < k->n_down; i++)
			reach_all(k, &k->w->customers, k->down[i], 0);
		next_level(k);
	}
}

struct lab_view *
view_new(const struct lab *w, uint32_t as, bool invalid)
{
	struct lab_view *v = xcalloc(1, sizeof(*v));
	uint32_t n = w->n_ases;
	struct walk k = {.w = w, .v = v, .invalid = invalid};
	uint32_t *rims = xcalloc(4u * (size_t)n, sizeof(*rims));

	v->as = as;
	v->class = xcalloc(n, sizeof(*v->class));
	v->dist = xcalloc(n, sizeof(*v->dist));
	v->from = xmalloc(n * sizeof(*v->from));
	v->climb = xmalloc(n * sizeof(*v->climb));
	memset(v->from, 0xff, n * sizeof(*v->from));
	memset(v->climb, 0xff, n * sizeof(*v->climb));
	k.down = rims;
	k.next_down = rims + n;
	k.up = rims + 2u * (size_t)n;
	k.next_up = rims + 3u * (size_t)n;
	walk_all(&k);
	free(rims);
	return v;
}

void
view_free(struct lab_view *v)
{
	if (v == NULL)
		return;
	free(v->class);
	free(v->dist);
	free(v->from);
	free(v->climb);
	free(v);
}

static void
push(struct lab_path *out, uint32_t as)
{
	assert(out->n < LAB_PATH_MAX);
	out->as[out->n++] = as;
}

void
view_path(const struct lab_view *v, uint32_t origin, struct lab_path *out)
{
	uint32_t i = origin, k;
	bool climbed = v->from[i] == LAB_NONE;

	out->n = out->climbs = 0;
	out->lateral = false;
	if (v->class[origin] == CLASS_UNREACHED)
		return;
	while (i != v->as) {
		push(out, i);
		if (climbed) {
			out->climbs++;
			i = v->climb[i];
			continue;
		}
		climbed = (v->from[i] & BY_CLIMB) != 0;
		out->lateral = out->lateral || (v->from[i] & LATERAL) != 0;
		i = v->from[i] & INDEX;
	}
	push(out, i);
	for (k = 0; k < out->n / 2; k++) {
		uint32_t t = out->as[k];

		out->as[k] = out->as[out->n - 1 - k];
		out->as[out->n - 1 - k] = t;
	}
}
