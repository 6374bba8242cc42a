/*
 * wild: invalid routes that are in the table of the whole Internet, and which ASes had the occasion to drop them.
 * Inside metric/ only. doc/enforcement.md has the reasons; the definitions, exactly:
 *
 *   in the wild	a visible RPKI-invalid route (routes.h: carried by at least visibility_min full feeds) with an
 *			origin, of at most /24 or /48 (longer ones are dropped for their length, RFC 7454 section
 *			6.1.3), and not invalid by AS0 VRPs alone (a registry's AS0 list is used by few).
 *   clean path		one that ends in the origin, has no AS_SET, no bogon ASN, and no AS in two places (poisoning,
 *			loops): only these are looked at.
 *   comparable route	a visible route of the same origin and family that is not RPKI-invalid.
 *   offer to X		some clean path of a comparable route has X N M behind one another, and some clean path of the
 *			invalid one has N M without X behind them. What N has from M it is seen to give to X, and this
 *			it has from M; so it offers it, unless policy looks at prefixes. It is the origins that often
 *			announce one prefix here and another there: so an N that is the origin offers nothing (of
 *			direct customers m_customer.c speaks).
 *   own session	X peers with a collector and gives it a full table of that family. Then only paths of that session
 *			are looked at for comparable routes, and what is missing there X has from nobody.
 *			One in one family alone leaves the other out. Without any, what is offered may also be hidden by better paths around X: then the share passed
 *			is a lower bound, which can show that X passes such routes on, and never that it does not.
 *   passed		a clean path of the invalid route has X and behind it a neighbour of X.
 *   neighbour		customer, peer or provider by the AS relationships, not of the organisation of X. An AS of the
 *			origin's organisation is not asked at all.
 *
 * The population of X: the routes offered to it; of those that it is seen to carry, the ones passed.
 */
#ifndef METRIC_WILD_H
#define METRIC_WILD_H

#include "metric/tables.h"

enum wild_side { WILD_CUSTOMER, WILD_PEER, WILD_PROVIDER, WILD_SIDES };
#define WILD_NOBODY WILD_SIDES	/* neither */

struct wild_fact {		/* of one AS: routes */
	uint32_t offered[WILD_SIDES];	/* by whom; of several the first side. One passed: by whom it was had */
	uint32_t passed[WILD_SIDES];	/* of these */
	uint32_t own;			/* offered, while it had an own session in the family */
	uint32_t unreached;		/* comparable routes come to it, but nobody who sends these has this one */
	uint32_t unclear;		/* carried, but not offered by the above, or had from no neighbour */
};
struct wild_row { uint32_t as, route, side; };	/* passed */

struct wild {
	struct wild_fact *of;		/* by AS id */
	uint32_t *row_first;		/* n_ases + 1 */
	struct wild_row *rows;		/* by AS, then route */
	size_t n_rows, n_routes;	/* n_routes: in the wild */
};

struct wild *wild_new(const struct facts *f);
void wild_free(struct wild *w);
/* What a neighbour is to an AS, WILD_NOBODY when it is none. */
enum wild_side wild_side(const struct world *w, uint32_t as, uint32_t neighbour);
/* Whether two ASNs are of one organisation, by as2org or by the relationships. */
bool wild_siblings(const struct world *w, uint32_t a, uint32_t b);
/* The hops of a clean path into hop[AS_PATH_HOPS_MAX], as ids; 0 when it is not clean. */
uint32_t wild_hops(const struct facts *f, uint32_t path, uint32_t *hop);

#endif
