/* The archive: what is put in comes out, twice is once, what fails leaves what was there, and what is no archive is
 * left alone. */
#include "archive_hand.h"
#include "tap.h"

#include <sqlite3.h>
#include <sys/stat.h>

static char dir[] = "/tmp/t_archive.XXXXXX";
static char path[64];

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

static void
fresh(void)
{
	unlink(path);
}

/* --- in, and again --- */

static void
in_and_again(void)
{
	struct hand_month jan, feb, other;
	struct str check = {0}, before, after;
	enum archive_fate fate = ARCHIVE_THERE;
	struct archive *a;

	fresh();
	a = opened(ARCHIVE_WRITE);
	hand_month(&jan, 1, 3, 4, 0);
	hand_month(&feb, 2, 4, 4, 0);
	ok(hand_put(a, &jan, &fate) == OK && fate == ARCHIVE_NEW, "an assessment is archived");
	ok(hand_put(a, &feb, &fate) == OK && fate == ARCHIVE_NEW && hand_entries(a) == 2, "and another one");
	is_str(hand_check(a, &check), "", "what is in it is what was put in");
	archive_close(a);
	before = hand_file(path);
	a = opened(ARCHIVE_WRITE);
	ok(hand_put(a, &jan, &fate) == OK && fate == ARCHIVE_THERE, "the same again is there already");
	hand_month(&other, 1, 2, 4, 0);
	ok(hand_put(a, &other, &fate) == ERR_CONTRADICT, "other results of the same evidence are refused");
	ok(strstr(archive_why(a), "another version of this program") != NULL, "and it is said: %s", archive_why(a));
	archive_close(a);
	after = hand_file(path);
	ok(before.len == after.len && memcmp(before.p, after.p, before.len) == 0, "and not a byte of the file is another");
	str_release(&before);
	str_release(&after);
	str_release(&check);
}

static void
beside(void)
{
	uint8_t basis[SHA256_BYTES], content[SHA256_BYTES] = {1};
	const uint32_t asn = 64500;
	struct hand_month jan;
	enum archive_fate fate;
	struct str bytes = {0}, check = {0};
	struct archive *a = opened(ARCHIVE_WRITE);
	struct sha256 h;
	static const char form[] = "routemark-archive/1 results";

	hand_month(&jan, 1, 2, 4, 0);
	row_write(&bytes, &jan.row);
	archive_basis(&jan.head, &asn, 1, basis);
	ok(archive_begin_known(a, &jan.head, basis, content) == OK && !archive_is_there(a) &&
	    archive_put(a, str_span(&bytes)) == OK && archive_commit(a, &fate) == ERR_CONTRADICT,
	    "results that are not those announced are not archived");
	ok(hand_entries(a) == 2, "nothing of them is there");
	sha256_init(&h);
	sha256_add(&h, form, sizeof(form));
	sha256_add(&h, bytes.p, bytes.len);
	sha256_end(&h, content);
	ok(archive_begin_known(a, &jan.head, basis, content) == OK && archive_put(a, str_span(&bytes)) == OK &&
	    archive_commit(a, &fate) == OK && fate == ARCHIVE_NEW && hand_entries(a) == 3,
	    "when they are known they go beside those of the same evidence");
	is_str(hand_check(a, &check), "", "and all is well");
	jan.input.size = 11;
	jan.input.time.s++;
	ok(hand_put(a, &jan, &fate) == ERR_CONTRADICT && strstr(archive_why(a), "has 11 bytes here and 10") != NULL,
	    "an input of another size with the same digest is refused: %s", archive_why(a));
	ok(hand_entries(a) == 3, "and leaves nothing");
	archive_close(a);
	str_release(&bytes);
	str_release(&check);
}

static void
order(void)
{
	struct hand_month m;
	uint8_t basis[SHA256_BYTES] = {7};
	struct str bytes = {0};
	struct archive *a = opened(ARCHIVE_WRITE);

	hand_month(&m, 3, 1, 4, 0);
	row_write(&bytes, &m.row);
	ok(archive_begin(a, &m.head, basis) == OK && archive_put(a, str_span(&bytes)) == OK &&
	    archive_put(a, str_span(&bytes)) == ERR_CONTRADICT, "a network twice is refused: %s", archive_why(a));
	archive_rollback(a);
	ok(hand_entries(a) == 3, "and the whole assessment with it");
	m.row.n_verdicts = 1;
	str_clear(&bytes);
	row_write(&bytes, &m.row);
	ok(archive_begin(a, &m.head, basis) == OK && archive_put(a, str_span(&bytes)) == ERR_CONTRADICT,
	    "so is one that lacks a verdict: %s", archive_why(a));
	archive_close(a);
	str_release(&bytes);
}

