/*
 * talk: one request after the other, as libmicrohttpd calls: what is kept is sent at once, what is not is made by others while
 * the connection waits.
 */
#ifndef SERVE_TALK_H
#define SERVE_TALK_H

#include "serve/guard.h"
#include "serve/keeper.h"
#include "serve/makers.h"
#include "serve/mhd.h"
#include "serve/respond.h"
#include "serve/serve.h"

struct server {
	struct serve_options o;
	struct MHD_Daemon *daemon;
	int fd;
	unsigned connections;
	struct shelf shelf;
	struct cache cache;
	struct docket docket;
	struct guard guard;
	struct counters counters;
	struct site site;
	struct responder responder;
	struct keeper keeper;
	struct makers makers;
};

int64_t talk_now(void);			/* microseconds of a clock that never goes back */
/* As makers_start wants it. */
void talk_make(void *arg, struct job *j, bool stopping);
/* As MHD_start_daemon and its options want them; arg is the server. */
void *talk_uri(void *arg, const char *uri, struct MHD_Connection *c);
enum MHD_Result talk_asked(void *arg, struct MHD_Connection *c, const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_size, void **context);
void talk_completed(void *arg, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode how);
void talk_connected(void *arg, struct MHD_Connection *c, void **context, enum MHD_ConnectionNotificationCode what);
void talk_said(void *arg, const char *fmt, va_list ap);

#endif
