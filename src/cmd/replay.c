/* replay: a bundle computed again, from the whole inputs or from the evidence in it. */
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/product.h"
#include "cmd/replay_say.h"
#include "cmd/unpacked.h"

struct replay_cmd {
	const char *path, *data;
	uint32_t threads;
	bool json;
	struct unpacked store;
	struct bundle bundle;
	struct arena *arena;
};

static bool
say(const struct replay_cmd *o, const struct replay_ask *ask, const struct replay *r)
{
	struct product product = {0};
	struct str out = {0};
	bool good;

	if (o->json)
		replay_json(&out, ask, r);
	else
		replay_text(&out, session_style(true), o->path, ask, r);
	good = product_open(&product, NULL, "replay") && product_write(&product, str_span(&out)) && product_commit(&product);
	product_abandon(&product);
	str_release(&out);
	return good;
}

/* The report came out as it is, but SHA256SUMS knows another: one of the two was changed. */
static void
hold_against_sums(const struct replay_cmd *o, struct replay *r)
{
	if (!o->store.report_changed || r->answer != REPLAY_SAME)
		return;
	r->answer = REPLAY_CANNOT;
	str_adds(&r->why, BUNDLE_REPORT " has another digest than " BUNDLE_SUMS " says, though it is what was computed\n");
}

static int
run(struct replay_cmd *o, const struct opt_table *t)
{
	static const int status[] = {[REPLAY_SAME] = EXIT_DONE, [REPLAY_DIFFERENT] = EXIT_NO, [REPLAY_CANNOT] = EXIT_UNANSWERED};
	struct replay_ask ask = {.table = t, .bundle = &o->bundle, .threads = o->threads};
	struct replay r;
	const char *why = NULL;
	int result;

	if (!unpacked_open(&o->store, o->path, "replay"))
		return EXIT_UNANSWERED;
	if (bundle_read(unpacked_get(&o->store, BUNDLE_HEAD), o->arena, &o->bundle, &why) != OK) {
		note("replay", "%s/%s", o->path, why);
		return EXIT_UNANSWERED;
	}
	if (o->data == NULL && !o->bundle.minimal) {
		note("replay", "%s carries no evidence, only the digests of its inputs; --data DIR says where these are", o->path);
		return EXIT_UNANSWERED;
	}
	ask.evidence = o->data == NULL;
	if (ask.evidence && !unpacked_evidence(&o->store))
		return EXIT_UNANSWERED;
	ask.data = ask.evidence ? o->store.evidence : o->data;
	ask.report = unpacked_get(&o->store, BUNDLE_REPORT);
	ask.n_packs = o->bundle.n_packs;
	ask.packs = replay_packs(&o->bundle, &o->store, o->arena, "replay");
	if (ask.packs == NULL)
		return EXIT_UNANSWERED;
	replay_run(&ask, &r);
	hold_against_sums(o, &r);
	result = say(o, &ask, &r) ? status[r.answer] : EXIT_UNANSWERED;
	replay_release(&r);
	return result;
}

int
cmd_replay(int argc, char **argv)
{
	struct replay_cmd o = {.threads = session_threads()};
	const struct opt rows[] = {
		{"data", 'd', OPT_TEXT, "DIR", &o.data, 0, 0, "the inputs, under any names; without it the evidence in the bundle"},
		{"threads", 0, OPT_NUMBER, "N", &o.threads, 1, JUDGE_THREADS_MAX, "threads to use; never shows in the output"},
		{"json", 0, OPT_FLAG, NULL, &o.json, 0, 0, "write JSON (doc/formats/bundle.md)"},
	};
	const struct opt_table t = {"replay", "BUNDLE [--data DIR]",
	    "Compute a bundle of \"routemark audit --bundle\" again, and compare every byte of the report. Exit status:\n"
	    "0 the same, 1 different (and where first), 2 an input is missing or has another digest.",
	    "  routemark replay 64500.bundle --data evidence/\n"
	    "  routemark replay 64500.tar                    # from the records that it carries (audit --minimal)\n", rows, 3};
	int first = 0, status = opt_parse(&t, argc, argv, &first);

	if (status != OPT_GO_ON)
		return status;
	if (argc - first != 1)
		return opt_misuse(&t, argc == first ? "which bundle?" : "takes one bundle");
	o.path = argv[first];
	o.arena = arena_new();
	status = run(&o, &t);
	unpacked_close(&o.store);
	arena_free(o.arena);
	return status;
}
