/* archive: opening and closing. A rollback journal and not a write-ahead log: an archive is then one file that can
 * be copied and read from a folder that cannot be written. */
#include "archive/months.h"
#include "archive/sql.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static enum err
refuse(struct archive *a, struct str *why, enum err e)
{
	str_adds(why, a->why.len > 0 ? a->why.p : err_text(e));
	archive_close(a);
	return e;
}

/* SQLite's words for these are "unable to open database file". */
static enum err
place_look(struct archive *a, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return errno == ENOENT && a->mode == ARCHIVE_WRITE ? OK : archive_fail(a, ERR_OPEN, "%s", strerror(errno));
	if (S_ISREG(st.st_mode))
		return OK;
	return archive_fail(a, ERR_OPEN, S_ISDIR(st.st_mode) ? "is a folder" : "is not a regular file");
}

static enum err
ready(struct archive *a, int schema)
{
	TRY(schema_look(a, &a->schema));
	if (a->schema == 0 && a->mode != ARCHIVE_WRITE)
		return archive_fail(a, ERR_UNKNOWN, "is empty: nothing was archived in it yet");
	if ((a->mode == ARCHIVE_READ || a->mode == ARCHIVE_SERVE) && a->schema < schema)
		return archive_fail(a, ERR_UNKNOWN, "has schema %d, and %d is needed to read it; \"routemark archive "
		    "upgrade\" brings it there", a->schema, schema);
	if (a->mode == ARCHIVE_SERVE)	/* no file but this one */
		return sql_exec(a, "PRAGMA query_only = 1; PRAGMA cell_size_check = 1; PRAGMA temp_store = MEMORY; "
		    "PRAGMA cache_size = -8192");
	if (a->mode == ARCHIVE_READ || a->mode == ARCHIVE_CHECK)
		/* a reader may be in a jail that makes no file: what is sorted is sorted in memory */
		return sql_exec(a, "PRAGMA query_only = 1; PRAGMA cell_size_check = 1; PRAGMA temp_store = MEMORY");
	/* nothing goes to the file before the commit: whoever reads waits for that alone, not for a whole import */
	return sql_exec(a, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA cache_size = -65536; "
	    "PRAGMA cache_spill = 0");
}

static enum err
open_schema(struct archive **out, const char *path, enum archive_mode mode, int schema, struct str *why)
{
	struct archive *a = xcalloc(1, sizeof(*a));
	enum err e;

	a->mode = mode;
	a->target = schema;
	e = place_look(a, path);
	if (e != OK)
		return refuse(a, why, e);
	e = sql_open(a, path, mode);
	if (e == OK)
		e = ready(a, schema);
	if (e != OK)
		return refuse(a, why, e);
	a->a = arena_new();
	a->row = arena_new();
	*out = a;
	return OK;
}

/* A whole step or none. */
static enum err
upgrade(struct archive **a, int schema, struct str *why)
{
	enum err e = sql_exec(*a, "BEGIN IMMEDIATE");

	if (e == OK)
		e = schema_look(*a, &(*a)->schema);
	if (e == OK)
		e = schema_migrate(*a, schema);
	if (e == OK)
		e = sql_exec(*a, "COMMIT");
	if (e == OK)
		return OK;
	sql_rollback(*a);
	e = refuse(*a, why, e);
	*a = NULL;
	return e;
}

enum err
archive_open(struct archive **out, const char *path, enum archive_mode mode, struct str *why)
{
	TRY(open_schema(out, path, mode, ARCHIVE_SCHEMA, why));
	return mode == ARCHIVE_UPGRADE ? upgrade(out, ARCHIVE_SCHEMA, why) : OK;
}

enum err
archive_open_schema(struct archive **out, const char *path, int schema, struct str *why)
{
	TRY(open_schema(out, path, ARCHIVE_WRITE, schema, why));
	return upgrade(out, schema, why);
}

void
archive_patience(struct archive *a, unsigned ms)
{
	sql_patience(a, (int)ms);
}

int
archive_schema(const struct archive *a)
{
	return a->schema;
}

void
archive_limit_pages(struct archive *a, uint32_t pages)
{
	char text[64];

	snprintf(text, sizeof(text), "PRAGMA max_page_count = %u", pages);
	if (sql_exec(a, text) != OK)
		str_clear(&a->why);
}

void
archive_close(struct archive *a)
{
	if (a == NULL)
		return;
	archive_rollback(a);
	sql_close(a);
	str_release(&a->why);
	if (a->a != NULL)
		arena_free(a->a);
	if (a->row != NULL)
		arena_free(a->row);
	free(a);
}

const char *
archive_why(const struct archive *a)
{
	return a->why.p != NULL ? a->why.p : "";
}
