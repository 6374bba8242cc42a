/*
 * excuse: is everything at hand that could speak for somebody who is accused of a misorigination or a leak? What is
 * missing could have done so: then nobody is accused of more than what is possible (doc/accusations.md).
 *
 *	vrps		a VRP of its own
 *	irr		an authoritative route object of its own
 *	as-relationships	it is customer or provider of who holds the prefix; a new provider; siblings
 *	organisations	as2org: one organisation. What PeeringDB has of organisations is no substitute
 *	peeringdb-net	one organisation, whatever as2org has: it misses siblings (Arturi et al., PAM 2023)
 *	registry	one holder, by the ids of extended statistics (world/holders.h); without such ids it is not at hand
 *
 * A kind is at hand when there is an input of it, none is incomplete, it has not shrunk since an earlier report
 * (world/baseline.h), each is dated, and none is older than the window, or later, by more than EVIDENCE_APART_DAYS, or
 * EVIDENCE_APART_SLOW_DAYS of what is published once a month or a quarter: relationships, organisations, PeeringDB.
 * The days before are no kind of evidence: of these metric/history.h knows.
 */
#ifndef METRIC_EXCUSE_H
#define METRIC_EXCUSE_H

#include "base/str.h"
#include "world/world.h"

/* Bits of enum evidence: who is of one organisation, and who may pass on what for whom; and all that speaks of a prefix. */
#define EXCUSES_PEOPLE (EV_BIT(EV_ORGS) | EV_BIT(EV_PDB_NET) | EV_BIT(EV_REGISTRY))
#define EXCUSES_LEAK (EV_BIT(EV_GRAPH) | EXCUSES_PEOPLE)
#define EXCUSES_MISORIGIN (EV_BIT(EV_VRPS) | EV_BIT(EV_IRR) | EXCUSES_LEAK)

/* Those of EXCUSES_MISORIGIN that are at hand for a window. from, to: UTC_NONE asks no date. */
uint32_t excuses_at_hand(const struct world *w, struct utc from, struct utc to);
/* What of wanted is not, in words: "no PeeringDB networks; AS organisations of 2029-06-01". Nothing when all is. */
void excuses_lack_say(struct str *out, const struct world *w, uint32_t wanted, struct utc from, struct utc to);
/* Do the registries' statistics give holders? Is PeeringDB not all there is of organisations? Else siblings are not known,
 * and evidence of these kinds does not help. */
bool excuses_holders(const struct world *w);
bool excuses_as2org(const struct world *w);

#endif
