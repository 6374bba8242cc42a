/* check: is what the archive holds what was put into it? */
#include "archive/sql.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define COMPLAINTS_MAX 100	/* of one kind: SQLite's own default */

struct check {
	struct archive *a;
	void (*each)(void *arg, const char *complaint);
	void *arg;
	uint64_t n;
};

static void PRINTF_LIKE(2, 3)
complain(struct check *c, const char *fmt, ...)
{
	struct str s = {0};
	va_list ap;

	va_start(ap, fmt);
	str_addv(&s, fmt, ap);
	va_end(ap);
	c->each(c->arg, s.p);
	c->n++;
	str_release(&s);
}

/* What SQLite itself finds: a row "ok", or what is wrong. */
static int
integrity_row(void *arg, int n, char **text, char **name)
{
	struct check *c = arg;

	(void)name;
	if (n > 0 && text[0] != NULL && strcmp(text[0], "ok") != 0)
		complain(c, "database: %s", text[0]);
	return 0;
}

static int
reference_row(void *arg, int n, char **text, char **name)
{
	struct check *c = arg;

	(void)name;
	if (c->n < COMPLAINTS_MAX && n > 2)
		complain(c, "table %s, row %s: what it refers to in %s is not there", text[0],
		    text[1] != NULL ? text[1] : "without a number", text[2]);
	return 0;
}

/* Every row of one assessment, as it was hashed when it came in. */
static enum err
rows_digest(struct check *c, const struct archived *x, const uint32_t *asns, size_t n, uint8_t out[static SHA256_BYTES])
{
	struct arena *arena = arena_new();
	struct archive_row r;
	struct str bytes = {0};
	struct sha256 h;
	enum err e = OK;
	bool found;
	size_t i, k;

	content_begin(&h);
	for (i = 0; i < n && e == OK; i++) {
		arena_reset(arena);
		e = read_row(c->a, x->id, asns[i], arena, &r, &found);
		/* a metric twice would not be sorted; the digest differs without it, too */
		for (k = 1; e == OK && k < r.n_numbers; k++)
			if (strcmp(r.numbers[k - 1].metric, r.numbers[k].metric) >= 0)
				e = archive_fail(c->a, ERR_CONTRADICT, "AS%" PRIu32 " has the metric %s twice", asns[i],
				    r.numbers[k].metric);
		if (e != OK)
			break;
		str_clear(&bytes);
		row_write(&bytes, &r);
		sha256_add(&h, bytes.p, bytes.len);
	}
	sha256_end(&h, out);
	str_release(&bytes);
	arena_free(arena);
	return e;
}

static enum err
networks_read(struct archive *a, int64_t assessment, uint32_t **asns, size_t *n)
{
	enum err e = OK;
	size_t cap = 0;
	stmt *s = sql_bind(a, SQL_NETWORKS, "i", assessment);

	*n = 0;
	while (sql_row(a, s, &e)) {
		*asns = grow(*asns, &cap, *n + 1, sizeof(**asns));
		(*asns)[(*n)++] = (uint32_t)sql_i64(s, 0);
	}
	return e;
}

/* An earlier schema has no counts, or no rows by control. */
static enum err
counts_check(struct check *c, const struct archived *x, const char *hex)
{
	bool same = true;

	if (archive_schema(c->a) < 3)
		return OK;
	TRY(tally_check(c->a, x->id, &same));
	if (!same)
		complain(c, "assessment %s: its verdicts are not as often as they are counted", hex);
	if (archive_schema(c->a) < SCHEMA_PLACES)
		return OK;
	TRY(places_check(c->a, x->id, &same));
	if (!same)
		complain(c, "assessment %s: its verdicts are not as often as they are counted by country", hex);
	if (archive_schema(c->a) < SCHEMA_SEARCH)
		return OK;
	TRY(given_check(c->a, x->id, &same));
	if (!same)
		complain(c, "assessment %s: its verdicts are not those kept by control", hex);
	return OK;
}

static enum err
assessment_check(struct check *c, const struct archived *x)
{
	uint8_t basis[SHA256_BYTES], content[SHA256_BYTES], digest[SHA256_BYTES];
	char hex[SHA256_HEX + 1];
	uint32_t *asns = NULL;
	size_t n = 0;
	enum err e;

	sha256_hex(x->digest, hex);
	e = networks_read(c->a, x->id, &asns, &n);
	if (e == OK)
		e = rows_digest(c, x, asns, n, content);
	archive_basis(&x->head, asns, n, basis);
	free(asns);
	if (e == ERR_CONTRADICT || e == ERR_CORRUPT)
		complain(c, "assessment %s: %s", hex, archive_why(c->a));
	if (e != OK)
		return e == ERR_CONTRADICT || e == ERR_CORRUPT ? OK : e;
	archive_digest(basis, content, digest);
	if (n != x->networks)
		complain(c, "assessment %s: %zu networks are there, %" PRIu64 " were put in", hex, n, x->networks);
	if (memcmp(basis, x->basis, SHA256_BYTES) != 0)
		complain(c, "assessment %s: its moment, parameters, packs, inputs or networks are not those put in", hex);
	if (memcmp(content, x->content, SHA256_BYTES) != 0)
		complain(c, "assessment %s: its results are not those put in", hex);
	if (memcmp(digest, x->digest, SHA256_BYTES) != 0)
		complain(c, "assessment %s: its digest is not that of what it depends on", hex);
	return counts_check(c, x, hex);
}

static enum err
assessments_check(struct check *c)
{
	struct arena *arena = arena_new();
	struct archived *all;
	size_t n = 0, i;
	enum err e = read_heads(c->a, arena, true, &all, &n);

	for (i = 0; i < n && e == OK; i++)
		e = assessment_check(c, &all[i]);
	arena_free(arena);
	return e;
}

static void
window_complaint(void *arg, const char *text)
{
	complain(arg, "%s", text);
}

enum err
archive_check(struct archive *a, void (*each)(void *arg, const char *complaint), void *arg, uint64_t *n)
{
	struct check c = {a, each, arg, 0};
	enum err e;

	e = sql_each(a, "PRAGMA integrity_check", integrity_row, &c);
	if (e == OK && c.n == 0)
		e = sql_each(a, "PRAGMA foreign_key_check", reference_row, &c);
	/* rows of a broken database say nothing */
	if (e == OK && c.n == 0)
		e = assessments_check(&c);
	if (e == OK && archive_schema(a) >= 4)	/* earlier ones have none */
		e = windows_check(a, window_complaint, &c);
	if (e == OK && archive_schema(a) >= 5)
		e = exposures_check(a, window_complaint, &c);
	if (e == ERR_CORRUPT) {
		complain(&c, "%s", archive_why(a));
		e = OK;
	}
	*n = c.n;
	return e;
}
