/* minimal_sets: numbers, ranges of addresses and words, and whether something is in them. */
#include "pipe/minimal_int.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* --- sets --- */

void
numbers_add(struct numbers *s, uint64_t v)
{
	if (s->n > 0 && s->v[s->n - 1] == v)
		return;
	s->v = grow(s->v, &s->cap, s->n + 1, sizeof(*s->v));
	s->v[s->n++] = v;
}

static int
number_cmp(const void *pa, const void *pb)
{
	uint64_t a = *(const uint64_t *)pa, b = *(const uint64_t *)pb;

	return (a > b) - (a < b);
}

void
numbers_seal(struct numbers *s)
{
	size_t i, k = 0;

	if (s->n > 0)
		qsort(s->v, s->n, sizeof(*s->v), number_cmp);
	for (i = 0; i < s->n; i++)
		if (k == 0 || s->v[k - 1] != s->v[i])
			s->v[k++] = s->v[i];
	s->n = k;
}

bool
numbers_meet(const struct numbers *s, uint64_t first, uint64_t last)
{
	size_t lo = 0, hi = s->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (s->v[mid] < first)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < s->n && s->v[lo] <= last;
}

bool
numbers_has(const struct numbers *s, uint64_t v)
{
	return numbers_meet(s, v, v);
}

static struct range
range_of(const struct prefix *p)
{
	struct range r;
	unsigned i;

	memcpy(r.first, p->addr, 16);
	memcpy(r.last, p->addr, 16);
	for (i = p->len; i < 128; i++)
		r.last[i / 8] |= (uint8_t)(0x80 >> i % 8);
	return r;
}

void
minimal_near_add(struct minimal *m, const struct prefix *p)
{
	unsigned f = p->family;

	if (p->len == 0)	/* a default route is near everything */
		return;
	m->near[f] = grow(m->near[f], &m->cap_near[f], m->n_near[f] + 1, sizeof(*m->near[f]));
	m->near[f][m->n_near[f]++] = range_of(p);
}

static int
range_cmp(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct range));
}

void
minimal_near_seal(struct minimal *m)
{
	size_t i, k;
	int f;

	for (f = 0; f < FAMILY_N; f++) {
		struct range *r = m->near[f];

		if (m->n_near[f] > 0)
			qsort(r, m->n_near[f], sizeof(*r), range_cmp);
		for (i = k = 0; i < m->n_near[f]; i++)	/* of prefixes, one holds the other or they are apart */
			if (k == 0 || memcmp(r[k - 1].last, r[i].first, 16) < 0)
				r[k++] = r[i];
		m->n_near[f] = k;
	}
}

bool
minimal_overlaps(const struct minimal *m, unsigned family, const struct range *r)
{
	size_t lo = 0, hi = m->n_near[family], mid;

	while (lo < hi) {	/* the first that does not end before r begins */
		mid = lo + (hi - lo) / 2;
		if (memcmp(m->near[family][mid].last, r->first, 16) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < m->n_near[family] && memcmp(m->near[family][lo].first, r->last, 16) <= 0;
}

bool
minimal_near(const struct minimal *m, const struct prefix *p)
{
	struct range r = range_of(p);

	return minimal_overlaps(m, p->family, &r);
}

bool
minimal_carries(const struct minimal *m, const struct prefix *p)
{
	size_t n;
	uint32_t i = routes_find(&m->w->routes, p, &n);

	return m->all_routes || (i != MAP_NONE && n > 0 && m->carried[i]);
}

/* The handles of registries are the same in any case (RFC 2622 section 2). */
static void
lower(char *p)
{
	for (; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
}

static int
word_cmp(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
minimal_word_add(struct minimal *m, struct span word)
{
	char *copy;

	if (word.len == 0)
		return;
	copy = arena_strdup(m->arena, word);
	lower(copy);
	m->words = grow(m->words, &m->cap_words, m->n_words + 1, sizeof(*m->words));
	m->words[m->n_words++] = copy;
}

bool
minimal_word(const struct minimal *m, struct span word)
{
	char buf[256];
	const char *key = buf;

	if (word.len >= sizeof(buf) || m->n_words == 0)
		return false;
	memcpy(buf, word.p, word.len);
	buf[word.len] = '\0';
	lower(buf);
	return bsearch(&key, m->words, m->n_words, sizeof(*m->words), word_cmp) != NULL;
}

void
minimal_words_seal(struct minimal *m)
{
	if (m->n_words > 0)
		qsort(m->words, m->n_words, sizeof(*m->words), word_cmp);
}
