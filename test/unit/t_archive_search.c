/* What is looked up rather than searched, beside what a walk over all finds: incidents by where their prefix lies, incidents
 * of a network by class and confidence; and a control's verdicts in one row, which a hand's change cannot hide in. */
#include "incident_hand.h"
#include "tap.h"

#include <sqlite3.h>

#define MANY 700

static char path[] = "/tmp/t_archive_search.XXXXXX";
static struct archive_incident made[MANY];
static struct archive_by bys[MANY][2];
static uint64_t seed = 7;

static uint32_t
draw(uint32_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 33) % below);
}

/* Few bits, so that many lie in each other. */
static struct prefix
prefix_draw(void)
{
	struct prefix p = {.family = (uint8_t)draw(2)};
	unsigned bits = family_bits(p.family), i;

	p.len = (uint8_t)draw(bits + 1);
	if (draw(3) > 0)
		p.len = (uint8_t)draw(12);
	for (i = 0; i < bits / 8; i++)
		p.addr[i] = (uint8_t)(draw(4) << (i % 2 == 0 ? 6 : 0));
	(void)prefix_mask(&p);
	return p;
}

static int
by_key(const void *x, const void *y)
{
	return archive_incident_cmp(x, y);
}

static size_t
incidents_make(const struct hand_window *h)
{
	static const char *const sure[] = {"proven", "probable", "possible"};
	static const enum offence_class classes[] = {OFF_BOGON_PREFIX, OFF_MISORIGIN, OFF_LEAK};
	size_t i, n = 0;

	for (i = 0; i < MANY; i++) {
		made[i] = h->i[0];
		made[i].class = classes[draw(3)];
		made[i].confidence = made[i].class == OFF_BOGON_PREFIX ? NULL : sure[draw(3)];
		made[i].prefix = prefix_draw();
		made[i].origin = draw(5) == 0 ? ORIGIN_NONE : 10 + draw(3);
		made[i].culprit = 1 + draw(4);
	}
	qsort(made, MANY, sizeof(*made), by_key);
	for (i = 0; i < MANY; i++)
		if (n == 0 || archive_incident_cmp(&made[n - 1], &made[i]) != 0)
			made[n++] = made[i];
	for (i = 0; i < n; i++) {
		bys[i][0] = h->by[0];
		bys[i][0].accomplice = draw(2) == 0 ? 0 : 20 + draw(2);
		bys[i][1] = h->by[1];
		bys[i][1].accomplice = 30 + draw(2);
		made[i].by = bys[i];
		made[i].n_by = 2;
	}
	return n;
}

static enum err
window_put(struct archive *a, const struct hand_window *h, size_t n)
{
	uint8_t basis[SHA256_BYTES], content[SHA256_BYTES];
	enum archive_fate fate;
	struct sha256 s;
	size_t i;

	archive_window_basis(&h->w, basis);
	archive_found_begin(&s);
	for (i = 0; i < n; i++)
		archive_found_add(&s, &made[i]);
	archive_found_end(&s, &h->w, content);
	TRY(archive_window_begin(a, &h->w, basis, content));
	for (i = 0; i < n; i++)
		TRY(archive_incident_put(a, &made[i]));
	return archive_commit(a, &fate);
}

/* --- prefixes --- */

static enum archive_match
match_of(const struct prefix *p, const struct prefix *asked)
{
	return prefix_eq(p, asked) ? MATCH_IS : prefix_covers(p, asked) ? MATCH_COVERS : MATCH_WITHIN;
}

static bool
meets(const struct prefix *p, const struct prefix *asked)
{
	return prefix_covers(p, asked) || prefix_covers(asked, p);
}

static uint64_t
naive_count(const struct archive_prefix_hit *h, size_t n)
{
	uint64_t count = 0;
	size_t i;

	for (i = 0; i < n; i++)
		count += prefix_eq(&made[i].prefix, &h->prefix) && made[i].origin == h->origin && made[i].culprit == h->culprit;
	return count;
}

/* The longest match first, then what lies in it by address. */
static bool
in_order(const struct archive_prefix_hit *x, const struct archive_prefix_hit *y)
{
	if (x->match != y->match)
		return x->match < y->match;
	return x->match == MATCH_WITHIN ? prefix_cmp(&x->prefix, &y->prefix) <= 0 : x->prefix.len >= y->prefix.len;
}

static void
prefixes(struct archive *a, size_t n)
{
	struct archive_prefix_hit *hit;
	struct arena *arena = arena_new();
	unsigned wrong = 0, found = 0, i;
	struct prefix p;
	uint64_t sum, want;
	size_t k, hits;
	bool more;

	for (i = 0; i < 400; i++) {
		p = i < 100 ? made[draw((uint32_t)n)].prefix : prefix_draw();
		if (archive_prefix_find(a, &p, 2000, arena, &hit, &hits, &more) != OK || more)
			abort();
		for (k = 0, sum = want = 0; k < n; k++)
			want += meets(&made[k].prefix, &p);
		for (k = 0; k < hits; k++) {
			sum += hit[k].incidents;
			wrong += !meets(&hit[k].prefix, &p) || hit[k].match != match_of(&hit[k].prefix, &p) ||
			    hit[k].incidents != naive_count(&hit[k], n) || (k > 0 && !in_order(&hit[k - 1], &hit[k]));
		}
		wrong += sum != want;
		found += hits > 0;
	}
	ok(wrong == 0 && found > 200, "of 400 prefixes, what is it, covers it and lies in it is what a walk finds (%u, %u wrong)", found,
	    wrong);
	p = hand_prefix("0.0.0.0/0");
	ok(archive_prefix_find(a, &p, 20, arena, &hit, &hits, &more) == OK && hits == 20 && more, "that there are more is said");
	p = hand_prefix("203.0.113.7/32");
	ok(archive_prefix_find(a, &p, 2000, arena, &hit, &hits, &more) == OK && !more && (hits == 0 || hit[0].match == MATCH_COVERS),
	    "an address is covered, or is not");
	arena_free(arena);
}

