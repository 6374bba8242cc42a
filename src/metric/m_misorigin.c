/*
 * m_misorigin: routes of an AS that belong to somebody else by what is published, while that one announces the space,
 * too: P-FLT-3. Of one moment: how long it lasted, updates tell.
 *
 *	proven		another has signed for this very prefix (a VRP of it, no longer or shorter) and nobody for the
 *			AS, the holder announces it or a covering one, RPKI-valid and visible, and nothing speaks for
 *			the AS; and so it is with the prefixes of MISORIGIN_HOLDERS holders at least, who are nothing to
 *			each other (metric/burst.h)
 *	possible	the same, but of fewer holders: a sibling of whom no evidence knows does that; or the VRP is of
 *			a shorter prefix, whatever maxLength it allows: most of these are
 *			customers that took space of their provider along, and a ROA forgotten; or a route object in a
 *			registry that does not authorise its objects names the AS; or the RPKI says nothing, and all route
 *			objects of authoritative registries name others, of which one
 *			announces the space; or nobody says of which organisation, or holder of the registries, one of
 *			the two is; or it is longer than /24 or /48: black-holed, perhaps. Communities are not
 *			kept of tables
 *	explained	any of these, but something speaks for it: the two are of one organisation, the registries have
 *			the prefix and the AS as one holder's, they are neighbours by the
 *			relationships; one stands on paths to the other's route (a provider announces for its customer, a
 *			customer space of its provider; an ASN mistyped in a prepend); or an authoritative route object
 *			names the AS (a mitigation service). Of several holders one is enough.
 */
#include "base/arena.h"
#include "metric/burst.h"
#include "metric/compute.h"
#include "metric/misorigin.h"
#include "metric/wild.h"

#include <stdlib.h>

enum guilt { GUILT_NONE, GUILT_EXPLAINED, GUILT_POSSIBLE, GUILT_PROVEN };

struct claim {			/* somebody's word on a prefix */
	uint32_t holder;
	bool exact;		/* a VRP of this very prefix */
};
struct claims { struct claim *v; size_t n; };

/* The visible route of holder that covers p, the most specific; MAP_NONE when there is none. */
static uint32_t
announced(const struct compute *c, uint32_t holder, const struct prefix *p, bool valid)
{
	const struct routes *t = &c->w->routes;
	unsigned len;

	for (len = p->len; len > 0; len--) {
		struct prefix q = *p;
		size_t i, n;
		uint32_t id;

		q.len = (uint8_t)len;
		prefix_mask(&q);
		id = routes_find(t, &q, &n);
		for (i = 0; id != MAP_NONE && i < n; i++)
			if (t->routes[id + i].origin == holder && (c->f->route_bits[id + i] & ROUTE_VISIBLE) != 0 &&
			    (!valid || c->f->rov[id + i] == ROV_VALID))
				return id + (uint32_t)i;
	}
	return MAP_NONE;
}

static bool
is_on_path(const struct compute *c, uint32_t route, uint32_t asn)
{
	const struct routes *t = &c->w->routes;
	const struct sighting *g = &t->sightings[t->routes[route].first], *end = g + t->routes[route].n;
	uint32_t hop[AS_PATH_HOPS_MAX], n, i, as = ases_id(&t->paths.ases, asn);
	bool set;

	for (; as != MAP_NONE && g < end; g++) {
		if (t->vps[g->vp].kind == VP_ORIGINS)
			continue;
		n = path_hops(&t->paths, g->path, hop, &set);
		for (i = 0; i < n; i++)
			if (hop[i] == as)
				return true;
	}
	return false;
}

static bool
are_tied(const struct compute *c, uint32_t route, uint32_t holder, uint32_t theirs)
{
	return graph_relation(&c->w->graph, c->asn, holder) != REL_NONE || wild_siblings(c->w, c->asn, holder) ||
	    is_on_path(c, route, holder) || is_on_path(c, theirs, c->asn);
}

/* Who holds it by covering VRPs. */
static struct claims
claims_rpki(const struct compute *c, const struct prefix *p)
{
	const struct rpki *t = &c->w->rpki;
	size_t i, n = rpki_covering(t, p, NULL, 0);
	uint32_t *ids = xmalloc(n * sizeof(*ids));
	struct claims out = {.v = xmalloc(n * sizeof(*out.v))};

	rpki_covering(t, p, ids, n);
	for (i = 0; i < n; i++)
		if (t->roas[ids[i]].asn != 0)
			out.v[out.n++] = (struct claim){t->roas[ids[i]].asn, prefix_eq(&t->roas[ids[i]].prefix, p)};
	free(ids);
	return out;
}

/* Who holds it by covering route objects of authoritative registries. */
static struct claims
claims_irr(const struct compute *c, const struct prefix *p)
{
	const struct irr *t = &c->w->irr;
	size_t i, n = irr_covering(t, p, NULL, 0);
	uint32_t *ids = xmalloc(n * sizeof(*ids));
	struct claims out = {.v = xmalloc(n * sizeof(*out.v))};

	irr_covering(t, p, ids, n);
	for (i = 0; i < n; i++)
		if (t->sources[t->routes[ids[i]].source].authoritative)
			out.v[out.n++] = (struct claim){t->routes[ids[i]].origin, false};
	free(ids);
	return out;
}

static enum holders_tie
tie_of(const struct compute *c, uint64_t other)
{
	return holders_tie(&c->w->holders, holders_asn(&c->w->holders, c->asn), other);
}

/* The registries have it as of the same holder as the AS. */
static bool
is_its_space(const struct compute *c, const struct prefix *p)
{
	return tie_of(c, holders_prefix(&c->w->holders, p)) == TIE_ONE;
}

