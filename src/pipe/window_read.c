/*
 * window_read: a file is decoded and judged in a thread of its own, a few batches ahead of the one that merges.
 */
#include "pipe/window_read.h"
#include "base/arena.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* --- handing over --- */

static enum err
batch_begin(struct reader *r)
{
	bool stop;

	pthread_mutex_lock(&r->lock);
	while (r->made - r->used == BATCHES && !r->stop)
		pthread_cond_wait(&r->moved, &r->lock);
	r->b = &r->batch[r->made % BATCHES];
	r->b->n = r->b->n_of = r->b->n_hop = 0;
	stop = r->stop;
	pthread_mutex_unlock(&r->lock);
	return stop ? ERR_STOPPED : OK;
}

static void
batch_end(struct reader *r)
{
	pthread_mutex_lock(&r->lock);
	r->made++;
	pthread_cond_signal(&r->moved);
	pthread_mutex_unlock(&r->lock);
}

/* Of the path at hand, into the batch: once for all the prefixes of a message that stand behind each other. */
static void
hops_put(struct reader *r, struct event *e)
{
	struct batch *b = r->b;
	const struct event *last = b->n > 0 ? &b->ev[b->n - 1] : NULL;
	bool set;

	if (last != NULL && last->n_hops > 0 && r->hops_of == r->path_number) {
		e->first_hop = last->first_hop;
		e->n_hops = last->n_hops;
		return;
	}
	b->hop = grow(b->hop, &b->cap_hop, b->n_hop + r->n_words, sizeof(*b->hop));
	e->first_hop = (uint32_t)b->n_hop;
	e->n_hops = (uint32_t)aspath_hops((struct aspath){r->words, r->n_words}, b->hop + b->n_hop, r->n_words, &set);
	b->n_hop += e->n_hops;
	r->hops_of = r->path_number;
}

enum err
reader_put(struct reader *r, struct event e, const struct offence *of)
{
	struct batch *b = r->b;

	e.order_us = r->order_us;
	e.first_of = (uint32_t)b->n_of;
	if (e.n_of > 0) {
		b->of = grow(b->of, &b->cap_of, b->n_of + e.n_of, sizeof(*b->of));
		memcpy(b->of + b->n_of, of, e.n_of * sizeof(*of));
		b->n_of += e.n_of;
		if (r->ways && r->path != NULL)
			hops_put(r, &e);
	}
	b->ev[b->n++] = e;
	if (b->n < WINDOW_BATCH)
		return OK;
	batch_end(r);
	return batch_begin(r);
}

/* --- the thread --- */

static enum err
decode(struct reader *r, struct source *s)
{
	TRY(batch_begin(r));
	TRY(reader_decode(r, s));
	if (r->b->n > 0)
		batch_end(r);
	return OK;
}

static void *
run(void *arg)
{
	struct reader *r = arg;
	struct source *s;
	enum err e = source_open(r->f->in->path, &s), closed;

	if (e == OK) {
		e = decode(r, s);
		closed = source_close(s, &r->sum);
		if (e == OK)
			e = closed;
	}
	r->err_no = errno;
	pthread_mutex_lock(&r->lock);
	r->err = e;
	r->ended = true;
	pthread_cond_signal(&r->moved);
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

struct reader *
reader_new(const struct coverage *c, const struct coverage_file *f, const struct offence_judge *judge,
    struct utc begin, bool ways)
{
	struct reader *r = xcalloc(1, sizeof(*r));

	r->c = c;
	r->f = f;
	r->judge = *judge;
	r->begin = begin;
	r->ways = ways;
	r->vp = MAP_NONE;
	r->order_us = INT64_MIN;
	r->cache = xcalloc(CACHED, sizeof(*r->cache));
	r->covers = xcalloc(c->n_vps, 1);
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->moved, NULL);
	if (pthread_create(&r->thread, NULL, run, r) != 0) {
		r->err = ERR_NOMEM;
		r->err_no = errno;
		r->ended = r->stop = true;
		r->f = NULL;
	}
	return r;
}

const struct event *
reader_peek(struct reader *r, const struct offence **of)
{
	const struct batch *b;
	bool none;

	pthread_mutex_lock(&r->lock);
	while (r->used == r->made && !r->ended)
		pthread_cond_wait(&r->moved, &r->lock);
	none = r->used == r->made;
	pthread_mutex_unlock(&r->lock);
	if (none)
		return NULL;
	b = &r->batch[r->used % BATCHES];
	*of = b->ev[r->at].n_of > 0 ? b->of + b->ev[r->at].first_of : NULL;
	return &b->ev[r->at];
}

void
reader_skip(struct reader *r)
{
	if (++r->at < r->batch[r->used % BATCHES].n)
		return;
	r->at = 0;
	pthread_mutex_lock(&r->lock);
	r->used++;
	pthread_cond_signal(&r->moved);
	pthread_mutex_unlock(&r->lock);
}

const uint32_t *
reader_hops(const struct reader *r, const struct event *e)
{
	return r->batch[r->used % BATCHES].hop + e->first_hop;
}

const uint8_t *
reader_covers(const struct reader *r)
{
	return r->covers;
}

enum err
reader_free(struct reader *r, bool done, int *err_no)
{
	enum err e;
	size_t i;

	if (r->f != NULL) {
		pthread_mutex_lock(&r->lock);
		r->stop = true;
		pthread_cond_signal(&r->moved);
		pthread_mutex_unlock(&r->lock);
		pthread_join(r->thread, NULL);
	}
	e = r->err == ERR_STOPPED ? OK : r->err;
	*err_no = r->err_no;
	if (e == OK && done && memcmp(r->sum.sha256, r->f->in->path_sha256, SHA256_BYTES) != 0)
		e = ERR_CONTRADICT;
	for (i = 0; i < BATCHES; i++) {
		free(r->batch[i].of);
		free(r->batch[i].hop);
	}
	diags_release(&r->diags);
	pthread_mutex_destroy(&r->lock);
	pthread_cond_destroy(&r->moved);
	free(r->cache);
	free(r->covers);
	free(r->peer_vp);
	free(r);
	return e;
}
