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
/* What is kept of it, or takes no time; NULL: it has to be made, by respond. *route as there. */
struct reply *respond_kept(const struct responder *r, const char *raw, size_t *route);
/* The answer to what has that key in the cache, from a view that nobody sees yet; its generation is
 * that of the docket alone. NULL: there is none to be kept. */
struct reply *respond_again(const struct responder *r, const char *key, struct shown *view);
/* The generation of an answer: of the archive and of what lies beside it; neither comes back to one that it had. */
uint64_t respond_together(uint64_t archive, uint64_t docket);
/* 503: too many wait already. */
struct reply *respond_busy(const struct responder *r, const char *raw);
/* 405; 400 for a GET with a body or with two hosts. */
struct reply *respond_refuse(const struct responder *r, const char *raw, unsigned status);

#endif
