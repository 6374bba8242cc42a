#include "serve/cache.h"
#include "base/arena.h"
#include "serve/gzip.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PACK_FROM 512	/* bytes: what is smaller fits the first segment anyway */

struct reply *
reply_new(void)
{
	struct reply *a = xcalloc(1, sizeof(*a));

	atomic_init(&a->refs, 1);
	a->status = 200;
	a->fd = -1;
	return a;
}

static void
tag(char out[static ETAG_TEXT], const uint8_t digest[static SHA256_BYTES], const char *tail)
{
	char hex[SHA256_HEX + 1];

	sha256_hex(digest, hex);
	snprintf(out, ETAG_TEXT, "\"%.24s%s\"", hex, tail);
}

/* What is kept for long is kept as it is, without the room that it grew in. */
static void
fit(struct str *s)
{
	char *p = s->p != NULL && s->cap > s->len + 1 ? realloc(s->p, s->len + 1) : NULL;

	if (p != NULL) {
		s->p = p;
		s->cap = s->len + 1;
	}
}

void
reply_seal(struct reply *a)
{
	uint8_t digest[SHA256_BYTES];

	if (a->fd >= 0)
		return;
	if (a->body.p == NULL)
		str_adds(&a->body, "");
	if (a->status == 200) {
		sha256_of(a->body.p, a->body.len, digest);
		tag(a->etag, digest, "");
		tag(a->packed_etag, digest, "-gz");
	}
	if (a->body.len >= PACK_FROM && !gzip_pack(&a->packed, str_span(&a->body)))
		str_release(&a->packed);
	fit(&a->body);
	fit(&a->packed);
}

void
reply_ref(struct reply *a)
{
	atomic_fetch_add(&a->refs, 1);
}

void
reply_free(struct reply *a)
{
	if (a == NULL || atomic_fetch_sub(&a->refs, 1) > 1)
		return;
	str_release(&a->body);
	str_release(&a->packed);
	if (a->fd >= 0) {
		close(a->fd);
		atomic_fetch_sub(a->taken, 1);
	}
	free(a->disposition);
	free(a->location);
	free(a->key);
	free(a);
}

/* --- the cache --- */

void
cache_init(struct cache *c, size_t max)
{
	*c = (struct cache){.max = max};
	pthread_mutex_init(&c->lock, NULL);
}

static void
half_clear(struct cache_half *h)
{
	size_t i;

	for (i = 0; i < h->n; i++)
		reply_free(h->items[i]);
	free(h->items);
	map_release(&h->map);
	*h = (struct cache_half){0};
}

void
cache_release(struct cache *c)
{
	half_clear(&c->half[0]);
	half_clear(&c->half[1]);
	pthread_mutex_destroy(&c->lock);
}

static bool
key_is(uint32_t id, const void *key, const void *arg)
{
	const struct cache_half *h = arg;

	return strcmp(h->items[id]->key, key) == 0;
}

static struct reply *
half_find(const struct cache_half *h, uint64_t hash, const char *key)
{
	uint32_t id = map_find(&h->map, hash, key_is, key, h);

	return id == MAP_NONE ? NULL : h->items[id];
}

static size_t
weight(const struct reply *a)
{
	return sizeof(*a) + a->body.cap + a->packed.cap;
}

/* One of the same key is replaced: it was of an earlier generation. */
static void
put(struct cache *c, uint64_t hash, struct reply *a)
{
	struct cache_half *h = &c->half[0];
	uint32_t id = map_find(&h->map, hash, key_is, a->key, h);

	reply_ref(a);
	if (id != MAP_NONE) {
		h->bytes += weight(a) - weight(h->items[id]);
		reply_free(h->items[id]);
		h->items[id] = a;
		return;
	}
	if (h->bytes + weight(a) > c->max / 2) {
		half_clear(&c->half[1]);
		c->half[1] = *h;
		*h = (struct cache_half){0};
	}
	h->items = grow(h->items, &h->cap, h->n + 1, sizeof(struct reply *));
	h->items[h->n] = a;
	map_add(&h->map, hash, (uint32_t)h->n++);
	h->bytes += weight(a);
}

struct reply *
cache_find(struct cache *c, const char *key, uint64_t generation)
{
	uint64_t hash = map_hash(key, strlen(key));
	struct reply *a;

	pthread_mutex_lock(&c->lock);
	a = half_find(&c->half[0], hash, key);
	if (a == NULL) {
		a = half_find(&c->half[1], hash, key);
		if (a != NULL && a->generation == generation) {
			reply_ref(a);	/* putting may clear the half that it is in */
			put(c, hash, a);
			reply_free(a);
		}
	}
	if (a != NULL && a->generation != generation)
		a = NULL;
	if (a != NULL)
		reply_ref(a);
	c->hits += a != NULL;
	c->misses += a == NULL;
	pthread_mutex_unlock(&c->lock);
	return a;
}

void
cache_add(struct cache *c, const char *key, struct reply *a)
{
	if (weight(a) > c->max / 8)
		return;
	a->key = strdup(key);
	pthread_mutex_lock(&c->lock);
	put(c, map_hash(key, strlen(key)), a);
	pthread_mutex_unlock(&c->lock);
}
