/* chain: which networks are drawn, where each stands, and what links them. */
#include "report/chain.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

struct laying {
	const struct exposed *x;
	struct chain_net *nets;		/* ascending by ASN while they are gathered */
	uint32_t *depth;		/* of each of them */
	size_t n;
	struct chain_link *links;
	size_t n_links;
};

/* --- who there is --- */

static int
by_asn(const void *a, const void *b)
{
	uint32_t x = ((const struct chain_net *)a)->asn, y = ((const struct chain_net *)b)->asn;

	return (x > y) - (x < y);
}

static size_t
find(const struct laying *l, uint32_t asn)
{
	const struct chain_net key = {.asn = asn};
	const struct chain_net *at = bsearch(&key, l->nets, l->n, sizeof(key), by_asn);

	return at != NULL ? (size_t)(at - l->nets) : SIZE_MAX;
}

/* Every ASN once, ascending. */
static void
gather(struct laying *l, struct arena *a)
{
	const struct exposed *x = l->x;
	size_t most = 1 + x->n_nets, i, n = 0;
	unsigned f;

	for (f = 0; f < FAMILY_N; f++)
		most += x->family[f].n_nodes;
	l->nets = arena_array(a, most, sizeof(*l->nets));
	l->depth = arena_array(a, most, sizeof(*l->depth));
	l->nets[n++].asn = x->origin;
	for (i = 0; i < x->n_nets; i++)
		l->nets[n++].asn = x->nets[i].asn;
	for (f = 0; f < FAMILY_N; f++)
		for (i = 0; i < x->family[f].n_nodes; i++)
			l->nets[n++].asn = x->family[f].nodes[i].asn;
	qsort(l->nets, n, sizeof(*l->nets), by_asn);
	for (i = 0; i < n; i++)
		if (l->n == 0 || l->nets[l->n - 1].asn != l->nets[i].asn)
			l->nets[l->n++] = l->nets[i];
	for (i = 0; i < l->n; i++) {
		l->nets[i].net = SIZE_MAX;
		l->depth[i] = UINT32_MAX;
	}
}

static void
ppm_add(uint32_t *to, uint32_t ppm)
{
	*to = *to + ppm < 1000000 ? *to + ppm : 1000000;
}

static void
depths(struct laying *l)
{
	const struct exposed *x = l->x;
	unsigned f;
	size_t i, at;

	for (f = 0; f < FAMILY_N; f++)
		for (i = 0; i < x->family[f].n_nodes; i++) {
			const struct exposure_node *n = &x->family[f].nodes[i];

			at = find(l, n->asn);
			l->nets[at].linked = true;
			ppm_add(&l->nets[at].ppm[f], n->mean_ppm);
			l->depth[at] = n->depth < l->depth[at] ? n->depth : l->depth[at];
		}
	for (i = 0; i < x->n_nets; i++) {
		at = find(l, x->nets[i].asn);
		l->nets[at].net = i;
		if (l->depth[at] == UINT32_MAX)
			l->depth[at] = x->nets[i].hops;
	}
	for (i = 0; i < l->n; i++) {
		uint32_t d = l->nets[i].asn == x->origin ? 0 : l->depth[i] == 0 ? 1 : l->depth[i];

		l->nets[i].column = d < CHAIN_COLUMNS ? d : CHAIN_COLUMNS - 1;
	}
}

/* --- which of them are drawn --- */

static uint32_t
weight(const struct exposed *x, const struct chain_net *n)
{
	uint32_t ppm = n->ppm[FAMILY_V4] > n->ppm[FAMILY_V6] ? n->ppm[FAMILY_V4] : n->ppm[FAMILY_V6];
	uint32_t share = n->net != SIZE_MAX ? exposed_top_ppm(&x->nets[n->net]) : 0;

	return n->column == 0 ? UINT32_MAX : ppm > share ? ppm : share;
}

struct ranked { struct chain_net n; uint32_t weight; uint64_t from; };

static int
by_weight(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	if (x->n.column != y->n.column)
		return x->n.column < y->n.column ? -1 : 1;
	return by_asn(&x->n, &y->n);
}

static size_t
keep_largest(struct laying *l)
{
	struct ranked *r = xcalloc(l->n, sizeof(*r));
	size_t i, all = l->n;

	for (i = 0; i < l->n; i++)
		r[i] = (struct ranked){l->nets[i], weight(l->x, &l->nets[i]), 0};
	qsort(r, l->n, sizeof(*r), by_weight);
	l->n = all < EXPOSURE_DRAWN_MAX ? all : EXPOSURE_DRAWN_MAX;
	for (i = 0; i < l->n; i++)
		l->nets[i] = r[i].n;
	qsort(l->nets, l->n, sizeof(*l->nets), by_asn);
	free(r);
	return all - l->n;
}

