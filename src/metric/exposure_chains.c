/*
 * exposure_chains: AS paths turned round: from the origin outward, what they share kept once. The paths of a
 * hundred vantage points to one origin meet after a hop or two, so the tree is small however many there are.
 */
#include "metric/exposure_int.h"

#include <stdlib.h>

struct step { uint32_t parent, as; };

static bool
step_eq(uint32_t id, const void *key, const void *arg)
{
	const struct step *s = key;
	const struct chain *c = &((const struct chains *)arg)->c[id];

	return c->parent == s->parent && c->as == s->as;
}

static bool
path_eq(uint32_t id, const void *key, const void *arg)
{
	return ((const struct chains *)arg)->memo[id].path == *(const uint32_t *)key;
}

void
chains_init(struct chains *t, const struct ground *g)
{
	*t = (struct chains){.g = g};
	t->c = grow(t->c, &t->cap, 1, sizeof(*t->c));
	t->c[t->n++] = (struct chain){.as = g->as, .parent = MAP_NONE};
}

void
chains_release(struct chains *t)
{
	map_release(&t->by_step);
	map_release(&t->by_path);
	free(t->c);
	free(t->memo);
	*t = (struct chains){0};
}

static bool
is_above(const struct chains *t, uint32_t at, uint32_t as)
{
	for (; at != MAP_NONE; at = t->c[at].parent)
		if (t->c[at].as == as)
			return true;
	return false;
}

static uint32_t
step_to(struct chains *t, uint32_t parent, uint32_t as)
{
	const struct step s = {parent, as};
	uint64_t h = map_hash(&s, sizeof(s));
	uint32_t id = map_find(&t->by_step, h, step_eq, &s, t);

	if (id != MAP_NONE)
		return id;
	id = (uint32_t)t->n;
	t->c = grow(t->c, &t->cap, t->n + 1, sizeof(*t->c));
	t->c[t->n++] = (struct chain){.as = as, .parent = parent, .depth = t->c[parent].depth + 1,
	    .again = is_above(t, parent, as)};
	map_add(&t->by_step, h, id);
	return id;
}

static uint32_t
walk(struct chains *t, uint32_t path)
{
	uint32_t hop[AS_PATH_HOPS_MAX], n, i, at = 0;
	bool set;

	n = path_hops(&t->g->f->w->routes.paths, path, hop, &set);
	for (i = 0; i < n && hop[i] != t->g->as;)
		i++;
	if (i == n)
		return LEAF_UNPLACED;
	while (i-- > 0)
		at = step_to(t, at, hop[i]);
	return at;
}

uint32_t
chains_leaf(struct chains *t, uint32_t path)
{
	uint64_t h = map_hash(&path, sizeof(path));
	uint32_t id = map_find(&t->by_path, h, path_eq, &path, t);

	if (id != MAP_NONE)
		return t->memo[id].leaf;
	id = (uint32_t)t->n_memo;
	t->memo = grow(t->memo, &t->cap_memo, t->n_memo + 1, sizeof(*t->memo));
	t->memo[id].path = path;
	t->memo[id].leaf = walk(t, path);
	t->n_memo++;
	map_add(&t->by_path, h, id);
	return t->memo[id].leaf;
}

uint32_t
chains_first(const struct chains *t, uint32_t leaf)
{
	while (t->c[leaf].depth > 1)
		leaf = t->c[leaf].parent;
	return leaf;
}
