/*
 * record: a deciding record made into text that stands on its own: the path seen most, the vantage
 * points, the VRPs or route objects, the rule, the remedy.
 */
#include "addr/put.h"
#include "metric/compute.h"
#include "metric/leaks.h"
#include "metric/wild.h"

#include <stdlib.h>
#include <string.h>

#define VPS_SHOWN 5u

struct seen {			/* sightings of a route that bear on the AS asked for */
	uint32_t path;
	uint16_t vp;
};

static bool
set_shows(const struct compute *c, uint32_t path)
{
	uint32_t words[AS_PATH_HOPS_MAX + 1];
	const uint32_t *member;
	size_t i, n = aspath_last_set(path_words(&c->w->routes.paths, path, words), &member);

	for (i = 0; i < n; i++)
		if (member[i] == c->asn)
			return true;
	return false;
}

/* A path that proves the leak in the very way that counts (d->arg). */
static bool
leak_shows(const struct compute *c, const struct deciding *d, uint32_t path, uint32_t *from)
{
	const struct leak_row *row = d->arg;
	uint32_t hop[AS_PATH_HOPS_MAX], n;
	struct leak l = leaks_path(c->f, path, hop, &n);

	if (l.class != LEAK_PROVEN || (l.by == LEAK_BY_OTC) != (row->otc != 0) || hop[l.first] != c->as || hop[l.first - 1] != row->to ||
	    (l.last + 1 < n ? hop[l.last + 1] : (uint32_t)c->f->ases->n) != row->from)
		return false;
	*from = row->from < c->f->ases->n ? c->f->ases->asn[row->from] : ORIGIN_NONE;
	return true;
}

/* A clean path on which the AS has it from a neighbour on the side that counts (d->n). */
static bool
wild_shows(const struct compute *c, const struct deciding *d, uint32_t path, uint32_t *from)
{
	uint32_t hop[AS_PATH_HOPS_MAX], n = wild_hops(c->f, path, hop), i;

	for (i = 0; i + 1 < n; i++)
		if (hop[i] == c->as) {
			*from = c->f->ases->asn[hop[i + 1]];
			return (unsigned)wild_side(c->w, c->asn, *from) == d->n;
		}
	return false;
}

/* Whether this path shows the AS in the role via; *from is the AS it had the route from. */
static bool
path_shows(const struct compute *c, const struct deciding *d, uint32_t path, uint32_t *from)
{
	const struct facts *f = c->f;
	uint8_t route_bits = f->route_bits[d->route];
	uint32_t hop[AS_PATH_HOPS_MAX], n, i;
	bool placed, customer, set;

	*from = ORIGIN_NONE;
	if (d->via == ROW_AS_SET)
		return set_shows(c, path);
	if (d->via == ROW_LEAK)
		return leak_shows(c, d, path, from);
	if (d->via == ROW_WILD)
		return wild_shows(c, d, path, from);
	if ((d->via & ROW_TABLE) != 0) {	/* a route server is not on the path: its member is first */
		*from = path_first(&c->w->routes.paths, path);
		return (d->via & ROW_BOGON_ASN) == 0 || path_has_bogon(f, path);
	}
	n = path_hops(&c->w->routes.paths, path, hop, &set);
	placed = path_is_placed(&c->w->routes.paths, path, n, set);
	customer = (d->via & (ROW_CUSTOMER_INVALID | ROW_CUSTOMER_BAD | ROW_A1_BAD)) != 0;
	for (i = 0; i < n; i++) {
		bool last = i + 1 == n, next_is_origin = placed && i + 2 == n;
		uint8_t next = last ? 0 : f->as_bits[hop[i + 1]];

		if (hop[i] != c->as || (placed && last))
			continue;
		*from = last ? ORIGIN_NONE : f->ases->asn[hop[i + 1]];
		if (customer || (d->via == ROW_BOGON_PREFIX && next_is_origin) ||
		    (d->via == ROW_BOGON_ASN && (next & AS_BOGON) != 0) ||
		    (d->via == ROW_ADMIN &&
			((next & AS_ADMIN) != 0 || (next_is_origin && (route_bits & ROUTE_ADMIN) != 0))))
			return true;
	}
	return false;
}

static int
cmp_vp(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	if (x->vp != y->vp)
		return x->vp < y->vp ? -1 : 1;
	return (x->path > y->path) - (x->path < y->path);
}

static int
cmp_path(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	if (x->path != y->path)
		return x->path < y->path ? -1 : 1;
	return (x->vp > y->vp) - (x->vp < y->vp);
}

/* The path with most vantage points in s, which is sorted by path; of equals the first by its words. */
static uint32_t
path_most(const struct routes *t, const struct seen *s, size_t n)
{
	uint32_t best = MAP_NONE;
	size_t i, j, most = 0;

	for (i = 0; i < n; i = j) {
		size_t vps = 0;

		for (j = i; j < n && s[j].path == s[i].path; j++)
			vps += (j == i || s[j].vp != s[j - 1].vp) &&
			    t->vps[s[j].vp].kind != VP_ORIGINS;	/* says who, not how */
		if (vps > most || (vps == most && vps > 0 && path_cmp(&t->paths, s[i].path, best) < 0)) {
			most = vps;
			best = s[i].path;
		}
	}
	return best;
}

