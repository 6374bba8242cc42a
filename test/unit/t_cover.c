/* cover: the index, the binary search and a loop over all records say the same of what covers a prefix. */
#include "world/cover_index.h"
#include "tap.h"

#include <stdlib.h>

static uint64_t state = 88172645463325252u;

static uint32_t
rnd(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 33) % n;
}

/* Crowded, so that prefixes nest and touch: in the first blocks, the last ones, or anywhere. */
static struct prefix
random_prefix(unsigned family, unsigned shortest)
{
	unsigned bits = family_bits(family), i, where = rnd(4);
	struct prefix p = {.family = (uint8_t)family};

	p.len = (uint8_t)(shortest + rnd(bits - shortest + 1));
	for (i = 0; i < bits; i++)
		if (where == 0 ? rnd(2) == 0 : where == 1 ? rnd(10) > 0 : rnd(10) == 0)
			p.addr[i / 8] |= (uint8_t)(0x80 >> i % 8);
	if (rnd(3) == 0)	/* the lengths that are seen most */
		p.len = family == FAMILY_V4 ? 24 : 48;
	prefix_mask(&p);
	return p;
}

static int
by_prefix(const void *a, const void *b)
{
	return prefix_cmp(a, b);
}

#define MOST 12000

struct fixture {
	struct prefix table[MOST];
	uint32_t up[MOST];
	struct cover c;
	struct cover_index x;
};

static void
build(struct fixture *t, size_t n_v4, size_t n_v6, unsigned shortest)
{
	size_t i;

	for (i = 0; i < n_v4 + n_v6; i++)
		t->table[i] = i > 0 && rnd(8) == 0 ? t->table[i - 1]
		    : random_prefix(i < n_v4 ? FAMILY_V4 : FAMILY_V6, shortest);
	qsort(t->table, n_v4 + n_v6, sizeof(t->table[0]), by_prefix);
	cover_link(t->table, n_v4 + n_v6, sizeof(t->table[0]), t->up);
	t->c = (struct cover){t->table, n_v4 + n_v6, sizeof(t->table[0]), t->up};
	cover_index_build(&t->x, &t->c);
}

/* The last of the longest ones that cover p. */
static uint32_t
naive(const struct cover *c, const struct prefix *p)
{
	uint32_t best = MAP_NONE, i;

	for (i = 0; i < c->n; i++)
		if (prefix_covers(cover_at(c, i), p) && (best == MAP_NONE ||
		    cover_at(c, i)->len >= cover_at(c, best)->len))
			best = i;
	return best;
}

/* Ask for what is in the table, what is beside it, and anything. */
static struct prefix
random_question(const struct fixture *t)
{
	struct prefix p = t->table[rnd((uint32_t)t->c.n)];
	unsigned how = rnd(4), k;

	if (how == 0)
		return random_prefix(rnd(2), 0);
	if (how == 1)		/* its neighbour */
		for (k = p.len; k-- > 0 && (p.addr[k / 8] ^= (uint8_t)(0x80 >> k % 8),
		    (p.addr[k / 8] & 0x80 >> k % 8) == 0);)
			;
	if (how == 2)		/* longer or shorter */
		p.len = (uint8_t)rnd(family_bits(p.family) + 1);
	prefix_mask(&p);
	return p;
}

static void
check(size_t n_v4, size_t n_v6, unsigned shortest, bool v4, bool v6, const char *name)
{
	static struct fixture t;
	size_t i, wrong_index = 0, wrong_search = 0, wrong_rank = 0, searched = 0, found = 0;

	build(&t, n_v4, n_v6, shortest);
	for (i = 0; i < 40000; i++) {
		struct prefix p = random_question(&t);
		uint32_t e = cover_index_first(&t.x, &t.c, &p);
		size_t rank = cover_rank(&t.c, &p);

		wrong_index += e != cover_first(&t.c, &p);
		wrong_rank += rank > 0 && prefix_cmp(&t.table[rank - 1], &p) > 0;
		wrong_rank += rank < t.c.n && prefix_cmp(&t.table[rank], &p) <= 0;
		if (i % 16 == 0)
			wrong_search += naive(&t.c, &p) != e;
		found += e != MAP_NONE;
		searched += cover_index_leaf(&t.x, &p) == COVER_SEARCH;
	}
	ok((t.x.words != NULL) == v4 && (t.x.at != NULL) == v6, "%s: indexed where it pays", name);
	ok(wrong_index == 0, "%s: the index answers as the search", name);
	ok(wrong_rank == 0, "%s: the search finds its place", name);
	ok(wrong_search == 0, "%s: both as a loop over all records", name);
	ok(found > 4000 && (shortest == 0 || found < 40000), "%s: some are covered, some are not", name);
	ok(!v4 || (searched > 100 && searched < 30000), "%s: some blocks hold longer prefixes", name);
	ok((cover_index_bytes(&t.x) > 0) == (v4 || v6), "%s: its size", name);
	cover_index_release(&t.x);
}

