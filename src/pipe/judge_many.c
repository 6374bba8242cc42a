/* judge_many: threads take pieces of the list, one after the other, and the calling thread hands the bytes on
 * in the order of the list; while the next ones are not ready it judges itself. What is judged but not handed
 * on is held to a few pieces, so that a slow reader of the output holds up the threads and not the memory. */
#include "pipe/judge.h"

#include <pthread.h>
#include <stdlib.h>

#define PIECE 64		/* ASes: about as many bytes as stay in the cache until they are written */
#define AHEAD 4			/* pieces per thread that may be judged and not handed on */

struct piece {
	struct str out;
	bool ready;
};

struct pool {
	const struct judge *j;
	const struct judge_sink *sink;
	const uint32_t *asns;
	size_t n, n_pieces;		/* ASes; pieces of the list */
	struct piece *ring;		/* piece i is at i % n_ring */
	size_t n_ring;
	pthread_mutex_t lock;		/* of what follows, and of ready */
	pthread_cond_t change;
	size_t taken, emitted;		/* pieces */
	bool stop;
};

static void
piece_judge(const struct pool *p, size_t i, struct arena *a, struct str *out)
{
	size_t k, end = (i + 1) * PIECE < p->n ? (i + 1) * PIECE : p->n;
	struct as_result r;

	for (k = i * PIECE; k < end; k++) {
		arena_reset(a);
		judge_as(p->j, p->asns[k], p->sink->detail, a, &r);
		p->sink->render(p->sink->arg, &r, k, out);
	}
}

static bool
can_take(const struct pool *p)
{
	return p->taken < p->n_pieces && p->taken - p->emitted < p->n_ring;
}

/* Judge the next piece. Called with the lock, and returns with it. */
static void
take(struct pool *p, struct arena *a)
{
	size_t i = p->taken++;
	struct piece *piece = &p->ring[i % p->n_ring];

	pthread_mutex_unlock(&p->lock);
	str_clear(&piece->out);
	piece_judge(p, i, a, &piece->out);
	pthread_mutex_lock(&p->lock);
	piece->ready = true;
	pthread_cond_broadcast(&p->change);
}

static void *
work(void *arg)
{
	struct pool *p = arg;
	struct arena *a = arena_new();

	pthread_mutex_lock(&p->lock);
	while (!p->stop && p->taken < p->n_pieces) {
		if (can_take(p))
			take(p, a);
		else
			pthread_cond_wait(&p->change, &p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	arena_free(a);
	return NULL;
}

/* The calling thread: hand on what is next; else judge; else wait. */
static enum err
emit_all(struct pool *p)
{
	struct arena *a = arena_new();
	enum err e = OK;

	pthread_mutex_lock(&p->lock);
	while (e == OK && p->emitted < p->n_pieces) {
		struct piece *next = &p->ring[p->emitted % p->n_ring];
		size_t done = (p->emitted + 1) * PIECE;

		if (next->ready) {
			pthread_mutex_unlock(&p->lock);
			e = p->sink->emit(p->sink->arg, str_span(&next->out), done < p->n ? done : p->n);
			pthread_mutex_lock(&p->lock);
			next->ready = false;
			p->emitted++;
			pthread_cond_broadcast(&p->change);
		} else if (can_take(p)) {
			take(p, a);
		} else {
			pthread_cond_wait(&p->change, &p->lock);
		}
	}
	p->stop = true;
	pthread_cond_broadcast(&p->change);
	pthread_mutex_unlock(&p->lock);
	arena_free(a);
	return e;
}

enum err
judge_many(const struct judge *j, const uint32_t *asns, size_t n, unsigned threads,
    const struct judge_sink *sink)
{
	struct pool p = {.j = j, .sink = sink, .asns = asns, .n = n, .n_pieces = (n + PIECE - 1) / PIECE,
	    .lock = PTHREAD_MUTEX_INITIALIZER, .change = PTHREAD_COND_INITIALIZER};
	pthread_t thread[JUDGE_THREADS_MAX];
	unsigned started = 0;
	enum err e;
	size_t i;

	threads = threads < 1 ? 1 : threads > JUDGE_THREADS_MAX ? JUDGE_THREADS_MAX : threads;
	p.n_ring = threads == 1 ? 1 : threads * AHEAD;
	p.ring = xcalloc(p.n_ring, sizeof(*p.ring));
	/* those that cannot be started are not missed */
	while (started + 1 < threads && started + 1 < p.n_pieces &&
	    pthread_create(&thread[started], NULL, work, &p) == 0)
		started++;
	e = emit_all(&p);
	while (started > 0)
		pthread_join(thread[--started], NULL);
	for (i = 0; i < p.n_ring; i++)
		str_release(&p.ring[i].out);
	free(p.ring);
	pthread_mutex_destroy(&p.lock);
	pthread_cond_destroy(&p.change);
	return e;
}
