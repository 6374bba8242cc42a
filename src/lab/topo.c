/*
 * topo: who is connected to whom. A clique on top, three tiers below that buy upwards only, lateral
 * peers, and exchange-like peering at the edge. No cycle of providers is possible by construction.
 */
#include "base/arena.h"
#include "lab/model.h"

#include <stdlib.h>

static void
link_add(struct lab *w, uint32_t a, uint32_t b, bool peer)
{
	if (a == b)
		return;
	w->links = grow(w->links, &w->cap_links, w->n_links + 1, sizeof(*w->links));
	w->links[w->n_links++] = (struct lab_link){a, b, peer};
}

/* A node of [lo, hi), the first ones likelier: degrees get a heavy tail. */
static uint32_t
pick(struct prng *r, uint32_t lo, uint32_t hi)
{
	return lo + prng_skewed(r, hi - lo);
}

static void
buy(struct lab *w, struct prng *r, uint32_t i, uint32_t n, uint32_t lo, uint32_t hi)
{
	while (n-- > 0)
		link_add(w, pick(r, lo, hi), i, false);
}

static uint32_t
one_to_three(struct prng *r)
{
	uint32_t d = prng_below(r, 100);

	return d < 40 ? 1 : d < 85 ? 2 : 3;
}

static void
link_core(struct lab *w, struct prng *r)
{
	const uint32_t *first = w->first_of;
	uint32_t i, j, k;

	for (i = 0; i < first[TIER_TRANSIT]; i++)
		for (j = i + 1; j < first[TIER_TRANSIT]; j++)
			link_add(w, i, j, true);
	for (i = first[TIER_TRANSIT]; i < first[TIER_REGIONAL]; i++) {
		buy(w, r, i, 2 + prng_below(r, 2), 0, first[TIER_TRANSIT]);
		for (k = prng_below(r, w->params.scale == LAB_SMALL ? 5 : 240); k > 0; k--)
			link_add(w, i, pick(r, first[TIER_TRANSIT], first[TIER_REGIONAL]), true);
	}
	for (i = first[TIER_REGIONAL]; i < first[TIER_STUB]; i++) {
		buy(w, r, i, one_to_three(r), first[TIER_TRANSIT], first[TIER_REGIONAL]);
		if (prng_percent(r, 30))
			buy(w, r, i, 1, 0, first[TIER_TRANSIT]);
		for (k = prng_below(r, w->params.scale == LAB_SMALL ? 3 : 24); k > 0; k--)
			link_add(w, i, pick(r, first[TIER_TRANSIT], first[TIER_STUB]), true);
	}
}

static void
link_edge(struct lab *w, struct prng *r)
{
	const uint32_t *first = w->first_of;
	uint32_t i, k;

	for (i = first[TIER_STUB]; i < first[TIER_FAULTY]; i++) {
		/* never a careless one: their customers carry the faults */
		if (prng_percent(r, 45))
			buy(w, r, i, one_to_three(r), first[TIER_CLIQUE], first[TIER_REGIONAL]);
		else
			buy(w, r, i, one_to_three(r), first[TIER_TRANSIT], w->first_careless);
		if (!prng_percent(r, 8))
			continue;
		for (k = 1 + prng_below(r, 3); k > 0; k--)
			link_add(w, i, pick(r, first[TIER_REGIONAL], first[TIER_FAULTY]), true);
	}
	for (i = first[TIER_FAULTY]; i < w->n_routed; i++)
		buy(w, r, i, 1 + prng_below(r, 2), w->first_careless, first[TIER_STUB]);
}

static uint32_t
low(const struct lab_link *l)
{
	return l->a < l->b ? l->a : l->b;
}

static int
link_cmp(const void *x, const void *y)
{
	const struct lab_link *a = x, *b = y;
	uint32_t ha = a->a + a->b - low(a), hb = b->a + b->b - low(b);

	if (low(a) != low(b))
		return low(a) < low(b) ? -1 : 1;
	if (ha != hb)
		return ha < hb ? -1 : 1;
	return (int)a->peer - (int)b->peer;	/* a provider who is also a peer is a provider */
}

static void
drop_doubles(struct lab *w)
{
	size_t i, n = 0;

	qsort(w->links, w->n_links, sizeof(*w->links), link_cmp);
	for (i = 0; i < w->n_links; i++) {
		const struct lab_link *l = &w->links[i], *last = n > 0 ? &w->links[n - 1] : NULL;

		if (last != NULL && low(last) == low(l) && last->a + last->b == l->a + l->b)
			continue;
		w->links[n++] = *l;
	}
	w->n_links = n;
}

enum side { PROVIDERS, CUSTOMERS, PEERS };

/* Calls for each end that has a neighbour on this side: owner and neighbour. */
static unsigned
ends(const struct lab_link *l, enum side side, uint32_t owner[2], uint32_t other[2])
{
	if (l->peer != (side == PEERS))
		return 0;
	owner[0] = side == PROVIDERS ? l->b : l->a;
	other[0] = side == PROVIDERS ? l->a : l->b;
	owner[1] = other[0];
	other[1] = owner[0];
	return side == PEERS ? 2 : 1;
}

static struct lab_adj
neighbours(const struct lab *w, enum side side)
{
	struct lab_adj adj = {.first = xcalloc(w->n_ases + 2u, sizeof(*adj.first))};
	uint32_t owner[2], other[2], i;
	unsigned k, n;
	size_t l;

	/* count at [owner + 2], sum up, then fill moves [owner + 1] to where the next one starts */
	for (l = 0; l < w->n_links; l++)
		for (k = 0, n = ends(&w->links[l], side, owner, other); k < n; k++)
			adj.first[owner[k] + 2]++;
	for (i = 2; i < w->n_ases + 2; i++)
		adj.first[i] += adj.first[i - 1];
	adj.to = xcalloc(adj.first[w->n_ases + 1], sizeof(*adj.to));
	for (l = 0; l < w->n_links; l++)
		for (k = 0, n = ends(&w->links[l], side, owner, other); k < n; k++)
			adj.to[adj.first[owner[k] + 1]++] = other[k];
	return adj;
}

/* Whose customers carry the faults keeps a provider that passes on whatever it gets: a fault that all drop at once
 * nobody could see. Its providers' providers are in the clique, where nobody enforces. */
static void
leave_a_way(struct lab *w)
{
	const struct lab_adj *adj = &w->providers;
	uint32_t i, e;

	for (i = w->first_careless; i < w->first_of[TIER_STUB]; i++) {
		for (e = adj->first[i]; e < adj->first[i + 1] && w->ases[adj->to[e]].enforces; e++)
			;
		if (e == adj->first[i + 1] && e > adj->first[i])
			w->ases[adj->to[adj->first[i]]].enforces = false;
	}
}

void
topo_make(struct lab *w)
{
	struct prng r = prng_init(w->params.seed, 20);

	link_core(w, &r);
	link_edge(w, &r);
	drop_doubles(w);
	w->providers = neighbours(w, PROVIDERS);
	w->customers = neighbours(w, CUSTOMERS);
	w->peers_of = neighbours(w, PEERS);
	leave_a_way(w);
}
