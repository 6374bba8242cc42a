/* judge_many: rounds of one batch per thread. The threads of a round work on neighbouring pieces of the
 * list, and the pieces are handed on in order when all are done: no queue, and nothing to reorder. */
#include "pipe/judge.h"

#include <pthread.h>

#define BATCH 256	/* ASes per thread and round: a round takes milliseconds, a thread microseconds */

struct worker {
	const struct judge *j;
	const uint32_t *asns;
	const struct judge_sink *sink;
	struct arena *arena;
	struct str out;
	size_t first, end;	/* of this round */
	pthread_t thread;
	bool started;
};

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct as_result r;
	size_t i;

	for (i = w->first; i < w->end; i++) {
		arena_reset(w->arena);
		judge_as(w->j, w->asns[i], w->sink->detail, w->arena, &r);
		w->sink->render(w->sink->arg, &r, i, &w->out);
	}
	return NULL;
}

/* Give each worker its piece and wait for all; returns where the next round starts. The first piece is
 * done by this thread, and so is that of a thread that cannot be started. */
static size_t
round_run(struct worker *w, unsigned threads, size_t first, size_t n)
{
	unsigned t;

	for (t = 0; t < threads; t++) {
		w[t].first = first;
		first = n - first < BATCH ? n : first + BATCH;
		w[t].end = first;
		str_clear(&w[t].out);
		w[t].started = t > 0 && w[t].first < w[t].end &&
		    pthread_create(&w[t].thread, NULL, work, &w[t]) == 0;
	}
	for (t = 0; t < threads; t++)
		if (!w[t].started)
			work(&w[t]);
	for (t = 0; t < threads; t++)
		if (w[t].started)
			pthread_join(w[t].thread, NULL);
	return first;
}

enum err
judge_many(const struct judge *j, const uint32_t *asns, size_t n, unsigned threads,
    const struct judge_sink *sink)
{
	struct worker w[JUDGE_THREADS_MAX] = {0};
	size_t done = 0;
	enum err e = OK;
	unsigned t;

	threads = threads < 1 ? 1 : threads > JUDGE_THREADS_MAX ? JUDGE_THREADS_MAX : threads;
	for (t = 0; t < threads; t++)
		w[t] = (struct worker){.j = j, .asns = asns, .sink = sink, .arena = arena_new()};
	while (done < n && e == OK) {
		done = round_run(w, threads, done, n);
		for (t = 0; t < threads && e == OK; t++)
			e = sink->emit(sink->arg, str_span(&w[t].out), done);
	}
	for (t = 0; t < threads; t++) {
		arena_free(w[t].arena);
		str_release(&w[t].out);
	}
	return e;
}
