/* A document of exposures read again: what is kept of it, and that one which is cut, broken or contradicts itself is refused
 * by its place, field and rule. In an archive: once whatever it came with, checked, and found when a hand changed a column. */
#include "archive/exposures.h"
#include "archive_hand.h"
#include "base/limits.h"
#include "tap.h"

#include <sqlite3.h>

static char dir[] = "/tmp/t_exposed.XXXXXX", path[64];

static char *
load(const char *name)
{
	char file[200], *text;
	FILE *f;
	size_t n;

	snprintf(file, sizeof(file), "test/fuzz/seed/exposed/%s", name);
	f = fopen(file, "rb");
	text = xcalloc(1, 1u << 20);
	n = f != NULL ? fread(text, 1, (1u << 20) - 1, f) : 0;
	if (f == NULL || n == 0)
		abort();
	fclose(f);
	return text;
}

/* The first a replaced by b. */
static char *
changed(struct arena *a, const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	if (at == NULL) {
		printf("# not in the document: %s\n", from);
		fflush(stdout);
		abort();
	}
	return arena_printf(a, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void
refused(struct arena *a, const char *text, const char *want, const char *what)
{
	struct exposed_document d;
	const char *why = NULL;
	enum err e = exposed_read("f.json", span_of(text), a, &d, &why);

	ok(e != OK && why != NULL && strncmp(why, "f.json: ", 8) == 0 && strstr(why, want) != NULL, "%s: %s", what,
	    why != NULL ? why : "was read");
}

static void
kept(struct arena *a, const char *text)
{
	struct exposed_document d, again;
	const char *why = NULL;
	const struct exposed *x;
	char *other;

	ok(exposed_read("f.json", span_of(text), a, &d, &why) == OK, "a document is read: %s", why != NULL ? why : "");
	x = &d.subjects[0].x;
	ok(d.n == 1 && d.n_nobody == 0 && x->origin == 318300 && !x->is_prefix && x->n_nets == 3, "its subject");
	ok(x->weakest == 0 && x->nets[0].asn == 17294 && x->nets[0].v.all == VERDICT_FAIL, "its weakest link");
	ok(x->family[FAMILY_V4].ok && x->family[FAMILY_V4].n_nodes > 2 && x->family[FAMILY_V4].only == 17294 &&
	    x->family[FAMILY_V4].homing == HOMING_SINGLE, "its chains");
	ok(d.ground.n_packs == 1 && d.ground.min_ppm == 400000 && d.ground.window.seen && x->n_together > 0, "its ground");
	other = changed(a, text, "\"asn\":17294", "\"asn\" : 17294");
	ok(exposed_read("f.json", span_of(other), a, &again, &why) == OK && strcmp(again.subjects[0].text.p, d.subjects[0].text.p) == 0,
	    "white space changes nothing of what is kept");
	other = changed(a, text, "\"name\":\"LAB-EDGE-241\"", "\"later\":[true],\"name\":\"LAB-EDGE-241\"");
	ok(exposed_read("f.json", span_of(other), a, &again, &why) == OK && strstr(again.subjects[0].text.p, "\"later\":[true]") != NULL,
	    "a member of a later version is kept");
}

static void
broken(struct arena *a, const char *text)
{
	static const struct { const char *from, *to, *want, *what; } of[] = {
		{"\"format\":\"routemark-exposure/1\"", "\"format\":\"routemark-exposure/2\"", "format: is not routemark-exposure/1", "another format"},
		{"{\"at\":\"2031-06-01T00:00:00Z\"", "{\"at\":null", "at: is not known", "an unknown moment"},
		{"\"asked\":318300", "\"asked\":318301", "is not the network that was asked for", "another network than was asked for"},
		{"\"asked\":318300", "\"asked\":3.5", "asked: is no whole number", "a number that is not whole"},
		{"\"name\":\"LAB-EDGE-241\"", "\"later\":1.5,\"name\":\"LAB-EDGE-241\"", "not a whole one", "... in a member of a later version"},
		{"\"name\":\"LAB-EDGE-241\"", "\"name\":7", "name: is not a string", "a name that is none"},
		{"\"weakest\":{\"asn\":17294", "\"weakest\":{\"asn\":17295", "weakest: is not the one that follows", "another weakest link"},
		{"\"hops\":1", "\"hops\":-1", "depends_on[0].hops", "hops below 0"},
		{"\"required\":2,", "\"required\":9,", "is not the sum", "verdicts that do not sum up"},
		{"\"all\":\"FAIL\"", "\"all\":\"PASS\"", "is not that of all together", "another verdict of all"},
		{"\"every_path\":true,\"mean_ppm\":1000000", "\"every_path\":true,\"mean_ppm\":1000001", "mean_ppm", "a share over 1"},
		{"\"min_share_ppm\":400000", "\"min_share_ppm\":1000000", "has a share below the least", "a share below the least"},
		{"\"depth\":1", "\"depth\":2", "depth: is not one more", "a depth that is not its parent's and one"},
		{"\"parent\":0", "\"parent\":3", "parent: is not a chain", "a parent that comes later"},
		{"\"parent\":null", "\"parent\":0", "parent: is not null", "an origin that has a parent"},
		{"\"only\":17294", "\"only\":null", "only: is a neighbour just when", "single-homed behind nobody"},
		{"\"full_feed_with_paths\":18", "\"full_feed_with_paths\":19", "full_feed_with_paths", "more vantage points than there are"},
		{"\"block_bits\":24", "\"block_bits\":32", "block_bits: is neither", "blocks of another size"},
		{"\"class\":\"rpki-invalid\",\"confidence\":\"fact\"", "\"class\":\"rpki-invalid\",\"confidence\":\"proven\"", "no kind of incident",
		    "a confidence that the class has not"},
		{"\"incidents_why\":null", "\"incidents_why\":\"x\"", "is null just when incidents_why is not", "a reason, and incidents"},
		{"\"depends_on_cut\":", "\"depends_on_cut\":-", "depends_on_cut", "fewer than none left out"},
		{"\"packs\":[{", "\"packs\":[],\"packs2\":[{", "pack that is not in the list", "verdicts of a pack that is not there"},
		{"\"why\":null}],\"format\"", "\"why\":\"x\"}],\"format\"", "is null just when there is an origin", "nobody, and an origin"},
		{"\"exposures\":[{", "\"exposures\":[{\"origins\":[],", "duplicate", "a member twice"},
	};
	size_t i;

	for (i = 0; i < sizeof(of) / sizeof(*of); i++)
		refused(a, changed(a, text, of[i].from, of[i].to), of[i].want, of[i].what);
	refused(a, arena_printf(a, "%.*s", (int)strlen(text) / 2, text), "line 1", "a document that is cut");
	refused(a, "[]", "is not an object", "no object");
	refused(a, "", "RFC 8259", "nothing");
	refused(a, arena_printf(a, "%s{}", text), "end of file expected", "something behind it");
}

/* --- the archive --- */

static struct archive *
opened(enum archive_mode mode)
{
	struct str why = {0};
	struct archive *a = NULL;

	if (archive_open(&a, path, mode, &why) != OK)
		printf("# %s\n", why.p);
	str_release(&why);
	return a;
}

static void
put(struct arena *a, const char *text, enum archive_fate want, const char *what)
{
	struct exposed_document d;
	enum archive_fate fate[8];
	const char *why = NULL;
	struct archive *ar = opened(ARCHIVE_WRITE);

	if (exposed_read("f", span_of(text), a, &d, &why) != OK)
		abort();
	ok(archive_exposures_put(ar, &d, fate) == OK && fate[0] == want, "%s", what);
	archive_close(ar);
}

static uint64_t
checked(struct str *s)
{
	struct archive *a = opened(ARCHIVE_CHECK);
	uint64_t n = strlen(hand_check(a, s));

	archive_close(a);
	return n;
}

static void
archived(struct arena *a, const char *text)
{
	const struct archive_exposure_query all = {.from = {INT64_MIN}, .to = {INT64_MAX}, .limit = 10};
	char *two = load("prefixes.json"), *one = load("one.json");
	struct archive_exposure *x;
	struct exposed_ground g;
	struct str s = {0};
	struct archive *ar;
	struct span head, body;
	struct exposed read;
	uint64_t total = 0;
	size_t n = 0;

	put(a, text, ARCHIVE_NEW, "a document is archived");
	put(a, text, ARCHIVE_THERE, "the same is there already");
	put(a, two, ARCHIVE_NEW, "a prefix is archived");
	put(a, one, ARCHIVE_NEW, "the same network on other ground");
	ok(checked(&s) == 0, "check finds nothing: %s", s.p != NULL ? s.p : "");
	ar = opened(ARCHIVE_READ);
	ok(archive_exposures(ar, &all, a, &x, &n, &total) == OK && n == 3 && total == 3, "there are %zu of %d", n, (int)total);
	ok(archive_exposures_of(ar, 318300, 9, a, &x, &n) == OK && n == 2 && !x[0].prefix, "two of one network");
	ok(archive_exposure_read(ar, x[0].id, a, &g, &read, &head, &body) == OK && read.origin == 318300, "one is read");
	archive_close(ar);
	free(two);
	free(one);
	str_release(&s);
}

static void
column_changed(const char *set)
{
	struct str s = {0};
	sqlite3 *db;

	if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(db, set, NULL, NULL, NULL) != SQLITE_OK || sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		abort();
	sqlite3_close(db);
	ok(checked(&s) > 0, "found by check: %s", set);
	str_release(&s);
}

static void
tampered(struct arena *a, const char *text)
{
	static const char *const sets[] = {"UPDATE exposure SET digest = zeroblob(32) WHERE id = 1",
	    "UPDATE exposure SET content = zeroblob(32) WHERE id = 1", "UPDATE exposure SET at = at + 1", "UPDATE exposure SET origin = origin + 1",
	    "UPDATE exposure SET asked = 'x'", "UPDATE exposure SET prefix = 1 - prefix", "UPDATE exposure SET name = 'x'",
	    "UPDATE exposure SET networks = networks + 1", "UPDATE exposure SET weakest = coalesce(weakest, 0) + 1",
	    "UPDATE exposure SET verdict = coalesce(verdict, 0) + 1", "UPDATE exposure SET verdict = NULL, weakest = NULL",
	    "UPDATE exposure SET text = replace(text, 'LAB-EDGE-241', 'MINE')", "UPDATE exposure SET text = 'x'",
	    "UPDATE exposure_ground SET digest = zeroblob(32)", "UPDATE exposure_ground SET at = at + 1",
	    "UPDATE exposure_ground SET head = replace(head, '400000', '400001')", "UPDATE exposure SET ground = 99",
	    "DELETE FROM exposure"};
	size_t i;

	for (i = 0; i < sizeof(sets) / sizeof(*sets); i++) {
		unlink(path);
		put(a, text, ARCHIVE_NEW, "a new archive");
		column_changed(sets[i]);
	}
}

static void
migrated(struct arena *a, const char *text)
{
	struct hand_month jan;
	struct str why = {0}, s = {0};
	enum archive_fate fate;
	struct archive *ar = NULL;

	unlink(path);
	hand_month(&jan, 1, 3, 4, 0);
	ok(archive_open_schema(&ar, path, 4, &why) == OK && hand_put(ar, &jan, &fate) == OK && archive_schema(ar) == 4,
	    "an archive of schema 4");
	archive_close(ar);
	ok(checked(&s) == 0, "can be checked as it is");
	ar = opened(ARCHIVE_UPGRADE);
	ok(ar != NULL && archive_schema(ar) == ARCHIVE_SCHEMA, "an upgrade brings it here");
	archive_close(ar);
	ok(checked(&s) == 0, "with every digest as it was");
	unlink(path);
	if (archive_open_schema(&ar, path, 4, &why) != OK || hand_put(ar, &jan, &fate) != OK)
		abort();
	archive_close(ar);
	put(a, text, ARCHIVE_NEW, "and who puts an exposure in brings it here, too");
	ok(checked(&s) == 0, "all is well");
	str_release(&why);
	str_release(&s);
}

static void
full(struct arena *a, const char *text)
{
	struct exposed_document d;
	enum archive_fate fate[8];
	const char *why = NULL;
	struct archive *ar;
	struct str s = {0};
	struct hand_month jan;
	uint32_t pages;

	unlink(path);
	hand_month(&jan, 1, 3, 4, 0);
	ar = opened(ARCHIVE_WRITE);
	if (hand_put(ar, &jan, fate) != OK || exposed_read("f", span_of(text), a, &d, &why) != OK)
		abort();
	for (pages = 50; pages < 70; pages += 4) {
		archive_limit_pages(ar, pages);
		if (archive_exposures_put(ar, &d, fate) != OK)
			break;
		unlink(path);
	}
	ok(strstr(archive_why(ar), "is full") != NULL, "a full archive says so: %s", archive_why(ar));
	is_str(hand_check(ar, &s), "", "and holds what it held");
	archive_limit_pages(ar, 1u << 20);
	ok(archive_exposures_put(ar, &d, fate) == OK && fate[0] == ARCHIVE_NEW, "and takes it when there is room");
	archive_close(ar);
	str_release(&s);
}

int
main(void)
{
	struct arena *a = arena_new();
	char *text = load("window.json");

	if (mkdtemp(dir) == NULL)
		return 1;
	snprintf(path, sizeof(path), "%s/a.rma", dir);
	kept(a, text);
	broken(a, text);
	archived(a, text);
	tampered(a, text);
	migrated(a, text);
	full(a, text);
	unlink(path);
	rmdir(dir);
	free(text);
	arena_free(a);
	return tap_done();
}
