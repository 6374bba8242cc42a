/* sql: the one file that sees SQLite's header. */
#include "archive/sql.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define BUSY_MS 2000	/* that another writer is waited for */

static const char *const texts[] = {
#define X(id, text) [id] = text,
	SQL_LIST(X)
	SQL_PLACE_LIST(X)
	SQL_WINDOW_LIST(X)
	SQL_EXPOSURE_LIST(X)
	SQL_WAYS_LIST(X)
	SQL_SEARCH_LIST(X)
#undef X
};

enum err
archive_fail(struct archive *a, enum err e, const char *fmt, ...)
{
	va_list ap;

	str_clear(&a->why);
	va_start(ap, fmt);
	str_addv(&a->why, fmt, ap);
	va_end(ap);
	return e;
}

enum err
sql_fail(struct archive *a, const char *what)
{
	switch (sqlite3_errcode(a->db)) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return archive_fail(a, ERR_STOPPED, "another program is writing to it; try again when that is done");
	case SQLITE_FULL:
		return archive_fail(a, ERR_IO, "%s: the disk or the archive is full; it holds what it held before", what);
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
		if (sqlite3_extended_errcode(a->db) == SQLITE_READONLY_ROLLBACK)
			return archive_fail(a, ERR_IO, "a program was ended while it wrote to it; what it left is rolled back when the "
			    "archive is read where it may be written: try again");
		return archive_fail(a, ERR_IO, "%s: it, or the folder that it is in, cannot be written", what);
	case SQLITE_NOTADB:
		return archive_fail(a, ERR_UNKNOWN, "is not an archive: no SQLite database");
	case SQLITE_CORRUPT:
		return archive_fail(a, ERR_CORRUPT, "%s: the database is damaged; \"routemark archive check\" says more", what);
	case SQLITE_IOERR:
		return archive_fail(a, ERR_IO, "%s: input or output error; it holds what it held before", what);
	default:
		return archive_fail(a, ERR_IO, "%s: %s", what, sqlite3_errmsg(a->db));
	}
}

/* What is sorted and does not fit is sorted beside the archive: a writer may be in a jail that makes files nowhere else. The
 * name is gone as soon as the file is open. */
static void
sort_beside(const char *path)
{
	const char *slash = strrchr(path, '/');

	sqlite3_free(sqlite3_temp_directory);
	sqlite3_temp_directory = slash == NULL ? sqlite3_mprintf(".") :
	    sqlite3_mprintf("%.*s", slash == path ? 1 : (int)(slash - path), path);
}

