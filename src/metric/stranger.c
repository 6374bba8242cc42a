/*
 * stranger: did the AS announce a route at all, or did somebody else in its name? Inside metric/ only; compute.h.
 *
 * A path that ends in M O shows that M passed on what O told it, or that M, or somebody nearer, put O there: a forged
 * origin, an ASN mistyped in a prepend. M is a stranger to O when neither the relationships nor any route of O that is not
 * RPKI-invalid has them side by side, and they are not siblings; provided that something is known of who stands beside
 * O. A route that strangers alone pass on, and that the VRPs give to others and not to O, is no evidence that O announced
 * it. (What a VRP of O covers is O's own, and at most badly signed.) Relationships need not be there; where they
 * are, what is left out rests on them, too.
 */
#include "metric/compute.h"
#include "metric/wild.h"

#include <stdlib.h>

/* Who took it from the origin on this path, as an id; MAP_NONE when the path does not say. */
static uint32_t
taker(const struct compute *c, const struct sighting *s)
{
	const struct routes *t = &c->w->routes;
	uint32_t hop[AS_PATH_HOPS_MAX], n, i;
	bool set;

	if (t->vps[s->vp].kind == VP_ORIGINS)
		return MAP_NONE;
	n = path_hops(&t->paths, s->path, hop, &set);
	if (set || n == 0 || hop[n - 1] != c->as)
		return MAP_NONE;
	for (i = n; i-- > 0;)
		if (hop[i] != c->as)
			return hop[i];
	return MAP_NONE;	/* its own session */
}

static bool
has(const struct compute *c, uint32_t as)
{
	uint32_t i;

	for (i = 0; i < c->n_beside; i++)
		if (c->beside[i] == as)
			return true;
	return false;
}

/* Those beside it on routes that are not invalid. Routes are looked at until there are enough, once for an AS. */
static void
beside_find(struct compute *c)
{
	const struct routes *t = &c->w->routes;
	size_t i, k;

	if (c->beside_known)
		return;
	c->beside_known = true;
	for (i = 0; i < c->n_routes; i++) {
		const struct route *r = &t->routes[c->routes[i]];

		if (rov_is_invalid(c->f->rov[c->routes[i]]))
			continue;
		for (k = 0; k < r->n && c->n_beside < BESIDE_MAX; k++) {
			uint32_t as = taker(c, &t->sightings[r->first + k]);

			if (as != MAP_NONE && !has(c, as))
				c->beside[c->n_beside++] = as;
		}
	}
}

static bool
is_beside(const struct compute *c, uint32_t as)
{
	uint32_t asn = c->f->ases->asn[as];

	return has(c, as) || graph_relation(&c->w->graph, c->asn, asn) != REL_NONE || wild_siblings(c->w, c->asn, asn);
}

/* By strangers alone? What does not say by whom, the AS itself may have told. */
static bool
by_strangers(const struct compute *c, const struct route *r)
{
	const struct routes *t = &c->w->routes;
	uint32_t i, as;

	for (i = 0; i < r->n; i++) {
		as = taker(c, &t->sightings[r->first + i]);
		if (as == MAP_NONE || is_beside(c, as))
			return false;
	}
	return r->n > 0;
}

static bool
has_own_vrp(const struct compute *c, const struct prefix *p)
{
	const struct rpki *t = &c->w->rpki;
	size_t i, n = rpki_covering(t, p, NULL, 0);
	uint32_t *ids = xmalloc(n * sizeof(*ids));
	bool own = false;

	rpki_covering(t, p, ids, n);
	for (i = 0; i < n; i++)
		own = own || t->roas[ids[i]].asn == c->asn;
	free(ids);
	return own;
}

bool
is_announced(struct compute *c, uint32_t route)
{
	const struct route *r = &c->w->routes.routes[route];

	if (!rov_is_invalid(c->f->rov[route]) || c->as == MAP_NONE || has_own_vrp(c, &r->prefix))
		return true;
	beside_find(c);
	if (c->n_beside == BESIDE_MAX || (c->n_beside == 0 && !graph_knows(&c->w->graph, c->asn)))
		return true;
	return !by_strangers(c, r);
}

void
rest_on_relations(struct compute *c)
{
	const struct evidence_state *s = &c->w->evidence[EV_GRAPH];

	if (s->n_inputs == 0)
		return;
	c->m->evidence |= EV_BIT(EV_GRAPH);
	if (s->n_untimed > 0 || !utc_known(s->oldest) || !utc_known(c->m->oldest))
		c->m->oldest = UTC_NONE;
	else if (s->oldest.s < c->m->oldest.s)
		c->m->oldest = s->oldest;
}
