/* The tree and its tiles: the known roots, and the definitions of RFC 6962 section 2.1 written down as they stand there,
 * on many sizes; what verifies, and what must not. */
#include "base/arena.h"
#include "seal.h"
#include "seal/tile.h"
#include "tap.h"

/* --- the oracle: D[lo:hi] of leaf hashes, straight from the RFC's text --- */

static struct tree_hash *leaves;
static uint64_t n_leaves;

static uint64_t
largest_below(uint64_t n)
{
	uint64_t k = 1;

	while (k * 2 < n)
		k *= 2;
	return k;
}

static struct tree_hash
mth(uint64_t lo, uint64_t hi)
{
	struct tree_hash l, r, out;
	uint64_t k;

	if (hi == lo) {
		tree_empty(&out);
		return out;
	}
	if (hi - lo == 1)
		return leaves[lo];
	k = largest_below(hi - lo);
	l = mth(lo, lo + k);
	r = mth(lo + k, hi);
	tree_node(&l, &r, &out);
	return out;
}

static void
path(uint64_t m, uint64_t lo, uint64_t hi, struct tree_proof *p)
{
	uint64_t k;

	if (hi - lo == 1)
		return;
	k = largest_below(hi - lo);
	if (m < k) {
		path(m, lo, lo + k, p);
		p->hash[p->n++] = mth(lo + k, hi);
	} else {
		path(m - k, lo + k, hi, p);
		p->hash[p->n++] = mth(lo, lo + k);
	}
}

static void
subproof(uint64_t m, uint64_t lo, uint64_t hi, bool b, struct tree_proof *p)
{
	uint64_t k;

	if (m == hi - lo) {
		if (!b)
			p->hash[p->n++] = mth(lo, hi);
		return;
	}
	k = largest_below(hi - lo);
	if (m <= k) {
		subproof(m, lo, lo + k, b, p);
		p->hash[p->n++] = mth(lo + k, hi);
	} else {
		subproof(m - k, lo + k, hi, false, p);
		p->hash[p->n++] = mth(lo, lo + k);
	}
}

/* --- tiles in memory, as the edge of a growing tree gives them --- */

#define LEVELS 3
static struct tree_hash *level_hash[LEVELS];
static uint64_t level_n[LEVELS];
static unsigned reads;

static void
keep(void *arg, unsigned level, uint64_t index, const struct tree_hash *h)
{
	(void)arg;
	if (level % TILE_HEIGHT != 0)
		return;
	level /= TILE_HEIGHT;
	if (level >= LEVELS || index != level_n[level])
		abort();
	level_hash[level][level_n[level]++] = *h;
}

static enum err
read_tile(void *arg, const struct tile *t, uint8_t *out)
{
	uint64_t first = t->index * TILE_WIDTH;

	(void)arg;
	reads++;
	if (t->level >= LEVELS || first + t->width > level_n[t->level])
		abort();	/* a tile that is not served was asked for */
	memcpy(out, &level_hash[t->level][first], t->width * sizeof(struct tree_hash));
	return OK;
}

static void
grow_to(uint64_t n)
{
	struct tree_edge edge = {.size = 0};
	struct tree_hash root, want;
	uint64_t i;
	bool good = true;
	char text[32];

	leaves = calloc(n, sizeof(*leaves));
	for (i = 0; i < LEVELS; i++)
		level_hash[i] = calloc(n, sizeof(struct tree_hash));
	for (i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "entry %llu", (unsigned long long)i);
		tree_leaf(span_of(text), &leaves[i]);
		tree_edge_add(&edge, &leaves[i], keep, NULL);
		if (i < 600 || i % 9973 == 0) {
			tree_edge_root(&edge, &root);
			want = mth(0, i + 1);
			good = good && tree_same(&root, &want);
		}
	}
	n_leaves = n;
	ok(good, "the edge of a growing tree has its root at each size");
}

static uint64_t
number(uint64_t below)
{
	static uint64_t x = 88172645463325252ull;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x % below;
}

/* --- vectors --- */

