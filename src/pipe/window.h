/*
 * window: the second reading. The first (load.h, with load_params.traffic) has made the world that announcements are
 * judged by, and noted what each file of routes holds; this one streams tables and updates in the order of time
 * through the judge into a timeline.
 *
 * Files are merged by their times: one is opened when the time of its first message has come and closed when it ends,
 * so memory does not grow with their number or length. Of files that overlap, messages of one vantage point with
 * the same time and content are one message: each counts as often as the file has it that has it most often.
 * Neither names nor order nor threads can show.
 *
 * Tables: the last one of each collector before the window (WINDOW_SEED_S), and all in it. Those of WINDOW_HISTORY_S
 * before are what was usual.
 */
#ifndef PIPE_WINDOW_H
#define PIPE_WINDOW_H

#include "metric/watch.h"

struct window_params {
	struct utc from, to;		/* UTC_NONE: the calendar month of the newest update */
	uint32_t visibility, bogon_visibility;
	enum timeline_ways ways;	/* by whom offending routes came (metric/timeline.h): what is noted of it */
	bool scores_only;		/* only the scores are wanted: nothing is read when there will be none
					 * (metric/scored.h, scored_grounds), and there are no incidents then */
	uint32_t threads;		/* files that are opened ahead of their time; never shows */
	/* Now and then: time reached, and of how many files how many are done. NULL: nobody wants to know. */
	void (*progress)(void *arg, struct utc at, size_t done, size_t all);
	void *progress_arg;
};
void window_params_init(struct window_params *p);

/* w: loaded with load_params.traffic. ERR_UNKNOWN: there are no updates; ERR_RANGE: none in the window. On an error, why
 * says what and where, for people, and out is not to be used. */
NODISCARD enum err window_run(const struct world *w, const struct window_params *p, struct window *out, char *why,
    size_t why_size);
void window_release(struct window *x);

/* The calendar month that holds t. */
void window_month(struct utc t, struct utc *from, struct utc *to);

#endif
