/*
 * makers: threads that make the answers that are not kept, so that those who talk to strangers never wait: for the archive
 * while a month is committed, or for a page that takes long.
 */
#ifndef SERVE_MAKERS_H
#define SERVE_MAKERS_H

#include "base/err.h"
#include "base/limits.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct job { struct job *next; };	/* first member of what is to be made; the caller's until it is done */

struct makers {
	void (*make)(void *arg, struct job *j, bool stopping);	/* stopping: say so, and make nothing */
	void *arg;
	pthread_t thread[SERVE_MAKERS];
	size_t n;
	pthread_mutex_t lock;		/* over what follows */
	pthread_cond_t wake;
	struct job *first, **last;
	size_t waiting;
	bool stop;
};

/* ERR_IO: no threads can be had. */
NODISCARD enum err makers_start(struct makers *m, void (*make)(void *arg, struct job *j, bool stopping), void *arg);
/* Is there room for one more? Who asks may be overtaken, by no more than there are who ask. */
bool makers_room(struct makers *m);
void makers_add(struct makers *m, struct job *j);
void makers_stop(struct makers *m);	/* every job was given to make; fine when not started */

#endif
