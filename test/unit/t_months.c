/* months: what an archive holds for many readers: snapshots, counts, and an import that goes on meanwhile. */
#include "archive/months.h"
#include "archive_hand.h"
#include "tap.h"

#include <sqlite3.h>
#include <sys/stat.h>

static char path[] = "/tmp/t_months.XXXXXX.rma";

static void
sql(const char *text)
{
	sqlite3 *db = NULL;
	char *why = NULL;

	if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK)
		printf("# %s: %s\n", text, why != NULL ? why : "cannot be opened");
	sqlite3_free(why);
	sqlite3_close(db);
}

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

/* Networks of every size; the second control passes for every other one. */
static void
month_put(struct archive *a, int month, uint32_t n)
{
	uint32_t *asns = xcalloc(n, sizeof(*asns)), i;
	uint8_t basis[SHA256_BYTES];
	enum archive_fate fate;
	struct str bytes = {0};
	struct hand_month m;

	hand_month(&m, month, 1, 1, 0);
	for (i = 0; i < n; i++)
		asns[i] = 64500 + i;
	archive_basis(&m.head, asns, n, basis);
	ok(archive_begin(a, &m.head, basis) == OK, "month %d begins", month);
	for (i = 0; i < n; i++) {
		m.row.asn = asns[i];
		m.numbers[1].metric = "rov-invalid";
		m.numbers[1].den = i % 7 == 0 ? 0 : i;
		m.numbers[1].num = m.numbers[1].den / 2;
		m.numbers[1].value = i % 7 == 0 ? 0 : row_value(UNIT_SHARE, m.numbers[1].num, m.numbers[1].den);
		m.numbers[1].state = i % 7 == 0 ? METRIC_NO_DATA : METRIC_OK;
		m.numbers[1].why = i % 7 == 0 ? "nothing" : NULL;
		m.verdicts[0] = (struct archive_verdict){i % 7 == 0 ? VERDICT_NO_DATA : VERDICT_FAIL, "rov-invalid",
		    i % 7 == 0 ? "nothing" : NULL};
		m.verdicts[1].verdict = i % 2 == 0 ? VERDICT_PASS : VERDICT_WARN;
		str_clear(&bytes);
		row_write(&bytes, &m.row);
		if (archive_put(a, str_span(&bytes)) != OK)
			printf("# %s\n", archive_why(a));
	}
	ok(archive_commit(a, &fate) == OK && fate == ARCHIVE_NEW, "month %d is in: %s", month, archive_why(a));
	free(asns);
	str_release(&bytes);
}

static uint64_t
count(archive_tally *t, size_t control, enum verdict v, int size)
{
	uint64_t n = 0;
	int s;

	for (s = 0; s < ARCHIVE_SIZE_N; s++)
		n += size < 0 || s == size ? t[control][s][v] : 0;
	return n;
}

static void
counted(const char *when)
{
	struct archive *a = opened(ARCHIVE_SERVE);
	struct arena *arena = arena_new();
	struct archive_month *m = NULL;
	archive_tally *t = NULL;
	size_t n = 0;

	ok(archive_snapshot(a) == OK && archive_months(a, arena, &m, &n) == OK && n == 1 && m[0].networks == 150 &&
	    m[0].head.n_packs == 1, "%s: one assessment", when);
	ok(archive_tally_read(a, &m[0], arena, &t) == OK, "%s: it is counted", when);
	/* 150 networks: 22 multiples of 7 below 150 */
	ok(count(t, 0, VERDICT_NO_DATA, -1) == 22 && count(t, 0, VERDICT_FAIL, -1) == 128 &&
	    count(t, 0, VERDICT_PASS, -1) == 0, "%s: the first control", when);
	ok(count(t, 1, VERDICT_PASS, -1) == 75 && count(t, 1, VERDICT_WARN, -1) == 75, "%s: the second control", when);
	/* of 1 to 9 routes: 1-6, 8, 9; of 10 to 99: 90 less 13 multiples of 7; of more: 100-149 less 7 of them */
	ok(count(t, 0, VERDICT_FAIL, ARCHIVE_SIZE_SMALL) == 8 && count(t, 0, VERDICT_FAIL, ARCHIVE_SIZE_MEDIUM) == 77 &&
	    count(t, 0, VERDICT_FAIL, ARCHIVE_SIZE_LARGE) == 43 && count(t, 0, VERDICT_NO_DATA, ARCHIVE_SIZE_NONE) == 22,
	    "%s: by size", when);
	archive_snapshot_end(a);
	arena_free(arena);
	archive_close(a);
}

static void
counts(void)
{
	struct archive *a = opened(ARCHIVE_WRITE);
	struct str check = {0};

	month_put(a, 1, 150);
	is_str(hand_check(a, &check), "", "what was counted row by row is what SQL counts");
	archive_close(a);
	counted("archived");
	unlink(path);
	if (archive_open_schema(&a, path, 2, &check) != OK)
		abort();
	month_put(a, 1, 150);
	archive_close(a);
	a = opened(ARCHIVE_UPGRADE);
	ok(a != NULL, "an archive without counts is brought up to date");
	archive_close(a);
	counted("upgraded");
	sql("UPDATE tally SET n = n + 1 WHERE size = 1");
	a = opened(ARCHIVE_CHECK);
	hand_check(a, &check);
	ok(strstr(check.p, "not as often as they are counted") != NULL, "a changed count is found: %s", check.p);
	archive_close(a);
	sql("UPDATE tally SET n = n - 1 WHERE size = 1");
	str_release(&check);
}

