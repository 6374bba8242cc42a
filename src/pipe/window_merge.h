/*
 * window_merge: what the two halves of the second reading share: window.c chooses files and rounds off, window_merge.c
 * merges them. Nobody else includes it.
 */
#ifndef PIPE_WINDOW_MERGE_H
#define PIPE_WINDOW_MERGE_H

#include "pipe/window_int.h"
#include "pipe/window_once.h"

struct lane {			/* an open file */
	struct reader *r;
	uint32_t file;		/* into files: the order of events with the same time */
};

struct hole { struct coverage_span s; uint32_t collector; };	/* a gap that the timeline is still to be told */

struct merge {
	const struct world *w;
	const struct window_params *p;
	struct window *x;
	bool idle;				/* nothing is read: see window_params.scores_only */
	struct offence_judge judge;
	struct history history;
	struct timeline *t;
	const struct coverage_file **files;	/* to be read, by (first_s, digest) */
	size_t n_files, next, n_done;
	struct lane *lanes;			/* by file */
	size_t n_lanes, cap_lanes;
	uint32_t *open_of;			/* per collector: update files that are open */
	struct once once;
	struct hole *holes;			/* by their ends */
	size_t n_holes, cap_holes, next_hole;
	uint64_t n_events;
	const struct input *bad;		/* the input that an error is about */
	int err_no;
};

/* The gaps of the window, for the timeline. */
void merge_holes(struct merge *m);
/* All files of m, from their first event to their last. */
NODISCARD enum err merge_run(struct merge *m);
void merge_stop(struct merge *m);	/* what is still open, after an error */

#endif
