#include "world/paths.h"
#include "base/arena.h"
#include "base/be.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define AT_ONCE 32u		/* keys: more than memory fetches at a time */
#define SEQUENCE 2u		/* RFC 4271 4.3, as in addr/aspath.h */

void
paths_init(struct paths *t)
{
	*t = (struct paths){0};
}

void
paths_release(struct paths *t)
{
	free(t->words);
	map_release(&t->by_path);
	ases_release(&t->ases);
	paths_init(t);
}

static size_t
key_end(uint32_t *key, uint32_t n, uint32_t bits, bool has_otc, uint32_t otc)
{
	key[0] = n | bits | (has_otc ? PATH_OTC : 0);
	key[1 + n] = otc;
	return 1 + n + has_otc;
}

size_t
path_key(uint32_t *key, struct aspath p, bool has_otc, uint32_t otc)
{
	bool sequence = p.n >= 2 && p.w[0] == (SEQUENCE << 16 | (p.n - 1));

	assert(p.n <= AS_PATH_HOPS_MAX);
	if (sequence)
		p = (struct aspath){p.w + 1, p.n - 1};
	if (p.n > 0)
		memcpy(key + 1, p.w, p.n * sizeof(*key));
	return key_end(key, p.n, sequence ? 0 : PATH_SEGMENTS, has_otc, has_otc ? otc : 0);
}

size_t
path_key_seq(uint32_t *key, const uint8_t *asn, uint32_t n, bool has_otc, uint32_t otc)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		key[1 + i] = be32(asn + 4 * (size_t)i);
	return key_end(key, n, 0, has_otc, has_otc ? otc : 0);
}

static bool
same(const uint32_t *a, const uint32_t *b)
{
	size_t i, n = path_size(b[0]);

	for (i = 0; i < n; i++)		/* the header first, so a stays inside its path; most are short */
		if (a[i] != b[i])
			return false;
	return true;
}

static inline bool
is_key(uint32_t id, const void *key, const void *arg)
{
	return same(((const struct paths *)arg)->words + id, key);
}

static enum err
find_or_add(struct paths *t, const uint32_t *key, uint64_t hash, uint32_t *id)
{
	size_t n = path_size(key[0]);

	*id = map_find(&t->by_path, hash, is_key, key, t);
	if (*id != MAP_NONE)
		return OK;
	if ((key[0] & PATH_WORDS) > AS_PATH_HOPS_MAX || t->n >= PATHS_MAX || t->n_words + n >= MAP_NONE)
		return ERR_LIMIT;
	*id = (uint32_t)t->n_words;
	t->words = grow(t->words, &t->cap_words, t->n_words + n, sizeof(*t->words));
	memcpy(t->words + t->n_words, key, n * sizeof(*key));
	t->n_words += n;
	t->n++;
	map_add(&t->by_path, hash, *id);
	return OK;
}

/* Slot and path are each fetched while the others' are on their way. */
static enum err
intern_some(struct paths *t, const uint32_t *const *key, size_t n, uint32_t *ids)
{
	uint64_t hash[AT_ONCE];
	uint32_t todo[AT_ONCE];
	size_t i, m = 0;

	for (i = 0; i < n; i++) {
		if (ids[i] != MAP_NONE && same(t->words + ids[i], key[i]))
			continue;
		hash[m] = map_hash(key[i], path_size(key[i][0]) * sizeof(*key[i]));
		map_prefetch(&t->by_path, hash[m]);
		todo[m++] = (uint32_t)i;
	}
	for (i = 0; i < m; i++) {
		uint32_t expect = map_expect(&t->by_path, hash[i]);

		if (expect != MAP_NONE)
			__builtin_prefetch(t->words + expect);
	}
	for (i = 0; i < m; i++)
		TRY(find_or_add(t, key[todo[i]], hash[i], &ids[todo[i]]));
	return OK;
}

enum err
paths_intern(struct paths *t, const uint32_t *const *key, size_t n, uint32_t *ids)
{
	size_t i;

	assert(!t->sealed);
	for (i = 0; i < n; i += AT_ONCE)
		TRY(intern_some(t, key + i, n - i < AT_ONCE ? n - i : AT_ONCE, ids + i));
	return OK;
}

enum err
paths_absorb(struct paths *t, const struct paths *src, uint32_t *map)
{
	const uint32_t *key[AT_ONCE];
	uint32_t from[AT_ONCE], ids[AT_ONCE], id = 0;
	size_t n, i;

	assert(!src->sealed);
	while (id < src->n_words) {
		for (n = 0; n < AT_ONCE && id < src->n_words; n++, id = path_next(src, id)) {
			key[n] = src->words + id;
			from[n] = id;
			ids[n] = MAP_NONE;
		}
		TRY(paths_intern(t, key, n, ids));
		for (i = 0; i < n; i++)
			map[from[i]] = ids[i];
	}
	return OK;
}

/* --- sealing --- */

