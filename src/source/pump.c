#include "source/pump.h"
#include "base/arena.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct pump {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t moved;		/* one waits at a time: all full and all empty exclude each other */
	enum err (*make)(void *arg, uint8_t *buf, size_t cap, size_t *n);
	void *arg;
	uint8_t *buf[PUMP_BUFFERS];	/* owned */
	size_t len[PUMP_BUFFERS];
	unsigned first, n_full;		/* under lock, as what follows */
	bool borrowed;			/* buf[first] is in the reader's hands */
	bool ended, stop;
	enum err err;			/* what ended it */
};

/* Put what was made in the queue; false when there is no more to make. */
static bool
pump_push(struct pump *p, size_t n, enum err e)
{
	bool more;

	pthread_mutex_lock(&p->lock);
	if (n > 0) {
		p->len[(p->first + p->n_full) % PUMP_BUFFERS] = n;
		p->n_full++;
	}
	if (e != OK || n == 0) {
		p->ended = true;
		p->err = e;
	}
	pthread_cond_signal(&p->moved);
	while (p->n_full == PUMP_BUFFERS && !p->stop)
		pthread_cond_wait(&p->moved, &p->lock);
	more = !p->ended && !p->stop;
	pthread_mutex_unlock(&p->lock);
	return more;
}

static void *
pump_run(void *arg)
{
	struct pump *p = arg;
	unsigned at = 0;	/* the maker's own count: first + n_full does not move between pushes */
	enum err e;
	size_t n;

	do {
		n = 0;
		e = p->make(p->arg, p->buf[at], PUMP_BYTES, &n);
		at = (at + 1) % PUMP_BUFFERS;
	} while (pump_push(p, n, e));
	return NULL;
}

struct pump *
pump_start(enum err (*make)(void *arg, uint8_t *buf, size_t cap, size_t *n), void *arg)
{
	struct pump *p = xcalloc(1, sizeof(*p));
	int i, rc;

	p->make = make;
	p->arg = arg;
	for (i = 0; i < PUMP_BUFFERS; i++)
		p->buf[i] = xmalloc(PUMP_BYTES);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->moved, NULL);
	rc = pthread_create(&p->thread, NULL, pump_run, p);
	if (rc == 0)
		return p;
	for (i = 0; i < PUMP_BUFFERS; i++)
		free(p->buf[i]);
	free(p);
	errno = rc;
	return NULL;
}

enum err
pump_fill(void *pump, const uint8_t **buf, size_t *len)
{
	struct pump *p = pump;
	enum err e = OK;

	*len = 0;
	pthread_mutex_lock(&p->lock);
	if (p->borrowed) {
		p->borrowed = false;
		p->first = (p->first + 1) % PUMP_BUFFERS;
		p->n_full--;
		pthread_cond_signal(&p->moved);
	}
	while (p->n_full == 0 && !p->ended)
		pthread_cond_wait(&p->moved, &p->lock);
	if (p->n_full > 0) {
		*buf = p->buf[p->first];
		*len = p->len[p->first];
		p->borrowed = true;
	} else {
		e = p->err;
	}
	pthread_mutex_unlock(&p->lock);
	return e;
}

void
pump_stop(struct pump *p)
{
	int i;

	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_cond_signal(&p->moved);
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
	pthread_cond_destroy(&p->moved);
	pthread_mutex_destroy(&p->lock);
	for (i = 0; i < PUMP_BUFFERS; i++)
		free(p->buf[i]);
	free(p);
}
