/*
 * model: the lab's own picture of its Internet: who is connected to whom, what each AS announces, and
 * what is registered about it. Made once from the seed, then only read by the writers and the key.
 */
#ifndef LAB_MODEL_H
#define LAB_MODEL_H

#include "lab/fault.h"
#include "lab/lab.h"
#include "lab/prng.h"

#define LAB_NONE UINT32_MAX

/* The month that is shown, far from any real one, and the moment that the tables are of. */
#define LAB_BEGIN ((struct utc){1935360000})	/* 2031-05-01T00:00:00Z */
#define LAB_AT ((struct utc){1938038400})	/* 2031-06-01T00:00:00Z */
#define LAB_DAY 86400

enum lab_rir { RIR_AFRINIC, RIR_APNIC, RIR_ARIN, RIR_LACNIC, RIR_RIPE, RIR_N };
extern const char *const lab_rir_word[RIR_N];	/* as the statistics files name them */

enum lab_tier { TIER_CLIQUE, TIER_TRANSIT, TIER_REGIONAL, TIER_STUB, TIER_FAULTY, TIER_N };

struct lab_as {
	uint32_t asn;
	uint32_t org;			/* index of the first AS of its organisation */
	enum lab_tier tier;
	enum lab_rir rir;
	uint8_t prepend;		/* times that it repeats itself as origin */
	bool unallocated;		/* the registry has not given this ASN to anybody */
	bool aspa;
	bool enforces;			/* drops RPKI-invalid routes, whoever sends them */
	enum fault fault;		/* FAULT_NONE for most */
	uint32_t first_block, n_blocks;
};

struct lab_link { uint32_t a, b; bool peer; };	/* a provider of b, or lateral peers; indexes */

struct lab_adj { uint32_t *first, *to; };	/* neighbours of i: to[first[i]] .. to[first[i + 1] - 1] */

struct lab_route {
	struct prefix prefix;
	uint32_t origin;		/* index of the AS */
	uint8_t roa;			/* enum roa_plan */
	uint8_t irr;			/* enum irr_plan */
	uint8_t few;			/* carried by that many full feeds only; 0: as all others */
	bool silent;			/* registered, not announced */
	bool set;			/* its path ends in the origin, then a set of two other ASes */
};

struct lab_block {			/* what a registry gave */
	struct prefix prefix;
	uint32_t as;
	enum lab_rir rir;
	bool available;			/* taken back: planted administrative bogons */
};

struct lab_vrp { struct prefix prefix; uint8_t max_len; uint32_t asn; enum lab_rir rir; };

struct lab_object { struct prefix prefix; uint32_t asn; bool third_party; };

struct lab_peer {			/* a session with a collector; all sessions, by collector */
	uint32_t as;			/* whose view of the world it is */
	uint32_t asn;			/* who it says it is: a route server is not in its paths */
	uint32_t collector;
	uint32_t no;			/* number on its collector */
	bool partial;			/* customer routes only */
	bool v6;
	uint32_t full_no;		/* number among the full feeds; LAB_NONE when partial */
	struct addr addr[FAMILY_N];
	struct lab_view *view;		/* of routes that are not RPKI-invalid ... */
	struct lab_view *view_invalid;	/* ... and of those that are: through nobody who drops them */
};

struct lab {
	struct lab_params params;
	struct lab_as *ases;
	uint32_t n_ases;
	uint32_t n_routed;		/* those before are in the graph; behind them ASNs that only exist */
	uint32_t first_of[TIER_N];	/* ases are ordered by tier; first_of[TIER_FAULTY] starts the
					 * stubs that carry faults, customers of careless regionals */
	uint32_t first_careless;	/* regionals from here to first_of[TIER_STUB] */
	struct lab_link *links;
	size_t n_links, cap_links;
	struct lab_adj providers, customers, peers_of;
	struct lab_block *blocks;
	size_t n_blocks, cap_blocks;
	struct lab_route *routes;	/* sorted by (prefix, origin) */
	size_t n_routes, cap_routes;
	struct lab_vrp *vrps;		/* sorted, unique */
	size_t n_vrps, cap_vrps;
	struct lab_object *objects;	/* sorted, unique */
	size_t n_objects, cap_objects;
	struct lab_peer *peers;
	uint32_t n_peers, n_full;
	uint32_t route_server;		/* index of the AS that is a route server */
};

#define LAB_NAME 48			/* bytes that the names below need */
const char *lab_as_name(const struct lab *w, uint32_t as, char buf[static LAB_NAME]);
const char *lab_org_name(const struct lab *w, uint32_t as, char buf[static LAB_NAME]);

/* An ASN that exists and announces nothing, for what somebody else registered. */
uint32_t lab_other_asn(const struct lab *w, uint64_t draw);

/* The two ASes in the set that ends the path of a route with .set, ascending by ASN. */
void lab_set_members(const struct lab *w, uint32_t origin, uint32_t asn[static 2]);
/* Does the organisation of this AS take part in MANRS, as an operator or as a CDN? */
bool lab_participant(const struct lab *w, uint32_t as, bool cdn);
/* Is it RPKI-invalid, as planted? A route that ends in a set is left out: few drop it. */
bool lab_invalid(const struct lab_route *r);
/* A session's view of routes of that kind. */
const struct lab_view *lab_view_of(const struct lab_peer *p, bool invalid);
/* Does this session carry this route in its table? At most one route of a prefix. */
bool lab_sees(const struct lab *w, size_t route, uint32_t peer);
/* May space be given out from this /8? Special-purpose blocks are in the others. */
bool lab_pool(unsigned octet);

/* The steps, in this order. */
void ases_make(struct lab *w);		/* ases: numbers, tiers, organisations, faults */
void topo_make(struct lab *w);		/* links, neighbours */
void plan_make(struct lab *w);		/* blocks, routes */
void plan_register(struct lab *w);	/* vrps, objects */
void peers_make(struct lab *w);		/* peers and their views */
void lab_release(struct lab *w);

static inline uint32_t
adj_count(const struct lab_adj *a, uint32_t i)
{
	return a->first[i + 1] - a->first[i];
}

/* Is b in i's list? */
static inline bool
adj_has(const struct lab_adj *a, uint32_t i, uint32_t b)
{
	uint32_t k;

	for (k = a->first[i]; k < a->first[i + 1]; k++)
		if (a->to[k] == b)
			return true;
	return false;
}

#endif
