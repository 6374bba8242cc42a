#include "cmd/verify_replay.h"
#include "cmd/note.h"
#include "cmd/unpacked.h"
#include "seal/gist.h"

#include <string.h>
#include <unistd.h>

/* The folder of a bundle that the report is in; NULL when it is in none. */
static const char *
bundle_of(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path, *dir;

	if (strcmp(name, BUNDLE_REPORT) != 0)
		return NULL;
	dir = slash != NULL ? arena_strdup(a, (struct span){path, (size_t)(slash - path)}) : ".";
	return access(arena_printf(a, "%s/" BUNDLE_HEAD, dir), F_OK) == 0 ? dir : NULL;
}

static bool
from_bundle(const struct unpacked *u, struct arena *a, struct bundle *b)
{
	const char *why = NULL;

	if (bundle_read(unpacked_get(u, BUNDLE_HEAD), a, b, &why) == OK)
		return true;
	note("verify", "%s/%s", u->path, why);
	return false;
}

static bool
from_report(const char *path, struct span report, struct arena *a, struct bundle *b)
{
	const char *why = NULL;
	struct gist g;

	if (bundle_from_report(report, a, b, &why) != OK || gist_read(report, a, &g, &why) != OK) {
		note("verify", "%s: %s", path, why);
		return false;
	}
	b->asns = g.asns;
	b->n_asns = g.n_asns;
	gist_release(&g);	/* its tests alone */
	return true;
}

void
verify_replay(const char *path, struct span report, const char *data, const struct opt_table *t, struct arena *a,
    struct replay *out)
{
	const char *dir = bundle_of(path, a);
	struct unpacked u = {0};
	struct bundle b;
	struct replay_ask ask = {.table = t, .bundle = &b, .report = report, .data = data, .threads = session_threads()};

	*out = (struct replay){.answer = REPLAY_CANNOT};
	if (dir != NULL ? unpacked_open(&u, dir, "verify") && from_bundle(&u, a, &b) : from_report(path, report, a, &b)) {
		ask.n_packs = b.n_packs;
		ask.packs = replay_packs(&b, dir != NULL ? &u : NULL, a, "verify");
		if (ask.packs != NULL)
			replay_run(&ask, out);
	}
	if (out->answer == REPLAY_SAME && u.report_changed) {
		note("verify", "%s: has another digest than %s/" BUNDLE_SUMS " says", path, dir);
		out->answer = REPLAY_CANNOT;
	}
	unpacked_close(&u);
}
