/*
 * paths: AS paths, each kept once.
 *
 * Workload: a table of 10 M entries brings 2 M different paths, of which nearly all are one AS_SEQUENCE of
 * 4 ASNs. All lie one behind the other in one array of words; the id of a path is where it begins, so a
 * look-up costs one miss of the cache for the slot of the hash and one for the path.
 *
 * A path is a header word, its words, and its OTC (RFC 9234) when it has one. The words of one AS_SEQUENCE
 * are its ASNs, prepends and all; of any other path (PATH_SEGMENTS) they are those of addr/aspath.h.
 * Sealing replaces the ASNs of a sequence by ids of ases, and that is what who-passed-what is counted by.
 */
#ifndef WORLD_PATHS_H
#define WORLD_PATHS_H

#include "addr/aspath.h"
#include "base/limits.h"
#include "world/ases.h"

#define PATH_WORDS 0xffffu	/* of a header: how many words */
#define PATH_OTC 0x10000u
#define PATH_SEGMENTS 0x20000u

#define PATH_KEY_MAX (AS_PATH_HOPS_MAX + 2)	/* words of a key: header, words, OTC */

struct paths {
	uint32_t *words;
	size_t n_words, cap_words;
	size_t n;		/* paths */
	struct map by_path;	/* while filling */
	struct ases ases;	/* since sealing: all that are in a sequence, and those of other paths that can be
				 * placed (hops before a set, origin, members of a last set) */
	bool sealed;
};

void paths_init(struct paths *t);
void paths_release(struct paths *t);

/* A key as the table keeps it, into key[PATH_KEY_MAX]; returns its words. p.n <= AS_PATH_HOPS_MAX. */
size_t path_key(uint32_t *key, struct aspath p, bool has_otc, uint32_t otc);
/* The same from one AS_SEQUENCE as received: n ASNs of 4 octets in network order, 0 < n <= 255. */
size_t path_key_seq(uint32_t *key, const uint8_t *asn, uint32_t n, bool has_otc, uint32_t otc);

/* The id of each key, which is added when it is new. ids go in as guesses (ids, or MAP_NONE): a right one
 * saves the search. Many at once hide that each is far away in memory. ERR_LIMIT when the table is full;
 * then ids mean nothing. */
NODISCARD enum err paths_intern(struct paths *t, const uint32_t *const *key, size_t n, uint32_t *ids);
/* All of src; map[id in src] becomes the id here, and has room for src->n_words. */
NODISCARD enum err paths_absorb(struct paths *t, const struct paths *src, uint32_t *map);
void paths_seal(struct paths *t);

/* Words of a path or key, by its header. */
static inline uint32_t
path_size(uint32_t head)
{
	return 1 + (head & PATH_WORDS) + ((head & PATH_OTC) != 0);
}

/* Walk them: for (id = 0; id < t->n_words; id = path_next(t, id)). */
static inline uint32_t
path_next(const struct paths *t, uint32_t id)
{
	return id + path_size(t->words[id]);
}

/* As words of addr/aspath.h with ASNs, sealed or not, in buf, which has room for AS_PATH_HOPS_MAX + 1. */
struct aspath path_words(const struct paths *t, uint32_t id, uint32_t *buf);
/* The origin's ASN, as aspath_origin. */
uint32_t path_origin_of_segments(const struct paths *t, uint32_t id);
static inline uint32_t
path_origin(const struct paths *t, uint32_t id)
{
	uint32_t head = t->words[id], last;

	if ((head & PATH_SEGMENTS) != 0)
		return path_origin_of_segments(t, id);
	last = t->words[id + (head & PATH_WORDS)];
	return t->sealed ? t->ases.asn[last] : last;
}
/* The first ASN of its first segment; 0 when it has none. */
uint32_t path_first(const struct paths *t, uint32_t id);
/* The ASes in order as ids, prepends collapsed, up to a set: *set tells. ids has room for AS_PATH_HOPS_MAX.
 * Sealed only. */
uint32_t path_hops(const struct paths *t, uint32_t id, uint32_t *ids, bool *set);
/* Whether the last of its hops (n, set: of path_hops) is the origin. */
static inline bool
path_is_placed(const struct paths *t, uint32_t id, uint32_t n, bool set)
{
	return n > 0 && !set && path_origin(t, id) != ORIGIN_NONE;
}
/* Canonical order, the same whatever came first: by what stands behind the first segment's header, word by
 * word, and of those alike the one without OTC first. Sealed only. */
int path_cmp(const struct paths *t, uint32_t a, uint32_t b);

#endif
