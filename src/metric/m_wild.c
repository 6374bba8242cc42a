/*
 * m_wild: RPKI-invalid routes from anywhere that an AS was offered, and those of them that it passed on: P-ROV-2.
 * The counting is done in wild.c, for all ASes at once; metric/wild.h has the definitions.
 */
#include "metric/compute.h"
#include "metric/wild.h"

static const char *const codes[WILD_SIDES] = {"invalid-from-customer", "invalid-from-peer", "invalid-from-provider"};

static void
fill_wild(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	char text[PREFIX_TEXT];

	record_vrps(c, r, d->prefix);
	r->rule = rov_rule(c->f->rov[d->route]);
	r->remedy = arena_printf(c->a, "validate origins on the session with AS%u: it gives %s of AS%u", from,
	    prefix_format(d->prefix, text), d->origin);
}

/* Nothing was offered: why. */
static void
nothing(struct compute *c, const struct wild_fact *w)
{
	if (!graph_knows(&c->w->graph, c->asn))
		no_data(c, "not observable: the AS relationships do not know this AS");
	else if (w != NULL && w->unreached > 0)
		no_data(c, "not observable: the networks before it drop the RPKI-invalid routes, none is offered to it");
	else
		no_data(c, "not observable: no RPKI-invalid route is seen offered to it");
}

void
m_wild_invalid(struct compute *c)
{
	const struct wild *w = c->f->wild;
	const struct wild_fact *a = c->as == MAP_NONE || w == NULL ? NULL : &w->of[c->as];
	uint32_t i, s;

	for (s = 0; a != NULL && s < WILD_SIDES; s++) {
		c->m->den += a->offered[s];
		c->m->num += a->passed[s];
	}
	if (c->m->den == 0) {
		nothing(c, a);
		return;
	}
	part_set(c, 0, "offered-by-customers", a->offered[WILD_CUSTOMER]);
	part_set(c, 1, "offered-by-peers", a->offered[WILD_PEER]);
	part_set(c, 2, "offered-by-providers", a->offered[WILD_PROVIDER]);
	part_set(c, 3, "passed-from-customers", a->passed[WILD_CUSTOMER]);
	part_set(c, 4, "passed-from-peers", a->passed[WILD_PEER]);
	part_set(c, 5, "passed-from-providers", a->passed[WILD_PROVIDER]);
	part_set(c, 6, "dropped-before-it", a->unreached);
	part_set(c, 7, "not-comparable", a->unclear);
	part_set(c, 8, "at-its-own-session", a->own);
	for (i = w->row_first[c->as]; i < w->row_first[c->as + 1]; i++) {
		const struct route *r = &c->w->routes.routes[w->rows[i].route];

		decide(c, &(struct deciding){.code = codes[w->rows[i].side], .prefix = &r->prefix, .origin = r->origin,
		    .route = w->rows[i].route, .via = ROW_WILD, .n = w->rows[i].side,
		    .fill = fill_wild});
	}
}
