/*
 * guard: how long a connection may take. The library knows only of silence, which a stranger breaks with a byte now
 * and then; here is a deadline for a whole request, and one for its answer to be taken.
 */
#ifndef SERVE_GUARD_H
#define SERVE_GUARD_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct guarded {
	struct guarded *next, *before;
	int fd;				/* the library's: valid as long as it is in the list */
	bool busy;			/* a whole request came, its answer was not taken yet */
	int64_t since;			/* seconds */
	int64_t more;			/* seconds that this answer may take beyond what others may */
};

struct guard {
	pthread_mutex_t lock;
	struct guarded list;		/* a ring: head */
	uint64_t open, busy, cut;	/* now, now, ever */
	int64_t now;			/* as guard_tick was told last */
};

void guard_init(struct guard *g);
void guard_release(struct guard *g);
struct guarded *guard_enter(struct guard *g, int fd);
void guard_leave(struct guard *g, struct guarded *c);	/* before its socket is closed; NULL-safe */
void guard_busy(struct guard *g, struct guarded *c);
void guard_allow(struct guard *g, struct guarded *c, int64_t seconds);	/* more for the answer at hand; c NULL-safe */
void guard_idle(struct guard *g, struct guarded *c);
/* The time, in seconds of any clock that never goes back: cut what is overdue. */
void guard_tick(struct guard *g, int64_t now, int64_t head_s, int64_t answer_s);
uint64_t guard_is_busy(struct guard *g);

#endif
