/* put_row: the numbers and verdicts of one network. */
#include "archive/sql.h"

#include <inttypes.h>
#include <string.h>

static enum err
optional_id(struct archive *a, const char *text, int64_t *id)
{
	*id = SQL_NONE;
	return text == NULL ? OK : text_id(a, text, id);
}

/* What many networks have in common, kept once: asked for, else added. fmt binds key as both statements take it. */
static enum err
shared_id(struct archive *a, struct intern *in, enum sql find, enum sql add, const int64_t *key, size_t n, int64_t *id)
{
	size_t size = n * sizeof(*key);
	enum sql const which[2] = {find, add};
	enum err e = OK;
	unsigned i;
	stmt *s;

	*id = intern_find(in, key, size);
	for (i = 0; *id == 0 && e == OK && i < 2; i++) {
		s = n == 6 ? sql_bind(a, which[i], "xxxxxx", key[0], key[1], key[2], key[3], key[4], key[5])
		    : sql_bind(a, which[i], "xxxx", key[0], key[1], key[2], key[3]);
		if (i == 1) {
			e = sql_run(a, s);
			*id = sql_last_id(a);
		} else if (sql_row(a, s, &e)) {
			*id = sql_i64(s, 0);
			sql_done(s);
		}
		if (e == OK && *id != 0)
			intern_add(in, key, size, *id);
	}
	return e;
}

static enum err
number_put(struct archive *a, uint32_t asn, const struct archive_number *n)
{
	bool ok = n->state == METRIC_OK;
	int64_t key[6] = {0, n->unit, n->state, 0, 0, utc_known(n->oldest) ? n->oldest.s : SQL_NONE}, id = 0;
	int64_t value = n->value != row_value(n->unit, n->num, n->den) ? n->value : SQL_NONE;

	TRY(text_id(a, n->metric, &key[0]));
	TRY(optional_id(a, n->why, &key[3]));
	TRY(text_id(a, n->evidence, &key[4]));
	TRY(shared_id(a, &a->stands, SQL_STAND_FIND, SQL_STAND_ADD, key, 6, &id));
	return sql_run(a, sql_bind(a, SQL_NUMBER_ADD, "iiixxx", a->put.assessment, (int64_t)asn, id,
	    ok ? (int64_t)n->num : SQL_NONE, ok ? (int64_t)n->den : SQL_NONE, ok ? value : SQL_NONE));
}

static enum err
verdict_put(struct archive *a, uint32_t asn, int64_t control, const struct archive_verdict *v)
{
	int64_t key[4] = {control, v->verdict, 0, 0}, id = 0;

	TRY(optional_id(a, v->decides, &key[2]));
	TRY(optional_id(a, v->reason, &key[3]));
	TRY(shared_id(a, &a->rulings, SQL_RULING_FIND, SQL_RULING_ADD, key, 4, &id));
	return sql_run(a, sql_bind(a, SQL_VERDICT_ADD, "iii", a->put.assessment, (int64_t)asn, id));
}

static enum err
network_put(struct archive *a, const struct archive_row *r, int64_t name, int64_t org)
{
	bool known = r->place.service != SERVICE_NONE;

	if (a->schema < SCHEMA_PLACES)	/* a test writes an earlier one */
		return sql_run(a, sql_bind(a, SQL_NETWORK_ADD, "iiiiii", a->put.assessment, (int64_t)r->asn, name, org,
		    (int64_t)r->seen, (int64_t)r->cdn));
	return sql_run(a, sql_bind(a, SQL_PLACED_ADD, "iiiiiixt", a->put.assessment, (int64_t)r->asn, name, org,
	    (int64_t)r->seen, (int64_t)r->cdn, known ? (int64_t)r->place.service : SQL_NONE,
	    known && r->place.country[0] != '\0' ? r->place.country : NULL));
}

static enum err
row_put(struct archive *a, const struct archive_row *r)
{
	int64_t name = 0, org = 0;
	size_t i;

	TRY(text_id(a, r->name, &name));
	TRY(text_id(a, r->org, &org));
	TRY(network_put(a, r, name, org));
	for (i = 0; i < r->n_numbers; i++)
		TRY(number_put(a, r->asn, &r->numbers[i]));
	tally_row(a, r);
	places_row(a, r);
	given_row(a, r);
	for (i = 0; i < r->n_verdicts; i++)
		TRY(verdict_put(a, r->asn, a->put.controls[i], &r->verdicts[i]));
	return OK;
}

enum err
archive_put(struct archive *a, struct span bytes)
{
	struct put *p = &a->put;
	const char *field = "";
	struct archive_row r;
	enum err e;

	sha256_add(&p->hash, bytes.p, bytes.len);
	arena_reset(a->row);
	e = row_read(bytes, a->row, &r, &field);
	if (e != OK)
		return archive_fail(a, e, "a network's row is not one: %s: %s", field, err_text(e));
	if (r.n_verdicts != head_controls(p->head))
		return archive_fail(a, ERR_CONTRADICT, "AS%" PRIu32 " has %zu verdicts for %zu controls", r.asn, r.n_verdicts,
		    head_controls(p->head));
	if (p->networks > 0 && r.asn <= p->last)
		return archive_fail(a, ERR_CONTRADICT, "AS%" PRIu32 " comes after AS%" PRIu32, r.asn, p->last);
	p->last = r.asn;
	p->networks++;
	return p->there ? OK : row_put(a, &r);
}
