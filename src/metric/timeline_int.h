/*
 * timeline_int: what the files of the timeline share; nobody else includes it.
 */
#ifndef METRIC_TIMELINE_INT_H
#define METRIC_TIMELINE_INT_H

#include "base/map.h"
#include "metric/timeline.h"

#define US 1000000
#define NEVER INT64_MIN

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
	uint32_t table;			/* number of the table at hand, from 1 */
	int64_t table_us;
	enum err err;			/* sticks */
};

/* timeline.c: end an open interval; it is freed. */
void timeline_close(struct timeline *t, uint32_t id, int64_t us, enum timeline_ended why);

#endif
