/* Windows and incidents in the archive: what is put in comes out, twice is once, what a hand changed is found, an
 * earlier schema is brought here with what it holds, and what is asked for is looked up and not searched. */
#include "incident_hand.h"
#include "tap.h"

#include <sqlite3.h>

static char dir[] = "/tmp/t_archive_incidents.XXXXXX";
static char path[80];

static struct archive *
opened(enum archive_mode mode)
{
	struct archive *a = NULL;
	struct str why = {0};

	if (archive_open(&a, path, mode, &why) != OK)
		printf("# %s\n", why.p);
	str_release(&why);
	return a;
}

/* --- in, out, again --- */

static bool
spans_same(const struct timeline_span *a, size_t n, const struct timeline_span *b, size_t m)
{
	size_t i;

	for (i = 0; i < n && i < m; i++)
		if (a[i].from_us != b[i].from_us || a[i].to_us != b[i].to_us)
			return false;
	return n == m;
}

static bool
paths_same(const struct incident_paths *a, const struct incident_paths *b)
{
	size_t i, n;

	if (a == NULL || b == NULL)
		return a == b;
	if (a->n_paths != b->n_paths || a->left_out != b->left_out || a->n_seen != b->n_seen ||
	    memcmp(a->first, b->first, (a->n_seen + 1) * sizeof(*a->first)) != 0)
		return false;
	for (i = 0; i < a->n_paths; i++)
		if (path_list_cmp(&a->paths[i], &b->paths[i]) != 0)
			return false;
	for (i = 0, n = a->first[a->n_seen]; i < n; i++)
		if (a->turns[i].at_us != b->turns[i].at_us || a->turns[i].path != b->turns[i].path)
			return false;
	return true;
}

static bool
incident_same(const struct archive_incident *a, const struct archive_incident *b)
{
	size_t k, m;

	if (archive_incident_cmp(a, b) != 0 || (a->confidence == NULL) != (b->confidence == NULL) ||
	    (a->confidence != NULL && strcmp(a->confidence, b->confidence) != 0) || a->says != b->says ||
	    strcmp(a->why, b->why) != 0 || a->needed != b->needed || a->peak != b->peak ||
	    a->vantage_points != b->vantage_points || !spans_same(a->spans, a->n_spans, b->spans, b->n_spans) ||
	    a->n_by != b->n_by || !paths_same(a->paths, b->paths))
		return false;
	for (k = 0; k < a->n_by; k++) {
		const struct archive_by *x = &a->by[k], *y = &b->by[k];

		if (x->accomplice != y->accomplice || x->n_seen != y->n_seen ||
		    !spans_same(x->during, x->n_during, y->during, y->n_during))
			return false;
		for (m = 0; m < x->n_seen; m++)
			if (x->seen[m].vp != y->seen[m].vp || x->seen[m].path_id != y->seen[m].path_id ||
			    x->seen[m].from_us != y->seen[m].from_us || x->seen[m].to_us != y->seen[m].to_us ||
			    x->seen[m].began != y->seen[m].began || x->seen[m].ended != y->seen[m].ended)
				return false;
	}
	return true;
}

static void
head_out(const struct archive_window_entry *x, const struct hand_window *h)
{
	const struct archive_window *w = &x->w;

	ok(w->from.s == h->w.from.s && w->to.s == h->w.to.s && w->first_update.s == h->w.first_update.s &&
	    w->seen_s == h->w.seen_s && w->curve == CURVE_H1 && w->looked_for == h->w.looked_for && w->not_scored == 0 &&
	    x->incidents == 3 && x->inputs == 1, "a window comes out");
	is_str(w->parameters, h->w.parameters, "with its parameters");
	is_str(w->counts, h->w.counts, "and counts");
	ok(w->n_collectors == 1 && w->collectors[0].local_as == 64700 && w->collectors[0].messages == 100 &&
	    w->collectors[0].silence_s == 600 && w->collectors[0].cadence_s == 300 && w->collectors[0].n_gaps == 1 &&
	    w->collectors[0].gaps[0].to.s == h->gap.to.s, "collectors and their gaps");
	ok(w->n_vps == 2 && w->vps[0].full_feed[FAMILY_V4] && !w->vps[1].full_feed[FAMILY_V4] &&
	    addr_cmp(&w->vps[1].addr, &h->vps[1].addr) == 0, "vantage points");
	ok(w->n_dated == 1 && strcmp(w->dated[0].evidence, "irr") == 0 && w->dated[0].days == -40 &&
	    !utc_known(w->dated[0].oldest), "evidence of another time");
	ok(w->n_scores == 2 && w->scores[1].metric == INC_M3 && w->scores[1].raw_e7 == 10000000, "and scores");
}