static void
test_known(void)
{
	static const struct span in[8] = {{"", 0}, {"\0", 1}, {"\x10", 1}, {"\x20\x21", 2}, {"\x30\x31", 2},
	    {"\x40\x41\x42\x43", 4}, {"\x50\x51\x52\x53\x54\x55\x56\x57", 8},
	    {"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16}};
	static const char *const root[9] = {
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
	struct tree_edge e = {.size = 0};
	char hex[SHA256_HEX + 1];
	struct tree_hash h;
	size_t i;

	for (i = 0; i <= 8; i++) {
		tree_edge_root(&e, &h);
		sha256_hex(h.b, hex);
		is_str(hex, root[i], "the known root of %zu entries", i);
		if (i < 8) {
			tree_leaf(in[i], &h);
			tree_edge_add(&e, &h, NULL, NULL);
		}
	}
}

/* --- against the oracle --- */

static bool
proof_same(const struct tree_proof *a, const struct tree_proof *b)
{
	return a->n == b->n && memcmp(a->hash, b->hash, a->n * sizeof(a->hash[0])) == 0;
}

struct tally { unsigned wrong, forged; };

/* Whatever is changed in what was proved, it must not verify. */
static unsigned
forged_include(struct tree_proof p, uint64_t m, uint64_t n, const struct tree_hash *root)
{
	struct tree_hash other = leaves[(m + 1) % n];
	unsigned bad = 0;
	size_t i;

	for (i = 0; i < p.n; i++) {
		p.hash[i].b[i % TREE_HASH] ^= 0x10;
		bad += tree_included(&p, m, n, &leaves[m], root);
		p.hash[i].b[i % TREE_HASH] ^= 0x10;
	}
	bad += n > 1 && tree_included(&p, m, n, &other, root);
	bad += n > 1 && tree_included(&p, (m + 1) % n, n, &leaves[m], root);
	/* a root says nothing of a size: the path must use up the one that is claimed */
	bad += tree_included(&p, m, 2 * n, &leaves[m], root) + tree_included(&p, m, 4 * n + 1, &leaves[m], root);
	bad += tree_included(&p, n, n, &leaves[m], root) + tree_included(&p, m, 0, &leaves[m], root);
	if (p.n > 0) {
		p.n--;
		bad += tree_included(&p, m, n, &leaves[m], root);
		p.n++;
	}
	p.hash[p.n++] = other;
	bad += tree_included(&p, m, n, &leaves[m], root);
	return bad;
}

static void
include_one(const struct tree_source *s, uint64_t m, uint64_t n, struct tally *t)
{
	struct tree_proof p, want = {.n = 0};
	struct tree_hash root = mth(0, n), got;

	path(m, 0, n, &want);
	t->wrong += tree_root(s, n, &got) != OK || !tree_same(&root, &got);
	t->wrong += tree_include(s, m, n, &p) != OK || !proof_same(&p, &want) || !tree_included(&p, m, n, &leaves[m], &root);
	t->forged += forged_include(p, m, n, &root);
}

static void
extend_one(const struct tree_source *s, uint64_t m, uint64_t n, struct tally *t)
{
	struct tree_proof p, want = {.n = 0};
	struct tree_hash root = mth(0, n), old = mth(0, m), wrong = old;
	size_t i;

	if (m > 0)
		subproof(m, 0, n, true, &want);
	t->wrong += tree_extend(s, m, n, &p) != OK || !proof_same(&p, &want) || !tree_extended(&p, m, n, &old, &root);
	wrong.b[5] ^= 1;
	t->forged += tree_extended(&p, m, n, &wrong, &root);
	wrong = root;
	wrong.b[5] ^= 1;
	t->forged += m > 0 && tree_extended(&p, m, n, &old, &wrong);
	t->forged += m != n && m > 0 && (tree_extended(&p, n, m, &old, &root) || tree_extended(&p, m - 1, n, &old, &root));
	t->forged += m > 0 && m < n && tree_extended(&p, m, 4 * n, &old, &root);
	for (i = 0; i < p.n; i++) {
		p.hash[i].b[i % TREE_HASH] ^= 4;
		t->forged += tree_extended(&p, m, n, &old, &root);
		p.hash[i].b[i % TREE_HASH] ^= 4;
	}
	if (p.n > 0) {
		p.n--;
		t->forged += tree_extended(&p, m, n, &old, &root);
		p.n++;
	}
	p.hash[p.n++] = wrong;
	t->forged += tree_extended(&p, m, n, &old, &root);
}

static void
test_proofs(void)
{
	struct tile_tree *tiles = malloc(sizeof(*tiles));
	const struct tile_source source = {read_tile, NULL};
	struct tally t = {0, 0};
	struct tree_source s;
	uint64_t m, n, i;

	for (n = 1; n <= 40; n++) {
		s = tile_tree_init(tiles, source, n);
		for (m = 0; m < n; m++)
			include_one(&s, m, n, &t);
		for (m = 0; m <= n; m++)
			extend_one(&s, m, n, &t);
	}
	ok(t.wrong == 0, "each proof of 1 to 40 entries is the RFC's, and verifies");
	ok(t.forged == 0, "and nothing else does");
	for (n = 250; n < 520; n += n < 255 || n > 510 ? 1 : 51) {
		s = tile_tree_init(tiles, source, n);
		for (i = 0; i < 20; i++) {
			include_one(&s, number(n), n, &t);
			extend_one(&s, number(n + 1), n, &t);
		}
	}
	for (i = 0; i < 30; i++) {
		n = i == 0 ? n_leaves : i == 1 ? 65536 : i == 2 ? 65537 : 1 + number(n_leaves);
		s = tile_tree_init(tiles, source, n);
		include_one(&s, number(n), n, &t);
		extend_one(&s, number(n + 1), n, &t);
	}
	ok(t.wrong == 0 && t.forged == 0, "nor of any size up to %llu", (unsigned long long)n_leaves);
	s = tile_tree_init(tiles, source, 70000);
	reads = 0;
	include_one(&s, 12345, 70000, &t);
	ok(reads <= 6, "a root and a proof of 70,000 entries take %u tiles", reads);
	free(tiles);
}

static void
test_refused(void)
{
	struct tile_tree *tiles = malloc(sizeof(*tiles));
	struct tree_source s = tile_tree_init(tiles, (struct tile_source){read_tile, NULL}, 300);
	struct tree_proof p;
	struct tree_hash h;

	ok(tree_include(&s, 300, 300, &p) == ERR_RANGE && tree_include(&s, 0, 0, &p) == ERR_RANGE, "an entry lies in its tree");
	ok(tree_extend(&s, 301, 300, &p) == ERR_RANGE, "a tree does not shrink");
	ok(tree_root(&s, 301, &h) == ERR_RANGE, "tiles of 300 entries know nothing of the next");
	ok(tree_root(&s, 299, &h) == OK && tree_root(&s, UINT64_MAX, &h) == ERR_RANGE, "but all before");
	free(tiles);
}

/* --- tiles --- */

static void
test_width(void)
{
	/* the example of the specification */
	ok(tile_width(70000, 0, 272) == 256 && tile_width(70000, 0, 273) == 112 && tile_width(70000, 0, 274) == 0,
	    "70,000 entries: 273 full tiles and one of 112");
	ok(tile_width(70000, 1, 0) == 256 && tile_width(70000, 1, 1) == 17 && tile_width(70000, 2, 0) == 1 &&
	    tile_width(70000, 3, 0) == 0, "one full and one of 17 above, one of 1 above that");
	ok(tile_width(256, 0, 0) == 256 && tile_width(256, 0, 1) == 0 && tile_width(256, 1, 0) == 1, "256: a full one, one of 1");
	ok(tile_width(0, 0, 0) == 0 && tile_width(UINT64_MAX, 0, UINT64_MAX) == 0 && tile_width(70000, TILE_ENTRIES, 273) == 112,
	    "of nothing none; entries as level 0");
}

static bool
path_accepts(struct span text, void *ctx)
{
	struct tile t;

	(void)ctx;
	return tile_path_read(text, &t) == OK;
}

static void
test_path(void)
{
	static const struct {
		struct tile t;
		const char *path;
	} is[] = {
		{{0, 1234067, 256}, "tile/0/x001/x234/067"}, {{0, 0, 256}, "tile/0/000"}, {{7, 999, 1}, "tile/7/999.p/1"},
		{{1, 1000, 255}, "tile/1/x001/000.p/255"}, {{TILE_ENTRIES, 273, 112}, "tile/entries/273.p/112"},
		{{TILE_ENTRIES, 1234067, 256}, "tile/entries/x001/x234/067"},
		{{0, UINT64_MAX, 256}, "tile/0/x018/x446/x744/x073/x709/x551/615"},
	};
	static const char *const bad[] = {"", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/1000", "tile/0/x000/001",
	    "tile/0/x001", "tile/0/x001/", "tile/00/000", "tile/8/000", "tile/-1/000", "tile/0/000.p/256", "tile/0/000.p/0",
	    "tile/0/000.p/01", "tile/0/000.p", "tile/0/000/", "tile/0/000.p/1/", "/tile/0/000", "tile/entry/000", "tile/0/00a",
	    "tile/0/x018/x446/x744/x073/x709/x551/616", "tile/0/x001/x000/x000/x000/x000/x000/x000/000", "tile/0/001/000",
	    "checkpoint", "tile/0/x01/000", "tile/0/../000"};
	struct tile t;
	size_t i;

	for (i = 0; i < sizeof(is) / sizeof(*is); i++) {
		struct str s = {0};

		tile_path(&s, &is[i].t);
		is_str(s.p, is[i].path, "the path of tile %zu", i);
		ok(tile_path_read(str_span(&s), &t) == OK && t.level == is[i].t.level && t.index == is[i].t.index &&
		    t.width == is[i].t.width, "and back");
		str_release(&s);
	}
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(!path_accepts(span_of(bad[i]), NULL), "no path: %s", bad[i]);
}

int
main(void)
{
	size_t i;

	test_known();
	test_width();
	test_path();
	grow_to(70001);
	test_proofs();
	test_refused();
	free(leaves);
	for (i = 0; i < LEVELS; i++)
		free(level_hash[i]);
	return tap_done();
}
