/*
 * keeper: the thread that looks whether something was archived. It makes the next view and, before anybody sees it, the
 * answers anew that were asked for again and again: until then the old ones are given, and nobody waits.
 */
#ifndef SERVE_KEEPER_H
#define SERVE_KEEPER_H

#include "serve/respond.h"

struct keeper {
	struct shelf *shelf;
	struct cache *cache;
	const struct responder *responder;
	pthread_t thread;
	pthread_mutex_t lock;		/* over stop */
	pthread_cond_t wake;
	bool runs, stop;
};

/* From here on requests take the view there is; ERR_IO: no thread can be had. */
NODISCARD enum err keeper_start(struct keeper *k, const struct responder *r);
void keeper_stop(struct keeper *k);	/* fine when it was not started */
/* One look, as the thread does it; true: there is a new view. */
bool keeper_look(struct keeper *k);

#endif
