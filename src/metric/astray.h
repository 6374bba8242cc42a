/*
 * astray: how much address space would have followed the incidents of a window (metric/watch.h) through a network.
 *
 *	incident	of metric/timeline.h, one that stood: enough vantage points had it at once
 *	through it	the network is the culprit, or on the path by which the route came from the culprit to a vantage
 *			point; while it is on one of these paths and the incident stands
 *	role		culprit: it did it. accomplice: the next one, which took it from the culprit. beyond: it took it from
 *			somebody else. Of several the first of these
 *	space		what the route's prefix covers, less what more specific routes take from it. A network on the path has
 *			chosen this route, so what it forwards there follows it
 *	attracting	of that space what the route wins at everybody who hears it: no other route has the same prefix, so by
 *			longest match it is the more specific one, or the only one
 *	space-time	space times the time that it was so
 *
 * Others' routes, for both: those of the tables and updates that count (world/routes.h, visible) and are in no incident
 * that stood. Where an incident is about the path (leak, *-asn) its route is another all the same, if a vantage point has
 * it by a path without the culprit.
 *
 * Space is counted in blocks, IPv4 in /24 and IPv6 in /48, each once however many routes cover it; a longer prefix counts
 * as the block that it lies in, and a block is taken by another route only when that covers it whole. Space-time is in
 * block-seconds: each block is counted for as long as any of the routes stood.
 *
 * Every kind of incident stands alone, and so does each class of confidence: they are never added up.
 */
#ifndef METRIC_ASTRAY_H
#define METRIC_ASTRAY_H

#include "metric/facts.h"
#include "metric/scored.h"

/* X(id, class, sureness, word, confidence, text) The order of every table: what is somebody's doing first, and in each class
 * the surest. */
#define ASTRAY_LIST(X)                                                                                               \
	X(ASTRAY_LEAK_PROVEN, OFF_LEAK, LEAK_PROVEN, "leak", "proven", "proven leak")                                 \
	X(ASTRAY_LEAK_PROBABLE, OFF_LEAK, LEAK_PROBABLE, "leak", "probable", "probable leak")                         \
	X(ASTRAY_LEAK_POSSIBLE, OFF_LEAK, LEAK_POSSIBLE, "leak", "possible", "possible leak")                         \
	X(ASTRAY_MIS_STRONG, OFF_MISORIGIN, MISORIGIN_STRONG, "misorigination", "strong", "strong misorigination")    \
	X(ASTRAY_MIS_PROBABLE, OFF_MISORIGIN, MISORIGIN_PROBABLE, "misorigination", "probable",                       \
	    "probable misorigination")                                                                                \
	X(ASTRAY_MIS_POSSIBLE, OFF_MISORIGIN, MISORIGIN_POSSIBLE, "misorigination", "possible",                       \
	    "possible misorigination")                                                                                \
	X(ASTRAY_INVALID, OFF_INVALID, 0, "rpki-invalid", "fact", "RPKI-invalid")                                     \
	X(ASTRAY_BOGON_PREFIX, OFF_BOGON_PREFIX, 0, "bogon-prefix", "fact", "special-purpose prefix")                 \
	X(ASTRAY_BOGON_ASN, OFF_BOGON_ASN, 0, "bogon-asn", "fact", "special-purpose ASN")                             \
	X(ASTRAY_ADMIN_PREFIX, OFF_ADMIN_PREFIX, 0, "admin-prefix", "fact", "prefix that nobody holds")               \
	X(ASTRAY_ADMIN_ASN, OFF_ADMIN_ASN, 0, "admin-asn", "fact", "ASN that nobody holds")

enum astray_kind {
#define X(id, class, sure, word, confidence, text) id,
	ASTRAY_LIST(X)
#undef X
	ASTRAY_N
};
enum offence_class astray_class(enum astray_kind k);
const char *astray_word(enum astray_kind k);		/* that of the class */
const char *astray_confidence(enum astray_kind k);	/* "fact": by definition, given the registries and the VRPs */
const char *astray_text(enum astray_kind k);		/* for people */
enum astray_kind astray_kind_of(const struct offence *of);

enum astray_role { ASTRAY_CULPRIT, ASTRAY_ACCOMPLICE, ASTRAY_BEYOND, ASTRAY_ROLES };
const char *astray_role_word(enum astray_role r);	/* "culprit" ... */

#define ASTRAY_BLOCK_S_MAX ((UINT64_C(1) << 53) - 1)	/* block-seconds that are more are this: JSON readers keep it exact */

struct astray_row {		/* of one kind and family, through one network; only where there was an incident */
	enum astray_kind kind;
	uint8_t family;
	uint32_t n_vps;		/* vantage points that had one through it */
	uint64_t incidents[ASTRAY_ROLES];
	uint64_t blocks, attracting;	/* distinct space; the second is of the first */
	uint64_t block_s, attracting_s;	/* the same with time */
	uint64_t seconds;	/* during which there was any */
};
struct astray {			/* ordered by (kind, family) */
	const struct astray_row *rows;
	size_t n;
};

/* What all networks have in common. */
struct astray_ground {
	const struct facts *f;
	const struct scored *s;
	const char *why[ASTRAY_N];	/* why nothing can be told of a kind; NULL when it can */
	const char *partial;		/* why none is no answer, while what was found was there; or NULL */
	uint64_t incidents[ASTRAY_N][FAMILY_N];	/* that stood, whoever carried them */
	uint64_t *other;		/* owned: bits by route: it is another's */
};
/* Both outlive it. s: of a window with ways. */
struct astray_ground *astray_ground_new(const struct facts *f, const struct scored *s);
void astray_ground_free(struct astray_ground *g);
/* Nothing can be told of any kind: why; else NULL. */
const char *astray_none_why(const struct astray_ground *g);

/* For each of n networks, which are distinct, and behind them for all those together that are counted[]. ERR_LIMIT past
 * ASTRAY_CELLS_MAX: then out is not written. */
NODISCARD enum err astray_compute(const struct astray_ground *g, const uint32_t *asn, const bool *counted, size_t n,
    struct arena *a, struct astray *out);

#endif
