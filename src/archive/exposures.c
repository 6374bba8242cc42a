/* exposures: a document of them in one transaction, and how they are asked for. */
#include "archive/exposures.h"
#include "archive/sql.h"

#include <stdlib.h>
#include <string.h>

/* --- digests --- */

static void
text_digest(const char *form, size_t n, struct span text, uint8_t out[static SHA256_BYTES])
{
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, form, n);	/* with its NUL */
	sha256_add(&h, text.p, text.len);
	sha256_end(&h, out);
}

void
exposure_ground_digest(struct span head, uint8_t out[static SHA256_BYTES])
{
	static const char form[] = "routemark-archive/1 exposure ground";

	text_digest(form, sizeof(form), head, out);
}

void
exposure_content_digest(struct span text, uint8_t out[static SHA256_BYTES])
{
	static const char form[] = "routemark-archive/1 exposure";

	text_digest(form, sizeof(form), text, out);
}

void
archive_exposure_digest(struct span head, struct span text, uint8_t out[static SHA256_BYTES])
{
	uint8_t ground[SHA256_BYTES], content[SHA256_BYTES];

	exposure_ground_digest(head, ground);
	exposure_content_digest(text, content);
	archive_digest(ground, content, out);
}

/* --- putting them in --- */

static enum err
ground_put(struct archive *a, const struct exposed_document *d, int64_t *id)
{
	uint8_t digest[SHA256_BYTES];
	enum err e = OK;
	stmt *s;

	exposure_ground_digest(d->head, digest);
	s = sql_bind(a, SQL_EXPOSURE_GROUND_FIND, "b", digest);
	if (sql_row(a, s, &e)) {
		*id = sql_i64(s, 0);
		sql_done(s);
		return OK;
	}
	TRY(e);
	TRY(sql_run(a, sql_bind(a, SQL_EXPOSURE_GROUND_ADD, "bot", digest, d->ground.at, d->head.p)));
	*id = sql_last_id(a);
	return OK;
}

static enum err
subject_put(struct archive *a, const struct exposed_document *d, const struct exposed_subject *s, enum archive_fate *fate)
{
	const struct exposed *x = &s->x;
	bool weak = x->weakest != SIZE_MAX;
	uint8_t digest[SHA256_BYTES], content[SHA256_BYTES];
	int64_t ground = 0;
	enum err e = OK;
	stmt *found;

	archive_exposure_digest(d->head, s->text, digest);
	found = sql_bind(a, SQL_EXPOSURE_FIND, "b", digest);
	*fate = sql_row(a, found, &e) ? ARCHIVE_THERE : ARCHIVE_NEW;
	sql_done(found);
	if (e != OK || *fate == ARCHIVE_THERE)
		return e;
	exposure_content_digest(s->text, content);
	TRY(ground_put(a, d, &ground));
	return sql_run(a, sql_bind(a, SQL_EXPOSURE_ADD, "biboititixxt", digest, ground, content, d->ground.at,
	    (int64_t)x->origin, x->asked, (int64_t)x->is_prefix, x->name, (int64_t)x->n_nets,
	    weak ? (int64_t)x->nets[x->weakest].asn : SQL_NONE, weak ? (int64_t)x->nets[x->weakest].v.all : SQL_NONE,
	    s->text.p));
}

static enum err
put(struct archive *a, const struct exposed_document *d, enum archive_fate *fate)
{
	bool any = false;
	size_t i;

	TRY(put_begin(a));
	for (i = 0; i < d->n; i++) {
		TRY(subject_put(a, d, &d->subjects[i], &fate[i]));
		any |= fate[i] == ARCHIVE_NEW;
	}
	return any ? sql_exec(a, "COMMIT") : OK;
}

enum err
archive_exposures_put(struct archive *a, const struct exposed_document *d, enum archive_fate *fate)
{
	enum err e = put(a, d, fate);

	archive_rollback(a);	/* after a commit there is nothing to roll back, but much to forget */
	return e;
}

