#include "world/cover.h"

#include <assert.h>

void
cover_link(const void *table, size_t n, size_t stride, uint32_t *up)
{
	const struct cover c = {table, n, stride, up};
	size_t i;

	assert(n < COVER_TOP);
	for (i = 0; i < n; i++) {
		const struct prefix *p = cover_at(&c, i);
		struct cover_key k = cover_key(p);
		uint32_t e = i > 0 ? (uint32_t)(i - 1) : MAP_NONE;

		if (i > 0 && prefix_eq(cover_at(&c, i - 1), p)) {
			up[i] = up[i - 1] | COVER_SAME;
			continue;
		}
		/* the record before is last of its prefix; what covers it may cover us */
		while (e != MAP_NONE && !cover_holds(cover_at(&c, e), k, p->family, p->len))
			e = cover_parent(&c, e);
		up[i] = e == MAP_NONE ? COVER_TOP : e;
	}
}

size_t
cover_rank_within(const struct cover *c, const struct prefix *p, size_t lo, size_t hi)
{
	struct cover_key k = cover_key(p);
	size_t n = hi - lo;

	/* records before lo sort at or before p, those from lo + n do not */
	while (n > 0) {
		size_t half = n / 2 + n % 2;
		bool at = cover_before(cover_at(c, lo + half - 1), k, p->family, p->len);

		lo = at ? lo + half : lo;
		n = at ? n - half : half - 1;
	}
	return lo;
}

size_t
cover_rank(const struct cover *c, const struct prefix *p)
{
	return cover_rank_within(c, p, 0, c->n);
}

uint32_t
cover_from(const struct cover *c, size_t rank, const struct prefix *p)
{
	uint32_t i = rank > 0 ? (uint32_t)(rank - 1) : MAP_NONE;
	struct cover_key k = cover_key(p);

	while (i != MAP_NONE && !cover_holds(cover_at(c, i), k, p->family, p->len))
		i = cover_parent(c, i);
	return i;
}

uint32_t
cover_first(const struct cover *c, const struct prefix *p)
{
	return cover_from(c, cover_rank(c, p), p);
}

size_t
cover_all(const struct cover *c, const struct prefix *p, uint32_t *ids, size_t cap)
{
	uint32_t i;
	size_t n = 0;

	for (i = cover_first(c, p); i != MAP_NONE; i = cover_next(c, i)) {
		if (n < cap)
			ids[n] = i;
		n++;
	}
	return n;
}
