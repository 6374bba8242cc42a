/*
 * sql: SQLite, wrapped. Inside archive/ only. Statements are prepared once, when they are first used; errors are
 * kept as words in the archive.
 */
#ifndef ARCHIVE_SQL_H
#define ARCHIVE_SQL_H

#include "archive/archive.h"
#include "archive/incidents.h"
#include "archive/sql_exposures.h"
#include "archive/sql_places.h"
#include "archive/sql_ways.h"
#include "archive/sql_search.h"
#include "archive/sql_windows.h"
#include "base/map.h"

/* How often each verdict was given, from the rows; size as archive_size_of. */
#define SQL_TALLY_ROWS(where)                                                                                \
	"SELECT v.assessment AS assessment, r.control AS control, CASE WHEN coalesce(q.den, 0) = 0 THEN 0 "  \
	"WHEN q.den < 10 THEN 1 WHEN q.den < 100 THEN 2 ELSE 3 END AS size, r.verdict AS verdict, count(*) AS n " \
	"FROM verdict v JOIN ruling r ON r.id = v.ruling LEFT JOIN (SELECT m.assessment, m.asn, m.den FROM number m " \
	"JOIN stand s ON s.id = m.stand JOIN text t ON t.id = s.metric WHERE t.text = 'rov-invalid' AND s.state = 0) q " \
	"ON q.assessment = v.assessment AND q.asn = v.asn " where " GROUP BY 1, 2, 3, 4"