static void
in_and_out(struct arena *arena)
{
	struct archive_incident_row r;
	struct archive_window_entry *all;
	struct str check = {0}, before, after;
	enum archive_fate fate = ARCHIVE_THERE;
	struct hand_window h;
	struct archive *a = opened(ARCHIVE_WRITE);
	bool found, same = true;
	size_t n, i;

	hand_window(&h, 1);
	ok(hand_window_put(a, &h, &fate) == OK && fate == ARCHIVE_NEW, "a window is archived: %s", archive_why(a));
	is_str(hand_check(a, &check), "", "what is in it is what was put in");
	ok(archive_windows(a, arena, &all, &n) == OK && n == 1 && archive_window_lists(a, arena, &all[0]) == OK, "it is told");
	head_out(&all[0], &h);
	for (i = 0; i < 3; i++)
		same &= archive_incident(a, all[0].id, i, arena, &r, &found) == OK && found && r.ord == i &&
		    incident_same(&r.i, &h.i[i]) && r.open == (i == 2);
	ok(same && archive_incident(a, all[0].id, 3, arena, &r, &found) == OK && !found, "each incident with all that it has");
	archive_close(a);
	before = hand_file(path);
	a = opened(ARCHIVE_WRITE);
	ok(hand_window_put(a, &h, &fate) == OK && fate == ARCHIVE_THERE, "the same again is there already");
	archive_close(a);
	after = hand_file(path);
	ok(before.len == after.len && memcmp(before.p, after.p, before.len) == 0, "and not a byte of the file is another");
	a = opened(ARCHIVE_WRITE);
	h.i[0].peak = 1;
	ok(hand_window_put(a, &h, &fate) == OK && fate == ARCHIVE_NEW && archive_windows(a, arena, &all, &n) == OK && n == 2 &&
	    memcmp(all[0].basis, all[1].basis, SHA256_BYTES) == 0 && memcmp(all[0].digest, all[1].digest, SHA256_BYTES) != 0,
	    "other findings of the same basis are kept beside it");
	is_str(hand_check(a, &check), "", "and all is well");
	archive_close(a);
	str_release(&check);
	str_release(&before);
	str_release(&after);
}

static void
refused(struct arena *arena)
{
	struct archive *a = opened(ARCHIVE_WRITE);
	uint8_t basis[SHA256_BYTES] = {1}, content[SHA256_BYTES] = {2};
	struct archive_window_entry *all;
	struct archive_incident swap;
	enum archive_fate fate;
	struct hand_window h;
	size_t n;

	hand_window(&h, 3);
	ok(archive_window_begin(a, &h.w, basis, content) == OK && archive_incident_put(a, &h.i[0]) == OK &&
	    archive_commit(a, &fate) == ERR_CONTRADICT, "findings that are not those announced: %s", archive_why(a));
	swap = h.i[0];
	h.i[0] = h.i[1];
	h.i[1] = swap;
	ok(hand_window_put(a, &h, &fate) == ERR_CONTRADICT, "an incident out of order: %s", archive_why(a));
	hand_window(&h, 3);
	h.seen[0].vp = 2;
	ok(hand_window_put(a, &h, &fate) == ERR_CONTRADICT, "one of no vantage point: %s", archive_why(a));
	hand_window(&h, 3);
	h.w.to = h.w.from;
	ok(hand_window_put(a, &h, &fate) == ERR_RANGE, "a window without length: %s", archive_why(a));
	ok(archive_windows(a, arena, &all, &n) == OK && n == 2, "none of them left anything");
	archive_close(a);
}

/* --- questions --- */

