/*
 * irr: route objects and what they say of a route.
 *
 * Workload: 3 M route objects of some 25 sources, filled in any order from several files, sealed once,
 * then asked once per route. Sources are numbered as they come, newest looked at first (a
 * file has one or a few), and renumbered by name when sealed. Covering objects are found as in
 * world/cover.h.
 */
#include "world/irr.h"
#include "base/limits.h"
#include "world/cover.h"
#include "world/order.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

const char *
irr_word(enum irr_state s)
{
	switch (s) {
	case IRR_NOT_FOUND:
		return "not-found";
	case IRR_VALID:
		return "valid";
	case IRR_MORE_SPECIFIC:
		return "more-specific";
	case IRR_INVALID:
		return "invalid";
	}
	assert(false);	/* no such state */
	return "";
}

void
irr_init(struct irr *t)
{
	*t = (struct irr){.arena = arena_new()};
}

void
irr_release(struct irr *t)
{
	arena_free(t->arena);
	free(t->sources);
	free(t->routes);
	free(t->parent);
	free(t->by_origin);
	free(t->autnums);
	free(t->holders);
	*t = (struct irr){0};
}

enum err
irr_source_id(struct irr *t, struct span name, bool authoritative, uint16_t *id)
{
	size_t i;

	for (i = t->n_sources; i-- > 0;)
		if (span_is(name, t->sources[i].name))
			break;
	if (i == SIZE_MAX) {
		if (t->n_sources >= UINT16_MAX)
			return ERR_LIMIT;
		t->sources = grow(t->sources, &t->cap_sources, t->n_sources + 1, sizeof(*t->sources));
		i = t->n_sources++;
		t->sources[i] = (struct irr_source){arena_strdup(t->arena, name), authoritative, 0};
	}
	t->sources[i].authoritative = t->sources[i].authoritative && authoritative;
	*id = (uint16_t)i;
	return OK;
}

enum err
irr_add_route(struct irr *t, const struct prefix *p, uint32_t origin, struct span source,
    bool authoritative, struct utc modified)
{
	uint16_t id;

	assert(!t->sealed);
	if (t->n_routes >= TABLE_ROWS_MAX)
		return ERR_LIMIT;
	TRY(irr_source_id(t, source, authoritative, &id));
	t->routes = grow(t->routes, &t->cap_routes, t->n_routes + 1, sizeof(*t->routes));
	t->routes[t->n_routes++] = (struct irr_route){*p, id, origin, modified};
	return OK;
}

enum err
irr_absorb(struct irr *dst, const struct irr *src)
{
	uint16_t *map = xmalloc(src->n_sources * sizeof(*map));
	enum err e = OK;
	size_t i;

	assert(!dst->sealed && !src->sealed);
	for (i = 0; i < src->n_sources && e == OK; i++)
		e = irr_source_id(dst, span_of(src->sources[i].name), src->sources[i].authoritative, &map[i]);
	if (e == OK && src->n_routes >= MAP_NONE - dst->n_routes)
		e = ERR_LIMIT;
	if (e == OK) {
		dst->routes = grow(dst->routes, &dst->cap_routes, dst->n_routes + src->n_routes,
		    sizeof(*dst->routes));
		for (i = 0; i < src->n_routes; i++) {
			struct irr_route *r = &dst->routes[dst->n_routes++];

			*r = src->routes[i];
			r->source = map[r->source];
		}
	}
	for (i = 0; i < src->n_autnums && e == OK; i++) {
		const struct irr_source *s = &src->sources[src->autnums[i].source];

		e = irr_add_autnum(dst, &src->autnums[i], span_of(s->name), s->authoritative);
	}
	for (i = 0; i < src->n_holders && e == OK; i++)
		e = irr_add_holder(dst, span_of(src->holders[i]));
	dst->present = dst->present || src->present;
	free(map);
	return e;
}

static int
source_cmp(const void *pa, const void *pb)
{
	const struct irr_source *a = pa, *b = pb;

	return strcmp(a->name, b->name);
}

