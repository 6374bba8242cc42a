/* archive_import: reports, incidents and exposures into an archive: read here, written by the archivist. */
#include "archive/import.h"
#include "cmd/archive_cmd.h"
#include "cmd/archivist.h"
#include "cmd/cmd.h"
#include "cmd/keep.h"
#include "cmd/keep_exposure.h"
#include "cmd/note.h"
#include "report/incidents.h"
#include "source/source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct importing {
	const char *file;		/* the archive */
	const char *report;
	bool begun;
	const struct import_result *known;	/* of the first reading; NULL in it */
	struct import_result *now;
};

/* The second reading: its head is complete before its first network. */
static enum err
begin(struct importing *im)
{
	if (im->begun)
		return OK;
	im->begun = true;
	return archivist_begin(&im->now->head, im->known->basis, im->known->content);
}

static enum err
each(void *arg, struct span row)
{
	struct importing *im = arg;

	TRY(begin(im));
	return archivist_put(row);
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
		return archive_complain(im->report, strerror(errno));
	e = import_read(source_feed(s), a, im->known != NULL ? each : NULL, im, out, &why);
	end = source_close(s, &sum);
	if (e != OK && why == NULL)	/* the archivist's */
		return archive_complain(im->file, archivist_why());
	if (end == OK)
		end = sum.err;
	if (end != OK)
		return archive_complain(im->report, err_text(end));
	return e == OK || archive_complain(im->report, why);
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
	struct keep k = {.command = "archive", .file = im->file, .report = report};
	char hex[SHA256_HEX + 1], from[UTC_TEXT], to[UTC_TEXT];
	bool good = keep_incidents(&k);

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
	good = report_read(im, first, &known);
	im->known = &known;
	good = good && report_read(im, second, &now);
	if (good)	/* a report of no network begins here */
		good = (begin(im) == OK && archivist_commit(&fate) == OK) ||
		    archive_complain(im->file, archivist_why());
	if (good)
		told(&known, fate);
	else
		archivist_rollback();
	arena_free(first);
	arena_free(second);
	return good;
}

static bool
import_exposure(struct importing *im, const char *report)
{
	struct keep_exposure k = {.command = "archive", .file = im->file};
	struct arena *a = arena_new();
	char hex[SHA256_HEX + 1], when[UTC_TEXT];
	uint8_t digest[SHA256_BYTES];
	bool good = keep_exposure_file(&k, report, a);
	size_t i;

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

int
archive_import(const struct opt_table *t, const char *file, int n, char **reports)
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
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}
