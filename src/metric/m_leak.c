/*
 * m_leak: routes that an AS leaked as OTC and ASPAs prove it, P-LEAK-1; routes that carry its Only-to-Customer mark,
 * P-LEAK-2. The counting is done in leaks.c, for all ASes at once; metric/leaks.h has the definitions.
 */
#include "metric/compute.h"
#include "metric/leaks.h"

static const struct leak_fact *
fact_of(const struct compute *c)
{
	static const struct leak_fact none;

	return c->as == MAP_NONE || c->f->leaks == NULL ? &none : &c->f->leaks->of[c->as];
}

/* What the ASPA of an AS says of its neighbour, when that is what accuses. */
static void
record_aspa(struct compute *c, struct record *r, uint32_t customer, uint32_t provider)
{
	if (aspa_authorized(&c->w->rpki, customer, provider) == ASPA_NOT_PROVIDER)
		record_object(c, r, arena_printf(c->a, "ASPA of AS%u, which does not list AS%u as provider", customer,
		    provider));
}

static void
fill_leak(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	const struct leak_row *row = d->arg;
	uint32_t to = c->f->ases->asn[row->to];
	char text[PREFIX_TEXT];

	if (row->otc != 0)
		record_object(c, r, arena_printf(c->a, "OTC AS%u on the route", row->otc));
	record_aspa(c, r, to, c->asn);
	if (from != ORIGIN_NONE)
		record_aspa(c, r, from, c->asn);
	r->rule = row->otc == 0 ? "draft-ietf-sidrops-aspa-verification: Invalid whichever way the route is received"
	    : "RFC 9234 section 5: a route marked only-to-customer was passed on to one that is none";
	r->remedy = arena_printf(c->a, "do not export to AS%u what comes from AS%u: %s of AS%u", to,
	    from == ORIGIN_NONE ? d->origin : from, prefix_format(d->prefix, text), d->origin);
}

void
m_leak_proven(struct compute *c)
{
	const struct leaks *l = c->f->leaks;
	const struct leak_fact *a = fact_of(c);
	uint32_t i;

	c->m->num = a->by[LEAK_PROVEN];
	c->m->den = a->provable;
	if (c->m->den == 0) {
		no_data(c, "not observable: no ASPA or OTC stands around it that could prove a leak");
		return;
	}
	part_set(c, 0, "probable", a->by[LEAK_PROBABLE] - a->by[LEAK_PROVEN]);
	part_set(c, 1, "possible", a->by[LEAK_POSSIBLE] - a->by[LEAK_PROBABLE]);
	part_set(c, 2, "accepted-from-leaker", a->accepted);
	for (i = l->row_first[c->as]; i < l->row_first[c->as + 1]; i++) {
		const struct route *r = &c->w->routes.routes[l->rows[i].route];

		decide(c, &(struct deciding){.code = "leak-proven", .prefix = &r->prefix, .origin = r->origin,
		    .route = l->rows[i].route, .via = ROW_LEAK, .arg = &l->rows[i], .fill = fill_leak});
	}
}

void
m_otc_seen(struct compute *c)
{
	const struct leak_fact *a = fact_of(c);

	c->m->num = a->otc;
	c->m->den = (c->as == MAP_NONE ? 0 : c->f->as[c->as].passed) + originated_count(c, ROUTE_LOOKED, FAMILY_N);
	if (c->m->den == 0) {
		not_applicable(c, "neither announces a route nor passes one on");
	} else if (c->f->leaks == NULL || c->f->leaks->n_otc == 0) {
		no_data(c, "not observable: no route in the tables carries OTC");
	} else {
		part_set(c, 0, "at-its-own-session", a->otc_own);
		part_set(c, 1, "by-it-or-its-neighbour", a->otc - a->otc_own);
	}
}
