/* exposure_oracle: the definition in metric/exposure.h once more, slowly: for each vantage point, address by address,
 * in doubles. The worlds are small enough: all IPv4 routes lie in 20.0.0.0/22. */
#ifndef EXPOSURE_ORACLE_H
#define EXPOSURE_ORACLE_H

#include "hand.h"
#include "metric/exposure.h"

#define O_HOPS 12
#define O_SEEN 1000
#define O_VPS 48
#define O_AS 64			/* ASNs are below this */

struct o_path {			/* vantage point first, as given; 0 of n: an AS_SET on the way */
	uint32_t hop[O_HOPS], n;
	bool set;
};
struct o_seen {
	struct prefix prefix;
	uint32_t vp, origin;
	struct o_path path;
	bool visible;		/* its route: set by o_ready */
};
struct oracle {
	struct o_seen seen[O_SEEN];
	uint32_t n;
	uint32_t vp_asn[O_VPS], n_vps;
	bool vp_full[O_VPS];
	uint32_t visibility;
};

/* From the vantage point up to the origin's first place, each AS once in a row. */
static inline bool
o_chain(const struct o_path *p, uint32_t origin, struct o_path *out)
{
	uint32_t i;

	*out = (struct o_path){0};
	for (i = 0; i < p->n && !p->set; i++) {
		if (p->hop[i] == origin)
			return true;
		if (out->n == 0 || out->hop[out->n - 1] != p->hop[i])
			out->hop[out->n++] = p->hop[i];
	}
	return false;
}

static inline bool
o_same_chain(const struct o_seen *a, const struct o_seen *b)
{
	struct o_path x, y;

	return a->origin == b->origin && o_chain(&a->path, a->origin, &x) && o_chain(&b->path, b->origin, &y) &&
	    x.n == y.n && memcmp(x.hop, y.hop, x.n * sizeof(x.hop[0])) == 0;
}

static inline bool
o_visible(const struct oracle *o, const struct o_seen *s)
{
	bool by[O_VPS] = {0};
	uint32_t i, n = 0;

	for (i = 0; i < o->n; i++)
		if (o->vp_full[o->seen[i].vp] && o->seen[i].origin == s->origin && !by[o->seen[i].vp] &&
		    prefix_eq(&o->seen[i].prefix, &s->prefix)) {
			by[o->seen[i].vp] = true;
			n++;
		}
	return n >= o->visibility;
}

static inline void
o_ready(struct oracle *o)
{
	uint32_t i;

	for (i = 0; i < o->n; i++)
		o->seen[i].visible = o_visible(o, &o->seen[i]);
}

static inline bool
o_counts(const struct o_seen *s, uint32_t origin, const struct prefix *within)
{
	return s->origin == origin && s->visible && (within == NULL || prefix_covers(within, &s->prefix) ||
	    prefix_covers(&s->prefix, within));
}

/* Is there, before i, a sighting of this vantage point and prefix that is the same way? */
static inline bool
o_again(const struct oracle *o, uint32_t i, uint32_t origin)
{
	const struct o_seen *s = &o->seen[i], *b;
	uint32_t k;

	for (k = 0; k < i; k++) {
		b = &o->seen[k];
		if (b->vp == s->vp && b->origin == s->origin && prefix_eq(&b->prefix, &s->prefix) &&
		    (s->origin != origin || !s->visible || o_same_chain(s, b)))
			return true;
	}
	return false;
}

/* What one vantage point sends through each AS of the origin's paths, w[O_AS] being all of it. IPv4: per address the
 * longest match; IPv6: per prefix. */
static inline void
o_unit(const struct oracle *o, uint32_t vp, uint32_t origin, const struct prefix *within, const struct prefix *at,
    uint32_t times, double *w)
{
	uint32_t i, j, k = 0;
	struct o_path c;
	int pass;

	for (pass = 0; pass < 2; pass++)
		for (i = 0; i < o->n; i++) {
			const struct o_seen *s = &o->seen[i];
			bool own = o_counts(s, origin, within);

			if (s->vp != vp || !prefix_eq(&s->prefix, at) || o_again(o, i, origin) ||
			    (own && !o_chain(&s->path, origin, &c)))
				continue;
			if (pass == 0) {
				k++;
				continue;
			}
			if (!own)
				continue;
			w[O_AS] += (double)times / k;
			for (j = 0; j < c.n; j++) {
				uint32_t h;

				for (h = 0; h < j && c.hop[h] != c.hop[j];)
					h++;
				if (h == j)
					w[c.hop[j]] += (double)times / k;
			}
		}
}

