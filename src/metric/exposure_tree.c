/*
 * exposure_tree: the chains that carry a share worth telling, in the order in which they are drawn.
 */
#include "metric/exposure_int.h"

#include <stdlib.h>

struct child {
	uint32_t parent, id, asn;
	uint64_t sum;
};

struct tree {
	const struct survey *s;
	struct child *child;	/* owned: by parent, then share */
	uint32_t *first;	/* owned: by chain; n + 1 */
	uint64_t least;		/* sum over views below which a chain is cut */
	struct exposure_node *nodes;
	size_t n;
};

static int
cmp_child(const void *a, const void *b)
{
	const struct child *x = a, *y = b;

	if (x->parent != y->parent)
		return x->parent < y->parent ? -1 : 1;
	if (x->sum != y->sum)
		return x->sum > y->sum ? -1 : 1;
	return (x->asn > y->asn) - (x->asn < y->asn);
}

static uint32_t
ppm(const struct tree *t, uint64_t sum)
{
	uint64_t of = (uint64_t)t->s->out->n_views * (BILLION / 1000000u);

	return (uint32_t)((2 * sum + of) / (2 * of));
}

static void
children_find(struct tree *t)
{
	const struct chains *c = &t->s->t;
	size_t i, n = 0;

	t->child = xmalloc(c->n * sizeof(*t->child));
	t->first = xcalloc(c->n + 2, sizeof(*t->first));
	for (i = 1; i < c->n; i++)
		if (c->c[i].sum > 0) {
			t->child[n++] = (struct child){c->c[i].parent, (uint32_t)i,
			    t->s->g->f->ases->asn[c->c[i].as], c->c[i].sum};
			t->first[c->c[i].parent + 1]++;
		}
	for (i = 0; i < c->n; i++)
		t->first[i + 1] += t->first[i];
	if (n > 0)
		qsort(t->child, n, sizeof(*t->child), cmp_child);
}

static void
node_put(struct tree *t, uint32_t id, uint32_t parent)
{
	const struct chain *c = &t->s->t.c[id];

	t->nodes[t->n++] = (struct exposure_node){.asn = t->s->g->f->ases->asn[c->as], .parent = parent,
	    .depth = c->depth, .mean_ppm = ppm(t, c->sum), .n_vps = c->n_vps, .n_paths = c->paths};
}

/* The children of the chain id, which stands at the index at: shown or counted. Chains are as long as paths,
 * which are of AS_PATH_HOPS_MAX at most; but those with a share worth telling are short. */
static void
children_put(struct tree *t, uint32_t id, uint32_t at)
{
	uint32_t i, last = EXPOSURE_NONE;
	uint64_t cut = 0;

	for (i = t->first[id]; i < t->first[id + 1]; i++) {
		const struct child *c = &t->child[i];

		if (c->sum < t->least) {
			t->nodes[at].n_cut++;
			cut += c->sum;
			continue;
		}
		last = (uint32_t)t->n;
		node_put(t, c->id, at);
		children_put(t, c->id, last);
	}
	t->nodes[at].cut_ppm = ppm(t, cut);
	if (last != EXPOSURE_NONE)
		t->nodes[last].last = t->nodes[at].n_cut == 0;
}

void
survey_tree(struct survey *s, uint32_t min_ppm, struct arena *a)
{
	struct tree t = {.s = s, .least = (uint64_t)min_ppm * s->out->n_views * (BILLION / 1000000u)};
	size_t i, n = 1;

	for (i = 1; i < s->t.n; i++)
		n += s->t.c[i].sum > 0 && s->t.c[i].sum >= t.least;
	t.nodes = arena_array(a, n, sizeof(*t.nodes));
	children_find(&t);
	node_put(&t, 0, EXPOSURE_NONE);
	t.nodes[0].last = true;
	children_put(&t, 0, 0);
	free(t.child);
	free(t.first);
	s->out->nodes = t.nodes;
	s->out->n_nodes = t.n;
}
