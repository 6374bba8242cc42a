/*
 * leaks: which ASes leaked which routes, from all paths. Inside metric/ only. How sure a path makes it is told in
 * metric/leak.h; nothing is known here of the days before. Each clean path (wild.h) is judged once, then each route
 * counts for an AS once, by the surest of its paths. An AS that is not named alone is not accused.
 *
 * Only paths with an OTC, or that ASPAs speak against, are judged. What relationships alone say of a table, which has no
 * days before it, would be possible leaks only, and thousands, most of them wrong inferences.
 *
 * A leak that published objects prove counts as possible when the AS relationships have the leaker as the provider of whom
 * it had the route from, or of whom it gave it to, or do not know them side by side: then a forgotten line in an ASPA is
 * as good a reason (metric/leak.h); or, without OTC, as the peer of either. What they have as a customer by one source and
 * not by the other is probable.
 *
 * The population of an AS are the routes that could be held against it: on some clean path, who took it from the AS
 * has an ASPA, and so has the one that it had it from, or the route carries an OTC that was set behind it; and the
 * relationships know those that stand beside it, and, without OTC, not as its peers. Without these the best of leakers has no proven leak.
 */
#ifndef METRIC_LEAKS_H
#define METRIC_LEAKS_H

#include "metric/leak.h"
#include "metric/tables.h"

struct leak_fact {		/* of one AS: routes */
	uint32_t provable;
	uint32_t by[LEAK_PROVEN + 1];	/* leaked by it, at least so sure: by enum leak_class */
	uint32_t accepted;		/* proven leaks that it took from the leaker */
	uint32_t otc;			/* marked with its ASN (RFC 9234): by it, or by who took the route from it ... */
	uint32_t otc_own;		/* ... and its own session with a collector shows that: then by it */
};
struct leak_row {		/* proven; of several ways the first by (to, from) */
	uint32_t as, route, to, from;	/* ids; from: the number of ASes when it is the origin's own side */
	uint32_t otc;			/* the mark that accuses; 0: ASPAs alone do */
};

struct leaks {
	struct leak_fact *of;		/* by AS id */
	uint32_t *row_first;		/* n_ases + 1 */
	struct leak_row *rows;		/* by AS, then route */
	size_t n_rows;
	size_t n_otc;			/* paths with an OTC */
};

struct leaks *leaks_new(const struct facts *f);
void leaks_free(struct leaks *l);
/* What one path says; {0} when it is not clean. hop: AS_PATH_HOPS_MAX ids of the path, *n of them. */
struct leak leaks_path(const struct facts *f, uint32_t path, uint32_t *hop, uint32_t *n);

#endif
