/*
 * sql_ways: the statements of AS paths over time. Inside archive/ only.
 */
#ifndef ARCHIVE_SQL_WAYS_H
#define ARCHIVE_SQL_WAYS_H

#define SQL_WAYS_LIST(X)                                                                                     \
	X(SQL_PATH_FIND, "SELECT id FROM as_path WHERE hops = ?1")                                           \
	X(SQL_PATH_ADD, "INSERT INTO as_path (hops) VALUES (?1)")                                            \
	X(SQL_SEEN_WAY_ADD, "INSERT INTO incident_seen (timeline, ord, accomplice, k, vp, path_id, from_us, to_us, began, " \
	    "ended, as_path) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")                         \
	X(SQL_TURN_ADD, "INSERT INTO incident_turn (timeline, ord, accomplice, k, at_us, as_path) VALUES (?1, ?2, ?3, ?4, " \
	    "?5, ?6)")                                                                                       \
	X(SQL_LEFT_SET, "UPDATE incident SET paths_left_out = ?3 WHERE timeline = ?1 AND ord = ?2")          \
	X(SQL_LEFT, "SELECT paths_left_out FROM incident WHERE timeline = ?1 AND ord = ?2")                  \
	X(SQL_SEEN_WAYS, "SELECT s.as_path, p.hops FROM incident_seen s LEFT JOIN as_path p ON p.id = s.as_path WHERE " \
	    "s.timeline = ?1 AND s.ord = ?2 ORDER BY s.accomplice, s.k")                                     \
	X(SQL_TURNS, "SELECT t.as_path, p.hops, t.accomplice, t.k, t.at_us FROM incident_turn t LEFT JOIN as_path p ON " \
	    "p.id = t.as_path WHERE t.timeline = ?1 AND t.ord = ?2 ORDER BY t.accomplice, t.k, t.at_us")

#endif