static inline void
o_weigh_v4(const struct oracle *o, uint32_t vp, uint32_t origin, const struct prefix *within, double *w)
{
	uint32_t addr, i, at = 0, times[O_SEEN] = {0};

	for (addr = 0; addr < 1024; addr++) {
		struct prefix host = {.addr = {20, 0, (uint8_t)(addr >> 8), (uint8_t)addr}, .len = 32};
		const struct prefix *best = NULL;

		if (within != NULL && !prefix_covers(within, &host))
			continue;
		for (i = 0; i < o->n; i++)
			if (o->seen[i].vp == vp && prefix_covers(&o->seen[i].prefix, &host) &&
			    (best == NULL || o->seen[i].prefix.len > best->len)) {
				best = &o->seen[i].prefix;
				at = i;
			}
		times[at] += best != NULL;
	}
	for (i = 0; i < o->n; i++)
		if (times[i] > 0)
			o_unit(o, vp, origin, within, &o->seen[i].prefix, times[i], w);
}

static inline void
o_weigh_v6(const struct oracle *o, uint32_t vp, uint32_t origin, const struct prefix *within, double *w)
{
	const struct prefix *done[O_SEEN], *near = NULL;
	uint32_t i, j, n = 0;

	for (i = 0; i < o->n && within != NULL; i++)
		if (o->seen[i].vp == vp && prefix_covers(&o->seen[i].prefix, within) &&
		    (near == NULL || o->seen[i].prefix.len > near->len))
			near = &o->seen[i].prefix;
	for (i = 0; i < o->n; i++) {
		const struct prefix *p = &o->seen[i].prefix;

		for (j = 0; j < n && !prefix_eq(done[j], p);)
			j++;
		if (o->seen[i].vp != vp || p->family != FAMILY_V6 || j < n)
			continue;
		done[n++] = p;
		if (within == NULL || (p->len > within->len ? prefix_covers(within, p) : near != NULL && prefix_eq(near, p)))
			o_unit(o, vp, origin, within, p, 1, w);
	}
}

