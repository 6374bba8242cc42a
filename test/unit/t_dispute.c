/* dispute: what a ledger takes and refuses; that no bit of it is free; how a dispute stands, to whom, and when; and that
 * appends exclude each other. */
#include "seal.h"
#include "seal/ledger.h"
#include "tap.h"

#include <stdlib.h>
#include <unistd.h>

#define HEX "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static struct arena *a;
static struct key *network, *issuer, *stranger;
static const struct dispute_file mail = {"mail.txt", HEX, 12};

static struct dispute_line
opening(const char *record)
{
	return (struct dispute_line){.act = DISPUTE_OPEN, .at = "2026-01-01T00:00:00Z", .reason = "not our route", .report = HEX,
	    .control = "manrs-netops/M3", .pack_status = "published", .record = record, .asn = 64500, .files = &mail, .n_files = 1};
}

static struct dispute_line
later(enum dispute_act act, const char *dispute)
{
	return (struct dispute_line){.act = act, .at = "2026-01-01T00:00:00Z", .reason = "looked at", .dispute = dispute,
	    .until = act == DISPUTE_ACCEPT ? "2026-07-01T00:00:00Z" : NULL};
}

/* Append a line to a ledger in memory; its digest. */
static const char *
add(struct str *s, struct dispute_line l, const struct key *k)
{
	char *hex = arena_alloc(a, SHA256_HEX + 1), *before = NULL;
	uint8_t digest[SHA256_BYTES];
	size_t from;

	if (s->len > 0) {
		for (from = s->len - 1; from > 0 && s->p[from - 1] != '\n'; from--)
			;
		before = arena_alloc(a, SHA256_HEX + 1);
		sha256_of(s->p + from, s->len - 1 - from, digest);
		sha256_hex(digest, before);
	}
	l.previous = before;
	from = s->len;
	if (dispute_write(s, &l, k) != OK)
		abort();
	sha256_of(s->p + from, s->len - from, digest);
	sha256_hex(digest, hex);
	str_addc(s, '\n');
	return hex;
}

static enum err
reads(const struct str *s, struct ledger *g, const char **why)
{
	*why = "";
	return ledger_read(str_span(s), a, g, why);
}

static bool
taken(struct span text, void *ctx)
{
	const char *why = NULL;
	struct ledger g;

	(void)ctx;
	return ledger_read(text, a, &g, &why) == OK;
}

/* Cut at the end of a line it is a ledger: that more was there, a log has to tell. */
static bool
taken_within_a_line(struct span text, void *ctx)
{
	return text.len > 0 && text.p[text.len - 1] != '\n' && taken(text, ctx);
}

static void
free_bits(void)
{
	struct str s = {0};
	const char *id, *why;
	struct ledger g;

	id = add(&s, opening("bogon-prefix 10.0.0.0/8 AS64500"), network);
	add(&s, later(DISPUTE_ANSWER, id), issuer);
	add(&s, later(DISPUTE_ACCEPT, id), issuer);
	ok(reads(&s, &g, &why) == OK && g.n == 3, "a ledger of an opening, an answer and a decision: %s", why);
	ok(strcmp(g.digests[0], id) == 0 && ledger_find(&g, (struct span){id, 8}) == 0, "a dispute goes by its opening's digest");
	ok(ledger_find(&g, (struct span){id, 7}) == g.n, "of which seven digits are too few");
	ok(ledger_find(&g, span_of(g.digests[1])) == g.n, "and an answer's is none");
	ok(flips_taken(str_span(&s), taken, NULL) == 0, "no bit of %zu bytes is free", s.len);
	ok(cuts_taken(str_span(&s), taken_within_a_line, NULL) == 0, "nor is it taken when it ends within a line");
	str_release(&s);
}

/* Lines removed, doubled, swapped. */
static void
moved(void)
{
	struct str s = {0}, t = {0};
	struct span rest, line[3];
	const char *id, *why;
	struct ledger g;
	int i, k, n = 0;

	id = add(&s, opening(NULL), network);
	add(&s, later(DISPUTE_ANSWER, id), issuer);
	add(&s, later(DISPUTE_REJECT, id), issuer);
	rest = str_span(&s);
	for (i = 0; i < 3; i++)
		n += span_cut(&rest, '\n', &line[i]);
	for (i = 0; i < 3; i++)
		for (k = 0; k < 3; k++) {
			if (k == i + 1 || (i == 0 && k == 0))
				continue;
			str_clear(&t);
			str_addf(&t, "%.*s\n%.*s\n", (int)line[i].len, line[i].p, (int)line[k].len, line[k].p);
			n += reads(&t, &g, &why) == ERR_CONTRADICT;
		}
	ok(n == 3 + 6, "two of three lines that do not follow each other are found out (%d)", n);
	str_clear(&t);
	str_addf(&t, "%.*s\n", (int)line[1].len, line[1].p);
	ok(reads(&t, &g, &why) == ERR_CONTRADICT, "so is a ledger whose beginning was cut off: %s", why);
	str_release(&s);
	str_release(&t);
}

