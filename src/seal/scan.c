#include "seal/scan.h"
#include "base/limits.h"

#include <errno.h>

struct bundle {
	struct str path, bytes;		/* owned */
	struct span rest;
	uint64_t index;
	unsigned width;
	bool longer;			/* there may be entries behind those of this width */
};

static void
bundle_release(struct bundle *b)
{
	str_release(&b->path);
	str_release(&b->bytes);
}

/* The source of a log in a folder. */
static enum err
store_get(void *arg, const char *path, size_t max, struct str *out, struct arena *a, const char **why)
{
	enum err e = store_read(arg, path, max, out);

	if (e != OK)
		*why = arena_printf(a, "%s: %s", path, e == ERR_LIMIT ? "is too long" : strerror(errno));
	return e;
}

static enum err
tile_get(struct bundle *b, const struct scan_source *s, const struct tile *t, struct arena *a, const char **why)
{
	str_clear(&b->path);
	str_clear(&b->bytes);
	tile_path(&b->path, t);
	return s->read(s->arg, b->path.p, (ENTRY_MAX + 2) * TILE_WIDTH, &b->bytes, a, why);
}

static enum err
bundle_load(struct bundle *b, const struct scan_source *s, uint64_t size, uint64_t index, struct arena *a, const char **why)
{
	struct tile t = {TILE_ENTRIES, index, tile_width(size, TILE_ENTRIES, index)};
	const char *none = NULL;
	enum err e = tile_get(b, s, &t, a, why);

	b->index = index;
	b->width = t.width;
	b->longer = false;
	/* a log may take a partial one away once there is the full one, which begins with it (tlog-tiles) */
	if (e == ERR_OPEN && t.width < TILE_WIDTH) {
		t.width = TILE_WIDTH;
		b->longer = tile_get(b, s, &t, a, &none) == OK;
		e = b->longer ? OK : e;
	}
	b->rest = str_span(&b->bytes);
	return e;
}

static enum err
bundle_next(struct bundle *b, struct span *entry, struct arena *a, const char **why)
{
	size_t len = b->rest.len < 2 ? b->rest.len :
	    ((size_t)(unsigned char)b->rest.p[0] << 8 | (unsigned char)b->rest.p[1]);

	if (b->rest.len < 2 || b->rest.len - 2 < len) {
		*why = arena_printf(a, "%s: ends within an entry", b->path.p);
		return ERR_CONTRADICT;
	}
	*entry = (struct span){b->rest.p + 2, len};
	b->rest.p += len + 2;
	b->rest.len -= len + 2;
	return OK;
}

/* Every entry of a bundle that the tree has not yet, to the tree and to see. */
static enum err
bundle_walk(struct bundle *b, struct tree_edge *edge, scan_entry *see, void *arg, struct scan_at *early,
    struct arena *a, const char **why)
{
	struct tree_hash leaf;
	struct span entry;
	unsigned i;

	for (i = 0; i < b->width; i++) {
		TRY(bundle_next(b, &entry, a, why));
		if (b->index * TILE_WIDTH + i < edge->size)
			continue;	/* it was, before */
		tree_leaf(entry, &leaf);
		see(arg, edge->size, entry);
		tree_edge_add(edge, &leaf, NULL, NULL);
		if (early != NULL && edge->size == early->size) {
			tree_edge_root(edge, &early->root);
			early->found = true;
		}
	}
	if (b->rest.len == 0 || b->longer)
		return OK;
	*why = arena_printf(a, "%s: has bytes behind its last entry", b->path.p);
	return ERR_CONTRADICT;
}

/* From what the edge has on. */
static enum err
walk_on(const struct scan_source *s, const struct checkpoint *c, struct tree_edge *edge, struct arena *a, scan_entry *see,
    void *arg, struct scan_at *early, const char **why)
{
	struct tree_hash root;
	struct bundle b = {.index = 0};
	enum err e = OK;
	uint64_t i;

	if (early != NULL && early->size == 0) {
		tree_empty(&early->root);
		early->found = true;
	}
	for (i = edge->size / TILE_WIDTH; e == OK && edge->size < c->size; i++) {
		e = bundle_load(&b, s, c->size, i, a, why);
		if (e == OK)
			e = bundle_walk(&b, edge, see, arg, early, a, why);
	}
	bundle_release(&b);
	tree_edge_root(edge, &root);
	if (e != OK || tree_same(&root, &c->root))
		return e;
	*why = "the entries are not those that its checkpoint is of";
	return ERR_CONTRADICT;
}

static enum err
walk(const struct scan_source *s, const struct checkpoint *c, struct arena *a, scan_entry *see, void *arg,
    struct scan_at *early, const char **why)
{
	struct tree_edge edge = {.size = 0};

	return walk_on(s, c, &edge, a, see, arg, early, why);
}

enum err
scan_on(struct store *s, const struct checkpoint *c, struct tree_edge *edge, struct arena *a, scan_entry *see, void *arg,
    const char **why)
{
	if (c->size < edge->size) {
		*why = "it has fewer entries than it had";
		return ERR_CONTRADICT;
	}
	return walk_on(&(struct scan_source){store_get, s}, c, edge, a, see, arg, NULL, why);
}

enum err
scan_head(struct store *s, uint64_t size, const struct tree_hash *root, struct arena *a, scan_entry *see, void *arg,
    const char **why)
{
	const struct checkpoint c = {.size = size, .root = *root};

	return walk(&(struct scan_source){store_get, s}, &c, a, see, arg, NULL, why);
}

enum err
scan_from(const struct scan_source *s, const struct policy *p, struct arena *a, scan_entry *see, void *arg,
    struct scan_at *early, struct checkpoint *out, struct policy_verdict *verdict, const char **why)
{
	struct str bytes = {0};
	enum err e = s->read(s->arg, "checkpoint", NOTE_BYTES_MAX, &bytes, a, why);

	if (e == OK) {
		e = policy_verify(p, arena_span(a, str_span(&bytes)), a, out, verdict, why);
		if (e != OK)
			*why = arena_printf(a, "checkpoint: %s", *why);
	}
	if (e == OK)
		e = walk(s, out, a, see, arg, early, why);
	str_release(&bytes);
	return e;
}

enum err
scan_log(const char *path, const struct policy *p, struct arena *a, scan_entry *see, void *arg, struct scan_at *early,
    struct checkpoint *out, struct policy_verdict *verdict, const char **why)
{
	struct store s;
	enum err e;

	if (store_open(&s, path) != OK) {
		*why = arena_strdup(a, span_of(strerror(errno)));
		return ERR_OPEN;
	}
	e = scan_from(&(struct scan_source){store_get, &s}, p, a, see, arg, early, out, verdict, why);
	store_close(&s);
	return e;
}

enum err
scan_one(struct store *s, uint64_t size, uint64_t index, struct arena *a, struct span *out, const char **why)
{
	struct bundle b = {.index = 0};
	struct span entry = {0};
	uint64_t i;
	enum err e = bundle_load(&b, &(struct scan_source){store_get, s}, size, index / TILE_WIDTH, a, why);

	for (i = 0; e == OK && i <= index % TILE_WIDTH; i++)
		e = bundle_next(&b, &entry, a, why);
	if (e == OK)
		*out = arena_span(a, entry);
	bundle_release(&b);
	return e;
}
