#include "cmd/compare_oscal.h"
#include "base/limits.h"
#include "cmd/audit_oscal.h"
#include "cmd/folder.h"
#include "cmd/note.h"
#include "report/oscal.h"

struct writing {
	struct folder folder;
	bool good;
};

static void
put(void *arg, const char *path, struct span bytes)
{
	struct writing *w = arg;

	w->good = w->good && folder_write(&w->folder, path, bytes);
}

static bool
can_export(const struct comparison *c, struct arena *a, struct export *docs)
{
	const char *why = NULL;

	if (!oscal_can_date(c->head)) {
		note("compare", "--oscal: no input has a time, so that no document could say when it is about; give --at");
		return false;
	}
	if (require_export(c->req, a, docs, &why) != OK) {
		note("compare", "%s", why);
		return false;
	}
	return true;
}

bool
compare_oscal(const char *dir, bool force, const struct comparison *c)
{
	struct writing w = {.good = true};
	const struct oscal_sink sink = {put, &w};
	struct arena *a = arena_new();
	struct export docs;
	size_t i;
	bool good = can_export(c, a, &docs) && folder_open_over(&w.folder, dir, "compare", audit_oscal_is_ours, force);

	for (i = 0; good && i < c->n; i++) {
		oscal_chain_held(c, &docs, &c->nets[i], &sink);
		good = w.good;
	}
	good = good && folder_commit(&w.folder);
	folder_abandon(&w.folder);
	arena_free(a);
	return good;
}
