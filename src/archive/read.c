/* read: assessments again, from their rows. */
#include "archive/sql.h"

#include <stdlib.h>
#include <string.h>

/* The one place that the name of a status becomes a label. */
static const char *
label_of(const char *status)
{
	const struct pack p = {.status = status, .proposal = strcmp(status, "published") != 0};

	return pack_label(&p);
}

static enum err
packs_said(struct archive *a, int64_t assessment, struct str *out)
{
	struct arena *arena = a->row;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_LIST_PACKS, "i", assessment);

	str_clear(out);
	arena_reset(arena);
	while (sql_row(a, s, &e))
		str_addf(out, "%s%s %s%s", out->len > 0 ? "\n" : "", sql_word(s, 0, arena), sql_word(s, 1, arena),
		    label_of(sql_word(s, 2, arena)));
	return e;
}

enum err
archive_list(struct archive *a, void (*each)(void *arg, const struct archive_entry *e), void *arg)
{
	struct archive_entry entry;
	struct str packs = {0};
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_LIST_ALL, "");

	while (sql_row(a, s, &e)) {
		entry = (struct archive_entry){.at = sql_time(s, 2), .networks = (uint64_t)sql_i64(s, 3),
		    .inputs = (uint64_t)sql_i64(s, 4)};
		if (!sql_digest(s, 1, entry.digest))
			e = archive_fail(a, ERR_CORRUPT, "an assessment has no digest");
		if (e == OK)
			e = packs_said(a, sql_i64(s, 0), &packs);
		if (e != OK)
			break;
		entry.packs = packs.p != NULL ? packs.p : "";
		each(arg, &entry);
	}
	sql_done(s);
	str_release(&packs);
	return e;
}

/* --- heads --- */

static enum err
controls_read(struct archive *a, int64_t pack, struct arena *arena, struct archive_pack *out)
{
	struct archive_control *c = NULL;
	size_t cap = 0;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_HEAD_CONTROLS, "i", pack);

	while (sql_row(a, s, &e)) {
		c = grow(c, &cap, out->n + 1, sizeof(*c));
		c[out->n++] = (struct archive_control){sql_word(s, 1, arena), sql_word(s, 2, arena), sql_i64(s, 3) != 0};
	}
	out->controls = row_settle(arena, c, out->n, sizeof(*c));
	return e;
}

static enum err
packs_read(struct archive *a, struct arena *arena, struct archived *x)
{
	struct archive_pack *packs = NULL, *p;
	size_t cap = 0, cap_ids = 0, n = 0, i;
	int64_t *ids = NULL;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_HEAD_PACKS, "i", x->id);

	while (sql_row(a, s, &e)) {
		packs = grow(packs, &cap, n + 1, sizeof(*packs));
		ids = grow(ids, &cap_ids, n + 1, sizeof(*ids));
		ids[n] = sql_i64(s, 0);
		p = &packs[n++];
		*p = (struct archive_pack){.id = sql_word(s, 1, arena), .version = sql_word(s, 2, arena),
		    .title = sql_word(s, 3, arena), .status = sql_word(s, 4, arena), .has_profile = !sql_null(s, 6)};
		if (!sql_digest(s, 5, p->sha256) || (p->has_profile && !sql_digest(s, 6, p->profile_sha256)))
			e = archive_fail(a, ERR_CORRUPT, "pack %s has no digest", p->id);
		if (e != OK)
			break;
	}
	sql_done(s);
	for (i = 0; i < n && e == OK; i++)
		e = controls_read(a, ids[i], arena, &packs[i]);
	x->head.packs = row_settle(arena, packs, n, sizeof(*packs));
	x->pack_ids = row_settle(arena, ids, n, sizeof(*ids));
	x->head.n_packs = n;
	return e;
}

enum err
read_inputs(struct archive *a, stmt *s, struct arena *arena, const struct archive_input **out, size_t *n)
{
	struct archive_input *in = NULL;
	size_t cap = 0;
	enum err e = OK;

	*n = 0;
	while (sql_row(a, s, &e)) {
		in = grow(in, &cap, *n + 1, sizeof(*in));
		in[*n] = (struct archive_input){.size = (uint64_t)sql_i64(s, 1), .kind = sql_word(s, 2, arena),
		    .time = sql_time(s, 3), .time_from_name = sql_i64(s, 4) != 0, .complete = sql_i64(s, 5) != 0};
		if (!sql_digest(s, 0, in[(*n)++].sha256)) {
			e = archive_fail(a, ERR_CORRUPT, "an input has no digest");
			break;
		}
	}
	sql_done(s);
	*out = row_settle(arena, in, *n, sizeof(*in));
	return e;
}

static bool
head_read(stmt *s, struct arena *arena, struct archived *x)
{
	struct archive_head *h = &x->head;
	unsigned f;

	*x = (struct archived){.id = sql_i64(s, 0), .networks = (uint64_t)sql_i64(s, 6)};
	h->at = sql_time(s, 4);
	h->parameters = sql_word(s, 5, arena);
	h->collectors = (uint64_t)sql_i64(s, 7);
	h->vantage_points = (uint64_t)sql_i64(s, 8);
	for (f = 0; f < FAMILY_N; f++)
		h->family[f] = (struct archive_family){(uint64_t)sql_i64(s, 9 + 3 * (int)f),
		    (uint64_t)sql_i64(s, 10 + 3 * (int)f), (uint64_t)sql_i64(s, 11 + 3 * (int)f)};
	return utc_known(h->at) && sql_digest(s, 1, x->digest) && sql_digest(s, 2, x->basis) && sql_digest(s, 3, x->content);
}

