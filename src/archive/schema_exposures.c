/* schema_exposures: what subjects depended on, as exposure --json told it. doc/formats/archive.md tells what each column is. */
#include "archive/sql.h"

const char schema_exposures[] =
    "CREATE TABLE exposure_ground (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, at INTEGER NOT NULL,"
    " head TEXT NOT NULL) STRICT;"
    "CREATE TABLE exposure (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE,"
    " ground INTEGER NOT NULL REFERENCES exposure_ground, content BLOB NOT NULL, at INTEGER NOT NULL,"
    " origin INTEGER NOT NULL, asked TEXT NOT NULL, prefix INTEGER NOT NULL, name TEXT NOT NULL,"
    " networks INTEGER NOT NULL, weakest INTEGER, verdict INTEGER, text TEXT NOT NULL) STRICT;"
    "CREATE INDEX exposure_when ON exposure (at, origin, asked, id);"
    "CREATE INDEX exposure_of ON exposure (origin, at, id);";
