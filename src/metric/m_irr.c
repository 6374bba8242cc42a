/*
 * m_irr: what the route objects say of the routes that an AS originates, and what the VRPs say of its
 * route objects.
 */
#include "metric/compute.h"

#include <assert.h>
#include <stddef.h>

/* Where a new object belongs: an authoritative source that speaks of the address space already. */
static const char *
home_source(const struct compute *c, const struct prefix *p)
{
	const struct irr *t = &c->w->irr;
	uint32_t ids[32];
	size_t i, n = irr_covering(t, p, ids, 32);

	for (i = 0; i < n && i < 32; i++)
		if (t->sources[t->routes[ids[i]].source].authoritative)
			return t->sources[t->routes[ids[i]].source].name;
	return "(the registry that allocated the addresses)";
}

static void
fill_unregistered(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	enum rov v = c->f->rov[d->route];
	const char *object = route_object_text(c->a, d->prefix, d->origin, home_source(c, d->prefix));

	(void)from;
	record_irr(c, r, d->prefix);
	r->rule = r->n_objects == 0 ? "RFC 7454 section 6.1: no route object covers it"
	    : "RFC 7454 section 6.1: no route object of this origin covers it, in the sources that count";
	r->remedy = bogon_remedy(c, d->prefix, d->origin);
	if (r->remedy == NULL && rov_is_invalid(v))	/* an object that a VRP contradicts helps nobody */
		r->remedy = arena_printf(c->a, "%s; once it is RPKI-valid publish %s",
		    rov_remedy(c, d->prefix, d->origin, v), object);
	else if (r->remedy == NULL)
		r->remedy = arena_printf(c->a, "publish %s", object);
}

static void
fill_contradicted(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	const struct irr_route *o = d->arg;
	char text[PREFIX_TEXT];

	(void)from;
	if (o != NULL)
		record_object(c, r,
		    route_object_text(c->a, d->prefix, d->origin, c->w->irr.sources[o->source].name));
	record_vrps(c, r, d->prefix);
	if (o == NULL)
		record_irr(c, r, d->prefix);
	r->rule = "RFC 6811 section 2 applied to the object: covered by a VRP, matched by none";
	if (o != NULL)
		r->remedy = arena_printf(c->a, "delete %s, or publish %s", r->objects[0],
		    roa_text(c->a, d->prefix, d->origin));
	else
		r->remedy = arena_printf(c->a, "publish %s, or withdraw %s and delete its route objects",
		    roa_text(c->a, d->prefix, d->origin), prefix_format(d->prefix, text));
}

static bool
registered(enum irr_state s)
{
	return s == IRR_VALID || s == IRR_MORE_SPECIFIC;
}

/* Count the visible originated routes by state in irr; decide those not registered. */
static bool
irr_count(struct compute *c, const uint8_t *irr, bool same_origin, uint64_t count[IRR_INVALID + 1])
{
	const uint32_t *ids = c->routes;
	size_t i, n = c->n_routes;

	for (i = 0; i < n; i++) {
		const struct route *r = &c->w->routes.routes[ids[i]];
		enum irr_state s = irr[ids[i]];

		if ((c->f->route_bits[ids[i]] & ROUTE_VISIBLE) == 0)
			continue;
		c->m->den++;
		count[s]++;
		if (registered(s) || (!same_origin && s != IRR_NOT_FOUND))
			c->m->num++;
		else
			decide(c, &(struct deciding){.code = s == IRR_INVALID ? "other-origin" : "not-registered",
			    .prefix = &r->prefix, .origin = r->origin, .route = ids[i], .fill = fill_unregistered});
	}
	if (c->m->den == 0)
		not_applicable(c, "announces no visible route");
	return c->m->den > 0;
}

static void
irr_share(struct compute *c, const uint8_t *irr, bool same_origin)
{
	uint64_t count[IRR_INVALID + 1] = {0};

	if (!irr_count(c, irr, same_origin, count))
		return;
	part_set(c, 0, "exact", count[IRR_VALID]);
	part_set(c, 1, "covering", count[IRR_MORE_SPECIFIC]);
	part_set(c, 2, "other-origin", count[IRR_INVALID]);
	part_set(c, 3, "not-found", count[IRR_NOT_FOUND]);
}

