#include "seal/ledger.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

static enum err
fail(struct ledger_file *f, enum err e, const char *what)
{
	f->why = arena_printf(f->a, "%s: %s", f->name, what);
	return e;
}

static enum err
lock_take(struct ledger_file *f)
{
	const char *path = arena_printf(f->a, "%s.lock", f->name);

	f->lock = openat(f->store.dir, path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (f->lock < 0)
		return fail(f, ERR_OPEN, arena_printf(f->a, "its lock: %s", strerror(errno)));
	if (flock(f->lock, LOCK_EX | LOCK_NB) == 0)
		return OK;
	return errno == EWOULDBLOCK ? fail(f, ERR_STOPPED, "another writer has it") : fail(f, ERR_IO, strerror(errno));
}

enum err
ledger_take(struct ledger_file *f, const char *path, bool write)
{
	const char *slash = strrchr(path, '/');
	enum err e;

	*f = (struct ledger_file){.store = {.dir = -1}, .lock = -1, .a = arena_new()};
	f->name = arena_strdup(f->a, span_of(slash != NULL ? slash + 1 : path));
	if (*f->name == '\0' || strlen(f->name) + sizeof(".lock") > STORE_PATH_MAX)
		return fail(f, ERR_OPEN, "is no name of a file");
	if (store_open(&f->store, slash == NULL ? "." : slash == path ? "/" :
	    arena_strdup(f->a, (struct span){path, (size_t)(slash - path)})) != OK)
		return fail(f, ERR_OPEN, strerror(errno));
	if (write)
		TRY(lock_take(f));
	e = store_read(&f->store, f->name, DISPUTE_BYTES_MAX, &f->bytes);
	f->is_new = write && e == ERR_OPEN && errno == ENOENT;
	if (e != OK && !f->is_new)
		return fail(f, e, e == ERR_LIMIT ? "has more than DISPUTE_BYTES_MAX bytes" : strerror(errno));
	if (!f->is_new && f->bytes.len == 0)
		return fail(f, ERR_SYNTAX, "is empty: a ledger has a line when it is made");
	return OK;
}

enum err
ledger_parse(struct ledger_file *f)
{
	const char *why = "";
	enum err e = ledger_read(str_span(&f->bytes), f->a, &f->ledger, &why);

	return e != OK ? fail(f, e, why) : OK;
}

enum err
ledger_open(struct ledger_file *f, const char *path, bool write)
{
	TRY(ledger_take(f, path, write));
	return ledger_parse(f);
}

enum err
ledger_append(struct ledger_file *f, struct dispute_line *l, const struct key *k, char hex[static SHA256_HEX + 1])
{
	uint8_t digest[SHA256_BYTES];
	size_t from = f->bytes.len;
	enum err e;

	if (f->ledger.n == DISPUTE_LINES_MAX)
		return fail(f, ERR_LIMIT, "has DISPUTE_LINES_MAX lines: begin another");
	l->previous = f->ledger.n > 0 ? f->ledger.digests[f->ledger.n - 1] : NULL;
	if (dispute_write(&f->bytes, l, k) != OK || f->bytes.len + 1 > DISPUTE_BYTES_MAX) {
		f->bytes.len = from;
		return fail(f, ERR_LIMIT, "the line, or the ledger with it, is too long");
	}
	sha256_of(f->bytes.p + from, f->bytes.len - from, digest);
	sha256_hex(digest, hex);
	str_addc(&f->bytes, '\n');
	e = store_write(&f->store, f->name, str_span(&f->bytes));
	if (e != OK)
		return fail(f, e, arena_printf(f->a, "cannot be written: %s", strerror(errno)));
	return OK;
}

void
ledger_close(struct ledger_file *f)
{
	store_close(&f->store);
	if (f->lock >= 0)
		close(f->lock);
	f->lock = -1;
	str_release(&f->bytes);
	arena_free(f->a);
	f->a = NULL;
}
