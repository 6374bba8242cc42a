/* schema: the tables, as a list of steps from one version to the next. A step that was released is never
 * changed: what comes later is a new one. doc/formats/archive.md tells what each column is. */
#include "archive/sql.h"

#include <inttypes.h>
#include <stdio.h>

/* 1: assessments. */
static const char assessments[] =
    "CREATE TABLE text (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE pack (id INTEGER PRIMARY KEY, definition BLOB NOT NULL UNIQUE, ident TEXT NOT NULL,"
    " version TEXT NOT NULL, title TEXT NOT NULL, status TEXT NOT NULL, catalog_sha256 BLOB NOT NULL,"
    " profile_sha256 BLOB) STRICT;"
    "CREATE TABLE control (id INTEGER PRIMARY KEY, pack INTEGER NOT NULL REFERENCES pack, ord INTEGER NOT NULL,"
    " ident TEXT NOT NULL, title TEXT NOT NULL, required INTEGER NOT NULL, UNIQUE (pack, ord)) STRICT;"
    "CREATE TABLE input (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, size INTEGER NOT NULL) STRICT;"
    "CREATE TABLE assessment (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, basis BLOB NOT NULL,"
    " content BLOB NOT NULL, at INTEGER NOT NULL, parameters INTEGER NOT NULL REFERENCES text,"
    " networks INTEGER NOT NULL, collectors INTEGER NOT NULL, vantage_points INTEGER NOT NULL,"
    " v4_full_feed INTEGER NOT NULL, v4_visibility INTEGER NOT NULL, v4_routes INTEGER NOT NULL,"
    " v6_full_feed INTEGER NOT NULL, v6_visibility INTEGER NOT NULL, v6_routes INTEGER NOT NULL) STRICT;"
    "CREATE TABLE assessment_pack (assessment INTEGER NOT NULL REFERENCES assessment, ord INTEGER NOT NULL,"
    " pack INTEGER NOT NULL REFERENCES pack, PRIMARY KEY (assessment, ord)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE assessment_input (assessment INTEGER NOT NULL REFERENCES assessment,"
    " input INTEGER NOT NULL REFERENCES input, kind INTEGER NOT NULL REFERENCES text, time INTEGER,"
    " time_from_name INTEGER NOT NULL, complete INTEGER NOT NULL, PRIMARY KEY (assessment, input))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE stand (id INTEGER PRIMARY KEY, metric INTEGER NOT NULL REFERENCES text, unit INTEGER NOT NULL,"
    " state INTEGER NOT NULL, why INTEGER REFERENCES text, evidence INTEGER NOT NULL REFERENCES text,"
    " oldest INTEGER) STRICT;"
    "CREATE INDEX stand_by ON stand (metric, unit, state, why, evidence, oldest);"
    "CREATE TABLE ruling (id INTEGER PRIMARY KEY, control INTEGER NOT NULL REFERENCES control,"
    " verdict INTEGER NOT NULL, decides INTEGER REFERENCES text, reason INTEGER REFERENCES text) STRICT;"
    "CREATE INDEX ruling_by ON ruling (control, verdict, decides, reason);"
    "CREATE TABLE network (assessment INTEGER NOT NULL REFERENCES assessment, asn INTEGER NOT NULL,"
    " name INTEGER NOT NULL REFERENCES text, org INTEGER NOT NULL REFERENCES text, seen INTEGER NOT NULL,"
    " cdn INTEGER NOT NULL, PRIMARY KEY (assessment, asn)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE number (assessment INTEGER NOT NULL REFERENCES assessment, asn INTEGER NOT NULL,"
    " stand INTEGER NOT NULL REFERENCES stand, num INTEGER, den INTEGER, value INTEGER,"
    " PRIMARY KEY (assessment, asn, stand)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE verdict (assessment INTEGER NOT NULL REFERENCES assessment, asn INTEGER NOT NULL,"
    " ruling INTEGER NOT NULL REFERENCES ruling, PRIMARY KEY (assessment, asn, ruling)) STRICT, WITHOUT ROWID;";