/* Of an AS that is in no list of organisations or of holders nobody knows whose sibling it is; and what is too long for the
 * Internet is black-holed, perhaps. */
static bool
is_known(const struct compute *c, uint32_t holder, const struct prefix *p)
{
	return orgs_as(&c->w->orgs, c->asn) != NULL && orgs_as(&c->w->orgs, holder) != NULL && !misorigin_long(p) &&
	    tie_of(c, holders_asn(&c->w->holders, holder)) != TIE_UNKNOWN &&
	    tie_of(c, holders_prefix(&c->w->holders, p)) != TIE_UNKNOWN;
}

static bool
is_registered(enum irr_state s)
{
	return s == IRR_VALID || s == IRR_MORE_SPECIFIC;
}

/* *theirs: the route of whom it belongs to; meant when it is proven. */
static enum guilt
weigh(const struct compute *c, uint32_t id, uint32_t *theirs)
{
	const struct route *r = &c->w->routes.routes[id];
	enum rov rov = c->f->rov[id];
	bool rpki = rov == ROV_INVALID_ASN || rov == ROV_INVALID_BOTH;
	bool irr = rov == ROV_NOT_FOUND && c->f->irr_auth[id] == IRR_INVALID;
	bool registered = is_registered((enum irr_state)c->f->irr_all[id]);
	enum guilt worst = GUILT_NONE;
	struct claims claims;
	size_t i;

	if ((c->f->route_bits[id] & ROUTE_VISIBLE) == 0 || (!rpki && !irr))
		return GUILT_NONE;
	claims = rpki ? claims_rpki(c, &r->prefix) : claims_irr(c, &r->prefix);
	for (i = 0; i < claims.n && worst != GUILT_EXPLAINED; i++) {
		uint32_t other = announced(c, claims.v[i].holder, &r->prefix, rpki);
		bool known = is_known(c, claims.v[i].holder, &r->prefix);
		enum guilt g = rpki && known && claims.v[i].exact && !registered ? GUILT_PROVEN : GUILT_POSSIBLE;

		if (other == MAP_NONE)
			continue;
		if (is_registered((enum irr_state)c->f->irr_auth[id]) || is_its_space(c, &r->prefix) ||
		    are_tied(c, id, claims.v[i].holder, other))
			g = GUILT_EXPLAINED;
		/* of several holders the smallest ASN */
		if (g > worst || g == GUILT_EXPLAINED || (g == worst && claims.v[i].holder < c->w->routes.routes[*theirs].origin)) {
			worst = g;
			*theirs = other;
		}
	}
	free(claims.v);
	return worst;
}

static void
fill_misorigin(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	const struct route *theirs = d->arg;
	char text[PREFIX_TEXT];

	(void)from;
	record_vrps(c, r, d->prefix);
	record_object(c, r, arena_printf(c->a, "against: AS%u has signed for it and announces %s, RPKI-valid, seen by %u",
	    theirs->origin, prefix_format(&theirs->prefix, text), theirs->n_vps));
	record_object(c, r, arena_printf(c->a, "for: nothing found: AS%u and AS%u are not siblings nor neighbours, "
	    "neither is on a path to the other, no route object names AS%u", d->origin, theirs->origin, d->origin));
	r->rule = rov_rule(c->f->rov[d->route]);
	r->remedy = arena_printf(c->a, "withdraw %s, or have AS%u publish %s", prefix_format(d->prefix, text),
	    theirs->origin, roa_text(c->a, d->prefix, d->origin));
}

/* Of several holders who are nothing to each other? holder: of what would be proven. */
static bool
are_several(const struct compute *c, uint32_t *holder, size_t n)
{
	return burst_holders(c->w, NULL, holder, n, MISORIGIN_HOLDERS) == MISORIGIN_HOLDERS;
}

void
m_misorigination(struct compute *c)
{
	uint32_t *theirs = xcalloc(c->n_routes, sizeof(*theirs)), *holder = xcalloc(c->n_routes, sizeof(*holder));
	enum guilt *guilt = xcalloc(c->n_routes, sizeof(*guilt));
	uint64_t n[GUILT_PROVEN + 1] = {0};
	size_t i, k = 0;

	for (i = 0; i < c->n_routes; i++) {
		guilt[i] = weigh(c, c->routes[i], &theirs[i]);
		n[guilt[i]]++;
		if (guilt[i] == GUILT_PROVEN)
			holder[k++] = c->w->routes.routes[theirs[i]].origin;
	}
	if (!are_several(c, holder, k)) {
		n[GUILT_POSSIBLE] += n[GUILT_PROVEN];
		n[GUILT_PROVEN] = 0;
	}
	for (i = 0; i < c->n_routes && n[GUILT_PROVEN] > 0; i++) {
		const struct route *r = &c->w->routes.routes[c->routes[i]];

		if (guilt[i] == GUILT_PROVEN)
			decide(c, &(struct deciding){.code = "misorigination", .prefix = &r->prefix, .origin = r->origin,
			    .route = c->routes[i], .arg = &c->w->routes.routes[theirs[i]], .fill = fill_misorigin});
	}
	free(theirs);
	free(holder);
	free(guilt);
	c->m->num = n[GUILT_PROVEN];
	c->m->den = originated_count(c, ROUTE_VISIBLE, FAMILY_N);
	if (c->m->den == 0) {
		not_applicable(c, "announces no visible route");
		return;
	}
	part_set(c, 0, "possible", n[GUILT_POSSIBLE]);
	part_set(c, 1, "explained", n[GUILT_EXPLAINED]);
}
