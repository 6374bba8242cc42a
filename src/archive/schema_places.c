/* schema_places: step SCHEMA_PLACES, where the holder of each network is registered, and verdicts counted by that. What was
 * archived before does not say it: NULL, and counted nowhere here. doc/formats/archive.md tells what each column is. */
#include "archive/sql.h"

const char schema_places[] =
    "ALTER TABLE network ADD COLUMN registry INTEGER; ALTER TABLE network ADD COLUMN country TEXT;"
    "CREATE TABLE tally_place (assessment INTEGER NOT NULL REFERENCES assessment, country TEXT NOT NULL,"
    " registry INTEGER NOT NULL, control INTEGER NOT NULL REFERENCES control, size INTEGER NOT NULL,"
    " verdict INTEGER NOT NULL, n INTEGER NOT NULL,"
    " PRIMARY KEY (assessment, country, registry, control, size, verdict)) STRICT, WITHOUT ROWID;";
