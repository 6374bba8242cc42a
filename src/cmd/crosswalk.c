/* crosswalk: which control of a pack serves which clause of the texts that a buyer is asked about. */
#include "report/crosswalk.h"
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/product.h"
#include "cmd/session.h"

#include <string.h>

struct crosswalk_cmd {
	const char *by, *output, *pack;
	bool json, csv;
};

static int
write_out(const struct crosswalk_cmd *o, const struct crosswalk *x, const struct pack *p)
{
	struct product product;
	struct str out = {0};
	bool good;

	if (!product_open(&product, o->output, "crosswalk"))
		return EXIT_UNANSWERED;
	if (o->json)
		crosswalk_json(&out, x, p);
	else if (o->csv)
		crosswalk_csv(&out, x, p);
	else if (o->by != NULL && strcmp(o->by, "control") == 0)
		crosswalk_by_control(&out, x, p, session_style(product.path == NULL));
	else
		crosswalk_by_clause(&out, x, p, session_style(product.path == NULL));
	good = product_write(&product, str_span(&out)) && product_commit(&product);
	product_abandon(&product);
	str_release(&out);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

static bool
any_service(const struct crosswalk *x, const struct pack *p)
{
	size_t at = 0;

	return crosswalk_next(x, p, NULL, NULL, &at) != NULL;
}

static int
answer(const struct crosswalk_cmd *o, struct arena *a)
{
	const char *why = NULL;
	struct crosswalk x;
	struct pack p;

	if (crosswalk_load(a, &x, &why) != OK || pack_load(o->pack, a, &p, &why) != OK) {
		note("crosswalk", "%s", why);
		return EXIT_UNANSWERED;
	}
	if (!any_service(&x, &p)) {	/* nothing is known of it, which is not that it serves nothing */
		note("crosswalk", "no control of catalogue \"%s\" is in the crosswalk that is built in", p.catalog_id);
		return EXIT_UNANSWERED;
	}
	return write_out(o, &x, &p);
}

int
cmd_crosswalk(int argc, char **argv)
{
	struct crosswalk_cmd o = {0};
	const struct opt rows[] = {
		{"by", 0, OPT_TEXT, "WHAT", &o.by, 0, 0, "group by \"clause\", which is the default, or by \"control\""},
		{"json", 0, OPT_FLAG, NULL, &o.json, 0, 0, "the whole, canonical JSON"},
		{"csv", 0, OPT_FLAG, NULL, &o.csv, 0, 0, "a row per clause and control, and the gaps"},
		{"output", 'o', OPT_TEXT, "FILE", &o.output, 0, 0, "write to FILE, whole or not at all"},
	};
	const struct opt_table t = {"crosswalk", "[options] PACK",
	    "Which control of a rule pack serves which clause of law, guidance, proposals, tests and programmes.",
	    "  routemark crosswalk manrs-plus-proposal\n"
	    "  routemark crosswalk manrs-netops --by control\n"
	    "  routemark crosswalk fcc-24-62 --csv -o clauses.csv\n", rows, 4};
	struct arena *a;
	int first = 0, status = opt_parse(&t, argc, argv, &first);

	if (status != OPT_GO_ON)
		return status;
	if (argc - first != 1)
		return opt_misuse(&t, argc == first ? "which pack? \"routemark rules\" lists them" : "takes one pack");
	if (o.json + o.csv + (o.by != NULL) > 1)
		return opt_misuse(&t, "--json, --csv and --by exclude each other");
	if (o.by != NULL && strcmp(o.by, "clause") != 0 && strcmp(o.by, "control") != 0)
		return opt_misuse(&t, "--by takes \"clause\" or \"control\", not \"%s\"", o.by);
	o.pack = argv[first];
	a = arena_new();
	status = answer(&o, a);
	arena_free(a);
	return status;
}
