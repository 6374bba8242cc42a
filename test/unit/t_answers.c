/* Answers of providers: the sheet as spreadsheets write it back, rows that cannot be used, and what is said twice. */
#include "pack.h"
#include "pipe/answers.h"
#include "text_test.h"

#define HEAD "Question ID,ASN,Provider answer,Implementation description,Attested by,Attested on,Valid until\n"
#define DAY "2026-01-31T00:00:00Z"
#define BAD(field, err) "record skipped " field ": " err
#define FORM "not in the form expected"

static void
test_forms(void)
{
	gives(text_answers, HEAD "P-DDOS-1,64500,Yes,How,J. Doe,2026-01-31,2026-12-31\n",
	    "2 AS64500 yes|P-DDOS-1|How|J. Doe|" DAY "|2026-12-31T00:00:00Z\n", "", "a row");
	gives(text_answers, "\xef\xbb\xbf" "Evidence,VALID UNTIL,attested by,Provider Answer,asn, question id ,Attested On\r\n"
	    "file.pdf,,\"Doe, \"\"J\"\"\",nA,AS64500, M2 ,2026-01-31T02:00:00+02:00\r\n",
	    "2 AS64500 na|M2||Doe, \"J\"|" DAY "|unknown\n", "",
	    "any order and case of columns, others among them, a byte order mark, CRLF");
	gives(text_answers, HEAD "\"M2\",64500,no,\"Two\r\nlines\",,,\nM3,64500,YES,,,,\n",
	    "3 AS64500 no|M2|Two\nlines||unknown|unknown\n4 AS64500 yes|M3|||unknown|unknown\n", "",
	    "a line break within a cell: the row is named by its last line");
	gives(text_answers, HEAD "M2,64500,,,,,\n,,,,,,\nM3,nobody, ,,,yesterday,\n", "", "",
	    "what has no answer is a question, and no error");
	gives(text_answers, "Question ID,ASN,Provider answer\nM2,64500,Yes\n", "2 AS64500 yes|M2|||unknown|unknown\n", "",
	    "columns of who and when may be missing: then nobody signed");
	gives(text_answers, HEAD, "", "", "a sheet without rows");
}

static void
test_bad(void)
{
	static const struct { const char *row, *diag; } t[] = {
		{"M2,64500,Maybe,,,,", BAD("Provider answer", FORM)},
		{"M2,64500,N/A,,,,", BAD("Provider answer", FORM)},
		{"M2,64500,Y,,,,", BAD("Provider answer", FORM)},
		{" ,64500,Yes,,,,", BAD("Question ID", FORM)},
		{"M2,,Yes,,,,", BAD("ASN", FORM)},
		{"M2,64.500,Yes,,,,", BAD("ASN", FORM)},
		{"M2,64500 64501,Yes,,,,", BAD("ASN", FORM)},
		{"M2,4294967296,Yes,,,,", BAD("ASN", "out of range")},
		{"M2,64500,Yes,,,31/01/2026,", BAD("Attested on", FORM)},
		{"M2,64500,Yes,,,20260131,", BAD("Attested on", FORM)},
		{"M2,64500,Yes,,,1767225600,", BAD("Attested on", FORM)},
		{"M2,64500,Yes,,,2026-02-29,", BAD("Attested on", "out of range")},
		{"M2,64500,Yes,,,2026-01-31T10:00,", BAD("Attested on", FORM)},
		{"M2,64500,Yes,,,,soon", BAD("Valid until", FORM)},
		{"M2,64500,Yes,,,2026-01-31,2026-01-30", BAD("Valid until", "contradicts itself")},
		{"M2,64500,Yes,,,,,", BAD("answers.line", FORM)},
		{"M2,64500,Yes", BAD("answers.line", FORM)},
	};
	char text[512];
	size_t i;

	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		snprintf(text, sizeof(text), HEAD "%s\nM9,64500,No,,,,\n", t[i].row);
		gives(text_answers, text, "3 AS64500 no|M9|||unknown|unknown\n", t[i].diag, t[i].row);
	}
	gives(text_answers, "Question ID,ASN\nM2,64500\n", "", "source incomplete Provider answer: not recognised",
	    "no column of answers");
	gives(text_answers, "Question ID;ASN;Provider answer\nM2;64500;Yes\n", "",
	    "source incomplete Question ID: not recognised", "semicolons");
	gives(text_answers, "ASN,Question ID,ASN,Provider answer\n1,M2,2,Yes\n", "",
	    "source incomplete ASN: contradicts itself", "a column twice");
	gives(text_answers, "", "", "source incomplete answers.line: input ends early", "an empty file");
	gives(text_answers, HEAD "M2,64500,No,,,,\nM3,64500,Yes,\"open,,,\nM4,64500,Yes,,,,\n",
	    "2 AS64500 no|M2|||unknown|unknown\n", "source incomplete answers.line: input ends early",
	    "a quote that nothing closes");
}

