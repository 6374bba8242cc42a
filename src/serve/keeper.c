#include "serve/keeper.h"
#include "base/limits.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static int64_t
seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

/* Answers of what the archive holds now, for what was asked of what it held before. */
static struct reply **
again(const struct keeper *k, struct shown *view, size_t *n)
{
	const int64_t until = seconds_now() + SERVE_WARM_S;
	struct reply **made;
	char **keys;
	size_t i, all;

	cache_asked(k->cache, SERVE_WARM_MAX, &keys, &all);
	made = xcalloc(all + 1, sizeof(*made));
	*n = 0;
	for (i = 0; i < all; i++) {
		if (seconds_now() < until)
			made[*n] = respond_again(k->responder, keys[i], view);
		if (made[*n] != NULL)
			made[(*n)++]->key = keys[i];
		else
			free(keys[i]);
	}
	free(keys);
	return made;
}

bool
keeper_look(struct keeper *k)
{
	struct shelf_mark m;
	struct shown *view;
	struct reply **made;
	size_t n, i;
	bool good;

	if (!shelf_ahead(k->shelf, &view, &m))
		return false;
	made = again(k, view, &n);
	good = shelf_show(k->shelf, view, &m);
	for (i = 0; i < n; i++) {
		made[i]->generation = respond_together(view->generation, made[i]->generation);
		if (good)
			cache_put(k->cache, made[i]);
		reply_free(made[i]);
	}
	free(made);
	shown_free(view);
	return good;
}

static void *
keep(void *arg)
{
	struct keeper *k = arg;
	struct timespec t;

	(void)setpriority(PRIO_PROCESS, 0, SERVE_KEEPER_NICE);	/* of this thread: who asks comes first */
	pthread_mutex_lock(&k->lock);
	while (!k->stop) {
		pthread_mutex_unlock(&k->lock);
		(void)keeper_look(k);
		pthread_mutex_lock(&k->lock);
		clock_gettime(CLOCK_REALTIME, &t);
		t.tv_nsec += SERVE_LOOK_MS * 1000000;
		t.tv_sec += t.tv_nsec / 1000000000;
		t.tv_nsec %= 1000000000;
		if (!k->stop)
			pthread_cond_timedwait(&k->wake, &k->lock, &t);
	}
	pthread_mutex_unlock(&k->lock);
	return NULL;
}

enum err
keeper_start(struct keeper *k, const struct responder *r)
{
	*k = (struct keeper){.shelf = r->shelf, .cache = r->cache, .responder = r};
	pthread_mutex_init(&k->lock, NULL);
	pthread_cond_init(&k->wake, NULL);
	k->runs = pthread_create(&k->thread, NULL, keep, k) == 0;
	shelf_keep(k->shelf, k->runs);
	return k->runs ? OK : ERR_IO;
}

void
keeper_stop(struct keeper *k)
{
	if (!k->runs)
		return;
	pthread_mutex_lock(&k->lock);
	k->stop = true;
	pthread_cond_signal(&k->wake);
	pthread_mutex_unlock(&k->lock);
	pthread_join(k->thread, NULL);
	pthread_mutex_destroy(&k->lock);
	pthread_cond_destroy(&k->wake);
	k->runs = false;
}