/* The first and the last address, and what covers all of them. */
static void
test_ends(void)
{
	static struct fixture t;
	struct prefix all4 = {.family = FAMILY_V4}, all6 = {.family = FAMILY_V6};
	struct prefix last4 = {.family = FAMILY_V4, .len = 32, .addr = {255, 255, 255, 255}}, last6;
	size_t k = 0, i;

	memset(&last6, 0xff, sizeof(last6));
	last6.family = FAMILY_V6;
	last6.len = 128;
	t.table[k++] = all4;
	for (i = 0; i < COVER_INDEX_MIN; i++)
		t.table[k++] = (struct prefix){.family = FAMILY_V4, .len = 24, .addr = {10, (uint8_t)(i >> 8), (uint8_t)i}};
	t.table[k++] = last4;
	t.table[k++] = all6;
	for (i = 0; i < COVER_INDEX_MIN; i++)
		t.table[k++] = (struct prefix){.family = FAMILY_V6, .len = 48, .addr = {32, 1, (uint8_t)(i >> 8), (uint8_t)i}};
	t.table[k++] = last6;
	cover_link(t.table, k, sizeof(t.table[0]), t.up);
	t.c = (struct cover){t.table, k, sizeof(t.table[0]), t.up};
	cover_index_build(&t.x, &t.c);
	ok(t.x.words != NULL && t.x.at != NULL, "the ends: both families are indexed");
	ok(cover_index_first(&t.x, &t.c, &all4) == 0, "0.0.0.0/0 is covered by itself");
	ok(cover_index_first(&t.x, &t.c, &last4) == COVER_INDEX_MIN + 1, "so is 255.255.255.255/32");
	ok(cover_index_first(&t.x, &t.c, &all6) == COVER_INDEX_MIN + 2, "and ::/0");
	ok(cover_index_first(&t.x, &t.c, &last6) == k - 1, "and the last IPv6 address");
	last4.len = 31;
	last4.addr[3] = 254;
	last6.len = 127;
	last6.addr[15] = 254;
	ok(cover_index_first(&t.x, &t.c, &last4) == 0, "one bit less: 0.0.0.0/0");
	ok(cover_index_first(&t.x, &t.c, &last6) == COVER_INDEX_MIN + 2, "one bit less: ::/0");
	last4 = (struct prefix){.family = FAMILY_V4, .len = 24, .addr = {200}};
	last6 = (struct prefix){.family = FAMILY_V6, .len = 48, .addr = {48}};
	ok(cover_index_first(&t.x, &t.c, &last4) == 0, "far from all others: 0.0.0.0/0");
	ok(cover_index_first(&t.x, &t.c, &last6) == COVER_INDEX_MIN + 2, "far from all others: ::/0");
	cover_index_release(&t.x);
}

/* A block that ends just before the last one. */
static void
test_last_block(void)
{
	static struct fixture t;
	struct prefix last = {.family = FAMILY_V4, .len = 24, .addr = {255, 255, 255}};
	size_t k;

	for (k = 0; k < COVER_INDEX_MIN; k++)
		t.table[k] = (struct prefix){.family = FAMILY_V4, .len = 24, .addr = {10, (uint8_t)(k >> 8), (uint8_t)k}};
	t.table[k] = last;
	t.table[k++].addr[2] = 254;
	cover_link(t.table, k, sizeof(t.table[0]), t.up);
	t.c = (struct cover){t.table, k, sizeof(t.table[0]), t.up};
	cover_index_build(&t.x, &t.c);
	ok(cover_index_first(&t.x, &t.c, &last) == MAP_NONE, "what covers the block before the last ends there");
	ok(cover_index_first(&t.x, &t.c, &t.table[k - 1]) == k - 1, "and not before");
	cover_index_release(&t.x);
}

int
main(void)
{
	check(6000, 6000, 0, true, true, "both families, of all lengths");
	check(6000, 6000, 12, true, true, "both families, nothing covers all");
	check(6000, 500, 8, true, false, "much IPv4, little IPv6");
	check(500, 6000, 8, false, true, "little IPv4, much IPv6");
	check(100, 100, 1, false, false, "little of both");
	test_ends();
	test_last_block();
	return tap_done();
}
