/* compare: networks side by side against what a buyer requires. */
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/compare_oscal.h"
#include "cmd/note.h"
#include "cmd/product.h"
#include "cmd/select.h"
#include "cmd/session.h"
#include "pipe/answers.h"
#include "rule/require.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

struct comparing {
	struct session session;
	const char *require, *answers_path, *list, *org, *output, *html, *oscal;
	bool json, csv, gate, force;
	struct arena *arena;		/* the requirement, the answers, the results */
	struct requirement req;
	struct problems problems;
	struct answers_read answers;
	struct as_list ases;
	struct comparison comparison;
	struct product product;
};

/* --- what is asked --- */

/* Every fault, so that one round mends them all; and advice. */
static int
requirement_load(struct comparing *x, const struct opt_table *t)
{
	enum err e = require_load(x->require, x->arena, &x->req, &x->problems);
	size_t i;

	for (i = 0; i < x->problems.n; i++)
		note(t->command, "%s%s", x->problems.list[i].fatal ? "" : "advice: ", x->problems.list[i].text);
	if (e != OK)
		return EXIT_UNANSWERED;
	if (x->req.pack.n == 0) {
		note(t->command, "%s: asks for nothing", x->require);
		return EXIT_UNANSWERED;
	}
	return OPT_GO_ON;
}

/* --- what was answered --- */

static void
row_told(const struct comparing *x, const struct opt_table *t, const struct diag *g)
{
	note(t->command, "%s: line %" PRIu64 ": %s: %s%s%s%s", x->answers_path, g->record, g->field, err_text(g->err),
	    g->rule != NULL ? " [" : "", g->rule != NULL ? g->rule : "", g->rule != NULL ? "]" : "");
}

static void
rows_told(const struct comparing *x, const struct opt_table *t)
{
	const struct answers_read *r = &x->answers;
	size_t i, n = 0;

	for (i = 0; i < r->diags.n_kept; i++)
		if (r->diags.kept[i].level != DIAG_NOTE) {
			row_told(x, t, &r->diags.kept[i]);
			n++;
		}
	if (r->diags.n_level[DIAG_SKIP_RECORD] > n)
		note(t->command, "%s: ... and %" PRIu64 " more rows", x->answers_path,
		    r->diags.n_level[DIAG_SKIP_RECORD] - n);
	for (i = 0; i < r->n_clashes; i++)
		note(t->command, "%s: %s; none of them counts", x->answers_path, r->clashes[i]);
	if (r->n_unanswered > 0)
		note(t->command, "%s: %" PRIu64 " row%s without an answer", x->answers_path, r->n_unanswered,
		    r->n_unanswered == 1 ? "" : "s");
}

static int
answers_open(struct comparing *x, const struct opt_table *t)
{
	const char *why = NULL;
	enum err e;

	if (x->answers_path == NULL)
		return OPT_GO_ON;
	e = answers_load(x->answers_path, x->arena, &x->answers, &why);
	rows_told(x, t);
	if (e == OK)
		return OPT_GO_ON;
	note(t->command, "%s: %s", x->answers_path, e == ERR_OPEN || e == ERR_IO ? strerror(errno)
	    : why != NULL ? why : diags_stopped(&x->answers.diags) ? "is not used" : err_text(e));
	return EXIT_UNANSWERED;
}

/* --- the answer --- */

static void
compute(struct comparing *x)
{
	struct as_result *as = arena_array(x->arena, x->ases.n, sizeof(*as));
	size_t i;

	for (i = 0; i < x->ases.n; i++)
		judge_as(&x->session.judge, x->ases.asn[i], x->json || x->oscal != NULL ? JUDGE_RECORD : JUDGE_VERDICTS,
		    x->arena, &as[i]);
	comparison_make(&x->session.head, &x->req, x->answers_path != NULL ? &x->answers.answers : NULL, as, x->ases.n,
	    x->arena, &x->comparison);
}

static int
verdict_of(const struct comparing *x)
{
	bool unknown = false;
	size_t i;

	for (i = 0; i < x->comparison.n && x->gate; i++) {
		const struct tally *t = &x->comparison.nets[i].tally;

		if (t->n[1][OUTCOME_SHORT] > 0)
			return EXIT_NO;
		unknown |= t->n[1][OUTCOME_UNKNOWN] > 0;
	}
	return unknown ? EXIT_UNANSWERED : EXIT_DONE;
}

static int
report(struct comparing *x)
{
	const struct comparison *c = &x->comparison;
	struct str s = {0};
	bool good;

	if (x->oscal != NULL)
		return compare_oscal(x->oscal, x->force, c) ? verdict_of(x) : EXIT_UNANSWERED;
	if (!product_open(&x->product, x->html != NULL ? x->html : x->output, "compare"))
		return EXIT_UNANSWERED;
	if (x->html != NULL)
		compare_html(&s, c);
	else if (x->json)
		compare_json(&s, c);
	else if (x->csv)
		compare_csv(&s, c);
	else
		compare_text(&s, c, session_style(x->product.path == NULL));
	good = product_write(&x->product, str_span(&s)) && product_commit(&x->product);
	product_abandon(&x->product);
	str_release(&s);
	return good ? verdict_of(x) : EXIT_UNANSWERED;
}

/* --- which networks --- */

static int
choose(struct comparing *x, const struct opt_table *t, int argc, char **argv, int first)
{
	int status = select_operands(&x->ases, t, argc, argv, first);

	if (status == OPT_GO_ON && x->ases.n == 0 && x->list == NULL && x->org == NULL)
		return opt_misuse(t, "say which networks: ASNs, --list or --org");
	if (status == OPT_GO_ON && x->list != NULL)
		status = select_file(&x->ases, t, x->list);
	return status;
}

