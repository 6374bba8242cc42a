/* docket: the index of a log says of each network what reading the whole log says, at every step as it grows; a bundle
 * is taken whole or not at all; a ledger goes on or stays as it was. */
#include "base/tar.h"
#include "seal.h"
#include "serve/docket.h"
#include "tap.h"

#include <fcntl.h>
#include <ftw.h>
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena *a;
static char root[] = "/tmp/t_docket.XXXXXX";
static struct key *issuer, *other, *stranger, *logkey;
static struct key_pub pubs[2];
static enum verify_role roles[2] = {VERIFY_ISSUER, VERIFY_ISSUER};
static struct policy policy;
static struct policy_log policy_log;

static int
rm_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)type;
	(void)f;
	return remove(path);
}

static void
write_file(const char *name, struct span bytes)
{
	FILE *f = fopen(name, "wb");

	assert(f != NULL);
	fwrite(bytes.p, 1, bytes.len, f);
	fclose(f);
}

/* --- one entry --- */

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
entries(void)
{
	static const struct { const char *text; int kind; } cases[] = {{HEX, LOGBOOK_DIGEST}, {HEX "  report.json", LOGBOOK_DIGEST},
	    {HEX " routemark-dispute/1 " HEX " 3", LOGBOOK_DISPUTE}, {HEX "x", -1}, {"", -1}, {"{", -1}, {"{}", -1},
	    {"0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef", -1}, {"hello", -1}};
	struct logbook_entry e;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		bool is = logbook_entry_read(span_of(cases[i].text), a, &e);

		ok(is == (cases[i].kind >= 0) && (!is || (e.kind == cases[i].kind && e.digest[0] == 0x01 && e.digest[31] == 0xef)),
		    "entry \"%.80s\"", cases[i].text);
	}
}

/* --- against a log that is read whole --- */

static uint32_t seed = 1;