static size_t
page(struct archive *a, int64_t window, struct archive_incident_query q, struct arena *arena, uint64_t *first)
{
	struct archive_incident_row *r;
	size_t n = 0;

	if (archive_incidents(a, window, &q, arena, &r, &n) != OK)
		return SIZE_MAX;
	*first = n > 0 ? r[0].ord : UINT64_MAX;
	return n;
}

static void
questions(struct arena *arena)
{
	struct archive *a = opened(ARCHIVE_READ);
	struct archive_window_entry *all;
	struct archive_party *p;
	struct archive_score *sc;
	struct hand_window h;
	uint64_t first;
	size_t n;
	int64_t w;

	hand_window(&h, 1);
	if (archive_windows(a, arena, &all, &n) != OK || n == 0)
		abort();
	w = all[0].id;
#define PAGE(...) page(a, w, (struct archive_incident_query){__VA_ARGS__}, arena, &first)
	ok(PAGE(.asn = 0) == 3 && first == 0, "all of a window");
	ok(PAGE(.limit = 2) == 2 && PAGE(.limit = 2, .after = 2) == 1 && first == 2, "a page at a time");
	ok(PAGE(.asn = 64501) == 2 && first == 0 && PAGE(.asn = 64502) == 1 && PAGE(.asn = 64511) == 1 && first == 1 &&
	    PAGE(.asn = 64999) == 0, "of one network, culprit or accomplice");
	ok(PAGE(.asn = 64501, .limit = 1, .after = 1) == 1 && first == 2, "of one network, the second page");
	ok(PAGE(.classes = 1u << OFF_LEAK) == 1 && first == 2 && PAGE(.classes = 1u << OFF_LEAK | 1u << OFF_BOGON_PREFIX) == 2 &&
	    PAGE(.classes = 1u << OFF_LEAK | 1u << OFF_BOGON_PREFIX, .limit = 1, .after = 1) == 1 && first == 2,
	    "of one class, of two");
	ok(PAGE(.confidence = "proven") == 1 && first == 2 && PAGE(.confidence = "proven", .asn = 64500, .limit = 1) == 1 && first == 2 &&
	    PAGE(.confidence = "possible", .classes = 1u << OFF_LEAK) == 0, "of one confidence");
	ok(PAGE(.confidence = "nosuch") == 0 && PAGE(.confidence = "nosuch", .asn = 64500) == 0 &&
	    PAGE(.confidence = "nosuch", .classes = 1u << OFF_LEAK) == 0, "of a confidence that none has");
	ok(PAGE(.classes = 1u << OFF_LEAK, .asn = 64500) == 1 && first == 2, "of a class and network");
	ok(PAGE(.from_us = h.t0 + 6000 * HAND_US, .to_us = h.t0 + 9000 * HAND_US) == 1 && first == 2, "of a time");
	ok(PAGE(.from_us = 1, .to_us = h.t0) == 0, "which ends before they begin");
#undef PAGE
	ok(archive_parties(a, w, 64500, arena, &p, &n) == OK && n == 2 && p[0].class == OFF_BOGON_PREFIX && p[0].incidents == 1 &&
	    p[0].role == ROLE_CULPRIT && p[0].open == 0 && p[0].seen_us == 5400 * 1000000ull + 1 &&
	    p[0].enough_us == p[0].seen_us && *p[0].confidence == '\0', "what a network did is summed, its time joined");
	ok(p[1].class == OFF_LEAK && p[1].open == 1 && strcmp(p[1].confidence, "proven") == 0 &&
	    p[1].began_us == h.t0 && p[1].ended_us == h.t0 + 7200 * HAND_US, "by class and confidence");
	ok(archive_parties(a, w, 64501, arena, &p, &n) == OK && n == 2 && p[0].role == ROLE_ACCOMPLICE &&
	    p[0].seen_us == 3600 * 1000000ull && p[1].open == 1, "and what it let in");
	ok(archive_parties(a, w, 0, arena, &p, &n) == OK && n == 6, "nobody is without a name: no next network is none");
	ok(archive_window_scores(a, w, 64500, arena, &sc, &n) == OK && n == 2 && sc[0].metric == INC_M1, "its scores");
	archive_close(a);
}