/* Whatever of it is another makes another assessment. */
static void
basis(void)
{
	uint8_t digest[14][SHA256_BYTES];
	const uint32_t asns[2] = {64500, 64501};
	struct hand_month m;
	size_t i, k, same = 0;

	for (i = 0; i < 14; i++) {
		hand_month(&m, 1, 3, 4, 0);
		switch (i) {
		case 1: m.head.at.s++; break;
		case 2: m.head.parameters = "{}"; break;
		case 3: m.pack.version = "2"; break;
		case 4: m.pack.profile_sha256[0] = 1; m.pack.has_profile = true; break;
		case 5: m.controls[1].required = true; break;
		case 6: m.input.sha256[5] = 1; break;
		case 7: m.input.complete = false; break;
		case 8: m.input.time.s++; break;
		case 9: m.input.kind = "rpsl"; break;
		case 10: m.head.n_inputs = 0; break;
		case 11: m.head.family[FAMILY_V6].full_feed++; break;
		case 12: m.pack.status = "proposal"; break;
		default: break;
		}
		archive_basis(&m.head, asns, i == 13 ? 2 : 1, digest[i]);
		for (k = 0; k < i; k++)
			same += memcmp(digest[i], digest[k], SHA256_BYTES) == 0;
	}
	ok(same == 0, "the basis hangs on the moment, parameters, packs, inputs, vantage and networks");
}

/* --- failing --- */

static void
full(void)
{
	struct hand_month jan, feb;
	struct str check = {0}, one, two;
	enum archive_fate fate;
	struct archive *a;

	hand_month(&jan, 1, 3, 4, 0);
	hand_month(&feb, 2, 4, 4, 0);
	fresh();
	a = opened(ARCHIVE_WRITE);
	ok(hand_put_many(a, &jan, 50, &fate) == OK && hand_put_many(a, &feb, 3000, &fate) == OK, "two months, one larger");
	archive_close(a);
	one = hand_file(path);
	fresh();
	a = opened(ARCHIVE_WRITE);
	ok(hand_put_many(a, &jan, 50, &fate) == OK, "the first again");
	archive_limit_pages(a, 60);
	ok(hand_put_many(a, &feb, 3000, &fate) == ERR_IO && strstr(archive_why(a), "is full") != NULL,
	    "an archive that is full refuses the second: %s", archive_why(a));
	ok(hand_entries(a) == 1, "it holds the first");
	is_str(hand_check(a, &check), "", "whole");
	archive_limit_pages(a, 1u << 20);
	ok(hand_put_many(a, &feb, 3000, &fate) == OK && fate == ARCHIVE_NEW, "and takes the second when there is room");
	is_str(hand_check(a, &check), "", "with ids that are those of something");
	archive_close(a);
	two = hand_file(path);
	ok(one.len == two.len && hand_entries(a = opened(ARCHIVE_READ)) == 2, "and is as large as without the failure");
	archive_close(a);
	str_release(&one);
	str_release(&two);
	str_release(&check);
}

static void
two_writers(void)
{
	struct hand_month m;
	enum archive_fate fate;
	uint8_t basis[SHA256_BYTES] = {9};
	struct archive *a, *b;

	fresh();
	a = opened(ARCHIVE_WRITE);
	b = opened(ARCHIVE_WRITE);
	hand_month(&m, 1, 3, 4, 0);
	ok(archive_begin(a, &m.head, basis) == OK, "one writes");
	ok(hand_put(b, &m, &fate) == ERR_STOPPED && strstr(archive_why(b), "another program is writing") != NULL,
	    "another one is told to wait: %s", archive_why(b));
	archive_rollback(a);
	ok(hand_put(b, &m, &fate) == OK && fate == ARCHIVE_NEW, "and can when the first has ended");
	archive_close(a);
	archive_close(b);
}

/* --- what is no archive --- */

