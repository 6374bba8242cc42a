/*
 * m_customer: routes of direct customers that an AS passes on, and how many of them it should not have:
 * P-ROV-1, P-FLT-1, and Action 1 as "Mind Your MANRS" (IMC 2022) tests it. The rows are made in spread.c.
 */
#include "metric/compute.h"

static void
fill_customer(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	enum rov v = c->f->rov[d->route];
	char text[PREFIX_TEXT];

	record_vrps(c, r, d->prefix);
	if (rov_is_invalid(v))
		r->rule = rov_rule(v);
	else {
		record_irr(c, r, d->prefix);
		r->rule = "RFC 7454 section 6.1: no VRP covers it, and the route objects that do name other origins";
	}
	if (from == ORIGIN_NONE)
		from = d->origin;
	r->remedy = arena_printf(c->a, "filter %s from AS%u", prefix_format(d->prefix, text), from);
}

static void
decide_rows(struct compute *c, enum row_bit bit)
{
	const struct row *row;
	size_t i, n = rows_of(c, &row);

	for (i = 0; i < n; i++) {
		const struct route *r = &c->w->routes.routes[row[i].route];
		enum rov v = c->f->rov[row[i].route];

		if ((row[i].bits & bit) == 0)
			continue;
		c->m->num++;
		decide(c, &(struct deciding){.code = rov_is_invalid(v) ? rov_word(v) : "irr-invalid",
		    .prefix = &r->prefix, .origin = r->origin, .route = row[i].route, .via = bit,
		    .fill = fill_customer});
	}
}

/* Nothing was seen to pass: because there is nothing, or because nobody could see it. */
static void
unseen(struct compute *c)
{
	const struct graph *g = &c->w->graph;

	if (!graph_knows(g, c->asn))
		no_data(c, "not observable: the AS relationships do not know this AS");
	else if (graph_customers(g, c->asn) == 0)
		not_applicable(c, "has no customer in the AS relationships");
	else
		no_data(c, "not observable: no visible route of a direct customer is seen through it");
}

static const struct as_fact *
fact_of(const struct compute *c)
{
	static const struct as_fact none;

	return c->as == MAP_NONE ? &none : &c->f->as[c->as];
}

void
m_customer_invalid(struct compute *c)
{
	c->m->den = fact_of(c)->customer;
	if (c->m->den == 0)
		unseen(c);
	else
		decide_rows(c, ROW_CUSTOMER_INVALID);
}

void
m_customer_bad(struct compute *c)
{
	const struct as_fact *a = fact_of(c);

	c->m->den = a->customer;
	if (c->m->den == 0) {
		unseen(c);
		return;
	}
	decide_rows(c, ROW_CUSTOMER_BAD);
	part_set(c, 0, "rpki-invalid", a->customer_invalid);
	part_set(c, 1, "irr-invalid", a->customer_bad - a->customer_invalid);
}

void
m_imc22_a1(struct compute *c)
{
	const struct as_fact *a = fact_of(c);

	c->m->den = a->a1;
	if (c->m->den == 0) {
		/* the study counted these as a pass; no data is never one */
		no_data(c, "not observable: no row of a direct customer that is not a participant itself");
		return;
	}
	decide_rows(c, ROW_A1_BAD);
	part_set(c, 0, "rpki-invalid", a->a1_invalid);
	part_set(c, 1, "irr-invalid", a->a1_bad - a->a1_invalid);
}