/* X(id, text) */
#define SQL_LIST(X)                                                                                          \
	X(SQL_TEXT_FIND, "SELECT id FROM text WHERE text = ?1")                                              \
	X(SQL_TEXT_ADD, "INSERT INTO text (text) VALUES (?1)")                                               \
	X(SQL_STAND_FIND, "SELECT id FROM stand WHERE metric = ?1 AND unit = ?2 AND state = ?3 AND why IS ?4 " \
	    "AND evidence = ?5 AND oldest IS ?6")                                                            \
	X(SQL_STAND_ADD, "INSERT INTO stand (metric, unit, state, why, evidence, oldest) VALUES (?1, ?2, ?3, ?4, " \
	    "?5, ?6)")                                                                                       \
	X(SQL_RULING_FIND, "SELECT id FROM ruling WHERE control = ?1 AND verdict = ?2 AND decides IS ?3 AND " \
	    "reason IS ?4")                                                                                  \
	X(SQL_RULING_ADD, "INSERT INTO ruling (control, verdict, decides, reason) VALUES (?1, ?2, ?3, ?4)")  \
	X(SQL_PACK_FIND, "SELECT id FROM pack WHERE definition = ?1")                                        \
	X(SQL_PACK_ADD, "INSERT INTO pack (definition, ident, version, title, status, catalog_sha256, "      \
	    "profile_sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")                                           \
	X(SQL_CONTROL_ADD, "INSERT INTO control (pack, ord, ident, title, required) VALUES (?1, ?2, ?3, ?4, ?5)") \
	X(SQL_CONTROL_IDS, "SELECT id FROM control WHERE pack = ?1 ORDER BY ord")                            \
	X(SQL_INPUT_FIND, "SELECT id, size FROM input WHERE sha256 = ?1")                                    \
	X(SQL_INPUT_ADD, "INSERT INTO input (sha256, size) VALUES (?1, ?2)")                                 \
	X(SQL_BASIS_FIND, "SELECT id, digest, content FROM assessment WHERE basis = ?1 ORDER BY id")         \
	X(SQL_DIGEST_FIND, "SELECT id FROM assessment WHERE digest = ?1")                                    \
	X(SQL_ASSESSMENT_ADD, "INSERT INTO assessment (digest, basis, content, at, parameters, networks, collectors, " \
	    "vantage_points, v4_full_feed, v4_visibility, v4_routes, v6_full_feed, v6_visibility, v6_routes) VALUES " \
	    "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")                                 \
	X(SQL_ASSESSMENT_DONE, "UPDATE assessment SET digest = ?2, content = ?3, networks = ?4 WHERE id = ?1") \
	X(SQL_APACK_ADD, "INSERT INTO assessment_pack (assessment, ord, pack) VALUES (?1, ?2, ?3)")          \
	X(SQL_AINPUT_ADD, "INSERT INTO assessment_input (assessment, input, kind, time, time_from_name, complete) " \
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)")                                                               \
	X(SQL_NETWORK_ADD, "INSERT INTO network (assessment, asn, name, org, seen, cdn) VALUES (?1, ?2, ?3, ?4, ?5, ?6)") \
	X(SQL_NUMBER_ADD, "INSERT INTO number (assessment, asn, stand, num, den, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6)") \
	X(SQL_VERDICT_ADD, "INSERT INTO verdict (assessment, asn, ruling) VALUES (?1, ?2, ?3)")              \
	X(SQL_LIST_ALL, "SELECT a.id, a.digest, a.at, a.networks, (SELECT count(*) FROM assessment_input i WHERE " \
	    "i.assessment = a.id) FROM assessment a ORDER BY a.at, a.id")                                    \
	X(SQL_LIST_PACKS, "SELECT p.ident, p.version, p.status FROM assessment_pack x JOIN pack p ON p.id = x.pack " \
	    "WHERE x.assessment = ?1 ORDER BY x.ord")                                                        \
	X(SQL_HEAD, "SELECT a.id, a.digest, a.basis, a.content, a.at, t.text, a.networks, a.collectors, "    \
	    "a.vantage_points, a.v4_full_feed, a.v4_visibility, a.v4_routes, a.v6_full_feed, a.v6_visibility, " \
	    "a.v6_routes FROM assessment a JOIN text t ON t.id = a.parameters ORDER BY a.at, a.id")          \
	X(SQL_HEAD_PACKS, "SELECT p.id, p.ident, p.version, p.title, p.status, p.catalog_sha256, p.profile_sha256, " \
	    "p.definition FROM assessment_pack x JOIN pack p ON p.id = x.pack WHERE x.assessment = ?1 ORDER BY x.ord") \
	X(SQL_HEAD_CONTROLS, "SELECT id, ident, title, required FROM control WHERE pack = ?1 ORDER BY ord")  \
	X(SQL_HEAD_INPUTS, "SELECT i.sha256, i.size, t.text, x.time, x.time_from_name, x.complete FROM "     \
	    "assessment_input x JOIN input i ON i.id = x.input JOIN text t ON t.id = x.kind WHERE x.assessment = ?1 " \
	    "ORDER BY i.sha256")                                                                             \
	X(SQL_NETWORKS, "SELECT asn FROM network WHERE assessment = ?1 ORDER BY asn")                        \
	X(SQL_NETWORK, "SELECT n.seen, n.cdn, t.text, o.text FROM network n JOIN text t ON t.id = n.name JOIN " \
	    "text o ON o.id = n.org WHERE n.assessment = ?1 AND n.asn = ?2")                                 \
	X(SQL_NUMBERS, "SELECT m.text, s.unit, s.state, w.text, e.text, s.oldest, n.num, n.den, n.value FROM number n " \
	    "JOIN stand s ON s.id = n.stand JOIN text m ON m.id = s.metric LEFT JOIN text w ON w.id = s.why " \
	    "JOIN text e ON e.id = s.evidence WHERE n.assessment = ?1 AND n.asn = ?2 ORDER BY m.text")       \
	X(SQL_VERDICTS, "SELECT r.verdict, d.text, t.text FROM verdict v JOIN ruling r ON r.id = v.ruling "  \
	    "JOIN control c ON c.id = r.control JOIN assessment_pack x ON x.assessment = v.assessment AND "  \
	    "x.pack = c.pack LEFT JOIN text d ON d.id = r.decides LEFT JOIN text t ON t.id = r.reason "      \
	    "WHERE v.assessment = ?1 AND v.asn = ?2 ORDER BY x.ord, c.ord")                                  \
	X(SQL_STATE, "SELECT count(*), coalesce(max(id), 0), (SELECT count(*) FROM timeline), " \
	    "(SELECT count(*) FROM exposure) FROM assessment") \
	X(SQL_TALLY_ADD, "INSERT INTO tally (assessment, control, size, verdict, n) VALUES (?1, ?2, ?3, ?4, ?5)") \
	X(SQL_TALLY, "SELECT (SELECT count(*) FROM assessment_pack y JOIN control d ON d.pack = y.pack WHERE " \
	    "y.assessment = x.assessment AND (y.ord < x.ord OR (y.ord = x.ord AND d.ord <= c.ord))), t.size, " \
	    "t.verdict, t.n FROM tally t JOIN control c ON c.id = t.control JOIN assessment_pack x ON "      \
	    "x.assessment = t.assessment AND x.pack = c.pack WHERE t.assessment = ?1")                       \
	X(SQL_TALLY_CHECK, "WITH kept AS (SELECT control, size, verdict, n FROM tally WHERE assessment = ?1), " \
	    "told AS (SELECT control, size, verdict, n FROM (" SQL_TALLY_ROWS("WHERE v.assessment = ?1") ")) " \
	    "SELECT (SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM told)) + "                \
	    "(SELECT count(*) FROM (SELECT * FROM told EXCEPT SELECT * FROM kept))")

