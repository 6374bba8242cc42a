/* log_fsck: everything again from the entries, held against every file. */
#include "base/limits.h"
#include "seal/log.h"

#include <errno.h>

struct fsck {
	struct log *log;
	struct {
		uint8_t bytes[TILE_BYTES];
		uint64_t index;
		bool loaded;
	} tile[TILE_LEVELS];
};

static void
compare(void *arg, unsigned level, uint64_t index, const struct tree_hash *h)
{
	unsigned of = level / TILE_HEIGHT;
	struct fsck *f = arg;
	struct tile t = {of, index / TILE_WIDTH, 0};

	if (level % TILE_HEIGHT != 0 || f->log->err != OK)
		return;
	t.width = tile_width(f->log->size, of, t.index);
	if (!f->tile[of].loaded || f->tile[of].index != t.index) {
		f->tile[of].loaded = log_tile_read(f->log, &t, f->tile[of].bytes) == OK;
		f->tile[of].index = t.index;
	}
	if (f->tile[of].loaded && memcmp(f->tile[of].bytes + index % TILE_WIDTH * TREE_HASH, h->b, TREE_HASH) != 0) {
		struct str path = {0};

		tile_path(&path, &t);
		log_fail(f->log, ERR_CONTRADICT, "%s: hash %llu is not that of the entries", path.p,
		    (unsigned long long)(index % TILE_WIDTH));
		str_release(&path);
	}
}

/* One bundle: exactly width entries. at_size: where the published checkpoint ends, whose root is asked for. */
static enum err
bundle(struct fsck *f, uint64_t index, unsigned width, struct tree_edge *edge, uint64_t at_size, struct tree_hash *at_root)
{
	struct str path = {0}, bytes = {0};
	struct log *l = f->log;
	struct tree_hash leaf;
	size_t at = 0, len;
	unsigned i;
	enum err e;

	tile_path(&path, &(struct tile){TILE_ENTRIES, index, width});
	e = store_read(&l->store, path.p, (ENTRY_MAX + 2) * TILE_WIDTH, &bytes);
	if (e != OK)
		e = log_fail(l, e, "%s: %s", path.p, e == ERR_LIMIT ? "is too long" : strerror(errno));
	for (i = 0; i < width && e == OK; i++) {
		len = bytes.len - at < 2 ? bytes.len :
		    ((size_t)(unsigned char)bytes.p[at] << 8 | (unsigned char)bytes.p[at + 1]);
		if (bytes.len - at < 2 || bytes.len - at - 2 < len) {
			e = log_fail(l, ERR_CONTRADICT, "%s: ends within entry %u", path.p, i);
			break;
		}
		tree_leaf((struct span){bytes.p + at + 2, len}, &leaf);
		tree_edge_add(edge, &leaf, compare, f);
		at += len + 2;
		if (edge->size == at_size)
			tree_edge_root(edge, at_root);
		e = l->err;
	}
	if (e == OK && at != bytes.len)
		e = log_fail(l, ERR_CONTRADICT, "%s: has %zu bytes behind its last entry", path.p, bytes.len - at);
	str_release(&path);
	str_release(&bytes);
	return e;
}

static enum err
signature(struct log *l, struct span bytes, const struct key_pub *k, struct arena *a)
{
	struct note_check check;
	const char *why = "";
	struct note n;

	if (note_read(bytes, a, &n, &why) == OK && note_verify(&n, k, 1, &check, &why) == OK)
		return OK;
	return log_fail(l, ERR_CONTRADICT, "checkpoint: %s", why);
}

/* What was signed and is held back must follow from the tiles, which are good by now. */
static enum err
held(struct log *l, const struct checkpoint *published, const struct key_pub *k, struct arena *a)
{
	struct tree_proof p;
	struct checkpoint c;
	struct span bytes;

	TRY(log_signed(l, a, &bytes, &c));
	if (c.size == published->size)
		return OK;
	if (k != NULL)
		TRY(signature(l, bytes, k, a));
	return log_extend(l, published->size, &c, &p);
}

static enum err
check(struct fsck *f, const struct key_pub *k, struct arena *a)
{
	struct tree_edge edge = {.size = 0};
	struct tree_hash root, at_root;
	struct log *l = f->log;
	struct checkpoint c;
	struct span bytes;
	uint64_t i;

	TRY(log_published(l, a, &bytes, &c));
	if (k != NULL)
		TRY(signature(l, bytes, k, a));
	tree_empty(&at_root);
	for (i = 0; tile_width(l->size, TILE_ENTRIES, i) > 0; i++)
		TRY(bundle(f, i, tile_width(l->size, TILE_ENTRIES, i), &edge, c.size, &at_root));
	tree_edge_root(&edge, &root);
	if (!tree_same(&root, &l->root))
		return log_fail(l, ERR_CONTRADICT, ".log/head: its root is not that of the entries");
	if (!tree_same(&at_root, &c.root))
		return log_fail(l, ERR_CONTRADICT, "checkpoint: its root is not that of the entries");
	return held(l, &c, k, a);
}

enum err
log_fsck(struct log *l, const struct key_pub *k)
{
	struct arena *a = arena_new();
	struct fsck *f = arena_alloc(a, sizeof(*f));
	enum err e;

	f->log = l;
	e = check(f, k, a);
	arena_free(a);
	return e;
}
