/*
 * cache: answers that were made, by what was asked for. An answer is good as long as the archive has not changed: each
 * has the generation of the archive that it was made of. Two halves: what was not asked for while one filled up goes
 * with the other.
 */
#ifndef SERVE_CACHE_H
#define SERVE_CACHE_H

#include "base/map.h"
#include "base/sha256.h"
#include "base/str.h"

#include <pthread.h>
#include <stdatomic.h>

#define ETAG_TEXT 40

/* An answer, not changed after it was made. */
struct reply {
	atomic_uint refs;
	uint64_t generation;
	unsigned status;
	const char *type;		/* static */
	const char *cache_control;	/* static */
	const char *allow;		/* static; NULL unless status is 405 */
	char *location;			/* owned; NULL: none */
	const char *retry;		/* static: seconds; NULL: none */
	bool embeds;			/* other sites may show it */
	const char *script;		/* of the site: address of the module that a page runs; NULL: none */
	struct str body, packed;	/* owned; packed.len 0: not smaller */
	char etag[ETAG_TEXT], packed_etag[ETAG_TEXT];	/* "" when there is none */
	char *key;			/* owned */
};

struct reply *reply_new(void);
/* Everything is set: digests and packs the body. */
void reply_seal(struct reply *a);
void reply_ref(struct reply *a);
void reply_free(struct reply *a);	/* one reference; NULL-safe */

struct cache_half {
	struct map map;
	struct reply **items;		/* owned */
	size_t n, cap, bytes;
};
struct cache {
	pthread_mutex_t lock;
	struct cache_half half[2];	/* [0]: now */
	size_t max;
	uint64_t hits, misses;
};

void cache_init(struct cache *c, size_t max);
void cache_release(struct cache *c);
/* A reference for the caller; NULL: not there, or of another generation. */
struct reply *cache_find(struct cache *c, const char *key, uint64_t generation);
/* The cache takes a reference of its own. */
void cache_add(struct cache *c, const char *key, struct reply *a);

#endif
