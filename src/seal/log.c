#include "seal/log.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD ".log/head"
#define LOCK ".log/lock"

enum err
log_fail(struct log *l, enum err e, const char *fmt, ...)
{
	va_list ap;

	if (l->err != OK)
		return l->err;
	va_start(ap, fmt);
	vsnprintf(l->why, sizeof(l->why), fmt, ap);
	va_end(ap);
	l->err = e;
	return e;
}

/* --- files --- */

static enum err
put(struct log *l, const char *path, struct span bytes)
{
	enum err e = store_write(&l->store, path, bytes);

	return e == OK ? OK : log_fail(l, e, "%s: cannot be written: %s", path, strerror(errno));
}

static enum err
get(struct log *l, const char *path, size_t max, struct str *out)
{
	enum err e = store_read(&l->store, path, max, out);

	if (e == ERR_LIMIT)
		return log_fail(l, e, "%s: has more than %zu bytes", path, max);
	return e == OK ? OK : log_fail(l, e, "%s: %s", path, strerror(errno));
}

enum err
log_tile_read(void *log, const struct tile *t, uint8_t *out)
{
	struct str path = {0}, bytes = {0};
	struct log *l = log;
	enum err e;

	tile_path(&path, t);
	e = get(l, path.p, TILE_BYTES, &bytes);
	if (e == OK && bytes.len != t->width * TREE_HASH)
		e = log_fail(l, ERR_CONTRADICT, "%s: has %zu bytes, not %u", path.p, bytes.len, t->width * TREE_HASH);
	if (e == OK)
		memcpy(out, bytes.p, bytes.len);
	str_release(&path);
	str_release(&bytes);
	return e;
}

/* --- opening --- */

static enum err
head_put(struct log *l, uint64_t size, const struct tree_hash *root)
{
	struct str text = {0};
	enum err e;

	checkpoint_write(&text, span_of(l->origin), size, root);
	e = put(l, HEAD, str_span(&text));
	str_release(&text);
	return e;
}

static enum err
head_get(struct log *l)
{
	struct checkpoint c;
	struct str text = {0};
	const char *why = "";
	enum err e = get(l, HEAD, 1024, &text);

	if (e == OK && (checkpoint_read(str_span(&text), &c, &why) != OK || c.origin.len > KEY_NAME_MAX || c.more.len > 0))
		e = log_fail(l, ERR_SYNTAX, HEAD ": %s", why != NULL ? why : "is not a head");
	if (e == OK) {
		memcpy(l->origin, c.origin.p, c.origin.len);
		l->size = c.size;
		l->root = c.root;
	}
	str_release(&text);
	return e;
}

