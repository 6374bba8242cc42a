/*
 * m_table: what is in the table of an Internet exchange's route server. The one that is judged is the route
 * server's AS, whoever announced the routes: it chose to take them. Each route in the table counts, however few
 * sessions show it, for a member's route is seen at the exchange and hardly anywhere else, and no session there is
 * a full feed. Updates of a session that has a table are told by the session, and count.
 *
 * Whose table a session shows is told in one of two ways. A collector that is a member of the exchange sees the
 * route server as its peer, and RFC 7947 section 2.2.2 has the route server leave its own ASN out of the path:
 * so a peer most of whose paths do not begin with its ASN is taken for a route server. (An internal session looks
 * the same; who asks about a network's own table gets that.) A dump taken on the route server itself names only
 * the members: then metric_params.route_server says whose it is.
 */
#include "addr/asn.h"
#include "metric/compute.h"

#include <stdlib.h>

struct tally { uint32_t paths, own; };	/* of a session; own: those that begin with its peer's ASN */

uint32_t *
servers_find(const struct facts *f)
{
	const struct routes *t = &f->w->routes;
	struct tally *tally = xcalloc(t->n_vps, sizeof(*tally));
	uint32_t *server = xcalloc(t->n_vps, sizeof(*server));
	size_t i;

	for (i = 0; i < t->n_sightings; i++) {
		const struct sighting *g = &t->sightings[i];

		if (t->vps[g->vp].kind != VP_TABLE)
			continue;
		tally[g->vp].paths++;
		tally[g->vp].own += path_first(&t->paths, g->path) == t->vps[g->vp].asn;
	}
	for (i = 0; i < t->n_vps; i++) {
		const struct vp *v = &t->vps[i];

		if (v->kind != VP_TABLE)
			continue;
		if (f->p.route_server != 0)
			server[i] = f->p.route_server;
		else if (tally[i].own < tally[i].paths - tally[i].own && asn_bogon(v->asn) == NULL)
			server[i] = v->asn;	/* AS_TRANS is a member that the format cannot name */
	}
	free(tally);
	return server;
}

bool
table_holds(const struct compute *c, const struct sighting *g)
{
	return c->f->server[g->vp] == c->asn;
}

/* The lowest bogon ASN on a path, sets and all; ORIGIN_NONE, which is one, when there is none. */
static uint32_t
path_bogon(const struct facts *f, uint32_t path, bool *found)
{
	const struct paths *t = &f->w->routes.paths;
	uint32_t words[AS_PATH_HOPS_MAX + 1], i, left = 0, lowest = UINT32_MAX;
	struct aspath p = path_words(t, path, words);

	*found = false;
	for (i = 0; i < p.n; i++) {
		if (left == 0) {	/* a segment's header */
			left = p.w[i] & 0xffff;
			continue;
		}
		left--;
		if (asn_bogon(p.w[i]) == NULL)
			continue;
		*found = true;
		lowest = p.w[i] < lowest ? p.w[i] : lowest;
	}
	return lowest;
}

bool
path_has_bogon(const struct facts *f, uint32_t path)
{
	const uint32_t *words = f->w->routes.paths.words;
	uint32_t i, head = words[path];
	bool found = false;

	if ((head & PATH_SEGMENTS) != 0)
		(void)path_bogon(f, path, &found);
	else
		for (i = 1; i <= (head & PATH_WORDS); i++)
			found = found || (f->as_bits[words[path + i]] & AS_BOGON) != 0;
	return found;
}

/* Is the route in the table of the AS asked for, on a path that has a bogon ASN when one is wanted? */
static bool
held(const struct compute *c, const struct route *r, bool with_bogon)
{
	const struct sighting *g = &c->w->routes.sightings[r->first], *end = g + r->n;

	for (; g < end; g++)
		if (table_holds(c, g) && (!with_bogon || path_has_bogon(c->f, g->path)))
			return true;
	return false;
}

/* Whether any of the sessions shows a table of the AS asked for; the reason is set when none does. */
static bool
has_table(struct compute *c)
{
	size_t i;

	for (i = 0; i < c->w->routes.n_vps; i++)
		if (c->asn != 0 && c->f->server[i] == c->asn)
			return true;
	no_data(c, "no MRT table here is that of a route server of this AS");
	return false;
}

