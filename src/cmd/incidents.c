/* incidents: what offended in a window, from when to when, whose doing it was and who let it in. */
#include "cmd/cmd.h"
#include "cmd/keep.h"
#include "cmd/note.h"
#include "cmd/product.h"
#include "cmd/session.h"
#include "addr/asn.h"
#include "metric/scored.h"
#include "pipe/window.h"
#include "report/incidents.h"

#include <inttypes.h>
#include <unistd.h>

#define LIMIT_DEFAULT 20	/* incidents of a class in the text */

struct following {
	const char *data, *output, *window, *curve, *asn, *archive;
	struct opt_list classes;
	uint32_t threads, visibility, full_feed, limit;
	bool json, csv;
	struct world world;
	bool loaded;
	struct window_params params;
	struct window x;
	bool followed;
	struct timeline_scores scores;
	struct incidents_sheet sheet;
};

static void
progress_load(void *arg, uint64_t done, uint64_t all, const char *name)
{
	(void)arg;
	(void)name;
	fprintf(stderr, "\r\033[Kreading %" PRIu64 " of %" PRIu64 " MB", done >> 20, all >> 20);
	fflush(stderr);
}

static void
progress_merge(void *arg, struct utc at, size_t done, size_t all)
{
	char text[UTC_TEXT];

	(void)arg;
	fprintf(stderr, "\r\033[Kfollowing: %.16s, %zu of %zu files done", utc_format(at, text), done, all);
	fflush(stderr);
}

/* FROM/TO. OPT_GO_ON, or EXIT_USAGE after a message. */
static int
window_parse(struct following *f, const struct opt_table *t)
{
	struct span s = span_of(f->window);
	const char *slash = memchr(s.p, '/', s.len);

	if (slash == NULL || utc_parse((struct span){s.p, (size_t)(slash - s.p)}, &f->params.from) != OK ||
	    utc_parse(span_of(slash + 1), &f->params.to) != OK)
		return opt_misuse(t, "--window wants FROM/TO, as 2026-10-01/2026-11-01");
	if (f->params.from.s >= f->params.to.s)
		return opt_misuse(t, "--window ends before it begins");
	return OPT_GO_ON;
}

static int
classes_parse(struct following *f, const struct opt_table *t)
{
	size_t i;

	f->sheet.classes = f->classes.n > 0 ? 0 : (1u << OFF_N) - 1;
	for (i = 0; i < f->classes.n; i++) {
		enum offence_class c = offence_class_find(span_of(f->classes.item[i]));

		if (c == OFF_N)
			return opt_misuse(t, "no class \"%s\": there are bogon-prefix, bogon-asn, admin-prefix, admin-asn, "
			    "rpki-invalid, misorigination and leak", f->classes.item[i]);
		f->sheet.classes |= 1u << c;
	}
	return OPT_GO_ON;
}

static int
agree(struct following *f, const struct opt_table *t, int argc, int first)
{
	if (first < argc)
		return opt_misuse(t, "it takes no operands: --asn ASN for one network");
	if (f->data == NULL)
		return opt_misuse(t, "--data DIR says where the evidence is");
	if (f->json && f->csv)
		return opt_misuse(t, "--json and --csv exclude each other");
	if (f->asn != NULL && (asn_parse(span_of(f->asn), &f->sheet.asn) != OK || f->sheet.asn == 0))
		return opt_misuse(t, "\"%s\" is not an ASN", f->asn);
	if (f->archive != NULL && f->asn != NULL)
		return opt_misuse(t, "--archive keeps all networks of a window, and --asn is one");
	f->sheet.curve = f->curve != NULL ? curve_find(span_of(f->curve)) : CURVE_H1;
	if (f->sheet.curve == CURVE_N)
		return opt_misuse(t, "no curve \"%s\": there are H1 and H2", f->curve);
	if (f->window != NULL && window_parse(f, t) != OPT_GO_ON)
		return EXIT_USAGE;
	return classes_parse(f, t);
}

static int
follow(struct following *f, const struct opt_table *t)
{
	bool tell = isatty(STDERR_FILENO);
	struct load_params load;
	char why[512] = "";

	load_params_init(&load);
	load.traffic = true;
	load.threads = f->threads;
	load.routes.visibility_min = f->visibility;
	load.routes.full_feed_percent = f->full_feed;
	load.progress = tell ? progress_load : NULL;
	if (load_dir(f->data, &load, &f->world, why, sizeof(why)) != OK) {
		note(t->command, "%s", why);
		return EXIT_UNANSWERED;
	}
	f->loaded = true;
	if (tell)
		fputs("\r\033[K", stderr);
	session_name_unusable(&f->world, t);
	f->params.visibility = f->visibility;
	f->params.threads = f->threads;
	f->params.progress = tell ? progress_merge : NULL;
	f->followed = window_run(&f->world, &f->params, &f->x, why, sizeof(why)) == OK;
	if (tell)
		fputs("\r\033[K", stderr);
	if (!f->followed || timeline_score(&f->x.result, scored_skip(&f->x, &f->world), &f->scores) != OK) {
		note(t->command, "%s: %s", f->data, f->followed ? "a score is over a named limit (INCIDENT_SCORE_MAX)" : why);
		return EXIT_UNANSWERED;
	}
	return OPT_GO_ON;
}

