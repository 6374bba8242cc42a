#include "serve/mhd.h"
#include "net/library.h"
#include "serve/ask.h"
#include "serve/gzip.h"

struct mhd mhd;

enum err
mhd_load(const char **why)
{
	const struct library_name names[] = {
		{"MHD_start_daemon", (void **)&mhd.start_daemon},
		{"MHD_quiesce_daemon", (void **)&mhd.quiesce_daemon},
		{"MHD_stop_daemon", (void **)&mhd.stop_daemon},
		{"MHD_get_connection_info", (void **)&mhd.get_connection_info},
		{"MHD_lookup_connection_value", (void **)&mhd.lookup_connection_value},
		{"MHD_create_response_from_buffer_with_free_callback_cls", (void **)&mhd.create_response},
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
	mhd.add_response_header(m, "Vary", "Accept-Encoding");
	if (a->embeds)
		mhd.add_response_header(m, "Access-Control-Allow-Origin", "*");
	if (*etag != '\0')
		mhd.add_response_header(m, "ETag", etag);
	if (a->allow != NULL)
		mhd.add_response_header(m, "Allow", a->allow);
	if (a->location != NULL)
		mhd.add_response_header(m, "Location", a->location);
	if (a->retry != NULL)
		mhd.add_response_header(m, "Retry-After", a->retry);
}

/* RFC 9110 section 13.1.2: a list of tags, weakly compared; "*" is any. */
static bool
is_known(const char *header, const struct reply *a)
{
	struct span rest, piece;

	if (header == NULL || *a->etag == '\0')
		return false;
	rest = span_of(header);
	while (span_cut(&rest, ',', &piece)) {
		piece = span_trim(piece);
		if (span_starts(piece, "W/")) {
			piece.p += 2;
			piece.len -= 2;
		}
		if (span_is(piece, "*") || span_is(piece, a->etag) || span_is(piece, a->packed_etag))
			return true;
	}
	return false;
}

enum MHD_Result
mhd_send(struct MHD_Connection *c, struct reply *a, unsigned *status, uint64_t *sent)
{
	bool known = is_known(mhd.lookup_connection_value(c, MHD_HEADER_KIND, "If-None-Match"), a);
	bool packed = a->packed.len > 0 && gzip_accepted(mhd.lookup_connection_value(c, MHD_HEADER_KIND, "Accept-Encoding"));
	struct span body = known ? (struct span){"", 0} : str_span(packed ? &a->packed : &a->body);
	struct MHD_Response *m;
	enum MHD_Result good = MHD_NO;

	*status = known ? 304 : a->status;
	*sent = body.len;
	m = mhd.create_response(body.len, (void *)(uintptr_t)body.p,
	    answer_done, a)	/* which does not write to it */;
	if (m == NULL) {
		reply_free(a);
		return MHD_NO;
	}
	heads_add(m, a, packed ? a->packed_etag : a->etag);
	if (packed && !known)
		mhd.add_response_header(m, "Content-Encoding", "gzip");
	good = mhd.queue_response(c, *status, m);
	mhd.destroy_response(m);
	return good;
}
