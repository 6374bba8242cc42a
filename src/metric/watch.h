/*
 * watch: what pipe/window.h makes of a window: who listened where and when, how much was judged, and the timeline. Plain
 * data, for the reports. How gaps are found is in pipe/coverage.h.
 */
#ifndef METRIC_WATCH_H
#define METRIC_WATCH_H

#include "base/str.h"
#include "metric/timeline.h"

struct coverage_vp {		/* sorted by (asn, addr, local_as, collector) */
	uint32_t asn, local_as;	/* local_as: 0 when only a table names it */
	struct addr addr;
	uint32_t collector;
	bool full_feed[FAMILY_N];
};

struct coverage_span { int64_t from_s, to_s; };

struct coverage_collector {	/* in the order of their first vantage points */
	uint32_t local_as;	/* of its first session; 0 when only tables name it */
	uint32_t n_vps, n_files, n_tables;
	uint64_t messages;
	struct coverage_span *seen;	/* when it listened, ascending, apart; owned */
	size_t n_seen, cap_seen;
	uint64_t silence_s;		/* the limit in force */
	int64_t cadence_s;		/* 0: none is known */
	struct coverage_span *gaps;	/* what of the window it did not see; owned */
	size_t n_gaps;
};

struct coverage_file {		/* by (first_s, digest) */
	const struct input *in;
	uint32_t collector;
};

struct coverage {
	struct coverage_vp *vps;
	struct coverage_collector *collectors;
	struct coverage_file *files;
	size_t n_vps, n_collectors, n_files;
};

struct window_counts {
	uint64_t announced, withdrawn;	/* prefixes in messages, in the window and up to a day before */
	uint64_t offending;		/* of those announced */
	uint64_t repeated;		/* left out: another file had told it */
	uint64_t resets;		/* sessions lost */
	uint32_t tables, history_tables;
	uint32_t seed_tables;		/* of the tables, those that tell how the window began */
	uint64_t history_routes;
};

struct window {
	struct utc from, to;
	struct utc begin;		/* the first update in it, if that is later than from */
	struct coverage coverage;
	struct timeline_result result;
	struct window_counts counts;
	uint32_t classes;		/* bits of enum offence_class: those that were looked for */
	uint64_t seen_s;		/* of the window, by at least one collector */
};

/* Days between the window and the nearest and the farthest of the evidence of that kind, whichever is more: negative when
 * it is from before, 0 when there is none or it is of WATCH_DAYS_MAX days before or after at most. */
#define WATCH_DAYS_MAX 31
int64_t watch_days_off(const struct window *x, const struct world *w, enum evidence e);
/* bits of enum offence_class that rest on evidence of another time: told, but not scored */
uint32_t watch_dated(const struct window *x, const struct world *w);
/* Which evidence that is, by its dates, "vrps of 2025-07-20, 261 days after the window; irr of ...": of all, or of what one
 * class rests on; OFF_N is all. Nothing when there is none. */
void watch_dated_say(struct str *out, const struct window *x, const struct world *w, enum offence_class class);
#define WATCH_DATED_WORDS "judged by evidence of another time"	/* the same wherever it is told */

#endif
