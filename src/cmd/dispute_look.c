#include "cmd/dispute_look.h"
#include "cmd/cmd.h"
#include "cmd/confined.h"
#include "cmd/dispute_log.h"
#include "cmd/note.h"
#include "seal/ledger_gist.h"

#include <string.h>

struct looking {
	struct ledger_file *f;
	const char *path, *id;
};

/* --- for who has a key --- */

static bool
decode(void *arg, struct str *out)
{
	struct looking *k = arg;
	struct ledger_file *f = k->f;
	size_t open;

	if (ledger_parse(f) != OK) {
		note("dispute", "%s", f->why);
		return false;
	}
	open = k->id != NULL ? ledger_find(&f->ledger, span_of(k->id)) : f->ledger.n;
	if (k->id != NULL && open == f->ledger.n) {
		note("dispute", "%s: begins the name of no dispute in %s, or of several; 8 digits at least: see \"dispute list\"",
		    k->id, k->path);
		return false;
	}
	ledger_gist_write(out, &f->ledger, open);
	return true;
}

bool
dispute_look(struct ledger_file *f, const char *path, const char *id, size_t *open)
{
	struct looking k = {f, path, id};
	struct str told = {0};
	bool good = confined_run("dispute", decode, &k, NULL, LEDGER_GIST_MAX, &told);

	if (good && (ledger_gist_read(str_span(&told), f->a, &f->ledger, open) != OK || (id != NULL) != (*open < f->ledger.n))) {
		note("dispute", "%s: what was decoded says nothing of it", path);
		good = false;
	}
	str_release(&told);
	return good;
}

/* --- for a log --- */

static bool
decode_all(void *arg, struct str *out)
{
	const char *path = arg;
	struct ledger_file f;
	bool good = ledger_open(&f, path, false) == OK;

	if (good)
		ledger_digests_write(out, &f.ledger);
	else
		note("dispute", "%s", f.why);
	ledger_close(&f);
	return good;
}

/* The ledger is opened by the process that reads it alone. */
int
dispute_log_run(const char *ledger, const char *log, const struct opt_table *t, int argc, char **argv)
{
	struct arena *a = arena_new();
	const char *slash = strrchr(ledger, '/');
	char *path = arena_strdup(a, span_of(ledger));
	const char *folder = slash == NULL ? "." : slash == ledger ? "/" :
	    arena_strdup(a, (struct span){ledger, (size_t)(slash - ledger)});
	const struct jail_path paths[] = {{.path = ledger}, {.path = folder, .list = true}};
	struct confined_work w;
	struct ledger g = {.n = 0};
	struct str told = {0};
	int status = EXIT_UNANSWERED;

	if (confined_begin("dispute", decode_all, path, paths, 2, &w) && confined_late(t, argc, argv) &&
	    confined_end("dispute", &w, LEDGER_DIGESTS_MAX, &told)) {
		if (ledger_digests_read(str_span(&told), a, &g) != OK || g.n == 0)
			note("dispute", "%s: what was decoded says nothing of it", ledger);
		else
			status = dispute_log_later(&g, log);
	}
	str_release(&told);
	arena_free(a);
	return status;
}