void
m_irr_registered(struct compute *c)
{
	irr_share(c, c->f->irr_all, true);
}

void
m_m7irr(struct compute *c)
{
	irr_share(c, c->f->irr_all, c->f->p.irr_same_origin);
}

/* P-IRR-1: an exact or covering object in an authoritative source, and no object for exactly this route
 * (in any source) that a VRP contradicts. */
void
m_irr_authoritative(struct compute *c)
{
	const struct facts *f = c->f;
	const uint32_t *ids = c->routes;
	size_t i, n = c->n_routes;
	uint64_t contradicted = 0, left_out = 0;

	if (!f->has_auth) {
		no_data(c, "no authoritative IRR source was read");
		return;
	}
	for (i = 0; i < n; i++) {
		const struct route *r = &c->w->routes.routes[ids[i]];
		bool conflict = f->irr_all[ids[i]] == IRR_VALID && rov_is_invalid(f->rov[ids[i]]);

		if ((f->route_bits[ids[i]] & ROUTE_VISIBLE) == 0)
			continue;
		if (!is_announced(c, ids[i])) {
			left_out++;
			continue;
		}
		c->m->den++;
		contradicted += conflict;
		if (registered(f->irr_auth[ids[i]]) && !conflict) {
			c->m->num++;
			continue;
		}
		decide(c, &(struct deciding){.code = conflict ? "contradicted" : "not-registered",
		    .prefix = &r->prefix, .origin = r->origin, .route = ids[i],
		    .fill = conflict ? fill_contradicted : fill_unregistered});
	}
	if (left_out > 0)
		rest_on_relations(c);
	if (c->m->den == 0 && left_out > 0)
		no_data(c, "not observable: all its routes come by networks that were never seen beside it");
	else if (c->m->den == 0)
		not_applicable(c, "announces no visible route");
	part_set(c, 0, "contradicted", contradicted);
	part_set(c, 1, "not-registered", c->m->den - c->m->num - contradicted);
	part_set(c, 2, "by-strangers", left_out);
}

static_assert(offsetof(struct irr_route, prefix) == offsetof(struct rov_ask, prefix) &&
    offsetof(struct irr_route, origin) == offsetof(struct rov_ask, origin), "a route object begins as what ROV looks at");

static void
validate_range(void *arg, uint32_t part, size_t lo, size_t hi)
{
	struct facts *f = arg;

	(void)part;
	if (lo < hi)
		rpki_rov_sweep(&f->w->rpki, f->w->irr.routes + lo, sizeof(*f->w->irr.routes), hi - lo, f->irr_rov + lo);
}

void
facts_prepare(struct facts *f)
{
	if (f->irr_rov != NULL || f->w->irr.n_routes == 0)
		return;
	f->irr_rov = xmalloc(f->w->irr.n_routes);
	ranges_run(f->p.threads, f->w->irr.n_routes, validate_range, f);
}

void
m_irr_conflict(struct compute *c)
{
	const struct irr *t = &c->w->irr;
	const uint32_t *ids;
	size_t i, n = c->asn == ORIGIN_NONE ? 0 : irr_of(t, c->asn, &ids);
	uint64_t valid = 0, authoritative = 0;

	for (i = 0; i < n; i++) {
		const struct irr_route *o = &t->routes[ids[i]];
		enum rov v = c->f->irr_rov != NULL ? c->f->irr_rov[ids[i]]
		    : rpki_rov(&c->w->rpki, &o->prefix, o->origin);

		valid += v == ROV_VALID;
		if (!rov_is_invalid(v))
			continue;
		c->m->num++;
		authoritative += t->sources[o->source].authoritative;
		decide(c, &(struct deciding){.code = rov_word(v), .prefix = &o->prefix, .origin = o->origin,
		    .detail = t->sources[o->source].name, .route = MAP_NONE, .arg = o, .fill = fill_contradicted});
	}
	c->m->den = n;
	if (n == 0) {
		not_applicable(c, "no route object names this AS as origin");
		return;
	}
	part_set(c, 0, "valid", valid);
	part_set(c, 1, "not-found", n - valid - c->m->num);
	part_set(c, 2, "invalid", c->m->num);
	part_set(c, 3, "invalid-authoritative", authoritative);
}
