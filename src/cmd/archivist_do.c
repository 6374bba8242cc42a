/* archivist_do: the archivist's own side. Who sends may be anybody: what is out of turn ends it, what is wrong is answered. */
#include "archive/parcel.h"
#include "cmd/archivist.h"
#include "cmd/archivist_int.h"

#include <stdlib.h>

enum doing { NOTHING, ROWS, INCIDENTS, FAILED };	/* FAILED: rolled back; why is told when it is asked for */

struct archivist {
	const char *path;
	struct archive *archive;	/* owned; NULL until the first begin */
	struct arena *begun, *one;	/* owned: of what was begun; of one parcel */
	struct parcel head;		/* what was begun: the archive borrows from it */
	enum doing doing;
	enum err err;
	struct str why;			/* owned */
	uint32_t *asns;			/* owned: of the rows so far */
	size_t n_asns, cap_asns;
	struct parcel_inbox in;
	bool unheard;			/* an answer did not go out: who waits for it must not wait for ever */
};

static bool
answer(struct archivist *k, enum err e, const char *why, const enum archive_fate *fates, size_t n)
{
	const struct parcel p = {.kind = PARCEL_ANSWER, .err = e, .why = e == OK ? "" : why[0] != '\0' ? why : err_text(e),
	    .fates = e == OK ? fates : NULL, .n_fates = e == OK ? n : 0};
	struct str out = {0};

	k->unheard = !parcel_write(&out, &p) || !outbox_send(k->in.fd, str_span(&out));
	str_release(&out);
	return true;
}

static void
fail(struct archivist *k, enum err e, const char *why)
{
	str_clear(&k->why);
	str_adds(&k->why, why);
	k->err = e;
	k->doing = FAILED;
	if (k->archive != NULL)
		archive_rollback(k->archive);
}

/* The archive's own word, before it is rolled back. */
static void
fail_archive(struct archivist *k, enum err e)
{
	char *why = arena_strdup(k->one, span_of(archive_why(k->archive)));

	fail(k, e, why);
}

static void
fail_field(struct archivist *k, enum err e, const char *field)
{
	fail(k, e, arena_printf(k->one, "what came from the process that reads the input cannot be archived: %s: %s", field,
	    err_text(e)));
}

static enum err
opened(struct archivist *k)
{
	struct str why = {0};
	enum err e = OK;

	if (k->archive == NULL)
		e = archive_open(&k->archive, k->path, ARCHIVE_WRITE, &why);
	if (e != OK)
		fail(k, e, why.p);
	str_release(&why);
	return e;
}

/* --- what is answered --- */

static bool
answer_begin(struct archivist *k, enum doing doing)
{
	if (k->doing == FAILED) {
		k->doing = NOTHING;
		return answer(k, k->err, k->why.p, NULL, 0);
	}
	k->doing = doing;
	return answer(k, OK, "", NULL, 0);
}

static bool
do_assessment(struct archivist *k, struct span body)
{
	const char *field = "";
	enum err e;

	arena_reset(k->begun);
	k->n_asns = 0;
	e = parcel_read(PARCEL_ASSESSMENT, arena_span(k->begun, body), k->begun, &k->head, &field);
	if (e != OK)
		fail_field(k, e, field);
	else if (opened(k) == OK) {
		e = k->head.known ? archive_begin_known(k->archive, &k->head.head, k->head.basis, k->head.content) :
		    archive_begin(k->archive, &k->head.head, k->head.basis);
		if (e != OK)
			fail_archive(k, e);
	}
	return answer_begin(k, ROWS);
}

static bool
do_window(struct archivist *k, struct span body)
{
	uint8_t basis[SHA256_BYTES];
	const char *field = "";
	enum err e;

	arena_reset(k->begun);
	e = parcel_read(PARCEL_WINDOW, arena_span(k->begun, body), k->begun, &k->head, &field);
	if (e == OK) {
		archive_window_basis(&k->head.window, basis);
		field = "basis";
		e = memcmp(basis, k->head.basis, SHA256_BYTES) == 0 ? OK : ERR_CONTRADICT;
	}
	if (e != OK)
		fail_field(k, e, field);
	else if (opened(k) == OK) {
		e = archive_window_begin(k->archive, &k->head.window, basis, k->head.content);
		if (e != OK)
			fail_archive(k, e);
	}
	return answer_begin(k, INCIDENTS);
}

