/*
 * graph: who is whose provider, customer, peer.
 *
 * Workload: 400 k links, sealed once, then asked for the relation of two ASes some million times (each
 * hop of each unique path): binary search over links sorted by (lower ASN, higher ASN). Invariant of the
 * sealed table: one link per pair; a < b unless b is the provider's customer (P2C keeps its direction).
 */
#include "world/people.h"
#include "base/map.h"

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
	free(g->nodes);
	graph_init(g);
}

enum err
graph_add(struct graph *g, const struct asrel *l)
{
	assert(!g->sealed);
	if (g->n >= MAP_NONE - 1)
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

static int
link_cmp(const void *pa, const void *pb)
{
	const struct asrel *a = pa, *b = pb;
	uint64_t ka = pair_key(a->a, a->b), kb = pair_key(b->a, b->b);

	if (ka != kb)
		return ka < kb ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return (a->a > b->a) - (a->a < b->a);
}

static int
u32_cmp(const void *pa, const void *pb)
{
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;

	return (a > b) - (a < b);
}

static struct as_node *
node_of(const struct graph *g, uint32_t asn)
{
	if (g->n_nodes == 0)
		return NULL;
	return bsearch(&asn, g->nodes, g->n_nodes, sizeof(*g->nodes), u32_cmp);	/* asn comes first */
}

static void
count_nodes(struct graph *g)
{
	uint32_t *asn = xmalloc(g->n * 2 * sizeof(*asn));
	size_t i;

	for (i = 0; i < g->n; i++) {
		asn[2 * i] = g->links[i].a;
		asn[2 * i + 1] = g->links[i].b;
	}
	qsort(asn, g->n * 2, sizeof(*asn), u32_cmp);
	g->nodes = xcalloc(g->n * 2, sizeof(*g->nodes));
	for (i = 0; i < g->n * 2; i++)
		if (i == 0 || asn[i - 1] != asn[i])
			g->nodes[g->n_nodes++].asn = asn[i];
	free(asn);
	for (i = 0; i < g->n; i++) {
		struct as_node *a = node_of(g, g->links[i].a), *b = node_of(g, g->links[i].b);

		a->n_customers += g->links[i].kind == ASREL_P2C;
		b->n_providers += g->links[i].kind == ASREL_P2C;
		a->n_peers += g->links[i].kind == ASREL_P2P;
		b->n_peers += g->links[i].kind == ASREL_P2P;
		a->n_siblings += g->links[i].kind == ASREL_S2S;
		b->n_siblings += g->links[i].kind == ASREL_S2S;
	}
}

void
graph_seal(struct graph *g)
{
	size_t i, k = 0;

	assert(!g->sealed);
	if (g->n > 0)
		qsort(g->links, g->n, sizeof(*g->links), link_cmp);
	for (i = 0; i < g->n;) {
		const struct asrel first = g->links[i];
		uint64_t key = pair_key(first.a, first.b);
		bool clash = first.a == first.b;

		for (; i < g->n && pair_key(g->links[i].a, g->links[i].b) == key; i++)
			clash = clash || link_cmp(&first, &g->links[i]) != 0;
		g->n_conflicts += clash;
		if (!clash)
			g->links[k++] = first;
	}
	g->n = k;
	count_nodes(g);
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

const struct as_node *
graph_node(const struct graph *g, uint32_t asn)
{
	assert(g->sealed);
	return node_of(g, asn);
}

bool
graph_knows(const struct graph *g, uint32_t asn)
{
	return graph_node(g, asn) != NULL;
}

size_t
graph_customers(const struct graph *g, uint32_t asn)
{
	const struct as_node *n = graph_node(g, asn);

	return n != NULL ? n->n_customers : 0;
}