enum sql {
#define X(id, text) id,
	SQL_LIST(X)
	SQL_PLACE_LIST(X)
	SQL_WINDOW_LIST(X)
	SQL_EXPOSURE_LIST(X)
	SQL_WAYS_LIST(X)
	SQL_SEARCH_LIST(X)
#undef X
	SQL_N
};

struct sqlite3;
struct sqlite3_stmt;
typedef struct sqlite3_stmt stmt;

struct interned { const char *key; size_t len; int64_t id; };
struct intern {			/* ids of what the transaction met, so that each is asked for once */
	struct map map;
	struct arena *a;	/* owned: the keys */
	struct interned *items;	/* owned */
	size_t n, cap;
};

struct place_tally { struct place place; uint64_t *n; };	/* n: as put.tally */

struct archive {
	struct sqlite3 *db;
	stmt *st[SQL_N];
	struct str why;
	enum archive_mode mode;
	int schema;		/* of the file; 0: it is new */
	int target;		/* what a writer brings it to */
	struct intern texts, stands, rulings, paths;
	struct arena *a;	/* owned: of the transaction */
	struct arena *row;	/* owned: of one row */
	struct put {		/* from begin to commit */
		bool begun, there, known;
		const struct archive_head *head;
		uint8_t basis[SHA256_BYTES], content[SHA256_BYTES];	/* content: when known */
		struct sha256 hash;	/* of the rows so far */
		int64_t assessment;
		int64_t *controls;	/* ids, of all packs together */
		size_t n_controls;
		uint64_t networks;
		uint64_t *tally;	/* as archive_tally: of each control */
		struct place_tally *places;	/* owned; n from a */
		size_t n_places, cap_places;
		struct str *given;	/* owned: of each control, a digit for each network */
		uint32_t last;		/* ASN */
		const struct archive_window *window;	/* NULL: an assessment */
		int64_t timeline;
		uint64_t incidents;
		struct archive_incident last_incident;	/* its key alone */
		struct parties *parties;	/* owned */
	} put;
};

/* A word about what went wrong, in front of SQLite's own. Always e. */
enum err archive_fail(struct archive *a, enum err e, const char *fmt, ...) PRINTF_LIKE(3, 4);
enum err sql_fail(struct archive *a, const char *what);	/* from SQLite's last error */
NODISCARD enum err sql_open(struct archive *a, const char *path, enum archive_mode mode);
void sql_close(struct archive *a);
void sql_patience(struct archive *a, int ms);	/* how long another program's lock is waited for */
bool sql_locked(const struct archive *a);	/* the last call failed for another's lock */
/* Each row of a PRAGMA, as texts, of which some may be NULL. */
NODISCARD enum err sql_each(struct archive *a, const char *text, int (*row)(void *, int, char **, char **), void *arg);
void sql_rollback(struct archive *a);	/* keeps archive_why */
NODISCARD enum err sql_exec(struct archive *a, const char *text);
/* One number: a PRAGMA's, a count. */
NODISCARD enum err sql_number(struct archive *a, const char *text, int64_t *out);

#define SQL_NONE INT64_MIN
/* Bind: i int64_t, x the same with SQL_NONE for NULL, t const char * (NULL is NULL), b const uint8_t * of a digest
 * (NULL is NULL), o struct utc (unknown is NULL). The statement was reset and is ready to step. NULL on an error. */
stmt *sql_bind(struct archive *a, enum sql id, const char *types, ...);
bool sql_row(struct archive *a, stmt *s, enum err *e);	/* step: is there a row? *e tells when not why */
NODISCARD enum err sql_run(struct archive *a, stmt *s);	/* of a statement without rows; NULL is an error */
int64_t sql_last_id(const struct archive *a);
int64_t sql_i64(stmt *s, int column);
bool sql_null(stmt *s, int column);
const char *sql_text(stmt *s, int column, struct arena *a);	/* copy; NULL for NULL */
const char *sql_word(stmt *s, int column, struct arena *a);	/* the same, "" for NULL: a hand may have made the tables */
struct utc sql_time(stmt *s, int column);	/* unknown for NULL and for what is no year of four digits */
bool sql_digest(stmt *s, int column, uint8_t out[static SHA256_BYTES]);	/* false: none of that length */
void sql_done(stmt *s);		/* reset: lets go of locks */

void intern_clear(struct intern *in);
int64_t intern_find(const struct intern *in, const void *key, size_t len);	/* 0: not there */
void intern_add(struct intern *in, const void *key, size_t len, int64_t id);
NODISCARD enum err text_id(struct archive *a, const char *text, int64_t *id);