/* --- links --- */

static int
by_ends(const void *a, const void *b)
{
	const struct chain_link *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

static void
links_sum(struct laying *l)
{
	size_t i, n = 0;
	unsigned f;

	qsort(l->links, l->n_links, sizeof(*l->links), by_ends);
	for (i = 0; i < l->n_links; i++) {
		if (n == 0 || by_ends(&l->links[n - 1], &l->links[i]) != 0) {
			l->links[n++] = l->links[i];
			continue;
		}
		for (f = 0; f < FAMILY_N; f++)
			ppm_add(&l->links[n - 1].ppm[f], l->links[i].ppm[f]);
	}
	l->n_links = n;
}

static void
links_make(struct laying *l, struct arena *a)
{
	const struct exposed *x = l->x;
	size_t i, from, to;
	unsigned f;

	l->links = arena_array(a, x->family[FAMILY_V4].n_nodes + x->family[FAMILY_V6].n_nodes + 1, sizeof(*l->links));
	for (f = 0; f < FAMILY_N; f++)
		for (i = 1; i < x->family[f].n_nodes; i++) {
			const struct exposure_node *n = &x->family[f].nodes[i];

			from = find(l, x->family[f].nodes[n->parent].asn);
			to = find(l, n->asn);
			if (from == SIZE_MAX || to == SIZE_MAX || from == to)
				continue;
			l->links[l->n_links] = (struct chain_link){.from = from, .to = to};
			l->links[l->n_links++].ppm[f] = n->mean_ppm;
		}
	links_sum(l);
}

/* --- rows: each network near those that it is reached from --- */

static int
by_place(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->n.column != y->n.column)
		return x->n.column < y->n.column ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return by_weight(a, b);
}

#define NOWHERE UINT64_MAX	/* from no network of an earlier column: at the bottom */

/* The middle of where its links come from, in 2^-20 of a column. */
static uint64_t
middle(const struct laying *l, const struct chain *c, size_t at)
{
	uint64_t sum = 0, n = 0;
	size_t i;

	for (i = 0; i < l->n_links; i++) {
		const struct chain_net *from = &l->nets[l->links[i].from];

		if (l->links[i].to != at || from->column >= l->nets[at].column)
			continue;
		sum += ((2 * (uint64_t)from->row + 1) << 20) / (2 * c->in_column[from->column]);
		n++;
	}
	return n > 0 ? sum / n : NOWHERE;
}

static void
column_lay(struct laying *l, struct chain *c, unsigned column)
{
	struct ranked *r = xcalloc(l->n + 1, sizeof(*r));
	size_t i, n = 0;

	for (i = 0; i < l->n; i++)
		if (l->nets[i].column == column)
			r[n++] = (struct ranked){l->nets[i], weight(l->x, &l->nets[i]), middle(l, c, i)};
	qsort(r, n, sizeof(*r), by_place);
	for (i = 0; i < n; i++)
		l->nets[find(l, r[i].n.asn)].row = (unsigned)i;
	c->in_column[column] = (unsigned)n;
	c->rows = n > c->rows ? (unsigned)n : c->rows;
	c->columns = n > 0 ? column + 1 : c->columns;
	free(r);
}

static int
by_cell(const void *a, const void *b)
{
	const struct chain_net *x = a, *y = b;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* In the order in which they are drawn and read. */
static void
settle(struct laying *l, struct chain *c, struct arena *a)
{
	struct chain_net *nets = arena_array(a, l->n, sizeof(*nets));
	size_t *at = arena_array(a, l->n, sizeof(*at)), i;

	memcpy(nets, l->nets, l->n * sizeof(*nets));
	qsort(nets, l->n, sizeof(*nets), by_cell);
	for (i = 0; i < l->n; i++)
		at[find(l, nets[i].asn)] = i;
	for (i = 0; i < l->n_links; i++) {
		l->links[i].from = at[l->links[i].from];
		l->links[i].to = at[l->links[i].to];
	}
	qsort(l->links, l->n_links, sizeof(*l->links), by_ends);
	c->nets = nets;
	c->n = l->n;
	c->links = l->links;
	c->n_links = l->n_links;
}

struct chain *
chain_make(const struct exposed *x, struct arena *a)
{
	struct chain *c = arena_array(a, 1, sizeof(*c));
	struct laying l = {.x = x};
	unsigned column;

	gather(&l, a);
	depths(&l);
	c->left_out = keep_largest(&l);
	links_make(&l, a);
	for (column = 0; column < CHAIN_COLUMNS; column++)
		column_lay(&l, c, column);
	settle(&l, c, a);
	return c;
}
