/* server: the life of it. */
#include "serve/serve.h"
#include "serve/sandbox.h"
#include "serve/site.h"
#include "serve/socket.h"
#include "serve/talk.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define FDS_OWN (96 + SERVE_DOWNLOADS)	/* descriptors that are no connections: the archive's, the threads', the log's */
#define BACKLOG 1024

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
	counters_head(out, "routemark_bundles_taken", "gauge", "Bundles that are being taken.");
	str_addf(out, "routemark_bundles_taken %u\n", atomic_load(&s->counters.taken));
	docket_counters(&s->docket, out);
	counters_head(out, "routemark_archive_generation", "gauge", "How often the archive was seen to have changed.");
	str_addf(out, "routemark_archive_generation %" PRIu64 "\n", shelf_generation(&s->shelf));
}

/* --- the life of it --- */

/* Else the sandbox could not be told of them. */
static enum err
folders_there(const struct serve_options *o, struct str *why)
{
	const char *all[] = {o->log, o->bundles};
	struct stat st;
	size_t i;

	for (i = 0; i < 2; i++) {
		if (all[i] == NULL || (stat(all[i], &st) == 0 && S_ISDIR(st.st_mode)))
			continue;
		str_addf(why, "%s: is no folder that is there", all[i]);
		return ERR_OPEN;
	}
	return OK;
}

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
	s->responder = (struct responder){&s->shelf, &s->docket, &s->cache, &s->site};
	e = folders_there(o, why);
	if (e == OK) {
		str_addf(why, "%s: ", o->archive);
		e = shelf_open(&s->shelf, o->archive, why);
	}
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

/* Owned. */
static char *
folder_of(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash == NULL ? strdup(".") : slash == file ? strdup("/") : strndup(file, (size_t)(slash - file));
}

static enum err
enclose(struct server *s, struct serve_told *told, struct str *why)
{
	char *archive = folder_of(s->o.archive), *ledger = s->o.disputes != NULL ? folder_of(s->o.disputes) : NULL;
	const char *read[4] = {archive}, *wrong = NULL;	/* a journal may come and go beside the archive */
	struct sandbox box;
	size_t n = 1;
	enum err e;

	if (s->o.log != NULL)
		read[n++] = s->o.log;
	if (ledger != NULL)	/* another file takes its place when it grows */
		read[n++] = ledger;
	if (s->o.bundles != NULL)
		read[n++] = s->o.bundles;
	e = s->o.open ? OK : sandbox_enter(read, n, &box, &wrong);
	if (e != OK)
		str_adds(why, wrong);
	else if (!s->o.open) {
		told->landlock = s->counters.landlock = box.landlock;
		told->seccomp = s->counters.seccomp = box.seccomp;
	}
	free(archive);
	free(ledger);
	return e;
}

static void
tell(const struct server *s, struct serve_told *told)
{
	const struct docket_view *v = s->docket.view;
	size_t i;

	told->disputes = v->ledger != NULL ? v->ledger->open.n : 0;
	told->marks = v->log != NULL ? v->log->n_marks : 0;
	told->bundles = v->bundles != NULL ? v->bundles->n_good : 0;
	told->broken = v->bundles != NULL ? v->bundles->n_broken : 0;
	for (i = 0; told->broken > 0 && told->first_broken[0] == '\0'; i++)
		if (v->bundles->all[i]->why != NULL)
			snprintf(told->first_broken, sizeof(told->first_broken), "%s: %s", v->bundles->all[i]->name,
			    v->bundles->all[i]->why);
	if (v->log_trouble != NULL)
		snprintf(told->log_trouble, sizeof(told->log_trouble), "%s", v->log_trouble);
}

enum err
serve_start(struct server *s, struct serve_told *told, struct str *why)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME;

	str_clear(why);
	s->connections = told->connections = room();
	TRY(enclose(s, told, why));
	TRY(docket_open(&s->docket, &(struct docket_options){s->o.disputes, s->o.log, s->o.bundles, s->o.keys, s->o.issuers, s->o.policy}, why));
	tell(s, told);
	TRY(docket_start(&s->docket));
	serve_tick(s);
	if (makers_start(&s->makers, talk_make, s) != OK || keeper_start(&s->keeper, &s->responder) != OK) {
		str_adds(why, "no threads can be had");
		return ERR_IO;
	}
	s->daemon = mhd.start_daemon(flags, 0, NULL, NULL, talk_asked, s, MHD_OPTION_EXTERNAL_LOGGER, talk_said, NULL,
	    MHD_OPTION_LISTEN_SOCKET, s->fd, MHD_OPTION_THREAD_POOL_SIZE, SERVE_THREADS, MHD_OPTION_CONNECTION_LIMIT,
	    s->connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)SERVE_CONNECTION_BYTES,
	    MHD_OPTION_CONNECTION_TIMEOUT, SERVE_HEAD_S * 2, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, talk_uri, s,
	    MHD_OPTION_NOTIFY_COMPLETED, talk_completed, s, MHD_OPTION_NOTIFY_CONNECTION, talk_connected, s, MHD_OPTION_END);
	if (s->daemon != NULL)
		return OK;
	str_adds(why, "the server does not start");
	return ERR_IO;
}

void
serve_tick(struct server *s)
{
	guard_tick(&s->guard, talk_now() / 1000000, SERVE_HEAD_S, SERVE_ANSWER_S);
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
	docket_close(&s->docket);
	shelf_close(&s->shelf);
	cache_release(&s->cache);
	guard_release(&s->guard);
	site_release(&s->site);
	free(s);
}
