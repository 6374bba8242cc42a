/* mark_find: which marks a log has, and how they stand: whose word counts, on what, in which order, at which moment. */
#include "seal.h"
#include "seal/mark_find.h"
#include "tap.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena *a;
static struct key *issuer, *auditor, *stranger, *logkey;
static struct policy policy;
static struct key_pub pubs[2];
static enum verify_role roles[2];
static char root[] = "/tmp/t_mark_find.XXXXXX";

static const char from[] = "2024-04-10T00:00:00Z", to[] = "2024-04-16T00:00:00Z";

#define DIGEST(c) c c c c c c c c c c c c c c c c
#define MARK_1 DIGEST("a1b2")
#define MARK_2 DIGEST("c3d4")
#define OTHER DIGEST("e5f6")
#define REPORT DIGEST("0123")

/* What one entry of a test's log says. */
struct word {
	struct key *const *by;	/* NULL: no status, the reason alone */
	enum status_word word;
	const char *sha256, *reason;
};

#define LINE(asn, pack, date, report) "mark of AS" asn " by " pack " 1.0, valid to " date ", report " report
#define ISSUED_1 {&issuer, STATUS_ISSUED, MARK_1, LINE("64500", "base", "2024-04-16T00:00:00Z", REPORT)}
#define ISSUED_2 {&issuer, STATUS_ISSUED, MARK_2, LINE("64500", "base", "2024-05-16T00:00:00Z", OTHER)}

static int
rm_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)type;
	(void)f;
	return remove(path);
}

/* A log of these words in a folder; find asks it for AS64500. */
static const char *
log_of(const struct word *w, size_t n)
{
	char why[STORE_PATH_MAX + 256], *dir = arena_printf(a, "%s/log", root);
	struct log *l = xmalloc(sizeof(*l));
	struct str s = {0};
	uint64_t first;
	size_t i;
	enum err e;

	nftw(dir, rm_one, 16, FTW_DEPTH | FTW_PHYS);
	e = log_init(dir, logkey, why);
	assert(e == OK);
	e = log_open(l, dir, true);
	assert(e == OK);
	for (i = 0; i < n; i++) {
		struct span entry;

		str_clear(&s);
		if (w[i].by == NULL)
			str_adds(&s, w[i].reason);
		else
			status_write(&s, &(struct status){w[i].word, from, w[i].reason, w[i].sha256, NULL, {0}}, *w[i].by);
		entry = str_span(&s);
		e = log_append(l, &entry, 1, &first);
		assert(e == OK && first == i);
	}
	e = log_checkpoint(l, logkey, false);
	assert(e == OK);
	(void)e;
	log_close(l);
	free(l);
	str_release(&s);
	return dir;
}

static enum err
find(struct mark_find *f, const struct word *w, size_t n)
{
	const char *why = NULL;
	enum err e;

	*f = (struct mark_find){.keys = {pubs, roles, 2}, .asn = 64500, .a = a};
	e = mark_find_log(f, log_of(w, n), &policy, &why);
	if (e != OK)
		printf("# %s: %s\n", err_text(e), why);
	return e;
}

static struct utc
when(const char *text)
{
	struct utc t = UTC_NONE;
	enum err e = utc_parse(span_of(text), &t);

	assert(e == OK);
	(void)e;
	return t;
}

/* The first mark stands so at its last moment, unless another is given. */
static void
stands(enum mark_state want, const char *at, const struct word *w, size_t n, const char *name)
{
	struct mark_find f;
	bool good = find(&f, w, n) == OK && f.n >= 1;
	enum mark_state got = good ? mark_state_at(&f.found[0], when(at != NULL ? at : to)) : MARK_STATES;

	ok(got == want, "%s: %s", name, good ? mark_state_word(got) : "nothing found");
	mark_find_release(&f);
}

#define STANDS(want, at, name, ...) do {				\
		const struct word w_[] = {__VA_ARGS__};			\
		stands(want, at, w_, sizeof(w_) / sizeof(*w_), name);	\
	} while (0)

