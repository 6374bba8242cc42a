#include "world/cover.h"

#include <assert.h>

void
cover_link(const void *table, size_t n, size_t stride, uint32_t *parent)
{
	const struct cover c = {table, n, stride, parent};
	size_t i;

	assert(n < MAP_NONE);
	for (i = 0; i < n; i++) {
		const struct prefix *p = cover_at(&c, i);
		uint32_t up;

		if (i > 0 && prefix_eq(cover_at(&c, i - 1), p)) {
			parent[i] = parent[i - 1];
			continue;
		}
		/* the record before is last of its prefix; what covers it may cover us */
		up = i > 0 ? (uint32_t)(i - 1) : MAP_NONE;
		while (up != MAP_NONE && !prefix_covers(cover_at(&c, up), p))
			up = parent[up];
		parent[i] = up;
	}
}

size_t
cover_rank(const struct cover *c, const struct prefix *p)
{
	size_t lo = 0, hi = c->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (prefix_cmp(cover_at(c, mid), p) <= 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

uint32_t
cover_from(const struct cover *c, size_t rank, const struct prefix *p)
{
	uint32_t i = rank > 0 ? (uint32_t)(rank - 1) : MAP_NONE;

	while (i != MAP_NONE && !prefix_covers(cover_at(c, i), p))
		i = c->parent[i];
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
