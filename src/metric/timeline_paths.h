/*
 * timeline_paths: the AS paths by which an incident was seen, as a table, and which of them each interval had when.
 *
 * A path is its ASes, nearest the collector first, each once in a row, up to a set. They are in the order of how many
 * vantage points had them at any time, most first, then of how long, all sightings together, longest first, then by their
 * ASes. Of one incident INCIDENT_PATHS_MAX are kept.
 */
#ifndef METRIC_TIMELINE_PATHS_H
#define METRIC_TIMELINE_PATHS_H

#include "metric/timeline.h"

#define PATH_NONE UINT32_MAX	/* of a turn: by which path is not known, or that path was left out */

struct path_list { const uint32_t *as; uint32_t n; };	/* n > 0 */
struct path_turn { int64_t at_us; uint32_t path; };	/* from then on by this path, an index */

struct incident_paths {
	struct path_list *paths;
	size_t n_paths;
	uint64_t left_out;		/* paths that it had besides */
	/* Turns of interval i are first[i] to first[i + 1]: at least one, the first when the interval begins, each with
	 * another path than the one before, the last of them until the interval ends. Intervals in the order of the
	 * incident's offences. */
	uint32_t *first;
	struct path_turn *turns;
	size_t n_seen;			/* intervals */
};

struct path_sighting { int64_t to_us; uint32_t vp; };	/* of an interval: where, and when it ended */
/* Put the paths in their order and keep max of them; paths are all different. seen: of each interval. */
void incident_paths_settle(struct incident_paths *p, const struct path_sighting *seen, size_t max);
/* How many vantage points had each path, and for how long in all. n has room for n_paths. */
struct path_count { uint64_t us; uint32_t n_vps; };
void incident_paths_count(const struct incident_paths *p, const struct path_sighting *seen, struct path_count *n);
/* In the order above? Below 0: a comes first. */
int incident_paths_cmp(const struct path_list *a, const struct path_count *na, const struct path_list *b,
    const struct path_count *nb);
int path_list_cmp(const struct path_list *a, const struct path_list *b);
/* Where the AS stands in a path first, from the collector; n when it is not on it. */
size_t path_list_find(const struct path_list *p, uint32_t as);

/* Those of one incident after the other, of a window whose ways are WAYS_WHOLE. */
struct paths_maker;
struct paths_maker *paths_maker_new(const struct timeline_result *r, size_t max);	/* r is borrowed */
void paths_maker_free(struct paths_maker *m);				/* NULL-safe */
/* Until the next one. */
const struct incident_paths *paths_maker_of(struct paths_maker *m, const struct timeline_incident *x);

#endif
