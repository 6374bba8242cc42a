#include "cmd/inspect.h"
#include "base/arena.h"
#include "cmd/baseline_file.h"
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/session.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool
input_unusable(const struct input *in)
{
	return !in->complete;
}

void
input_reason(const struct input *in, struct str *out)
{
	str_adds(out, err_text(in->err));
	if (in->err_offset > 0)
		str_addf(out, " at byte %" PRIu64, in->err_offset);
	if (in->detail != NULL)
		str_addf(out, " (%s)", in->detail);
}

static int
by_name(const void *a, const void *b)
{
	const struct input *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

/* All packs that are compiled in and judged unasked. */
static enum err
inspect_packs(struct inspection *v, struct arena *a)
{
	const char *const *name;
	const char *why;

	for (name = pack_names(); *name != NULL; name++) {
		struct pack *p = arena_alloc(a, sizeof(*p));
		enum err e = pack_load(*name, a, p, &why);

		if (e != OK) {
			note("inspect", "rule pack %s: %s", *name, why);
			return e;
		}
		if (!p->on_request)
			inspect_pack(v, p);
	}
	return OK;
}

static int
print(const struct inspection *v, bool json)
{
	struct str out = {0};
	size_t i;
	int status = v->w->n_inputs > 0 ? EXIT_DONE : EXIT_NO;

	if (json)
		inspect_json(v, &out);
	else
		inspect_text(v, &out);
	fwrite(out.p, 1, out.len, stdout);
	str_release(&out);
	for (i = 0; i < v->w->n_inputs; i++)
		if (input_unusable(v->inputs[i]))
			status = EXIT_NO;
	return status;
}

static int
inspect(const struct world *w, bool json, bool verbose)
{
	struct inspection v = {.w = w, .verbose = verbose, .colour = session_style(!json).colour};
	struct arena *a = arena_new();
	size_t i;
	int status = EXIT_UNANSWERED;

	v.inputs = xcalloc(w->n_inputs, sizeof(struct input *));
	for (i = 0; i < w->n_inputs; i++)
		v.inputs[i] = &w->inputs[i];
	qsort(v.inputs, w->n_inputs, sizeof(struct input *), by_name);
	if (inspect_packs(&v, a) == OK)
		status = print(&v, json);
	free(v.inputs);
	free(v.lacks);
	arena_free(a);
	return status;
}

int
cmd_inspect(int argc, char **argv)
{
	bool json = false, verbose = false;
	const char *baseline = NULL;
	const struct opt opts[] = {
	    {"baseline", 0, OPT_TEXT, "FILE", &baseline, 0, 0,
		"an earlier report of audit --json: say what has shrunk since"},
	    {"json", 0, OPT_FLAG, NULL, &json, 0, 0, "the same as canonical JSON"},
	    {"verbose", 'v', OPT_FLAG, NULL, &verbose, 0, 0,
		"whole names and digests, every kind of note"},
	};
	const struct opt_table table = {"inspect", "[--baseline FILE] [--json] [-v] DIR",
	    "What each input in a folder is, what is wrong with it, and what is missing for which control.",
	    "  routemark inspect evidence/\n"
	    "  routemark inspect evidence/ --json\n"
	    "  routemark inspect october/ --baseline september.json\n",
	    opts, sizeof(opts) / sizeof(opts[0])};
	struct session defaults;
	struct world w;
	char why[512];
	int first, status = opt_parse(&table, argc, argv, &first);

	if (status != OPT_GO_ON)
		return status;
	if (argc - first != 1)
		return opt_misuse(&table, argc == first ? "which folder?" : "one folder at a time");
	session_init(&defaults);
	defaults.load.threads = defaults.threads;
	if (load_dir(argv[first], &defaults.load, &w, why, sizeof(why)) != OK) {
		note("inspect", "%s", why);
		return EXIT_UNANSWERED;
	}
	status = baseline == NULL || baseline_file("inspect", baseline, &w) ? inspect(&w, json, verbose) : EXIT_UNANSWERED;
	world_release(&w);
	return status;
}
