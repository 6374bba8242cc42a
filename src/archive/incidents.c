/* incidents: what is kept of windows and incidents, again. Whatever a hand may have changed is not trusted. */
#include "archive/incidents.h"
#include "archive/ways.h"

#include <stdlib.h>
#include <string.h>

static bool
u32(stmt *s, int column, uint32_t *out)
{
	int64_t v = sql_i64(s, column);

	*out = (uint32_t)v;
	return v >= 0 && v <= UINT32_MAX;
}

/* --- incidents --- */

bool
incident_read(stmt *s, struct arena *arena, struct archive_incident_row *r)
{
	struct archive_incident *i = &r->i;
	bool host_bits;

	*r = (struct archive_incident_row){.ord = (uint64_t)sql_i64(s, 0), .began_us = sql_i64(s, 11),
	    .ended_us = sql_i64(s, 12), .open = sql_i64(s, 13) != 0};
	i->class = offence_class_find(span_of(sql_word(s, 1, arena)));
	i->origin = ORIGIN_NONE;
	i->confidence = sql_text(s, 5, arena);
	i->says = says_bits(sql_word(s, 6, arena));
	i->why = sql_word(s, 7, arena);
	return i->class < OFF_N && i->says >> MIS_N == 0 && prefix_parse(span_of(sql_word(s, 2, arena)), &i->prefix, &host_bits) == OK &&
	    (sql_null(s, 3) || u32(s, 3, &i->origin)) && u32(s, 4, &i->culprit) && u32(s, 8, &i->needed) &&
	    u32(s, 9, &i->peak) && u32(s, 10, &i->vantage_points);
}

enum err
incident_broken(struct archive *a)
{
	return archive_fail(a, ERR_CORRUPT, "an incident has a class, prefix, number or time that cannot be");
}

/* --- one, whole --- */

static struct archive_by *
by_find(struct archive_by *by, size_t n, int64_t accomplice)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (by[i].accomplice == accomplice)
			return &by[i];
	return NULL;
}

static enum err
by_read(struct archive *a, int64_t window, uint64_t ord, struct arena *arena, struct archive_incident *x)
{
	struct archive_by *by = NULL;
	size_t cap = 0, n = 0;
	bool good = true;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_BYS, "ii", window, (int64_t)ord);

	while (good && sql_row(a, s, &e)) {
		by = grow(by, &cap, n + 1, sizeof(*by));
		by[n] = (struct archive_by){0};
		good = u32(s, 0, &by[n++].accomplice);
	}
	sql_done(s);
	x->by = row_settle(arena, by, n, sizeof(*by));
	x->n_by = n;
	return good ? e : incident_broken(a);
}

/* Those of one accomplice lie together. */
static enum err
seen_read(struct archive *a, int64_t window, uint64_t ord, struct arena *arena, struct archive_by *by, size_t n_by)
{
	struct timeline_interval *all = NULL, *t, *kept;
	size_t cap = 0, n = 0, i, *first = arena_array(arena, n_by + 1, sizeof(*first));
	struct archive_by *of;
	bool good = true;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_SEEN, "ii", window, (int64_t)ord);

	while (good && sql_row(a, s, &e)) {
		all = grow(all, &cap, n + 1, sizeof(*all));
		t = &all[n];
		*t = (struct timeline_interval){.from_us = sql_i64(s, 3), .to_us = sql_i64(s, 4),
		    .began = (uint8_t)sql_i64(s, 5), .ended = (uint8_t)sql_i64(s, 6)};
		of = by_find(by, n_by, sql_i64(s, 0));
		good = of != NULL && u32(s, 1, &t->vp) && u32(s, 2, &t->path_id) && sql_i64(s, 5) >= 0 && t->began <= TL_BEFORE &&
		    sql_i64(s, 6) >= 0 && t->ended <= TL_NOT_IN_TABLE && sql_i64(s, 5) < 256 && sql_i64(s, 6) < 256;
		if (good && of->n_seen++ == 0)
			first[of - by] = n;
		n++;
	}
	sql_done(s);
	kept = arena_raw(arena, n + 1, sizeof(*kept));
	if (n > 0)
		memcpy(kept, all, n * sizeof(*kept));
	for (i = 0; i < n_by; i++)
		by[i].seen = kept + first[i];
	free(all);
	return good ? e : incident_broken(a);
}

static enum err
spans_read(struct archive *a, int64_t window, struct arena *arena, struct archive_incident_row *r, struct archive_by *by)
{
	struct timeline_span *all = NULL, *kept;
	size_t cap = 0, n = 0, i, *first = arena_array(arena, r->i.n_by + 1, sizeof(*first));
	struct archive_by *of;
	bool good = true;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_SPANS, "ii", window, (int64_t)r->ord);

	while (good && sql_row(a, s, &e)) {
		all = grow(all, &cap, n + 1, sizeof(*all));
		all[n] = (struct timeline_span){sql_i64(s, 1), sql_i64(s, 2)};
		of = by_find(by, r->i.n_by, sql_i64(s, 0));
		if (sql_i64(s, 0) == SQL_CULPRITS)	/* these come first */
			r->i.n_spans++;
		else if (of == NULL)
			good = false;
		else if (of->n_during++ == 0)
			first[of - by] = n;
		n++;
	}
	sql_done(s);
	r->i.spans = kept = arena_raw(arena, n + 1, sizeof(*kept));
	if (n > 0)
		memcpy(kept, all, n * sizeof(*kept));
	for (i = 0; i < r->i.n_by; i++)
		by[i].during = kept + first[i];
	free(all);
	return good ? e : incident_broken(a);
}

enum err
archive_incident(struct archive *a, int64_t window, uint64_t ord, struct arena *arena, struct archive_incident_row *out,
    bool *found)
{
	struct archive_by *by;
	bool good;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_INCIDENT, "ii", window, (int64_t)ord);

	*found = sql_row(a, s, &e);
	if (!*found)
		return e;
	good = incident_read(s, arena, out);
	sql_done(s);
	if (!good)
		return incident_broken(a);
	TRY(by_read(a, window, ord, arena, &out->i));
	by = arena_raw(arena, out->i.n_by + 1, sizeof(*by));
	if (out->i.n_by > 0)
		memcpy(by, out->i.by, out->i.n_by * sizeof(*by));
	out->i.by = by;
	TRY(seen_read(a, window, ord, arena, by, out->i.n_by));
	TRY(ways_read(a, window, ord, arena, &out->i));
	return spans_read(a, window, arena, out, by);
}