static bool
do_exposures(struct archivist *k, struct span body)
{
	enum archive_fate *fates;
	const char *field = "";
	struct parcel p;
	enum err e = parcel_read(PARCEL_EXPOSURES, body, k->one, &p, &field);

	if (e != OK)
		fail_field(k, e, field);
	else if (opened(k) == OK) {
		fates = arena_array(k->one, p.exposures.n + 1, sizeof(*fates));
		e = archive_exposures_put(k->archive, &p.exposures, fates);
		if (e == OK)
			return answer(k, OK, "", fates, p.exposures.n);
		fail_archive(k, e);
	}
	return answer_begin(k, NOTHING);
}

/* The basis that names an assessment is over its networks, which came since. */
static bool
basis_holds(const struct archivist *k)
{
	uint8_t basis[SHA256_BYTES];

	archive_basis(&k->head.head, k->asns, k->n_asns, basis);
	return memcmp(basis, k->head.basis, SHA256_BYTES) == 0;
}

static bool
do_commit(struct archivist *k)
{
	enum archive_fate fate = ARCHIVE_NEW;
	enum err e;

	if (k->doing == ROWS && !basis_holds(k))
		fail_field(k, ERR_CONTRADICT, "basis");
	if (k->doing != FAILED) {
		e = archive_commit(k->archive, &fate);
		if (e == OK) {
			k->doing = NOTHING;
			return answer(k, OK, "", &fate, 1);
		}
		fail_archive(k, e);
	}
	return answer_begin(k, NOTHING);
}

/* --- what is not --- */

static void
do_row(struct archivist *k, struct span row)
{
	struct rd r;
	enum err e;

	if (k->doing == FAILED)
		return;
	e = archive_put(k->archive, row);
	if (e != OK) {
		fail_archive(k, e);
		return;
	}
	r = rd_init(row.p + 8, row.len - 8, 0);	/* behind its length: archive_put has read it whole */
	k->asns = grow(k->asns, &k->cap_asns, k->n_asns + 1, sizeof(*k->asns));
	k->asns[k->n_asns++] = (uint32_t)rd_u64(&r, "asn");
}

static void
do_incident(struct archivist *k, struct span body)
{
	const char *field = "";
	struct parcel p;
	enum err e;

	if (k->doing == FAILED)
		return;
	e = parcel_read(PARCEL_INCIDENT, body, k->one, &p, &field);
	if (e == OK) {
		field = parcel_outside(&p.incident, &k->head.window);
		e = field == NULL ? OK : ERR_CONTRADICT;
	}
	if (e != OK) {
		fail_field(k, e, field);
		return;
	}
	e = archive_incident_put(k->archive, &p.incident);
	if (e != OK)
		fail_archive(k, e);
}

static void
do_rollback(struct archivist *k)
{
	if (k->archive != NULL)
		archive_rollback(k->archive);
	k->doing = NOTHING;
}

/* False when it is not its turn. */
static bool
do_one(struct archivist *k, enum parcel_kind kind, struct span body)
{
	arena_reset(k->one);
	switch (kind) {
	case PARCEL_ASSESSMENT:
		return k->doing == NOTHING && do_assessment(k, body);
	case PARCEL_WINDOW:
		return k->doing == NOTHING && do_window(k, body);
	case PARCEL_EXPOSURES:
		return k->doing == NOTHING && do_exposures(k, body);
	case PARCEL_COMMIT:
		return k->doing != NOTHING && body.len == 0 && do_commit(k);
	case PARCEL_ROW:
		if (k->doing != ROWS && k->doing != FAILED)
			return false;
		do_row(k, body);
		return true;
	case PARCEL_INCIDENT:
		if (k->doing != INCIDENTS && k->doing != FAILED)
			return false;
		do_incident(k, body);
		return true;
	case PARCEL_ROLLBACK:
		do_rollback(k);
		return body.len == 0;
	case PARCEL_ANSWER:
	case PARCEL_N:
		break;
	}
	return false;
}

bool
archivist_serve(int fd, const char *path)
{
	struct archivist k = {.path = path, .begun = arena_new(), .one = arena_new(), .in = {.fd = fd}};
	enum inbox_said said;
	enum parcel_kind kind;
	struct span body;
	bool good = true;

	while (good && !k.unheard && (said = inbox_take(&k.in, &kind, &body)) != INBOX_END)
		good = said == INBOX_ONE && do_one(&k, kind, body);
	archive_close(k.archive);	/* which rolls back */
	arena_free(k.begun);
	arena_free(k.one);
	str_release(&k.in.bytes);
	str_release(&k.why);
	free(k.asns);
	return good;
}
