/* put: one assessment in one transaction. */
#include "archive/sql.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void
archive_digest(const uint8_t basis[static SHA256_BYTES], const uint8_t content[static SHA256_BYTES],
    uint8_t out[static SHA256_BYTES])
{
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, basis, SHA256_BYTES);
	sha256_add(&h, content, SHA256_BYTES);
	sha256_end(&h, out);
}

void
content_begin(struct sha256 *h)
{
	static const char form[] = "routemark-archive/1 results";

	sha256_init(h);
	sha256_add(h, form, sizeof(form));
}

void
archive_basis(const struct archive_head *head, const uint32_t *asns, size_t n, uint8_t out[static SHA256_BYTES])
{
	static const char form[] = "routemark-archive/1 basis";
	struct sha256 h;
	uint8_t b[4];
	size_t i;

	sha256_init(&h);
	sha256_add(&h, form, sizeof(form));
	head_digest(head, &h);
	for (i = 0; i < n; i++) {
		b[0] = (uint8_t)(asns[i] >> 24);
		b[1] = (uint8_t)(asns[i] >> 16 & 0xff);
		b[2] = (uint8_t)(asns[i] >> 8 & 0xff);
		b[3] = (uint8_t)(asns[i] & 0xff);
		sha256_add(&h, b, sizeof(b));
	}
	sha256_end(&h, out);
}

/* --- the head --- */

static enum err
pack_put(struct archive *a, const struct archive_pack *p, int64_t *id)
{
	uint8_t definition[SHA256_BYTES];
	enum err e = OK;
	stmt *s;
	size_t i;

	pack_digest(p, definition);
	s = sql_bind(a, SQL_PACK_FIND, "b", definition);
	if (sql_row(a, s, &e)) {
		*id = sql_i64(s, 0);
		sql_done(s);
		return OK;
	}
	TRY(e);
	TRY(sql_run(a, sql_bind(a, SQL_PACK_ADD, "bttttbb", definition, p->id, p->version, p->title, p->status, p->sha256,
	    p->has_profile ? p->profile_sha256 : NULL)));
	*id = sql_last_id(a);
	for (i = 0; i < p->n; i++)
		TRY(sql_run(a, sql_bind(a, SQL_CONTROL_ADD, "iitti", *id, (int64_t)i, p->controls[i].id,
		    p->controls[i].title, (int64_t)p->controls[i].required)));
	return OK;
}

static enum err
packs_put(struct archive *a, const struct archive_head *head)
{
	struct put *p = &a->put;
	size_t i, at = 0;
	int64_t id = 0;
	enum err e = OK;
	stmt *s;

	for (i = 0; i < head->n_packs; i++) {
		TRY(pack_put(a, &head->packs[i], &id));
		TRY(sql_run(a, sql_bind(a, SQL_APACK_ADD, "iii", p->assessment, (int64_t)i, id)));
		s = sql_bind(a, SQL_CONTROL_IDS, "i", id);
		while (sql_row(a, s, &e)) {
			assert(at < p->n_controls);
			p->controls[at++] = sql_i64(s, 0);
		}
		TRY(e);
	}
	assert(at == p->n_controls);
	return OK;
}

enum err
put_input(struct archive *a, const struct archive_input *in, int64_t *id)
{
	char hex[SHA256_HEX + 1];
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_INPUT_FIND, "b", in->sha256);

	if (sql_row(a, s, &e)) {
		*id = sql_i64(s, 0);
		if (sql_i64(s, 1) != (int64_t)in->size) {
			sha256_hex(in->sha256, hex);
			e = archive_fail(a, ERR_CONTRADICT, "the input %s has %" PRIu64 " bytes here and %" PRId64 " in the archive",
			    hex, in->size, sql_i64(s, 1));
		}
		sql_done(s);
		return e;
	}
	TRY(e);
	TRY(sql_run(a, sql_bind(a, SQL_INPUT_ADD, "bi", in->sha256, (int64_t)in->size)));
	*id = sql_last_id(a);
	return OK;
}

static enum err
inputs_put(struct archive *a, const struct archive_head *head)
{
	int64_t id = 0, kind = 0;
	size_t i;

	for (i = 0; i < head->n_inputs; i++) {
		const struct archive_input *in = &head->inputs[i];

		TRY(put_input(a, in, &id));
		TRY(text_id(a, in->kind, &kind));
		TRY(sql_run(a, sql_bind(a, SQL_AINPUT_ADD, "iiioii", a->put.assessment, id, kind, in->time,
		    (int64_t)in->time_from_name, (int64_t)in->complete)));
	}
	return OK;
}

static enum err
head_put(struct archive *a)
{
	const struct archive_head *h = a->put.head;
	const struct archive_family *f = h->family;
	struct put *p = &a->put;
	int64_t parameters = 0;

	TRY(text_id(a, h->parameters, &parameters));
	/* digest, content and networks are known at the end */
	TRY(sql_run(a, sql_bind(a, SQL_ASSESSMENT_ADD, "bbboiiiiiiiiii", p->basis, p->basis, p->basis, h->at, parameters,
	    (int64_t)0, (int64_t)h->collectors, (int64_t)h->vantage_points, (int64_t)f[FAMILY_V4].full_feed,
	    (int64_t)f[FAMILY_V4].visibility, (int64_t)f[FAMILY_V4].visible_routes, (int64_t)f[FAMILY_V6].full_feed,
	    (int64_t)f[FAMILY_V6].visibility, (int64_t)f[FAMILY_V6].visible_routes)));
	p->assessment = sql_last_id(a);
	p->n_controls = head_controls(h);
	p->controls = arena_array(a->a, p->n_controls + 1, sizeof(*p->controls));
	tally_begin(a);
	given_begin(a);
	TRY(packs_put(a, h));
	return inputs_put(a, h);
}