/* All that can be wrong before the data, which takes longest to read, is read. */
static int
prepare(struct comparing *x, const struct opt_table *t, int argc, char **argv, int first)
{
	int status = OPT_GO_ON;

	if (x->json && x->csv)
		return opt_misuse(t, "--json and --csv exclude each other");
	if (x->html != NULL && x->oscal != NULL)
		return opt_misuse(t, "--html and --oscal exclude each other");
	if (x->oscal != NULL && (x->json || x->csv || x->output != NULL))
		return opt_misuse(t, "--oscal goes to a folder of its own: without --json, --csv and -o");
	if (x->oscal == NULL && x->force)
		return opt_misuse(t, "--force is for --oscal");
	if (x->html != NULL && (x->json || x->csv || x->output != NULL))
		return opt_misuse(t, "--html goes to a place of its own: without --json, --csv and -o");
	if (x->require == NULL)
		return opt_misuse(t, "--require PROFILE says what is asked for");
	if (x->session.data == NULL)
		return opt_misuse(t, "--data DIR says where the evidence is");
	status = choose(x, t, argc, argv, first);
	if (status == OPT_GO_ON)
		status = requirement_load(x, t);
	if (status == OPT_GO_ON)
		status = answers_open(x, t);
	return status;
}

static int
run(struct comparing *x, const struct opt_table *t)
{
	int status = session_open_with(&x->session, t, &x->req.pack, 1, 0);

	if (status == OPT_GO_ON && x->org != NULL)
		status = select_org(&x->ases, t, &x->session.world.orgs, x->org);
	if (status != OPT_GO_ON)
		return status;
	as_list_sort(&x->ases);
	if (x->ases.n == 0 || x->ases.n > COMPARE_ASES_MAX) {
		if (x->ases.n == 0)
			note(t->command, "no network to compare: %s", x->org != NULL ? "the organisation has none"
			    : "the list is empty");
		else
			note(t->command, "%zu networks; COMPARE_ASES_MAX (%u) are the most", x->ases.n, COMPARE_ASES_MAX);
		return EXIT_UNANSWERED;
	}
	if (x->html != NULL && x->ases.n > COMPARE_PAGE_MAX) {
		note(t->command, "%zu networks are too many for a page, COMPARE_PAGE_MAX (%u) are the most; --csv lists them",
		    x->ases.n, COMPARE_PAGE_MAX);
		return EXIT_UNANSWERED;
	}
	compute(x);
	return report(x);
}

#define OWN_OPTS 11

int
cmd_compare(int argc, char **argv)
{
	struct comparing x = {.arena = arena_new()};
	struct opt rows[OWN_OPTS + SESSION_OPTS_WITH] = {
		{"require", 0, OPT_TEXT, "PROFILE", &x.require, 0, 0,
		    "what is asked for: a profile, or transit, cloud-on-ramp, ddos or remote-sites"},
		{"answers", 0, OPT_TEXT, "FILE", &x.answers_path, 0, 0,
		    "what providers answered: the sheet of \"require text --csv\", filled in"},
		{"list", 'l', OPT_TEXT, "FILE", &x.list, 0, 0, "ASNs one a line, or a MANRS participant CSV"},
		{"org", 0, OPT_TEXT, "NAME", &x.org, 0, 0, "all ASNs of an organisation, by name or id"},
		{"json", 0, OPT_FLAG, NULL, &x.json, 0, 0, "the whole record, canonical JSON"},
		{"csv", 0, OPT_FLAG, NULL, &x.csv, 0, 0, "a row per network and demand"},
		{"html", 0, OPT_TEXT, "FILE", &x.html, 0, 0, "a page to read, with each number drawn against its bar"},
		{"oscal", 0, OPT_TEXT, "DIR", &x.oscal, 0, 0,
		    "OSCAL 1.1.2 documents for each network, catalogue to results, in a new folder"},
		{"force", 0, OPT_FLAG, NULL, &x.force, 0, 0, "with --oscal: replace an earlier export"},
		{"output", 'o', OPT_TEXT, "FILE", &x.output, 0, 0, "write to FILE, whole or not at all"},
		{"gate", 0, OPT_FLAG, NULL, &x.gate, 0, 0,
		    "exit 1 when a network is short of what is required, 2 when that cannot be judged"},
	};
	const struct opt_table t = {"compare", "[options] --require PROFILE --data DIR ASN ...",
	    "Hold networks side by side against what a buyer requires of them.",
	    "  routemark compare --require transit 64500 64501 --data evidence/\n"
	    "  routemark compare --require tender.json 64500 64501 --data evidence/ --answers answers.csv\n"
	    "  routemark compare --require tender.json --list bidders.txt --data evidence/ --csv -o bidders.csv\n"
	    "  routemark compare --require tender.json --list bidders.txt --data evidence/ --html bidders.html\n"
	    "  routemark compare --require ./tender.json 64500 --data evidence/ --gate\n", rows,
	    OWN_OPTS + SESSION_OPTS_WITH};
	int first = 0, status;

	session_init(&x.session);
	session_opts_with(&x.session, rows + OWN_OPTS);
	status = opt_parse(&t, argc, argv, &first);
	if (status == OPT_GO_ON)
		status = prepare(&x, &t, argc, argv, first);
	if (status == OPT_GO_ON)
		status = run(&x, &t);
	session_close(&x.session);
	as_list_release(&x.ases);
	answers_read_release(&x.answers);
	problems_release(&x.problems);
	arena_free(x.arena);
	return status;
}