/* Number the sources by name, in the table and in what refers to them. */
static void
seal_sources(struct irr *t)
{
	uint16_t *map = xmalloc(t->n_sources * sizeof(*map));
	size_t i;

	/* n_routes carries the old number through the sort */
	for (i = 0; i < t->n_sources; i++)
		t->sources[i].n_routes = i;
	if (t->n_sources > 0)
		qsort(t->sources, t->n_sources, sizeof(*t->sources), source_cmp);
	for (i = 0; i < t->n_sources; i++) {
		map[t->sources[i].n_routes] = (uint16_t)i;
		t->sources[i].n_routes = 0;
	}
	for (i = 0; i < t->n_routes; i++)
		t->routes[i].source = map[t->routes[i].source];
	for (i = 0; i < t->n_autnums; i++)
		t->autnums[i].source = map[t->autnums[i].source];
	free(map);
}

static bool
same_object(const struct irr_route *a, const struct irr_route *b)
{
	return a->origin == b->origin && a->source == b->source && prefix_eq(&a->prefix, &b->prefix);
}

static int
route_cmp(const void *pa, const void *pb)
{
	const struct irr_route *a = pa, *b = pb;
	int c = prefix_cmp(&a->prefix, &b->prefix);

	if (c != 0)
		return c;
	if (a->origin != b->origin)
		return a->origin < b->origin ? -1 : 1;
	if (a->source != b->source)
		return a->source < b->source ? -1 : 1;
	return (a->modified.s < b->modified.s) - (a->modified.s > b->modified.s);	/* newest first */
}

static void
seal_routes(struct irr *t)
{
	size_t i, k = 0;

	if (t->n_routes > 0)
		qsort(t->routes, t->n_routes, sizeof(*t->routes), route_cmp);
	for (i = 0; i < t->n_routes; i++) {
		if (k > 0 && same_object(&t->routes[k - 1], &t->routes[i]))
			continue;
		t->sources[t->routes[i].source].n_routes++;
		t->routes[k++] = t->routes[i];
	}
	t->n_routes = k;
	t->parent = xmalloc(k * sizeof(*t->parent));
	cover_link(t->routes, k, sizeof(*t->routes), t->parent);
	t->by_origin = order_u32(t->routes, k, sizeof(*t->routes), offsetof(struct irr_route, origin));
}

void
irr_seal(struct irr *t)
{
	assert(!t->sealed);
	seal_sources(t);
	seal_routes(t);
	irr_seal_autnums(t);
	t->sealed = true;
}

static struct cover
cover_of(const struct irr *t)
{
	assert(t->sealed);
	return (struct cover){t->routes, t->n_routes, sizeof(*t->routes), t->parent};
}

enum irr_state
irr_state_of(const struct irr *t, const struct prefix *p, uint32_t origin, bool authoritative_only)
{
	struct cover c = cover_of(t);
	enum irr_state state = IRR_NOT_FOUND;
	uint32_t i;

	for (i = cover_first(&c, p); i != MAP_NONE; i = cover_next(&c, i)) {
		const struct irr_route *r = &t->routes[i];

		if (authoritative_only && !t->sources[r->source].authoritative)
			continue;
		if (r->origin == origin)	/* exact ones come first */
			return r->prefix.len == p->len ? IRR_VALID : IRR_MORE_SPECIFIC;
		state = IRR_INVALID;
	}
	return state;
}

size_t
irr_covering(const struct irr *t, const struct prefix *p, uint32_t *ids, size_t cap)
{
	struct cover c = cover_of(t);

	return cover_all(&c, p, ids, cap);
}

size_t
irr_of(const struct irr *t, uint32_t origin, const uint32_t **ids)
{
	assert(t->sealed);
	return order_run(t->by_origin, t->routes, t->n_routes, sizeof(*t->routes),
	    offsetof(struct irr_route, origin), origin, ids);
}
