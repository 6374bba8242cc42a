#include "serve/respond.h"
#include "serve/page.h"

#define FIXED UINT64_MAX	/* generation of what does not come from the archive */

static void
begin(struct ask *q, const struct responder *r, const struct docket_view *docket, struct arena *a, bool html)
{
	*q = (struct ask){.a = a, .site = r->site, .docket = docket, .r = reply_new(), .html = html, .rest = ""};
	q->r->type = html ? TYPE_HTML : TYPE_JSON;
	q->r->cache_control = "no-cache";
}

static bool
wants_page(const char *raw)
{
	return !span_starts(span_of(raw), "/api") && !span_starts(span_of(raw), "/log/");
}

static struct reply *
end(struct ask *q)
{
	reply_seal(q->r);
	return q->r;
}

/* Of the archive and of what lies beside it: neither comes back to one that it had. */
uint64_t
respond_together(uint64_t archive, uint64_t docket)
{
	return archive << 32 | (docket & UINT32_MAX);
}

/* Inside a snapshot of the archive. */
static void
of_archive(struct ask *q, const struct responder *r, const struct endpoint *route)
{
	struct str why = {0};
	struct loan l;
	enum err e = shelf_lend(r->shelf, &l, &why);

	if (e == OK) {
		q->view = l.view;
		q->archive = l.archive;
		q->r->generation = respond_together(l.view->generation, q->docket->generation);
		route->answer(q);
		q->view = NULL;
		q->archive = NULL;
		shelf_return(r->shelf, &l);
	} else if (e == ERR_STOPPED) {
		ask_problem(q, 503, "Busy", "The archive is being written to. Ask again in a moment.");
		q->r->retry = "5";
	} else {
		ask_problem(q, 503, "The archive cannot be read", "The archive %s.", why.len > 0 ? why.p : err_text(e));
		q->r->retry = "60";
	}
	str_release(&why);
}

/* Worth keeping? */
static bool
kept(const struct endpoint *route, const struct reply *a)
{
	return (route->kind == ROUTE_FIXED || route->kind == ROUTE_ARCHIVE) && a->status == 200 && strcmp(a->cache_control, "no-store") != 0;
}

static uint64_t
generation_of(const struct responder *r, const struct docket_view *docket, const struct endpoint *route)
{
	if (route->kind == ROUTE_FIXED)
		return FIXED;
	return route->kind == ROUTE_ARCHIVE ? respond_together(shelf_generation(r->shelf), docket->generation) : 0;
}

static struct reply *
make(const struct responder *r, const struct docket_view *docket, const struct endpoint *route, const struct target *t,
    const char *rest, struct arena *a)
{
	char *key = target_canonical(t, a);
	uint64_t generation = generation_of(r, docket, route);
	struct reply *known;
	struct ask q;

	known = generation > 0 ? cache_look(r->cache, key, generation) : NULL;
	if (known != NULL)
		return known;
	begin(&q, r, docket, a, route->html);
	q.target = t;
	q.rest = rest;
	if (route->kind == ROUTE_ARCHIVE) {
		of_archive(&q, r, route);
	} else {
		route->answer(&q);
		q.r->generation = generation;
	}
	end(&q);
	if (kept(route, q.r))
		cache_add(r->cache, key, q.r);
	return q.r;
}

struct reply *
respond(const struct responder *r, const char *raw, size_t *route)
{
	struct docket_view *docket = docket_lend(r->docket);
	struct arena *a = arena_new();
	const char *why = NULL, *rest = NULL;
	const struct endpoint *found = NULL;
	struct reply *made;
	struct target t;
	struct ask q;
	enum err e = target_read(span_of(raw), a, &t, &why);

	if (e == OK)
		found = endpoint_find(t.path, &rest);
	*route = found != NULL ? (size_t)(found - endpoints) : n_endpoints;
	if (found != NULL) {
		made = make(r, docket, found, &t, rest, a);
	} else {
		begin(&q, r, docket, a, wants_page(raw));
		if (e == OK)
			ask_problem(&q, 404, "No such page", "There is nothing at this address.");
		else
			ask_problem(&q, e == ERR_LIMIT ? 414 : 400, "Not an address of this site", "The address is not used: %s.",
			    why);
		made = end(&q);
	}
	arena_free(a);
	docket_return(docket);
	return made;
}

struct reply *
respond_kept(const struct responder *r, const char *raw, size_t *route)
{
	struct docket_view *docket = docket_lend(r->docket);
	const char *why = NULL, *rest = NULL;
	const struct endpoint *found = NULL;
	struct arena *a = arena_new();
	struct reply *known = NULL;
	struct target t;

	if (target_read(span_of(raw), a, &t, &why) == OK)
		found = endpoint_find(t.path, &rest);
	if (found != NULL && (found->kind == ROUTE_FIXED || found->kind == ROUTE_ARCHIVE))
		known = cache_find(r->cache, target_canonical(&t, a), generation_of(r, docket, found));
	docket_return(docket);
	if (known == NULL && (found == NULL || found->kind == ROUTE_FIXED || found->kind == ROUTE_NOW))
		known = respond(r, raw, route);
	*route = found != NULL ? (size_t)(found - endpoints) : n_endpoints;
	arena_free(a);
	return known;
}

struct reply *
respond_again(const struct responder *r, const char *key, struct shown *view)
{
	struct docket_view *docket = docket_lend(r->docket);
	const char *why = NULL, *rest = NULL;
	const struct endpoint *found = NULL;
	struct arena *a = arena_new();
	struct reply *made = NULL;
	struct str text = {0};
	struct target t;
	struct loan l;
	struct ask q;

	if (target_read(span_of(key), a, &t, &why) == OK)
		found = endpoint_find(t.path, &rest);
	/* a snapshot each: one for all would keep a writer waiting */
	if (found != NULL && found->kind == ROUTE_ARCHIVE && shelf_lend_bare(r->shelf, &l, &text) == OK) {
		begin(&q, r, docket, a, found->html);
		q.r->generation = docket->generation;	/* the archive's is not known yet */
		q.target = &t;
		q.rest = rest;
		q.view = view;
		q.archive = l.archive;
		found->answer(&q);
		shelf_return(r->shelf, &l);
		made = end(&q);
	}
	if (made != NULL && !kept(found, made)) {
		reply_free(made);
		made = NULL;
	}
	str_release(&text);
	arena_free(a);
	docket_return(docket);
	return made;
}

struct reply *
respond_busy(const struct responder *r, const char *raw)
{
	struct docket_view *docket = docket_lend(r->docket);
	struct arena *a = arena_new();
	struct ask q;

	begin(&q, r, docket, a, wants_page(raw));
	ask_problem(&q, 503, "Busy", "Too many ask at once. Ask again in a moment.");
	q.r->retry = "5";
	end(&q);
	arena_free(a);
	docket_return(docket);
	return q.r;
}

struct reply *
respond_refuse(const struct responder *r, const char *raw, unsigned status)
{
	struct docket_view *docket = docket_lend(r->docket);
	struct arena *a = arena_new();
	struct ask q;

	begin(&q, r, docket, a, wants_page(raw));
	q.r->closes = true;
	if (status == 405) {
		ask_problem(&q, 405, "Only to be read", "This site answers GET and HEAD only.");
		q.r->allow = "GET, HEAD";
	} else {
		ask_problem(&q, status, "Not a request for this site", "This site takes no body and one Host: ask with the address "
		    "alone.");
	}
	end(&q);
	arena_free(a);
	docket_return(docket);
	return q.r;
}
