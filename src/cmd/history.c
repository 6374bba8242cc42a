/* history: networks over the months, from an archive. */
#include "archive/history.h"
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/product.h"
#include "cmd/select.h"
#include "cmd/session.h"

struct telling {
	const char *archive, *output;
	bool json, csv;
	struct history_query query;
	struct as_list ases;
	struct arena *a;
	struct archive_history *h;
	struct product product;
};

static bool
gather(struct telling *t)
{
	struct archive *a = NULL;
	struct str why = {0};
	bool good;
	size_t i;

	good = archive_open(&a, t->archive, ARCHIVE_READ, &why) == OK;
	if (!good)
		note("history", "%s: %s", t->archive, why.p);
	str_release(&why);
	t->h = arena_array(t->a, t->ases.n, sizeof(*t->h));
	for (i = 0; i < t->ases.n && good; i++) {
		good = history_make(a, t->ases.asn[i], &t->query, t->a, &t->h[i]) == OK;
		if (!good)
			note("history", "%s: %s", t->archive, archive_why(a));
	}
	archive_close(a);
	return good;
}

/* Of nobody that was asked for is anything known: nothing was answered. */
static bool
any_known(const struct telling *t)
{
	size_t i;

	for (i = 0; i < t->ases.n; i++)
		if (t->h[i].known)
			return true;
	note("history", "%s: nothing of what was asked for is in it", t->archive);
	return false;
}

static int
tell(struct telling *t)
{
	struct str s = {0};
	bool good;

	if (!gather(t) || !any_known(t) || !product_open(&t->product, t->output, "history"))
		return EXIT_UNANSWERED;
	if (t->json)
		history_json(&s, t->h, t->ases.n, &t->query);
	else if (t->csv)
		history_csv(&s, t->h, t->ases.n, &t->query);
	else
		history_text(&s, t->h, t->ases.n, &t->query, session_style(t->product.path == NULL));
	good = product_write(&t->product, str_span(&s)) && product_commit(&t->product);
	product_abandon(&t->product);
	str_release(&s);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

static int
choose(struct telling *t, const struct opt_table *table, int argc, char **argv, int first)
{
	if (t->json && t->csv)
		return opt_misuse(table, "--json and --csv exclude each other");
	if (t->query.incidents && (t->query.pack != NULL || t->query.control != NULL))
		return opt_misuse(table, "--incidents are of no pack and no control");
	if (t->archive == NULL)
		return opt_misuse(table, "--archive FILE says which archive");
	if (first >= argc)
		return opt_misuse(table, "say which ASes");
	return select_operands(&t->ases, table, argc, argv, first);
}

int
cmd_history(int argc, char **argv)
{
	struct telling t = {.query = {.as_of = UTC_NONE}};
	const struct opt rows[] = {
		{"archive", 0, OPT_TEXT, "FILE", &t.archive, 0, 0, "the archive, as audit --archive or archive import made it"},
		{"as-of", 0, OPT_TIME, "TIME", &t.query.as_of, 0, 0,
		    "what was known then: assessments of moments up to it, windows ended by it"},
		{"pack", 0, OPT_TEXT, "PACK", &t.query.pack, 0, 0, "only by this pack, by its id"},
		{"control", 0, OPT_TEXT, "ID", &t.query.control, 0, 0, "only this control"},
		{"incidents", 0, OPT_FLAG, NULL, &t.query.incidents, 0, 0, "only incidents, no packs"},
		{"all", 0, OPT_FLAG, NULL, &t.query.all, 0, 0, "every assessment and window, not only the newest of each month"},
		{"json", 0, OPT_FLAG, NULL, &t.json, 0, 0, "the whole history, canonical JSON"},
		{"csv", 0, OPT_FLAG, NULL, &t.csv, 0, 0, "a row per AS, pack, control and month; with --incidents per window"},
		{"output", 'o', OPT_TEXT, "FILE", &t.output, 0, 0, "write to FILE, whole or not at all"},
	};
	const struct opt_table table = {"history", "[options] --archive FILE ASN ...",
	    "Show networks over the months: verdicts, numbers, incidents, and what changed.",
	    "  routemark history 64500 --archive months.rma\n"
	    "  routemark history 64500 64501 --archive months.rma --pack manrs-netops --control M7RPKI\n"
	    "  routemark history 64500 --archive months.rma --incidents\n"
	    "  routemark history 64500 --archive months.rma --as-of 2024-03-31 --csv -o then.csv\n", rows,
	    sizeof(rows) / sizeof(*rows)};
	int first = 0, status = opt_parse(&table, argc, argv, &first);

	if (status == OPT_GO_ON)
		status = choose(&t, &table, argc, argv, first);
	if (status == OPT_GO_ON) {
		as_list_sort(&t.ases);
		t.a = arena_new();
		status = tell(&t);
		arena_free(t.a);
	}
	as_list_release(&t.ases);
	return status;
}
