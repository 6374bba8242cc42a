/*
 * misorigin: is an announcement somebody else's prefix, and what speaks for and against that.
 *
 * An announcement of prefix P by AS O is looked at when another AS had P, or the longest prefix that covers it, in the
 * tables before the window, and O had not; or when a VRP or an authoritative route object of P names others and not O.
 * Each thing that the evidence has to say is noted, for (it is another's) or against:
 *
 *	for	VRP_OTHER	RPKI-invalid, and no covering VRP is of O
 *		IRR_OTHER	covered by authoritative route objects, none of O
 *		THIRD_OTHER	the same of third-party ones
 *		HELD		another AS announced exactly P before
 *		HELD_COVER	another AS announced a prefix that covers P before
 *	against	VRP_OWN		a covering VRP is of O, whatever its length: then it is O's, and at most badly signed
 *		IRR_OWN		an authoritative route object is of O
 *		THIRD_OWN	a third-party one is
 *		HISTORY		O announced P in the tables before, or the longest prefix that covers it
 *		SIBLING		O and an AS that holds P are of one organisation
 *		NEIGHBOUR	O and such an AS are customer and provider: one may announce for the other
 *		BESIDE		such an AS passed this announcement on, or the two stood side by side on a path before: an
 *				arrangement, or O's ASN is a slip of the pen in a prepend
 *		ARRANGED	O has VRPs inside the signed space of two others at least: it announces for others by
 *				arrangement, as who mitigates attacks does
 *		STRANGER	who passed it on was never seen beside O, in relations or before: it may be who made it
 *
 * Classes:
 *	strong		VRP_OTHER, and HELD or HELD_COVER; nothing against
 *	probable	VRP_OTHER; nothing against
 *	possible	IRR_OTHER, HELD or HELD_COVER; nothing against: route objects outlive what they speak of. Or VRP_OTHER
 *			or IRR_OTHER, and of what speaks against only THIRD_OWN and those from NEIGHBOUR on. Or anything
 *			surer while the evidence lacks what could speak against it: the days before, route objects,
 *			relations, the organisations of O and the holder
 * Anything else is none; what was there before the window is no event of it, and a single address is none: it is
 * black-holed (RFC 7999), and who triggers that announces it in its own name at times. Of an AS_SET nobody is accused.
 * ARRANGED and STRANGER are asked only of what would be surer than possible.
 */
#ifndef METRIC_MISORIGIN_H
#define METRIC_MISORIGIN_H

#include "metric/history.h"
#include "world/world.h"

#define MISORIGIN_LIST(X)                                                                                   \
	X(MIS_VRP_OTHER, "vrp-of-another", "the VRPs that cover it are of others")                          \
	X(MIS_IRR_OTHER, "irr-of-another", "the authoritative route objects that cover it are of others")   \
	X(MIS_THIRD_OTHER, "third-party-irr-of-another", "the third-party route objects are of others")     \
	X(MIS_HELD, "held-by-another", "another AS announced it before")                                    \
	X(MIS_HELD_COVER, "covering-held-by-another", "another AS announced what covers it before")         \
	X(MIS_VRP_OWN, "own-vrp", "a VRP that covers it is its own")                                        \
	X(MIS_IRR_OWN, "own-irr", "an authoritative route object is its own")                               \
	X(MIS_THIRD_OWN, "own-third-party-irr", "a third-party route object is its own")                    \
	X(MIS_HISTORY, "own-history", "it announced it before")                                             \
	X(MIS_SIBLING, "sibling", "it is of one organisation with a holder")                                \
	X(MIS_NEIGHBOUR, "customer-or-provider", "it is customer or provider of a holder")                  \
	X(MIS_BESIDE, "beside-a-holder", "a holder passed it on, or stood beside it before")                \
	X(MIS_ARRANGED, "announces-for-others", "it has VRPs inside the signed space of several others")    \
	X(MIS_STRANGER, "by-a-stranger", "who passed it on was never seen beside it")

enum misorigin_says {
#define X(id, word, text) id,
	MISORIGIN_LIST(X)
#undef X
	MIS_N
};
#define MIS_AGAINST MIS_VRP_OWN	/* from here on: against it */
const char *misorigin_word(enum misorigin_says s);
const char *misorigin_text(enum misorigin_says s);

enum misorigin_class { MISORIGIN_NONE, MISORIGIN_POSSIBLE, MISORIGIN_PROBABLE, MISORIGIN_STRONG };
const char *misorigin_class_word(enum misorigin_class c);

struct misorigin {
	enum misorigin_class class;
	uint32_t says;		/* bits of enum misorigin_says */
	uint32_t holder;	/* one of those that hold it, the smallest ASN; 0: none is known */
};
/* h: sealed; NULL: there are no days before. origin is not ORIGIN_NONE. next: who stands beside it on the path, towards the
 * collector; 0: nobody. */
struct misorigin misorigin_judge(const struct world *w, const struct history *h, const struct prefix *p, uint32_t origin,
    uint32_t next);

#endif
