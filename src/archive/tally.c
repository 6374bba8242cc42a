/* tally: how often each verdict was given in an assessment. It follows from the rows, which are millions, and is what
 * is asked for most. */
#include "archive/months.h"
#include "archive/sql.h"

#include <inttypes.h>
#include <string.h>

#define SIZE_BY "rov-invalid"	/* its population is the originated routes; schema.c says the same in SQL */

static const char *const words[ARCHIVE_SIZE_N] = {"none", "1-9", "10-99", "100-"};

const char *
archive_size_word(enum archive_size s)
{
	return words[s];
}

enum archive_size
archive_size_of(const struct archive_row *r)
{
	const struct archive_number *n = row_number(r, SIZE_BY);

	if (n == NULL || n->state != METRIC_OK || n->den == 0)
		return ARCHIVE_SIZE_NONE;
	return n->den < 10 ? ARCHIVE_SIZE_SMALL : n->den < 100 ? ARCHIVE_SIZE_MEDIUM : ARCHIVE_SIZE_LARGE;
}

void
tally_begin(struct archive *a)
{
	a->put.tally = arena_array(a->a, (a->put.n_controls + 1) * ARCHIVE_SIZE_N * VERDICT_N, sizeof(*a->put.tally));
}

void
tally_row(struct archive *a, const struct archive_row *r)
{
	enum archive_size size = archive_size_of(r);
	size_t i;

	for (i = 0; i < r->n_verdicts; i++)
		a->put.tally[(i * ARCHIVE_SIZE_N + size) * VERDICT_N + r->verdicts[i].verdict]++;
}

enum err
tally_put(struct archive *a)
{
	const uint64_t *n = a->put.tally;
	size_t i, size, v;

	for (i = 0; i < a->put.n_controls; i++)
		for (size = 0; size < ARCHIVE_SIZE_N; size++)
			for (v = 0; v < VERDICT_N; v++, n++)
				if (*n > 0)
					TRY(sql_run(a, sql_bind(a, SQL_TALLY_ADD, "iiiii", a->put.assessment,
					    a->put.controls[i], (int64_t)size, (int64_t)v, (int64_t)*n)));
	return OK;
}

enum err
archive_tally_read(struct archive *a, const struct archive_month *m, struct arena *arena, archive_tally **out)
{
	size_t n = head_controls(&m->head);
	int64_t at, size, v;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_TALLY, "i", m->id);

	*out = arena_array(arena, n + 1, sizeof(**out));
	while (sql_row(a, s, &e)) {
		at = sql_i64(s, 0);
		size = sql_i64(s, 1);
		v = sql_i64(s, 2);
		if (at < 1 || at > (int64_t)n || size < 0 || size >= ARCHIVE_SIZE_N || v < 0 || v >= VERDICT_N ||
		    sql_i64(s, 3) < 0) {
			e = archive_fail(a, ERR_CORRUPT, "a count is of no control, size or verdict");
			break;
		}
		(*out)[at - 1][size][v] = (uint64_t)sql_i64(s, 3);
	}
	sql_done(s);
	return e;
}

/* Those kept against those of the rows. */
enum err
tally_check(struct archive *a, int64_t assessment, bool *same)
{
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_TALLY_CHECK, "i", assessment);

	*same = false;
	if (sql_row(a, s, &e))
		*same = sql_i64(s, 0) == 0;
	sql_done(s);
	return e;
}