/* --- asking --- */

void
exposure_columns(stmt *s, struct arena *arena, struct archive_exposure *out)
{
	int64_t verdict = sql_i64(s, 10);

	*out = (struct archive_exposure){.id = sql_i64(s, 0), .at = sql_time(s, 3), .origin = (uint32_t)sql_i64(s, 4),
	    .asked = sql_word(s, 5, arena), .prefix = sql_i64(s, 6) != 0, .name = sql_word(s, 7, arena),
	    .networks = (uint64_t)sql_i64(s, 8), .has_weakest = !sql_null(s, 9), .weakest = (uint32_t)sql_i64(s, 9),
	    .verdict = verdict >= 0 && verdict < VERDICT_N ? (enum verdict)verdict : VERDICT_NO_DATA};
	(void)sql_digest(s, 1, out->digest);
}

static enum err
rows_read(struct archive *a, stmt *s, struct arena *arena, struct archive_exposure **out, size_t *n)
{
	struct archive_exposure *all = NULL;
	enum err e = OK;
	size_t cap = 0;

	*n = 0;
	while (sql_row(a, s, &e)) {
		all = grow(all, &cap, *n + 1, sizeof(*all));
		exposure_columns(s, arena, &all[(*n)++]);
	}
	sql_done(s);
	*out = arena_array(arena, *n + 1, sizeof(**out));
	if (*n > 0)
		memcpy(*out, all, *n * sizeof(**out));
	free(all);
	return e;
}

enum err
archive_exposures(struct archive *a, const struct archive_exposure_query *q, struct arena *arena,
    struct archive_exposure **out, size_t *n, uint64_t *total)
{
	const int64_t verdict = q->by_verdict ? (int64_t)q->verdict : SQL_NONE;
	enum err e = OK;
	stmt *s;

	TRY(rows_read(a, sql_bind(a, SQL_EXPOSURES, "iixii", q->from.s, q->to.s, verdict, (int64_t)q->limit, (int64_t)q->offset),
	    arena, out, n));
	if (total == NULL)
		return OK;
	s = sql_bind(a, SQL_EXPOSURES_COUNT, "iix", q->from.s, q->to.s, verdict);
	if (sql_row(a, s, &e))
		*total = (uint64_t)sql_i64(s, 0);
	sql_done(s);
	return e;
}

enum err
archive_exposures_of(struct archive *a, uint32_t origin, uint32_t max, struct arena *arena, struct archive_exposure **out,
    size_t *n)
{
	return rows_read(a, sql_bind(a, SQL_EXPOSURES_OF, "ii", (int64_t)origin, (int64_t)max), arena, out, n);
}

enum err
archive_exposure_moments(struct archive *a, uint32_t max, struct arena *arena, struct archive_exposure_moment **out, size_t *n)
{
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_EXPOSURE_MOMENTS, "i", (int64_t)max);

	*out = arena_array(arena, max + 1, sizeof(**out));
	*n = 0;
	while (*n < max && sql_row(a, s, &e))
		(*out)[(*n)++] = (struct archive_exposure_moment){sql_time(s, 0), (uint64_t)sql_i64(s, 1)};
	sql_done(s);
	return e;
}

enum err
archive_exposure_read(struct archive *a, int64_t id, struct arena *arena, struct exposed_ground *ground,
    struct exposed *out, struct span *head, struct span *text)
{
	const char *why = NULL;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_EXPOSURE_TEXT, "i", id);

	if (!sql_row(a, s, &e))
		return e != OK ? e : archive_fail(a, ERR_CORRUPT, "has no such exposure");
	*head = span_of(sql_word(s, 0, arena));
	*text = span_of(sql_word(s, 1, arena));
	sql_done(s);
	if (exposed_read_kept("exposure", *head, *text, arena, ground, out, &why) == OK)
		return OK;
	return archive_fail(a, ERR_CORRUPT, "holds an exposure that cannot be: %s", why);
}
