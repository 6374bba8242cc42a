/*
 * window_int: one file on its second reading: a thread of its own decodes and judges, and is read from in order.
 * Shared by pipe/window*.c.
 */
#ifndef PIPE_WINDOW_INT_H
#define PIPE_WINDOW_INT_H

#include "pipe/coverage.h"
#include "pipe/window.h"

enum event_kind { EVENT_ANNOUNCE, EVENT_WITHDRAW, EVENT_DOWN, EVENT_UP, EVENT_TABLE_BEGIN, EVENT_TABLE_ROUTE,
	EVENT_TABLE_END };

struct event {
	int64_t order_us;	/* the latest time of a record so far: never falls within a file */
	int64_t us;		/* its own; of a table's route when it was received, or 0 */
	uint64_t hash;		/* of all that it says, for telling it from others of the same order_us */
	struct prefix prefix;
	uint8_t kind, n_of;
	uint32_t vp, path_id;
	uint32_t first_of;	/* into the batch's offences */
	uint32_t first_hop, n_hops;	/* of its path, when ways are asked for and it offends */
};

struct reader;
/* begin: of what was seen. A route that a table has had since before is nobody's misorigination or leak in this window. */
struct reader *reader_new(const struct coverage *c, const struct coverage_file *f, const struct offence_judge *judge,
    struct utc begin, bool ways);
/* The next event, and its offences; NULL at the end or on an error. Borrowed until reader_skip. Waits for the thread. */
const struct event *reader_peek(struct reader *r, const struct offence **of);
void reader_skip(struct reader *r);
const uint32_t *reader_hops(const struct reader *r, const struct event *e);	/* of the event that was peeked at; n_hops */
const uint8_t *reader_covers(const struct reader *r);	/* at EVENT_TABLE_END: as timeline_table_end wants it */
/* Stops it, wherever it is, and frees. done: it was read to its end, so the file must be the same as the first time:
 * else ERR_CONTRADICT. */
NODISCARD enum err reader_free(struct reader *r, bool done, int *err_no);

/* window_history.c: what the tables before tell. */
NODISCARD enum err history_read(struct history *h, const struct input *in, int *err_no);

#endif