/* Each route in the table: those that bad() has a code for are the ones that decide. */
static void
table_count(struct compute *c, const char *(*bad)(struct compute *, uint32_t route), unsigned via,
    void (*fill)(struct compute *, const struct deciding *, struct record *, uint32_t))
{
	const struct routes *t = &c->w->routes;
	const char *code;
	size_t i;

	if (!has_table(c))
		return;
	for (i = 0; i < t->n_routes; i++) {
		const struct route *r = &t->routes[i];

		if (r->prefix.len == 0 || !held(c, r, false))
			continue;
		c->m->den++;
		code = bad(c, (uint32_t)i);
		if (code == NULL)
			continue;
		c->m->num++;
		decide(c, &(struct deciding){.code = code, .prefix = &r->prefix, .origin = r->origin,
		    .route = (uint32_t)i, .via = (enum row_bit)via, .fill = fill});
	}
	if (c->m->den == 0)
		no_data(c, "the route server's table holds no route");
}

/* --- invalid routes --- */

static void
fill_invalid(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	char text[PREFIX_TEXT];

	record_vrps(c, r, d->prefix);
	r->rule = rov_rule(c->f->rov[d->route]);
	r->remedy = arena_printf(c->a, "reject %s from AS%u, or show that the published policy keeps such routes",
	    prefix_format(d->prefix, text), from);
}

static const char *
invalid(struct compute *c, uint32_t route)
{
	enum rov v = c->f->rov[route];
	unsigned part = v == ROV_VALID ? 0 : v == ROV_NOT_FOUND ? 1 : 2 + (unsigned)v - ROV_INVALID_ASN;

	c->m->part[part].n++;
	return rov_is_invalid(v) ? rov_word(v) : NULL;
}

void
m_table_invalid(struct compute *c)
{
	part_set(c, 0, "valid", 0);
	part_set(c, 1, "not-found", 0);
	part_set(c, 2, "invalid-asn", 0);
	part_set(c, 3, "invalid-length", 0);
	part_set(c, 4, "invalid-both", 0);
	part_set(c, 5, "invalid-as-set", 0);
	table_count(c, invalid, ROW_TABLE, fill_invalid);
}

/* --- bogons --- */

static void
fill_prefix(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	char text[PREFIX_TEXT];

	record_special(c, r, d->prefix);
	r->remedy = arena_printf(c->a, "reject %s from AS%u", prefix_format(d->prefix, text), from);
}

static const char *
special(struct compute *c, uint32_t route)
{
	return (c->f->route_bits[route] & ROUTE_BOGON) != 0 ? "bogon-prefix" : NULL;
}

void
m_table_bogon_prefix(struct compute *c)
{
	table_count(c, special, ROW_TABLE, fill_prefix);
}

/* The lowest over all paths in the table, so that no order shows. */
static void
fill_asn(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	const struct route *route = &c->w->routes.routes[d->route];
	const struct sighting *g = &c->w->routes.sightings[route->first], *end = g + route->n;
	uint32_t bogon = UINT32_MAX, lowest;
	char text[PREFIX_TEXT];
	const char *rfc;
	bool found;

	for (; g < end; g++) {
		if (!table_holds(c, g))
			continue;
		lowest = path_bogon(c->f, g->path, &found);
		if (found && lowest < bogon)
			bogon = lowest;
	}
	rfc = asn_bogon(bogon);
	record_object(c, r, arena_printf(c->a, "AS%u on the path", bogon));
	r->rule = arena_printf(c->a, "%s: not for use in the public Internet", rfc != NULL ? rfc : "");
	r->remedy = arena_printf(c->a, "reject %s from AS%u while AS%u is on the path",
	    prefix_format(d->prefix, text), from, bogon);
}

static const char *
of_bogon(struct compute *c, uint32_t route)
{
	return held(c, &c->w->routes.routes[route], true) ? "bogon-asn" : NULL;
}

void
m_table_bogon_asn(struct compute *c)
{
	table_count(c, of_bogon, ROW_TABLE | ROW_BOGON_ASN, fill_asn);
}
