/*
 * m_bogon: bogon prefixes and bogon ASNs, originated and passed on; full ones and administrative ones
 * apart. An AS answers for what it took from the neighbour that was wrong, not for what came to it from
 * further off: only the AS next to the culprit is named. The population is what bogon_visibility_min
 * full-feed peers carry, since most of them drop bogons.
 */
#include "addr/asn.h"
#include "metric/compute.h"

void
record_special(struct compute *c, struct record *r, const struct prefix *p)
{
	const struct special *s = specials_bogon(&c->w->specials, p);
	char text[PREFIX_TEXT];

	if (s == NULL)
		return;
	record_object(c, r, arena_printf(c->a, "special-purpose block %s %s", prefix_format(&s->prefix, text), s->name));
	r->rule = arena_printf(c->a, "%s: not globally reachable", s->rfc);
}

/* Prefix bogon; from is who sent it when it was passed on. */
static void
fill_prefix(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	char text[PREFIX_TEXT];

	prefix_format(d->prefix, text);
	record_special(c, r, d->prefix);
	if (from == ORIGIN_NONE)
		r->remedy = arena_printf(c->a, "withdraw %s", text);
	else
		r->remedy = arena_printf(c->a, "filter %s from AS%u", text, from);
}

static void
fill_asn(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	char text[PREFIX_TEXT];
	uint32_t bogon = d->via == 0 ? c->asn : from;
	const char *rfc = asn_bogon(bogon);

	prefix_format(d->prefix, text);
	record_object(c, r, arena_printf(c->a, "AS%u on the path", bogon));
	r->rule = rfc == NULL ? "" : arena_printf(c->a, "%s: not for use in the public Internet", rfc);
	if (d->via == 0)
		r->remedy = arena_printf(c->a, "withdraw %s, or announce it from a public ASN", text);
	else
		r->remedy = arena_printf(c->a, "refuse %s from AS%u, or remove that ASN before passing it on", text,
		    bogon);
}

static void
fill_admin(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	char text[PREFIX_TEXT];
	bool prefix = (c->f->route_bits[d->route] & ROUTE_ADMIN) != 0;
	uint32_t as = from == ORIGIN_NONE ? c->asn : from;

	prefix_format(d->prefix, text);
	if (prefix)
		record_object(c, r, arena_printf(c->a, "registry statistics: %s available or reserved", text));
	if (registry_asn(&c->w->registry, as) == REG_ANSWER_UNDELEGATED)
		record_object(c, r, arena_printf(c->a, "registry statistics: AS%u available or reserved", as));
	r->rule = "RFC 7454 section 6.1: not delegated by the registries";
	if (d->via == 0)
		r->remedy = arena_printf(c->a, "have the registry state of %s put right, or withdraw %s",
		    prefix ? text : "the ASN", text);
	else
		r->remedy = arena_printf(c->a, "filter %s from AS%u", text, from);
}

/* Routes looked at that the AS originates: all of them when it is itself the bogon, else those with bit. */
static void
count_originated(struct compute *c, const char *code, uint8_t bit, bool all,
    void (*fill)(struct compute *, const struct deciding *, struct record *, uint32_t))
{
	const uint32_t *ids = c->routes;
	size_t i, n = c->n_routes;

	for (i = 0; i < n; i++) {
		const struct route *r = &c->w->routes.routes[ids[i]];
		uint8_t bits = c->f->route_bits[ids[i]];

		if ((bits & ROUTE_LOOKED) == 0)
			continue;
		c->m->den++;
		if (!all && (bits & bit) == 0)
			continue;
		c->m->num++;
		decide(c, &(struct deciding){.code = code, .prefix = &r->prefix, .origin = r->origin,
		    .route = ids[i], .fill = fill});
	}
	if (c->m->den == 0)
		not_applicable(c, "announces no visible route");
}

static void
count_passed(struct compute *c, const char *code, enum row_bit bit,
    void (*fill)(struct compute *, const struct deciding *, struct record *, uint32_t))
{
	const struct row *row;
	size_t i, n = rows_of(c, &row);

	for (i = 0; i < n; i++) {
		const struct route *r = &c->w->routes.routes[row[i].route];

		if ((row[i].bits & bit) == 0)
			continue;
		c->m->num++;
		decide(c, &(struct deciding){.code = code, .prefix = &r->prefix, .origin = r->origin,
		    .route = row[i].route, .via = bit, .fill = fill});
	}
	c->m->den = c->as == MAP_NONE ? 0 : c->f->as[c->as].passed;
	if (c->m->den == 0)
		not_applicable(c, "is not seen to pass on any route");
}

static bool
as_has(const struct compute *c, enum as_bit bit)
{
	return c->as != MAP_NONE && (c->f->as_bits[c->as] & bit) != 0;
}

void
m_bogon_prefix_originated(struct compute *c)
{
	count_originated(c, "bogon-prefix", ROUTE_BOGON, false, fill_prefix);
}

void
m_bogon_prefix_propagated(struct compute *c)
{
	count_passed(c, "bogon-prefix", ROW_BOGON_PREFIX, fill_prefix);
}

void
m_bogon_asn_originated(struct compute *c)
{
	count_originated(c, "bogon-asn", 0, as_has(c, AS_BOGON), fill_asn);
}

void
m_bogon_asn_propagated(struct compute *c)
{
	count_passed(c, "bogon-asn", ROW_BOGON_ASN, fill_asn);
}

void
m_admin_bogon_originated(struct compute *c)
{
	count_originated(c, "admin-bogon", ROUTE_ADMIN, as_has(c, AS_ADMIN), fill_admin);
}

void
m_admin_bogon_propagated(struct compute *c)
{
	count_passed(c, "admin-bogon", ROW_ADMIN, fill_admin);
}

static void
fill_as_set(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	char text[PREFIX_TEXT];

	(void)from;
	r->rule = "RFC 9774 section 3: AS_SET must not be announced";
	r->remedy = arena_printf(c->a, "announce %s without an AS_SET: drop the aggregate's set, or the aggregation",
	    prefix_format(d->prefix, text));
}

void
m_as_set_originated(struct compute *c)
{
	const struct row *row;
	size_t i, n = rows_of(c, &row);

	for (i = 0; i < n; i++) {
		const struct route *r = &c->w->routes.routes[row[i].route];

		if ((row[i].bits & ROW_AS_SET) == 0)
			continue;
		c->m->num++;
		decide(c, &(struct deciding){.code = "as-set", .prefix = &r->prefix, .origin = ORIGIN_NONE,
		    .route = row[i].route, .via = ROW_AS_SET, .fill = fill_as_set});
	}
	c->m->den = c->m->num + originated_count(c, ROUTE_VISIBLE, FAMILY_N);
	if (c->m->den == 0)
		not_applicable(c, "announces no visible route");
}