/* Of the statements that pages wait for: SQLite searches by an index, and scans nothing. */
static int
plan_row(void *arg, int n, char **text, char **name)
{
	(void)name;
	str_addf(arg, "%s; ", n > 3 && text[3] != NULL ? text[3] : "?");
	return 0;
}

static void
plans(void)
{
	static const char *const asked[][2] = {
	    {"SELECT * FROM incident WHERE timeline = 1 AND ord >= 5 ORDER BY ord LIMIT 10", "a page of a window"},
	    {"SELECT ord FROM incident WHERE culprit = 1 AND timeline = 1 AND ord >= 5 UNION SELECT ord FROM incident_by WHERE "
	    "accomplice = 1 AND timeline = 1 AND ord >= 5 ORDER BY ord", "a page of a network"},
	    {"SELECT * FROM incident WHERE timeline = 1 AND class = 3 AND ord >= 5 ORDER BY ord LIMIT 10", "a page of a class"},
	    {"SELECT * FROM timeline_party WHERE timeline = 1 AND asn = 1", "what a network did"},
	    {"SELECT s.as_path, p.hops FROM incident_seen s LEFT JOIN as_path p ON p.id = s.as_path WHERE s.timeline = 1 AND s.ord = 5 "
	    "ORDER BY s.accomplice, s.k", "the paths of one"},
	    {"SELECT t.as_path, p.hops FROM incident_turn t LEFT JOIN as_path p ON p.id = t.as_path WHERE t.timeline = 1 AND "
	    "t.ord = 5 ORDER BY t.accomplice, t.k, t.at_us", "their turns"}};
	struct str s = {0}, q = {0};
	sqlite3 *db;
	size_t i;

	if (sqlite3_open(path, &db) != SQLITE_OK)
		abort();
	for (i = 0; i < sizeof(asked) / sizeof(*asked); i++) {
		str_clear(&s);
		str_clear(&q);
		str_adds(&s, "");
		str_addf(&q, "EXPLAIN QUERY PLAN %s", asked[i][0]);
		if (sqlite3_exec(db, q.p, plan_row, &s, NULL) != SQLITE_OK)
			str_addf(&s, "SCAN %s", sqlite3_errmsg(db));
		ok(strstr(s.p, "SCAN") == NULL && strstr(s.p, "SEARCH") != NULL && strstr(s.p, "TEMP B-TREE FOR ORDER") == NULL,
		    "%s is looked up: %s", asked[i][1], s.p);
	}
	sqlite3_close(db);
	str_release(&s);
	str_release(&q);
}

/* --- what a hand changed --- */