/* --- of a network --- */

static bool
is_asked(const struct archive_incident *i, const struct archive_incident_query *q)
{
	bool of = q->asn == 0 || i->culprit == q->asn || i->by[0].accomplice == q->asn || i->by[1].accomplice == q->asn;

	return of && (q->classes == 0 || (q->classes >> i->class & 1) != 0) && (q->confidence == NULL ||
	    (i->confidence != NULL && strcmp(i->confidence, q->confidence) == 0));
}

static void
networks(struct archive *a, size_t n)
{
	static const uint32_t asns[] = {0, 1, 2, 3, 4, 20, 21, 30, 31, 99};
	static const char *const sure[] = {NULL, "proven", "probable", "possible", "strong"};
	struct arena *arena = arena_new();
	struct archive_window_entry *w;
	struct archive_incident_row *row;
	struct archive_incident_query q;
	unsigned wrong = 0, rows = 0, i;
	size_t found, k, at;

	if (archive_windows(a, arena, &w, &found) != OK)
		abort();
	for (i = 0; i < 600; i++) {
		q = (struct archive_incident_query){.asn = asns[draw(10)], .confidence = sure[draw(5)], .after = draw(3) * 150,
		    .limit = draw(4) * 7};
		if (draw(2) == 0)
			q.classes = 1u << OFF_LEAK | draw(2) << OFF_MISORIGIN;
		if (archive_incidents(a, w[0].id, &q, arena, &row, &found) != OK)
			abort();
		for (k = 0, at = (size_t)q.after; at < n && (q.limit == 0 || k < q.limit); at++)
			if (is_asked(&made[at], &q)) {
				wrong += k >= found || row[k].ord != at;
				k++;
			}
		wrong += k != found;
		rows += (unsigned)found;
	}
	ok(wrong == 0 && rows > 2000, "600 questions by network, class, confidence and page: as a walk answers (%u rows, %u wrong)", rows,
	    wrong);
	arena_free(arena);
}

/* --- what a hand changed --- */

/* In a copy, each. */
static void
changed(const char *sql)
{
	struct archive *a = NULL;
	struct str why = {0}, check = {0}, copy = {0};
	sqlite3 *db;

	str_addf(&copy, "%s.copy", path);
	str_addf(&check, "VACUUM INTO '%s'", copy.p);
	if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, check.p, NULL, NULL, NULL) != SQLITE_OK)
		abort();
	sqlite3_close(db);
	if (sqlite3_open(copy.p, &db) != SQLITE_OK || sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		abort();
	sqlite3_close(db);
	if (archive_open(&a, copy.p, ARCHIVE_CHECK, &why) != OK)
		abort();
	ok((*hand_check(a, &check) != '\0') == (*sql != '\0'), "\"%s\": %s", sql, *sql != '\0' ? "found" : "nothing to find");
	archive_close(a);
	unlink(copy.p);
	str_release(&why);
	str_release(&check);
	str_release(&copy);
}

int
main(void)
{
	struct archive *a = NULL;
	struct hand_window h;
	struct hand_month m;
	enum archive_fate fate;
	struct str why = {0}, check = {0};
	size_t n;
	int fd = mkstemp(path);

	close(fd);
	unlink(path);
	hand_window(&h, 1);
	hand_month(&m, 1, 3, 4, 0);
	n = incidents_make(&h);
	ok(archive_open(&a, path, ARCHIVE_WRITE, &why) == OK && window_put(a, &h, n) == OK && hand_put_many(a, &m, 9, &fate) == OK,
	    "%zu incidents: %s", n, archive_why(a));
	prefixes(a, n);
	networks(a, n);
	is_str(hand_check(a, &check), "", "all is as it must be");
	archive_close(a);
	changed("");
	changed("UPDATE given SET verdicts = '1' || substr(verdicts, 2) WHERE control = 1");
	changed("UPDATE given SET verdicts = verdicts || '2' WHERE control = 1");
	changed("DELETE FROM given WHERE control = 1");
	changed("UPDATE incident_of SET asn = asn + 5000 WHERE ord = 3");
	changed("UPDATE incident_prefix SET length = length + 1 WHERE ord = 3");
	changed("INSERT INTO incident_prefix SELECT family, first, length, timeline, ord + 100000 FROM incident_prefix WHERE ord = 3");
	unlink(path);
	str_release(&why);
	str_release(&check);
	return tap_done();
}
