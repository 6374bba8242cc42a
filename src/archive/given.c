/* given: what a control gave every network of an assessment, in one row: a digit each, ascending by ASN. It follows from
 * millions of rows, and is asked for one control at a time. */
#include "archive/months.h"
#include "archive/sql.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define CONTROL_ID_MAX 100000	/* ids count from 1: a pack of a thousand controls a month for eight years */

/* --- while an assessment is put in --- */

void
given_begin(struct archive *a)
{
	a->put.given = xcalloc(a->put.n_controls + 1, sizeof(*a->put.given));
}

void
given_row(struct archive *a, const struct archive_row *r)
{
	size_t i;

	for (i = 0; i < r->n_verdicts; i++)
		str_addc(&a->put.given[i], (char)('0' + r->verdicts[i].verdict));
}

static enum err
put_one(struct archive *a, int64_t assessment, int64_t control, const struct str *digits)
{
	return sql_run(a, sql_bind(a, SQL_GIVEN_ADD, "iit", assessment, control, digits->p != NULL ? digits->p : ""));
}

enum err
given_put(struct archive *a)
{
	size_t i;

	for (i = 0; i < a->put.n_controls; i++)
		TRY(put_one(a, a->put.assessment, a->put.controls[i], &a->put.given[i]));
	return OK;
}

void
given_drop(struct archive *a)
{
	size_t i;

	for (i = 0; a->put.given != NULL && i < a->put.n_controls; i++)
		str_release(&a->put.given[i]);
	free(a->put.given);
	a->put.given = NULL;
}

/* --- again from the rows --- */

struct digits { struct str *of; size_t n; };	/* owned; by the id of a control */

static void
digits_release(struct digits *d)
{
	size_t i;

	for (i = 0; i < d->n; i++)
		str_release(&d->of[i]);
	free(d->of);
}

static enum err
digits_read(struct archive *a, int64_t assessment, struct digits *d)
{
	int64_t control, verdict;
	size_t cap = 0;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_GIVEN_ROWS, "i", assessment);

	*d = (struct digits){0};
	while (sql_row(a, s, &e)) {
		control = sql_i64(s, 0);
		verdict = sql_i64(s, 1);
		if (control < 1 || control > CONTROL_ID_MAX || verdict < 0 || verdict >= VERDICT_N) {
			e = archive_fail(a, ERR_CORRUPT, "a verdict is of no control, or cannot be");
			break;
		}
		if ((size_t)control >= d->n) {
			d->of = grow(d->of, &cap, (size_t)control + 1, sizeof(*d->of));
			memset(d->of + d->n, 0, ((size_t)control + 1 - d->n) * sizeof(*d->of));
			d->n = (size_t)control + 1;
		}
		str_addc(&d->of[control], (char)('0' + verdict));
	}
	sql_done(s);
	return e;
}

static enum err
fill_one(struct archive *a, int64_t assessment)
{
	struct digits d;
	enum err e = digits_read(a, assessment, &d);
	size_t i;

	for (i = 0; i < d.n && e == OK; i++)
		if (d.of[i].len > 0)
			e = put_one(a, assessment, (int64_t)i, &d.of[i]);
	digits_release(&d);
	return e;
}

enum err
given_fill(struct archive *a)
{
	int64_t *ids = NULL;
	size_t n = 0, cap = 0, i;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_ASSESSMENT_IDS, "");

	while (sql_row(a, s, &e)) {
		ids = grow(ids, &cap, n + 1, sizeof(*ids));
		ids[n++] = sql_i64(s, 0);
	}
	sql_done(s);
	for (i = 0; i < n && e == OK; i++)
		e = fill_one(a, ids[i]);
	free(ids);
	return e;
}

enum err
given_check(struct archive *a, int64_t assessment, bool *same)
{
	struct digits d;
	int64_t control;
	const char *text;
	size_t i, left = 0;
	enum err e = digits_read(a, assessment, &d);
	stmt *s = NULL;

	*same = true;
	for (i = 0; i < d.n; i++)
		left += d.of[i].len > 0;
	if (e == OK)
		s = sql_bind(a, SQL_GIVEN_ALL, "i", assessment);
	while (e == OK && sql_row(a, s, &e)) {
		arena_reset(a->row);
		control = sql_i64(s, 0);
		text = sql_word(s, 1, a->row);
		if (*text == '\0')	/* of an assessment of no network */
			continue;
		*same &= control > 0 && control < (int64_t)d.n && d.of[control].len > 0 && strcmp(text, d.of[control].p) == 0;
		left--;
	}
	*same &= left == 0;
	sql_done(s);
	digits_release(&d);
	return e;
}

/* --- asking --- */

enum err
archive_control_verdicts(struct archive *a, const struct archive_month *m, size_t k,
    void (*each)(void *arg, uint32_t asn, enum verdict v), void *arg)
{
	const char *digits = "";
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_GIVEN, "ii", m->id, (int64_t)k);

	arena_reset(a->row);
	if (sql_row(a, s, &e))
		digits = sql_word(s, 0, a->row);
	sql_done(s);
	TRY(e);
	s = sql_bind(a, SQL_NETWORKS, "i", m->id);
	while (sql_row(a, s, &e)) {
		if (*digits < '0' || *digits >= '0' + VERDICT_N) {
			e = archive_fail(a, ERR_CORRUPT, "a control has not a verdict for each network, or one that cannot be");
			break;
		}
		each(arg, (uint32_t)sql_i64(s, 0), (enum verdict)(*digits++ - '0'));
	}
	sql_done(s);
	return e != OK || *digits == '\0' ? e : archive_fail(a, ERR_CORRUPT, "a control has more verdicts than there are networks");
}
