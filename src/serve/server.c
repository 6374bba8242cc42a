/* server: the life of it, and what libmicrohttpd calls. */
#include "serve/serve.h"
#include "serve/guard.h"
#include "serve/keeper.h"
#include "serve/makers.h"
#include "serve/mhd.h"
#include "serve/respond.h"
#include "serve/sandbox.h"
#include "serve/site.h"
#include "serve/socket.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define FDS_OWN 96	/* descriptors that are no connections: the archive's, the threads', the log's */
#define BACKLOG 1024

struct server {
	struct serve_options o;
	struct MHD_Daemon *daemon;
	int fd;
	unsigned connections;
	struct shelf shelf;
	struct cache cache;
	struct guard guard;
	struct counters counters;
	struct site site;
	struct responder responder;
	struct keeper keeper;
	struct makers makers;
};

struct request {
	struct job job;			/* first */
	struct MHD_Connection *c;
	char *raw;			/* owned: path and query as they came */
	bool begun;
	struct reply *made;		/* owned: by a maker, to be sent */
	size_t route;
	int64_t from;			/* since when it is being made */
};

static int64_t
micros_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* --- what is not kept --- */

static void
make(void *arg, struct job *j, bool stopping)
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
		r->from = micros_now();
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

static void *
uri_came(void *arg, const char *uri, struct MHD_Connection *c)
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

static enum MHD_Result
asked(void *arg, struct MHD_Connection *c, const char *url, const char *method, const char *version,
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
		r->from = micros_now();
		r->route = n_endpoints;
		good = mhd_send(c, respond_refuse(&s->responder, r->raw, reads ? 400 : 405), &status, &sent);
	} else if (!r->begun) {		/* the library wants to be asked once more */
		r->begun = true;
		return MHD_YES;
	} else {
		a = reply_of(s, r, c);
		if (a == NULL)
			return MHD_YES;
		good = mhd_send(c, a, &status, &sent);
	}
	counters_add(&s->counters, r->route, status, sent, (uint64_t)(micros_now() - r->from));
	return good;
}

static void
completed(void *arg, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode how)
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

static void
connected(void *arg, struct MHD_Connection *c, void **context, enum MHD_ConnectionNotificationCode what)
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
static void
said(void *arg, const char *fmt, va_list ap)
{
	(void)arg;
	(void)fmt;
	(void)ap;
}

static void
live(void *arg, struct str *out)
{
	struct server *s = arg;

	counters_head(out, "routemark_connections", "gauge", "Connections that are open.");
	str_addf(out, "routemark_connections %" PRIu64 "\n", s->guard.open);
	counters_head(out, "routemark_connections_cut_total", "counter", "Connections that took longer than they may.");
	str_addf(out, "routemark_connections_cut_total %" PRIu64 "\n", s->guard.cut);
	counters_head(out, "routemark_cache_total", "counter", "Answers that were kept, and that had to be made.");
	str_addf(out, "routemark_cache_total{found=\"yes\"} %" PRIu64 "\nroutemark_cache_total{found=\"no\"} %" PRIu64 "\n",
	    s->cache.hits, s->cache.misses);
	counters_head(out, "routemark_archive_generation", "gauge", "How often the archive was seen to have changed.");
	str_addf(out, "routemark_archive_generation %" PRIu64 "\n", shelf_generation(&s->shelf));
}

/* --- the life of it --- */

enum err
serve_open(struct server **out, const struct serve_options *o, struct serve_told *told, struct str *why)
{
	struct server *s = xcalloc(1, sizeof(*s));
	const char *missing = NULL;
	enum err e;

	*told = (struct serve_told){0};
	s->o = *o;
	s->fd = -1;
	cache_init(&s->cache, SERVE_CACHE_BYTES);
	guard_init(&s->guard);
	s->counters.live = live;
	s->counters.arg = s;
	site_init(&s->site, o->version, o->log, o->log_key, &s->counters);
	s->responder = (struct responder){&s->shelf, &s->cache, &s->site};
	str_addf(why, "%s: ", o->archive);
	e = shelf_open(&s->shelf, o->archive, why);
	if (e == OK) {
		str_clear(why);
		str_addf(why, "%s: ", o->listen);
		told->assessments = s->shelf.view->n_months;
		e = socket_listen(o->listen, BACKLOG, &s->fd, told->address, sizeof(told->address), &told->port, why);
	}
	if (e == OK) {
		e = mhd_load(&missing);	/* while files can be read */
		if (e != OK) {
			str_clear(why);
			str_adds(why, missing);
		}
	}
	if (e == OK)
		*out = s;
	else
		serve_stop(s, 0);
	return e;
}

