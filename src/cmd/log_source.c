#include "cmd/log_source.h"
#include "base/limits.h"
#include "cmd/errand.h"
#include "cmd/note.h"

#include <inttypes.h>
#include <time.h>

bool
log_source_is(const char *where)
{
	struct span s = span_of(where);

	return span_starts(s, "http://") || span_starts(s, "https://");
}

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

bool
log_source_open(struct log_source *s, const char *command, const char *url, unsigned ms)
{
	const char *why = NULL;

	*s = (struct log_source){.url = url, .ms = ms, .until = now() + FETCH_LOG_S};
	if (!fetch_url_good(url)) {
		note(command, "%s: is no address: a host, a path, no more", url);
		return false;
	}
	if (errand_able())
		return s->open = errand_log(url, ms);
	s->fetch = fetch_new(&why);
	if (s->fetch == NULL)
		note(command, "%s: %s", url, why);
	return s->open = s->fetch != NULL;
}

void
log_source_close(struct log_source *s)
{
	fetch_free(s->fetch);
	s->fetch = NULL;
}

static enum err
get(void *arg, const char *path, size_t max, struct str *out, struct arena *a, const char **why)
{
	struct fetch_answer got = {.status = 0};
	struct log_source *s = arg;
	const char *text = NULL;
	size_t n = strlen(s->url);
	enum err e;

	if (errand_able())
		return errand_fetch(path, max, out, a, why);
	if (now() >= s->until || s->bytes >= FETCH_LOG_BYTES) {
		*why = arena_printf(a, "%s: the log was not read to its end: it is larger than FETCH_LOG_BYTES, or takes longer than FETCH_LOG_S", path);
		return ERR_LIMIT;
	}
	e = fetch_ask(s->fetch, arena_printf(a, "%s%s%s", s->url, s->url[n - 1] == '/' ? "" : "/", path), (struct span){NULL, 0}, max,
	    s->ms, &got, &text);
	if (e != OK) {
		*why = arena_printf(a, "%s: %s", path, text);
	} else if (got.status != 200) {
		*why = arena_printf(a, "%s: status %u%s", path, got.status,
		    got.status >= 300 && got.status < 400 ? ": redirects are not followed" : "");
		e = got.status == 404 ? ERR_OPEN : ERR_IO;
	} else {
		str_add(out, str_span(&got.body));
		s->bytes += got.body.len;
	}
	str_release(&got.body);
	return e;
}

struct scan_source
log_source_scan(struct log_source *s)
{
	return (struct scan_source){get, s};
}
