/*
 * graph: who is whose provider, customer, peer.
 *
 * Workload: 400 k links, sealed once, then asked for the relation of two ASes some million times (each
 * hop of each unique path): binary search over links sorted by (lower ASN, higher ASN). Invariant of the
 * sealed table: one link per pair; a < b unless b is the provider's customer (P2C keeps its direction).
 */
#include "world/people.h"
#include "base/limits.h"
#include "base/map.h"
#include "world/order.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void
graph_init(struct graph *g)
{
	*g = (struct graph){0};
}

void
graph_release(struct graph *g)
{
	free(g->links);
	free(g->n_customers);
	ases_release(&g->ases);
	graph_init(g);
}

enum err
graph_add(struct graph *g, const struct asrel *l)
{
	assert(!g->sealed);
	if (g->n >= TABLE_ROWS_MAX)
		return ERR_LIMIT;
	g->links = grow(g->links, &g->cap, g->n + 1, sizeof(*g->links));
	g->links[g->n] = *l;
	if (l->kind != ASREL_P2C && l->a > l->b)
		g->links[g->n] = (struct asrel){l->b, l->a, l->kind};
	g->n++;
	return OK;
}

enum err
graph_absorb(struct graph *dst, const struct graph *src)
{
	size_t i;

	assert(!src->sealed);
	for (i = 0; i < src->n; i++)
		TRY(graph_add(dst, &src->links[i]));
	dst->present = dst->present || src->present;
	return OK;
}

static uint64_t
pair_key(uint32_t a, uint32_t b)
{
	return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

static void
count_customers(struct graph *g)
{
	struct ases_found found;
	size_t i;

	ases_found_init(&found);
	for (i = 0; i < g->n; i++) {
		ases_found_add(&found, g->links[i].a);
		ases_found_add(&found, g->links[i].b);
	}
	ases_build(&g->ases, &found);
	g->n_customers = xcalloc(g->ases.n, sizeof(*g->n_customers));
	for (i = 0; i < g->n; i++) {
		uint32_t id = ases_id(&g->ases, g->links[i].a);

		if (g->links[i].kind == ASREL_P2C && id != MAP_NONE)	/* 4294967295 is no AS */
			g->n_customers[id]++;
	}
}

/* By pair; of the links of one pair in no order. */
static void
sort_links(struct graph *g)
{
	struct order_item *item = xmalloc(g->n * sizeof(*item));
	struct asrel *links = xmalloc(g->n * sizeof(*links));
	size_t i;

	for (i = 0; i < g->n; i++)
		item[i] = (struct order_item){pair_key(g->links[i].a, g->links[i].b), (uint32_t)i};
	order_u64(item, g->n);
	for (i = 0; i < g->n; i++)
		links[i] = g->links[item[i].id];
	free(item);
	free(g->links);
	g->links = links;
	g->cap = g->n;
}

static bool
same_link(const struct asrel *a, const struct asrel *b)
{
	return a->a == b->a && a->b == b->b && a->kind == b->kind;
}

void
graph_seal(struct graph *g)
{
	size_t i, k = 0;

	assert(!g->sealed);
	sort_links(g);
	for (i = 0; i < g->n;) {
		const struct asrel first = g->links[i];
		uint64_t key = pair_key(first.a, first.b);
		bool clash = first.a == first.b;

		for (; i < g->n && pair_key(g->links[i].a, g->links[i].b) == key; i++)
			clash = clash || !same_link(&first, &g->links[i]);
		g->n_conflicts += clash;
		if (!clash)
			g->links[k++] = first;
	}
	g->n = k;
	count_customers(g);
	g->sealed = true;
}

enum as_relation
graph_relation(const struct graph *g, uint32_t a, uint32_t b)
{
	uint64_t key = pair_key(a, b);
	size_t lo = 0, hi = g->n;

	assert(g->sealed);
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (pair_key(g->links[mid].a, g->links[mid].b) < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == g->n || pair_key(g->links[lo].a, g->links[lo].b) != key)
		return REL_NONE;
	if (g->links[lo].kind == ASREL_P2P)
		return REL_PEER;
	if (g->links[lo].kind == ASREL_S2S)
		return REL_SIBLING;
	return g->links[lo].a == a ? REL_CUSTOMER : REL_PROVIDER;
}

bool
graph_knows(const struct graph *g, uint32_t asn)
{
	assert(g->sealed);
	return ases_id(&g->ases, asn) != MAP_NONE;
}

size_t
graph_customers(const struct graph *g, uint32_t asn)
{
	uint32_t id = ases_id(&g->ases, asn);

	assert(g->sealed);
	return id != MAP_NONE ? g->n_customers[id] : 0;
}
