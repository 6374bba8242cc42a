/* archive: what is kept of many months, put in from reports and incidents, listed and checked. */
#include "archive/archive.h"
#include "archive/import.h"
#include "cmd/cmd.h"
#include "cmd/keep.h"
#include "cmd/keep_exposure.h"
#include "cmd/note.h"
#include "cmd/opt.h"
#include "report/incidents.h"
#include "rule/say.h"
#include "source/source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LIST_HEAD "ASSESSMENT        AS OF                 NETWORKS  INPUTS  PACKS"
#define PACKS_COLUMN 58	/* where the packs of a list start, a line each */

struct importing {
	const char *file;		/* the archive */
	const char *report;
	struct archive *archive;
	bool begun;
	const struct import_result *known;	/* of the first reading; NULL in it */
	struct import_result *now;
};

static bool
complain(const char *path, const char *why)
{
	note("archive", "%s: %s", path, why);
	return false;
}

/* --- import --- */

/* The second reading: its head is complete before its first network. */
static enum err
begin(struct importing *im)
{
	if (im->begun)
		return OK;
	im->begun = true;
	return archive_begin_known(im->archive, &im->now->head, im->known->basis, im->known->content);
}

static enum err
each(void *arg, struct span row)
{
	struct importing *im = arg;

	TRY(begin(im));
	return archive_put(im->archive, row);
}

/* A file that is cut short or damaged says so before what was missed in it. */
static bool
report_read(struct importing *im, struct arena *a, struct import_result *out)
{
	struct source_sum sum = {0};
	struct source *s = NULL;
	const char *why = NULL;
	enum err e, end;

	im->now = out;
	if (source_open_unhashed(im->report, &s) != OK)
		return complain(im->report, strerror(errno));
	e = import_read(source_feed(s), a, im->known != NULL ? each : NULL, im, out, &why);
	end = source_close(s, &sum);
	if (e != OK && why == NULL)	/* the archive's */
		return complain(im->file, archive_why(im->archive));
	if (end == OK)
		end = sum.err;
	if (end != OK)
		return complain(im->report, err_text(end));
	return e == OK || complain(im->report, why);
}

static bool
opened(struct importing *im)
{
	struct str why = {0};
	bool good;

	if (im->archive != NULL)
		return true;
	good = archive_open(&im->archive, im->file, ARCHIVE_WRITE, &why) == OK || complain(im->file, why.p);
	str_release(&why);
	return good;
}

static void
told(const struct import_result *r, enum archive_fate fate)
{
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX + 1], when[UTC_TEXT];

	archive_digest(r->basis, r->content, digest);
	sha256_hex(digest, hex);
	printf("%.16s  %s  %" PRIu64 " network%s  %s\n", hex, utc_format(r->head.at, when), r->networks,
	    r->networks == 1 ? "" : "s", fate == ARCHIVE_NEW ? "archived" : "was there already");
	fflush(stdout);
}

static bool
import_window(struct importing *im, const char *report)
{
	struct keep k = {.command = "archive", .file = im->file, .report = report, .archive = im->archive};
	char hex[SHA256_HEX + 1], from[UTC_TEXT], to[UTC_TEXT];
	bool good = keep_incidents(&k);

	im->archive = k.archive;
	if (!good)
		return false;
	sha256_hex(k.digest, hex);
	printf("%.16s  %s/%s  %" PRIu64 " incident%s  %s\n", hex, utc_format(k.from, from), utc_format(k.to, to),
	    k.incidents, k.incidents == 1 ? "" : "s", k.fate == ARCHIVE_NEW ? "archived" : "was there already");
	fflush(stdout);
	return true;
}

static bool
import_one(struct importing *im, const char *report)
{
	struct arena *first = arena_new(), *second = arena_new();
	struct import_result known, now;
	enum archive_fate fate;
	bool good;

	im->report = report;
	im->known = NULL;
	im->begun = false;
	good = report_read(im, first, &known) && opened(im);
	im->known = &known;
	good = good && report_read(im, second, &now);
	if (good)	/* a report of no network begins here */
		good = (begin(im) == OK && archive_commit(im->archive, &fate) == OK) ||
		    complain(im->file, archive_why(im->archive));
	if (good)
		told(&known, fate);
	else if (im->archive != NULL)
		archive_rollback(im->archive);
	arena_free(first);
	arena_free(second);
	return good;
}