static void
test_dates(void)
{
	STANDS(MARK_VALID, to, "at the last moment", ISSUED_1);
	STANDS(MARK_LAPSED, "2024-04-16T00:00:01Z", "a second after it", ISSUED_1);
	STANDS(MARK_VALID, from, "at the moment of its evidence", ISSUED_1);
	STANDS(MARK_EARLY, "2024-04-09T23:59:59Z", "a second before it", ISSUED_1);
}

static void
test_words(void)
{
	const struct word suspended = {&issuer, STATUS_SUSPENDED, MARK_1, "why"}, restored = {&issuer, STATUS_RESTORED,
	    MARK_1, NULL};

	STANDS(MARK_SUSPENDED, NULL, "suspended by its issuer", ISSUED_1, suspended);
	STANDS(MARK_VALID, NULL, "and restored", ISSUED_1, suspended, restored);
	STANDS(MARK_SUSPENDED, NULL, "and suspended again", ISSUED_1, suspended, restored, suspended);
	STANDS(MARK_SUSPENDED, NULL, "suspended before it was issued, by another", {&auditor, STATUS_SUSPENDED, MARK_1,
	    "why"}, ISSUED_1);
	STANDS(MARK_SUSPENDED, NULL, "whom its issuer does not overrule", ISSUED_1, {&auditor, STATUS_SUSPENDED, MARK_1,
	    "why"}, restored);
	STANDS(MARK_SUSPENDED, "2025-01-01T00:00:00Z", "suspended is told before lapsed", ISSUED_1, suspended);
	STANDS(MARK_VALID, NULL, "a stranger has no say", ISSUED_1, {&stranger, STATUS_SUSPENDED, MARK_1, "why"});
	STANDS(MARK_VALID, NULL, "what is said of another mark is not said of this", ISSUED_1, {&issuer,
	    STATUS_SUSPENDED, OTHER, "why"});
	STANDS(MARK_LAPSED, NULL, "lapsed by an entry", ISSUED_1, {&issuer, STATUS_LAPSED, MARK_1, NULL});
	STANDS(MARK_DISPUTED, NULL, "disputed", ISSUED_1, {&auditor, STATUS_DISPUTED, MARK_1, "why"});
	STANDS(MARK_VALID, NULL, "and resolved", ISSUED_1, {&auditor, STATUS_DISPUTED, MARK_1, "why"}, {&auditor,
	    STATUS_RESOLVED, MARK_1, NULL});
	STANDS(MARK_LAPSED, "2025-01-01T00:00:00Z", "lapsed is told before disputed", ISSUED_1, {&auditor,
	    STATUS_DISPUTED, MARK_1, "why"});
	STANDS(MARK_SUSPENDED, NULL, "its report is suspended", ISSUED_1, {&issuer, STATUS_SUSPENDED, REPORT, "why"});
	STANDS(MARK_SUSPENDED, NULL, "which a word on the mark does not lift", ISSUED_1, {&issuer, STATUS_SUSPENDED,
	    REPORT, "why"}, restored);
	STANDS(MARK_SUSPENDED, NULL, "a reason that speaks like an entry", ISSUED_1, suspended,
	    {&issuer, STATUS_RESTORED, OTHER, ",\"sha256\":\"" MARK_1 "\""});
}

static void
test_which(void)
{
	const struct word all[] = {
	    {NULL, STATUS_ISSUED, NULL, "a line of another kind"},
	    ISSUED_1,
	    {&issuer, STATUS_ISSUED, OTHER, LINE("64501", "base", "2024-04-16T00:00:00Z", REPORT)},
	    {&issuer, STATUS_ISSUED, OTHER, LINE("645000", "base", "2024-04-16T00:00:00Z", REPORT)},
	    {&stranger, STATUS_ISSUED, OTHER, LINE("64500", "base", "2024-04-16T00:00:00Z", REPORT)},
	    {&issuer, STATUS_SUSPENDED, OTHER, LINE("64500", "base", "2024-04-16T00:00:00Z", REPORT)},
	    {&auditor, STATUS_ISSUED, OTHER, LINE("64500", "tender", "2024-04-16T00:00:00Z", REPORT)},
	    ISSUED_2,
	};
	struct mark_find f;

	ok(find(&f, all, 8) == OK && f.n == 3 && f.strangers == 1, "of the AS by known keys, and how many others: %zu "
	    "and %d", f.n,
	    (int)f.strangers);
	ok(f.n == 3 && f.found[0].superseded && !f.found[1].superseded && !f.found[2].superseded,
	    "a later one of the same pack supersedes");
	ok(f.n == 3 && strcmp(f.found[2].line.valid_to, "2024-05-16T00:00:00Z") == 0 && f.found[2].issued.index == 7,
	    "in the log's order");
	mark_find_release(&f);
	f = (struct mark_find){.keys = {pubs, roles, 2}, .asn = 64500, .pack = "tender", .a = a};
	{
		const char *why = NULL;

		ok(mark_find_log(&f, log_of(all, 8), &policy, &why) == OK && f.n == 1 && strcmp(f.found[0].sha256,
		    OTHER) == 0, "of one pack");
	}
	mark_find_release(&f);
}

