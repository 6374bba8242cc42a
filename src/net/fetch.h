/*
 * fetch: HTTP and HTTPS asked of others, through libcurl (the one file that sees it). Only when a command was given an
 * address. Bounded in bytes and time; certificates are checked; redirects are not followed, no other protocol is spoken, no
 * cookie, password or .netrc is used. A proxy is taken from the environment as curl does (https_proxy, no_proxy).
 *
 * What comes back is a stranger's: an answer of any status is OK here.
 */
#ifndef NET_FETCH_H
#define NET_FETCH_H

#include "base/str.h"

#define FETCH_TYPE_MAX 64

struct fetch;

struct fetch_answer {
	unsigned status;
	char type[FETCH_TYPE_MAX];	/* of the content, cut; "" when none was said */
	struct str body;		/* the caller's to release, on errors too; unpacked */
};

/* NULL when libcurl cannot be used: *why, which stays. One for each thread; connections are kept between calls. */
struct fetch *fetch_new(const char **why);
void fetch_free(struct fetch *f);	/* NULL-safe */

/* "http://" or "https://" and more, without user, query, fragment, space or control character. */
bool fetch_url_good(const char *url);

/* The whole of what an address has, up to max bytes and within ms. ERR_IO: there is no answer; ERR_LIMIT: it is larger, or
 * takes longer. *why is f's, until the next call. body.p NULL: GET, else POST. url: fetch_url_good (asserted). */
NODISCARD enum err fetch_ask(struct fetch *f, const char *url, struct span body, size_t max, unsigned ms,
    struct fetch_answer *out, const char **why);

#endif
