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

bool
etag_known(const char *header, const char *etag)
{
	struct span rest, piece;

	if (header == NULL || *etag == '\0')
		return false;
	rest = span_of(header);
	if (span_is(span_trim(rest), "*"))
		return true;
	while (span_cut(&rest, ',', &piece)) {	/* ours have no comma, so that none is cut into a part of another's */
		piece = span_trim(piece);
		if (span_starts(piece, "W/")) {
			piece.p += 2;
			piece.len -= 2;
		}
		if (span_is(piece, etag))
			return true;
	}
	return false;
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

/* One of the same key is replaced, unless it is of a later generation: its maker was overtaken. */
static void
put(struct cache *c, uint64_t hash, struct reply *a)
{
	struct cache_half *h = &c->half[0];
	uint32_t id = map_find(&h->map, hash, key_is, a->key, h);

	if (id != MAP_NONE && h->items[id]->generation > a->generation)
		return;
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

static struct reply *
find(struct cache *c, const char *key, uint64_t generation, bool counted)
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
	if (a != NULL) {
		reply_ref(a);
		a->used++;
	}
	c->hits += a != NULL;
	c->misses += a == NULL && !counted;
	pthread_mutex_unlock(&c->lock);
	return a;
}

struct reply *
cache_find(struct cache *c, const char *key, uint64_t generation)
{
	return find(c, key, generation, false);
}

struct reply *
cache_look(struct cache *c, const char *key, uint64_t generation)
{
	return find(c, key, generation, true);
}

void
cache_add(struct cache *c, const char *key, struct reply *a)
{
	a->key = strdup(key);
	cache_put(c, a);
}

void
cache_put(struct cache *c, struct reply *a)
{
	if (weight(a) > c->max / 8)
		return;
	pthread_mutex_lock(&c->lock);
	put(c, map_hash(a->key, strlen(a->key)), a);
	pthread_mutex_unlock(&c->lock);
}

/* --- what is asked for again --- */

static int
by_use(const void *x, const void *y)
{
	const struct reply *a = *(struct reply *const *)x, *b = *(struct reply *const *)y;

	return a->used != b->used ? (a->used < b->used) - (a->used > b->used) : strcmp(a->key, b->key);
}

void
cache_asked(struct cache *c, size_t max, char ***keys, size_t *n)
{
	struct reply **all;
	size_t i, k, found = 0;

	pthread_mutex_lock(&c->lock);
	all = xcalloc(c->half[0].n + c->half[1].n + 1, sizeof(struct reply *));
	for (k = 0; k < 2; k++)
		for (i = 0; i < c->half[k].n; i++)
			if (c->half[k].items[i]->used > 0)
				all[found++] = c->half[k].items[i];
	qsort(all, found, sizeof(struct reply *), by_use);
	*keys = xcalloc(found + 1, sizeof(char *));
	for (*n = 0, i = 0; i < found && *n < max; i++)	/* one that moved to the new half is in both */
		if (i == 0 || all[i] != all[i - 1])
			(*keys)[(*n)++] = strdup(all[i]->key);
	pthread_mutex_unlock(&c->lock);
	free(all);
}
