/* places: how often each verdict was given, by where the holder is registered. By country and not by region: which
 * countries make a region is this program's word and may change, what the registries said is not. */
#include "archive/months.h"
#include "archive/sql.h"

#include <stdlib.h>
#include <string.h>

/* --- a network's own --- */

enum err
place_read(struct archive *a, stmt *s, int column, struct arena *arena, struct place *out)
{
	const char *country = sql_word(s, column + 1, arena);
	int64_t registry = sql_null(s, column) ? SERVICE_NONE : sql_i64(s, column);
	bool good;

	*out = (struct place){0};
	good = registry >= SERVICE_NONE && registry < SERVICE_N && (*country == '\0' || (registry != SERVICE_NONE &&
	    country_read(span_of(country), out->country) && strcmp(country, out->country) == 0));
	if (!good)
		return archive_fail(a, ERR_CORRUPT, "a registry or country cannot be");
	out->service = (uint8_t)registry;
	return OK;
}

/* --- counting --- */

static uint64_t *
tally_of(struct archive *a, const struct place *p)
{
	struct put *put = &a->put;
	struct place_tally *t;
	size_t i;

	for (i = 0; i < put->n_places; i++)
		if (place_same(&put->places[i].place, p))
			return put->places[i].n;
	put->places = grow(put->places, &put->cap_places, put->n_places + 1, sizeof(*put->places));
	t = &put->places[put->n_places++];
	*t = (struct place_tally){*p, arena_array(a->a, (put->n_controls + 1) * ARCHIVE_SIZE_N * VERDICT_N, sizeof(*t->n))};
	return t->n;
}

void
places_row(struct archive *a, const struct archive_row *r)
{
	enum archive_size size = archive_size_of(r);
	uint64_t *n;
	size_t i;

	if (r->place.service == SERVICE_NONE)
		return;
	n = tally_of(a, &r->place);
	for (i = 0; i < r->n_verdicts; i++)
		n[(i * ARCHIVE_SIZE_N + size) * VERDICT_N + r->verdicts[i].verdict]++;
}

enum err
places_put(struct archive *a)
{
	const struct put *p = &a->put;
	size_t i, k, size, v;

	for (i = 0; i < p->n_places; i++) {
		const uint64_t *n = p->places[i].n;

		for (k = 0; k < p->n_controls; k++)
			for (size = 0; size < ARCHIVE_SIZE_N; size++)
				for (v = 0; v < VERDICT_N; v++, n++)
					if (*n > 0)
						TRY(sql_run(a, sql_bind(a, SQL_PLACE_ADD, "itiiiii", p->assessment,
						    p->places[i].place.country, (int64_t)p->places[i].place.service, p->controls[k],
						    (int64_t)size, (int64_t)v, (int64_t)*n)));
	}
	return OK;
}

/* Those kept against those of the rows. */
enum err
places_check(struct archive *a, int64_t assessment, bool *same)
{
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_PLACES_CHECK, "i", assessment);

	*same = false;
	if (sql_row(a, s, &e))
		*same = sql_i64(s, 0) == 0;
	sql_done(s);
	return e;
}

/* --- reading --- */

struct at { int64_t id; size_t k; };	/* a control's id, and its place among all */

static int
by_id(const void *x, const void *y)
{
	const struct at *a = x, *b = y;

	return (a->id > b->id) - (a->id < b->id);
}

static enum err
controls_read(struct archive *a, const struct archive_month *m, struct at **out, size_t *n)
{
	size_t max = head_controls(&m->head);
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_PLACE_CONTROLS, "i", m->id);

	*out = xcalloc(max + 1, sizeof(**out));
	for (*n = 0; *n < max && sql_row(a, s, &e); ++*n)
		(*out)[*n] = (struct at){sql_i64(s, 0), *n};
	sql_done(s);
	if (*n > 1)
		qsort(*out, *n, sizeof(**out), by_id);
	return e;
}

static const struct at *
control_find(const struct at *at, size_t n, int64_t id, const struct at *last)
{
	const struct at key = {id, 0};

	if (last != NULL && last->id == id)	/* rows of one control follow each other */
		return last;
	return n > 0 ? bsearch(&key, at, n, sizeof(*at), by_id) : NULL;
}

static enum err
count_read(struct archive *a, stmt *s, struct archive_place_count *out)
{
	int64_t size = sql_i64(s, 3), v = sql_i64(s, 4), n = sql_i64(s, 5), registry = sql_i64(s, 1);
	struct arena *arena = a->row;
	const char *country;

	arena_reset(arena);
	country = sql_word(s, 0, arena);
	if (size < 0 || size >= ARCHIVE_SIZE_N || v < 0 || v >= VERDICT_N || n < 0 || registry <= SERVICE_NONE ||
	    registry >= SERVICE_N || (*country != '\0' && !country_read(span_of(country), out->place.country)))
		return archive_fail(a, ERR_CORRUPT, "a count is of no registry, country, size or verdict");
	if (*country == '\0')
		out->place.country[0] = '\0';
	out->place.service = (uint8_t)registry;
	out->size = (enum archive_size)size;
	out->verdict = (enum verdict)v;
	out->n = (uint64_t)n;
	return OK;
}

enum err
archive_places_read(struct archive *a, const struct archive_month *m, const char *country,
    void (*each)(void *arg, const struct archive_place_count *c), void *arg)
{
	struct archive_place_count c = {0};
	const struct at *last = NULL;
	struct at *at;
	size_t n;
	enum err e = controls_read(a, m, &at, &n);
	stmt *s = e != OK ? NULL : country != NULL ? sql_bind(a, SQL_PLACES_OF, "it", m->id, country) :
	    sql_bind(a, SQL_PLACES, "i", m->id);

	while (e == OK && sql_row(a, s, &e)) {
		last = control_find(at, n, sql_i64(s, 2), last);
		e = last != NULL ? count_read(a, s, &c) : archive_fail(a, ERR_CORRUPT, "a count is of no control");
		if (e != OK)
			break;
		c.control = last->k;
		each(arg, &c);
	}
	if (s != NULL)
		sql_done(s);
	free(at);
	return e;
}
