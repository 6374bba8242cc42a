#include "base/map.h"
#include "base/arena.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/random.h>
#define XXH_INLINE_ALL	/* keys are short: a call through the library costs as much as the hash */
#include <xxhash.h>

#define HUGE_SLOTS ((2u << 20) / sizeof(struct map_slot))

static uint64_t seed;

static void
seed_init(void)
{
	/* a key that is the same everywhere is none: the kernel gave every process 16 random bytes at its start */
	if (getrandom(&seed, sizeof(seed), 0) != sizeof(seed))
		memcpy(&seed, (const void *)getauxval(AT_RANDOM), sizeof(seed));
}

uint64_t
map_hash_keyed(const void *p, size_t len, uint64_t key)
{
	return XXH3_64bits_withSeed(p, len, key);
}

uint64_t
map_hash(const void *p, size_t len)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, seed_init);
	return map_hash_keyed(p, len, seed);
}

static void
put(struct map *m, uint32_t tag, uint32_t id)
{
	size_t i = tag & m->mask;

	while (m->slots[i].id != MAP_NONE)
		i = (i + 1) & m->mask;
	m->slots[i] = (struct map_slot){tag, id};
}

static void
slots_new(struct map *m, size_t n)
{
	/* a look-up in a large table is a miss of the cache: let it not be one of the TLB, too */
	m->slots = n >= HUGE_SLOTS ? xhuge(n * sizeof(*m->slots)) : xmalloc(n * sizeof(*m->slots));
	memset(m->slots, 0xff, n * sizeof(*m->slots));
	m->mask = n - 1;
}

static void
enlarge(struct map *m)
{
	struct map_slot *old = m->slots;
	size_t n_old = old == NULL ? 0 : m->mask + 1, i;

	slots_new(m, n_old == 0 ? 64 : n_old * 2);
	for (i = 0; i < n_old; i++)
		if (old[i].id != MAP_NONE)
			put(m, old[i].tag, old[i].id);
	free(old);
}

static bool
full(const struct map *m, size_t n)
{
	return n * 8 > (m->mask + 1) * 5;
}

void
map_reserve(struct map *m, size_t n)
{
	size_t slots = 64;

	assert(m->slots == NULL);
	while (n * 8 > slots * 5)
		slots *= 2;
	slots_new(m, slots);
}

void
map_add(struct map *m, uint64_t hash, uint32_t id)
{
	assert(id != MAP_NONE);
	if (m->slots == NULL || full(m, m->n + 1))
		enlarge(m);
	put(m, (uint32_t)(hash >> 32), id);
	m->n++;
}

void
map_release(struct map *m)
{
	free(m->slots);
	*m = (struct map){0};
}

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

const char *
map_hash_version(void)
{
	return TEXT(XXH_VERSION_MAJOR) "." TEXT(XXH_VERSION_MINOR) "." TEXT(XXH_VERSION_RELEASE);
}
