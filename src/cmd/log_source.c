#include "cmd/log_source.h"
#include "cmd/fetcher.h"
#include "cmd/note.h"

bool
log_source_is(const char *where)
{
	struct span s = span_of(where);

	return span_starts(s, "http://") || span_starts(s, "https://");
}

bool
log_source_open(struct log_source *s, const char *command, const char *url, unsigned ms)
{
	struct arena *a = arena_new();
	const char *why = NULL;

	*s = (struct log_source){.url = url, .ms = ms};
	if (!fetch_url_good(url))
		note(command, "%s: is no address: a host, a path, no more", url);
	else if (fetcher_ready(a, &why) != OK)
		note(command, "%s: %s", url, why);
	else
		s->open = true;
	arena_free(a);
	return s->open;
}

static enum err
get(void *arg, const char *path, size_t max, struct str *out, struct arena *a, const char **why)
{
	const struct log_source *s = arg;
	struct fetch_answer got = {.status = 0};
	const char *text = NULL;
	size_t n = strlen(s->url);
	enum err e = fetcher_ask(arena_printf(a, "%s%s%s", s->url, s->url[n - 1] == '/' ? "" : "/", path),
	    (struct span){NULL, 0}, max, s->ms, &got, a, &text);

	if (e != OK) {
		*why = arena_printf(a, "%s: %s", path, text);
	} else if (got.status != 200) {
		*why = arena_printf(a, "%s: status %u%s", path, got.status,
		    got.status >= 300 && got.status < 400 ? ": redirects are not followed" : "");
		e = got.status == 404 ? ERR_OPEN : ERR_IO;
	} else {
		str_add(out, str_span(&got.body));
	}
	str_release(&got.body);
	return e;
}

struct scan_source
log_source_scan(struct log_source *s)
{
	return (struct scan_source){get, s};
}
