#include "metric/tables.h"

#include <pthread.h>
#include <stdlib.h>

struct range {
	void (*fn)(void *, uint32_t, size_t, size_t);
	void *arg;
	uint32_t part;
	size_t lo, hi;
	pthread_t thread;
	bool started;
};

static void *
run(void *arg)
{
	struct range *r = arg;

	r->fn(r->arg, r->part, r->lo, r->hi);
	return NULL;
}

void
ranges_run(uint32_t threads, size_t n, void (*fn)(void *, uint32_t, size_t, size_t), void *arg)
{
	uint32_t i, parts = threads > 0 ? threads : 1;
	struct range *r = xcalloc(parts, sizeof(*r));

	for (i = 0; i < parts; i++) {
		r[i] = (struct range){.fn = fn, .arg = arg, .part = i,
		    .lo = n / parts * i + (i < n % parts ? i : n % parts)};
		r[i].hi = r[i].lo + n / parts + (i < n % parts);
	}
	/* the first range runs here; so does one whose thread cannot be had */
	for (i = 1; i < parts; i++)
		r[i].started = pthread_create(&r[i].thread, NULL, run, &r[i]) == 0;
	for (i = 0; i < parts; i++)
		if (!r[i].started)
			run(&r[i]);
	for (i = 1; i < parts; i++)
		if (r[i].started)
			pthread_join(r[i].thread, NULL);
	free(r);
}
