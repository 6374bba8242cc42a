/*
 * history: what was to be seen in the days before a window: routes (prefix and origin), and who stood beside whom on
 * their paths. Filled from tables that are older than the window, sealed, then read by any number of threads.
 *
 * Workload: a table of 10 M entries has 1.2 M routes and some 2 M triples; both are sorted arrays.
 */
#ifndef METRIC_HISTORY_H
#define METRIC_HISTORY_H

#include "addr/prefix.h"

#include <stddef.h>

struct history_route { struct prefix prefix; uint32_t origin; };

struct history {
	struct history_route *routes;	/* sealed: by (prefix, origin), each once */
	size_t n_routes, cap_routes, n_routes_packed;
	uint32_t (*triples)[3];		/* neighbours on a path: who told it, who passed it on, who took it */
	size_t n_triples, cap_triples, n_triples_packed;
	bool sealed;
};
void history_init(struct history *h);
void history_release(struct history *h);
void history_add_route(struct history *h, const struct prefix *p, uint32_t origin);
void history_add_path(struct history *h, const uint32_t *hop, size_t n);	/* as path_hops() gives it */
void history_seal(struct history *h);

bool history_knows(const struct history *h, unsigned family);	/* some route of it was to be seen */
bool history_has_route(const struct history *h, const struct prefix *p, uint32_t origin);
bool history_has_triple(const struct history *h, const uint32_t triple[static 3]);
/* Whether either passed on to a third what the other told it. */
bool history_beside(const struct history *h, uint32_t a, uint32_t b);
/* The routes of exactly this prefix: *first of them, returns how many. */
size_t history_routes(const struct history *h, const struct prefix *p, const struct history_route **first);
/* The same of the longest prefix that covers p and is not p. */
size_t history_covering(const struct history *h, const struct prefix *p, const struct history_route **first);

#endif
