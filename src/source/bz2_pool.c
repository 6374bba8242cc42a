#include "source/bz2_pool.h"
#include "base/arena.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

enum state { WAITING, RUNNING, DONE };

struct slot {
	struct bz2_block block;
	uint64_t at;
	enum state state;	/* under lock */
};

struct bz2_pool {
	pthread_mutex_t lock;
	pthread_cond_t todo, done;
	struct slot *slot;	/* owned; a ring */
	unsigned n_slots;
	unsigned first, n;	/* under lock for others than the caller, who alone moves them */
	unsigned idle;		/* under lock, as stop */
	bool stop;
	pthread_t *thread;	/* owned */
	unsigned n_threads, max_threads;
	struct bz2_work *work;	/* owned; the caller's */
};

static struct slot *
nth(const struct bz2_pool *p, unsigned i)
{
	return &p->slot[(p->first + i) % p->n_slots];
}

/* The first block that nobody works on; under lock. */
static struct slot *
next_waiting(const struct bz2_pool *p)
{
	unsigned i;

	for (i = 0; i < p->n; i++)
		if (nth(p, i)->state == WAITING)
			return nth(p, i);
	return NULL;
}

/* Under lock, which is let go for the work itself. */
static void
run(struct bz2_pool *p, struct slot *s, struct bz2_work *w)
{
	s->state = RUNNING;
	pthread_mutex_unlock(&p->lock);
	bz2_block_decode(&s->block, w);
	pthread_mutex_lock(&p->lock);
	s->state = DONE;
}

static void *
work(void *arg)
{
	struct bz2_pool *p = arg;
	struct bz2_work *w = bz2_work_new();
	struct slot *s;

	pthread_mutex_lock(&p->lock);
	while (!p->stop) {
		s = next_waiting(p);
		if (s != NULL) {
			run(p, s, w);
			pthread_cond_signal(&p->done);
			continue;
		}
		p->idle++;
		pthread_cond_wait(&p->todo, &p->lock);
		p->idle--;
	}
	pthread_mutex_unlock(&p->lock);
	bz2_work_free(w);
	return NULL;
}

struct bz2_pool *
bz2_pool_new(unsigned threads)
{
	struct bz2_pool *p = xcalloc(1, sizeof(*p));

	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->todo, NULL);
	pthread_cond_init(&p->done, NULL);
	p->max_threads = threads;
	p->n_slots = 2 * threads + 2;
	p->slot = xcalloc(p->n_slots, sizeof(*p->slot));
	p->thread = xcalloc(threads, sizeof(*p->thread));
	return p;
}

void
bz2_pool_free(struct bz2_pool *p)
{
	unsigned i;

	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_cond_broadcast(&p->todo);
	pthread_mutex_unlock(&p->lock);
	for (i = 0; i < p->n_threads; i++)
		pthread_join(p->thread[i], NULL);
	for (i = 0; i < p->n_slots; i++)
		bz2_block_release(&p->slot[i].block);
	bz2_work_free(p->work);
	pthread_cond_destroy(&p->done);
	pthread_cond_destroy(&p->todo);
	pthread_mutex_destroy(&p->lock);
	free(p->thread);
	free(p->slot);
	free(p);
}

struct bz2_block *
bz2_pool_slot(struct bz2_pool *p)
{
	return p->n < p->n_slots ? &nth(p, p->n)->block : NULL;
}

void
bz2_pool_submit(struct bz2_pool *p, uint64_t at)
{
	struct slot *s = nth(p, p->n);
	bool start;

	assert(p->n < p->n_slots && (p->n == 0 || nth(p, p->n - 1)->at < at));
	pthread_mutex_lock(&p->lock);
	s->at = at;
	s->state = WAITING;
	p->n++;
	/* a lone block is left to the caller: most small files have but one */
	start = p->idle == 0 && p->n > 1 && p->n_threads + 1 < p->max_threads;
	pthread_cond_signal(&p->todo);
	pthread_mutex_unlock(&p->lock);
	if (start && pthread_create(&p->thread[p->n_threads], NULL, work, p) == 0)
		p->n_threads++;
}

/* Have the first block decoded; until it is, this thread does its share. Under lock. */
static void
finish_first(struct bz2_pool *p)
{
	const struct slot *first = nth(p, 0);
	struct slot *s;

	while (first->state != DONE) {
		s = next_waiting(p);
		if (s == NULL) {
			pthread_cond_wait(&p->done, &p->lock);
			continue;
		}
		if (p->work == NULL)
			p->work = bz2_work_new();
		run(p, s, p->work);
	}
}

static void
pop(struct bz2_pool *p)
{
	p->first = (p->first + 1) % p->n_slots;
	p->n--;
}

const struct bz2_block *
bz2_pool_get(struct bz2_pool *p, uint64_t at)
{
	struct slot *s = NULL;

	pthread_mutex_lock(&p->lock);
	while (p->n > 0 && nth(p, 0)->at < at) {
		while (nth(p, 0)->state == RUNNING)
			pthread_cond_wait(&p->done, &p->lock);
		pop(p);
	}
	if (p->n > 0 && nth(p, 0)->at == at) {
		finish_first(p);
		s = nth(p, 0);
	}
	pthread_mutex_unlock(&p->lock);
	return s != NULL ? &s->block : NULL;
}

void
bz2_pool_drop(struct bz2_pool *p)
{
	assert(p->n > 0 && nth(p, 0)->state == DONE);
	pthread_mutex_lock(&p->lock);
	pop(p);
	pthread_mutex_unlock(&p->lock);
}