static void
name_each(void *arg, uint32_t asn, const char *name, const char *org, const struct place *place)
{
	uint32_t *last = arg;

	if (asn <= *last || place->service != SERVICE_NONE || strcmp(name, "HAND") != 0 || strcmp(org, "Hand Made") != 0)
		*last = UINT32_MAX;
	else
		*last = asn;
}

struct told { uint32_t last; size_t n[VERDICT_N]; bool ascending; };

static void
verdict_each(void *arg, uint32_t asn, enum verdict v)
{
	struct told *t = arg;

	t->ascending &= asn > t->last;
	t->last = asn;
	t->n[v]++;
}

static void
one_control(void)
{
	struct archive *a = opened(ARCHIVE_SERVE);
	struct arena *arena = arena_new();
	struct told x = {.ascending = true}, y = {.ascending = true};
	struct archive_month *m = NULL;
	size_t n = 0;

	ok(archive_snapshot(a) == OK && archive_months(a, arena, &m, &n) == OK &&
	    archive_control_verdicts(a, &m[0], 0, verdict_each, &x) == OK &&
	    archive_control_verdicts(a, &m[0], 1, verdict_each, &y) == OK, "the verdicts of one control, and of the other");
	ok(x.ascending && x.n[VERDICT_NO_DATA] == 22 && x.n[VERDICT_FAIL] == 128 && x.n[VERDICT_PASS] == 0, "are those of the first");
	ok(y.ascending && y.n[VERDICT_PASS] == 75 && y.n[VERDICT_WARN] == 75, "and those of the second, ascending by ASN");
	archive_snapshot_end(a);
	arena_free(arena);
	archive_close(a);
}

static void
reading(void)
{
	struct archive *r = opened(ARCHIVE_SERVE), *w;
	struct arena *arena = arena_new();
	struct archive_state before, now;
	struct archive_month *m = NULL;
	struct archive_row row;
	uint32_t last = 0;
	bool found = false;
	size_t n = 0;

	ok(archive_snapshot(r) == OK && archive_state(r, &before) == OK && before.assessments == 1, "a snapshot");
	ok(archive_months(r, arena, &m, &n) == OK && archive_names(r, &m[0], name_each, &last) == OK && last == 64649,
	    "all names, ascending");
	ok(archive_network(r, &m[0], 64510, arena, &row, &found) == OK && found && row.n_verdicts == 2 &&
	    archive_size_of(&row) == ARCHIVE_SIZE_MEDIUM, "a network");
	ok(archive_network(r, &m[0], 1, arena, &row, &found) == OK && !found, "one that is not there");
	archive_snapshot_end(r);
	w = opened(ARCHIVE_WRITE);
	month_put(w, 2, 40);
	ok(archive_snapshot(r) == OK && archive_state(r, &now) == OK && now.assessments == 2 && now.last > before.last,
	    "the next snapshot sees what was archived meanwhile");
	archive_snapshot_end(r);
	archive_close(w);
	archive_close(r);
	arena_free(arena);
}

/* Much is written, and nobody who reads has to wait for it until the commit. */
static void
meanwhile(void)
{
	struct archive *r = opened(ARCHIVE_SERVE), *w = opened(ARCHIVE_WRITE);
	uint32_t *asns, i, n = 60000, failed = 0;
	uint8_t basis[SHA256_BYTES];
	struct archive_state s;
	struct str bytes = {0};
	enum archive_fate fate;
	struct hand_month m;

	hand_month(&m, 3, 1, 1, 0);
	asns = xcalloc(n, sizeof(*asns));
	for (i = 0; i < n; i++)
		asns[i] = 1 + i;
	archive_basis(&m.head, asns, n, basis);
	ok(archive_begin(w, &m.head, basis) == OK, "an import begins");
	archive_patience(r, 0);
	for (i = 0; i < n; i++) {
		char name[600];	/* no two alike: more than the writer's cache holds */

		memset(name, 'x', sizeof(name));
		snprintf(name, sizeof(name), "%0590u", i);
		m.row.asn = asns[i];
		m.row.name = name;
		m.row.org = name + 1;
		str_clear(&bytes);
		row_write(&bytes, &m.row);
		if (archive_put(w, str_span(&bytes)) != OK)
			break;
		if (i % 5000 == 0) {
			failed += archive_snapshot(r) != OK || archive_state(r, &s) != OK || s.assessments != 2;
			archive_snapshot_end(r);
		}
	}
	ok(i == n && failed == 0, "who reads meanwhile is never kept waiting (%u times)", failed);
	ok(archive_snapshot(r) == OK, "one reads on");
	archive_patience(w, 0);
	ok(archive_commit(w, &fate) == ERR_STOPPED, "no commit while one reads: %s", archive_why(w));
	archive_snapshot_end(r);
	archive_close(w);
	archive_close(r);
	free(asns);
	str_release(&bytes);
}

static void
read_only(void)
{
	struct archive *r = opened(ARCHIVE_SERVE), *w = opened(ARCHIVE_WRITE);
	struct hand_month m;
	uint8_t basis[SHA256_BYTES];

	hand_month(&m, 5, 1, 1, 0);
	archive_basis(&m.head, &m.row.asn, 1, basis);
	ok(archive_begin(w, &m.head, basis) == OK && archive_snapshot(r) == OK, "one writes, one reads");
	archive_snapshot_end(r);
	archive_rollback(w);
	sql("BEGIN EXCLUSIVE; COMMIT");
	ok(archive_snapshot(r) == OK, "and again");
	archive_snapshot_end(r);
	archive_close(w);
	archive_close(r);
}

int
main(void)
{
	int fd = mkstemps(path, 4);

	close(fd);
	unlink(path);
	counts();
	one_control();
	reading();
	meanwhile();
	read_only();
	unlink(path);
	return tap_done();
}
