/*
 * routes_hash: what a sealed table of routes says, into a digest, by nothing but its words: paths as ASNs, the
 * sightings of a route in order and each once. So two tables that say the same hash the same.
 */
#ifndef ROUTES_HASH_H
#define ROUTES_HASH_H

#include "base/sha256.h"
#include "base/str.h"
#include "world/routes.h"

#include <stdlib.h>
#include <string.h>

static inline int
routes_hash_cmp(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "17 701 64500 otc 701 weight 1" */
static inline char *
sighting_text(const struct routes *r, const struct sighting *s)
{
	static uint32_t words[AS_PATH_HOPS_MAX + 1];
	const struct paths *t = &r->paths;
	struct str text = {0};

	str_addf(&text, "%u ", s->vp);
	aspath_format(path_words(t, s->path, words), &text);
	if ((t->words[s->path] & PATH_OTC) != 0)
		str_addf(&text, " otc %u", t->words[path_next(t, s->path) - 1]);
	str_addf(&text, " weight %u\n", s->weight);
	str_addc(&text, '\0');
	return text.p;
}

static inline void
route_hash_add(struct sha256 *h, const struct routes *r, const struct route *a)
{
	char **line = malloc((a->n + 1) * sizeof(*line));
	uint32_t x[] = {a->prefix.family, a->prefix.len, a->origin, a->n_vps, a->n_full, a->visible}, i;

	sha256_add(h, x, sizeof(x));
	sha256_add(h, a->prefix.addr, sizeof(a->prefix.addr));
	for (i = 0; i < a->n; i++)
		line[i] = sighting_text(r, &r->sightings[a->first + i]);
	qsort(line, a->n, sizeof(*line), routes_hash_cmp);
	for (i = 0; i < a->n; i++)
		if (i == 0 || strcmp(line[i], line[i - 1]) != 0)
			sha256_add(h, line[i], strlen(line[i]));
	for (i = 0; i < a->n; i++)
		free(line[i]);
	free(line);
}

static inline void
routes_hash_add(struct sha256 *h, const struct routes *r)
{
	size_t i;

	for (i = 0; i < r->n_vps; i++) {
		const struct vp *v = &r->vps[i];
		uint32_t x[] = {v->kind, v->collector, v->asn, v->addr.family, v->n_prefixes[0], v->n_prefixes[1],
		    v->full_feed[0], v->full_feed[1], v->weight[0], v->weight[1]};

		sha256_add(h, x, sizeof(x));
		sha256_add(h, v->addr.b, sizeof(v->addr.b));
	}
	for (i = 0; i < r->n_routes; i++)
		route_hash_add(h, r, &r->routes[i]);
	sha256_add(h, r->paths.ases.asn, (r->paths.ases.n + 1) * sizeof(*r->paths.ases.asn));
	sha256_add(h, r->by_origin, r->n_routes * sizeof(*r->by_origin));
	sha256_add(h, r->n_visible, sizeof(r->n_visible));
}

#endif