/* --- the transaction --- */

enum err
put_begin(struct archive *a)
{
	assert(a->mode == ARCHIVE_WRITE && !a->put.begun);
	str_clear(&a->why);
	TRY(sql_exec(a, "BEGIN IMMEDIATE"));
	a->put = (struct put){.begun = true};
	/* another program may have brought it there since it was opened */
	TRY(schema_look(a, &a->schema));
	return a->schema == a->target ? OK : schema_migrate(a, a->target);
}

static enum err
find(struct archive *a, enum sql id, const uint8_t digest[static SHA256_BYTES])
{
	enum err e = OK;
	stmt *s = sql_bind(a, id, "b", digest);

	a->put.there = sql_row(a, s, &e);
	sql_done(s);
	return e;
}

static enum err
begin(struct archive *a, const struct archive_head *head, const uint8_t basis[static SHA256_BYTES],
    const uint8_t *content)
{
	uint8_t digest[SHA256_BYTES];
	struct put *p = &a->put;

	TRY(put_begin(a));
	p->head = head;
	p->known = content != NULL;
	memcpy(p->basis, basis, SHA256_BYTES);
	content_begin(&p->hash);
	if (content != NULL) {
		memcpy(p->content, content, SHA256_BYTES);
		archive_digest(basis, content, digest);
		TRY(find(a, SQL_DIGEST_FIND, digest));
	} else {
		TRY(find(a, SQL_BASIS_FIND, basis));
	}
	return p->there ? OK : head_put(a);
}

enum err
archive_begin(struct archive *a, const struct archive_head *head, const uint8_t basis[static SHA256_BYTES])
{
	enum err e = begin(a, head, basis, NULL);

	if (e != OK)
		archive_rollback(a);
	return e;
}

enum err
archive_begin_known(struct archive *a, const struct archive_head *head, const uint8_t basis[static SHA256_BYTES],
    const uint8_t content[static SHA256_BYTES])
{
	enum err e = begin(a, head, basis, content);

	if (e != OK)
		archive_rollback(a);
	return e;
}

bool
archive_is_there(const struct archive *a)
{
	return a->put.there;
}

/* The ids of a transaction that was rolled back are those of nothing; after a commit they would only grow. */
static void
forget(struct archive *a)
{
	sha256_drop(&a->put.hash);
	parties_free(a->put.parties);
	free(a->put.places);
	given_drop(a);
	a->put = (struct put){0};
	intern_clear(&a->texts);
	intern_clear(&a->stands);
	intern_clear(&a->rulings);
	intern_clear(&a->paths);
	arena_reset(a->a);
}

void
archive_rollback(struct archive *a)
{
	if (!a->put.begun)
		return;
	sql_rollback(a);
	forget(a);
}

/* Is it one of the same basis? */
static enum err
compare(struct archive *a, const uint8_t content[static SHA256_BYTES])
{
	uint8_t digest[SHA256_BYTES] = {0}, other[SHA256_BYTES];
	char hex[SHA256_HEX + 1];
	bool same = false;
	enum err e = OK;
	stmt *s = sql_bind(a, SQL_BASIS_FIND, "b", a->put.basis);

	while (sql_row(a, s, &e)) {
		(void)sql_digest(s, 1, digest);
		same |= sql_digest(s, 2, other) && memcmp(other, content, SHA256_BYTES) == 0;
	}
	if (e != OK || same)
		return e;
	sha256_hex(digest, hex);
	return archive_fail(a, ERR_CONTRADICT, "%.16s... in it has other results of the same evidence, packs, parameters "
	    "and moment: another version of this program made them; \"routemark archive import\" of this one's --json "
	    "keeps both", hex);
}

static enum err
finish(struct archive *a, enum archive_fate *fate)
{
	uint8_t content[SHA256_BYTES], digest[SHA256_BYTES];
	struct put *p = &a->put;

	*fate = p->there ? ARCHIVE_THERE : ARCHIVE_NEW;
	if (p->window != NULL)
		return window_finish(a);
	sha256_end(&p->hash, content);
	if (p->known && memcmp(content, p->content, SHA256_BYTES) != 0)
		return archive_fail(a, ERR_CONTRADICT, "changed while it was read");
	if (p->there)
		return p->known ? OK : compare(a, content);
	archive_digest(p->basis, content, digest);
	if (a->schema >= 3)	/* a test writes an earlier one */
		TRY(tally_put(a));
	if (a->schema >= SCHEMA_PLACES)
		TRY(places_put(a));
	if (a->schema >= SCHEMA_SEARCH)
		TRY(given_put(a));
	TRY(sql_run(a, sql_bind(a, SQL_ASSESSMENT_DONE, "ibbi", p->assessment, digest, content, (int64_t)p->networks)));
	return sql_exec(a, "COMMIT");
}

enum err
archive_commit(struct archive *a, enum archive_fate *fate)
{
	enum err e;

	assert(a->put.begun);
	e = finish(a, fate);
	if (e == OK && *fate == ARCHIVE_NEW)
		forget(a);
	else
		archive_rollback(a);
	return e;
}