/* The last mark that was found, of all or the one that was asked for. */
static enum mark_state
again(const struct word *w, size_t n, const char *sha256)
{
	struct mark_find f = {.keys = {pubs, roles, 2}, .asn = 64500, .sha256 = sha256, .a = a};
	const char *why = NULL;
	enum mark_state s = MARK_STATES;

	if (mark_find_log(&f, log_of(w, n), &policy, &why) == OK && f.n >= 1 && (sha256 == NULL || f.n == 1))
		s = mark_state_at(&f.found[f.n - 1], when(to));
	mark_find_release(&f);
	return s;
}

/* Whoever issues the same anew, under another address, does not get rid of what others have said. */
static void
test_again(void)
{
	const struct word anew = {&issuer, STATUS_ISSUED, MARK_2, LINE("64500", "base", "2024-04-16T00:00:00Z", REPORT)},
	    other_pack = {&issuer, STATUS_ISSUED, MARK_2, LINE("64500", "tender", "2024-04-16T00:00:00Z", REPORT)},
	    held = {&auditor, STATUS_SUSPENDED, MARK_1, "why"}, lifted = {&auditor, STATUS_RESTORED, MARK_2, NULL},
	    own = {&issuer, STATUS_SUSPENDED, MARK_1, "why"}, strange = {&stranger, STATUS_SUSPENDED, MARK_1, "why"},
	    theirs = {&auditor, STATUS_ISSUED, OTHER, LINE("64500", "base", "2024-04-16T00:00:00Z", REPORT)};

	ok(again((struct word[]){ISSUED_1, held, anew}, 3, NULL) == MARK_SUSPENDED, "issued anew: another's suspension stays");
	ok(again((struct word[]){ISSUED_1, held, anew}, 3, MARK_2) == MARK_SUSPENDED, "also of that mark alone");
	ok(again((struct word[]){ISSUED_1, anew, held}, 3, MARK_2) == MARK_SUSPENDED, "also said later");
	ok(again((struct word[]){ISSUED_1, held, anew, lifted}, 4, MARK_2) == MARK_VALID, "until he lifts it, on either");
	ok(again((struct word[]){ISSUED_1, held, anew, lifted}, 4, MARK_1) == MARK_VALID, "of both");
	ok(again((struct word[]){ISSUED_1, held, anew, lifted, held}, 5, MARK_2) == MARK_SUSPENDED, "and says it again");
	ok(again((struct word[]){ISSUED_1, held, theirs}, 3, MARK_1) == MARK_SUSPENDED, "his own mark lifts it not");
	ok(again((struct word[]){ISSUED_1, own, anew}, 3, MARK_2) == MARK_VALID, "what the issuer said of one is of that one");
	ok(again((struct word[]){ISSUED_1, strange, anew}, 3, MARK_2) == MARK_VALID, "a stranger has no say");
	ok(again((struct word[]){ISSUED_1, held, other_pack}, 3, MARK_2) == MARK_VALID, "nor has a word on another pack");
	ok(again((struct word[]){ISSUED_1, held, ISSUED_2}, 3, MARK_2) == MARK_VALID, "or on another report");
}

