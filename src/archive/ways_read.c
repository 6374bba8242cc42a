/* ways_read: the AS paths of an incident again. Whatever a hand may have changed is not trusted. */
#include "archive/ways.h"

#include <stdlib.h>
#include <string.h>

struct met { int64_t id; struct path_list list; };

struct reading {
	struct archive *a;
	struct arena *arena;
	struct archive_incident *x;
	struct met *met;		/* owned: each path once */
	size_t n_met, cap_met;
	uint32_t *begins;		/* owned: the path that each sighting began by */
	size_t n_begins, cap_begins;
	struct path_turn *turns;	/* owned */
	size_t n_turns, cap_turns;
};

static enum err
broken(struct archive *a)
{
	return archive_fail(a, ERR_CORRUPT, "an incident has an AS path or a turn that cannot be");
}

static bool
hops_parse(struct reading *r, const char *text, struct path_list *out)
{
	struct span rest = span_of(text), one;
	uint32_t *as = NULL;
	size_t n = 0, cap = 0;
	bool good = true;

	while (good && n < AS_PATH_HOPS_MAX && span_cut(&rest, ' ', &one)) {
		as = grow(as, &cap, n + 1, sizeof(*as));
		good = span_u32(one, UINT32_MAX, &as[n++]) == OK;
	}
	out->as = row_settle(r->arena, as, n, sizeof(*as));
	out->n = (uint32_t)n;
	return good && n > 0;
}

/* The index of the path that a row has in its first two columns. */
static bool
path_of(struct reading *r, stmt *s, uint32_t *out)
{
	int64_t id = sql_i64(s, 0);
	size_t i;

	*out = PATH_NONE;
	if (sql_null(s, 0))
		return true;
	for (i = r->n_met; i > 0; i--)
		if (r->met[i - 1].id == id) {
			*out = (uint32_t)i - 1;
			return true;
		}
	if (sql_null(s, 1) || r->n_met == INCIDENT_PATHS_MAX)
		return false;
	r->met = grow(r->met, &r->cap_met, r->n_met + 1, sizeof(*r->met));
	r->met[r->n_met].id = id;
	*out = (uint32_t)r->n_met;
	return hops_parse(r, sql_word(s, 1, r->arena), &r->met[r->n_met++].list);
}

static enum err
seen_read(struct reading *r, int64_t window, uint64_t ord)
{
	bool good = true;
	enum err e = OK;
	uint32_t path;
	stmt *s = sql_bind(r->a, SQL_SEEN_WAYS, "ii", window, (int64_t)ord);

	while (good && sql_row(r->a, s, &e)) {
		good = path_of(r, s, &path);
		r->begins = grow(r->begins, &r->cap_begins, r->n_begins + 1, sizeof(*r->begins));
		r->begins[r->n_begins++] = path;
	}
	sql_done(s);
	return good ? e : broken(r->a);
}

static void
turn_add(struct reading *r, int64_t at_us, uint32_t path)
{
	r->turns = grow(r->turns, &r->cap_turns, r->n_turns + 1, sizeof(*r->turns));
	r->turns[r->n_turns++] = (struct path_turn){at_us, path};
}

/* Sightings and turns lie in the same order. */
static enum err
turns_read(struct reading *r, int64_t window, uint64_t ord, uint32_t *first)
{
	const struct archive_incident *x = r->x;
	bool good = true, more;
	size_t i, k, no = 0;
	enum err e = OK;
	uint32_t path;
	stmt *s = sql_bind(r->a, SQL_TURNS, "ii", window, (int64_t)ord);

	more = sql_row(r->a, s, &e);
	for (i = 0; i < x->n_by; i++)
		for (k = 0; k < x->by[i].n_seen; k++) {
			first[no] = (uint32_t)r->n_turns;
			turn_add(r, x->by[i].seen[k].from_us, r->begins[no++]);
			for (; good && more && sql_i64(s, 2) == x->by[i].accomplice && sql_i64(s, 3) == (int64_t)k;
			     more = sql_row(r->a, s, &e)) {
				good = path_of(r, s, &path) && sql_i64(s, 4) > r->turns[r->n_turns - 1].at_us &&
				    sql_i64(s, 4) < x->by[i].seen[k].to_us && path != r->turns[r->n_turns - 1].path;
				turn_add(r, sql_i64(s, 4), path);
			}
		}
	first[no] = (uint32_t)r->n_turns;
	sql_done(s);
	if (e != OK)
		return e;
	return good && !more ? OK : broken(r->a);
}

static enum err
all_read(struct reading *r, int64_t window, uint64_t ord, uint64_t left_out)
{
	struct incident_paths *p = arena_array(r->arena, 1, sizeof(*p));
	struct path_sighting *seen = incident_sightings(r->x, r->arena, &p->n_seen);
	size_t i;

	TRY(seen_read(r, window, ord));
	if (r->n_begins != p->n_seen)
		return broken(r->a);
	p->first = arena_raw(r->arena, p->n_seen + 1, sizeof(*p->first));
	TRY(turns_read(r, window, ord, p->first));
	p->turns = arena_raw(r->arena, r->n_turns + 1, sizeof(*p->turns));
	if (r->n_turns > 0)
		memcpy(p->turns, r->turns, r->n_turns * sizeof(*p->turns));
	p->paths = arena_raw(r->arena, r->n_met + 1, sizeof(*p->paths));
	for (i = 0; i < r->n_met; i++)
		p->paths[i] = r->met[i].list;
	p->n_paths = r->n_met;
	p->left_out = left_out;
	incident_paths_settle(p, seen, p->n_paths);
	r->x->paths = p;
	return OK;
}

enum err
ways_read(struct archive *a, int64_t window, uint64_t ord, struct arena *arena, struct archive_incident *x)
{
	struct reading r = {.a = a, .arena = arena, .x = x};
	int64_t left_out = 0;
	bool known = false;
	enum err e = OK;
	stmt *s;

	x->paths = NULL;
	if (a->schema < WAYS_SCHEMA)
		return OK;
	s = sql_bind(a, SQL_LEFT, "ii", window, (int64_t)ord);
	if (sql_row(a, s, &e)) {
		known = !sql_null(s, 0);
		left_out = sql_i64(s, 0);
	}
	sql_done(s);
	if (e != OK || !known)
		return e;
	e = left_out >= 0 ? all_read(&r, window, ord, (uint64_t)left_out) : broken(a);
	free(r.met);
	free(r.begins);
	free(r.turns);
	return e;
}
