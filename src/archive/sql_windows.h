/*
 * sql_windows: the statements of windows and their incidents. Inside archive/ only.
 */
#ifndef ARCHIVE_SQL_WINDOWS_H
#define ARCHIVE_SQL_WINDOWS_H

#define SQL_INCIDENT_COLUMNS                                                                                 \
	"i.ord, k.text, i.prefix, i.origin, i.culprit, c.text, y.text, w.text, i.needed, i.peak, i.vantage_points, " \
	"i.began_us, i.ended_us, i.open"
#define SQL_INCIDENT_TEXTS                                                                                   \
	"JOIN text k ON k.id = i.class LEFT JOIN text c ON c.id = i.confidence JOIN text y ON y.id = i.says " \
	"JOIN text w ON w.id = i.why "
/* ?3, ?4: seen in that time, 0 and 0 any; ?5: from this ord on; ?6: so many, below 0 all; ?7: confidence, or NULL */
#define SQL_INCIDENT_PAGE                                                                                    \
	"(?4 = 0 OR (i.ended_us >= ?3 AND i.began_us < ?4)) AND i.ord >= ?5 AND " \
	"(?7 IS NULL OR i.confidence = (SELECT id FROM text WHERE text = ?7)) ORDER BY i.ord LIMIT ?6"

