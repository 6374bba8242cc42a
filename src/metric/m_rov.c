/*
 * m_rov: what the VRPs say of the routes that an AS originates, and what its VRPs would let others do.
 */
#include "metric/compute.h"

#include <stdlib.h>

static bool
own_vrp_covers(const struct compute *c, const struct prefix *p, uint32_t origin)
{
	const struct rpki *t = &c->w->rpki;
	size_t i, n = rpki_covering(t, p, NULL, 0);
	uint32_t *ids = xmalloc(n * sizeof(*ids));
	bool own = false;

	rpki_covering(t, p, ids, n);
	for (i = 0; i < n; i++)
		own = own || t->roas[ids[i]].asn == origin;
	free(ids);
	return own;
}

const char *
rov_rule(enum rov v)
{
	switch (v) {
	case ROV_NOT_FOUND:
		return "RFC 6811 section 2: no VRP covers it";
	case ROV_VALID:
		return "RFC 6811 section 2: a VRP matches it";
	case ROV_INVALID_ASN:
		return "RFC 6811 section 2: covered, not matched: another origin AS";
	case ROV_INVALID_LENGTH:
		return "RFC 6811 section 2: covered, not matched: longer than maxLength";
	case ROV_INVALID_BOTH:
		return "RFC 6811 section 2: covered, not matched: another origin AS, and longer than maxLength";
	case ROV_INVALID_AS_SET:
		return "RFC 6811 section 2: covered, and an AS_SET has no origin that could match";
	}
	return "";
}

/* How the originator mends an invalid or uncovered route. */
const char *
rov_remedy(struct compute *c, const struct prefix *p, uint32_t origin, enum rov v)
{
	const char *roa = roa_text(c->a, p, origin), *bogon = bogon_remedy(c, p, origin);
	char text[PREFIX_TEXT];

	if (bogon != NULL)
		return bogon;
	if (v == ROV_NOT_FOUND)
		return arena_printf(c->a, "publish %s", roa);
	if (own_vrp_covers(c, p, origin))
		return arena_printf(c->a, "publish %s, or withdraw %s", roa, prefix_format(p, text));
	return arena_printf(c->a, "withdraw %s, or have the holder of the address space publish %s",
	    prefix_format(p, text), roa);
}

static void
fill_rov(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	enum rov v = c->f->rov[d->route];

	(void)from;
	record_vrps(c, r, d->prefix);
	r->rule = rov_rule(v);
	r->remedy = rov_remedy(c, d->prefix, d->origin, v);
}

/* Count the visible originated routes by state; decide those that bad() picks. False when none. left_out: what the AS is not
 * seen to have announced is counted there, and nowhere else; NULL: the definition has it. */
static bool
rov_count(struct compute *c, uint64_t count[ROV_N], bool (*bad)(enum rov), uint64_t *left_out)
{
	const uint32_t *ids = c->routes;
	size_t i, n = c->n_routes;
	uint64_t den = 0;

	for (i = 0; i < n; i++) {
		const struct route *r = &c->w->routes.routes[ids[i]];
		enum rov v = c->f->rov[ids[i]];

		if ((c->f->route_bits[ids[i]] & ROUTE_VISIBLE) == 0)
			continue;
		if (left_out != NULL && !is_announced(c, ids[i])) {
			++*left_out;
			continue;
		}
		den++;
		count[v]++;
		if (bad(v))
			decide(c, &(struct deciding){.code = rov_word(v), .prefix = &r->prefix,
			    .origin = r->origin, .route = ids[i], .fill = fill_rov});
	}
	c->m->den = den;
	if (left_out != NULL && *left_out > 0)
		rest_on_relations(c);
	if (den == 0 && left_out != NULL && *left_out > 0)
		no_data(c, "not observable: all its routes come by networks that were never seen beside it");
	else if (den == 0)
		not_applicable(c, "announces no visible route");
	return den > 0;
}

static uint64_t
invalids(const uint64_t count[ROV_N])
{
	return count[ROV_INVALID_ASN] + count[ROV_INVALID_LENGTH] + count[ROV_INVALID_BOTH];
}

void
m_rov_invalid(struct compute *c)
{
	uint64_t count[ROV_N] = {0}, left_out = 0;

	if (!rov_count(c, count, rov_is_invalid, &left_out))
		return;
	c->m->num = invalids(count);
	part_set(c, 0, "valid", count[ROV_VALID]);
	part_set(c, 1, "not-found", count[ROV_NOT_FOUND]);
	part_set(c, 2, "invalid-asn", count[ROV_INVALID_ASN]);
	part_set(c, 3, "invalid-length", count[ROV_INVALID_LENGTH]);
	part_set(c, 4, "invalid-both", count[ROV_INVALID_BOTH]);
	part_set(c, 5, "by-strangers", left_out);
}

static bool
is_uncovered(enum rov v)
{
	return v == ROV_NOT_FOUND;
}

void
m_roa_coverage(struct compute *c)
{
	uint64_t count[ROV_N] = {0};

	if (!rov_count(c, count, is_uncovered, NULL))
		return;
	c->m->num = c->m->den - count[ROV_NOT_FOUND];
	part_set(c, 0, "valid", count[ROV_VALID]);
	part_set(c, 1, "invalid", invalids(count));
	part_set(c, 2, "not-found", count[ROV_NOT_FOUND]);
}

static bool
is_not_valid(enum rov v)
{
	return v != ROV_VALID;
}

/* Not held at 100 %: it cannot exceed it. Below 0 it is held at 0, as manrs.org shows no negative score. */
int64_t
m7rpki_ppm(uint64_t valid, uint64_t invalid, uint64_t den)
{
	return valid <= 10 * invalid ? 0 : share_ppm(valid - 10 * invalid, den, false);
}

void
m_m7rpki(struct compute *c)
{
	uint64_t count[ROV_N] = {0};

	if (!rov_count(c, count, is_not_valid, NULL))
		return;
	c->m->num = count[ROV_VALID];
	part_set(c, 0, "valid", count[ROV_VALID]);
	part_set(c, 1, "invalid", invalids(count));
	part_set(c, 2, "not-found", count[ROV_NOT_FOUND]);
	c->m->value_ppm = m7rpki_ppm(count[ROV_VALID], invalids(count), c->m->den);
}
