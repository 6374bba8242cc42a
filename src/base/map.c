#include "base/map.h"
#include "base/arena.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <xxhash.h>

#define HUGE_SLOTS ((2u << 20) / sizeof(struct map_slot))

static uint64_t seed;

static void
seed_init(void)
{
	if (getrandom(&seed, sizeof(seed), 0) != sizeof(seed))
		seed = 0x9e3779b97f4a7c15u;
}

uint64_t
map_hash(const void *p, size_t len)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, seed_init);
	return XXH3_64bits_withSeed(p, len, seed);
}

uint32_t
map_find(const struct map *m, uint64_t hash,
    bool (*eq)(uint32_t id, const void *key, const void *arg), const void *key,
    const void *arg)
{
	uint32_t tag = (uint32_t)(hash >> 32);
	size_t i;

	if (m->n == 0)
		return MAP_NONE;
	for (i = hash & m->mask;; i = (i + 1) & m->mask) {
		const struct map_slot *s = &m->slots[i];

		if (s->id == MAP_NONE)
			return MAP_NONE;
		if (s->tag == tag && eq(s->id, key, arg))
			return s->id;
	}
}

void
map_prefetch(const struct map *m, uint64_t hash)
{
	if (m->n > 0)
		__builtin_prefetch(&m->slots[hash & m->mask]);
}

uint32_t
map_expect(const struct map *m, uint64_t hash)
{
	uint32_t tag = (uint32_t)(hash >> 32);
	size_t i;

	if (m->n == 0)
		return MAP_NONE;
	for (i = hash & m->mask; m->slots[i].id != MAP_NONE; i = (i + 1) & m->mask)
		if (m->slots[i].tag == tag)
			return m->slots[i].id;
	return MAP_NONE;
}

static void
put(struct map *m, uint64_t hash, uint32_t id)
{
	size_t i = hash & m->mask;

	while (m->slots[i].id != MAP_NONE)
		i = (i + 1) & m->mask;
	m->slots[i] = (struct map_slot){(uint32_t)(hash >> 32), id};
}

static void
enlarge(struct map *m, uint64_t (*hash_of)(uint32_t, const void *), const void *arg)
{
	struct map_slot *old = m->slots;
	size_t n_old = old == NULL ? 0 : m->mask + 1, n = n_old == 0 ? 64 : n_old * 2, i;

	/* a look-up in a large table is a miss of the cache: let it not be one of the TLB, too */
	m->slots = n >= HUGE_SLOTS ? xhuge(n * sizeof(*m->slots)) : xmalloc(n * sizeof(*m->slots));
	memset(m->slots, 0xff, n * sizeof(*m->slots));
	m->mask = n - 1;
	for (i = 0; i < n_old; i++)
		if (old[i].id != MAP_NONE)
			put(m, hash_of(old[i].id, arg), old[i].id);
	free(old);
}

void
map_add(struct map *m, uint64_t hash, uint32_t id,
    uint64_t (*hash_of)(uint32_t id, const void *arg), const void *arg)
{
	assert(id != MAP_NONE);
	if (m->slots == NULL || (m->n + 1) * 8 > (m->mask + 1) * 5)
		enlarge(m, hash_of, arg);
	put(m, hash, id);
	m->n++;
}

void
map_release(struct map *m)
{
	free(m->slots);
	*m = (struct map){0};
}
