/* rules: the packs, or one pack's controls. */
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/session.h"

#include <stdio.h>
#include <string.h>

static int
print_all(struct arena *a)
{
	const char *const *names = pack_names(), *why = NULL;
	struct pack packs[8];
	struct str out = {0};
	size_t n;

	for (n = 0; names[n] != NULL && n < sizeof(packs) / sizeof(*packs); n++)
		if (pack_load(names[n], a, &packs[n], &why) != OK) {
			note("rules", "%s", why);
			return EXIT_UNANSWERED;
		}
	report_packs(&out, packs, n, session_style(true));
	fwrite(out.p, 1, out.len, stdout);
	str_release(&out);
	return EXIT_DONE;
}

static int
print_pack(struct arena *a, const char *name)
{
	const char *why = NULL;
	struct str out = {0};
	struct pack p;

	if (pack_load(name, a, &p, &why) != OK) {
		note("rules", "%s", why);
		return EXIT_UNANSWERED;
	}
	report_pack(&out, &p, session_style(true));
	fwrite(out.p, 1, out.len, stdout);
	str_release(&out);
	return EXIT_DONE;
}

/* The bytes that are compiled in, not ours to write again. */
static int
print_bytes(const char *name, bool profile)
{
	struct pack_bytes b = profile ? pack_profile_bytes(name) : pack_catalog_bytes(name);

	if (b.name == NULL) {
		note("rules", "no pack \"%s\" is compiled in", name);
		return EXIT_UNANSWERED;
	}
	fwrite(b.bytes.p, 1, b.bytes.len, stdout);
	return EXIT_DONE;
}

int
cmd_rules(int argc, char **argv)
{
	bool json = false, profile = false;
	const struct opt rows[] = {
		{"json", 0, OPT_FLAG, NULL, &json, 0, 0, "the pack's OSCAL catalogue, byte for byte"},
		{"profile", 0, OPT_FLAG, NULL, &profile, 0, 0, "the pack's OSCAL profile, byte for byte"},
	};
	const struct opt_table t = {"rules", "[options] [PACK]",
	    "List the rule packs, or one pack's controls with texts, thresholds and sources.",
	    "  routemark rules\n"
	    "  routemark rules manrs-plus-proposal\n", rows, 2};
	struct arena *a;
	int first = 0, status;

	status = opt_parse(&t, argc, argv, &first);
	if (status != OPT_GO_ON)
		return status;
	if (argc - first > 1)
		return opt_misuse(&t, "takes one pack");
	if (json || profile)
		return argc - first == 1 ? print_bytes(argv[first], profile)
		    : opt_misuse(&t, "--json and --profile need a pack");
	a = arena_new();
	status = argc - first == 1 ? print_pack(a, argv[first]) : print_all(a);
	arena_free(a);
	return status;
}
