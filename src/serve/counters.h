/*
 * counters: what /metrics tells.
 */
#ifndef SERVE_COUNTERS_H
#define SERVE_COUNTERS_H

#include "base/str.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define COUNTER_ROUTES 48
#define COUNTER_BUCKETS 12

struct counters {
	atomic_ullong answers[COUNTER_ROUTES][6];	/* by route and first digit of the status */
	atomic_ullong bytes;				/* of bodies, as sent */
	atomic_ullong not_modified;
	atomic_ullong bucket[COUNTER_BUCKETS + 1];	/* of the time it took to make an answer, each counted once; the last: longer */
	atomic_ullong micros;
	atomic_uint taken;				/* bundles that are being taken now */
	bool seccomp;
	int landlock;
	void (*live)(void *arg, struct str *out);	/* of what the server knows: connections, cache, archive */
	void *arg;
};

void counters_add(struct counters *c, size_t route, unsigned status, uint64_t bytes, uint64_t micros);
/* Prometheus text exposition format 0.0.4. name of route i; NULL ends. */
void counters_write(struct str *out, const struct counters *c, const char *(*name)(size_t route));
void counters_head(struct str *out, const char *name, const char *kind, const char *help);

#endif
