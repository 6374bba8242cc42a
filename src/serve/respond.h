/*
 * respond: from the first line of a request to its answer: from the cache, or made.
 */
#ifndef SERVE_RESPOND_H
#define SERVE_RESPOND_H

#include "serve/ask.h"

struct responder {
	struct shelf *shelf;
	struct docket *docket;
	struct cache *cache;
	const struct site *site;
};

/* A reference for the caller; never NULL. *route: its place in endpoints[], n_endpoints when there is none. */
struct reply *respond(const struct responder *r, const char *raw, size_t *route);
/* 405; 400 for a GET with a body. */
struct reply *respond_refuse(const struct responder *r, const char *raw, unsigned status);

#endif
