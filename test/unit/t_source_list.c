/* source: which files of a folder, in which order, and what time a name tells. */
#include "pack.h"
#include "tap.h"

#include <errno.h>
#include <sys/stat.h>

static void
test_list(void)
{
	static const char *const want[] = {"B", "a-b", "a.txt", "a/b", "a/c/d", "dangling", "link"};
	struct bytes none = {0};
	struct source_list l;
	size_t i, wrong = 0, strip = strlen(temp_dir()) + 1;

	need(mkdir(temp_path("a"), 0700) == 0 && mkdir(temp_path("a/c"), 0700) == 0 &&
	    mkdir(temp_path(".hidden"), 0700) == 0 && mkdir(temp_path("empty"), 0700) == 0, "mkdir");
	temp_file("a.txt", none), temp_file("a/b", none), temp_file("a/c/d", none);
	temp_file("a-b", none), temp_file("B", none);
	temp_file(".dot", none), temp_file(".hidden/x", none), temp_file("a/.y", none);
	need(symlink("..", temp_path("a/c/loop")) == 0 && symlink("a/b", temp_path("link")) == 0 &&
	    symlink("nowhere", temp_path("dangling")) == 0 && mkfifo(temp_path("pipe"), 0600) == 0,
	    "links");

	ok(source_list_dir(temp_dir(), &l) == OK && l.n == sizeof(want) / sizeof(want[0]),
	    "files and links to files, at every depth; nothing hidden, no pipes, no loops");
	for (i = 0; i < l.n && l.n == sizeof(want) / sizeof(want[0]); i++)
		wrong += strcmp(l.path[i] + strip, want[i]) != 0;
	ok(wrong == 0, "in bytewise order of their paths");
	source_list_release(&l);

	ok(source_list_dir(temp_path("a.txt"), &l) == OK && l.n == 1 &&
	    strcmp(l.path[0], temp_path("a.txt")) == 0, "a file is a list of one");
	source_list_release(&l);
	ok(source_list_dir(temp_path("empty/"), &l) == OK && l.n == 0, "an empty folder has none");
	source_list_release(&l);
	ok(source_list_dir(temp_path("absent"), &l) == ERR_OPEN && errno == ENOENT && l.n == 0,
	    "no such folder");
}

static void
test_name_time(void)
{
	static const struct {
		const char *path, *time;
	} t[] = {
	    {"rib.20140501.0000.bz2", "2014-05-01T00:00:00Z"},
	    {"d/updates.20241028.2355.bz2", "2024-10-28T23:55:00Z"},
	    {"bview.20020722.2337.gz", "2002-07-22T23:37:00Z"},
	    {"20220501.as-rel.txt.bz2", "2022-05-01T00:00:00Z"},
	    {"asrel_201708.txt.gz", "2017-08-01T00:00:00Z"},
	    {"delegated-afrinic-extended-20240219", "2024-02-19T00:00:00Z"},
	    {"rpki-client-20250720T0931Z.json", "2025-07-20T09:31:00Z"},
	    {"routeviews-rv6-20160202-1200.pfx2as.gz", "2016-02-02T12:00:00Z"},
	    {"export-2022-05-01.csv", "2022-05-01T00:00:00Z"},
	    {"vrps-20250720T093106Z.json", "2025-07-20T09:31:06Z"},
	    {"ripencc.tal/2019/08/01/roas.csv", "2019-08-01T00:00:00Z"},
	    {"2019/08/01/roas.csv", "2019-08-01T00:00:00Z"},
	    {"20190801/roas.csv", "unknown"},
	    {"12019/08/01/roas.csv", "unknown"},
	    {"19/08/01/roas.csv", "unknown"},
	    {"rib.20140501.2460.bz2", "2014-05-01T00:00:00Z"},	/* no such hour */
	    {"rib.20140229.0000.bz2", "unknown"},			/* no such day */
	    {"v20160230-20160229", "2016-02-29T00:00:00Z"},
	    {"x201413", "unknown"},
	    {"123456789", "unknown"},
	    {"88888888", "unknown"},
	    {"19000101", "unknown"},
	    {"2022-05-1", "unknown"},
	    {"AS3257.aut-num.txt.gz", "unknown"},
	    {"roas.csv", "unknown"},
	    {"", "unknown"},
	    {"/", "unknown"},
	};
	char buf[UTC_TEXT];
	size_t i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		is_str(utc_format(source_name_time(t[i].path), buf), t[i].time, "time of \"%s\"",
		    t[i].path);
}

int
main(void)
{
	test_list();
	test_name_time();
	temp_end();
	return tap_done();
}