static inline int
o_cmp(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* share[asn] and *views. */
static inline void
o_shares(const struct oracle *o, unsigned family, uint32_t origin, const struct prefix *within, double *share,
    uint32_t *views)
{
	static double of[O_VPS][O_AS];
	uint32_t asn, vp, a, i, n = 0, trim;

	for (asn = 1; asn < O_AS; asn++) {
		double sum[O_AS] = {0};
		uint32_t sessions = 0;

		for (vp = 0; vp < o->n_vps; vp++) {
			double w[O_AS + 1] = {0};

			if (o->vp_asn[vp] != asn || !o->vp_full[vp] || asn == origin)
				continue;
			(family == FAMILY_V4 ? o_weigh_v4 : o_weigh_v6)(o, vp, origin, within, w);
			if (w[O_AS] <= 0)
				continue;
			sessions++;
			for (a = 0; a < O_AS; a++)
				sum[a] += w[a] / w[O_AS];
		}
		for (a = 0; a < O_AS && sessions > 0; a++)
			of[n][a] = sum[a] / sessions;
		n += sessions > 0;
	}
	trim = n / 10;
	*views = n;
	for (a = 0; a < O_AS; a++) {
		double v[O_VPS];

		for (i = 0; i < n; i++)
			v[i] = of[i][a];
		qsort(v, n, sizeof(*v), o_cmp);
		share[a] = 0;
		for (i = trim; i < n - trim; i++)
			share[a] += v[i] / (n - 2 * trim);
	}
}

/* --- single-homing and what was passed on --- */

static inline bool
o_on(const struct o_path *p, uint32_t asn)
{
	uint32_t i;

	for (i = 0; i < p->n; i++)
		if (p->hop[i] == asn)
			return true;
	return false;
}

static inline bool
o_is_route(const struct o_seen *s, const struct route *r)
{
	return s->origin == r->origin && prefix_eq(&s->prefix, &r->prefix);
}

/* Of the sightings of one route. */
static inline enum homing
o_homing(const struct oracle *o, const struct route *r)
{
	bool any[O_AS] = {0}, on[O_AS] = {0}, net[O_AS] = {0};
	uint32_t i, n_any = 0, n_on = 0, n_net = 0;
	struct o_path c;

	for (i = 0; i < o->n; i++) {
		const struct o_seen *s = &o->seen[i];
		uint32_t vp = o->vp_asn[s->vp];

		if (!o_is_route(s, r) || vp == r->origin || !o_chain(&s->path, r->origin, &c) || c.n == 0)
			continue;
		any[c.hop[c.n - 1]] = net[vp] = true;
		on[c.hop[c.n - 1]] |= c.n > 1;
	}
	for (i = 0; i < O_AS; i++) {
		n_any += any[i];
		n_on += on[i];
		n_net += net[i];
	}
	if (n_any == 0)
		return HOMING_UNSEEN;
	if (n_any > 1 && n_on != 1)
		return HOMING_MULTI;
	return n_net < 5 ? HOMING_FEW : n_any > 1 ? HOMING_DIRECT : HOMING_SINGLE;
}

/* Whether every path of the origin in the family passes asn. */
static inline bool
o_every(const struct oracle *o, unsigned family, uint32_t origin, const struct prefix *within, uint32_t asn)
{
	struct o_path c;
	uint32_t i, n = 0;

	for (i = 0; i < o->n; i++) {
		const struct o_seen *s = &o->seen[i];

		if (s->prefix.family != family || o->vp_asn[s->vp] == origin || !o_counts(s, origin, within) ||
		    !o_chain(&s->path, origin, &c))
			continue;
		n++;
		if (!o_on(&c, asn))
			return false;
	}
	return n > 0;
}

static inline uint32_t
o_offences(const struct world *w, const struct routes *t, const struct route *r, uint32_t origin)
{
	uint32_t bits = 0;
	size_t i;

	if (r->n_full == 0)
		return 0;
	if (rov_is_invalid(rpki_rov(&w->rpki, &r->prefix, r->origin)))
		bits |= 1u << OFFENCE_INVALID;
	if (specials_bogon(&w->specials, &r->prefix) != NULL || asn_bogon(r->origin) != NULL)
		bits |= 1u << OFFENCE_BOGON;
	for (i = 0; i < t->n_routes; i++)
		if (t->routes[i].origin == origin && t->routes[i].visible && r->origin != origin &&
		    prefix_covers(&t->routes[i].prefix, &r->prefix) &&
		    rpki_rov(&w->rpki, &r->prefix, r->origin) != ROV_VALID)
			bits |= 1u << OFFENCE_OWN;
	return bits;
}

/* Blocks of 20.0.0.0/22 and of 2000::/44 that p is in or covers, a bit each. */
static inline uint32_t
o_blocks(const struct prefix *p)
{
	uint32_t bits = 0, i;

	for (i = 0; i < (p->family == FAMILY_V4 ? 4u : 16u); i++) {
		struct prefix b = {.family = p->family, .addr = {20, 0, (uint8_t)i}, .len = 24};

		if (p->family == FAMILY_V6)
			b = (struct prefix){.family = FAMILY_V6, .addr = {0x20, 0, 0, 0, 0, (uint8_t)i}, .len = 48};
		bits |= (uint32_t)(prefix_covers(p, &b) || prefix_covers(&b, p)) << i;
	}
	return bits;
}

/* What asn passed on of one offence. */
static inline void
o_carried(const struct oracle *o, const struct world *w, uint32_t origin, uint32_t asn, enum exposure_offence what,
    struct exposure_space *out)
{
	uint32_t blocks[FAMILY_N] = {0}, i;
	size_t k;

	*out = (struct exposure_space){0};
	for (k = 0; k < w->routes.n_routes; k++) {
		const struct route *r = &w->routes.routes[k];
		bool on = false;

		if (asn == r->origin || (o_offences(w, &w->routes, r, origin) & 1u << what) == 0)
			continue;
		for (i = 0; i < o->n; i++)	/* of a path with a set only what stands before it is seen */
			on = on || (o_is_route(&o->seen[i], r) && (o->seen[i].path.set ? o->seen[i].path.hop[0] == asn :
			    o_on(&o->seen[i].path, asn)));
		if (!on)
			continue;
		out->routes++;
		blocks[r->prefix.family] |= o_blocks(&r->prefix);
	}
	for (i = 0; i < FAMILY_N; i++)
		out->blocks[i] = (uint64_t)__builtin_popcount(blocks[i]);
}

#endif
