/* Where networks are registered, in an archive: kept, counted, checked; and what was archived before it was kept. */
#include "archive/months.h"
#include "archive_hand.h"
#include "tap.h"

#include <sqlite3.h>

static char path[] = "/tmp/t_places.XXXXXX.rma";

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

/* Of network i: every fifth is not known, every seventh has no country. */
static struct place
place_at(uint32_t i)
{
	static const char codes[][3] = {"NL", "DE", "BR", "JP"};
	struct place p = {.service = (uint8_t)(i % 5)};	/* 0: not known */

	if (p.service != SERVICE_NONE && i % 7 != 0)
		memcpy(p.country, codes[i % 4], 3);
	return p;
}

static void
network_at(struct hand_month *m, uint32_t i)
{
	bool none = i % 11 == 0;

	m->row.asn = 64500 + i;
	m->row.place = place_at(i);
	m->numbers[1] = (struct archive_number){.metric = "rov-invalid", .unit = UNIT_SHARE,
	    .state = none ? METRIC_NO_DATA : METRIC_OK, .why = none ? "nothing" : NULL, .evidence = "table",
	    .oldest = m->head.at, .den = none ? 0 : i, .num = 0, .value = 0};
	m->verdicts[0] = (struct archive_verdict){none ? VERDICT_NO_DATA : VERDICT_FAIL, "rov-invalid", none ? "nothing" : NULL};
	m->verdicts[1].verdict = i % 2 == 0 ? VERDICT_PASS : VERDICT_WARN;
}

static void
put(struct archive *a, uint32_t n, bool placed)
{
	uint32_t *asns = xcalloc(n, sizeof(*asns)), i;
	uint8_t basis[SHA256_BYTES];
	enum archive_fate fate;
	struct str bytes = {0};
	struct hand_month m;

	hand_month(&m, 1, 1, 1, 0);
	for (i = 0; i < n; i++)
		asns[i] = 64500 + i;
	archive_basis(&m.head, asns, n, basis);
	if (archive_begin(a, &m.head, basis) != OK)
		printf("# %s\n", archive_why(a));
	for (i = 0; i < n; i++) {
		network_at(&m, i);
		if (!placed)
			m.row.place = (struct place){0};
		str_clear(&bytes);
		row_write(&bytes, &m.row);
		if (archive_put(a, str_span(&bytes)) != OK)
			printf("# %s\n", archive_why(a));
	}
	ok(archive_commit(a, &fate) == OK && fate == ARCHIVE_NEW, "%u networks are in", n);
	free(asns);
	str_release(&bytes);
}

/* As the counts must be, from the rows: n[service][country or none][control][size][verdict]. */
struct counts { uint64_t n[SERVICE_N][5][2][ARCHIVE_SIZE_N][VERDICT_N]; };

static size_t
code_of(const char *country)
{
	static const char *const codes[] = {"", "NL", "DE", "BR", "JP"};
	size_t i;

	for (i = 0; i < 5 && strcmp(codes[i], country) != 0; i++)
		;
	return i;
}

static void
each(void *arg, const struct archive_place_count *c)
{
	struct counts *k = arg;

	k->n[c->place.service][code_of(c->place.country)][c->control][c->size][c->verdict] += c->n;
}

static void
naive(struct counts *k, uint32_t n)
{
	struct hand_month m;
	uint32_t i, v;

	hand_month(&m, 1, 1, 1, 0);
	memset(k, 0, sizeof(*k));
	for (i = 0; i < n; i++) {
		network_at(&m, i);
		for (v = 0; v < 2 && m.row.place.service != SERVICE_NONE; v++)
			k->n[m.row.place.service][code_of(m.row.place.country)][v][archive_size_of(&m.row)][m.verdicts[v].verdict]++;
	}
}

