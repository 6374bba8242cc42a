/*
 * sql_exposures: the statements of exposures. Inside archive/ only.
 */
#ifndef ARCHIVE_SQL_EXPOSURES_H
#define ARCHIVE_SQL_EXPOSURES_H

#define SQL_EXPOSURE_COLUMNS "id, digest, ground, at, origin, asked, prefix, name, networks, weakest, verdict"

#define SQL_EXPOSURE_LIST(X)                                                                                 \
	X(SQL_EXPOSURE_FIND, "SELECT id FROM exposure WHERE digest = ?1")                                    \
	X(SQL_EXPOSURE_GROUND_FIND, "SELECT id FROM exposure_ground WHERE digest = ?1")                      \
	X(SQL_EXPOSURE_GROUND_ADD, "INSERT INTO exposure_ground (digest, at, head) VALUES (?1, ?2, ?3)")     \
	X(SQL_EXPOSURE_ADD, "INSERT INTO exposure (digest, ground, content, at, origin, asked, prefix, name, networks, " \
	    "weakest, verdict, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")            \
	/* ?1, ?2: from that moment to before that; ?3: the weakest link's verdict, or NULL; ?4, ?5: limit, offset */ \
	X(SQL_EXPOSURES, "SELECT " SQL_EXPOSURE_COLUMNS " FROM exposure WHERE at >= ?1 AND at < ?2 AND "     \
	    "(?3 IS NULL OR verdict IS ?3) ORDER BY at DESC, origin, asked, id LIMIT ?4 OFFSET ?5")          \
	X(SQL_EXPOSURES_COUNT, "SELECT count(*) FROM exposure WHERE at >= ?1 AND at < ?2 AND "               \
	    "(?3 IS NULL OR verdict IS ?3)")                                                                 \
	X(SQL_EXPOSURES_OF, "SELECT " SQL_EXPOSURE_COLUMNS " FROM exposure WHERE origin = ?1 ORDER BY at DESC, prefix, " \
	    "asked, id DESC LIMIT ?2")                                                                       \
	X(SQL_EXPOSURE_MOMENTS, "SELECT at, count(*) FROM exposure GROUP BY at ORDER BY at DESC LIMIT ?1")   \
	X(SQL_EXPOSURE_TEXT, "SELECT g.head, e.text FROM exposure e JOIN exposure_ground g ON g.id = e.ground " \
	    "WHERE e.id = ?1")                                                                               \
	X(SQL_EXPOSURE_CHECK, "SELECT e.id, e.digest, e.ground, e.at, e.origin, e.asked, e.prefix, e.name, e.networks, " \
	    "e.weakest, e.verdict, e.content, g.digest, g.at, g.head, e.text FROM exposure e JOIN exposure_ground g ON " \
	    "g.id = e.ground ORDER BY e.id")                                                                 \
	X(SQL_EXPOSURE_GROUNDS_BARE, "SELECT count(*) FROM exposure_ground g WHERE NOT EXISTS (SELECT 1 FROM exposure e " \
	    "WHERE e.ground = g.id)")

#endif