static enum err
lock_take(struct log *l)
{
	l->lock = openat(l->store.dir, LOCK, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (l->lock < 0)
		return log_fail(l, ERR_OPEN, LOCK ": %s", strerror(errno));
	if (flock(l->lock, LOCK_EX | LOCK_NB) == 0)
		return OK;
	if (errno == EWOULDBLOCK)
		return log_fail(l, ERR_STOPPED, "another writer has the log");
	return log_fail(l, ERR_IO, LOCK ": %s", strerror(errno));
}

/* The partial tiles and the partial bundle, which the next entries go on. */
static enum err
partial_load(struct log *l)
{
	struct str path = {0};
	unsigned i, width;
	enum err e = OK;

	for (i = 0; i < TILE_LEVELS && e == OK; i++) {
		struct tile t = {i, l->size >> (TILE_HEIGHT * i) >> TILE_HEIGHT, 0};

		t.width = l->level[i].n = tile_width(l->size, i, t.index);
		if (t.width > 0)
			e = log_tile_read(l, &t, l->level[i].hash[0].b);
	}
	width = (unsigned)(l->size % TILE_WIDTH);
	if (e == OK && width > 0) {
		tile_path(&path, &(struct tile){TILE_ENTRIES, l->size / TILE_WIDTH, width});
		e = get(l, path.p, (ENTRY_MAX + 2) * TILE_WIDTH, &l->bundle);
		l->n_bundle = width;
	}
	str_release(&path);
	return e;
}

static enum err
edge_load(struct log *l)
{
	struct tile_tree *tiles = malloc(sizeof(*tiles));
	struct tree_source s;
	struct tree_hash root;
	unsigned bit;
	enum err e = OK;

	if (tiles == NULL)
		return log_fail(l, ERR_NOMEM, "out of memory");
	s = tile_tree_init(tiles, (struct tile_source){log_tile_read, l}, l->size);
	for (bit = 0; bit < 64 && e == OK; bit++)
		if ((l->size >> bit & 1) == 1)
			e = s.hash(s.arg, bit, (l->size >> bit) - 1, &l->edge.hash[bit]);
	free(tiles);
	l->edge.size = l->size;
	tree_edge_root(&l->edge, &root);
	if (e == OK && !tree_same(&root, &l->root))
		e = log_fail(l, ERR_CONTRADICT, "the tiles do not have the root of " HEAD);
	return e != OK ? e : partial_load(l);
}

enum err
log_open(struct log *l, const char *path, bool write)
{
	*l = (struct log){.lock = -1};
	if (store_open(&l->store, path) != OK)
		return log_fail(l, ERR_OPEN, "%s", strerror(errno));
	if (write)
		TRY(lock_take(l));
	TRY(head_get(l));
	return write ? edge_load(l) : OK;
}

void
log_close(struct log *l)
{
	store_close(&l->store);
	if (l->lock >= 0)
		close(l->lock);
	l->lock = -1;
	str_release(&l->bundle);
}

/* --- appending --- */

static void
tile_put(struct log *l, unsigned level, uint64_t index)
{
	struct log_level *v = &l->level[level];
	struct str path = {0};

	tile_path(&path, &(struct tile){level, index, v->n});
	(void)put(l, path.p, (struct span){(const char *)v->hash[0].b, v->n * TREE_HASH});	/* sticks in err */
	v->dirty = false;
	str_release(&path);
}

static void
whole(void *arg, unsigned level, uint64_t index, const struct tree_hash *h)
{
	struct log *l = arg;
	struct log_level *v = &l->level[level / TILE_HEIGHT];

	if (level % TILE_HEIGHT != 0 || l->err != OK)
		return;
	v->hash[v->n++] = *h;
	v->dirty = true;
	if (v->n < TILE_WIDTH)
		return;
	tile_put(l, level / TILE_HEIGHT, index / TILE_WIDTH);
	v->n = 0;
}

static void
bundle_put(struct log *l, uint64_t index)
{
	struct str path = {0};

	tile_path(&path, &(struct tile){TILE_ENTRIES, index, l->n_bundle});
	(void)put(l, path.p, str_span(&l->bundle));
	str_release(&path);
}

static void
entry_add(struct log *l, struct span entry)
{
	struct tree_hash leaf;

	str_addc(&l->bundle, (char)(entry.len >> 8));
	str_addc(&l->bundle, (char)(entry.len & 0xff));
	str_add(&l->bundle, entry);
	if (++l->n_bundle == TILE_WIDTH) {
		bundle_put(l, l->edge.size / TILE_WIDTH);
		str_clear(&l->bundle);
		l->n_bundle = 0;
	}
	tree_leaf(entry, &leaf);
	tree_edge_add(&l->edge, &leaf, whole, l);
}

enum err
log_append(struct log *l, const struct span *entries, size_t n, uint64_t *first)
{
	struct tree_hash root;
	uint64_t was = l->size;
	unsigned level;
	size_t i;

	if (l->err != OK)
		return l->err;
	for (i = 0; i < n; i++)	/* before anything is written */
		if (entries[i].len == 0 || entries[i].len > LOG_ENTRY_MAX)
			return log_fail(l, ERR_LIMIT, "entry %zu has %zu bytes, not 1 to %u", i + 1, entries[i].len, LOG_ENTRY_MAX);
	for (i = 0; i < n && l->err == OK; i++)
		entry_add(l, entries[i]);
	if (l->n_bundle > 0 && l->err == OK)
		bundle_put(l, l->edge.size / TILE_WIDTH);
	for (level = 0; level < TILE_LEVELS && l->err == OK; level++)
		if (l->level[level].dirty)
			tile_put(l, level, l->edge.size >> (TILE_HEIGHT * level) >> TILE_HEIGHT);
	if (l->err != OK)
		return l->err;
	tree_edge_root(&l->edge, &root);
	TRY(head_put(l, l->edge.size, &root));
	l->size = l->edge.size;
	l->root = root;
	*first = was;
	return OK;
}

/* --- a new one --- */

static enum err
first_head(struct log *l, const char *path, const struct key *k)
{
	struct tree_hash empty;
	struct stat st;

	if (mkdir(path, 0755) != 0 && errno != EEXIST)
		return log_fail(l, ERR_OPEN, "%s", strerror(errno));
	if (store_open(&l->store, path) != OK)
		return log_fail(l, ERR_OPEN, "%s", strerror(errno));
	if (fstatat(l->store.dir, HEAD, &st, 0) == 0 || fstatat(l->store.dir, "checkpoint", &st, 0) == 0 ||
	    fstatat(l->store.dir, "tile", &st, 0) == 0)
		return log_fail(l, ERR_CONTRADICT, "there is a log already");
	if (mkdirat(l->store.dir, ".log", 0755) != 0 && errno != EEXIST)
		return log_fail(l, ERR_IO, ".log: %s", strerror(errno));
	TRY(lock_take(l));
	snprintf(l->origin, sizeof(l->origin), "%s", key_pub(k)->name);
	tree_empty(&empty);
	l->root = empty;
	TRY(head_put(l, 0, &empty));
	return log_checkpoint(l, k, false);
}

enum err
log_init(const char *path, const struct key *k, char why[static STORE_PATH_MAX + 256])
{
	struct log l = {.lock = -1, .store = {.dir = -1}};
	enum err e = first_head(&l, path, k);

	memcpy(why, l.why, sizeof(l.why));
	log_close(&l);
	return e;
}
