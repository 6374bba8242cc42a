#include "seal/witness.h"
#include "base/limits.h"
#include "seal/submission.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define SELF "witness"
#define LOCK "lock"
#define PLACE_MAX (sizeof("log/") + SHA256_HEX + sizeof(".fork"))

static enum err PRINTF_LIKE(3, 4)
fail(struct witness *w, enum err e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(w->why, sizeof(w->why), fmt, ap);
	va_end(ap);
	return e;
}

/* Origins are names of strangers: a digest is a file name under any. */
static void
place(struct span origin, const char *suffix, char out[static PLACE_MAX])
{
	uint8_t d[SHA256_BYTES];
	char hex[SHA256_HEX + 1];

	sha256_of(origin.p, origin.len, d);
	sha256_hex(d, hex);
	snprintf(out, PLACE_MAX, "log/%s%s", hex, suffix);
}

/* --- the keys of an origin --- */

struct known {
	struct key_pub *key;
	size_t n;
};

static struct known
known_of(const struct witness *w, struct span origin, struct arena *a)
{
	struct known k = {arena_array(a, w->n_logs + 1, sizeof(*k.key)), 0};
	size_t i;

	for (i = 0; i < w->n_logs; i++)
		if (span_is(origin, w->logs[i].name))
			k.key[k.n++] = w->logs[i];
	return k;
}

/* Signed by a key of its origin, and by none wrongly. The signatures that are good: *good, of k.n. */
static enum err
signed_by(const struct note *n, const struct known *k, struct arena *a, struct note_check **good, const char **why)
{
	*good = arena_array(a, k->n + 1, sizeof(**good));
	return note_verify(n, k->key, k->n, *good, why);
}

/* --- what is remembered --- */

enum err
witness_last(struct witness *w, struct span origin, struct arena *a, struct span *bytes, struct checkpoint *out)
{
	struct known k = known_of(w, origin, a);
	struct str text = {0};
	struct note_check *good;
	const char *why = NULL;
	char path[PLACE_MAX];
	struct note n;
	enum err e;

	place(origin, "", path);
	e = store_read(&w->store, path, NOTE_BYTES_MAX, &text);
	*bytes = arena_span(a, str_span(&text));
	str_release(&text);
	if (e == ERR_OPEN && errno == ENOENT) {
		*bytes = (struct span){NULL, 0};
		*out = (struct checkpoint){.origin = origin};
		tree_empty(&out->root);
		return OK;
	}
	if (e != OK)
		return fail(w, e, "%s: %s", path, e == ERR_LIMIT ? "is longer than any note" : strerror(errno));
	if (note_read(*bytes, a, &n, &why) != OK || checkpoint_read(n.text, out, &why) != OK)
		return fail(w, ERR_SYNTAX, "%s: %s", path, why);
	if (!span_eq(out->origin, origin))
		return fail(w, ERR_SYNTAX, "%s: is of another log", path);
	if (signed_by(&n, &k, a, &good, &why) != OK)
		return fail(w, ERR_UNKNOWN, "%s: %s", path, why);
	return OK;
}

/* The checkpoint with the signatures of its log: others' are nothing that was checked. */
static enum err
remember(struct witness *w, const char *path, const struct note *n, const struct known *k)
{
	struct str s = {0};
	size_t i, j;
	enum err e;

	note_begin(&s, n->text);
	for (i = 0; i < n->n; i++)
		for (j = 0; j < k->n; j++)
			if (n->sigs[i].id == k->key[j].id && span_is(n->sigs[i].name, k->key[j].name)) {
				str_add(&s, n->sigs[i].line);
				str_addc(&s, '\n');
			}
	e = store_write(&w->store, path, str_span(&s));
	str_release(&s);
	return e == OK ? OK : fail(w, e, "%s: cannot be written: %s", path, strerror(errno));
}

/* --- opening --- */

