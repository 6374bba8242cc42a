/* archivist: the side of who decodes. */
#include "cmd/archivist.h"
#include "cmd/archivist_int.h"

#include <assert.h>

#define BATCH (256u << 10)	/* bytes that wait to be sent: rows of some hundred networks */

static struct {
	int fd;			/* -1: there is none */
	bool gone;		/* it has ended ... */
	bool asked;		/* ... after the last question was sent whole */
	struct parcel_inbox in;
	struct str out, why;
} to = {.fd = -1};

void
archivist_start(int fd)
{
	to.fd = to.in.fd = fd;
}

bool
archivist_able(void)
{
	return to.fd >= 0;
}

const char *
archivist_why(void)
{
	return to.why.p != NULL ? to.why.p : "";
}

static enum err
fail(enum err e, const char *why)
{
	str_clear(&to.why);
	str_adds(&to.why, why);
	return e;
}

static enum err
gone(void)
{
	to.gone = true;
	return fail(ERR_IO, "the process that writes the archive has ended; nothing of this was archived");
}

static enum err
flush(void)
{
	bool good = !to.gone && outbox_send(to.fd, str_span(&to.out));

	str_clear(&to.out);
	return good ? OK : gone();
}

static enum err
tell(const struct parcel *p)
{
	assert(archivist_able());
	if (to.gone)
		return gone();
	if (!parcel_write(&to.out, p))
		return fail(ERR_LIMIT, "a part of what is to be archived is over a named limit (PARCEL_BYTES_MAX)");
	return to.out.len >= BATCH ? flush() : OK;
}

static enum err
answer(struct arena *a, enum archive_fate *fate, size_t n)
{
	enum parcel_kind kind;
	const char *field;
	struct parcel p;
	struct span body;
	size_t i;

	if (inbox_take(&to.in, &kind, &body) != INBOX_ONE || kind != PARCEL_ANSWER || parcel_read(kind, body, a, &p, &field) != OK ||
	    (p.err == OK && p.n_fates != n))
		return gone();
	for (i = 0; p.err == OK && i < n; i++)
		fate[i] = p.fates[i];
	return p.err == OK ? OK : fail(p.err, p.why);
}

static enum err
ask(const struct parcel *p, enum archive_fate *fate, size_t n)
{
	struct arena *a;
	enum err e;

	str_clear(&to.why);
	to.asked = false;
	TRY(tell(p));
	TRY(flush());
	to.asked = true;
	a = arena_new();
	e = answer(a, fate, n);
	arena_free(a);
	return e;
}

enum err
archivist_begin(const struct archive_head *head, const uint8_t basis[static SHA256_BYTES], const uint8_t *content)
{
	struct parcel p = {.kind = PARCEL_ASSESSMENT, .known = content != NULL, .head = *head};

	memcpy(p.basis, basis, SHA256_BYTES);
	if (content != NULL)
		memcpy(p.content, content, SHA256_BYTES);
	return ask(&p, NULL, 0);
}

enum err
archivist_put(struct span row)
{
	const struct parcel p = {.kind = PARCEL_ROW, .row = row};

	return tell(&p);
}

enum err
archivist_window(const struct archive_window *w, const uint8_t basis[static SHA256_BYTES], const uint8_t content[static SHA256_BYTES])
{
	struct parcel p = {.kind = PARCEL_WINDOW, .window = *w};

	memcpy(p.basis, basis, SHA256_BYTES);
	memcpy(p.content, content, SHA256_BYTES);
	return ask(&p, NULL, 0);
}

enum err
archivist_incident(const struct archive_incident *i)
{
	const struct parcel p = {.kind = PARCEL_INCIDENT, .incident = *i};

	return tell(&p);
}

enum err
archivist_commit(enum archive_fate *fate)
{
	const struct parcel p = {.kind = PARCEL_COMMIT};
	enum err e = ask(&p, fate, 1);

	if (e != OK && to.gone && to.asked)	/* it may have been done, and not have been said */
		return fail(e, "the process that writes the archive ended while it did; all of this is in the archive, or nothing");
	return e;
}

void
archivist_rollback(void)
{
	const struct parcel p = {.kind = PARCEL_ROLLBACK};
	struct str why = to.why;

	to.why = (struct str){0};	/* what went wrong is why it is rolled back, and stays told */
	if (archivist_able() && !to.gone)
		if (tell(&p) == OK && flush() != OK)
			str_clear(&to.why);
	str_release(&to.why);
	to.why = why;
}

enum err
archivist_exposures(const struct exposed_document *d, enum archive_fate *fate)
{
	const struct parcel p = {.kind = PARCEL_EXPOSURES, .exposures = *d};

	return ask(&p, fate, d->n);
}
