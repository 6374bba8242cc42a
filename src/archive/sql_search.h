/*
 * sql_search: the statements of what is looked up rather than searched. Inside archive/ only.
 */
#ifndef ARCHIVE_SQL_SEARCH_H
#define ARCHIVE_SQL_SEARCH_H

#define SCHEMA_SEARCH 8		/* the step that brought them */

/* Who did or let in which incident; of those without confidence the empty text. */
#define SQL_OF_ROWS                                                                                          \
	"SELECT i.culprit, i.timeline, i.class, coalesce(i.confidence, (SELECT id FROM text WHERE text = '')), i.ord " \
	"FROM incident i UNION SELECT b.accomplice, b.timeline, i.class, coalesce(i.confidence, " \
	"(SELECT id FROM text WHERE text = '')), b.ord FROM incident_by b JOIN incident i ON i.timeline = b.timeline AND " \
	"i.ord = b.ord WHERE b.accomplice <> 0"

#define SQL_SEARCH_LIST(X)                                                                                   \
	X(SQL_GIVEN_ADD, "INSERT INTO given (assessment, control, verdicts) VALUES (?1, ?2, ?3)")            \
	X(SQL_GIVEN, "SELECT verdicts FROM given WHERE assessment = ?1 AND control = (SELECT c.id FROM assessment_pack x " \
	    "JOIN control c ON c.pack = x.pack WHERE x.assessment = ?1 ORDER BY x.ord, c.ord LIMIT 1 OFFSET ?2)") \
	X(SQL_GIVEN_ALL, "SELECT control, verdicts FROM given WHERE assessment = ?1")                        \
	X(SQL_GIVEN_ROWS, "SELECT r.control, r.verdict FROM verdict v CROSS JOIN ruling r ON r.id = v.ruling WHERE " \
	    "v.assessment = ?1 ORDER BY v.asn")                                                              \
	X(SQL_ASSESSMENT_IDS, "SELECT id FROM assessment ORDER BY id")                                       \
	X(SQL_NETWORK_THERE, "SELECT 1 FROM network WHERE assessment = ?1 AND asn = ?2")                     \
	X(SQL_OF_ADD, "INSERT OR IGNORE INTO incident_of (asn, timeline, class, confidence, ord) VALUES (?1, ?2, ?3, ?4, " \
	    "?5)")                                                                                           \
	X(SQL_OF_PAGE, "SELECT ord FROM incident_of WHERE asn = ?1 AND timeline = ?2 AND class = (SELECT id FROM text WHERE " \
	    "text = ?3) AND confidence = (SELECT id FROM text WHERE text = ?4) AND ord >= ?5 ORDER BY ord LIMIT ?6") \
	X(SQL_SURE_PAGE, "SELECT ord FROM incident WHERE timeline = ?2 AND class = (SELECT id FROM text WHERE text = ?3) " \
	    "AND confidence = (SELECT id FROM text WHERE text = ?4) AND ord >= ?5 AND ?1 = 0 ORDER BY ord LIMIT ?6") \
	X(SQL_OF_CHECK, "SELECT (SELECT count(*) FROM (SELECT asn, timeline, class, confidence, ord FROM incident_of EXCEPT " \
	    "SELECT * FROM (" SQL_OF_ROWS "))) + (SELECT count(*) FROM (SELECT * FROM (" SQL_OF_ROWS ") EXCEPT SELECT asn, timeline, class, confidence, ord FROM " \
	    "incident_of))")                                                                                 \
	X(SQL_WHERE_ADD, "INSERT INTO incident_prefix (family, first, length, timeline, ord) VALUES (?1, ?2, ?3, ?4, ?5)") \
	X(SQL_WHERE_ROWS, "SELECT timeline, ord, prefix FROM incident ORDER BY timeline, ord")               \
	X(SQL_WHERE_THERE, "SELECT count(*) FROM incident_prefix WHERE family = ?1 AND first = ?2 AND length = ?3 AND " \
	    "timeline = ?4 AND ord = ?5")                                                                    \
	X(SQL_WHERE_COUNT, "SELECT (SELECT count(*) FROM incident_prefix) - (SELECT count(*) FROM incident)") \
	X(SQL_WHERE_IS, "SELECT i.prefix, i.origin, i.culprit, p.timeline, p.ord FROM incident_prefix p JOIN incident i ON " \
	    "i.timeline = p.timeline AND i.ord = p.ord WHERE p.family = ?1 AND p.first = ?2 AND p.length = ?3 " \
	    "ORDER BY p.timeline, p.ord LIMIT ?4")                                                           \
	X(SQL_WHERE_IN, "SELECT i.prefix, i.origin, i.culprit, p.timeline, p.ord FROM incident_prefix p JOIN incident i ON " \
	    "i.timeline = p.timeline AND i.ord = p.ord WHERE p.family = ?1 AND p.first BETWEEN ?2 AND ?5 AND p.length > ?3 " \
	    "ORDER BY p.first, p.length, p.timeline, p.ord LIMIT ?4")

#endif
