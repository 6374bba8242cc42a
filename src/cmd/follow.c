#include "cmd/follow.h"
#include "base/arena.h"
#include "cmd/note.h"
#include "metric/scored.h"
#include "pipe/window.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct follow {
	struct window_params params;
	struct window window;
	bool followed;
	struct scored scored;
};

bool
follow_wanted(const struct pack *packs, size_t n)
{
	size_t i, k, m;

	for (i = 0; i < n; i++)
		for (k = 0; k < packs[i].n; k++)
			for (m = 0; m < packs[i].controls[k].n_tests; m++)
				if (metric_windowed(packs[i].controls[k].tests[m].metric))
					return true;
	return false;
}

bool
follow_window_parse(const char *text, struct utc *from, struct utc *to)
{
	const char *slash = strchr(text, '/');
	struct utc a, b;

	if (slash == NULL || utc_parse((struct span){text, (size_t)(slash - text)}, &a) != OK ||
	    utc_parse(span_of(slash + 1), &b) != OK || a.s >= b.s)
		return false;
	if (from != NULL)
		*from = a;
	if (to != NULL)
		*to = b;
	return true;
}

struct follow *
follow_new(const struct follow_ask *ask)
{
	struct follow *f = xcalloc(1, sizeof(*f));

	window_params_init(&f->params);
	f->params.visibility = ask->visibility;
	f->params.bogon_visibility = ask->bogon_visibility;
	f->params.threads = ask->threads;
	f->params.ways = ask->ways ? WAYS_TO_CULPRIT : WAYS_NONE;
	f->params.scores_only = !ask->ways;
	if (ask->window != NULL)
		(void)follow_window_parse(ask->window, &f->params.from, &f->params.to);
	return f;
}

void
follow_free(struct follow *f)
{
	if (f == NULL)
		return;
	scored_release(&f->scored);
	if (f->followed)
		window_release(&f->window);
	free(f);
}

static void
progress(void *arg, struct utc at, size_t done, size_t all)
{
	char text[UTC_TEXT];

	(void)arg;
	fprintf(stderr, "\r\033[Kfollowing: %.16s, %zu of %zu files done", utc_format(at, text), done, all);
	fflush(stderr);
}

const struct scored *
follow_run(struct follow *f, const struct world *w, const struct opt_table *t)
{
	char why[512] = "";
	enum err e;

	f->params.progress = isatty(STDERR_FILENO) ? progress : NULL;
	e = window_run(w, &f->params, &f->window, why, sizeof(why));
	if (f->params.progress != NULL)
		fputs("\r\033[K", stderr);
	f->followed = e == OK;
	if (e == OK) {
		e = scored_make(&f->scored, &f->window, w, CURVE_H1);
		snprintf(why, sizeof(why), "a score is over a named limit (INCIDENT_SCORE_MAX)");
	}
	if (e == OK)
		return &f->scored;
	if (e != ERR_UNKNOWN && e != ERR_RANGE && e != ERR_LIMIT) {
		note(t->command, "%s", why);
		return NULL;
	}
	scored_make_none(&f->scored, why);
	return &f->scored;
}