static void
sql(const char *text)
{
	sqlite3 *db;

	if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		printf("# %s: %s\n", text, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static void
tampered(void)
{
	static const char *const cases[][3] = {
	    {"UPDATE incident SET culprit = 64999 WHERE ord = 0", "what was found in it", "a culprit"},
	    {"UPDATE incident SET prefix = '10.0.0.0/8' WHERE ord = 0", "what was found in it", "a prefix"},
	    {"UPDATE incident SET prefix = 'x' WHERE ord = 0", "that cannot be", "no prefix"},
	    {"UPDATE incident SET open = 1 WHERE ord = 0", "it did not begin or end", "that one is open"},
	    {"DELETE FROM incident WHERE ord = 2", "2 incidents are there in a row, 3 were put in", "one that is gone"},
	    {"DELETE FROM incident WHERE ord = 1", "1 incidents are there in a row, 3 were put in", "one in the midst"},
	    {"UPDATE incident_seen SET to_us = to_us + 1 WHERE ord = 1", "what was found in it", "an end"},
	    {"UPDATE incident_seen SET ended = 9", "that cannot be", "an end that does not exist"},
	    {"DELETE FROM incident_seen WHERE ord = 0 AND accomplice = 64502", "what was found in it", "a path that is gone"},
	    {"DELETE FROM incident_by WHERE ord = 0 AND accomplice = 64502", "that cannot be", "an accomplice that is gone"},
	    {"UPDATE incident_span SET from_us = from_us - 1 WHERE accomplice = -1", "what was found in it", "a span"},
	    {"UPDATE as_path SET hops = '64501 64499' WHERE hops = '64501 64500'", "what was found in it", "an ASN on a path"},
	    {"UPDATE as_path SET hops = '64501  64500' WHERE hops = '64501 64500'", "that cannot be", "a path that is none"},
	    {"UPDATE as_path SET hops = ''  WHERE hops = '64501 64500'", "that cannot be", "an empty one"},
	    {"DELETE FROM as_path WHERE hops = '64501 64500'", "that cannot be", "a path that is gone"},
	    {"UPDATE incident_seen SET as_path = NULL WHERE ord = 0", "what was found in it", "a sighting by no path"},
	    {"UPDATE incident SET paths_left_out = NULL WHERE ord = 0", "what was found in it", "that no paths were kept"},
	    {"UPDATE incident SET paths_left_out = 0 WHERE ord = 1", "what was found in it", "that there were none"},
	    {"UPDATE incident SET paths_left_out = -1 WHERE ord = 0", "that cannot be", "less than none left out"},
	    {"DELETE FROM incident_turn WHERE as_path IS NULL", "what was found in it", "a turn that is gone"},
	    {"UPDATE incident_turn SET at_us = at_us - 1 WHERE as_path IS NULL", "what was found in it", "when it turned"},
	    {"UPDATE incident_turn SET k = 1", "that cannot be", "a turn of no sighting"},
	    {"UPDATE timeline_party SET incidents = 2 WHERE asn = 64511", "the sums of AS64511", "a sum"},
	    {"DELETE FROM timeline_party WHERE asn = 64511", "the sums of AS64511", "a sum that is gone"},
	    {"UPDATE timeline_score SET raw = 0", "what was found in it", "a score"},
	    {"UPDATE timeline_gap SET ended = ended + 1", "what was found in it", "a gap"},
	    {"UPDATE timeline_vp SET asn = 1", "what was found in it", "a vantage point"},
	    {"UPDATE timeline SET seen_seconds = 1", "what was found in it", "how much of it was seen"},
	    {"UPDATE timeline SET ended = ended + 1", "its moments, parameters", "when it ended"},
	    {"DELETE FROM timeline_input", "0 inputs are there, 1 were put in", "an input that is gone"},
	    {"UPDATE input SET size = 11", "its moments, parameters", "the size of an input"},
	    {"UPDATE text SET text = 'bogon-asn' WHERE text = 'bogon-prefix misorigination leak'", "its moments, parameters",
	    "what was looked for"},
	    {"UPDATE timeline SET digest = zeroblob(32)", "its digest is not that", "the digest"}};
	enum archive_fate fate;
	struct hand_window h;
	struct str check = {0};
	struct archive *a;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		unlink(path);
		a = opened(ARCHIVE_WRITE);
		hand_window(&h, 1);
		if (hand_window_put(a, &h, &fate) != OK)
			abort();
		archive_close(a);
		sql(cases[i][0]);
		a = opened(ARCHIVE_CHECK);
		hand_check(a, &check);
		ok(strstr(check.p, cases[i][1]) != NULL, "%s is found: %.*s", cases[i][2], (int)strcspn(check.p, "\n"), check.p);
		archive_close(a);
	}
	str_release(&check);
}

static int
column_row(void *arg, int n, char **text, char **name)
{
	(void)name;
	if (n == 3)
		str_addf(arg, "%s %s %s\n", text[0], text[1], text[2]);
	return 0;
}

static bool
yes_or_no(struct span column)
{
	return span_is(column, "complete") || span_is(column, "time_from_name") || span_is(column, "full_feed_ipv4") ||
	    span_is(column, "full_feed_ipv6");
}

/* Every column of every table of windows, changed in all rows. What only orders rows may be anything in that order. */
static void
any_column(void)
{
	struct span rest, line, table, column;
	struct str columns = {0}, change = {0}, check = {0};
	unsigned tried = 0, missed = 0;
	enum archive_fate fate;
	struct hand_window h;
	struct archive *a;
	sqlite3 *db;

	unlink(path);
	a = opened(ARCHIVE_WRITE);
	archive_close(a);
	a = opened(ARCHIVE_WRITE);
	hand_window(&h, 1);
	if (hand_window_put(a, &h, &fate) != OK)
		abort();
	archive_close(a);
	if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, "SELECT m.name, c.name, c.type FROM sqlite_schema m, "
	    "pragma_table_info(m.name) c WHERE m.type = 'table' AND (m.name LIKE 'timeline%' OR m.name LIKE 'incident%') AND "
	    "c.name <> 'k' AND NOT (c.name = 'ord' AND m.name IN ('timeline_gap', 'timeline_dated', 'timeline_vp', "
	    "'timeline_collector')) "
	    "ORDER BY 1, 2", column_row, &columns, NULL) != SQLITE_OK)
		abort();
	sqlite3_close(db);
	for (rest = str_span(&columns); span_cut(&rest, '\n', &line) && line.len > 0; tried++) {
		if (!span_cut(&line, ' ', &table) || !span_cut(&line, ' ', &column))
			abort();
		str_clear(&change);
		str_addf(&change, "UPDATE %.*s SET %.*s = %s", (int)table.len, table.p, (int)column.len, column.p,
		    span_is(line, "BLOB") ? "zeroblob(32)" : span_is(line, "TEXT") ? "'x'" : "");
		if (span_is(line, "INTEGER"))
			str_addf(&change, yes_or_no(column) ? "1 - %.*s" : "coalesce(%.*s, 0) + 1000", (int)column.len, column.p);
		unlink(path);
		a = opened(ARCHIVE_WRITE);
		if (hand_window_put(a, &h, &fate) != OK)
			abort();
		archive_close(a);
		sql(change.p);
		a = opened(ARCHIVE_CHECK);
		if (*hand_check(a, &check) == '\0') {
			printf("# not found: %s\n", change.p);
			missed++;
		}
		archive_close(a);
	}
	ok(missed == 0 && tried > 80, "whichever of %u columns a hand changes, it is found", tried);
	str_release(&columns);
	str_release(&change);
	str_release(&check);
}

