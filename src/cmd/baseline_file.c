#include "cmd/baseline_file.h"
#include "cmd/note.h"
#include "report/baseline.h"
#include "source/source.h"

#include <errno.h>
#include <string.h>

static bool
read_one(const char *command, const char *path, struct arena *a, struct baseline *b)
{
	struct source_sum sum = {0};
	struct source *s = NULL;
	const char *why = NULL;
	enum err e, end;

	if (source_open(path, &s) != OK) {
		note(command, "--baseline: %s: %s", path, strerror(errno));
		return false;
	}
	e = baseline_read(b, source_feed(s), a, &why);
	end = source_close(s, &sum);
	if (end == OK)
		end = sum.err;
	memcpy(b->sha256, sum.sha256, sizeof(b->sha256));
	/* a file that is cut short or damaged says so before what was missed in it */
	if (end != OK)
		note(command, "--baseline: %s: %s", path, err_text(end));
	else if (e != OK)
		note(command, "--baseline: %s: %s", path, why);
	return e == OK && end == OK;
}

bool
baseline_file(const char *command, const char *path, struct world *w)
{
	struct arena *a = arena_new();
	struct baseline b;
	char then[UTC_TEXT], now[UTC_TEXT];
	bool good = read_one(command, path, a, &b);

	arena_free(a);
	if (good && utc_known(w->at) && b.at.s >= w->at.s) {
		note(command, "--baseline: %s: is of %s, and the evidence of %s: only an earlier report tells what has shrunk", path,
		    utc_format(b.at, then), utc_format(w->at, now));
		return false;
	}
	if (good)
		world_hold(w, &b);
	return good;
}
