/* schema_ways: step 7, the AS paths by which incidents were seen, each path once, and when a sighting turned to another.
 * paths_left_out is NULL of incidents that were archived without paths: then nothing is known of them.
 * doc/formats/archive.md tells what each column is. */
#include "archive/sql.h"

const char schema_ways[] =
    "CREATE TABLE as_path (id INTEGER PRIMARY KEY, hops TEXT NOT NULL UNIQUE) STRICT;"
    "ALTER TABLE incident ADD COLUMN paths_left_out INTEGER;"
    "ALTER TABLE incident_seen ADD COLUMN as_path INTEGER REFERENCES as_path;"
    "CREATE TABLE incident_turn (timeline INTEGER NOT NULL REFERENCES timeline, ord INTEGER NOT NULL,"
    " accomplice INTEGER NOT NULL, k INTEGER NOT NULL, at_us INTEGER NOT NULL, as_path INTEGER REFERENCES as_path,"
    " PRIMARY KEY (timeline, ord, accomplice, k, at_us)) STRICT, WITHOUT ROWID;";
