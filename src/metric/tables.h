/*
 * tables: what facts_new works out and every metric reads. Inside metric/ only.
 * ASes go by their ids in the paths' list (world/ases.h), so that per-AS tables are arrays.
 */
#ifndef METRIC_TABLES_H
#define METRIC_TABLES_H

#include "metric/facts.h"

#include <stdatomic.h>

enum route_bit {
	ROUTE_VISIBLE = 1,	/* routes.h visible, and not a default route */
	ROUTE_LOOKED = 2,	/* carried by bogon_visibility_min full-feed peers, and not a default route */
	ROUTE_BOGON = 4,	/* special-purpose prefix */
	ROUTE_ADMIN = 8		/* not that, but the registries have it as available or reserved */
};
enum as_bit {
	AS_BOGON = 1,		/* special-purpose ASN (addr/asn.h) */
	AS_ADMIN = 2,		/* not that, but not delegated */
	AS_PARTICIPANT = 4,
	AS_A1_BOGON = 8		/* left out of the rows of imc22-a1, by the ranges that study used */
};
/* Why (AS, route) is a row. */
enum row_bit {
	ROW_CUSTOMER_INVALID = 1,
	ROW_CUSTOMER_BAD = 2,
	ROW_A1_BAD = 4,
	ROW_BOGON_PREFIX = 8,	/* passed on by the AS next to the origin */
	ROW_BOGON_ASN = 16,	/* passed on by the AS next to a bogon ASN */
	ROW_ADMIN = 32,		/* the same for administrative ones, prefix or ASN */
	ROW_AS_SET = 64,	/* the AS is in the set that the path ends in */
	ROW_LEAK = 512,		/* no row (leaks.h): the AS leaked it on this path, proven */
	ROW_WILD = 256,		/* no row (wild.h): the AS has it from a neighbour on a clean path */
	ROW_TABLE = 128		/* no row: the route is in the table of the AS, a route server; with ROW_BOGON_ASN
				 * on a path that has one (m_table.c) */
};

struct as_fact {		/* routes, each counted once however many paths lead through the AS */
	uint32_t passed;	/* ROUTE_LOOKED ones it passes on */
	uint32_t customer, customer_invalid, customer_bad;	/* ROUTE_VISIBLE ones of direct customers */
	uint32_t a1, a1_invalid, a1_bad;			/* of these, the rows of imc22-a1 */
};
struct row {
	uint32_t as, route, bits;
};

struct org_sum {		/* one metric over one organisation */
	uint32_t n, worst_asn;
	int64_t worst_ppm, weighted_ppm;
	uint64_t worst_den;
	uint64_t num, den;
};
struct org_cache {		/* per organisation, filled when first asked for; see org.c */
	_Atomic(struct org_sum *) *of;	/* by the first sibling's id in world.orgs.ases; METRIC_N each */
	size_t n;
};

struct grounds;			/* needs.c */
struct leaks;			/* leaks.h */
struct wild;			/* wild.h */

struct facts {
	const struct world *w;
	struct metric_params p;
	/* per route */
	uint8_t *rov, *irr_all, *irr_auth, *route_bits;
	uint8_t *irr_rov;	/* per route object; NULL unless facts_prepare was called */
	bool has_auth;		/* some IRR source is authoritative */
	/* per AS */
	const struct ases *ases;	/* of the paths */
	uint8_t *as_bits;		/* ases->n + 1: what stands for no AS is a bogon */
	struct as_fact *as;
	uint32_t *row_first;	/* n_ases + 1: the rows of an AS, ascending by route */
	struct row *rows;
	size_t n_rows;
	uint32_t *server;	/* per vantage point: the AS of the route server whose table it shows, 0 for none;
				 * NULL when nobody wants to know */
	struct org_cache *orgs;
	struct grounds *grounds;
	struct leaks *leaks;		/* leaks.h */
	struct wild *wild;		/* wild.h; NULL without VRPs, relationships or organisations */
};

/* spread.c: as, rows, row_first */
void spread_build(struct facts *f);

/* ranges.c: cut 0..n into one range per thread and run fn on each; part counts from 0. Returns after
 * all. fn must give the same whatever the cut. */
void ranges_run(uint32_t threads, size_t n, void (*fn)(void *arg, uint32_t part, size_t lo, size_t hi),
    void *arg);

/* m_table.c: facts.server, owned by the caller */
uint32_t *servers_find(const struct facts *f);

/* needs.c: per metric, whether the evidence suffices */
struct grounds *grounds_new(const struct world *w);
void grounds_free(struct grounds *g);
/* As it is before anything is counted: METRIC_NO_DATA and why, when evidence is missing. Of g. */
const struct metric *grounds_metric(const struct grounds *g, enum metric_id id);

/* org.c */
struct org_cache *org_cache_new(const struct world *w);
void org_cache_free(struct org_cache *c);

#endif
