/*
 * exposure: the networks that the routes of one origin depend on, as the vantage points see them.
 *
 * Share: AS hegemony of the local graph of an origin (Fontugne, Shah, Aben: "The (thin) bridges of AS
 * connectivity: measuring dependency using AS hegemony", PAM 2018). For each address family:
 *
 *   1. A vantage point counts when it is full-feed (world/routes.h), peers with a collector by a table, and is
 *      not in the origin's own AS, which reaches itself through nobody.
 *   2. A path counts when it is of a route of the origin that counts (routes.h: visible) and leads to the origin
 *      without an AS_SET. It is cut behind the first time that the origin stands in it (what follows is path
 *      poisoning or a prepend); an AS counts once on a path. The vantage point's own AS is on its paths, as in the
 *      paper; that is the bias that step 5 removes.
 *   3. IPv4: a path weighs the addresses that the vantage point sends along it: those of the prefix, less those of
 *      more specific prefixes that this vantage point has, whoever announces them. IPv6: each prefix weighs 1, as
 *      in the program of the paper's authors. Several different paths of one vantage point for one prefix (from
 *      updates in the window, or ADD-PATH) share its weight evenly.
 *   4. Per vantage point the betweenness of an AS is the weight of the paths through it over the weight of all;
 *      vantage points of one AS are averaged, so that a network with many sessions is one view. Those that carry
 *      none of the routes are no view.
 *   5. Of n views, sorted by that value, the lowest floor(n / 10) and the highest floor(n / 10) are dropped
 *      (alpha = 0.1), and the mean of the others is the share.
 *
 * Arithmetic in integers: weights are scaled by 2^24 and shared rounding down; betweenness and its average per AS
 * are in billionths, rounded down; the share is in millionths, rounded to the nearest, a half up.
 *
 * For a prefix: the same over the routes of one origin that cover it, equal it or lie in it, where only addresses
 * in the prefix have weight: a covering route weighs what no more specific one takes from it; in IPv6 it weighs 1,
 * or 0 at a vantage point that has the prefix itself or a nearer covering one.
 */
#ifndef METRIC_EXPOSURE_H
#define METRIC_EXPOSURE_H

#include "metric/astray.h"

#define EXPOSURE_TRIM 10u	/* views dropped at each end: one of so many */
#define EXPOSURE_KEPT 10u	/* single-homed prefixes, and routes of others in the own space, that are listed */
#define EXPOSURE_NONE UINT32_MAX
/* Networks with vantage points that must see a route before it is called single-homed: who looks from one place
 * sees one path, whatever there is. The same number as makes a route count (routes.h). */
#define EXPOSURE_HOMING_VIEWS 5u

/* VRPs that are further than this from the oldest or the newest of the tables and updates convict nobody: who
 * signed in the meantime made no route invalid that was there before. The age that packs allow (packs/). */
#define EXPOSURE_VRP_DAYS 31u

/* What the routes that an AS passed on may be, of those of any origin that at least bogon_visibility_min
 * full-feed vantage points carry. A route may be several. */
enum exposure_offence {
	OFFENCE_INVALID,	/* RPKI-invalid (RFC 6811) */
	OFFENCE_BOGON,		/* a special-purpose prefix or origin */
	OFFENCE_OWN		/* another origin's route for or within a prefix of the subject, of another organisation,
				 * and not RPKI-valid */
};
#define OFFENCE_N (OFFENCE_OWN + 1)

/* Address space of a set of routes, what several cover counted once: IPv4 in /24, IPv6 in /48; a longer prefix
 * counts as the one it lies in. */
struct exposure_space {
	uint64_t routes;
	uint64_t blocks[FAMILY_N];
};

/* How a subject's routes stand to the prefix asked for; for an AS all are SELF. */
enum exposure_place { PLACE_SELF, PLACE_COVERING, PLACE_WITHIN };
#define PLACE_N (PLACE_WITHIN + 1)

enum homing {
	HOMING_UNSEEN,		/* no path shows a neighbour */
	HOMING_SINGLE,		/* all paths of all vantage points pass one neighbour */
	HOMING_DIRECT,		/* the same, but for neighbours that only their own vantage points show */
	HOMING_FEW,		/* either of these, but seen from fewer than EXPOSURE_HOMING_VIEWS networks */
	HOMING_MULTI
};
const char *homing_word(enum homing h);		/* "unseen", "single", "single-but-direct", "too-few-views", "multi" */

struct exposure_prefix {	/* a single-homed route */
	struct prefix prefix;
	enum homing homing;
	uint32_t neighbour;	/* the one that it passes */
	uint32_t n_vps;		/* vantage points that carry it, of any feed */
};

struct exposure_node {		/* of the tree of chains, in pre-order, larger shares first; 0 is the origin */
	uint32_t asn, parent;	/* parent: index; EXPOSURE_NONE for the origin */
	uint32_t depth;		/* ASes from the origin */
	uint32_t mean_ppm;	/* weight of the paths through this chain, mean over all views, nothing trimmed */
	uint32_t n_vps;		/* full-feed vantage points */
	uint64_t n_paths;
	bool last;		/* of its parent's children, those left out counted */
	uint32_t n_cut, cut_ppm;	/* chains that go on but are left out, for each is below the least share */
};