enum err
read_heads(struct archive *a, struct arena *arena, bool inputs, struct archived **out, size_t *n)
{
	struct archived *all = NULL;
	size_t cap = 0, i;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_HEAD, "");

	*n = 0;
	while (sql_row(a, s, &e)) {
		all = grow(all, &cap, *n + 1, sizeof(*all));
		if (!head_read(s, arena, &all[(*n)++])) {
			e = archive_fail(a, ERR_CORRUPT, "an assessment has no moment or no digest");
			break;
		}
	}
	sql_done(s);
	for (i = 0; i < *n && e == OK; i++) {
		e = packs_read(a, arena, &all[i]);
		if (e == OK && inputs)
			e = read_inputs(a, sql_bind(a, SQL_HEAD_INPUTS, "i", all[i].id), arena, &all[i].head.inputs,
			    &all[i].head.n_inputs);
	}
	*out = arena_raw(arena, *n + 1, sizeof(*all));
	if (*n > 0)
		memcpy(*out, all, *n * sizeof(*all));
	free(all);
	return e;
}

/* --- a network --- */

static void
number_read(stmt *s, struct arena *arena, struct archive_number *n)
{
	*n = (struct archive_number){.metric = sql_word(s, 0, arena), .unit = (enum metric_unit)sql_i64(s, 1),
	    .state = (enum metric_state)sql_i64(s, 2), .why = sql_text(s, 3, arena), .evidence = sql_word(s, 4, arena),
	    .oldest = sql_time(s, 5), .num = (uint64_t)sql_i64(s, 6),
	    .den = (uint64_t)sql_i64(s, 7)};
	if (n->state == METRIC_OK)
		n->value = sql_null(s, 8) ? row_value(n->unit, n->num, n->den) : sql_i64(s, 8);
}

static enum err
numbers_read(struct archive *a, int64_t assessment, uint32_t asn, struct arena *arena, struct archive_row *out)
{
	struct archive_number *n = NULL;
	size_t cap = 0;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_NUMBERS, "ii", assessment, (int64_t)asn);

	while (sql_row(a, s, &e)) {
		n = grow(n, &cap, out->n_numbers + 1, sizeof(*n));
		number_read(s, arena, &n[out->n_numbers++]);
	}
	out->numbers = row_settle(arena, n, out->n_numbers, sizeof(*n));
	return e;
}

static enum err
verdicts_read(struct archive *a, int64_t assessment, uint32_t asn, struct arena *arena, struct archive_row *out)
{
	struct archive_verdict *v = NULL;
	size_t cap = 0;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_VERDICTS, "ii", assessment, (int64_t)asn);

	while (sql_row(a, s, &e)) {
		v = grow(v, &cap, out->n_verdicts + 1, sizeof(*v));
		v[out->n_verdicts++] = (struct archive_verdict){(enum verdict)sql_i64(s, 0), sql_text(s, 1, arena),
		    sql_text(s, 2, arena)};
	}
	out->verdicts = row_settle(arena, v, out->n_verdicts, sizeof(*v));
	return e;
}

/* What a hand has changed must not be taken for an enum. */
static enum err
row_sane(struct archive *a, const struct archive_row *r)
{
	bool good = true;
	size_t i;

	for (i = 0; i < r->n_numbers; i++) {
		const struct archive_number *n = &r->numbers[i];

		good &= n->unit <= UNIT_BOOL && n->state <= METRIC_NOT_APPLICABLE && n->num <= INT64_MAX &&
		    n->den <= INT64_MAX && n->value >= 0 && (n->unit == UNIT_COUNT || n->value <= 1000000);
	}
	for (i = 0; i < r->n_verdicts; i++)
		good &= r->verdicts[i].verdict < VERDICT_N;
	return good ? OK : archive_fail(a, ERR_CORRUPT, "AS%u has a unit, state, number or verdict that cannot be", r->asn);
}

enum err
read_row(struct archive *a, int64_t assessment, uint32_t asn, struct arena *arena, struct archive_row *out, bool *found)
{
	enum err e = OK;
	bool placed = archive_schema(a) >= SCHEMA_PLACES;
	stmt *s = sql_bind(a, placed ? SQL_PLACED : SQL_NETWORK, "ii", assessment, (int64_t)asn);

	*found = sql_row(a, s, &e);
	if (!*found)
		return e;
	*out = (struct archive_row){.asn = asn, .seen = sql_i64(s, 0) != 0, .cdn = sql_i64(s, 1) != 0,
	    .name = sql_word(s, 2, arena), .org = sql_word(s, 3, arena)};
	if (placed)
		e = place_read(a, s, 4, arena, &out->place);
	sql_done(s);
	TRY(e);
	TRY(numbers_read(a, assessment, asn, arena, out));
	TRY(verdicts_read(a, assessment, asn, arena, out));
	return row_sane(a, out);
}