static void
refusals(void)
{
	struct str s = {0};
	const char *id, *why;
	struct ledger g;

	id = add(&s, opening(NULL), network);
	add(&s, later(DISPUTE_ACCEPT, id), network);
	ok(reads(&s, &g, &why) == ERR_CONTRADICT && strstr(why, "nobody decides his own") != NULL, "who opened does not decide");
	ok(strstr(why, "line 2: signer:") != NULL, "which names line, field and rule: %s", why);
	str_clear(&s);
	add(&s, opening(NULL), network);
	add(&s, later(DISPUTE_ANSWER, HEX), issuer);
	ok(reads(&s, &g, &why) == ERR_CONTRADICT && strstr(why, "no line before opens it") != NULL, "an answer to nothing");
	str_clear(&s);
	id = add(&s, opening(NULL), network);
	id = add(&s, later(DISPUTE_ANSWER, id), issuer);
	add(&s, later(DISPUTE_ANSWER, id), issuer);
	ok(reads(&s, &g, &why) == ERR_CONTRADICT, "an answer to an answer");
	str_clear(&s);
	ok(reads(&s, &g, &why) == OK && g.n == 0, "no bytes are no lines");
	str_adds(&s, "{}\n");
	ok(reads(&s, &g, &why) == ERR_SYNTAX, "an object that is no line: %s", why);
	str_clear(&s);
	str_adds(&s, "\n");
	ok(reads(&s, &g, &why) == ERR_SYNTAX, "an empty line: %s", why);
	str_release(&s);
}

/* What says the same in another form. */
static void
one_form(void)
{
	static const char *const change[][2] = {{"{\"act\"", "{ \"act\""}, {"\"asn\":64500", "\"asn\":64500.0"},
	    {"\"asn\":64500", "\"asn\": 64500"}, {"net", "\\u006eet"}, {"{\"act\"", "{\"aaa\":1,\"act\""},
	    {"\"record\":null", "\"record\":false"}, {"\"act\":\"open\",", "\"act\":\"open\",\"act\":\"open\","}};
	struct str s = {0}, t = {0};
	const char *at, *why;
	struct ledger g;
	size_t i;
	int n = 0;

	add(&s, opening(NULL), network);
	for (i = 0; i < sizeof(change) / sizeof(*change); i++) {
		at = strstr(s.p, change[i][0]);
		if (at == NULL)
			continue;
		str_clear(&t);
		str_addf(&t, "%.*s%s%s", (int)(at - s.p), s.p, change[i][1], at + strlen(change[i][0]));
		n += reads(&t, &g, &why) != OK;
	}
	ok(n == (int)(sizeof(change) / sizeof(*change)), "a line has one form (%d)", n);
	str_release(&s);
	str_release(&t);
}

static bool
faulty(struct dispute_line l)
{
	return dispute_fault(&l) != NULL;
}

static void
fields(void)
{
	struct dispute_line l;

	ok(!faulty(opening(NULL)) && !faulty(later(DISPUTE_ACCEPT, HEX)), "good lines have no fault");
#define BAD(make, member, value, what)                                \
	do {                                                          \
		l = make;                                             \
		l.member = value;                                     \
		ok(faulty(l), what);                                  \
	} while (0)
	BAD(opening(NULL), asn, 0, "no AS");
	BAD(opening(NULL), control, "M3", "a control without its pack");
	BAD(opening(NULL), control, "a/b/c", "with two slashes");
	BAD(opening(NULL), control, "a /b", "with a space");
	BAD(opening(NULL), pack_status, NULL, "a control of a pack that is nothing");
	BAD(opening("x\ny"), asn, 1, "a record of two lines");
	BAD(opening(NULL), report, "abc", "a report that is no digest");
	BAD(opening(NULL), at, "2026-01-01", "a time that is a day");
	BAD(opening(NULL), reason, "", "no reason");
	BAD(opening(NULL), reason, "\x1b[31m", "a reason that steers a terminal");
	BAD(opening(NULL), until, "2027-01-01T00:00:00Z", "an opening with an end");
	BAD(opening(NULL), dispute, HEX, "an opening of another dispute");
	BAD(later(DISPUTE_ACCEPT, HEX), until, NULL, "an acceptance without an end");
	BAD(later(DISPUTE_ACCEPT, HEX), until, "2026-01-01T00:00:00Z", "which is over at once");
	BAD(later(DISPUTE_REJECT, HEX), until, "2027-01-01T00:00:00Z", "a rejection with an end");
	BAD(later(DISPUTE_ANSWER, NULL), asn, 0, "an answer to nothing");
	BAD(later(DISPUTE_ANSWER, HEX), asn, 1, "an answer on an AS");
}

