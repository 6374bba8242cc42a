/* What processes of one command hand each other: cosignatures to the one that writes the log, a mark to the one that has
 * the key. One form each, and nothing is believed. */
#include "base/limits.h"
#include "mark_report.h"
#include "seal.h"
#include "seal/checkpoint.h"
#include "seal/cosigned.h"
#include "seal/ledger_gist.h"
#include "seal/mark_ground.h"
#include "seal/mark_stand.h"
#include "seal/mark_wire.h"
#include "seal/policy.h"
#include "tap.h"

#define TEXT "log.example/a\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"

static struct arena *a;

/* --- cosignatures --- */

static struct span
line_of(const struct key *k, const char *text)
{
	struct str s = {0};
	struct span line;

	note_add(&s, span_of(text), k, 7);
	line = arena_span(a, (struct span){s.p, s.len - 1});
	str_release(&s);
	return line;
}

static bool
good_of(struct span bytes, void *ctx)
{
	const struct key *const *k = ctx;
	struct cosigned c;
	size_t i;

	if (cosigned_read(bytes, a, &c) != OK || c.n != 2 || c.forked)
		return false;
	for (i = 0; i < c.n; i++)
		if (c.lines[i].witness != 3 * i || !cosigned_good(&c, &c.lines[i], key_pub(k[i]), a))
			return false;
	return true;
}

static bool
is_read(const char *text)
{
	struct cosigned c;

	return cosigned_read(span_of(text), a, &c) == OK;
}