/* s is in the order of vantage points. */
static void
vps_fill(struct compute *c, struct record *r, const struct seen *s, size_t n)
{
	const struct routes *t = &c->w->routes;
	char addr[PREFIX_TEXT];
	struct str text = {0};
	uint32_t shown = 0;
	size_t i;

	r->n_vps = 0;
	for (i = 0; i < n; i++) {
		const struct vp *v = &t->vps[s[i].vp];

		if (i > 0 && s[i].vp == s[i - 1].vp)
			continue;
		r->n_vps++;
		if (shown++ >= VPS_SHOWN)
			continue;
		if (text.len > 0)
			str_adds(&text, ", ");
		if (v->kind == VP_ORIGINS)
			str_adds(&text, "an origin table");
		else
			str_addf(&text, "AS%u at %s", v->asn, addr_format(&v->addr, addr));
	}
	if (shown > VPS_SHOWN)
		str_adds(&text, ", ...");
	r->vps = arena_strdup(c->a, str_span(&text));
	str_release(&text);
}

/* Path, vantage points and the neighbour, over the sightings that show the AS in its role. */
static uint32_t
sightings_fill(struct compute *c, const struct deciding *d, struct record *r)
{
	const struct routes *t = &c->w->routes;
	const struct route *route = &t->routes[d->route];
	struct seen *s = xmalloc(route->n * sizeof(*s));
	uint32_t i, best, from = ORIGIN_NONE;
	size_t n = 0;

	for (i = 0; i < route->n; i++) {
		const struct sighting *g = &t->sightings[route->first + i];

		/* an origin table has no paths, but it has the sets */
		if (d->via != 0 && d->via != ROW_AS_SET && t->vps[g->vp].kind == VP_ORIGINS)
			continue;
		if ((d->via & ROW_TABLE) != 0 && !table_holds(c, g))
			continue;
		if (d->via == 0 || path_shows(c, d, g->path, &from))
			s[n++] = (struct seen){.path = g->path, .vp = g->vp};
	}
	if (n > 0) {
		qsort(s, n, sizeof(*s), cmp_vp);
		vps_fill(c, r, s, n);
		qsort(s, n, sizeof(*s), cmp_path);
	}
	best = path_most(t, s, n);
	from = ORIGIN_NONE;
	if (best != MAP_NONE) {
		uint32_t words[AS_PATH_HOPS_MAX + 1];
		struct str text = {0};

		aspath_format(path_words(&t->paths, best, words), &text);
		r->path = arena_strdup(c->a, str_span(&text));
		str_release(&text);
		if (d->via != 0)
			(void)path_shows(c, d, best, &from);
	}
	if (d->via == 0 && route->n_vps > r->n_vps)
		r->n_vps = route->n_vps;	/* RIS whois counts its peers itself */
	free(s);
	return from;
}

/* From what was noted for another metric of the AS, or noted now. */
static uint32_t
sightings_of(struct compute *c, const struct deciding *d, struct record *r)
{
	struct sighted *s = &c->sighted[d->route % SIGHTED];

	if (s->path == NULL || s->route != d->route || s->via != d->via) {
		uint32_t from = sightings_fill(c, d, r);

		*s = (struct sighted){.route = d->route, .via = d->via, .from = from, .n_vps = r->n_vps,
		    .path = r->path, .vps = r->vps};
	}
	r->path = s->path;
	r->vps = s->vps;
	r->n_vps = s->n_vps;
	return s->from;
}

void
record_make(struct compute *c, const struct deciding *d, struct record *r)
{
	uint32_t from = ORIGIN_NONE;

	*r = (struct record){.code = d->code, .has_prefix = d->prefix != NULL, .origin = d->origin, .path = "",
	    .vps = "", .rule = "", .remedy = ""};
	if (d->prefix != NULL)
		r->prefix = *d->prefix;
	if (d->route != MAP_NONE)
		from = sightings_of(c, d, r);
	d->fill(c, d, r, from);
}

static void
line_hash(struct compute *c, const struct deciding *d)
{
	char line[PREFIX_TEXT + 64], *p = line;

	p = stpcpy(p, d->code);
	*p++ = ' ';
	p = d->prefix != NULL ? put_prefix(p, d->prefix) : stpcpy(p, "-");
	p = stpcpy(p, d->origin == ORIGIN_NONE ? " -" : " AS");
	if (d->origin != ORIGIN_NONE)
		p = put_u32(p, d->origin);
	p = stpcpy(p, d->detail == NULL ? " -\n" : " ");
	sha256_add(&c->sha, line, (size_t)(p - line));
	if (d->detail == NULL)
		return;
	sha256_add(&c->sha, d->detail, strlen(d->detail));
	sha256_add(&c->sha, "\n", 1);
}

/* Most metrics have no record. */
void
digest_take(struct compute *c)
{
	static const uint8_t of_nothing[SHA256_BYTES] = {0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a,
	    0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95,
	    0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55};

	if (c->m->n_deciding > 0)
		sha256_next(&c->sha, c->m->deciding_sha256);
	else
		memcpy(c->m->deciding_sha256, of_nothing, SHA256_BYTES);
}

void
decide(struct compute *c, const struct deciding *d)
{
	struct metric *m = c->m;

	m->n_deciding++;
	if (c->digest)
		line_hash(c, d);
	if (m->n_records >= c->records_max)
		return;
	if (m->n_records == c->cap_records) {
		size_t cap = c->cap_records == 0 ? 8 : c->cap_records * 2;
		struct record *more = arena_raw(c->a, cap, sizeof(*more));

		if (m->n_records > 0)
			memcpy(more, m->records, m->n_records * sizeof(*more));
		m->records = more;
		c->cap_records = cap;
	}
	record_make(c, d, &m->records[m->n_records++]);
}