static void
standing(void)
{
	struct key_pub pub[2] = {*key_pub(issuer), *key_pub(network)};
	enum verify_role role[2] = {VERIFY_ISSUER, VERIFY_NETWORK};
	const struct verify_keys known = {pub, role, 2}, nobody = {0};
	const struct utc day = {1782864000 - 86400}, end = {1782864000};	/* 2026-07-01 */
	struct dispute_standing t;
	struct str s = {0};
	const char *id, *why;
	struct ledger g;
	bool good = true;

	id = add(&s, opening(NULL), network);
	good = reads(&s, &g, &why) == OK;
	dispute_stand(&g, 0, &known, day, &t);
	ok(good && t.state == DISPUTE_UNDECIDED && t.decides == g.n && t.answer == g.n, "opened: open");
	add(&s, later(DISPUTE_ACCEPT, id), stranger);
	good = reads(&s, &g, &why) == OK;
	dispute_stand(&g, 0, &known, day, &t);
	ok(good && t.state == DISPUTE_UNDECIDED && t.strangers == 1, "what a stranger decides counts for nothing, and is told");
	add(&s, later(DISPUTE_ACCEPT, id), issuer);
	add(&s, opening("x"), stranger);
	good = reads(&s, &g, &why) == OK;
	dispute_stand(&g, 0, &known, day, &t);
	ok(good && t.state == DISPUTE_ACCEPTED && t.decides == 2, "accepted by the issuer, a day before its end");
	dispute_stand(&g, 0, &known, end, &t);
	ok(t.state == DISPUTE_EXPIRED && t.decides == 2, "and expired with it");
	dispute_stand(&g, 0, &known, UTC_NONE, &t);
	ok(t.state == DISPUTE_ACCEPTED, "at no moment nothing has expired");
	dispute_stand(&g, 0, &nobody, day, &t);
	ok(t.state == DISPUTE_UNDECIDED && t.strangers == 2, "to who knows nobody it is open");
	dispute_stand(&g, 3, &known, day, &t);
	ok(t.state == DISPUTE_UNDECIDED && t.strangers == 0, "another dispute is another");
	add(&s, later(DISPUTE_REJECT, id), issuer);
	good = reads(&s, &g, &why) == OK;
	dispute_stand(&g, 0, &known, day, &t);
	ok(good && t.state == DISPUTE_REJECTED, "the last decision counts");
	role[0] = VERIFY_NETWORK;
	dispute_stand(&g, 0, &known, day, &t);
	ok(t.state == DISPUTE_UNDECIDED, "and the network's decides nothing");
	str_release(&s);
}

static void
on_the_disk(void)
{
	struct dispute_line l = opening(NULL);
	char dir[] = "/tmp/t_dispute.XXXXXX", path[64], hex[SHA256_HEX + 1];
	struct ledger_file f, other;
	size_t i;
	enum err e;

	if (mkdtemp(dir) == NULL)
		abort();
	snprintf(path, sizeof(path), "%s/ledger", dir);
	ok(ledger_open(&f, path, false) == ERR_OPEN, "one that is not there cannot be read");
	ledger_close(&f);
	for (i = 0; i < 3; i++) {
		e = ledger_open(&f, path, true);
		ok(e == OK && f.ledger.n == i && f.is_new == (i == 0), "opened to append, with %zu lines", i);
		ok(ledger_open(&other, path, true) == ERR_STOPPED && strstr(other.why, "another writer") != NULL,
		    "while no other can");
		ledger_close(&other);
		ok(ledger_append(&f, &l, network, hex) == OK, "appended");
		ledger_close(&f);
	}
	e = ledger_open(&f, path, false);
	ok(e == OK && f.ledger.n == 3 && strcmp(f.ledger.digests[2], hex) == 0, "all three are there");
	ledger_close(&f);
	if (truncate(path, 0) != 0)
		abort();
	ok(ledger_open(&f, path, true) == ERR_SYNTAX && strstr(f.why, "is empty") != NULL, "an empty file was once more");
	ledger_close(&f);
	unlink(path);
	snprintf(path, sizeof(path), "%s/ledger.lock", dir);
	unlink(path);
	ok(rmdir(dir) == 0, "and nothing else is left");
}

int
main(void)
{
	a = arena_new();
	network = key_of("net.example", KEY_SIGNER, 1);
	issuer = key_of("audits.example/jane", KEY_SIGNER, 2);
	stranger = key_of("stranger.example", KEY_SIGNER, 3);
	free_bits();
	moved();
	refusals();
	one_form();
	fields();
	standing();
	on_the_disk();
	key_free(network);
	key_free(issuer);
	key_free(stranger);
	arena_free(a);
	return tap_done();
}