struct exposure_view {		/* one address family */
	enum metric_state state;
	const char *why;	/* unless METRIC_OK */
	uint32_t n_routes[PLACE_N];	/* of the origin, that count */
	uint32_t n_invisible;	/* of the origin, that too few carry */
	uint32_t n_full, n_full_all;	/* full-feed vantage points that carry one, and all there are */
	uint32_t n_networks;	/* of these, full-feed or not: the ASes that they are in */
	uint32_t n_partial;	/* others with paths of these routes: they speak for single-homing only */
	uint32_t n_own;		/* vantage points in the origin's AS, left out */
	uint32_t n_views, n_trimmed;	/* ASes of the full-feed ones; how many were dropped at each end */
	uint64_t n_paths;	/* of a vantage point for a prefix, full-feed */
	uint64_t n_paths_any;	/* ... and of all */
	uint64_t n_unplaced;	/* left out: an AS_SET on the way */
	uint64_t weight;	/* addresses of the routes, what several cover counted once; IPv6: routes */
	enum homing homing;	/* of all these routes together */
	uint32_t neighbour;	/* the only one; when SINGLE or DIRECT */
	uint32_t n_neighbours, n_direct;	/* next to the origin; those of them that only they themselves show */
	uint32_t n_single, n_few;	/* routes that are SINGLE or DIRECT, that are FEW */
	const struct exposure_prefix *single;	/* the first EXPOSURE_KEPT, by prefix */
	const struct exposure_node *nodes;
	size_t n_nodes;
};

struct exposure_as {
	uint32_t asn;
	uint32_t hops;			/* the least from the origin */
	enum as_relation relation;	/* what it is to the origin, by the AS relationships, when next to it */
	struct {
		uint32_t share_ppm, mean_ppm;	/* AS hegemony; the mean without trimming */
		uint32_t n_vps;			/* full-feed vantage points with a path through it */
		uint64_t n_paths;		/* theirs through it */
		bool every;			/* it is on every path of every vantage point, of any feed */
		bool at_end;			/* only vantage points of its own show it: it passes nothing on to others,
						 * as far as is seen */
	} of[FAMILY_N];
	uint64_t n_passed;		/* routes that it passed on: the population of carried */
	struct exposure_space carried[OFFENCE_N];
	struct astray astray;		/* the incidents of a window that went through it: exposure_astray */
};

struct exposure_foreign {	/* another's route in the own space */
	struct prefix prefix;
	uint32_t origin;
	enum rov rov;
	uint32_t n_vps;
};

struct exposure {
	uint32_t origin;
	bool has_within;
	struct prefix within;		/* only these addresses */
	struct exposure_view view[FAMILY_N];
	struct exposure_as *ases;	/* with at least the least share in a family; the larger share first, of equals the
				 * nearer one */
	size_t n_ases, n_ases_cut;
	const char *carried_why[OFFENCE_N];	/* why it could not be counted; NULL when it was */
	struct utc paths_from, paths_to;	/* of the tables and updates; UTC_NONE when one of them has no date */
	bool siblings_known;		/* whether the ASNs of the same organisation are told */
	bool rov_known;			/* else OFFENCE_OWN has no VRPs that could clear a route */
	struct exposure_space own;	/* all OFFENCE_OWN routes, whoever passed them on */
	uint64_t n_own_valid, n_own_sibling;	/* others' routes in the own space that are not held against anyone */
	const struct exposure_foreign *foreign;	/* the first EXPOSURE_KEPT of own */
	size_t n_foreign;
	uint64_t n_offending[OFFENCE_N];	/* such routes in the data, whoever passed them on */
	/* set by exposure_astray: */
	struct astray together;		/* the incidents that went through any of the ASes but those at the end */
	const char *astray_why;		/* why no incident of any kind could be counted; NULL when some could: then why[] of g tells */
};

/* All that out points to is from a. within: NULL for all routes of the origin. An AS or chain is told of from
 * min_ppm on. */
void exposure_compute(const struct facts *f, uint32_t origin, const struct prefix *within, uint32_t min_ppm,
    struct arena *a, struct exposure *out);
/* Whether only vantage points of its own show it, in every family where it is seen: then it looks on, and carries
 * nothing for others as far as is known. */
bool exposure_at_end(const struct exposure *e, const struct exposure_as *a);
/* The incidents of g's window that went through the ASes of e; rows are from a. */
void exposure_astray(const struct astray_ground *g, struct arena *a, struct exposure *e);
/* Attracting space-time weighted by the share of the paths that cross it, in block-seconds, rounded down: of two networks
 * with the same incidents the one that more of the subject's paths cross weighs more. */
uint64_t exposure_weighed(const struct exposure_as *as, const struct astray_row *r);
/* The origins of routes that count and equal, cover or lie in p: those of p itself first, then by how near a
 * covering route is, then the others; in each by ASN. At most cap; returns how many there are. */
size_t exposure_origins(const struct facts *f, const struct prefix *p, uint32_t *origin, size_t cap);

#endif
