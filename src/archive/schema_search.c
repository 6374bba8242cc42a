/* schema_search: step 8, what is looked up rather than searched. All of it follows from the other tables: incidents of a
 * network by what and how sure, incidents by where their prefix lies, and what a control gave every network in one row. The
 * last two are filled by C (given.c, incident_where.c): SQL has no words for them. doc/formats/archive.md tells what each
 * column is. */
#include "archive/sql.h"

const char schema_search[] =
    "CREATE TABLE given (assessment INTEGER NOT NULL REFERENCES assessment,"
    " control INTEGER NOT NULL REFERENCES control, verdicts TEXT NOT NULL, PRIMARY KEY (assessment, control)) STRICT;"
    "CREATE TABLE incident_of (asn INTEGER NOT NULL, timeline INTEGER NOT NULL REFERENCES timeline,"
    " class INTEGER NOT NULL REFERENCES text, confidence INTEGER NOT NULL REFERENCES text, ord INTEGER NOT NULL,"
    " PRIMARY KEY (asn, timeline, class, confidence, ord)) STRICT, WITHOUT ROWID;"
    "INSERT INTO incident_of " SQL_OF_ROWS ";"
    "CREATE INDEX incident_sure ON incident (timeline, class, confidence, ord);"
    "CREATE TABLE incident_prefix (family INTEGER NOT NULL, first TEXT NOT NULL, length INTEGER NOT NULL,"
    " timeline INTEGER NOT NULL REFERENCES timeline, ord INTEGER NOT NULL,"
    " PRIMARY KEY (family, first, length, timeline, ord)) STRICT, WITHOUT ROWID;";

enum err
schema_search_fill(struct archive *a)
{
	TRY(given_fill(a));
	return where_fill(a);
}