static uint32_t
roll(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static void
hex_of(char out[static SHA256_HEX + 1], const char *kind, uint32_t i)
{
	uint8_t d[SHA256_BYTES];
	char text[32];

	snprintf(text, sizeof(text), "%s %u", kind, i);
	sha256_of(text, strlen(text), d);
	sha256_hex(d, out);
}

/* Digests, noise, marks of six networks on nine reports, and what three keys say of them. */
static void
entry_make(struct str *out)
{
	struct key *by[] = {issuer, other, stranger};
	char mark[SHA256_HEX + 1], report[SHA256_HEX + 1], line[300];
	uint32_t asn = 64500 + roll(6), m = roll(4);
	enum status_word word = (enum status_word)roll(STATUS_WORDS);

	str_clear(out);
	hex_of(mark, "mark", asn * 10 + m);
	hex_of(report, "report", asn * 3 % 9);
	snprintf(line, sizeof(line), "mark of AS%u by %s 1.0, valid to 2024-05-1%uT00:00:00Z, report %s", asn, m % 2 ? "base" : "more", m, report);
	switch (roll(5)) {
	case 0:
		str_addf(out, "noise %u", roll(1000));
		return;
	case 1:
		str_adds(out, report);
		return;
	case 2:
		status_write(out, &(struct status){STATUS_ISSUED, "2024-04-10T00:00:00Z", line, mark, NULL, {0}}, by[roll(3)]);
		return;
	default:
		status_write(out, &(struct status){word, "2024-04-10T00:00:00Z", "why", roll(3) > 0 ? mark : report, NULL, {0}}, by[roll(3)]);
	}
}

static void
tell(struct str *out, const struct mark_find *f)
{
	size_t i;

	for (i = 0; i < f->n; i++) {
		const struct mark_found *m = &f->found[i];

		str_addf(out, "%s %s %llu %d %d own %zu+%llu report %zu+%llu by %lld\n", m->sha256, m->line.pack,
		    (unsigned long long)m->issued.index, (int)m->standing, m->superseded, m->own.n, (unsigned long long)m->own.strangers,
		    m->report.n, (unsigned long long)m->report.strangers, m->decides != NULL ? (long long)m->decides->index : -1);
	}
	str_addf(out, "strangers %llu\n", (unsigned long long)f->strangers);
}

/* How many networks are told of otherwise; *told: marks in all. */
static size_t
differ(const struct logbook *b, const char *dir, size_t *told)
{
	size_t n = 0;
	uint32_t asn;

	for (asn = 64499; asn < 64507; asn++) {
		struct mark_find whole = {.keys = {pubs, roles, 2}, .asn = asn, .a = a}, some = whole;
		struct str x = {0}, y = {0};
		const char *why = "";

		if (mark_find_log(&whole, dir, &policy, &why) != OK || logbook_find(b, dir, &some, &why) != OK)
			str_addf(&x, "# %s", why);
		tell(&x, &whole);
		tell(&y, &some);
		*told += whole.n;
		if (strcmp(x.p, y.p) != 0 && n++ == 0)
			printf("# AS%u\n# %s\n# %s\n", asn, x.p, y.p);
		str_release(&x);
		str_release(&y);
		mark_find_release(&whole);
		mark_find_release(&some);
	}
	return n;
}

static void
grown(void)
{
	char why[STORE_PATH_MAX + 256], *dir = arena_printf(a, "%s/log", root);
	struct log *l = xmalloc(sizeof(*l));
	struct tree_edge edge = {.size = 0}, kept;
	struct logbook *b = NULL, *next = NULL;
	struct str s = {0}, what = {0};
	size_t step, i, told = 0, bad = 0, same = 0;
	uint64_t first;
	enum err e = log_init(dir, logkey, why);

	assert(e == OK);
	e = log_open(l, dir, true);
	for (step = 0; step < 12; step++) {
		struct span entry[200];

		for (i = 0; i < 1 + step * 13; i++) {
			entry_make(&s);
			entry[i] = arena_span(a, str_span(&s));
		}
		e = log_append(l, entry, i, &first);
		if (e == OK)
			e = log_checkpoint(l, logkey, false);
		assert(e == OK);
		kept = edge;
		e = logbook_renew(b, &edge, dir, &policy, &next, &what);
		assert(e == OK);
		logbook_free(b);
		b = next;
		bad += differ(b, dir, &told);
		e = logbook_renew(b, &edge, dir, &policy, &next, &what);
		same += e == OK && next == b;
		logbook_free(next);
	}
	ok(bad == 0 && told > 100, "at %zu sizes up to %llu, of each network what the whole log says: %zu marks", step,
	    (unsigned long long)b->size, told);
	ok(same == step, "what has not grown is the same again");
	ok(b->full == false && b->size > 800 && b->n < b->size, "%zu of %llu entries are of interest", b->n, (unsigned long long)b->size);
	/* a log that does not go on from what it was: an edge of other entries */
	tree_leaf(SPAN("another"), &kept.hash[0]);
	kept.size |= 1;
	e = logbook_renew(NULL, &kept, dir, &policy, &next, &what);
	ok(e == ERR_CONTRADICT, "what does not go on from what it was is not taken: %s", what.p);
	/* an entry that was changed in its file is not believed, though the index is */
	nftw(dir, rm_one, 16, FTW_DEPTH | FTW_PHYS);
	{
		struct mark_find f = {.keys = {pubs, roles, 2}, .asn = 64501, .a = a};
		const char *not = NULL;

		ok(logbook_find(b, dir, &f, &not) != OK && not != NULL, "files that are gone: %s", not);
		mark_find_release(&f);
	}
	log_close(l);
	free(l);
	logbook_free(b);
	str_release(&s);
	str_release(&what);
}

/* --- bundles --- */

static void
bundle_make(struct str *out)
{
	json_t *head = json_load_file("test/fuzz/seed/bundle/plain.json", 0, NULL);
	struct str sums = {0}, doc = {0};
	char *text;

	json_object_set_new(head, "packs", json_array());
	text = json_dumps(head, JSON_COMPACT | JSON_SORT_KEYS);
	str_adds(&doc, text);
	bundle_sum(&sums, BUNDLE_HEAD, str_span(&doc));
	bundle_sum(&sums, BUNDLE_REPORT, SPAN("{}\n"));
	tar_put(out, BUNDLE_SUMS, str_span(&sums));
	tar_put(out, BUNDLE_HEAD, str_span(&doc));
	tar_put(out, BUNDLE_REPORT, SPAN("{}\n"));
	tar_end(out);
	free(text);
	json_decref(head);
	str_release(&sums);
	str_release(&doc);
}

static bool
taken(struct span bytes, void *dir)
{
	struct bundle_file *f;
	bool good;

	write_file(arena_printf(a, "%s/one.tar", root), bytes);
	f = bundle_file_read(*(int *)dir, "one.tar");
	good = f->why == NULL;
	bundle_file_free(f);
	return good;
}

static void
bundles(void)
{
	int dir = open(root, O_RDONLY | O_DIRECTORY);
	struct bundles *b, *again;
	struct bundle_file *f;
	struct str s = {0};
	char hex[SHA256_HEX + 1];
	uint8_t digest[SHA256_BYTES];

	bundle_make(&s);
	ok(taken(str_span(&s), &dir), "a bundle of %zu bytes is taken", s.len);
	f = bundle_file_read(dir, "one.tar");
	sha256_of(s.p, s.len, digest);
	sha256_hex(digest, hex);
	is_str(f->sha256, hex, "by its digest");
	ok(f->n_asns > 0 && bundle_file_has(f, f->asns[0]) && !bundle_file_has(f, f->asns[f->n_asns - 1] + 1), "with its networks");
	/* some of them: each is a file, and all would take minutes on a slow disk */
	{
		size_t i, n = 0;

		for (i = 0; i < s.len; i += 37) {
			n += taken((struct span){s.p, i}, &dir);
			s.p[i] ^= (char)(1 << i % 8);
			n += taken(str_span(&s), &dir);
			s.p[i] ^= (char)(1 << i % 8);
		}
		for (i = 1; i <= 2 * TAR_BLOCK; i += 73)
			n += taken((struct span){s.p, s.len - i}, &dir);
		ok(n == 0, "cut, or with a byte changed, it is not");
	}
	str_addc(&s, '\0');
	ok(!taken(str_span(&s), &dir), "nor with a byte more");
	s.len--;
	taken(str_span(&s), &dir);
	ok(bundle_file_open(dir, f) < 0, "a file that was written again is another");
	bundle_file_free(f);
	write_file(arena_printf(a, "%s/two.tar", root), SPAN("no"));
	b = bundles_renew(NULL, dir, NULL);
	ok(b->n_good == 1 && b->n_broken == 1 && bundles_find(b, hex) != NULL && bundles_find(b, HEX) == NULL, "one good, one broken");
	again = bundles_renew(b, dir, NULL);
	ok(again == b, "nothing has changed");
	bundles_free(again);
	unlink(arena_printf(a, "%s/one.tar", root));
	again = bundles_renew(b, dir, NULL);
	ok(again != b && again->n_good == 0 && again->all[0] == b->all[1], "one went, the other was not read again");
	bundles_free(again);
	bundles_free(b);
	close(dir);
	str_release(&s);
}

int
main(void)
{
	a = arena_new();
	if (mkdtemp(root) == NULL)
		return 1;
	issuer = key_of("a.example", KEY_SIGNER, 1);
	other = key_of("o.example", KEY_SIGNER, 2);
	stranger = key_of("s.example", KEY_SIGNER, 3);
	logkey = key_of("log.example", KEY_SIGNER, 4);
	pubs[0] = *key_pub(issuer);
	pubs[1] = *key_pub(other);
	policy_log = (struct policy_log){.key = *key_pub(logkey)};
	policy = (struct policy){.logs = &policy_log, .n_logs = 1, .quorum = POLICY_NONE};
	entries();
	grown();
	bundles();
	nftw(root, rm_one, 16, FTW_DEPTH | FTW_PHYS);
	key_free(issuer);
	key_free(other);
	key_free(stranger);
	key_free(logkey);
	arena_free(a);
	return tap_done();
}
