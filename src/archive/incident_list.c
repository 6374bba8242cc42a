/* incident_list: the incidents of a window that are asked for, a page at a time. What a network did, and what is of one
 * confidence, is looked up for each class and confidence that there is, and the few that begin the page are put in order:
 * a network with a hundred thousand incidents costs no more than one with a hundred. */
#include "archive/incidents.h"
#include "archive/sql.h"

#include <stdlib.h>
#include <string.h>

#define ANY_CLASS ((1u << OFF_N) - 1)

struct page {
	struct archive_incident_row *rows;	/* owned */
	size_t n, cap;
};

static enum err
rows_read(struct archive *a, stmt *s, uint32_t classes, struct arena *arena, struct page *p, uint32_t limit)
{
	enum err e = OK;

	while ((limit == 0 || p->n < limit) && sql_row(a, s, &e)) {
		p->rows = grow(p->rows, &p->cap, p->n + 1, sizeof(*p->rows));
		if (!incident_read(s, arena, &p->rows[p->n])) {
			e = incident_broken(a);
			break;
		}
		p->n += (classes >> p->rows[p->n].i.class & 1) != 0;
	}
	sql_done(s);
	return e;
}

/* Classes lie one after the other: each is asked for where it begins. */
static enum err
classes_read(struct archive *a, int64_t window, const struct archive_incident_query *q, struct arena *arena, struct page *p)
{
	enum err e = OK;
	unsigned c;
	stmt *s;

	for (c = 0; c < OFF_N && e == OK && (q->limit == 0 || p->n < q->limit); c++) {
		if ((q->classes >> c & 1) == 0)
			continue;
		s = sql_bind(a, SQL_CLASS_PAGE, "itiiiit", window, offence_class_word((enum offence_class)c), q->from_us, q->to_us,
		    (int64_t)q->after, q->limit > 0 ? (int64_t)(q->limit - p->n) : (int64_t)-1, q->confidence);
		e = rows_read(a, s, q->classes, arena, p, q->limit);
	}
	return e;
}

/* --- by places --- */

struct ords { int64_t *at; size_t n, cap; };	/* owned */

/* The first of one class and confidence; of asn 0: of anybody. */
static enum err
ords_add(struct archive *a, int64_t window, const struct archive_incident_query *q, enum offence_class class,
    const char *confidence, struct ords *o)
{
	enum err e = OK;
	stmt *s = sql_bind(a, q->asn != 0 ? SQL_OF_PAGE : SQL_SURE_PAGE, "iittii", (int64_t)q->asn, window,
	    offence_class_word(class), confidence, (int64_t)q->after, q->limit > 0 ? (int64_t)q->limit : (int64_t)-1);

	while (sql_row(a, s, &e)) {
		o->at = grow(o->at, &o->cap, o->n + 1, sizeof(*o->at));
		o->at[o->n++] = sql_i64(s, 0);
	}
	sql_done(s);
	return e;
}

static bool
asked(const struct archive_incident_query *q, enum offence_class class, const char *confidence)
{
	return (q->classes >> class & 1) != 0 && (q->confidence == NULL || strcmp(q->confidence, confidence) == 0);
}

/* Which classes and confidences a network has is known from its sums. */
static enum err
ords_of(struct archive *a, int64_t window, const struct archive_incident_query *q, struct arena *arena, struct ords *o)
{
	struct archive_party *p;
	size_t n, i, k;

	TRY(archive_parties(a, window, q->asn, arena, &p, &n));
	for (i = 0; i < n; i++) {
		for (k = 0; k < i && (p[k].class != p[i].class || strcmp(p[k].confidence, p[i].confidence) != 0); k++)
			;
		if (k == i && asked(q, p[i].class, p[i].confidence))	/* not of its other role already */
			TRY(ords_add(a, window, q, p[i].class, p[i].confidence, o));
	}
	return OK;
}

static enum err
ords_sure(struct archive *a, int64_t window, const struct archive_incident_query *q, struct ords *o)
{
	unsigned c;

	for (c = 0; c < OFF_N; c++)
		if (asked(q, (enum offence_class)c, q->confidence))
			TRY(ords_add(a, window, q, (enum offence_class)c, q->confidence, o));
	return OK;
}

static int
by_place(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return (a > b) - (a < b);
}

static enum err
places_read(struct archive *a, int64_t window, const struct archive_incident_query *q, struct arena *arena, struct page *p)
{
	struct ords o = {0};
	enum err e = q->asn != 0 ? ords_of(a, window, q, arena, &o) : ords_sure(a, window, q, &o);
	size_t i;

	if (o.n > 1)
		qsort(o.at, o.n, sizeof(*o.at), by_place);
	for (i = 0; i < o.n && e == OK && (q->limit == 0 || p->n < q->limit); i++)
		e = rows_read(a, sql_bind(a, SQL_INCIDENT, "ii", window, o.at[i]), q->classes, arena, p, 0);
	free(o.at);
	return e;
}

/* --- what is asked for --- */

enum err
archive_incidents(struct archive *a, int64_t window, const struct archive_incident_query *q, struct arena *arena,
    struct archive_incident_row **out, size_t *n)
{
	struct archive_incident_query x = *q;
	struct page p = {0};
	enum err e;

	if (x.classes == 0)
		x.classes = ANY_CLASS;
	if (x.to_us == 0 && (x.asn != 0 || x.confidence != NULL))
		e = places_read(a, window, &x, arena, &p);
	else if (x.asn == 0 && x.classes != ANY_CLASS)
		e = classes_read(a, window, &x, arena, &p);
	else	/* of an AS in a time the classes are looked at here, so the statement does not know where the page ends */
		e = rows_read(a, sql_bind(a, x.asn != 0 ? SQL_INCIDENTS_OF : SQL_INCIDENTS, "iiiiiit", window, (int64_t)x.asn,
		    x.from_us, x.to_us, (int64_t)x.after, (int64_t)-1, x.confidence), x.classes, arena, &p, x.limit);
	*out = arena_raw(arena, p.n + 1, sizeof(**out));
	if (p.n > 0)
		memcpy(*out, p.rows, p.n * sizeof(**out));
	*n = p.n;
	free(p.rows);
	return e;
}