/* --- an earlier schema --- */

/* As the version before wrote it: assessments in a file of schema 2 and of schema 3. */
static void
migrated(int schema)
{
	struct hand_month jan, feb;
	struct hand_window h;
	struct str why = {0}, check = {0};
	enum archive_fate fate;
	struct archive *a = NULL;

	unlink(path);
	hand_month(&jan, 1, 3, 4, 0);
	hand_month(&feb, 2, 4, 4, 0);
	ok(archive_open_schema(&a, path, schema, &why) == OK && hand_put_many(a, &jan, 5, &fate) == OK &&
	    hand_put(a, &feb, &fate) == OK && archive_schema(a) == schema, "an archive of schema %d with two months", schema);
	hand_window(&h, 1);
	h.i[0].paths = h.i[2].paths = NULL;	/* which no version kept then */
	if (schema >= 4)
		ok(hand_window_put(a, &h, &fate) == OK && fate == ARCHIVE_NEW, "and a window");
	archive_close(a);
	a = opened(ARCHIVE_CHECK);
	ok(archive_schema(a) == schema, "it is of that schema");
	is_str(hand_check(a, &check), "", "and can be checked");
	archive_close(a);
	a = opened(ARCHIVE_UPGRADE);
	ok(a != NULL && archive_schema(a) == ARCHIVE_SCHEMA, "it is brought to this one");
	is_str(hand_check(a, &check), "", "with every digest as it was");
	archive_close(a);
	a = opened(ARCHIVE_WRITE);
	ok(hand_put_many(a, &jan, 5, &fate) == OK && fate == ARCHIVE_THERE && hand_entries(a) == 2, "the months are there");
	ok(hand_window_put(a, &h, &fate) == OK && fate == (schema >= 4 ? ARCHIVE_THERE : ARCHIVE_NEW),
	    "so is the window, or it can be put beside them");
	is_str(hand_check(a, &check), "", "all is well");
	archive_close(a);
	str_release(&why);
	str_release(&check);
}