/* As many as there may be file descriptors. */
static unsigned
room(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) != 0)
		return 256;
	r.rlim_cur = r.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &r);
	if (getrlimit(RLIMIT_NOFILE, &r) != 0 || r.rlim_cur < 2 * FDS_OWN)
		return 64;
	return r.rlim_cur - FDS_OWN < SERVE_CONNECTIONS ? (unsigned)r.rlim_cur - FDS_OWN : SERVE_CONNECTIONS;
}

static enum err
enclose(struct server *s, struct serve_told *told, struct str *why)
{
	const char *read[2] = {NULL, s->o.log}, *wrong = NULL;
	char *folder = strdup(s->o.archive), *slash = strrchr(folder, '/');
	struct sandbox box;
	enum err e;

	if (slash == folder)
		slash[1] = '\0';
	else if (slash != NULL)
		*slash = '\0';
	read[0] = slash != NULL ? folder : ".";	/* a journal may come and go beside the archive */
	e = s->o.open ? OK : sandbox_enter(read, s->o.log != NULL ? 2 : 1, &box, &wrong);
	if (e != OK)
		str_adds(why, wrong);
	else if (!s->o.open) {
		told->landlock = s->counters.landlock = box.landlock;
		told->seccomp = s->counters.seccomp = box.seccomp;
	}
	free(folder);
	return e;
}

enum err
serve_start(struct server *s, struct serve_told *told, struct str *why)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME;

	str_clear(why);
	s->connections = told->connections = room();
	TRY(enclose(s, told, why));
	serve_tick(s);
	if (makers_start(&s->makers, make, s) != OK || keeper_start(&s->keeper, &s->responder) != OK) {
		str_adds(why, "no threads can be had");
		return ERR_IO;
	}
	s->daemon = mhd.start_daemon(flags, 0, NULL, NULL, asked, s, MHD_OPTION_EXTERNAL_LOGGER, said, NULL,
	    MHD_OPTION_LISTEN_SOCKET, s->fd, MHD_OPTION_THREAD_POOL_SIZE, SERVE_THREADS, MHD_OPTION_CONNECTION_LIMIT,
	    s->connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)SERVE_CONNECTION_BYTES,
	    MHD_OPTION_CONNECTION_TIMEOUT, SERVE_HEAD_S * 2, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, uri_came, s,
	    MHD_OPTION_NOTIFY_COMPLETED, completed, s, MHD_OPTION_NOTIFY_CONNECTION, connected, s, MHD_OPTION_END);
	if (s->daemon != NULL)
		return OK;
	str_adds(why, "the server does not start");
	return ERR_IO;
}

void
serve_tick(struct server *s)
{
	guard_tick(&s->guard, micros_now() / 1000000, SERVE_HEAD_S, SERVE_ANSWER_S);
}

void
serve_stop(struct server *s, unsigned grace)
{
	unsigned tenths;

	if (s == NULL)
		return;
	keeper_stop(&s->keeper);
	if (s->daemon != NULL) {
		mhd.quiesce_daemon(s->daemon);
		for (tenths = 0; tenths < grace * 10 && guard_is_busy(&s->guard) > 0; tenths++)
			usleep(100000);
		makers_stop(&s->makers);	/* nobody waits any more: the library must not be stopped before */
		mhd.stop_daemon(s->daemon);
	} else {
		makers_stop(&s->makers);
	}
	if (s->fd >= 0)
		close(s->fd);
	shelf_close(&s->shelf);
	cache_release(&s->cache);
	guard_release(&s->guard);
	site_release(&s->site);
	free(s);
}