#define SQL_WINDOW_LIST(X)                                                                                   \
	X(SQL_WINDOW_FIND, "SELECT id FROM timeline WHERE digest = ?1")                                      \
	X(SQL_WINDOW_ADD, "INSERT INTO timeline (digest, basis, content, began, ended, first_update, seen_seconds, curve, " \
	    "parameters, counts, looked_for, not_scored, incidents, inputs) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, " \
	    "?10, ?11, ?12, 0, ?13)")                                                                        \
	X(SQL_WINDOW_DONE, "UPDATE timeline SET incidents = ?2 WHERE id = ?1")                               \
	X(SQL_WINPUT_ADD, "INSERT INTO timeline_input (timeline, input, kind, time, time_from_name, complete) VALUES " \
	    "(?1, ?2, ?3, ?4, ?5, ?6)")                                                                      \
	X(SQL_WCOLLECTOR_ADD, "INSERT INTO timeline_collector (timeline, ord, local_as, vantage_points, messages, " \
	    "update_files, tables, silence_seconds, cadence_seconds) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)") \
	X(SQL_WGAP_ADD, "INSERT INTO timeline_gap (timeline, collector, ord, began, ended) VALUES (?1, ?2, ?3, ?4, ?5)") \
	X(SQL_WVP_ADD, "INSERT INTO timeline_vp (timeline, ord, address, asn, collector, full_feed_ipv4, full_feed_ipv6) " \
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")                                                           \
	X(SQL_WDATED_ADD, "INSERT INTO timeline_dated (timeline, ord, evidence, days, newest, oldest) VALUES (?1, ?2, ?3, " \
	    "?4, ?5, ?6)")                                                                                   \
	X(SQL_WSCORE_ADD, "INSERT INTO timeline_score (timeline, asn, metric, incidents, raw) VALUES (?1, ?2, ?3, ?4, ?5)") \
	X(SQL_PARTY_ADD, "INSERT INTO timeline_party (timeline, asn, role, class, confidence, incidents, open, seen_us, " \
	    "enough_us, began_us, ended_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")          \
	X(SQL_INCIDENT_ADD, "INSERT INTO incident (timeline, ord, class, prefix, origin, culprit, confidence, says, why, " \
	    "needed, peak, vantage_points, began_us, ended_us, open) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, " \
	    "?11, ?12, ?13, ?14, ?15)")                                                                      \
	X(SQL_BY_ADD, "INSERT INTO incident_by (timeline, ord, accomplice) VALUES (?1, ?2, ?3)")             \
	X(SQL_SEEN_ADD, "INSERT INTO incident_seen (timeline, ord, accomplice, k, vp, path_id, from_us, to_us, began, ended) " \
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")                                              \
	X(SQL_SPAN_ADD, "INSERT INTO incident_span (timeline, ord, accomplice, k, from_us, to_us) VALUES (?1, ?2, ?3, ?4, " \
	    "?5, ?6)")                                                                                       \
	X(SQL_WINDOWS, "SELECT t.id, t.digest, t.basis, t.content, t.began, t.ended, t.first_update, t.seen_seconds, " \
	    "v.text, p.text, c.text, l.text, n.text, t.incidents, t.inputs FROM timeline t JOIN text v ON v.id = t.curve " \
	    "JOIN text p ON p.id = t.parameters JOIN text c ON c.id = t.counts JOIN text l ON l.id = t.looked_for " \
	    "JOIN text n ON n.id = t.not_scored ORDER BY t.began, t.ended, t.id")                            \
	X(SQL_WINPUTS, "SELECT i.sha256, i.size, t.text, x.time, x.time_from_name, x.complete FROM timeline_input x " \
	    "JOIN input i ON i.id = x.input JOIN text t ON t.id = x.kind WHERE x.timeline = ?1 ORDER BY i.sha256") \
	X(SQL_WCOLLECTORS, "SELECT local_as, vantage_points, messages, update_files, tables, silence_seconds, " \
	    "cadence_seconds FROM timeline_collector WHERE timeline = ?1 ORDER BY ord")                      \
	X(SQL_WGAPS, "SELECT began, ended FROM timeline_gap WHERE timeline = ?1 AND collector = ?2 ORDER BY ord") \
	X(SQL_WVPS, "SELECT address, asn, collector, full_feed_ipv4, full_feed_ipv6 FROM timeline_vp WHERE timeline = ?1 " \
	    "ORDER BY ord")                                                                                  \
	X(SQL_WDATED, "SELECT t.text, d.days, d.newest, d.oldest FROM timeline_dated d JOIN text t ON t.id = d.evidence " \
	    "WHERE d.timeline = ?1 ORDER BY d.ord")                                                          \
	X(SQL_WSCORES, "SELECT s.asn, t.text, s.incidents, s.raw FROM timeline_score s JOIN text t ON t.id = s.metric " \
	    "WHERE s.timeline = ?1 ORDER BY s.asn, t.text")                                                  \
	X(SQL_WSCORES_OF, "SELECT s.asn, t.text, s.incidents, s.raw FROM timeline_score s JOIN text t ON t.id = s.metric " \
	    "WHERE s.timeline = ?1 AND s.asn = ?2 ORDER BY t.text")                                          \
	X(SQL_PARTIES, "SELECT p.asn, p.role, k.text, c.text, p.incidents, p.open, p.seen_us, p.enough_us, p.began_us, " \
	    "p.ended_us FROM timeline_party p JOIN text k ON k.id = p.class JOIN text c ON c.id = p.confidence " \
	    "WHERE p.timeline = ?1 ORDER BY p.asn, p.role, k.text, c.text")                                  \
	X(SQL_PARTIES_OF, "SELECT p.asn, p.role, k.text, c.text, p.incidents, p.open, p.seen_us, p.enough_us, p.began_us, " \
	    "p.ended_us FROM timeline_party p JOIN text k ON k.id = p.class JOIN text c ON c.id = p.confidence " \
	    "WHERE p.timeline = ?1 AND p.asn = ?2 ORDER BY p.role, k.text, c.text")                          \
	X(SQL_INCIDENTS, "SELECT " SQL_INCIDENT_COLUMNS " FROM incident i " SQL_INCIDENT_TEXTS               \
	    "WHERE i.timeline = ?1 AND ?2 IS NOT NULL AND " SQL_INCIDENT_PAGE)                                       \
	X(SQL_INCIDENTS_OF, "SELECT " SQL_INCIDENT_COLUMNS " FROM (SELECT ord FROM incident WHERE culprit = ?2 AND " \
	    "timeline = ?1 AND ord >= ?5 UNION SELECT ord FROM incident_by WHERE accomplice = ?2 AND timeline = ?1 AND " \
	    "ord >= ?5) o JOIN incident i ON i.timeline = ?1 AND i.ord = o.ord " SQL_INCIDENT_TEXTS \
	    "WHERE " SQL_INCIDENT_PAGE)                                                                      \
	X(SQL_CLASS_PAGE, "SELECT " SQL_INCIDENT_COLUMNS " FROM incident i " SQL_INCIDENT_TEXTS              \
	    "WHERE i.timeline = ?1 AND i.class = (SELECT id FROM text WHERE text = ?2) AND " SQL_INCIDENT_PAGE) \
	X(SQL_INCIDENT, "SELECT " SQL_INCIDENT_COLUMNS " FROM incident i " SQL_INCIDENT_TEXTS                \
	    "WHERE i.timeline = ?1 AND i.ord = ?2")                                                          \
	X(SQL_BYS, "SELECT accomplice FROM incident_by WHERE timeline = ?1 AND ord = ?2 ORDER BY accomplice") \
	X(SQL_SEEN, "SELECT accomplice, vp, path_id, from_us, to_us, began, ended FROM incident_seen WHERE timeline = ?1 " \
	    "AND ord = ?2 ORDER BY accomplice, k")                                                           \
	X(SQL_SPANS, "SELECT accomplice, from_us, to_us FROM incident_span WHERE timeline = ?1 AND ord = ?2 " \
	    "ORDER BY accomplice, k")                                                                        \
	X(SQL_KEYS_OF, "SELECT k.text, i.prefix, i.origin, i.culprit, i.open, i.ord FROM incident i JOIN text k " \
	    "ON k.id = i.class WHERE i.culprit = ?2 AND i.timeline = ?1 ORDER BY i.ord")                     \
	X(SQL_KEYS_BY, "SELECT k.text, i.prefix, i.origin, i.culprit, EXISTS (SELECT 1 FROM incident_seen s WHERE " \
	    "s.timeline = ?1 AND s.ord = b.ord AND s.accomplice = ?2 AND s.ended = 0), i.ord FROM incident_by b JOIN " \
	    "incident i ON i.timeline = ?1 AND i.ord = b.ord JOIN text k ON k.id = i.class WHERE b.accomplice = ?2 AND " \
	    "b.timeline = ?1 ORDER BY b.ord")

#define SQL_CULPRITS -1		/* incident_span.accomplice: the spans of the incident itself */

#endif