static void
test_long(void)
{
	static char text[40000];
	struct text_run r;

	memset(text, 'x', sizeof(text) - 1);
	memcpy(text, HEAD "M2,64500,Yes,", strlen(HEAD "M2,64500,Yes,"));
	memcpy(text + sizeof(text) - 5, ",,,\n", 4);
	r = text_run(text_answers, text, strlen(text), 0);
	ok(r.rows == 0 && r.diags.n_level[DIAG_SKIP_RECORD] == 1 && r.diags.kept[0].err == ERR_LIMIT,
	    "a text longer than a cell is over a named limit");
	text_run_release(&r);
	r = text_run(text_answers, HEAD "M2,64500,Yes,a\0b,,,\n", sizeof(HEAD "M2,64500,Yes,a\0b,,,\n") - 1, 0);
	ok(r.rows == 0 && r.diags.n_level[DIAG_SKIP_RECORD] == 1, "a text with a NUL is not cut short: it is not used");
	text_run_release(&r);
}

/* --- the file, sorted and settled --- */

static enum err
load(const char *text, size_t len, enum packing how, struct arena *a, struct answers_read *r)
{
	struct bytes in = bytes_room(len), b;
	const char *why;
	enum err e;

	memcpy(in.p, text, len);
	b = pack(how, in);
	e = answers_load(temp_file("answers", b), a, r, &why);
	free(b.p);
	if (b.p != in.p)
		free(in.p);
	return e;
}

static void
test_twice(struct arena *a)
{
	static const char text[] = HEAD
	    "M9,64501,No,,,,\n"
	    "M2,64500,Yes,one,J,2026-01-31,\n"
	    "m2,AS64500,yes, one ,J,2026-01-31,\n"
	    "M3,64500,Yes,,J,,\nM3,64500,No,,J,,\nM3,64500,Yes,,J,,\n"
	    "M4,64500,Yes,,J,2026-01-31,\nM4,64500,Yes,,J,2026-01-30,\n"
	    "M5,64500,Yes,,,,\nM5,64500,Maybe,,,,\n"
	    "M6,64500,,,,,\n";
	struct answers_read r;
	const struct answer *list;

	ok(load(text, sizeof(text) - 1, PACK_PLAIN, a, &r) == OK, "a file is read");
	list = r.answers.list;
	ok(r.answers.n == 3 && r.n_unanswered == 1, "of it, three answers count, and one question is open");
	ok(list[0].asn == 64500 && strcmp(list[0].control, "M2") == 0 && list[0].line == 3 &&
	    strcmp(list[1].control, "M5") == 0 && list[2].asn == 64501, "by network, then by question; the same once");
	ok(r.n_clashes == 2 && r.answers.n_skipped == 6, "five rows contradict each other, and one cannot be read");
	is_str(r.clashes[0], "AS64500 M3: lines 5, 6 and 7 differ", "all of a question are named");
	is_str(r.clashes[1], "AS64500 M4: lines 8 and 9 differ", "a date is a difference");
	ok(answers_find(&r.answers, 64500, "M3") == NULL && answers_find(&r.answers, 64500, "m5") == &list[1] &&
	    answers_find(&r.answers, 64501, "M9") == &list[2] && answers_find(&r.answers, 64502, "M9") == NULL,
	    "found by network and question, those that clash not");
	answers_read_release(&r);
	ok(load("a,b\n", 4, PACK_PLAIN, a, &r) != OK && diags_stopped(&r.diags), "another file is refused");
	answers_read_release(&r);
}

static void
test_find(struct arena *a)
{
	static char text[60000];
	struct answers_read r;
	size_t len = 0, i, found = 0, n = 0;
	char id[16];

	len += (size_t)snprintf(text, sizeof(text), HEAD);
	for (i = 0; i < 1000; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "C-%zu,%zu,Yes,,,,\n", i * 7 % 31, 64500 + i * 13 % 97);
	ok(load(text, len, PACK_XZ, a, &r) == OK, "a larger file, packed, is read");
	for (i = 0; i < 97 * 31; i++) {
		const struct answer *x;
		size_t k;

		snprintf(id, sizeof(id), "C-%zu", i % 31);
		x = answers_find(&r.answers, (uint32_t)(64500 + i / 31), id);
		for (k = 0; k < r.answers.n; k++)
			if (r.answers.list[k].asn == 64500 + i / 31 && strcmp(r.answers.list[k].control, id) == 0)
				break;
		n += k < r.answers.n;
		found += x == (k < r.answers.n ? &r.answers.list[k] : NULL);
	}
	ok(found == 97 * 31 && n == r.answers.n && n > 900, "%zu answers are found as by a naive search", n);
	answers_read_release(&r);
}

int
main(void)
{
	static const char sheet[] = HEAD "M2,64500,Yes,\"a\nb\",J,2026-01-31,\nM3,64500,No,,,,\n";
	struct arena *a = arena_new();

	test_forms();
	test_bad();
	test_long();
	holds_together(text_answers, sheet, "answers");
	breaks_off(text_answers, HEAD "M2,64500,Yes,,J,2026-01-31,\nM3,64500,No,,,,\n", "answers");
	test_twice(a);
	test_find(a);
	temp_end();
	arena_free(a);
	return tap_done();
}
