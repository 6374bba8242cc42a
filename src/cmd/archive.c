/* archive: what is kept of many months, put in from reports and incidents, listed and checked. */
#include "archive/archive.h"
#include "cmd/archive_cmd.h"
#include "cmd/cmd.h"
#include "cmd/note.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool
archive_complain(const char *path, const char *why)
{
	note("archive", "%s: %s", path, why);
	return false;
}

struct archive *
archive_open_for(const char *file, enum archive_mode mode)
{
	struct archive *a = NULL;
	struct str why = {0};

	if (archive_open(&a, file, mode, &why) != OK)
		archive_complain(file, why.p);
	str_release(&why);
	return a;
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
	struct archive *a = archive_open_for(file, ARCHIVE_CHECK);
	uint64_t n = 0;
	bool good;

	if (a == NULL)
		return EXIT_UNANSWERED;
	good = archive_check(a, complaint, NULL, &n) == OK || archive_complain(file, archive_why(a));
	if (good && n == 0)
		printf("%s: schema %d, every page, reference and digest is as it must be\n", file, archive_schema(a));
	archive_close(a);
	return !good ? EXIT_UNANSWERED : n > 0 ? EXIT_NO : EXIT_DONE;
}

static int
upgrade(const char *file)
{
	struct archive *a = archive_open_for(file, ARCHIVE_UPGRADE);

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
		return archive_import(&t, file, argc - first - 2, argv + first + 2);
	if (argc - first > 2)
		return opt_misuse(&t, "%s takes one archive", what);
	if (strcmp(what, "list") == 0)
		return archive_show(file);
	if (strcmp(what, "check") == 0)
		return check(file);
	if (strcmp(what, "upgrade") == 0)
		return upgrade(file);
	return opt_misuse(&t, "\"%s\" is none of import, list, check, upgrade", what);
}
