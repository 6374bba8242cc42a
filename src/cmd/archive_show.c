/* archive_show: what is in an archive, a line each. */
#include "archive/exposures.h"
#include "archive/incidents.h"
#include "cmd/archive_cmd.h"
#include "cmd/cmd.h"
#include "rule/say.h"

#include <inttypes.h>
#include <stdio.h>

#define LIST_HEAD "ASSESSMENT        AS OF                 NETWORKS  INPUTS  PACKS"
#define PACKS_COLUMN 58	/* where the packs of a list start, a line each */

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

int
archive_show(const char *file)
{
	struct archive *a = archive_open_for(file, ARCHIVE_READ);
	size_t n = 0, windows = 0;
	bool good;

	if (a == NULL)
		return EXIT_UNANSWERED;
	good = (archive_list(a, entry, &n) == OK && list_windows(a, n, &windows) && list_exposures(a, n + windows > 0)) ||
	    archive_complain(file, archive_why(a));
	archive_close(a);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}