/* 2: incidents of a window of time. Nothing was ever written into these. */
static const char incidents[] =
    "CREATE TABLE timeline (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, began INTEGER NOT NULL,"
    " ended INTEGER NOT NULL, parameters INTEGER NOT NULL REFERENCES text) STRICT;"
    "CREATE TABLE timeline_input (timeline INTEGER NOT NULL REFERENCES timeline,"
    " input INTEGER NOT NULL REFERENCES input, kind INTEGER NOT NULL REFERENCES text,"
    " PRIMARY KEY (timeline, input)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE incident (timeline INTEGER NOT NULL REFERENCES timeline, asn INTEGER NOT NULL,"
    " ord INTEGER NOT NULL, kind INTEGER NOT NULL REFERENCES text, role INTEGER NOT NULL,"
    " prefix INTEGER REFERENCES text, origin INTEGER, began INTEGER NOT NULL, ended INTEGER,"
    " score INTEGER NOT NULL, confidence INTEGER NOT NULL REFERENCES text, why INTEGER NOT NULL REFERENCES text,"
    " PRIMARY KEY (timeline, asn, ord)) STRICT, WITHOUT ROWID;";

/* 3: verdicts counted, as they are shown to many. */
static const char tallies[] =
    "CREATE TABLE tally (assessment INTEGER NOT NULL REFERENCES assessment,"
    " control INTEGER NOT NULL REFERENCES control, size INTEGER NOT NULL, verdict INTEGER NOT NULL,"
    " n INTEGER NOT NULL, PRIMARY KEY (assessment, control, size, verdict)) STRICT, WITHOUT ROWID;"
    "INSERT INTO tally (assessment, control, size, verdict, n) " SQL_TALLY_ROWS("") ";";

extern const char schema_windows[];	/* 4: incidents again, with all that is said of them; schema_windows.c */
extern const char schema_exposures[];	/* 5: exposures; schema_exposures.c */
extern const char schema_places[];	/* 6: where networks are registered; schema_places.c */
extern const char schema_ways[];	/* 7: the AS paths of incidents; schema_ways.c */
extern const char schema_search[];	/* 8: what is looked up and not searched; schema_search.c */

static const struct {
	const char *sql;
	enum err (*fill)(struct archive *a);	/* what follows from the rows and SQL cannot say; NULL: nothing */
} steps[ARCHIVE_SCHEMA] = {{assessments, NULL}, {incidents, NULL}, {tallies, NULL}, {schema_windows, NULL},
    {schema_exposures, NULL}, {schema_places, NULL}, {schema_ways, NULL}, {schema_search, schema_search_fill}};

enum err
schema_migrate(struct archive *a, int schema)
{
	char pragma[80];

	for (; a->schema < schema; a->schema++) {
		TRY(sql_exec(a, steps[a->schema].sql));
		if (steps[a->schema].fill != NULL)
			TRY(steps[a->schema].fill(a));
	}
	snprintf(pragma, sizeof(pragma), "PRAGMA application_id = %d; PRAGMA user_version = %d", ARCHIVE_APPLICATION_ID,
	    schema);
	return sql_exec(a, pragma);
}

enum err
schema_look(struct archive *a, int *schema)
{
	int64_t pages = 0, application = 0, version = 0, tables = 0;

	TRY(sql_number(a, "PRAGMA page_count", &pages));
	*schema = 0;
	if (pages == 0)
		return OK;
	TRY(sql_number(a, "PRAGMA application_id", &application));
	TRY(sql_number(a, "PRAGMA user_version", &version));
	TRY(sql_number(a, "SELECT count(*) FROM sqlite_schema", &tables));
	if (application == 0 && version == 0 && tables == 0)
		return OK;
	if (application != ARCHIVE_APPLICATION_ID)
		return archive_fail(a, ERR_UNKNOWN, "is a database of another program, not an archive: application_id is "
		    "%" PRId64 ", not %d", application, ARCHIVE_APPLICATION_ID);
	if (version < 1 || version > ARCHIVE_SCHEMA)
		return archive_fail(a, ERR_UNKNOWN, "has schema %" PRId64 ", and this program knows 1 to %d: a later "
		    "version of it wrote the archive", version, ARCHIVE_SCHEMA);
	*schema = (int)version;
	return OK;
}
