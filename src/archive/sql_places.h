/*
 * sql_places: the statements of where networks are registered. Inside archive/ only; of a file that has SCHEMA_PLACES.
 */
#ifndef ARCHIVE_SQL_PLACES_H
#define ARCHIVE_SQL_PLACES_H

#define SCHEMA_PLACES 6		/* the step that brought them */

/* As SQL_TALLY_ROWS, of networks whose place is known, with it. */
#define SQL_PLACE_ROWS                                                                                       \
	"SELECT coalesce(w.country, '') AS country, w.registry AS registry, r.control AS control, CASE WHEN " \
	"coalesce(q.den, 0) = 0 THEN 0 WHEN q.den < 10 THEN 1 WHEN q.den < 100 THEN 2 ELSE 3 END AS size, "  \
	"r.verdict AS verdict, count(*) AS n FROM verdict v JOIN network w ON w.assessment = v.assessment AND " \
	"w.asn = v.asn JOIN ruling r ON r.id = v.ruling LEFT JOIN (SELECT m.assessment, m.asn, m.den FROM number m " \
	"JOIN stand s ON s.id = m.stand JOIN text t ON t.id = s.metric WHERE t.text = 'rov-invalid' AND s.state = 0) q " \
	"ON q.assessment = v.assessment AND q.asn = v.asn WHERE v.assessment = ?1 AND w.registry IS NOT NULL " \
	"GROUP BY 1, 2, 3, 4, 5"

#define SQL_PLACE_LIST(X)                                                                                    \
	X(SQL_PLACED_ADD, "INSERT INTO network (assessment, asn, name, org, seen, cdn, registry, country) VALUES (?1, ?2, " \
	    "?3, ?4, ?5, ?6, ?7, ?8)")                                                                       \
	X(SQL_PLACED, "SELECT n.seen, n.cdn, t.text, o.text, n.registry, n.country FROM network n JOIN text t ON " \
	    "t.id = n.name JOIN text o ON o.id = n.org WHERE n.assessment = ?1 AND n.asn = ?2")              \
	X(SQL_PLACED_NAMES, "SELECT n.asn, t.text, o.text, n.registry, n.country FROM network n JOIN text t ON t.id = n.name " \
	    "JOIN text o ON o.id = n.org WHERE n.assessment = ?1 ORDER BY n.asn")                            \
	X(SQL_PLACE_ADD, "INSERT INTO tally_place (assessment, country, registry, control, size, verdict, n) VALUES (?1, ?2, " \
	    "?3, ?4, ?5, ?6, ?7)")                                                                           \
	X(SQL_PLACES, "SELECT country, registry, control, size, verdict, n FROM tally_place WHERE assessment = ?1") \
	X(SQL_PLACES_OF, "SELECT country, registry, control, size, verdict, n FROM tally_place WHERE assessment = ?1 AND " \
	    "country = ?2")                                                                                  \
	X(SQL_PLACE_CONTROLS, "SELECT c.id FROM assessment_pack x JOIN control c ON c.pack = x.pack WHERE x.assessment = ?1 " \
	    "ORDER BY x.ord, c.ord")                                                                         \
	X(SQL_PLACES_CHECK, "WITH kept AS (SELECT country, registry, control, size, verdict, n FROM tally_place WHERE " \
	    "assessment = ?1), told AS (SELECT country, registry, control, size, verdict, n FROM (" SQL_PLACE_ROWS ")) " \
	    "SELECT (SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM told)) + "                \
	    "(SELECT count(*) FROM (SELECT * FROM told EXCEPT SELECT * FROM kept))")

#endif
