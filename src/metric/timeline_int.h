/*
 * timeline_int: what the files of the timeline share; nobody else includes it.
 */
#ifndef METRIC_TIMELINE_INT_H
#define METRIC_TIMELINE_INT_H

#include "base/map.h"
#include "metric/timeline.h"

#define US 1000000
#define NEVER INT64_MIN
#define TL_WAY_LEFT (MAP_NONE - 1)	/* there is a path, and no room for it */

struct tl_kind {		/* (class, prefix, origin, culprit, accomplice), each once */
	struct prefix prefix;
	struct offence of;	/* detail: the largest so far */
};

struct tl_closed { struct timeline_interval i; uint32_t kind; };

struct tl_row {			/* a key that offends, or once did */
	struct timeline_key key;
	uint32_t head;		/* open intervals, at most one of a class; MAP_NONE ends */
	int64_t changed_us;	/* by a message */
	int64_t ended_us;	/* the last one that was closed */
};

struct tl_open {
	uint32_t row, next;		/* next: of the row, or of the free ones */
	uint32_t vp_prev, vp_next;	/* of the vantage point */
	uint32_t kind;
	uint32_t table;			/* number of the last table that shows it */
	int64_t from_us;
	int64_t seen_us;		/* last told */
	int64_t lost_us;		/* suspended since, or NEVER */
	int64_t proof_us;		/* where the first gap since seen_us began, or NEVER */
	uint8_t began;
	uint32_t way;			/* its hops, or MAP_NONE, or TL_WAY_LEFT */
	int64_t way_us;			/* since when */
};

struct tl_vp {
	int64_t clock_us, up_us;	/* up_us: when the session was last back; NEVER while it is away */
	bool away;
	uint32_t head;			/* its open intervals */
};

struct timeline {
	struct timeline_params p;
	struct tl_vp *vps;
	size_t n_vps, cap_vps;
	struct tl_kind *kinds;
	size_t n_kinds, cap_kinds;
	struct map by_kind;
	struct tl_row *rows;
	size_t n_rows, cap_rows;
	struct map by_row;
	struct tl_open *opens;
	size_t n_opens, cap_opens;
	uint32_t free;
	struct tl_closed *closed;
	size_t n_closed, cap_closed;
	const uint32_t *path;		/* of what is told next, or NULL */
	size_t n_path;
	uint32_t *hops;			/* of all ways: how many, then these */
	size_t n_hops, cap_hops;
	struct map by_hops;
	struct timeline_way *ways;
	size_t n_ways, cap_ways;
	bool ways_cut;
	uint64_t ways_left;
	uint32_t table;			/* number of the table at hand, from 1 */
	int64_t table_us;
	enum err err;			/* sticks */
};

/* timeline.c: end an open interval; it is freed. */
void timeline_close(struct timeline *t, uint32_t id, int64_t us, enum timeline_ended why);

/* timeline_way.c: the hops of the path at hand that are asked for; MAP_NONE when it is not known. */
uint32_t timeline_way_of(struct timeline *t, const struct offence *of);
/* An open interval goes on, told at us by the path at hand; its lost_us and proof_us are still those before. last_us: up
 * to when the path before is known, when neither says so. */
void timeline_way_turn(struct timeline *t, struct tl_open *o, int64_t us, int64_t last_us);
void timeline_way_end(struct timeline *t, const struct tl_open *o, int64_t us);
/* Into the result, by the rank of their kinds; offences are in it, kind[i] is that of the i-th. */
void timeline_ways_finish(struct timeline *t, const uint32_t *kind, struct timeline_result *r);

#endif
