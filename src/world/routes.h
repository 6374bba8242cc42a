/*
 * routes: what the vantage points see. Flat tables with 32-bit ids: vantage points, AS paths, unique
 * (prefix, origin) routes, and sightings that tie the three.
 *
 * Workload: filled once, one instance per input and thread, merged (absorb), sealed, then only
 * read. A 10 M entry table has 1.2 M routes and 8 bytes per sighting. Sealing sorts vantage points and
 * routes. Paths and the sightings of a route stay in the order they came, for putting 10 M of them in order
 * costs as much as reading them: who prints some sorts those few.
 */
#ifndef WORLD_ROUTES_H
#define WORLD_ROUTES_H

#include "addr/prefix.h"
#include "world/paths.h"

enum vp_kind {
	VP_TABLE,	/* a peer in an MRT table */
	VP_UPDATES,	/* a peer known from updates only: never counts as full-feed */
	VP_ORIGINS	/* an origin table (pfx2as, RIS whois): no paths; stands for one full feed */
};

/* A vantage point is (kind, collector, asn, addr). Updates do not name the collector: seal joins a
 * VP_UPDATES with the VP_TABLE of the same asn and addr when there is one (the first, if several). */
struct vp {
	enum vp_kind kind;
	uint32_t collector;		/* collector BGP id; 0 when the format has none */
	uint32_t asn;			/* 0 for VP_ORIGINS */
	struct addr addr;		/* VP_ORIGINS: first bytes of the input's digest */
	uint32_t n_prefixes[FAMILY_N];	/* distinct prefixes in its table, updates left out; set by seal */
	bool full_feed[FAMILY_N];	/* set by seal */
	uint16_t weight[FAMILY_N];	/* full feeds that it stands for: 1; VP_ORIGINS: the largest weight
					 * of its sightings; 0 when not full_feed; set by seal */
};

struct route {			/* unique (prefix, origin) */
	struct prefix prefix;
	uint16_t n_vps;		/* distinct vantage points */
	uint32_t origin;	/* ORIGIN_NONE: the path ends in a set */
	uint32_t first, n;	/* its sightings */
	uint32_t n_full;	/* distinct full-feed ones (RIS whois: the count given) */
	bool visible;		/* n_full >= visibility[family]; never when the family has no full feed,
				 * and never a default route */
};

struct sighting {
	uint32_t path;
	uint16_t vp;
	uint16_t weight;	/* 1, or RIS whois' peer count */
};

struct pending {		/* a sighting of the prefix at hand */
	struct sighting s;
	uint32_t origin;
};

struct routes {
	struct vp *vps;
	size_t n_vps, cap_vps;
	struct paths paths;
	struct route *routes;
	size_t n_routes, cap_routes;
	struct sighting *sightings;
	size_t n_sightings, cap_sightings;
	/* While filling. As long as prefixes come in order, the sightings of one wait until the next prefix, and
	 * are then put down route by route. From the first that is out of order on (scattered), routes are found
	 * by a hash, and tail has the route of each sighting from n_grouped on. */
	struct map by_vp, by_route;
	struct prefix at;		/* the prefix of what is pending */
	struct pending *pending;
	size_t n_pending, cap_pending;
	bool scattered;
	size_t n_sorted, n_grouped;	/* routes in order, sightings in the order of routes */
	uint32_t *tail;
	size_t cap_tail;
	bool *has_late;			/* while sealing: per route, whether it has such a sighting */
	/* set by seal: */
	bool has_origins;		/* some vantage point is an origin table */
	uint32_t n_full[FAMILY_N];	/* full-feed vantage points: the sum of vp.weight */
	uint32_t n_collectors;		/* distinct collectors of tables, origin tables, and one for updates
					 * that no table goes with */
	uint32_t visibility[FAMILY_N];	/* the threshold in force: min(params, n_full) */
	uint32_t n_visible[FAMILY_N];	/* visible routes */
	uint32_t *by_origin;		/* route ids ordered by (origin, prefix), those without one last ... */
	uint32_t *origin_first;		/* ... and where the routes of an AS begin, by its id in paths.ases */
	bool sealed;
};

/* What only a whole table shows, told to one that has a part of it (a bundle's evidence): each vantage point as seal
 * left it, and how many routes were visible. */
struct routes_stated {
	struct vp *vps;
	size_t n_vps;
	uint32_t n_visible[FAMILY_N];
};
struct routes_params {
	uint32_t visibility_min;	/* full-feed peers that must carry a route; default 5 */
	uint32_t full_feed_percent;	/* a peer is full-feed in a family when its table there has at
					 * least this share of the largest one's prefixes (origin tables
					 * are among them); default 75 */
	const struct routes_stated *stated;	/* NULL: all is counted */
};
void routes_params_init(struct routes_params *p);

void routes_init(struct routes *r);
void routes_release(struct routes *r);
/* Each returns the id in this instance. ERR_LIMIT when a table is full, and for a path of more than
 * AS_PATH_HOPS_MAX words. An empty path is the caller's matter (RFC 6811: the peer is the origin). Many paths
 * at once: paths_intern of r->paths. */
NODISCARD enum err routes_vp(struct routes *r, const struct vp *v, uint16_t *id);
NODISCARD enum err routes_path(struct routes *r, struct aspath p, bool has_otc, uint32_t otc, uint32_t *id);
NODISCARD enum err routes_see(struct routes *r, const struct prefix *p, uint32_t path, uint16_t vp,
    uint16_t weight);		/* the route's origin is the path's */
/* The same for many, which hides that each route is far away in memory: runs of sightings of one prefix, one run
 * behind the other from s on. */
struct run {
	struct prefix prefix;
	uint32_t n;		/* sightings */
};
NODISCARD enum err routes_see_runs(struct routes *r, const struct run *run, size_t n, const struct sighting *s);
/* Sightings told so far. */
static inline size_t
routes_n_seen(const struct routes *r)
{
	return r->n_sightings + r->n_pending;
}
/* Neither may be sealed. */
NODISCARD enum err routes_absorb(struct routes *dst, struct routes *src);
/* The same, and src is left empty: what the larger of the two has is not copied. */
NODISCARD enum err routes_take(struct routes *dst, struct routes *src);
/* Give a vantage point another address: that of an origin table is known when all of it was read. */
void routes_vp_rename(struct routes *r, uint16_t id, const struct addr *addr);
void routes_seal(struct routes *r, const struct routes_params *params);

/* The routes of one origin: ids at *ids, ordered by prefix; returns how many. */
size_t routes_of(const struct routes *r, uint32_t origin, const uint32_t **ids);
/* The first route at or behind p in the order of the table; n_routes when there is none. */
uint32_t routes_lower(const struct routes *r, const struct prefix *p);
/* First route of exactly this prefix, *n of them (several origins); MAP_NONE when there is none. */
uint32_t routes_find(const struct routes *r, const struct prefix *p, size_t *n);

#endif
