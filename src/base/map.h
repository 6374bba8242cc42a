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
	uint32_t tag;		/* high half of the hash */
	uint32_t id;		/* MAP_NONE when empty */
};

struct map {
	struct map_slot *slots;	/* owned */
	size_t mask, n;
};

/* Keyed hash of bytes (XXH3 with the process seed). In memory only, never evidence. */
uint64_t map_hash(const void *p, size_t len);

/* Find the id whose item eq() says is the one sought; MAP_NONE when there is none. */
uint32_t map_find(const struct map *m, uint64_t hash,
    bool (*eq)(uint32_t id, const void *key, const void *arg), const void *key,
    const void *arg);
/* Look-ups of many keys at once: fetch where each will be looked for, then the id to expect (that of the
 * first slot with the same tag, or MAP_NONE), whose item can be fetched in turn; then map_find. */
void map_prefetch(const struct map *m, uint64_t hash);
uint32_t map_expect(const struct map *m, uint64_t hash);
/* Add an id that map_find did not find. hash_of(id) is needed when the table grows. */
void map_add(struct map *m, uint64_t hash, uint32_t id,
    uint64_t (*hash_of)(uint32_t id, const void *arg), const void *arg);
void map_release(struct map *m);

#endif
