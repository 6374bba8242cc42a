/*
 * m_imc22: Action 4 as "Mind Your MANRS" (IMC 2022) tests it, IPv4 only: a route is good when it is
 * RPKI-valid, or a route object of its origin covers it, exactly or not. An RPKI-invalid route with a route
 * object is good by that rule.
 */
#include "metric/compute.h"

static void
fill_a4(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	enum rov v = c->f->rov[d->route];

	(void)from;
	record_vrps(c, r, d->prefix);
	record_irr(c, r, d->prefix);
	r->rule = "IMC 2022, Action 4: neither RPKI-valid nor covered by a route object of its origin";
	r->remedy = bogon_remedy(c, d->prefix, d->origin);
	if (r->remedy == NULL && v == ROV_NOT_FOUND)
		r->remedy = arena_printf(c->a, "publish %s, or a route object",
		    roa_text(c->a, d->prefix, d->origin));
	else if (r->remedy == NULL)
		r->remedy = rov_remedy(c, d->prefix, d->origin, v);
}

void
m_imc22_a4(struct compute *c)
{
	const struct facts *f = c->f;
	const uint32_t *ids = c->routes;
	size_t i, n = c->n_routes;
	uint64_t valid = 0;

	for (i = 0; i < n; i++) {
		const struct route *r = &c->w->routes.routes[ids[i]];
		enum irr_state irr = f->irr_all[ids[i]];

		if ((f->route_bits[ids[i]] & ROUTE_VISIBLE) == 0 || r->prefix.family != FAMILY_V4)
			continue;
		c->m->den++;
		valid += f->rov[ids[i]] == ROV_VALID;
		if (f->rov[ids[i]] == ROV_VALID || irr == IRR_VALID || irr == IRR_MORE_SPECIFIC)
			c->m->num++;
		else
			decide(c, &(struct deciding){.code = "not-good", .prefix = &r->prefix, .origin = r->origin,
			    .route = ids[i], .fill = fill_a4});
	}
	if (c->m->den == 0) {
		not_applicable(c, "announces no visible IPv4 route");
		return;
	}
	part_set(c, 0, "rpki-valid", valid);
	part_set(c, 1, "irr-only", c->m->num - valid);
	part_set(c, 2, "neither", c->m->den - c->m->num);
}