static void
cosignatures(void)
{
	struct key *k[2] = {key_of("w.example/a", KEY_WITNESS, 1), key_of("w.example/b", KEY_WITNESS, 2)};
	struct cosigned_line lines[2] = {{0, line_of(k[0], TEXT)}, {3, line_of(k[1], TEXT)}};
	struct cosigned c = {.lines = lines, .n = 2, .text = SPAN(TEXT)}, back;
	struct str out = {0}, again = {0};

	cosigned_write(&out, &c);
	ok(cosigned_read(str_span(&out), a, &back) == OK && back.n == 2 && span_eq(back.text, c.text) && !back.forked, "it is read back");
	ok(good_of(str_span(&out), k), "and its lines are good");
	cosigned_write(&again, &back);
	ok(span_eq(str_span(&again), str_span(&out)), "and written again the same");
	ok(flips_taken(str_span(&out), good_of, k) == 0, "of each bit that is changed something is noticed");
	ok(cuts_taken(str_span(&out), good_of, k) == 0, "and of each end that is lacking");
	lines[0].line = line_of(k[0], "log.example/a\n4\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
	ok(!cosigned_good(&c, &lines[0], key_pub(k[0]), a), "a line over another checkpoint is not good");
	ok(!cosigned_good(&c, &lines[1], key_pub(k[0]), a), "nor one by another witness");
	lines[1].line = SPAN("\xe2\x80\x94 w.example/b AAAAAAAA\n\xe2\x80\x94 x AAAAAAA=");
	ok(!cosigned_good(&c, &lines[1], key_pub(k[1]), a), "nor two lines for one");
	ok(is_read("cosigned 1\n\nx\n") && is_read("cosigned 0\n0 x\n1 x\n255 x\n\nx\n"), "what is read");
	ok(!is_read("") && !is_read("cosigned 2\n\nx\n") && !is_read("cosigned 0\n\n") && !is_read("cosigned 0\n\nx") &&
	    !is_read("cosigned 0\n0 x\nx\n") && !is_read("cosigned 0\n0\n\nx\n") && !is_read("cosigned 0\n0 \n\nx\n") &&
	    !is_read("cosigned 0\n00 x\n\nx\n") && !is_read("cosigned 0\n256 x\n\nx\n") &&
	    !is_read("cosigned 0\n1 x\n1 y\n\nx\n") && !is_read("cosigned 0\n1 x\n0 y\n\nx\n"), "and what is not");
	str_release(&out);
	str_release(&again);
	key_free(k[0]);
	key_free(k[1]);
}

/* --- a mark --- */

static const struct mr carries = {.c = {{true, false, false, 31, {0, 1}, 2, {true, false}, 0, 0},
    {true, false, false, 92, {1}, 1, {true}, 0, 1}, {true, false, false, 0, {2}, 1, {true}, 0, 1}}, .n = 3,
    .day = {75, 60, 1, 1, 1, 1}, .at = 100};

static bool
reads(struct span bytes, void *ctx)
{
	struct mark m;

	(void)ctx;
	return mark_wire_read(bytes, a, &m) == OK;
}

static bool
text_is(struct span whole, const char *was, const char *is)
{
	char *p = arena_strdup(a, whole), *at = strstr(p, was);
	struct mark m;

	return at != NULL &&
	    mark_wire_read(span_of(arena_printf(a, "%.*s%s%s", (int)(at - p), p, is, at + strlen(was))), a, &m) == OK;
}

static void
mark(void)
{
	struct str report = {0}, wire = {0}, one = {0}, two = {0};
	struct mark_lacks lacks;
	const char *why = NULL;
	struct mark m, back;
	struct span all;

	mr_write(&report, &carries);
	ok(mark_ground(str_span(&report), 64500, "tender", a, &m, &lacks, &why) == OK && lacks.n == 0, "a report carries one");
	mark_wire_write(&wire, &m);
	all = str_span(&wire);
	ok(mark_wire_read(all, a, &back) == OK && back.issuer == NULL && back.log == NULL && back.address == NULL, "it is read back");
	m.issuer = m.log = back.issuer = back.log = "x";
	mark_write(&one, &m);
	mark_write(&two, &back);
	is_str(two.p, one.p, "and is the same mark");
	ok(cuts_taken(all, reads, NULL) == 0, "none that ends early is read");
	ok(mark_wire_fits(&back, 64500, str_span(&report)) && !mark_wire_fits(&back, 64501, str_span(&report)) &&
	    !mark_wire_fits(&back, 64500, str_span(&wire)), "it is of one network, and of one report");
	str_addc(&wire, '\n');
	ok(!reads(str_span(&wire), NULL), "nor one with more behind it");
	ok(text_is(all, "mark 64500", "mark 64501") && !text_is(all, "mark 64500", "mark 064500") &&
	    !text_is(all, "mark 64500", "mark 4294967296") && !text_is(all, "mark 64500", "mark 64500 "), "its numbers have one form");
	ok(!text_is(all, " 3\n", " 2\n") && !text_is(all, " 3\n", " 4\n") && !text_is(all, " 3\n", " 4097\n"), "and count what is there");
	ok(!text_is(all, "\n1 31\n", "\n2 31\n") && !text_is(all, "\n1 31\n", "\n1 36501\n") && !text_is(all, "\n1 31\n", "\n1\n"),
	    "so do those of a control");
	ok(!text_is(all, "=tender\n", "tender\n") && !text_is(all, "=tender\n", "-\n") && !text_is(all, "=tender\n", ""),
	    "a text that must be there is");
	str_release(&report);
	str_release(&wire);
	str_release(&one);
	str_release(&two);
}

/* --- how marks stand --- */

#define HEX "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define AT " 2031-06-01T00:00:00Z pack\n"

static bool
stands_read(struct span bytes, void *ctx)
{
	size_t *n = ctx;
	struct mark_stands s;

	return mark_stands_read(bytes, a, &s) == OK && s.n == *n;
}

static bool
line_is_read(const char *line)
{
	size_t n = 1;

	return stands_read(span_of(arena_printf(a, "marks 7 " HEX "\n%s", line)), &n);
}

static void
stands(void)
{
	struct mark_stand of[2] = {{.sha256 = HEX, .pack = "p", .at = "2031-06-01T00:00:00Z", .index = 3, .superseded = true},
	    {.sha256 = HEX, .pack = "q", .at = "2031-06-02T00:00:00Z", .index = 5, .suspended = true, .since = 6, .own_suspended = true,
		.own_since = TREE_SIZE_MAX}};
	struct mark_stands s = {.of = of, .n = 2, .size = 7, .root = HEX}, back;
	struct str out = {0}, again = {0};
	size_t two = 2;

	mark_stands_write(&out, &s);
	ok(mark_stands_read(str_span(&out), a, &back) == OK && back.n == 2 && back.size == 7 && !back.of[0].suspended &&
	    back.of[0].superseded && back.of[1].suspended && back.of[1].since == 6 && back.of[1].own_since == TREE_SIZE_MAX &&
	    strcmp(back.of[1].pack, "q") == 0, "how marks stand is read back");
	mark_stands_write(&again, &back);
	is_str(again.p, out.p, "and written again the same");
	ok(cuts_taken(str_span(&out), stands_read, &two) == 0, "none that ends early is the same");
	ok(line_is_read(HEX " 3 1 - -" AT) && line_is_read(HEX " 3 0 4 -" AT), "what a line is");
	ok(!line_is_read(HEX " - 1 - -" AT) && !line_is_read(HEX " 3 2 - -" AT) && !line_is_read(HEX " 3 - - -" AT) &&
	    !line_is_read(HEX " 3 1 -" AT) && !line_is_read(HEX " 03 1 - -" AT) && !line_is_read(HEX "a 3 1 - -" AT) &&
	    !line_is_read("A" HEX " 3 1 - -" AT) && !line_is_read(HEX " 3 1 - - 2031-06-01 pack\n") &&
	    !line_is_read(HEX " 3 1 - - 2031-06-01T00:00:00Z \n") && !line_is_read(HEX " 3 1 - - 2031-06-01T00:00:00Z\n") &&
	    !line_is_read(HEX " 3 1 9223372036854775808 -" AT) && !line_is_read("\n"), "and what is none");
	str_release(&out);
	str_release(&again);
}

/* --- a ledger --- */

#define OPENED "\nopen 1 64500\n" HEX "\n" HEX "\n2031-06-01T00:00:00Z\n" HEX "\nmanrs-netops/M5\nproposal\n"

static bool
gist_reads(struct span bytes, void *ctx)
{
	struct ledger g;
	size_t open, *want = ctx;

	return ledger_gist_read(bytes, a, &g, &open) == OK && open == *want;
}

static bool
gist_is(const char *text, size_t want)
{
	return gist_reads(span_of(text), &want);
}

static void
ledgers(void)
{
	const struct dispute_line lines[3] = {{.at = NULL}, {.asn = 64500, .at = "2031-06-01T00:00:00Z", .report = HEX,
	    .control = "manrs-netops/M5", .pack_status = "proposal", .signer = {.pk = {0xab, 0x01, 0xff}}}, {.at = NULL}};
	const char *const digests[3] = {HEX, HEX, HEX};
	const struct ledger g = {lines, digests, 3};
	struct ledger back;
	struct str out = {0};
	size_t open = 0, one = 1;

	ledger_gist_write(&out, &g, 1);
	ok(ledger_gist_read(str_span(&out), a, &back, &open) == OK && open == 1 && back.n == 3 && back.lines[1].asn == 64500 &&
	    memcmp(back.lines[1].signer.pk, lines[1].signer.pk, ED25519_PUBLIC) == 0 && strcmp(back.lines[1].control, lines[1].control) == 0,
	    "what an append needs of a ledger is read back");
	ok(cuts_taken(str_span(&out), gist_reads, &one) == 0, "none that ends early is the same");
	ok(gist_is("ledger 0\n-\n-\n", 0) && gist_is("ledger 3\n" HEX "\n" HEX "\n", 3) && gist_is("ledger 3\n" HEX "\n" HEX OPENED, 1),
	    "its forms");
	ok(!gist_is("ledger 0\n" HEX "\n-\n", 0) && !gist_is("ledger 1\n-\n-\n", 1) && !gist_is("ledger 1\n" HEX "\n" HEX OPENED, 1) &&
	    !gist_is("ledger 20001\n" HEX "\n" HEX "\n", 20001) && !gist_is("ledger 3\n" HEX "\n" HEX OPENED "x\n", 1), "and no others");
	str_clear(&out);
	ledger_digests_write(&out, &g);
	ok(ledger_digests_read(str_span(&out), a, &back) == OK && back.n == 3 && strcmp(back.digests[2], HEX) == 0, "digests alone are");
	out.len--;
	ok(ledger_digests_read(str_span(&out), a, &back) != OK, "and are whole");
	str_release(&out);
}

int
main(void)
{
	a = arena_new();
	cosignatures();
	mark();
	stands();
	ledgers();
	arena_free(a);
	return tap_done();
}
