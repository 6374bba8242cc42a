/*
 * clean: paths that can be believed, and who is whose neighbour.
 */
#include "metric/wild.h"

bool
wild_siblings(const struct world *w, uint32_t a, uint32_t b)
{
	return a == b || graph_relation(&w->graph, a, b) == REL_SIBLING || orgs_same(&w->orgs, a, b);
}

enum wild_side
wild_side(const struct world *w, uint32_t as, uint32_t neighbour)
{
	enum as_relation r = graph_relation(&w->graph, as, neighbour);

	if (r == REL_NONE || r == REL_SIBLING || wild_siblings(w, as, neighbour))
		return WILD_NOBODY;
	return r == REL_CUSTOMER ? WILD_CUSTOMER : r == REL_PEER ? WILD_PEER : WILD_PROVIDER;
}

uint32_t
wild_hops(const struct facts *f, uint32_t path, uint32_t *hop)
{
	const struct paths *t = &f->w->routes.paths;
	uint32_t n, i, k;
	bool set;

	n = path_hops(t, path, hop, &set);
	if (!path_is_placed(t, path, n, set))
		return 0;
	for (i = 0; i < n; i++) {
		if ((f->as_bits[hop[i]] & AS_BOGON) != 0)
			return 0;
		for (k = 0; k < i; k++)
			if (hop[k] == hop[i])
				return 0;
	}
	return n;
}
