#include "seal/tile.h"

#include <string.h>

unsigned
tile_width(uint64_t size, unsigned level, uint64_t index)
{
	/* level 7 holds hashes over 2^56 entries, and 2^63 is the largest size */
	uint64_t n = level >= TILE_LEVELS ? size : size >> (TILE_HEIGHT * level), first;

	if (__builtin_mul_overflow(index, (uint64_t)TILE_WIDTH, &first) || first >= n)
		return 0;
	return n - first >= TILE_WIDTH ? TILE_WIDTH : (unsigned)(n - first);
}

void
tile_path(struct str *out, const struct tile *t)
{
	uint64_t group[7], n = t->index;
	int i = 0;

	str_adds(out, "tile/");
	if (t->level == TILE_ENTRIES)
		str_adds(out, "entries/");
	else
		str_addf(out, "%u/", t->level);
	do
		group[i++] = n % 1000;
	while ((n /= 1000) > 0);
	while (--i > 0)
		str_addf(out, "x%03u/", (unsigned)group[i]);
	str_addf(out, "%03u", (unsigned)group[0]);
	if (t->width < TILE_WIDTH)
		str_addf(out, ".p/%u", t->width);
}

static bool
digits(struct span s, uint32_t *out)
{
	size_t i;

	for (*out = 0, i = 0; i < s.len; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*out = *out * 10 + (uint32_t)(s.p[i] - '0');
	}
	return s.len == 3;
}

static enum err
index_read(struct span *rest, uint64_t *out)
{
	uint64_t n = 0;
	struct span part;
	uint32_t v;
	bool first, last;

	for (first = true; span_cut(rest, '/', &part); first = false) {
		last = part.len == 0 || part.p[0] != 'x';
		if (!last)
			part = (struct span){part.p + 1, part.len - 1};
		if (last && part.len == 5 && memcmp(part.p + 3, ".p", 2) == 0)
			part.len = 3;
		if (!digits(part, &v) || (first && v == 0 && !last))
			return ERR_SYNTAX;
		if (__builtin_mul_overflow(n, 1000, &n) || __builtin_add_overflow(n, v, &n))
			return ERR_RANGE;
		if (last) {
			*out = n;
			return OK;
		}
	}
	return ERR_SYNTAX;
}

enum err
tile_path_read(struct span path, struct tile *out)
{
	struct tile t = {.width = TILE_WIDTH};
	struct span rest = path, part;
	struct str again = {0};
	uint32_t v;
	bool same;

	if (!span_cut(&rest, '/', &part) || !span_is(part, "tile") || !span_cut(&rest, '/', &part))
		return ERR_SYNTAX;
	if (span_is(part, "entries"))
		t.level = TILE_ENTRIES;
	else if (span_u32(part, TILE_LEVELS - 1, &v) == OK)
		t.level = v;
	else
		return ERR_SYNTAX;
	TRY(index_read(&rest, &t.index));
	if (rest.p != NULL) {
		TRY(span_u32(rest, TILE_WIDTH - 1, &v));
		t.width = v;
	}
	if (t.width == 0)
		return ERR_RANGE;
	/* one text for each: the strict way to be sure is to write it again */
	tile_path(&again, &t);
	same = span_eq(str_span(&again), path);
	str_release(&again);
	if (!same)
		return ERR_SYNTAX;
	*out = t;
	return OK;
}

/* --- a tree from tiles --- */

static enum err
load(struct tile_tree *t, unsigned level, uint64_t index, struct tile_kept **out)
{
	struct tile want = {level, index, tile_width(t->size, level, index)};
	struct tile_kept *k = &t->at[level][want.width < TILE_WIDTH];

	*out = k;
	if (k->loaded && k->index == index)
		return OK;
	if (want.width == 0)
		return ERR_RANGE;
	k->loaded = false;
	memset(k->known, 0, sizeof(k->known));
	TRY(t->source.read(t->source.arg, &want, k->node[TILE_WIDTH].b));
	memset(k->known + TILE_WIDTH, 1, want.width);
	k->index = index;
	k->loaded = true;
	return OK;
}

/* Node i of a tile, from the nodes below it; each is made once. False when the tile ends before. */
static bool
node_make(struct tile_kept *k, unsigned i)
{
	if (k->known[i])
		return true;
	if (i >= TILE_WIDTH || !node_make(k, 2 * i) || !node_make(k, 2 * i + 1))
		return false;
	tree_node(&k->node[2 * i], &k->node[2 * i + 1], &k->node[i]);
	k->known[i] = true;
	return true;
}

static enum err
hash(void *arg, unsigned level, uint64_t index, struct tree_hash *out)
{
	unsigned above = level % TILE_HEIGHT, of = level / TILE_HEIGHT, node;
	struct tile_kept *k;

	if (of >= TILE_LEVELS)
		return ERR_RANGE;
	TRY(load(arg, of, index >> (TILE_HEIGHT - above), &k));
	/* above levels up, a tile has 256 >> above nodes, numbered from there */
	node = (TILE_WIDTH >> above) + (unsigned)(index & ((TILE_WIDTH >> above) - 1));
	if (!node_make(k, node))
		return ERR_RANGE;
	*out = k->node[node];
	return OK;
}

struct tree_source
tile_tree_init(struct tile_tree *t, struct tile_source source, uint64_t size)
{
	unsigned i;

	t->source = source;
	t->size = size;
	for (i = 0; i < TILE_LEVELS; i++)
		t->at[i][0].loaded = t->at[i][1].loaded = false;
	return (struct tree_source){hash, t};
}
