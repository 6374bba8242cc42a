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
 *		REGISTERED	the registries have P and O as one holder's (world/holders.h)
 *	doubt	LONG		longer than what the Internet carries, /24 and /48: black-holed (RFC 7999), or meant for few
 *		BLACKHOLE	it is marked with 65535:666: who triggers black holes announces them in its own name at times
 *		LACKS		evidence that could speak against it is not at hand (metric/excuse.h): that, the days before,
 *				or what O or the holder is of
 *		ALONE		it stands alone: O announced no space of MISORIGIN_HOLDERS holders in that window that are
 *				nothing to each other (metric/burst.h). One other's space siblings announce, and a mitigation
 *				service whose first customer this is, of whom no evidence knows: nothing tells them from a hijack
 *
 * Classes:
 *	strong		VRP_OTHER, and HELD or HELD_COVER; nothing against
 *	probable	VRP_OTHER; nothing against
 *	possible	IRR_OTHER, HELD or HELD_COVER; nothing against: route objects outlive what they speak of. Or VRP_OTHER
 *			or IRR_OTHER, and of what speaks against only THIRD_OWN and those from NEIGHBOUR to STRANGER. Or
 *			anything surer that is in doubt
 * Anything else is none; what was there before the window is no event of it, and a single address is none: it is
 * black-holed, whatever it is marked with. Of an AS_SET nobody is accused.
 * ARRANGED, STRANGER and what is in doubt are asked only of what would be surer than possible.
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
	X(MIS_STRANGER, "by-a-stranger", "who passed it on was never seen beside it")                       \
	X(MIS_REGISTERED, "registered-to-it", "the registries have prefix and ASN as one holder's")         \
	X(MIS_LONG, "too-long", "longer than what the Internet carries")                                    \
	X(MIS_BLACKHOLE, "black-holed", "marked to be black-holed")                                         \
	X(MIS_LACKS, "evidence-missing", "evidence that could speak for it is not at hand")                 \
	X(MIS_ALONE, "stands-alone", "it announced no space of three others who are nothing to each other")

enum misorigin_says {
#define X(id, word, text) id,
	MISORIGIN_LIST(X)
#undef X
	MIS_N
};
#define MIS_AGAINST MIS_VRP_OWN	/* from here on: against it */
#define MIS_DOUBT MIS_LONG	/* from here on: it can be no more than possible */
#define MISORIGIN_HOLDERS 3u	/* several: two may be siblings' siblings, or a service's first two customers */
const char *misorigin_word(enum misorigin_says s);
const char *misorigin_text(enum misorigin_says s);

enum misorigin_class { MISORIGIN_NONE, MISORIGIN_POSSIBLE, MISORIGIN_PROBABLE, MISORIGIN_STRONG };
const char *misorigin_class_word(enum misorigin_class c);

struct misorigin {
	enum misorigin_class class;
	uint32_t says;		/* bits of enum misorigin_says */
	uint32_t holder;	/* one of those that hold it, the smallest ASN; 0: none is known */
};
struct misorigin_ask {
	const struct world *w;		/* sealed */
	const struct history *h;	/* sealed; NULL: there are no days before */
	uint32_t at_hand;		/* bits of enum evidence: excuses_at_hand() */
	uint32_t origin;		/* not ORIGIN_NONE */
	uint32_t next;			/* who stands beside it on the path, towards the collector; 0: nobody */
};
/* All but BLACKHOLE and ALONE, which are not in the evidence of one announcement alone: misorigin_doubt. */
struct misorigin misorigin_judge(const struct misorigin_ask *a, const struct prefix *p);
/* It is in doubt for that, too. */
void misorigin_doubt(struct misorigin *m, enum misorigin_says s);
/* Is the prefix longer than what the Internet carries (RFC 7454 section 6.1.3)? */
bool misorigin_long(const struct prefix *p);

#endif