/* incident_party.c: what each network did, gathered from a window's incidents in their order. */
struct parties *parties_new(void);
void parties_free(struct parties *p);	/* NULL-safe */
void parties_add(struct parties *p, const struct archive_incident *i);
/* Ascending by ASN, role, class's word, confidence; until p is freed. */
const struct archive_party *parties_end(struct parties *p, size_t *n);
/* From when to when it was seen at all; was it there at the end? */
void incident_seen(const struct archive_incident *i, int64_t *began_us, int64_t *ended_us, bool *open);

/* window.c: the end of a window's transaction. check_windows.c: is what is in it what was put in? */
NODISCARD enum err window_finish(struct archive *a);
NODISCARD enum err windows_check(struct archive *a, void (*complain)(void *arg, const char *text), void *arg);

/* exposures.c: the first eleven columns of a row; digests of the two texts. check_exposures.c */
struct archive_exposure;
void exposure_columns(stmt *s, struct arena *arena, struct archive_exposure *out);
void exposure_ground_digest(struct span head, uint8_t out[static SHA256_BYTES]);
void exposure_content_digest(struct span text, uint8_t out[static SHA256_BYTES]);
NODISCARD enum err exposures_check(struct archive *a, void (*complain)(void *arg, const char *text), void *arg);

/* incident_row.c */
void class_words(struct str *out, uint32_t classes);	/* "bogon-asn leak" */
uint32_t class_bits(const char *words);	/* a bit past OFF_N for a word that is none */
void says_words(struct str *out, uint32_t says);
uint32_t says_bits(const char *words);	/* the same, past MIS_N */

/* schema.c: bring the file from a->schema to schema, inside a transaction. */
NODISCARD enum err schema_migrate(struct archive *a, int schema);
/* What the file is: *schema 0 for an empty one. An error for what is no archive or is too new. */
NODISCARD enum err schema_look(struct archive *a, int *schema);

/* read.c: one assessment again, from its rows; all from arena. */
struct archived {
	int64_t id;
	uint8_t digest[SHA256_BYTES], basis[SHA256_BYTES], content[SHA256_BYTES];
	struct archive_head head;	/* inputs only when asked for */
	const int64_t *pack_ids;
	uint64_t networks;
};
/* All of them, in the order of their moments. */
NODISCARD enum err read_heads(struct archive *a, struct arena *arena, bool inputs, struct archived **out, size_t *n);
/* What a statement over inputs gives: digest, size, kind, time, whether that is from the name, complete. It is done then. */
NODISCARD enum err read_inputs(struct archive *a, stmt *s, struct arena *arena, const struct archive_input **out,
    size_t *n);
/* found: is the network in it? */
NODISCARD enum err read_row(struct archive *a, int64_t assessment, uint32_t asn, struct arena *arena,
    struct archive_row *out, bool *found);

/* tally.c: from begin to commit. */
void tally_begin(struct archive *a);
void tally_row(struct archive *a, const struct archive_row *r);
NODISCARD enum err tally_put(struct archive *a);
NODISCARD enum err tally_check(struct archive *a, int64_t assessment, bool *same);

/* places.c: the same by place; of SCHEMA_PLACES and later. */
void places_row(struct archive *a, const struct archive_row *r);
NODISCARD enum err places_put(struct archive *a);
NODISCARD enum err places_check(struct archive *a, int64_t assessment, bool *same);
/* Two columns, registry and country. */
NODISCARD enum err place_read(struct archive *a, stmt *s, int column, struct arena *arena, struct place *out);
/* given.c: from begin to commit; what an earlier schema had not; is it what follows from the rows? */
void given_begin(struct archive *a);
void given_row(struct archive *a, const struct archive_row *r);
NODISCARD enum err given_put(struct archive *a);
void given_drop(struct archive *a);
NODISCARD enum err given_fill(struct archive *a);
NODISCARD enum err given_check(struct archive *a, int64_t assessment, bool *same);

/* incident_where.c: the same of the place of an incident's prefix. */
NODISCARD enum err where_put(struct archive *a, int64_t timeline, int64_t ord, const struct prefix *p);
NODISCARD enum err where_fill(struct archive *a);
NODISCARD enum err where_check(struct archive *a, int64_t timeline, int64_t ord, const struct prefix *p, bool *there);
NODISCARD enum err schema_search_fill(struct archive *a);

/* incidents.c: the row that SQL_INCIDENT_COLUMNS make. False: a class, prefix or number in it cannot be. */
bool incident_read(stmt *s, struct arena *arena, struct archive_incident_row *r);
enum err incident_broken(struct archive *a);

/* put.c: BEGIN IMMEDIATE, the schema brought up to date first. */
NODISCARD enum err put_begin(struct archive *a);
NODISCARD enum err put_input(struct archive *a, const struct archive_input *in, int64_t *id);
/* The results' digest so far, of no network at first. */
void content_begin(struct sha256 *h);

#endif
