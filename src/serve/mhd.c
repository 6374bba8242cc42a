#include "serve/mhd.h"
#include "net/library.h"
#include "serve/ask.h"
#include "serve/gzip.h"

#include <errno.h>
#include <strings.h>
#include <unistd.h>

#define PIECE (64u << 10)

struct mhd mhd;

enum err
mhd_load(const char **why)
{
	const struct library_name names[] = {
		{"MHD_start_daemon", (void **)&mhd.start_daemon},
		{"MHD_quiesce_daemon", (void **)&mhd.quiesce_daemon},
		{"MHD_stop_daemon", (void **)&mhd.stop_daemon},
		{"MHD_suspend_connection", (void **)&mhd.suspend},
		{"MHD_resume_connection", (void **)&mhd.resume},
		{"MHD_get_connection_info", (void **)&mhd.get_connection_info},
		{"MHD_lookup_connection_value", (void **)&mhd.lookup_connection_value},
		{"MHD_get_connection_values", (void **)&mhd.get_connection_values},
		{"MHD_create_response_from_buffer_with_free_callback_cls", (void **)&mhd.create_response},
		{"MHD_create_response_from_callback", (void **)&mhd.create_from_callback},
		{"MHD_add_response_header", (void **)&mhd.add_response_header},
		{"MHD_queue_response", (void **)&mhd.queue_response},
		{"MHD_destroy_response", (void **)&mhd.destroy_response},
	};

	return library_load("libmicrohttpd.so.12", names, sizeof(names) / sizeof(*names), why);
}

/* --- one answer --- */

static const char page_policy[] = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";
static const char scripted_policy[] = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; script-src 'self'; connect-src 'self'";
static const char other_policy[] = "default-src 'none'; frame-ancestors 'none'; sandbox";

static void
answer_done(void *a)
{
	reply_free(a);
}

/* A piece of a file, which may have become shorter: then the connection is cut, and who asks sees that. */
static ssize_t
piece(void *arg, uint64_t at, char *buf, size_t max)
{
	const struct reply *a = arg;
	ssize_t n;

	do
		n = pread(a->fd, buf, max, (off_t)at);
	while (n < 0 && errno == EINTR);
	return n > 0 ? n : MHD_CONTENT_READER_END_WITH_ERROR;
}

static struct MHD_Response *
response_new(struct reply *a, bool known, struct span body)
{
	if (a->fd >= 0 && !known)
		return mhd.create_from_callback(a->size, PIECE, piece, a, answer_done);
	return mhd.create_response(body.len, (void *)(uintptr_t)body.p, answer_done, a);	/* which does not write to it */
}

static void
heads_add(struct MHD_Response *m, const struct reply *a, const char *etag)
{
	bool page = strcmp(a->type, TYPE_HTML) == 0;

	mhd.add_response_header(m, "Content-Type", a->type);
	mhd.add_response_header(m, "Cache-Control", a->cache_control);
	mhd.add_response_header(m, "Content-Security-Policy", a->script != NULL ? scripted_policy : page ? page_policy : other_policy);
	mhd.add_response_header(m, "X-Content-Type-Options", "nosniff");
	mhd.add_response_header(m, "Referrer-Policy", "no-referrer");
	mhd.add_response_header(m, "Cross-Origin-Resource-Policy", a->embeds ? "cross-origin" : "same-origin");
	if (a->fd < 0)
		mhd.add_response_header(m, "Vary", "Accept-Encoding");
	if (a->disposition != NULL)
		mhd.add_response_header(m, "Content-Disposition", a->disposition);
	if (a->embeds)
		mhd.add_response_header(m, "Access-Control-Allow-Origin", "*");
	if (*etag != '\0')
		mhd.add_response_header(m, "ETag", etag);
	if (a->closes)
		mhd.add_response_header(m, "Connection", "close");
	if (a->allow != NULL)
		mhd.add_response_header(m, "Allow", a->allow);
	if (a->location != NULL)
		mhd.add_response_header(m, "Location", a->location);
	if (a->retry != NULL)
		mhd.add_response_header(m, "Retry-After", a->retry);
}

struct header { const char *name; struct str value; };

static enum MHD_Result
header_each(void *arg, enum MHD_ValueKind kind, const char *key, const char *value)
{
	struct header *h = arg;

	(void)kind;
	if (value != NULL && strcasecmp(key, h->name) == 0)
		str_addf(&h->value, "%s%s", h->value.len > 0 ? "," : "", value);
	return MHD_YES;
}

/* Lists on several lines are one list (RFC 9110 section 5.3). Owned by the caller. */
static struct str
header_get(struct MHD_Connection *c, const char *name)
{
	struct header h = {.name = name};

	mhd.get_connection_values(c, MHD_HEADER_KIND, header_each, &h);
	return h.value;
}

enum MHD_Result
mhd_send(struct MHD_Connection *c, struct reply *a, unsigned *status, uint64_t *sent)
{
	struct str tags = header_get(c, "If-None-Match"), codings = header_get(c, "Accept-Encoding");
	bool packed = a->packed.len > 0 && gzip_accepted(codings.p);
	const char *etag = packed ? a->packed_etag : a->etag;
	bool known = etag_known(tags.p, etag);
	struct span body = known || a->fd >= 0 ? (struct span){"", 0} : str_span(packed ? &a->packed : &a->body);
	struct MHD_Response *m;
	enum MHD_Result good = MHD_NO;

	str_release(&tags);
	str_release(&codings);
	*status = known ? 304 : a->status;
	*sent = a->fd >= 0 && !known ? a->size : body.len;
	m = response_new(a, known, body);
	if (m == NULL) {
		reply_free(a);
		return MHD_NO;
	}
	heads_add(m, a, etag);
	if (packed && !known)
		mhd.add_response_header(m, "Content-Encoding", "gzip");
	good = mhd.queue_response(c, *status, m);
	mhd.destroy_response(m);
	return good;
}
