#include "net/fetch.h"
#include "base/arena.h"
#include "base/limits.h"
#include "net/library.h"

#define CURL_DISABLE_TYPECHECK	/* its macros would name functions that are not linked */
#include <assert.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo

static struct {
	__typeof__(&curl_global_init) global_init;
	__typeof__(&curl_easy_init) init;
	__typeof__(&curl_easy_cleanup) cleanup;
	__typeof__(&curl_easy_reset) reset;
	__typeof__(&curl_easy_setopt) setopt;
	__typeof__(&curl_easy_getinfo) getinfo;
	__typeof__(&curl_easy_perform) perform;
	__typeof__(&curl_easy_strerror) strerror;
	__typeof__(&curl_slist_append) slist_append;
	__typeof__(&curl_slist_free_all) slist_free_all;
	bool there;
} curl;

struct fetch {
	CURL *handle;
	char error[CURL_ERROR_SIZE];
	char why[CURL_ERROR_SIZE + 64];
};

static bool
load(const char **why)
{
	const struct library_name names[] = {
		{"curl_global_init", (void **)&curl.global_init},
		{"curl_easy_init", (void **)&curl.init},
		{"curl_easy_cleanup", (void **)&curl.cleanup},
		{"curl_easy_reset", (void **)&curl.reset},
		{"curl_easy_setopt", (void **)&curl.setopt},
		{"curl_easy_getinfo", (void **)&curl.getinfo},
		{"curl_easy_perform", (void **)&curl.perform},
		{"curl_easy_strerror", (void **)&curl.strerror},
		{"curl_slist_append", (void **)&curl.slist_append},
		{"curl_slist_free_all", (void **)&curl.slist_free_all},
	};

	if (curl.there)
		return true;
	if (library_load("libcurl.so.4", names, sizeof(names) / sizeof(*names), why) != OK)
		return false;
	*why = "libcurl cannot be started";
	curl.there = curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
	return curl.there;
}

struct fetch *
fetch_new(const char **why)
{
	struct fetch *f;

	if (!load(why))
		return NULL;
	f = xcalloc(1, sizeof(*f));
	f->handle = curl.init();
	if (f->handle == NULL) {
		*why = "libcurl cannot be started";
		free(f);
		return NULL;
	}
	return f;
}

void
fetch_free(struct fetch *f)
{
	if (f == NULL)
		return;
	curl.cleanup(f->handle);
	free(f);
}

bool
fetch_url_good(const char *url)
{
	struct span s = span_of(url);
	size_t i, host;

	if (span_starts(s, "https://"))
		host = strlen("https://");
	else if (span_starts(s, "http://"))
		host = strlen("http://");
	else
		return false;
	if (s.len == host || s.p[host] == '/')
		return false;
	for (i = host; i < s.len; i++)
		if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] >= 0x7f || strchr("@?#\\\"<>", s.p[i]) != NULL)
			return false;
	return true;
}

struct room {
	struct str *to;
	size_t max;
};

static size_t
take(char *p, size_t size, size_t n, void *arg)
{
	struct room *r = arg;

	if (size * n > r->max - r->to->len)
		return 0;	/* which ends it with CURLE_WRITE_ERROR */
	str_add(r->to, (struct span){p, size * n});
	return size * n;
}

/* Each call begins with all settings as they are by themselves. False when this libcurl lacks one that guards. */
static bool
set(struct fetch *f, const char *url, unsigned ms, struct room *room)
{
	CURL *h = f->handle;

	curl.reset(h);
	return curl.setopt(h, CURLOPT_URL, url) == CURLE_OK &&
	    curl.setopt(h, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
	    curl.setopt(h, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
	    curl.setopt(h, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L) == CURLE_OK &&
	    curl.setopt(h, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	    curl.setopt(h, CURLOPT_TIMEOUT_MS, (long)ms) == CURLE_OK &&
	    curl.setopt(h, CURLOPT_CONNECTTIMEOUT_MS, (long)FETCH_CONNECT_MS) == CURLE_OK &&
	    curl.setopt(h, CURLOPT_WRITEFUNCTION, take) == CURLE_OK &&
	    curl.setopt(h, CURLOPT_WRITEDATA, room) == CURLE_OK &&
	    curl.setopt(h, CURLOPT_ACCEPT_ENCODING, "gzip") == CURLE_OK &&
	    curl.setopt(h, CURLOPT_USERAGENT, "routemark") == CURLE_OK &&
	    curl.setopt(h, CURLOPT_ERRORBUFFER, f->error) == CURLE_OK;
}

static enum err
outcome(struct fetch *f, CURLcode code, size_t max, unsigned ms, struct fetch_answer *out)
{
	const char *type = NULL;
	long status = 0;

	if (code == CURLE_WRITE_ERROR) {
		snprintf(f->why, sizeof(f->why), "its answer has more than %zu bytes", max);
		return ERR_LIMIT;
	}
	if (code == CURLE_OPERATION_TIMEDOUT) {
		snprintf(f->why, sizeof(f->why), "gives no whole answer in time (%u s)", (ms + 999) / 1000);
		return ERR_LIMIT;
	}
	if (code != CURLE_OK) {
		snprintf(f->why, sizeof(f->why), "%s", f->error[0] != '\0' ? f->error : curl.strerror(code));
		return ERR_IO;
	}
	curl.getinfo(f->handle, CURLINFO_RESPONSE_CODE, &status);
	curl.getinfo(f->handle, CURLINFO_CONTENT_TYPE, &type);
	out->status = status > 0 && status < 1000 ? (unsigned)status : 0;
	snprintf(out->type, sizeof(out->type), "%s", type != NULL ? type : "");
	return OK;
}

enum err
fetch_ask(struct fetch *f, const char *url, struct span body, size_t max, unsigned ms, struct fetch_answer *out,
    const char **why)
{
	struct room room = {&out->body, max};
	struct curl_slist *headers = NULL;
	bool good;
	enum err e = ERR_IO;

	assert(fetch_url_good(url));
	str_clear(&out->body);
	f->error[0] = '\0';
	*why = f->why;
	snprintf(f->why, sizeof(f->why), "this libcurl lacks a setting that is needed (7.85 has all)");
	good = set(f, url, ms, &room);
	if (good && body.p != NULL) {
		headers = curl.slist_append(NULL, "Content-Type: text/plain; charset=utf-8");
		headers = curl.slist_append(headers, "Expect:");	/* one round trip */
		good = headers != NULL && curl.setopt(f->handle, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
		    curl.setopt(f->handle, CURLOPT_POSTFIELDSIZE, (long)body.len) == CURLE_OK &&
		    curl.setopt(f->handle, CURLOPT_POSTFIELDS, body.p) == CURLE_OK;
	}
	if (good)
		e = outcome(f, curl.perform(f->handle), max, ms, out);
	curl.slist_free_all(headers);
	return e;
}