/* By way of the JSON, so that it is what its import would be. The limit is the text's. */
static bool
keep(const struct following *f)
{
	struct keep k = {.command = "incidents", .file = f->archive};
	struct str s = {0};
	bool good;

	if (f->archive == NULL)
		return true;
	incidents_json(&s, &f->sheet);
	k.text = str_span(&s);
	good = keep_incidents(&k);
	if (good && k.fate == ARCHIVE_THERE)
		note("incidents", "%s: this window was in it already; nothing was changed", f->archive);
	str_release(&s);
	return good;
}

static int
report(struct following *f)
{
	struct product p;
	struct str s = {0};
	bool good;

	f->sheet.world = &f->world;
	f->sheet.window = &f->x;
	f->sheet.scores = &f->scores;
	f->sheet.limit = f->limit;
	f->sheet.visibility = f->params.visibility;
	f->sheet.bogon_visibility = f->params.bogon_visibility;
	if (!product_open(&p, f->output, "incidents"))
		return EXIT_UNANSWERED;
	if (f->json)
		incidents_json(&s, &f->sheet);
	else if (f->csv)
		incidents_csv(&s, &f->sheet);
	else
		incidents_text(&s, &f->sheet, session_style(p.path == NULL));
	/* what cannot be shown is not kept, and the other way round */
	good = product_write(&p, str_span(&s)) && keep(f) && product_commit(&p);
	product_abandon(&p);
	str_release(&s);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

int
cmd_incidents(int argc, char **argv)
{
	struct following f = {.limit = LIMIT_DEFAULT, .visibility = 5, .full_feed = 75, .threads = session_threads()};
	const struct opt rows[] = {
		{"data", 'd', OPT_TEXT, "DIR", &f.data, 0, 0, "the folder of evidence, or one file"},
		{"window", 'w', OPT_TEXT, "FROM/TO", &f.window, 0, 0,
		    "from when to when; default: the calendar month (UTC) of the newest update"},
		{"class", 'c', OPT_LIST, "CLASS", &f.classes, 0, 0,
		    "only leak, misorigination, rpki-invalid, {bogon,admin}-{prefix,asn}"},
		{"asn", 0, OPT_TEXT, "ASN", &f.asn, 0, 0, "only what this network did or accepted"},
		{"limit", 0, OPT_NUMBER, "N", &f.limit, 0, UINT32_MAX,
		    "incidents of a class in the text; default 20; 0 is all"},
		{"curve", 0, OPT_TEXT, "NAME", &f.curve, 0, 0, "from the raw score to percent: H1 (default) or H2"},
		{"json", 0, OPT_FLAG, NULL, &f.json, 0, 0, "the whole record, canonical JSON"},
		{"csv", 0, OPT_FLAG, NULL, &f.csv, 0, 0, "a row per interval at a vantage point"},
		{"archive", 0, OPT_TEXT, "FILE", &f.archive, 0, 0,
		    "also put it into this archive: history then tells of it"},
		{"output", 'o', OPT_TEXT, "FILE", &f.output, 0, 0, "write to FILE, whole or not at all"},
		{"threads", 0, OPT_NUMBER, "N", &f.threads, 1, JUDGE_THREADS_MAX,
		    "threads to use; never shows in the output"},
		{"visibility", 0, OPT_NUMBER, "N", &f.visibility, 1, 65535,
		    "full-feed peers that must carry a route at once; default 5; bogons: 1"},
		{"full-feed", 0, OPT_NUMBER, "PCT", &f.full_feed, 1, 100,
		    "share of the largest table that makes a peer full-feed; default 75"},
	};
	const struct opt_table t = {"incidents", "[options] --data DIR",
	    "Tell what offended in a window of updates, from when to when, whose doing it was and who let it in.",
	    "  routemark incidents --data october/\n"
	    "  routemark incidents --data october/ --asn 64500 --class bogon-prefix,rpki-invalid\n"
	    "  routemark incidents --data october/ --window 2026-10-01/2026-10-08 --json -o week.json\n"
	    "  routemark incidents --data october/ --archive months.rma\n", rows,
	    sizeof(rows) / sizeof(rows[0])};
	int first = 0, status;

	window_params_init(&f.params);
	f.params.ways = WAYS_WHOLE;
	status = opt_parse(&t, argc, argv, &first);
	if (status == OPT_GO_ON)
		status = agree(&f, &t, argc, first);
	if (status == OPT_GO_ON)
		status = follow(&f, &t);
	if (status == OPT_GO_ON)
		status = report(&f);
	timeline_scores_release(&f.scores);
	if (f.followed)
		window_release(&f.x);
	if (f.loaded)
		world_release(&f.world);
	opt_list_release(&f.classes);
	return status;
}
