#include "net/listen.h"
#include "base/arena.h"
#include "base/limits.h"
#include "net/library.h"

#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static struct {
	__typeof__(&MHD_start_daemon) start;
	__typeof__(&MHD_stop_daemon) stop;
	__typeof__(&MHD_get_daemon_info) info;
	__typeof__(&MHD_create_response_from_buffer) response;
	__typeof__(&MHD_destroy_response) destroy;
	__typeof__(&MHD_add_response_header) header;
	__typeof__(&MHD_queue_response) queue;
	__typeof__(&MHD_lookup_connection_value) value;
} mhd;

struct listener {
	struct MHD_Daemon *daemon;
	listen_hear *hear;
	void *arg;
	size_t max;
};

/* One question, while it comes in. */
struct coming {
	struct str body;
	int64_t since;		/* seconds of a clock that nobody sets */
	bool large;
};

static bool
load(const char **why)
{
	const struct library_name names[] = {
		{"MHD_start_daemon", (void **)&mhd.start},
		{"MHD_stop_daemon", (void **)&mhd.stop},
		{"MHD_get_daemon_info", (void **)&mhd.info},
		{"MHD_create_response_from_buffer", (void **)&mhd.response},
		{"MHD_destroy_response", (void **)&mhd.destroy},
		{"MHD_add_response_header", (void **)&mhd.header},
		{"MHD_queue_response", (void **)&mhd.queue},
		{"MHD_lookup_connection_value", (void **)&mhd.value},
	};

	return library_load("libmicrohttpd.so.12", names, sizeof(names) / sizeof(*names), why) == OK;
}

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static enum MHD_Result
answer(struct MHD_Connection *c, struct listen_answer *a)
{
	struct MHD_Response *r = mhd.response(a->body.len, a->body.p, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result good = MHD_NO;

	if (r != NULL && mhd.header(r, "Content-Type", a->type) == MHD_YES &&
	    mhd.header(r, "X-Content-Type-Options", "nosniff") == MHD_YES && mhd.header(r, "Cache-Control", "no-store") == MHD_YES)
		good = mhd.queue(c, a->status, r);
	if (r != NULL)
		mhd.destroy(r);
	str_release(&a->body);
	return good;
}

static enum MHD_Result
too_large(struct MHD_Connection *c)
{
	struct listen_answer a = {.status = 413, .type = "text/plain; charset=utf-8"};

	str_adds(&a.body, "the body is too large\n");
	return answer(c, &a);
}

/* What the head says of the body's length; what it does not say is counted as it comes. */
static bool
says_large(struct MHD_Connection *c, size_t max)
{
	const char *length = mhd.value(c, MHD_HEADER_KIND, "Content-Length");
	uint64_t n = 0;

	return length != NULL && (span_u64(span_of(length), UINT64_MAX, &n) != OK || n > max);
}

static enum MHD_Result
begin(const struct listener *l, struct MHD_Connection *c, void **ctx)
{
	struct coming *q = xcalloc(1, sizeof(*q));

	q->since = now();
	*ctx = q;
	return says_large(c, l->max) ? too_large(c) : MHD_YES;
}

static enum MHD_Result
ask(void *arg, struct MHD_Connection *c, const char *url, const char *method, const char *version, const char *data,
    size_t *n, void **ctx)
{
	struct listener *l = arg;
	struct listen_answer a = {.status = 500, .type = "text/plain; charset=utf-8"};
	struct listen_question q = {method, url, {NULL, 0}};
	struct coming *s = *ctx;

	(void)version;
	if (s == NULL)
		return begin(l, c, ctx);
	if (now() - s->since > LISTEN_ASK_S)
		return MHD_NO;	/* cut off: a byte now and then would hold a connection for hours */
	if (*n > 0) {
		s->large = s->large || *n > l->max - s->body.len;
		if (!s->large)
			str_add(&s->body, (struct span){data, *n});
		*n = 0;
		return MHD_YES;
	}
	if (s->large)
		return too_large(c);
	q.body = str_span(&s->body);
	l->hear(l->arg, &q, &a);
	return answer(c, &a);
}

static void
done(void *arg, struct MHD_Connection *c, void **ctx, enum MHD_RequestTerminationCode why)
{
	struct coming *s = *ctx;

	(void)arg;
	(void)c;
	(void)why;
	if (s != NULL)
		str_release(&s->body);
	free(s);
	*ctx = NULL;
}

/* Paths are compared with a fixed text: nothing is decoded. */
static size_t
unescape(void *arg, struct MHD_Connection *c, char *s)
{
	(void)arg;
	(void)c;
	return strlen(s);
}

/* "ADDRESS:PORT" into a; free with freeaddrinfo. */
static enum err
resolve(const char *address, struct addrinfo **a)
{
	const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE, .ai_socktype = SOCK_STREAM};
	const char *colon = strrchr(address, ':');
	char host[64];
	size_t n = colon != NULL ? (size_t)(colon - address) : 0;
	uint32_t port;

	if (n == 0 || n >= sizeof(host) || span_u32(span_of(colon + 1), 65535, &port) != OK)
		return ERR_SYNTAX;
	if (address[0] == '[' && address[n - 1] == ']') {
		address++;
		n -= 2;
	} else if (memchr(address, ':', n) != NULL) {
		return ERR_SYNTAX;
	}
	memcpy(host, address, n);
	host[n] = '\0';
	return getaddrinfo(host, colon + 1, &hints, a) == 0 ? OK : ERR_SYNTAX;
}

enum err
listen_open(const char *address, size_t max, listen_hear *hear, void *arg, struct listener **out, unsigned *port,
    const char **why)
{
	const union MHD_DaemonInfo *info;
	struct addrinfo *a = NULL;
	struct listener *l;
	unsigned flags = MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD;

	if (!load(why))
		return ERR_OPEN;
	*why = "is no address and port: 127.0.0.1:8080, [::1]:8080";
	TRY(resolve(address, &a));
	l = xmalloc(sizeof(*l));
	*l = (struct listener){.hear = hear, .arg = arg, .max = max};
	errno = 0;
	l->daemon = mhd.start(flags | (a->ai_family == AF_INET6 ? MHD_USE_IPv6 : 0), 0, NULL, NULL, ask, l,
	    MHD_OPTION_SOCK_ADDR, a->ai_addr, MHD_OPTION_CONNECTION_LIMIT, LISTEN_CONNECTIONS_MAX,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT, LISTEN_ADDRESS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, LISTEN_IDLE_S,
	    MHD_OPTION_NOTIFY_COMPLETED, done, NULL, MHD_OPTION_UNESCAPE_CALLBACK, unescape, NULL, MHD_OPTION_END);
	freeaddrinfo(a);
	info = l->daemon != NULL ? mhd.info(l->daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
	if (info == NULL) {
		*why = errno != 0 ? strerror(errno) : "cannot be listened at";
		listen_close(l);
		return ERR_OPEN;
	}
	*port = info->port;
	*out = l;
	*why = NULL;
	return OK;
}

void
listen_close(struct listener *l)
{
	if (l == NULL)
		return;
	if (l->daemon != NULL)
		mhd.stop(l->daemon);
	free(l);
}
