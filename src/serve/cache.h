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
	bool closes;			/* the connection: what follows on it may not be a request */
	bool embeds;			/* other sites may show it */
	const char *script;		/* of the site: address of the module that a page runs; NULL: none */
	struct str body, packed;	/* owned; packed.len 0: not smaller */
	int fd;				/* owned: a file that is sent instead of body, piece by piece; -1: none */
	uint64_t size;			/* of it */
	atomic_uint *taken;		/* counts down when fd is closed */
	char *disposition;		/* owned; NULL: none */
	char etag[ETAG_TEXT], packed_etag[ETAG_TEXT];	/* "" when there is none */
	char *key;			/* owned */
	uint32_t used;			/* how often it was found; the cache's lock */
};

struct reply *reply_new(void);
/* Everything is set: digests and packs the body. Of a file the caller has set etag. */
void reply_seal(struct reply *a);
/* Whether If-None-Match names this tag (RFC 9110 section 13.1.2): a list, weakly compared, or "*", which is any. NULL: it was
 * not sent; a tag that is "": there is none. */
bool etag_known(const char *header, const char *etag);
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
/* The same, and a miss was counted before. */
struct reply *cache_look(struct cache *c, const char *key, uint64_t generation);
/* The cache takes a reference of its own. */
void cache_add(struct cache *c, const char *key, struct reply *a);
/* The same of one that has its key already. */
void cache_put(struct cache *c, struct reply *a);
/* What was asked for again since it was made: max keys at most, the most asked first. Each owned, and the array. */
void cache_asked(struct cache *c, size_t max, char ***keys, size_t *n);

#endif
