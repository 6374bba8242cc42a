/* windows: which windows of time are in the archive, and what is kept of each beside its incidents. */
#include "archive/incidents.h"
#include "archive/sql.h"

#include <stdlib.h>
#include <string.h>

static bool
entry_read(stmt *s, struct arena *arena, struct archive_window_entry *e)
{
	struct archive_window *w = &e->w;

	*e = (struct archive_window_entry){.id = sql_i64(s, 0), .incidents = (uint64_t)sql_i64(s, 13),
	    .inputs = (uint64_t)sql_i64(s, 14)};
	w->from = sql_time(s, 4);
	w->to = sql_time(s, 5);
	w->first_update = sql_time(s, 6);
	w->seen_s = (uint64_t)sql_i64(s, 7);
	w->curve = curve_find(span_of(sql_word(s, 8, arena)));
	w->parameters = sql_word(s, 9, arena);
	w->counts = sql_word(s, 10, arena);
	w->looked_for = class_bits(sql_word(s, 11, arena));
	w->not_scored = class_bits(sql_word(s, 12, arena));
	return sql_digest(s, 1, e->digest) && sql_digest(s, 2, e->basis) && sql_digest(s, 3, e->content) &&
	    utc_known(w->from) && utc_known(w->to) && w->to.s > w->from.s && sql_i64(s, 7) >= 0 && sql_i64(s, 13) >= 0 &&
	    sql_i64(s, 14) >= 0 && w->curve < CURVE_N && (w->looked_for | w->not_scored) >> OFF_N == 0;
}

enum err
archive_windows(struct archive *a, struct arena *arena, struct archive_window_entry **out, size_t *n)
{
	struct archive_window_entry *all = NULL;
	size_t cap = 0;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_WINDOWS, "");

	*n = 0;
	while (sql_row(a, s, &e)) {
		all = grow(all, &cap, *n + 1, sizeof(*all));
		if (!entry_read(s, arena, &all[(*n)++])) {
			e = archive_fail(a, ERR_CORRUPT, "a window has moments, a curve, classes or a digest that cannot be");
			break;
		}
	}
	sql_done(s);
	*out = arena_raw(arena, *n + 1, sizeof(*all));
	if (*n > 0)
		memcpy(*out, all, *n * sizeof(*all));
	free(all);
	return e;
}

/* --- lists --- */

static enum err
gaps_read(struct archive *a, struct arena *arena, int64_t window, size_t collector, struct archive_collector *c)
{
	struct archive_gap *g = NULL;
	size_t cap = 0;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_WGAPS, "ii", window, (int64_t)collector);

	while (sql_row(a, s, &e)) {
		g = grow(g, &cap, c->n_gaps + 1, sizeof(*g));
		g[c->n_gaps++] = (struct archive_gap){sql_time(s, 0), sql_time(s, 1)};
	}
	c->gaps = row_settle(arena, g, c->n_gaps, sizeof(*g));
	return e;
}

static enum err
collectors_read(struct archive *a, struct arena *arena, struct archive_window_entry *x)
{
	struct archive_collector *c = NULL;
	size_t cap = 0, n = 0, i;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_WCOLLECTORS, "i", x->id);

	while (sql_row(a, s, &e)) {
		c = grow(c, &cap, n + 1, sizeof(*c));
		c[n++] = (struct archive_collector){.local_as = (uint32_t)sql_i64(s, 0),
		    .vantage_points = (uint64_t)sql_i64(s, 1), .messages = (uint64_t)sql_i64(s, 2),
		    .update_files = (uint64_t)sql_i64(s, 3), .tables = (uint64_t)sql_i64(s, 4),
		    .silence_s = (uint64_t)sql_i64(s, 5), .cadence_s = (uint64_t)sql_i64(s, 6)};
	}
	for (i = 0; i < n && e == OK; i++)
		e = gaps_read(a, arena, x->id, i, &c[i]);
	x->w.collectors = row_settle(arena, c, n, sizeof(*c));
	x->w.n_collectors = n;
	return e;
}

static enum err
vps_read(struct archive *a, struct arena *arena, struct archive_window_entry *x)
{
	struct archive_vantage *v = NULL;
	size_t cap = 0, n = 0;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_WVPS, "i", x->id);

	while (sql_row(a, s, &e)) {
		v = grow(v, &cap, n + 1, sizeof(*v));
		v[n] = (struct archive_vantage){.asn = (uint32_t)sql_i64(s, 1), .collector = (uint32_t)sql_i64(s, 2),
		    .full_feed = {sql_i64(s, 3) != 0, sql_i64(s, 4) != 0}};
		if (addr_parse(span_of(sql_word(s, 0, arena)), &v[n++].addr) != OK) {
			e = archive_fail(a, ERR_CORRUPT, "a vantage point has no address");
			break;
		}
	}
	sql_done(s);
	x->w.vps = row_settle(arena, v, n, sizeof(*v));
	x->w.n_vps = n;
	return e;
}