/* As the version before wrote it: windows without paths in a file of schema 4. Their digests are what they were. */
static void
without_paths(struct arena *arena)
{
	struct archive_window_entry *before, *after;
	struct archive_incident_row r;
	struct hand_window h, with;
	struct str why = {0}, check = {0};
	enum archive_fate fate;
	struct archive *a = NULL;
	bool found, none = true;
	size_t n, i;

	unlink(path);
	hand_window(&with, 1);
	hand_window(&h, 1);
	h.i[0].paths = h.i[2].paths = NULL;
	ok(archive_open_schema(&a, path, 4, &why) == OK && hand_window_put(a, &h, &fate) == OK && archive_schema(a) == 4 &&
	    archive_windows(a, arena, &before, &n) == OK && n == 1, "a window in an archive of schema 4");
	archive_close(a);
	a = opened(ARCHIVE_CHECK);
	is_str(hand_check(a, &check), "", "can be checked");
	archive_close(a);
	a = opened(ARCHIVE_UPGRADE);
	is_str(hand_check(a, &check), "", "and is brought to this schema with every digest as it was");
	archive_close(a);
	a = opened(ARCHIVE_WRITE);
	for (i = 0; i < 3; i++)
		none &= archive_incident(a, before[0].id, i, arena, &r, &found) == OK && found && r.i.paths == NULL &&
		    incident_same(&r.i, &h.i[i]);
	ok(none, "of its incidents no paths are known");
	ok(hand_window_put(a, &h, &fate) == OK && fate == ARCHIVE_THERE, "it is there already");
	ok(hand_window_put(a, &with, &fate) == OK && fate == ARCHIVE_NEW && archive_windows(a, arena, &after, &n) == OK && n == 2 &&
	    memcmp(after[0].digest, before[0].digest, SHA256_BYTES) == 0 &&
	    memcmp(after[0].basis, after[1].basis, SHA256_BYTES) == 0, "with paths it is another finding of the same basis");
	is_str(hand_check(a, &check), "", "all is well");
	archive_close(a);
	str_release(&why);
	str_release(&check);
}

/* --- full --- */

static void
full(void)
{
	static struct archive_incident many[20000];
	uint8_t basis[SHA256_BYTES], content[SHA256_BYTES];
	struct hand_window h, first;
	struct str check = {0};
	enum archive_fate fate;
	struct archive *a;
	struct sha256 s;
	enum err e = OK;
	size_t i, pages;

	unlink(path);
	hand_window(&first, 1);
	hand_window(&h, 2);
	archive_window_basis(&h.w, basis);
	archive_found_begin(&s);
	for (i = 0; i < 20000; i++) {
		many[i] = h.i[2];
		many[i].culprit = (uint32_t)i + 1;
		archive_found_add(&s, &many[i]);
	}
	archive_found_end(&s, &h.w, content);
	a = opened(ARCHIVE_WRITE);
	if (hand_window_put(a, &first, &fate) != OK)
		abort();
	for (pages = 60; pages <= 400; pages += 170) {
		archive_limit_pages(a, (uint32_t)pages);
		e = archive_window_begin(a, &h.w, basis, content);
		for (i = 0; i < 20000 && e == OK; i++)
			e = archive_incident_put(a, &many[i]);
		if (e == OK)
			e = archive_commit(a, &fate);
		ok(e == ERR_IO && strstr(archive_why(a), "is full") != NULL, "an archive of %zu pages is full after %zu incidents",
		    pages, i);
		archive_rollback(a);
		is_str(hand_check(a, &check), "", "it holds what it held");
	}
	archive_limit_pages(a, 1u << 20);
	e = archive_window_begin(a, &h.w, basis, content);
	for (i = 0; i < 20000 && e == OK; i++)
		e = archive_incident_put(a, &many[i]);
	ok(e == OK && archive_commit(a, &fate) == OK && fate == ARCHIVE_NEW, "and takes it when there is room");
	is_str(hand_check(a, &check), "", "whole");
	archive_close(a);
	str_release(&check);
}

int
main(void)
{
	struct arena *arena = arena_new();

	if (mkdtemp(dir) == NULL)
		return 1;
	snprintf(path, sizeof(path), "%s/a.rma", dir);
	in_and_out(arena);
	refused(arena);
	questions(arena);
	plans();
	tampered();
	any_column();
	migrated(2);
	migrated(3);
	without_paths(arena);
	migrated(4);
	full();
	unlink(path);
	rmdir(dir);
	arena_free(arena);
	return tap_done();
}