enum err
sql_open(struct archive *a, const char *path, enum archive_mode mode)
{
	/* also to read: what a crash left is rolled back by whoever comes next; but not by who serves */
	int flags = SQLITE_OPEN_NOMUTEX | (mode == ARCHIVE_SERVE ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
	    (mode == ARCHIVE_WRITE ? SQLITE_OPEN_CREATE : 0);

	if (mode == ARCHIVE_WRITE || mode == ARCHIVE_UPGRADE)
		sort_beside(path);
	if (sqlite3_open_v2(path, &a->db, flags, NULL) != SQLITE_OK)
		return sql_fail(a, "cannot be opened");
	sqlite3_busy_timeout(a->db, BUSY_MS);
	sqlite3_db_config(a->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(a->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	return OK;
}

void
sql_patience(struct archive *a, int ms)
{
	sqlite3_busy_timeout(a->db, ms);
}

bool
sql_locked(const struct archive *a)
{
	int rc = sqlite3_errcode(a->db) & 0xff;

	return rc == SQLITE_BUSY || rc == SQLITE_LOCKED;
}

void
sql_close(struct archive *a)
{
	size_t i;

	for (i = 0; i < SQL_N; i++)
		sqlite3_finalize(a->st[i]);
	sqlite3_close(a->db);
}

enum err
sql_each(struct archive *a, const char *text, int (*row)(void *, int, char **, char **), void *arg)
{
	return sqlite3_exec(a->db, text, row, arg, NULL) == SQLITE_OK ? OK : sql_fail(a, "cannot be read");
}

/* SQLite may have rolled back already, on a full disk: then there is none, and that is fine. */
void
sql_rollback(struct archive *a)
{
	sqlite3_exec(a->db, "ROLLBACK", NULL, NULL, NULL);
}

enum err
sql_exec(struct archive *a, const char *text)
{
	return sqlite3_exec(a->db, text, NULL, NULL, NULL) == SQLITE_OK ? OK : sql_fail(a, "cannot be used");
}

enum err
sql_number(struct archive *a, const char *text, int64_t *out)
{
	sqlite3_stmt *s = NULL;
	enum err e = OK;

	if (sqlite3_prepare_v2(a->db, text, -1, &s, NULL) != SQLITE_OK || sqlite3_step(s) != SQLITE_ROW)
		e = sql_fail(a, "cannot be read");
	else
		*out = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return e;
}

static int
bind_one(sqlite3_stmt *s, int at, char type, va_list *ap)
{
	const void *p;
	struct utc t;
	int64_t v;

	switch (type) {
	case 'i':
		return sqlite3_bind_int64(s, at, va_arg(*ap, int64_t));
	case 'x':
		v = va_arg(*ap, int64_t);
		return v != SQL_NONE ? sqlite3_bind_int64(s, at, v) : sqlite3_bind_null(s, at);
	case 't':
		return sqlite3_bind_text(s, at, va_arg(*ap, const char *), -1, SQLITE_TRANSIENT);
	case 'b':
		p = va_arg(*ap, const uint8_t *);
		return p != NULL ? sqlite3_bind_blob(s, at, p, SHA256_BYTES, SQLITE_TRANSIENT) : sqlite3_bind_null(s, at);
	case 'o':
		t = va_arg(*ap, struct utc);
		return utc_known(t) ? sqlite3_bind_int64(s, at, t.s) : sqlite3_bind_null(s, at);
	default:
		assert(false);
		return SQLITE_MISUSE;
	}
}

stmt *
sql_bind(struct archive *a, enum sql id, const char *types, ...)
{
	int i, rc = SQLITE_OK;
	va_list ap;

	if (a->st[id] == NULL &&
	    sqlite3_prepare_v3(a->db, texts[id], -1, SQLITE_PREPARE_PERSISTENT, &a->st[id], NULL) != SQLITE_OK) {
		(void)sql_fail(a, "its tables are not as they must be");
		return NULL;
	}
	sqlite3_reset(a->st[id]);
	va_start(ap, types);
	for (i = 0; types[i] != '\0' && rc == SQLITE_OK; i++)
		rc = bind_one(a->st[id], i + 1, types[i], &ap);
	va_end(ap);
	if (rc == SQLITE_OK)
		return a->st[id];
	(void)sql_fail(a, "a value cannot be kept");
	return NULL;
}

bool
sql_row(struct archive *a, stmt *s, enum err *e)
{
	int rc;

	if (s == NULL) {
		*e = ERR_IO;
		return false;
	}
	rc = sqlite3_step(s);
	if (rc == SQLITE_ROW)
		return true;
	*e = rc == SQLITE_DONE ? OK : sql_fail(a, "cannot be read");
	sqlite3_reset(s);
	return false;
}

enum err
sql_run(struct archive *a, stmt *s)
{
	enum err e = OK;

	if (s == NULL)
		return ERR_IO;
	if (sqlite3_step(s) != SQLITE_DONE)
		e = sql_fail(a, "cannot be written");
	sqlite3_reset(s);
	return e;
}

int64_t
sql_last_id(const struct archive *a)
{
	return sqlite3_last_insert_rowid(a->db);
}

int64_t
sql_i64(stmt *s, int column)
{
	return sqlite3_column_int64(s, column);
}

bool
sql_null(stmt *s, int column)
{
	return sqlite3_column_type(s, column) == SQLITE_NULL;
}

const char *
sql_text(stmt *s, int column, struct arena *a)
{
	const char *text = (const char *)sqlite3_column_text(s, column);

	return text == NULL ? NULL : arena_strdup(a, span_of(text));
}

const char *
sql_word(stmt *s, int column, struct arena *a)
{
	const char *text = sql_text(s, column, a);

	return text != NULL ? text : "";
}

struct utc
sql_time(stmt *s, int column)
{
	const int64_t first = utc_from_date(0, 1, 1, 0, 0, 0).s, last = utc_from_date(9999, 12, 31, 23, 59, 59).s;
	int64_t t = sqlite3_column_int64(s, column);

	return sql_null(s, column) || t < first || t > last ? UTC_NONE : (struct utc){t};
}

bool
sql_digest(stmt *s, int column, uint8_t out[static SHA256_BYTES])
{
	const void *p = sqlite3_column_blob(s, column);

	if (p == NULL || sqlite3_column_bytes(s, column) != SHA256_BYTES)
		return false;
	memcpy(out, p, SHA256_BYTES);
	return true;
}

void
sql_done(stmt *s)
{
	if (s != NULL)
		sqlite3_reset(s);
}