static void
write_file(const char *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");

	if (f == NULL || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		abort();
}

static void
sql(const char *text)
{
	sqlite3 *db;

	if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		printf("# %s: %s\n", text, sqlite3_errmsg(db));
	sqlite3_close(db);
}

/* In every mode; the file stays as it is. */
static void
refused(const char *want, const char *what)
{
	static const enum archive_mode modes[] = {ARCHIVE_READ, ARCHIVE_WRITE, ARCHIVE_CHECK, ARCHIVE_UPGRADE};
	struct str before = hand_file(path), after, why = {0};
	struct archive *a = NULL;
	size_t i;

	for (i = 0; i < 4; i++) {
		str_clear(&why);
		ok(archive_open(&a, path, modes[i], &why) != OK && strstr(why.p, want) != NULL, "%s: %s", what, why.p);
	}
	after = hand_file(path);
	ok(before.len == after.len && memcmp(before.p, after.p, before.len) == 0, "... and is left alone");
	str_release(&before);
	str_release(&after);
	str_release(&why);
}

static void
no_archive(void)
{
	static char text[3000];
	struct str why = {0};
	struct archive *a = NULL;

	memset(text, 'x', sizeof(text));
	write_file(text, sizeof(text));
	refused("no SQLite database", "a text");
	fresh();
	sql("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
	refused("database of another program", "a foreign database");
	fresh();
	sql("PRAGMA application_id = 1380797233; PRAGMA user_version = 6; CREATE TABLE t (a)");
	refused("has schema 6, and this program knows 1 to 5", "a later schema");
	fresh();
	ok(archive_open(&a, path, ARCHIVE_READ, &why) == ERR_OPEN && access(path, F_OK) != 0,
	    "to read, it must be there: %s", why.p);
	str_clear(&why);
	write_file("", 0);
	ok(archive_open(&a, path, ARCHIVE_READ, &why) == ERR_UNKNOWN, "an empty file is nothing to read: %s", why.p);
	str_clear(&why);
	fresh();
	mkdir(path, 0700);
	ok(archive_open(&a, path, ARCHIVE_WRITE, &why) == ERR_OPEN, "nor is a folder anything to write: %s", why.p);
	rmdir(path);
	str_release(&why);
}

/* --- migrations --- */

static void
migrations(void)
{
	struct hand_month jan;
	struct str why = {0}, check = {0}, before, after;
	enum archive_fate fate;
	struct archive *a = NULL;

	fresh();
	ok(archive_open_schema(&a, path, 1, &why) == OK && archive_schema(a) == 1, "an archive of schema 1");
	archive_close(a);
	before = hand_file(path);
	ok(archive_open(&a, path, ARCHIVE_READ, &why) == ERR_UNKNOWN && strstr(why.p, "archive upgrade") != NULL,
	    "is not read but explained: %s", why.p);
	a = opened(ARCHIVE_CHECK);
	is_str(hand_check(a, &check), "", "it can be checked");
	archive_close(a);
	after = hand_file(path);
	ok(before.len == after.len && memcmp(before.p, after.p, before.len) == 0, "and stays as it is");
	a = opened(ARCHIVE_UPGRADE);
	ok(a != NULL && archive_schema(a) == ARCHIVE_SCHEMA, "an upgrade brings it to this schema");
	archive_close(a);
	fresh();
	ok(archive_open_schema(&a, path, 1, &why) == OK, "again of schema 1");
	archive_close(a);
	a = opened(ARCHIVE_WRITE);
	hand_month(&jan, 1, 3, 4, 0);
	ok(hand_put(a, &jan, &fate) == OK && archive_schema(a) == ARCHIVE_SCHEMA, "who writes brings it there, too");
	is_str(hand_check(a, &check), "", "and all is well");
	archive_close(a);
	a = opened(ARCHIVE_READ);
	ok(a != NULL && hand_entries(a) == 1, "so that it is read");
	archive_close(a);
	str_release(&before);
	str_release(&after);
	str_release(&why);
	str_release(&check);
}

/* --- what a hand changed --- */

static void
tampered(void)
{
	static const char *const cases[][3] = {
	    {"UPDATE number SET num = 4 WHERE num = 3", "its results are not those", "a number"},
	    {"UPDATE ruling SET verdict = 0 WHERE verdict = 2", "its results are not those", "a verdict"},
	    {"UPDATE assessment SET at = at + 86400", "its moment", "the moment"},
	    {"UPDATE pack SET version = '2.0.0'", "its moment, parameters, packs", "the version of a pack"},
	    {"UPDATE input SET size = size + 1", "its moment, parameters, packs, inputs", "the size of an input"},
	    {"UPDATE text SET text = 'OTHER' WHERE text = 'HAND'", "its results are not those", "a name"},
	    {"DELETE FROM network", "0 networks are there, 1 were put in", "a network that is gone"},
	    {"DELETE FROM stand WHERE id = 1", "what it refers to in stand is not there", "a metric that is gone"},
	    {"UPDATE assessment SET digest = zeroblob(32)", "its digest is not that", "the digest"},
	    {"UPDATE ruling SET verdict = 9", "verdict that cannot be", "a verdict that does not exist"},
	    {"UPDATE number SET value = -9223372036854775807 WHERE num = 3", "number or verdict that cannot be", "a value below 0"},
	    {"UPDATE assessment SET at = 9223372036854775807", "no moment", "a moment past all years"}};
	struct hand_month jan;
	struct str check = {0};
	enum archive_fate fate;
	struct archive *a;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		fresh();
		a = opened(ARCHIVE_WRITE);
		hand_month(&jan, 1, 3, 4, 0);
		if (hand_put(a, &jan, &fate) != OK)
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

int
main(void)
{
	if (mkdtemp(dir) == NULL)
		return 1;
	snprintf(path, sizeof(path), "%s/a.rma", dir);
	in_and_again();
	beside();
	order();
	basis();
	full();
	two_writers();
	no_archive();
	migrations();
	tampered();
	fresh();
	rmdir(dir);
	return tap_done();
}