static enum err
dated_read(struct archive *a, struct arena *arena, struct archive_window_entry *x)
{
	struct archive_dated *d = NULL;
	size_t cap = 0, n = 0;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_WDATED, "i", x->id);

	while (sql_row(a, s, &e)) {
		d = grow(d, &cap, n + 1, sizeof(*d));
		d[n++] = (struct archive_dated){sql_word(s, 0, arena), sql_i64(s, 1), sql_time(s, 2), sql_time(s, 3)};
	}
	x->w.dated = row_settle(arena, d, n, sizeof(*d));
	x->w.n_dated = n;
	return e;
}

static enum err
scores_read(struct archive *a, struct arena *arena, stmt *s, struct archive_score **out, size_t *n)
{
	struct archive_score *all = NULL;
	size_t cap = 0;
	enum err e = OK;

	*n = 0;
	while (sql_row(a, s, &e)) {
		all = grow(all, &cap, *n + 1, sizeof(*all));
		all[*n] = (struct archive_score){(uint32_t)sql_i64(s, 0), incident_metric_find(span_of(sql_word(s, 1, arena))),
		    (uint64_t)sql_i64(s, 2), (uint64_t)sql_i64(s, 3)};
		if (all[(*n)++].metric >= INC_N || sql_i64(s, 2) < 0 || sql_i64(s, 3) < 0) {
			e = archive_fail(a, ERR_CORRUPT, "a score is of no metric, or below 0");
			break;
		}
	}
	sql_done(s);
	*out = arena_raw(arena, *n + 1, sizeof(*all));
	if (*n > 0)
		memcpy(*out, all, *n * sizeof(*all));
	free(all);
	return e;
}

enum err
archive_window_scores(struct archive *a, int64_t window, uint32_t asn, struct arena *arena, struct archive_score **out,
    size_t *n)
{
	return scores_read(a, arena, sql_bind(a, SQL_WSCORES_OF, "ii", window, (int64_t)asn), out, n);
}

enum err
archive_window_lists(struct archive *a, struct arena *arena, struct archive_window_entry *x)
{
	struct archive_score *scores;

	TRY(read_inputs(a, sql_bind(a, SQL_WINPUTS, "i", x->id), arena, &x->w.inputs, &x->w.n_inputs));
	TRY(collectors_read(a, arena, x));
	TRY(vps_read(a, arena, x));
	TRY(dated_read(a, arena, x));
	TRY(scores_read(a, arena, sql_bind(a, SQL_WSCORES, "i", x->id), &scores, &x->w.n_scores));
	x->w.scores = scores;
	return OK;
}

/* --- parties --- */

static bool
party_read(stmt *s, struct arena *arena, struct archive_party *p)
{
	int i;

	*p = (struct archive_party){.asn = (uint32_t)sql_i64(s, 0),
	    .role = sql_i64(s, 1) == ROLE_CULPRIT ? ROLE_CULPRIT : ROLE_ACCOMPLICE,
	    .class = offence_class_find(span_of(sql_word(s, 2, arena))), .confidence = sql_word(s, 3, arena),
	    .incidents = (uint64_t)sql_i64(s, 4), .open = (uint64_t)sql_i64(s, 5), .seen_us = (uint64_t)sql_i64(s, 6),
	    .enough_us = (uint64_t)sql_i64(s, 7), .began_us = sql_i64(s, 8), .ended_us = sql_i64(s, 9)};
	for (i = 4; i < 8; i++)
		if (sql_i64(s, i) < 0)
			return false;
	return p->class < OFF_N;
}

enum err
archive_parties(struct archive *a, int64_t window, uint32_t asn, struct arena *arena, struct archive_party **out, size_t *n)
{
	struct archive_party *all = NULL;
	size_t cap = 0;
	enum err e = OK;
	stmt *s = asn != 0 ? sql_bind(a, SQL_PARTIES_OF, "ii", window, (int64_t)asn) : sql_bind(a, SQL_PARTIES, "i", window);

	*n = 0;
	while (sql_row(a, s, &e)) {
		all = grow(all, &cap, *n + 1, sizeof(*all));
		if (!party_read(s, arena, &all[(*n)++])) {
			e = archive_fail(a, ERR_CORRUPT, "the sum of a network's incidents is of no class, or below 0");
			break;
		}
	}
	sql_done(s);
	*out = arena_raw(arena, *n + 1, sizeof(*all));
	if (*n > 0)
		memcpy(*out, all, *n * sizeof(*all));
	free(all);
	return e;
}
