/*
 * coverage: who listened where, and when. Files say which sessions they hold; files that share a session are of one
 * collector. So neither names nor folders count. A session is (local AS, peer AS, peer address); a table, which does not
 * name the local AS, is of the collector whose sessions it shares the most.
 *
 * A gap is a time in which a collector did not listen:
 *	silence		no update of any peer for longer than WINDOW_SILENCE_S and than WINDOW_SILENCE_TIMES times its
 *			average distance between messages, but no longer than WINDOW_SILENCE_MAX_S
 *	missing file	from WINDOW_CADENCE_FILES files on the median distance of their beginnings is the cadence; where
 *			the next one begins one and a half of it later or more, the time from the last message before
 *			to its first
 */
#ifndef PIPE_COVERAGE_H
#define PIPE_COVERAGE_H

#include "metric/watch.h"

/* Of the inputs of w, loaded with load_params.traffic, that were used and begin before `before`. */
void coverage_make(struct coverage *c, const struct world *w, struct utc before);
void coverage_release(struct coverage *c);

/* The vantage point of a session. local_as 0: of a peer in a table of that collector. MAP_NONE: there is none. */
uint32_t coverage_vp(const struct coverage *c, uint32_t collector, uint32_t local_as, uint32_t asn,
    const struct addr *addr);
/* What of [from, to) a collector did not see, ascending, into *gap (free it); returns how many. Ends that are nearer
 * than the silence limit count as seen. */
size_t coverage_gaps(const struct coverage_collector *c, int64_t from_s, int64_t to_s, struct coverage_span **gap);
/* Seconds of [from, to) that some collector saw. */
uint64_t coverage_seen(const struct coverage *c, int64_t from_s, int64_t to_s);

#endif
