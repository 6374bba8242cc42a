/* enforce: what the tests of the metrics on enforcement share: small worlds, and paths read naively. */
#ifndef ENFORCE_H
#define ENFORCE_H

#include "measure.h"

static inline void
hand_org(struct hand *h, uint32_t asn, const char *id)
{
	if (orgs_add_as(&h->w.orgs, asn, SPAN("N"), span_of(id)) != OK)
		abort();
}

static inline void
hand_peers(struct hand *h, uint32_t a, uint32_t b)
{
	if (graph_add(&h->w.graph, &(struct asrel){a, b, ASREL_P2P}) != OK)
		abort();
}

static inline void
hand_aspa(struct hand *h, uint32_t customer, uint32_t provider)
{
	if (rpki_add_aspa(&h->w.rpki, customer, &provider, 1) != OK)
		abort();
}

/* As hand_see, with the Only-to-Customer mark. */
static inline void
hand_see_otc(struct hand *h, const char *prefix, const char *path, uint32_t otc)
{
	struct prefix p = hand_prefix(prefix);
	uint32_t w[64] = {0}, n = 1, id;
	const char *at = path;
	char *end;

	for (; *at != '\0'; at = end + (*end == ' '))
		w[n++] = (uint32_t)strtoul(at, &end, 10);
	w[0] = 2u << 16 | (n - 1);
	if (routes_path(&h->w.routes, (struct aspath){w, n}, true, otc, &id) != OK ||
	    routes_see(&h->w.routes, &p, id, hand_vp(h, VP_TABLE, w[1]), 1) != OK)
		abort();
}

static inline uint32_t
rnd(uint64_t *s, uint32_t n)
{
	*s ^= *s << 13;
	*s ^= *s >> 7;
	*s ^= *s << 17;
	return (uint32_t)(*s >> 33) % n;
}

/* A clean path as ASNs, from its words; 0 when it is none. */
static inline uint32_t
clean(const struct world *w, const struct route *r, uint32_t i, uint32_t *hop)
{
	static uint32_t words[AS_PATH_HOPS_MAX + 1];
	struct aspath p = path_words(&w->routes.paths, w->routes.sightings[r->first + i].path, words);
	size_t n, k, j;
	bool set;

	n = aspath_hops(p, hop, 64, &set);
	if (set || n == 0 || hop[n - 1] != r->origin)
		return 0;
	for (k = 0; k < n; k++)
		for (j = 0; j < n; j++)
			if (asn_bogon(hop[k]) != NULL || (j != k && hop[j] == hop[k]))
				return 0;
	return (uint32_t)n;
}

static inline bool
kin(const struct world *w, uint32_t a, uint32_t b)
{
	const uint32_t *ids;
	size_t i, n = orgs_siblings(&w->orgs, a, &ids);

	for (i = 0; i < n; i++)
		if (w->orgs.ases[ids[i]].asn == b)
			return true;
	return a == b || graph_relation(&w->graph, a, b) == REL_SIBLING;
}

#endif