static bool
import_exposure(struct importing *im, const char *report)
{
	struct keep_exposure k = {.command = "archive", .file = im->file, .archive = im->archive};
	struct arena *a = arena_new();
	char hex[SHA256_HEX + 1], when[UTC_TEXT];
	uint8_t digest[SHA256_BYTES];
	bool good = keep_exposure_file(&k, report, a);
	size_t i;

	im->archive = k.archive;
	for (i = 0; good && i < k.d.n; i++) {
		const struct exposed *x = &k.d.subjects[i].x;

		archive_exposure_digest(k.d.head, k.d.subjects[i].text, digest);
		sha256_hex(digest, hex);
		printf("%.16s  %s  exposure of ", hex, utc_format(k.d.ground.at, when));
		if (x->is_prefix)
			printf("%s, ", x->asked);
		printf("AS%" PRIu32 "  %s\n", x->origin, k.fate[i] == ARCHIVE_NEW ? "archived" : "was there already");
	}
	if (good && k.d.n_nobody > 0)
		note("archive", "%s: %zu prefix%s that nobody announces: nothing is known of %s that could be kept", report,
		    k.d.n_nobody, k.d.n_nobody == 1 ? "" : "es", k.d.n_nobody == 1 ? "it" : "them");
	fflush(stdout);
	arena_free(a);
	return good;
}