/* Of what is no plain sequence: who can be placed. */
static void
found_in_segments(struct ases_found *f, struct aspath p)
{
	uint32_t hops[AS_PATH_HOPS_MAX];
	const uint32_t *member;
	size_t i, n;
	bool set;

	n = aspath_hops(p, hops, AS_PATH_HOPS_MAX, &set);
	for (i = 0; i < n; i++)
		ases_found_add(f, hops[i]);
	n = aspath_last_set(p, &member);
	for (i = 0; i < n; i++)
		ases_found_add(f, member[i]);
	ases_found_add(f, aspath_origin(p));
}

void
paths_seal(struct paths *t)
{
	struct ases_found f;
	uint32_t id, i, n;

	assert(!t->sealed);
	map_release(&t->by_path);
	ases_found_init(&f);
	for (id = 0; id < t->n_words; id = path_next(t, id)) {
		n = t->words[id] & PATH_WORDS;
		if ((t->words[id] & PATH_SEGMENTS) != 0)
			found_in_segments(&f, (struct aspath){t->words + id + 1, n});
		else
			for (i = 1; i <= n; i++)
				ases_found_add(&f, t->words[id + i]);
	}
	ases_build(&t->ases, &f);
	for (id = 0; id < t->n_words; id = path_next(t, id)) {
		if ((t->words[id] & PATH_SEGMENTS) != 0)
			continue;
		n = t->words[id] & PATH_WORDS;
		for (i = 1; i <= n; i++) {
			uint32_t as = ases_id(&t->ases, t->words[id + i]);

			t->words[id + i] = as != MAP_NONE ? as : (uint32_t)t->ases.n;
		}
	}
	t->sealed = true;
}

/* --- asking --- */

static uint32_t
asn_at(const struct paths *t, uint32_t word)
{
	return t->sealed ? t->ases.asn[t->words[word]] : t->words[word];
}

struct aspath
path_words(const struct paths *t, uint32_t id, uint32_t *buf)
{
	uint32_t head = t->words[id], n = head & PATH_WORDS, i;

	if ((head & PATH_SEGMENTS) != 0)
		return (struct aspath){t->words + id + 1, n};
	buf[0] = SEQUENCE << 16 | n;
	for (i = 1; i <= n; i++)
		buf[i] = asn_at(t, id + i);
	return (struct aspath){buf, n + 1};
}

uint32_t
path_origin_of_segments(const struct paths *t, uint32_t id)
{
	return aspath_origin((struct aspath){t->words + id + 1, t->words[id] & PATH_WORDS});
}

uint32_t
path_first(const struct paths *t, uint32_t id)
{
	uint32_t head = t->words[id], n = head & PATH_WORDS;

	if ((head & PATH_SEGMENTS) != 0)	/* its first word is a segment's header */
		return n > 1 ? t->words[id + 2] : 0;
	if (n == 0)
		return 0;
	return t->sealed ? t->ases.asn[t->words[id + 1]] : t->words[id + 1];
}

uint32_t
path_hops(const struct paths *t, uint32_t id, uint32_t *ids, bool *set)
{
	uint32_t head = t->words[id], n = head & PATH_WORDS, i, k = 0;

	assert(t->sealed);
	*set = false;
	if ((head & PATH_SEGMENTS) == 0) {
		for (i = 1; i <= n; i++)
			if (k == 0 || ids[k - 1] != t->words[id + i])
				ids[k++] = t->words[id + i];
		return k;
	}
	k = (uint32_t)aspath_hops((struct aspath){t->words + id + 1, n}, ids, AS_PATH_HOPS_MAX, set);
	for (i = 0; i < k; i++) {
		uint32_t as = ases_id(&t->ases, ids[i]);

		ids[i] = as != MAP_NONE ? as : (uint32_t)t->ases.n;
	}
	return k;
}

#define HEAD 4u			/* ASNs that decide before the length and type of the first segment do */

int
path_cmp(const struct paths *t, uint32_t a, uint32_t b)
{
	uint32_t buf_a[AS_PATH_HOPS_MAX + 1], buf_b[AS_PATH_HOPS_MAX + 1], i;
	struct aspath x = path_words(t, a, buf_a), y = path_words(t, b, buf_b);
	uint32_t otc_a = t->words[a] & PATH_OTC, otc_b = t->words[b] & PATH_OTC;

	for (i = 1; i <= HEAD; i++) {
		uint32_t wa = i < x.n ? x.w[i] : 0, wb = i < y.n ? y.w[i] : 0;

		if (wa != wb)
			return wa < wb ? -1 : 1;
	}
	for (i = 0; i < x.n && i < y.n; i++)
		if (x.w[i] != y.w[i])
			return x.w[i] < y.w[i] ? -1 : 1;
	if (x.n != y.n)
		return x.n < y.n ? -1 : 1;
	if (otc_a != otc_b)
		return otc_b != 0 ? -1 : 1;
	otc_a = otc_a != 0 ? t->words[path_next(t, a) - 1] : 0;
	otc_b = otc_b != 0 ? t->words[path_next(t, b) - 1] : 0;
	return (otc_a > otc_b) - (otc_a < otc_b);
}