static enum err
folder_open(struct witness *w, const char *path)
{
	if (store_open(&w->store, path) != OK)
		return fail(w, ERR_OPEN, "%s", strerror(errno));
	w->lock = openat(w->store.dir, LOCK, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (w->lock < 0)
		return fail(w, ERR_OPEN, LOCK ": %s", strerror(errno));
	if (flock(w->lock, LOCK_EX | LOCK_NB) == 0)
		return OK;
	return errno == EWOULDBLOCK ? fail(w, ERR_STOPPED, "another process is this witness") :
	    fail(w, ERR_IO, LOCK ": %s", strerror(errno));
}

static enum err
self_make(struct witness *w, const char *path, const struct key_pub *self)
{
	struct str vkey = {0};
	struct stat st;
	enum err e;

	if (mkdir(path, 0755) != 0 && errno != EEXIST)
		return fail(w, ERR_OPEN, "%s", strerror(errno));
	TRY(folder_open(w, path));
	if (fstatat(w->store.dir, SELF, &st, 0) == 0 || fstatat(w->store.dir, "log", &st, 0) == 0)
		return fail(w, ERR_CONTRADICT, "there is a witness already");
	key_vkey_write(&vkey, self);
	str_addc(&vkey, '\n');
	e = store_write(&w->store, SELF, str_span(&vkey));
	str_release(&vkey);
	return e == OK ? OK : fail(w, e, SELF ": cannot be written: %s", strerror(errno));
}

enum err
witness_init(const char *path, const struct key_pub *self, char why[static STORE_PATH_MAX + 256])
{
	struct witness w = {.lock = -1, .store = {.dir = -1}};
	enum err e = self_make(&w, path, self);

	memcpy(why, w.why, sizeof(w.why));
	witness_close(&w);
	return e;
}

static enum err
self_check(struct witness *w)
{
	struct str text = {0}, vkey = {0};
	enum err e = store_read(&w->store, SELF, KEY_FILE_MAX, &text);

	key_vkey_write(&vkey, key_pub(w->key));
	str_addc(&vkey, '\n');
	if (e != OK)
		e = fail(w, ERR_OPEN, SELF ": %s: no witness was made here", e == ERR_LIMIT ? "too long" : strerror(errno));
	else if (!span_eq(str_span(&text), str_span(&vkey)))
		e = fail(w, ERR_UNKNOWN, "is the memory of another witness's key");
	str_release(&text);
	str_release(&vkey);
	return e;
}

enum err
witness_open(struct witness *w, const char *path, const struct key *k, const struct key_pub *logs, size_t n_logs)
{
	struct checkpoint c;
	struct arena *a;
	struct span bytes;
	enum err e = OK;
	size_t i, j;

	*w = (struct witness){.lock = -1, .key = k, .logs = logs, .n_logs = n_logs, .store = {.dir = -1}};
	assert(key_pub(k)->use == KEY_WITNESS);
	for (i = 0; i < n_logs; i++)
		for (j = 0; j < i; j++)
			if (logs[i].id == logs[j].id && strcmp(logs[i].name, logs[j].name) == 0)
				return fail(w, ERR_CONTRADICT, "%s: is given twice, or has the id of another key", logs[i].name);
	TRY(folder_open(w, path));
	TRY(self_check(w));
	a = arena_new();
	for (i = 0; i < n_logs && e == OK; i++) {
		e = witness_last(w, span_of(logs[i].name), a, &bytes, &c);
		arena_reset(a);
	}
	arena_free(a);
	return e;
}

void
witness_close(struct witness *w)
{
	store_close(&w->store);
	if (w->lock >= 0)
		close(w->lock);
	w->lock = -1;
}

/* --- answering --- */

static void
say(struct witness_answer *out, unsigned status, const char *text)
{
	out->status = status;
	str_adds(&out->body, text);
	str_addc(&out->body, '\n');
}

static void
say_size(struct witness_answer *out, uint64_t size)
{
	out->status = 409;
	str_addu(&out->body, size);
	str_addc(&out->body, '\n');
}

/* Two trees under the log's own signature are the proof that it lies: the first of that kind is kept. */
static void
fork_keep(struct witness *w, const struct note *n, struct span origin, const struct known *k, struct witness_answer *out)
{
	struct stat st;
	char path[PLACE_MAX];

	out->forked = true;
	place(origin, ".fork", path);
	if (fstatat(w->store.dir, path, &st, 0) != 0 && remember(w, path, n, k) != OK)
		return;	/* w->why has it; nothing depends on it */
}

static void
sign(struct witness *w, const struct note *n, uint64_t time, struct witness_answer *out)
{
	struct str whole = {0};
	size_t skip = n->text.len + 1;

	note_begin(&whole, n->text);
	note_add(&whole, n->text, w->key, time);
	out->status = 200;
	str_add(&out->body, (struct span){whole.p + skip, whole.len - skip});
	str_release(&whole);
}

/* The checkpoint is the log's. In the order of the specification. */
static void
consider(struct witness *w, const struct submission *s, const struct note *n, const struct checkpoint *c,
    const struct known *k, struct arena *a, uint64_t time, struct witness_answer *out)
{
	struct checkpoint last;
	struct span bytes;
	char path[PLACE_MAX];

	if (s->old > c->size) {
		say(out, 400, "the old size is larger than the checkpoint's");
	} else if (witness_last(w, c->origin, a, &bytes, &last) != OK) {
		say(out, 500, "the witness cannot read what it remembers");
	} else if (c->size == last.size && !tree_same(&c->root, &last.root)) {
		if (bytes.len > 0)
			fork_keep(w, n, c->origin, k, out);
		say_size(out, last.size);
	} else if (s->old != last.size) {
		say_size(out, last.size);
	} else if (!tree_extended(&s->proof, s->old, c->size, &last.root, &c->root)) {
		say(out, 422, "the proof does not show that the checkpoint continues the one before");
	} else {
		place(c->origin, "", path);
		if (remember(w, path, n, k) == OK)
			sign(w, n, time, out);
		else
			say(out, 500, "the witness cannot remember the checkpoint, and so does not sign it");
	}
}

void
witness_add(struct witness *w, struct span body, uint64_t time, struct witness_answer *out)
{
	struct arena *a = arena_new();
	struct note_check *good;
	const char *why = NULL;
	struct checkpoint c;
	struct submission s;
	struct known k;
	struct note n;

	w->why[0] = '\0';
	out->origin[0] = '\0';
	out->size = 0;
	out->forked = false;
	if (submission_read(body, &s, &why) != OK || note_read(s.checkpoint, a, &n, &why) != OK ||
	    checkpoint_read(n.text, &c, &why) != OK) {
		say(out, 400, why);
	} else if ((k = known_of(w, c.origin, a)).n == 0) {
		say(out, 404, "no log of that origin is known here");
	} else if (signed_by(&n, &k, a, &good, &why) != OK) {
		say(out, 403, why);
	} else {
		snprintf(out->origin, sizeof(out->origin), "%s", k.key[0].name);
		out->size = c.size;
		consider(w, &s, &n, &c, &k, a, time, out);
	}
	arena_free(a);
}