static int
import(const struct opt_table *t, const char *file, int n, char **reports)
{
	struct importing im = {.file = file};
	char format[DOC_FORMAT_MAX];
	bool good = true;
	int i;

	if (n == 0)
		return opt_misuse(t, "import: say which reports");
	for (i = 0; i < n && good; i++) {
		keep_format(reports[i], format);
		good = strcmp(format, INCIDENTS_FORMAT) == 0 ? import_window(&im, reports[i]) :
		    strcmp(format, EXPOSURE_FORMAT) == 0 ? import_exposure(&im, reports[i]) : import_one(&im, reports[i]);
	}
	archive_close(im.archive);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

/* --- list, check, upgrade --- */

static struct archive *
open_for(const char *file, enum archive_mode mode)
{
	struct archive *a = NULL;
	struct str why = {0};

	if (archive_open(&a, file, mode, &why) != OK)
		complain(file, why.p);
	str_release(&why);
	return a;
}

static void
entry(void *arg, const struct archive_entry *e)
{
	struct span rest = span_of(e->packs), pack;
	char hex[SHA256_HEX + 1], when[UTC_TEXT];
	struct str line = {0};

	if ((*(size_t *)arg)++ == 0)
		puts(LIST_HEAD);
	sha256_hex(e->digest, hex);
	str_addf(&line, "%.16s  %s  %8" PRIu64 "  %6" PRIu64 "  ", hex, utc_format(e->at, when), e->networks, e->inputs);
	while (span_cut(&rest, '\n', &pack)) {
		str_add_plain(&line, pack);
		puts(line.p);
		str_clear(&line);
		str_fill(&line, ' ', PACKS_COLUMN);
	}
	str_release(&line);
}

static void
window_entry(const struct archive_window_entry *e)
{
	char hex[SHA256_HEX + 1], from[UTC_TEXT], to[UTC_TEXT];
	const struct archive_window *w = &e->w;
	struct str seen = {0};
	unsigned c, n = 0;

	sha256_hex(e->digest, hex);
	for (c = 0; c < OFF_N; c++)
		n += w->looked_for >> c & 1;
	say_percent(&seen, (int64_t)(w->seen_s * 1000000 / (uint64_t)(w->to.s - w->from.s)));
	printf("%.16s  %s  %s  %6s %%  %9" PRIu64 "  %6" PRIu64 "  %u of %u\n", hex, utc_format(w->from, from),
	    utc_format(w->to, to), seen.p, e->incidents, e->inputs, n, (unsigned)OFF_N);
	str_release(&seen);
}

static bool
list_windows(struct archive *a, size_t assessments, size_t *windows)
{
	struct arena *arena = arena_new();
	struct archive_window_entry *all;
	size_t n = 0, i;
	bool good = archive_windows(a, arena, &all, &n) == OK;

	*windows = n;
	if (good && n > 0)
		printf("%sWINDOW            FROM                  TO                        SEEN  INCIDENTS  INPUTS  CLASSES\n",
		    assessments > 0 ? "\n" : "");
	for (i = 0; i < n && good; i++)
		window_entry(&all[i]);
	arena_free(arena);
	return good;
}

/* before: were there lists of others? */
static bool
list_exposures(struct archive *a, bool before)
{
	const struct archive_exposure_query all = {.from = {INT64_MIN}, .to = {INT64_MAX}, .limit = UINT32_MAX};
	struct arena *arena = arena_new();
	char hex[SHA256_HEX + 1], when[UTC_TEXT], origin[16];
	struct archive_exposure *x;
	size_t n = 0, i;
	bool good = archive_exposures(a, &all, arena, &x, &n, NULL) == OK;

	for (i = 0; i < n && good; i++) {
		if (i == 0)
			printf("%sEXPOSURE          AS OF                 NETWORKS  ORIGIN        ASKED\n", before ? "\n" : "");
		sha256_hex(x[i].digest, hex);
		snprintf(origin, sizeof(origin), "AS%" PRIu32, x[i].origin);
		printf("%.16s  %s  %8" PRIu64 "  %-12s  %s%s\n", hex, utc_format(x[i].at, when), x[i].networks, origin,
		    x[i].prefix ? "" : "AS", x[i].asked);
	}
	arena_free(arena);
	return good;
}

static int
list(const char *file)
{
	struct archive *a = open_for(file, ARCHIVE_READ);
	size_t n = 0, windows = 0;
	bool good;

	if (a == NULL)
		return EXIT_UNANSWERED;
	good = (archive_list(a, entry, &n) == OK && list_windows(a, n, &windows) && list_exposures(a, n + windows > 0)) ||
	    complain(file, archive_why(a));
	archive_close(a);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

static void
complaint(void *arg, const char *text)
{
	struct str plain = {0};

	(void)arg;
	str_add_plain(&plain, span_of(text));
	printf("%s\n", plain.p);
	str_release(&plain);
}

static int
check(const char *file)
{
	struct archive *a = open_for(file, ARCHIVE_CHECK);
	uint64_t n = 0;
	bool good;

	if (a == NULL)
		return EXIT_UNANSWERED;
	good = archive_check(a, complaint, NULL, &n) == OK || complain(file, archive_why(a));
	if (good && n == 0)
		printf("%s: schema %d, every page, reference and digest is as it must be\n", file, archive_schema(a));
	archive_close(a);
	return !good ? EXIT_UNANSWERED : n > 0 ? EXIT_NO : EXIT_DONE;
}

static int
upgrade(const char *file)
{
	struct archive *a = open_for(file, ARCHIVE_UPGRADE);

	if (a == NULL)
		return EXIT_UNANSWERED;
	printf("%s: schema %d\n", file, archive_schema(a));
	archive_close(a);
	return EXIT_DONE;
}

int
cmd_archive(int argc, char **argv)
{
	const struct opt_table t = {"archive", "import FILE REPORT... | list FILE | check FILE | upgrade FILE",
	    "Keep assessments, incidents and exposures of many months in one file.",
	    "  routemark archive import months.rma 2024-01.json 2024-02.json.gz\n"
	    "  routemark archive import months.rma 2024-01-incidents.json\n"
	    "  routemark archive import months.rma 2024-01-exposure.json\n"
	    "  routemark archive list months.rma\n"
	    "  routemark archive check months.rma\n", NULL, 0};
	const char *what, *file;
	int first = 0, status = opt_parse(&t, argc, argv, &first);

	if (status != OPT_GO_ON)
		return status;
	if (argc - first < 2)
		return opt_misuse(&t, "say what to do, and with which archive");
	what = argv[first];
	file = argv[first + 1];
	if (strcmp(what, "import") == 0)
		return import(&t, file, argc - first - 2, argv + first + 2);
	if (argc - first > 2)
		return opt_misuse(&t, "%s takes one archive", what);
	if (strcmp(what, "list") == 0)
		return list(file);
	if (strcmp(what, "check") == 0)
		return check(file);
	if (strcmp(what, "upgrade") == 0)
		return upgrade(file);
	return opt_misuse(&t, "\"%s\" is none of import, list, check, upgrade", what);
}
