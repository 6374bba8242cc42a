/* require: a buyer's requirements: a starting point, a check, and the text for the tender. */
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/product.h"
#include "cmd/select.h"
#include "cmd/session.h"
#include "report/layout.h"
#include "report/lint.h"
#include "report/tender.h"

#include <string.h>
#include <sys/stat.h>

struct require_cmd {
	const char *what, *name, *output;	/* name: KIND, FILE or PROFILE; NULL when not given */
	bool json, csv, force;
	struct opt_list asns;
	struct as_list ases;
};

static int
write_out(const struct require_cmd *o, struct span bytes)
{
	struct product product;
	bool good;

	if (!product_open(&product, o->output, "require"))
		return EXIT_UNANSWERED;
	good = product_write(&product, bytes) && product_commit(&product);
	product_abandon(&product);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

/* --- init --- */

static int
kinds_list(const struct require_cmd *o, struct arena *a)
{
	const char *const *kinds = require_kinds();
	struct problems problems = {0};
	struct requirement req;
	struct str out = {0}, line = {0};
	int status = EXIT_DONE;
	size_t i;

	for (i = 0; kinds[i] != NULL && status == EXIT_DONE; i++) {
		if (require_load(kinds[i], a, &req, &problems) != OK) {
			note("require", "%s", problems.list[0].text);
			status = EXIT_UNANSWERED;
		} else {
			str_clear(&line);
			str_addf(&line, "%s%s", req.pack.title, pack_label(&req.pack));
			lay_labelled(&out, session_style(o->output == NULL), 0, 15, kinds[i], line.p);
		}
		problems_release(&problems);
	}
	if (status == EXIT_DONE)
		status = write_out(o, str_span(&out));
	str_release(&out);
	str_release(&line);
	return status;
}

static int
init(const struct require_cmd *o, struct arena *a)
{
	struct pack_bytes b;
	struct stat st;

	if (o->name == NULL)
		return kinds_list(o, a);
	b = require_kind_bytes(o->name);
	if (b.name == NULL) {
		note("require", "no starting point \"%s\" is built in; \"routemark require init\" lists them", o->name);
		return EXIT_UNANSWERED;
	}
	if (o->output != NULL && strcmp(o->output, "-") != 0 && !o->force && lstat(o->output, &st) == 0) {
		note("require", "%s: exists; name another file, or give --force to replace it", o->output);
		return EXIT_UNANSWERED;
	}
	return write_out(o, b.bytes);
}

/* --- lint --- */

/* Anything that was read and is no usable profile is ERR_SYNTAX. */
static int
lint(const struct require_cmd *o, struct arena *a)
{
	struct problems problems = {0};
	struct requirement req;
	struct str out = {0};
	enum err e = require_load(o->name, a, &req, &problems);
	int status;

	if (e != OK && e != ERR_SYNTAX) {
		note("require", "%s", problems.list[0].text);
		problems_release(&problems);
		return EXIT_UNANSWERED;
	}
	if (o->json)
		lint_json(&out, o->name, &req, &problems);
	else
		lint_text(&out, o->name, &req, &problems);
	status = write_out(o, str_span(&out));
	str_release(&out);
	problems_release(&problems);
	return status == EXIT_DONE && e != OK ? EXIT_NO : status;
}

/* --- text --- */

static int
text(const struct require_cmd *o, struct arena *a)
{
	struct problems problems = {0};
	struct requirement req;
	struct tender t = {&req, o->ases.asn, o->ases.n};
	struct str out = {0};
	int status = EXIT_UNANSWERED;
	size_t i;

	if (require_load(o->name, a, &req, &problems) == OK) {
		if (o->csv)
			tender_csv(&out, &t);
		else
			tender_text(&out, &t);
		status = write_out(o, str_span(&out));
	}
	for (i = 0; i < problems.n; i++)	/* a text of what nobody can meet should not go out unsaid */
		note("require", "%s%s", problems.list[i].fatal ? "" : "advice: ", problems.list[i].text);
	str_release(&out);
	problems_release(&problems);
	return status;
}

/* --- arguments --- */

static int
agree(const struct require_cmd *o, const struct opt_table *t)
{
	bool is_init = strcmp(o->what, "init") == 0, is_lint = strcmp(o->what, "lint") == 0;

	if (!is_init && !is_lint && strcmp(o->what, "text") != 0)
		return opt_misuse(t, "\"%s\" is not init, lint or text", o->what);
	if (!is_init && o->name == NULL)
		return opt_misuse(t, "%s what? A file, or a starting point that \"routemark require init\" lists", o->what);
	if (o->force && !is_init)
		return opt_misuse(t, "--force is for init");
	if (o->json && !is_lint)
		return opt_misuse(t, "--json is for lint");
	if ((o->csv || o->asns.n > 0) && (is_init || is_lint))
		return opt_misuse(t, "--csv and --asn are for text");
	return OPT_GO_ON;
}

static int
run(struct require_cmd *o, const struct opt_table *t)
{
	int status = select_operands(&o->ases, t, (int)o->asns.n, o->asns.item, 0);
	struct arena *a;

	if (status != OPT_GO_ON)
		return status;
	as_list_sort(&o->ases);
	a = arena_new();
	status = strcmp(o->what, "init") == 0 ? init(o, a) : strcmp(o->what, "lint") == 0 ? lint(o, a) : text(o, a);
	arena_free(a);
	return status;
}

int
cmd_require(int argc, char **argv)
{
	struct require_cmd o = {0};
	const struct opt rows[] = {
		{"asn", 0, OPT_LIST, "ASN", &o.asns, 0, 0, "with text: a network it is for; may be given again"},
		{"csv", 0, OPT_FLAG, NULL, &o.csv, 0, 0, "with text: the questionnaire as a sheet, in the style of CAIQ v4"},
		{"json", 0, OPT_FLAG, NULL, &o.json, 0, 0, "with lint: canonical JSON"},
		{"output", 'o', OPT_TEXT, "FILE", &o.output, 0, 0, "write to FILE, whole or not at all"},
		{"force", 0, OPT_FLAG, NULL, &o.force, 0, 0, "with init: replace FILE when there is one"},
	};
	const struct opt_table t = {"require", "init [KIND] | lint FILE | text FILE  [options]",
	    "What a buyer requires of providers: a profile to start from, a check of it, and its text for a tender.",
	    "  routemark require init\n"
	    "  routemark require init transit -o tender.json\n"
	    "  routemark require lint tender.json\n"
	    "  routemark require text tender.json --asn 64500,64501 -o tender.md\n"
	    "  routemark require text tender.json --asn 64500,64501 --csv -o questions.csv\n", rows, 5};
	int first = 0, status = opt_parse(&t, argc, argv, &first);

	if (status == OPT_GO_ON && argc - first < 1)
		status = opt_misuse(&t, "init, lint or text?");
	if (status == OPT_GO_ON && argc - first > 2)
		status = opt_misuse(&t, "takes one %s", strcmp(argv[first], "init") == 0 ? "kind" : "file");
	if (status == OPT_GO_ON) {
		o.what = argv[first];
		o.name = argc - first > 1 ? argv[first + 1] : NULL;
		status = agree(&o, &t);
	}
	if (status == OPT_GO_ON)
		status = run(&o, &t);
	as_list_release(&o.ases);
	opt_list_release(&o.asns);
	return status;
}