static void
test_head(void)
{
	const struct word w[] = {ISSUED_1, {&issuer, STATUS_SUSPENDED, MARK_1, "why"}};
	const char *dir = log_of(w, 1), *why = NULL;
	struct mark_find f = {.keys = {pubs, roles, 2}, .asn = 64500, .a = a};
	struct log *l = xmalloc(sizeof(*l));
	struct str s = {0};
	struct span entry;
	uint64_t at;
	bool good;

	status_write(&s, &(struct status){w[1].word, from, w[1].reason, w[1].sha256, NULL, {0}}, issuer);
	entry = str_span(&s);
	good = log_open(l, dir, true) == OK && log_append(l, &entry, 1, &at) == OK && mark_find_head(&f, l, &why) == OK;
	ok(good && f.n == 1 && mark_state_at(&f.found[0], when(to)) == MARK_SUSPENDED,
	    "who writes the log sees what no checkpoint has yet");
	mark_find_release(&f);
	log_close(l);
	free(l);
	f = (struct mark_find){.keys = {pubs, roles, 2}, .asn = 64500, .a = a};
	ok(mark_find_log(&f, dir, &policy, &why) == OK && mark_state_at(&f.found[0], when(to)) == MARK_VALID,
	    "and others do not");
	mark_find_release(&f);
	str_release(&s);
}

/* A proof brings an entry that nobody has looked at before. */
static void
test_entry(void)
{
	const struct {
		const struct word w;
		bool want;
		const char *name;
	} cases[] = {
	    {ISSUED_1, true, "an entry alone, as a proof has it"},
	    {{&issuer, STATUS_ISSUED, MARK_1, LINE("64501", "base", "2024-04-16T00:00:00Z", REPORT)}, false, "of another AS"},
	    {{&issuer, STATUS_ISSUED, MARK_2, LINE("64500", "base", "2024-04-16T00:00:00Z", REPORT)}, false, "of another mark"},
	    {{&issuer, STATUS_RESTORED, MARK_1, LINE("64500", "base", "2024-04-16T00:00:00Z", REPORT)}, false, "of another word"},
	    {{&issuer, STATUS_ISSUED, MARK_1, "a reason"}, false, "with another reason"},
	    {{&issuer, STATUS_ISSUED, MARK_1, NULL}, false, "with none"},
	    {{&stranger, STATUS_ISSUED, MARK_1, LINE("64500", "base", "2024-04-16T00:00:00Z", REPORT)}, false, "of a stranger"},
	};
	struct str s = {0};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct mark_find f = {.keys = {pubs, roles, 2}, .asn = 64500, .sha256 = MARK_1, .a = a};
		const struct word *w = &cases[i].w;

		str_clear(&s);
		status_write(&s, &(struct status){w->word, from, w->reason, w->sha256, NULL, {0}}, *w->by);
		ok(mark_find_entry(&f, 0, str_span(&s)) == cases[i].want && f.n == cases[i].want, "%s", cases[i].name);
		mark_find_release(&f);
	}
	str_release(&s);
}

int
main(void)
{
	struct str text = {0};
	const char *why = NULL;
	enum err e;

	a = arena_new();
	if (mkdtemp(root) == NULL)
		return 1;
	issuer = key_of("issuer.example", KEY_SIGNER, 1);
	auditor = key_of("auditor.example", KEY_SIGNER, 2);
	stranger = key_of("stranger.example", KEY_SIGNER, 3);
	logkey = key_of("log.example", KEY_SIGNER, 4);
	pubs[0] = *key_pub(issuer);
	pubs[1] = *key_pub(auditor);
	str_adds(&text, "log ");
	key_vkey_write(&text, key_pub(logkey));
	str_adds(&text, "\nquorum none\n");
	e = policy_read(str_span(&text), a, &policy, &why);
	assert(e == OK);
	(void)e;
	test_dates();
	test_words();
	test_which();
	test_again();
	test_head();
	test_entry();
	nftw(root, rm_one, 16, FTW_DEPTH | FTW_PHYS);
	str_release(&text);
	key_free(issuer);
	key_free(auditor);
	key_free(stranger);
	key_free(logkey);
	arena_free(a);
	return tap_done();
}