static void
reads(uint32_t n, bool placed, const char *when)
{
	static struct counts want, got, dutch;
	struct archive *a = opened(ARCHIVE_SERVE);
	struct arena *arena = arena_new();
	struct archive_month *m = NULL;
	struct archive_row row;
	bool found = false, same = true;
	size_t k = 0;
	uint32_t i;

	memset(&got, 0, sizeof(got));
	memset(&dutch, 0, sizeof(dutch));
	naive(&want, placed ? n : 0);
	ok(archive_snapshot(a) == OK && archive_months(a, arena, &m, &k) == OK && k == 1, "%s: one assessment", when);
	ok(archive_places_read(a, &m[0], NULL, each, &got) == OK && memcmp(&got, &want, sizeof(got)) == 0,
	    "%s: counted by place as network by network", when);
	ok(archive_places_read(a, &m[0], "NL", each, &dutch) == OK, "%s: of one country", when);
	for (i = 0; i < SERVICE_N; i++)
		same &= memcmp(&dutch.n[i][1], &want.n[i][1], sizeof(want.n[i][1])) == 0;
	memset(&got, 0, sizeof(got));
	for (i = 0; i < SERVICE_N; i++)
		memset(&dutch.n[i][1], 0, sizeof(dutch.n[i][1]));
	ok(same && memcmp(&dutch, &got, sizeof(got)) == 0, "%s: its own and no other's", when);
	for (i = 0, same = true; i < n && same; i++) {
		struct place p = placed ? place_at(i) : (struct place){0};

		same = archive_network(a, &m[0], 64500 + i, arena, &row, &found) == OK && found && place_same(&row.place, &p);
	}
	ok(same, "%s: each network's is as it was put in", when);
	archive_snapshot_end(a);
	arena_free(arena);
	archive_close(a);
}

static void
complains(const char *change, const char *want, const char *what)
{
	struct str check = {0};
	struct archive *a;

	sql(change);
	a = opened(ARCHIVE_CHECK);
	hand_check(a, &check);
	ok(strstr(check.p, want) != NULL, "%s: %.*s", what, (int)strcspn(check.p, "\n"), check.p);
	archive_close(a);
	str_release(&check);
}

static void
kept(void)
{
	struct archive *a = opened(ARCHIVE_WRITE);
	struct str check = {0};

	put(a, 200, true);
	is_str(hand_check(a, &check), "", "all is well");
	archive_close(a);
	reads(200, true, "archived");
	complains("UPDATE network SET country = 'BE' WHERE country = 'NL' AND asn = 64504", "its results are not those put in",
	    "another country is found");
	complains("UPDATE network SET country = 'NL' WHERE country = 'BE'; UPDATE network SET registry = 3 WHERE asn = 64504",
	    "its results are not those put in", "another registry is found");
	complains("UPDATE network SET registry = 4 WHERE asn = 64504; UPDATE tally_place SET n = n + 1 WHERE country = 'NL'",
	    "counted by country", "a changed count is found");
	complains("UPDATE tally_place SET n = n - 1 WHERE country = 'NL'; UPDATE network SET registry = 9 WHERE asn = 64501",
	    "cannot be", "a registry that is none is found");
	complains("UPDATE network SET registry = 1 WHERE asn = 64501; UPDATE network SET country = 'nl' WHERE asn = 64501",
	    "cannot be", "and a country that is none");
	unlink(path);
	str_release(&check);
}

/* As the version before wrote it. */
static void
migrated(void)
{
	struct archive *a = NULL;
	struct str check = {0}, why = {0};

	if (archive_open_schema(&a, path, 4, &why) != OK)
		abort();
	put(a, 50, false);
	ok(archive_schema(a) == 4, "an archive of schema 4");
	archive_close(a);
	a = opened(ARCHIVE_CHECK);
	is_str(hand_check(a, &check), "", "can be checked as it is");
	archive_close(a);
	a = opened(ARCHIVE_UPGRADE);
	ok(a != NULL && archive_schema(a) == ARCHIVE_SCHEMA, "is brought to this one");
	is_str(hand_check(a, &check), "", "with every digest as it was");
	archive_close(a);
	reads(50, false, "upgraded");
	unlink(path);
	str_release(&check);
	str_release(&why);
}

/* The same network with and without a place: other bytes, and without one those of before. */
static void
bytes(void)
{
	struct str with = {0}, without = {0};
	struct arena *a = arena_new();
	const char *field = NULL;
	struct archive_row r;
	struct hand_month m;

	hand_month(&m, 1, 1, 1, 0);
	m.row.cdn = true;
	row_write(&without, &m.row);
	m.row.place = (struct place){SERVICE_RIPE, "EU"};
	row_write(&with, &m.row);
	ok(with.len == without.len + 5, "a place takes five bytes, none takes none");
	ok(row_read(str_span(&with), a, &r, &field) == OK && r.cdn && r.place.service == SERVICE_RIPE &&
	    strcmp(r.place.country, "EU") == 0 && strcmp(r.org, "Hand Made") == 0, "and back");
	ok(row_read(str_span(&without), a, &r, &field) == OK && r.cdn && r.place.service == SERVICE_NONE &&
	    r.place.country[0] == '\0', "without one, too");
	arena_free(a);
	str_release(&with);
	str_release(&without);
}

int
main(void)
{
	int fd = mkstemps(path, 4);

	if (fd < 0)
		return 1;
	close(fd);
	unlink(path);
	bytes();
	kept();
	migrated();
	return tap_done();
}
