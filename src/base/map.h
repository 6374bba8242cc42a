/*
 * map: open-addressing hash index from 64-bit hashes to 32-bit ids. The caller owns the
 * items and compares them; the map only remembers ids. Keyed by a per-process random seed
 * (hash flooding); iteration order is never exposed, so the seed cannot reach an output.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAP_NONE UINT32_MAX

struct map_slot {
	uint32_t tag;		/* high half of the hash; its low bits say where, so that growing needs no
				 * look at the items */
	uint32_t id;		/* MAP_NONE when empty */
};

struct map {
	struct map_slot *slots;	/* owned */
	size_t mask, n;
};

/* Keyed hash of bytes (XXH3 with the process seed). In memory only, never evidence. */
uint64_t map_hash(const void *p, size_t len);
uint64_t map_hash_keyed(const void *p, size_t len, uint64_t key);	/* the same under a key that is known: for tests */

/* Find the id whose item eq() says is the one sought; MAP_NONE when there is none. Inline, so that eq is. */
static inline uint32_t
map_find(const struct map *m, uint64_t hash,
    bool (*eq)(uint32_t id, const void *key, const void *arg), const void *key,
    const void *arg)
{
	uint32_t tag = (uint32_t)(hash >> 32);
	size_t i;

	if (m->n == 0)
		return MAP_NONE;
	for (i = tag & m->mask;; i = (i + 1) & m->mask) {
		const struct map_slot *s = &m->slots[i];

		if (s->id == MAP_NONE)
			return MAP_NONE;
		if (s->tag == tag && eq(s->id, key, arg))
			return s->id;
	}
}

/* Look-ups of many keys at once: fetch where each will be looked for, then the id to expect (that of the
 * first slot with the same tag, or MAP_NONE), whose item can be fetched in turn; then map_find. */
static inline void
map_prefetch(const struct map *m, uint64_t hash)
{
	if (m->n > 0)
		__builtin_prefetch(&m->slots[hash >> 32 & m->mask]);
}

static inline uint32_t
map_expect(const struct map *m, uint64_t hash)
{
	uint32_t tag = (uint32_t)(hash >> 32);
	size_t i;

	if (m->n == 0)
		return MAP_NONE;
	for (i = tag & m->mask; m->slots[i].id != MAP_NONE; i = (i + 1) & m->mask)
		if (m->slots[i].tag == tag)
			return m->slots[i].id;
	return MAP_NONE;
}

/* Add an id that map_find did not find. */
void map_add(struct map *m, uint64_t hash, uint32_t id);
/* Room for n ids in an empty map, so that it need not grow to them. */
void map_reserve(struct map *m, size_t n);
void map_release(struct map *m);

const char *map_hash_version(void);	/* of xxHash, which is compiled in */

#endif
