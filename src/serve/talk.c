#include "serve/talk.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

struct request {
	struct job job;			/* first */
	struct MHD_Connection *c;
	char *raw;			/* owned: path and query as they came */
	bool begun;
	struct reply *made;		/* owned: by a maker, to be sent */
	size_t route;
	int64_t from;			/* since when it is being made */
};

int64_t
talk_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* --- what is not kept --- */

void
talk_make(void *arg, struct job *j, bool stopping)
{
	struct request *r = (struct request *)j;
	struct server *s = arg;

	r->made = stopping ? respond_busy(&s->responder, r->raw) : respond(&s->responder, r->raw, &r->route);
	mhd.resume(r->c);	/* and the library asks once more */
}

/* What is to be sent now; NULL: it is being made. */
static struct reply *
reply_of(struct server *s, struct request *r, struct MHD_Connection *c)
{
	struct reply *a = r->made;

	if (a == NULL) {
		r->from = talk_now();
		a = respond_kept(&s->responder, r->raw, &r->route);
	}
	if (a == NULL && !makers_room(&s->makers))
		a = respond_busy(&s->responder, r->raw);
	r->made = NULL;
	if (a == NULL) {
		r->c = c;
		mhd.suspend(c);		/* first: it may be made before makers_add is done */
		makers_add(&s->makers, &r->job);
	}
	return a;
}

/* --- what the library calls --- */

void *
talk_uri(void *arg, const char *uri, struct MHD_Connection *c)
{
	struct request *r = xcalloc(1, sizeof(*r));

	(void)arg;
	(void)c;
	r->raw = strdup(uri);
	return r;
}

static struct guarded *
guarded_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *i = mhd.get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return i != NULL ? i->socket_context : NULL;
}

struct heads { unsigned hosts, lengths; bool body; };

static enum MHD_Result
head_each(void *arg, enum MHD_ValueKind kind, const char *key, const char *value)
{
	struct heads *h = arg;

	(void)kind;
	h->hosts += strcasecmp(key, "Host") == 0;
	if (strcasecmp(key, "Content-Length") == 0) {
		h->lengths++;
		h->body |= value == NULL || strcmp(value, "0") != 0;
	}
	h->body |= strcasecmp(key, "Transfer-Encoding") == 0;
	return MHD_YES;
}

/* A body is of no use here, and whoever says two hosts or two lengths may mean another request than whoever is in between
 * took it for (RFC 9112 sections 3.2 and 11.2). */
static bool
is_plain(struct MHD_Connection *c)
{
	struct heads h = {0};

	mhd.get_connection_values(c, MHD_HEADER_KIND, head_each, &h);
	return h.hosts <= 1 && h.lengths <= 1 && !h.body;
}

enum MHD_Result
talk_asked(void *arg, struct MHD_Connection *c, const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_size, void **context)
{
	struct request *r = *context;
	struct server *s = arg;
	struct reply *a;
	enum MHD_Result good;
	unsigned status = 0;
	uint64_t sent = 0;
	bool reads;

	(void)url;
	(void)version;
	(void)upload;
	if (r == NULL || r->raw == NULL)
		return MHD_NO;
	guard_busy(&s->guard, guarded_of(c));
	reads = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
	if (!reads || !is_plain(c)) {
		*upload_size = 0;
		r->from = talk_now();
		r->route = n_endpoints;
		good = mhd_send(c, respond_refuse(&s->responder, r->raw, reads ? 400 : 405), &status, &sent);
	} else if (!r->begun) {		/* the library wants to be asked once more */
		r->begun = true;
		return MHD_YES;
	} else {
		a = reply_of(s, r, c);
		if (a == NULL)
			return MHD_YES;
		if (a->fd >= 0)
			guard_allow(&s->guard, guarded_of(c), a->size / SERVE_DOWNLOAD_RATE < SERVE_DOWNLOAD_S ?
			    (int64_t)(a->size / SERVE_DOWNLOAD_RATE) : SERVE_DOWNLOAD_S);
		good = mhd_send(c, a, &status, &sent);
	}
	counters_add(&s->counters, r->route, status, sent, (uint64_t)(talk_now() - r->from));
	return good;
}

void
talk_completed(void *arg, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode how)
{
	struct server *s = arg;
	struct request *r = *context;

	(void)how;
	guard_idle(&s->guard, guarded_of(c));
	if (r != NULL) {
		free(r->raw);
		reply_free(r->made);
	}
	free(r);
	*context = NULL;
}

void
talk_connected(void *arg, struct MHD_Connection *c, void **context, enum MHD_ConnectionNotificationCode what)
{
	const union MHD_ConnectionInfo *i;
	struct server *s = arg;

	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		guard_leave(&s->guard, *context);
		*context = NULL;
		return;
	}
	i = mhd.get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
	*context = guard_enter(&s->guard, i != NULL ? i->connect_fd : -1);
}

/* What it would print, cmd/ could not help; a stranger's broken request is none of our errors. */
void
talk_said(void *arg, const char *fmt, va_list ap)
{
	(void)arg;
	(void)fmt;
	(void)ap;
}
