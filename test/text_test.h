/*
 * text_test: what the tests of all text decoders ask.
 */
#ifndef TEXT_TEST_H
#define TEXT_TEST_H

#include "feed_file.h"
#include "tap.h"
#include "text_run.h"

/* text gives these rows, and as its first diag diag ("" when it must give none). */
static inline void
gives(text_decode *decode, const char *text, const char *rows, const char *diag, const char *what)
{
	struct text_run r = text_run(decode, text, strlen(text), 0);
	char got[256] = "";

	if (r.diags.n_kept > 0)
		snprintf(got, sizeof(got), "%s %s: %s", diag_level_text(r.diags.kept[0].level),
		    r.diags.kept[0].field, err_text(r.diags.kept[0].err));
	is_str(r.out.p, rows, "%s", what);
	is_str(got, diag, "%s: the diag", what);
	ok(r.err == OK, "%s: bad data is no error of ours", what);
	text_run_release(&r);
}

/* Fed byte by byte it is the same. Every cut of it fails cleanly: no more records than the
 * whole has; and a cut within a line is noticed. */
static inline void
holds_together(text_decode *decode, const char *text, const char *what)
{
	size_t len = strlen(text), i, wrong = 0, silent = 0;
	struct text_run whole = text_run(decode, text, len, 0), r;

	for (i = 1; i < 8; i++) {
		r = text_run(decode, text, len, i);
		wrong += !text_run_same(&whole, &r);
		text_run_release(&r);
	}
	ok(wrong == 0, "%s: fed in pieces of 1 to 7 bytes it is the same", what);
	for (i = wrong = 0; i < len; i++) {
		char *exact = malloc(i + 1);

		if (exact == NULL)
			abort();
		memcpy(exact, text, i);
		r = text_run(decode, exact, i, 0);
		wrong += r.err != OK || r.rows > whole.rows;
		if (i > 0 && text[i - 1] != '\n' && text[i - 1] != '\r')
			silent += diags_total(&r.diags) == 0;
		text_run_release(&r);
		free(exact);
	}
	ok(wrong == 0, "%s: no cut of it gives an error or another record", what);
	ok(silent == 0, "%s: no cut within a line goes unnoticed", what);
	text_run_release(&whole);
}

/* A stream that breaks off: 4 bytes at a time up to left, then err. */
struct broken {
	const char *p;
	size_t left;
	enum err err;
};

static inline enum err
broken_fill(void *arg, const uint8_t **buf, size_t *len)
{
	struct broken *b = arg;

	*len = b->left < 4 ? b->left : 4;
	*buf = (const uint8_t *)b->p;
	b->p += *len;
	b->left -= *len;
	return *len == 0 ? b->err : OK;
}

/* A damaged stream stops the source, and the line that it broke off in is not used, though it
 * may look whole; what the environment did is returned. */
static inline void
breaks_off(text_decode *decode, const char *text, const char *what)
{
	static const enum err errs[] = {ERR_CORRUPT, ERR_IO};
	struct text_run whole = text_run(decode, text, strlen(text), 0);
	size_t i;

	for (i = 0; i < 2; i++) {
		struct broken b = {text, strlen(text) - 1, errs[i]};
		struct text_run r = {0};
		struct feed f;

		feed_init(&f, broken_fill, &b);
		decode(&f, &r);
		feed_release(&f);
		ok(diags_stopped(&r.diags) && r.err == (errs[i] == ERR_IO ? ERR_IO : OK),
		    "%s: a stream that ends in \"%s\" stops the source", what, err_text(errs[i]));
		ok(r.rows < whole.rows, "%s: the line that it broke off in is not used", what);
		text_run_release(&r);
	}
	text_run_release(&whole);
}

/* A real file: what it counts, what it hands out, how many diags. */
static inline void
real_file(text_decode *decode, const char *name, uint64_t n, uint64_t rows, uint64_t diags)
{
	struct feed_file f;
	struct text_run r = {0};

	if (shared_data() == NULL || !feed_file_open(&f, shared_data(), name)) {
		skip("no real data beside the checkout");
		return;
	}
	decode(&f.feed, &r);
	ok(r.n == n && r.rows == rows, "%s has %llu records and gives %llu", name,
	    (unsigned long long)n, (unsigned long long)rows);
	if (r.n != n || r.rows != rows)
		printf("# got %llu and %llu\n", (unsigned long long)r.n, (unsigned long long)r.rows);
	ok(r.err == OK && diags_total(&r.diags) == diags && !diags_stopped(&r.diags),
	    "%s is read to its end with %llu diags", name, (unsigned long long)diags);
	feed_file_close(&f);
	text_run_release(&r);
}

#endif
