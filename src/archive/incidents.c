#include "archive/incidents.h"
#include "archive/sql.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- in --- */

static void
timeline_digest(const struct archive_timeline *t, uint8_t out[static SHA256_BYTES])
{
	/* the same way as an assessment's: a window is its inputs, its parameters, two moments */
	struct archive_head from = {.at = t->began, .parameters = t->parameters, .inputs = t->inputs,
	    .n_inputs = t->n_inputs}, to = {.at = t->ended, .parameters = ""};
	struct sha256 h;

	sha256_init(&h);
	head_digest(&from, &h);
	head_digest(&to, &h);
	sha256_add(&h, t->results, SHA256_BYTES);
	sha256_end(&h, out);
}

static enum err
timeline_put(struct archive *a, const struct archive_timeline *t)
{
	int64_t parameters = 0, input = 0, kind = 0;
	uint8_t digest[SHA256_BYTES];
	enum err e = OK;
	size_t i;
	stmt *s;

	TRY(put_begin(a));
	a->put.is_timeline = true;
	a->put.from = t->began;
	a->put.to = t->ended;
	timeline_digest(t, digest);
	s = sql_bind(a, SQL_TIMELINE_FIND, "b", digest);
	a->put.there = sql_row(a, s, &e);
	sql_done(s);
	if (e != OK || a->put.there)
		return e;
	TRY(text_id(a, t->parameters, &parameters));
	TRY(sql_run(a, sql_bind(a, SQL_TIMELINE_ADD, "booi", digest, t->began, t->ended, parameters)));
	a->put.timeline = sql_last_id(a);
	for (i = 0; i < t->n_inputs; i++) {
		TRY(put_input(a, &t->inputs[i], &input));
		TRY(text_id(a, t->inputs[i].kind, &kind));
		TRY(sql_run(a, sql_bind(a, SQL_TINPUT_ADD, "iii", a->put.timeline, input, kind)));
	}
	return OK;
}

enum err
archive_timeline_begin(struct archive *a, const struct archive_timeline *t)
{
	enum err e;

	if (!utc_known(t->began) || !utc_known(t->ended) || t->ended.s < t->began.s)
		return archive_fail(a, ERR_RANGE, "the window ends before it began, or its moments are not known");
	e = timeline_put(a, t);
	if (e != OK)
		archive_rollback(a);
	return e;
}

enum err
archive_incident_put(struct archive *a, const struct archive_incident *i)
{
	int64_t kind = 0, prefix = SQL_NONE, confidence = 0, why = 0;
	struct put *p = &a->put;
	char text[PREFIX_TEXT];

	assert(p->begun && p->is_timeline);
	if (!utc_known(i->began) || i->began.s > p->to.s ||
	    (utc_known(i->ended) && (i->ended.s < i->began.s || i->ended.s < p->from.s || i->ended.s > p->to.s)))
		return archive_fail(a, ERR_RANGE, "an incident of AS%" PRIu32 " ends before it began, or is not in the window",
		    i->asn);
	if (p->there)
		return OK;
	TRY(text_id(a, i->kind, &kind));
	TRY(text_id(a, i->confidence, &confidence));
	TRY(text_id(a, i->why, &why));
	if (i->has_prefix)
		TRY(text_id(a, prefix_format(&i->prefix, text), &prefix));
	return sql_run(a, sql_bind(a, SQL_INCIDENT_ADD, "iiiiixxooiii", p->timeline, (int64_t)i->asn,
	    (int64_t)p->incidents++, kind, (int64_t)i->role, prefix, i->has_origin ? (int64_t)i->origin : SQL_NONE, i->began,
	    i->ended, i->score, confidence, why));
}

/* --- out --- */

static void
incident_read(stmt *s, struct arena *arena, uint32_t asn, struct archive_incident_told *t)
{
	struct archive_incident *i = &t->incident;
	bool host_bits;

	t->window_began = sql_time(s, 0);
	t->window_ended = sql_time(s, 1);
	*i = (struct archive_incident){.kind = sql_word(s, 2, arena), .asn = asn,
	    .role = sql_i64(s, 3) == ROLE_CULPRIT ? ROLE_CULPRIT : ROLE_ACCOMPLICE, .has_origin = !sql_null(s, 5),
	    .origin = (uint32_t)sql_i64(s, 5), .began = sql_time(s, 6),
	    .ended = sql_time(s, 7), .score = sql_i64(s, 8),
	    .confidence = sql_word(s, 9, arena), .why = sql_word(s, 10, arena)};
	t->prefix_text = sql_text(s, 4, arena);
	i->has_prefix = t->prefix_text != NULL && prefix_parse(span_of(t->prefix_text), &i->prefix, &host_bits) == OK;
}

enum err
archive_incidents(struct archive *a, uint32_t asn, struct utc as_of, struct arena *arena,
    struct archive_incident_told **out, size_t *n)
{
	struct archive_incident_told *all = NULL;
	size_t cap = 0;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_INCIDENTS, "ii", (int64_t)asn, utc_known(as_of) ? as_of.s : INT64_MAX);

	*n = 0;
	while (sql_row(a, s, &e)) {
		all = grow(all, &cap, *n + 1, sizeof(*all));
		incident_read(s, arena, asn, &all[(*n)++]);
	}
	*out = arena_raw(arena, *n + 1, sizeof(*all));
	if (*n > 0)
		memcpy(*out, all, *n * sizeof(*all));
	free(all);
	return e;
}
