/*
 * leak: what OTC, ASPAs and relationships together say of one path: whether a route leaked (RFC 7908), who leaked it,
 * who accepted it, and how sure that is. They are asked in this order, and the surest answer stands; of those that are
 * equally sure the first that names the leaker.
 *
 *	proven		by published objects alone: OTC on the route and an ASPA against a hop after it; or the ASPAs of
 *			the two ASes around the leaker (metric/aspa.h, aspa_turn)
 *	probable	OTC and an inferred relationship
 *	possible	inferred relationships alone, which were not seen side by side in the days before, or nobody looked:
 *			partial transit and friends who back each other up make the same path (doc/accusations.md); or one
 *			hop at the leaker known and one not, of ASes not seen side by side before; or ASPAs that accuse a hop
 *			between siblings, or one that relationships have as from a customer or, though there are some, do not
 *			know: a line was forgotten, or a provider is new; or, without OTC, one that they have as between
 *			peers: siblings of whom nobody says so are taken for that, and friends who back each other up; or any
 *			of the above on a path that somebody put others' ASNs into (an AS in two places, a special-purpose ASN)
 *
 * Only proven may change a verdict. One wrong inference makes a leak out of a good route, and OTC does not guard
 * against that: it stands on good routes too. So OTC with nothing but inference behind it is probable.
 */
#ifndef METRIC_LEAK_H
#define METRIC_LEAK_H

#include "base/limits.h"
#include "metric/otc.h"
#include "metric/valley.h"

enum leak_class { LEAK_NONE, LEAK_POSSIBLE, LEAK_PROBABLE, LEAK_PROVEN };
enum leak_by { LEAK_BY_NOTHING, LEAK_BY_OTC, LEAK_BY_ASPA, LEAK_BY_RELATIONS };
const char *leak_class_word(enum leak_class c);	/* "none", "possible", "probable", "proven" */
const char *leak_by_word(enum leak_by b);	/* "nothing", "otc", "aspa", "relationships" */

/* What the caller knows of the triple that relationships accuse: the AS that the leaker had it from, the leaker, the one
 * that took it. */
enum leak_history {
	TRIPLE_NO_HISTORY,	/* nobody looked, or there are no days before */
	TRIPLE_NEW,		/* not seen in the days before */
	TRIPLE_KNOWN		/* seen: then relationships alone accuse nobody */
};

struct path_view {		/* the caller's; what hop arrays it points to has room for n - 1 */
	const uint32_t *as;
	size_t n;
	bool has_set;		/* as[] ends before a set: then ASPAs accuse nobody, for the origin's side is not known */
	bool has_graph;		/* there are relationships; without them valley may still know siblings */
	bool forged;		/* an AS stands in two places, or one is special-purpose: nobody is surely accused */
	const struct aspa_hop *aspa;	/* NULL: no ASPA data */
	const uint8_t *valley;		/* NULL: no relationships */
	struct aspa_turn turn;
	struct otc otc;
	struct valley broken, doubt;	/* the first of each; doubt is not looked for when there is a break */
};
struct path_tables {		/* each NULL when there is no data */
	const struct rpki *aspas;
	const struct graph *graph;
	const struct orgs *orgs;
};
struct path_scratch {
	struct aspa_hop aspa[AS_PATH_HOPS_MAX];
	uint8_t valley[AS_PATH_HOPS_MAX];
};
/* All three looked at; n <= AS_PATH_HOPS_MAX. The view borrows as and scratch. */
void path_look(struct path_view *v, const struct path_tables *t, const uint32_t *as, size_t n, bool has_set,
    struct otc_mark mark, struct path_scratch *scratch);

/* The triple to look up in the days before; false when relationships accuse nobody. Of siblings between, the leaker is
 * the one that passed it on. */
bool path_triple(const struct path_view *v, uint32_t triple[static 3]);

struct leak {
	enum leak_class class;
	enum leak_by by;
	enum leak_type type;
	uint32_t leaker;	/* 0: it is one of as[first..last] */
	uint32_t acceptor;	/* who took it from the leaker; when that is not named, the first that is known to have
				 * had to refuse it; 0: not known */
	size_t first, last;	/* suspects, nearest the collector first */
};
struct leak leak_judge(const struct path_view *v, enum leak_history history);
/* The surest answer that names the leaker. That may be less sure than that there is a leak: OTC can prove one between two
 * networks, and relationships say by which of them. For who keeps account by network. */
struct leak leak_named(const struct path_view *v, enum leak_history history);

#endif
