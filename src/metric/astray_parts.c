/*
 * astray_parts: the space of a route as prefixes, less that of more specific routes of others: longest match.
 */
#include "metric/astray_int.h"

static void
part_put(struct astray_parts *x, const struct prefix *p, bool attracting)
{
	x->part = grow(x->part, &x->cap, x->n + 1, sizeof(*x->part));
	x->part[x->n++] = (struct astray_part){*p, attracting};
}

/* p less the n prefixes of taken, which lie in it, in order and apart. Halves it, so no deeper than p's length. */
static void
cut(struct astray_parts *x, struct prefix p, bool attracting, const struct prefix *taken, size_t n)
{
	struct prefix half = p;
	size_t left = 0;

	if (n == 0) {
		part_put(x, &p, attracting);
		return;
	}
	if (taken[0].len == p.len)
		return;
	half.len++;
	while (left < n && prefix_covers(&half, &taken[left]))
		left++;
	cut(x, half, attracting, taken, left);
	half.addr[p.len / 8] |= (uint8_t)(0x80 >> p.len % 8);
	cut(x, half, attracting, taken + left, n - left);
}

size_t
astray_parts_add(struct astray_parts *x, const struct astray_ground *g, const struct prefix *p)
{
	const struct routes *t = &g->f->w->routes;
	unsigned block = p->family == FAMILY_V4 ? 24 : 48;
	struct prefix own = *p;
	size_t before = x->n;
	bool attracting = true;
	uint32_t i;

	x->n_taken = 0;
	for (i = routes_lower(t, p); i < t->n_routes && prefix_covers(p, &t->routes[i].prefix); i++) {
		const struct prefix *q = &t->routes[i].prefix;

		if (q->len > block || !astray_is_other(g, i)) {
			attracting = attracting && !(q->len == p->len && astray_is_other(g, i));
			continue;
		}
		if (q->len == p->len)
			attracting = false;
		else if (x->n_taken == 0 || !prefix_covers(&x->taken[x->n_taken - 1], q)) {
			x->taken = grow(x->taken, &x->cap_taken, x->n_taken + 1, sizeof(*x->taken));
			x->taken[x->n_taken++] = *q;
		}
	}
	if (own.len > block) {
		own.len = (uint8_t)block;
		prefix_mask(&own);
	}
	cut(x, own, attracting, x->taken, x->n_taken);
	return x->n - before;
}
