/* months: assessments, networks and counts, within one snapshot. */
#include "archive/months.h"
#include "archive/sql.h"

#include <inttypes.h>
#include <string.h>

enum err
archive_snapshot(struct archive *a)
{
	struct archive_state s;
	enum err e;

	str_clear(&a->why);
	TRY(sql_exec(a, "BEGIN"));
	/* a transaction begins with its first look */
	e = archive_state(a, &s);
	if (e != OK)
		sql_rollback(a);
	return e;
}

void
archive_snapshot_end(struct archive *a)
{
	sql_rollback(a);
}

enum err
archive_state(struct archive *a, struct archive_state *out)
{
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_STATE, "");

	if (s == NULL)
		return sql_locked(a) ? ERR_STOPPED : ERR_IO;
	if (sql_row(a, s, &e))
		*out = (struct archive_state){sql_i64(s, 0), sql_i64(s, 1), sql_i64(s, 2), sql_i64(s, 3)};
	else if (e == OK)
		e = archive_fail(a, ERR_CORRUPT, "does not say what it holds");
	sql_done(s);
	return e;
}

enum err
archive_months(struct archive *a, struct arena *arena, struct archive_month **out, size_t *n)
{
	struct archived *all;
	size_t i;

	TRY(read_heads(a, arena, true, &all, n));
	*out = arena_array(arena, *n + 1, sizeof(**out));
	for (i = 0; i < *n; i++) {
		(*out)[i] = (struct archive_month){.id = all[i].id, .networks = all[i].networks, .head = all[i].head};
		memcpy((*out)[i].digest, all[i].digest, SHA256_BYTES);
	}
	return OK;
}

enum err
archive_network(struct archive *a, const struct archive_month *m, uint32_t asn, struct arena *arena,
    struct archive_row *out, bool *found)
{
	TRY(read_row(a, m->id, asn, arena, out, found));
	if (*found && out->n_verdicts != head_controls(&m->head))
		return archive_fail(a, ERR_CORRUPT, "AS%" PRIu32 " has not as many verdicts as its packs have controls", asn);
	return OK;
}

enum err
archive_names(struct archive *a, const struct archive_month *m,
    void (*each)(void *arg, uint32_t asn, const char *name, const char *org, const struct place *place), void *arg)
{
	enum err e = OK;
	struct place place;
	size_t n = 0;
	stmt *s = sql_bind(a, SQL_PLACED_NAMES, "i", m->id);

	arena_reset(a->row);
	while (sql_row(a, s, &e)) {
		e = place_read(a, s, 3, a->row, &place);
		if (e != OK)
			break;
		each(arg, (uint32_t)sql_i64(s, 0), sql_word(s, 1, a->row), sql_word(s, 2, a->row), &place);
		if (++n % 1024 == 0)
			arena_reset(a->row);
	}
	sql_done(s);
	return e;
}

enum err
archive_has(struct archive *a, const struct archive_month *m, uint32_t asn, bool *there)
{
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_NETWORK_THERE, "ii", m->id, (int64_t)asn);

	*there = sql_row(a, s, &e);
	sql_done(s);
	return e;
}
