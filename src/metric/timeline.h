/*
 * timeline: from what each vantage point was told, when each offending route began and ended. A state machine: it takes
 * judged events and knows of no file, no collector and no clock.
 *
 * State is kept for offending routes only: (vantage point, prefix, path id, class) to an open interval. So memory grows
 * with the offences that were seen, not with the messages or the table.
 *
 *	opens		an announcement that offends, when no interval of its class with the same origin, culprit and
 *			accomplice is open; else that one goes on
 *	closes		a withdrawal; an announcement without that offence, or with another origin, culprit or accomplice
 *	session lost	suspends what is open at that vantage point. Told again within return_s after the session is back,
 *			which was away for away_s at most, it goes on as though nothing had been; else it ended when the
 *			session was lost
 *	a table		shows what is there. An offence in it that is not open opens when its entry says that it was
 *			received, and at the table's moment when that is not known. What is open and not in it, though the
 *			vantage point's table is and nothing changed within slack_s before, had ended unseen: its end is
 *			the last moment that is proven
 *	the window	clips
 *
 * Ways (when asked for): by whom the route came from the culprit to the vantage point, and when. A further announcement of
 * the same offence by another path ends one and begins another while the interval goes on; one way ends where its path
 * was last proven (a lost session, a gap), as intervals do. WAYS_WHOLE: the whole path, the culprit and what is behind it,
 * too; what has no room then is counted, while WAYS_TO_CULPRIT has all or none.
 *
 * Times are microseconds since 1970. A time before one that was already told of the same vantage point counts as that.
 */
#ifndef METRIC_TIMELINE_H
#define METRIC_TIMELINE_H

#include "base/limits.h"
#include "metric/offence.h"

struct timeline;

enum timeline_ways { WAYS_NONE, WAYS_TO_CULPRIT, WAYS_WHOLE };

struct timeline_params {
	int64_t from_us, to_us;		/* the window: [from, to) */
	uint32_t visibility;		/* full-feed vantage points that must carry it at once; default 5 */
	uint32_t bogon_visibility;	/* the same of the four bogon classes; default 1 */
	uint32_t return_s, away_s;	/* defaults TIMELINE_RETURN_S, TIMELINE_AWAY_S */
	uint32_t slack_s;		/* default TIMELINE_SLACK_S */
	enum timeline_ways ways;	/* which are noted; default WAYS_NONE */
};
void timeline_params_init(struct timeline_params *p);

struct timeline *timeline_new(const struct timeline_params *p);
void timeline_free(struct timeline *t);

uint32_t timeline_vp(struct timeline *t);	/* a further vantage point: 0, 1, 2 ... */

struct timeline_key { struct prefix prefix; uint32_t vp, path_id; };	/* path_id: 0 without ADD-PATH */
/* The path of the announcement or the table's entry that is told next: hops as the collector has them, nearest it first,
 * up to a set. Without it that has no way. Borrowed until then. */
void timeline_path(struct timeline *t, const uint32_t *as, size_t n);
/* of: at most one of each class. */
void timeline_announce(struct timeline *t, const struct timeline_key *k, int64_t us, const struct offence *of,
    size_t n);
void timeline_withdraw(struct timeline *t, const struct timeline_key *k, int64_t us);
void timeline_down(struct timeline *t, uint32_t vp, int64_t us);	/* Established is left */
void timeline_up(struct timeline *t, uint32_t vp, int64_t us);		/* and entered */
/* Nobody listened at this vantage point in between. Ends nothing; but what a later table does not show is proven no
 * longer than to from_us. */
void timeline_gap(struct timeline *t, uint32_t vp, int64_t from_us, int64_t to_us);

/* A table: begin, its offending entries, end. received_us: when the entry says so, else 0. covers: per vantage point a
 * bit for each family that the table has entries of. */
void timeline_table_begin(struct timeline *t, int64_t us);
void timeline_table_route(struct timeline *t, const struct timeline_key *k, int64_t received_us,
    const struct offence *of, size_t n);
void timeline_table_end(struct timeline *t, const uint8_t *covers);

enum timeline_began { TL_ANNOUNCED, TL_IN_TABLE, TL_BEFORE };	/* BEFORE: it was there when the window began */
enum timeline_ended { TL_OPEN, TL_WITHDRAWN, TL_REPLACED, TL_SESSION, TL_NOT_IN_TABLE };
/* OPEN: still there when the window, or what was seen of it, ended. */
const char *timeline_began_word(enum timeline_began b);
const char *timeline_ended_word(enum timeline_ended e);

struct timeline_span { int64_t from_us, to_us; };
struct timeline_interval {		/* of one offence at one vantage point */
	int64_t from_us, to_us;
	uint32_t vp, path_id;
	uint8_t began, ended;
};

/* The route came to the vantage point by these ASes, nearest it first, each once in a row; then the culprit, which is one
 * of them with WAYS_WHOLE. hops: for timeline_way_hops; kind: the timeline's. */
struct timeline_way { int64_t from_us, to_us; uint32_t vp, path_id, hops, kind; };

/* Sorted by (class, prefix, origin, culprit, accomplice). */
struct timeline_offence {
	struct prefix prefix;
	struct offence of;
	uint32_t first, n;		/* intervals, by (vp, path id, from) */
	uint32_t first_span, n_spans;	/* accomplice's: it passed the route on to somebody, while the culprit's */
	uint32_t first_way, n_ways;	/* by (vp, path id, from, to, hops) */
};
/* Those of one (class, prefix, origin, culprit). */
struct timeline_incident {
	uint32_t first, n;		/* offences */
	uint32_t first_span, n_spans;	/* seen by at least the visibility at once; none when it never was */
	uint32_t peak;			/* most vantage points at once, of those that count */
	uint32_t n_vps;			/* distinct ones, whether they count or not */
};

struct timeline_vp_info {
	bool full_feed[FAMILY_N];
	int64_t seen_to_us;		/* nothing was heard from its collector after that */
};
struct timeline_result {		/* timeline_result_release it */
	struct timeline_interval *intervals;
	struct timeline_offence *offences;
	struct timeline_incident *incidents;
	struct timeline_span *spans;
	size_t n_intervals, n_offences, n_incidents, n_spans;
	struct timeline_way *ways;
	uint32_t *hops;			/* of ways: how many, then these */
	size_t n_ways;
	bool ways_cut;			/* past TIMELINE_WAYS_MAX or TIMELINE_HOPS_MAX: not all are there ... */
	uint64_t ways_left;		/* ... but for so many; WAYS_TO_CULPRIT: there are none */
	/* how many vantage points an incident of a family needs at once, by class and family: the parameter, or all
	 * there are when fewer; by_full_feed: of full-feed ones. Else which are is not known, and each one counts */
	uint32_t need[OFF_N][FAMILY_N];
	bool by_full_feed[FAMILY_N];
};
/* What was told so far, as intervals. vp: one for each. ERR_LIMIT past TIMELINE_INTERVALS_MAX. t is to be freed. */
NODISCARD enum err timeline_finish(struct timeline *t, const struct timeline_vp_info *vp, struct timeline_result *out);
void timeline_result_release(struct timeline_result *r);
/* How many there are; *as: borrowed from r. */
size_t timeline_way_hops(const struct timeline_result *r, const struct timeline_way *w, const uint32_t **as);

#endif
