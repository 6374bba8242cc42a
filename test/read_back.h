/* read_back: write bytes to a file, read them through source, and see what came of it. */
#ifndef READ_BACK_H
#define READ_BACK_H

#include "pack.h"

#define PACKINGS (PACK_ZSTD + 1)

struct got {
	enum err open, close;
	enum packing packing;
	enum input_kind kind;
	struct bytes plain;
	enum err feed;
	struct source_sum sum;
	bool digest_right;
};

/* Put b in a file and read that through source, n bytes of the feed at a time. */
static inline struct got
read_back(struct bytes b, size_t n)
{
	struct got g = {0};
	struct source *s;
	struct sha256 h;
	uint8_t want[SHA256_BYTES];
	const uint8_t *p;
	size_t have;

	g.open = source_open(temp_file("input", b), &s);
	if (g.open != OK)
		return g;
	g.packing = source_packing(s);
	g.kind = source_kind(s);
	g.plain = bytes_room(0);
	while ((have = feed_peek(source_feed(s), n, &p)) > 0) {
		bytes_add(&g.plain, p, have);
		feed_skip(source_feed(s), have);
	}
	g.feed = feed_err(source_feed(s));
	g.close = source_close(s, &g.sum);
	sha256_init(&h);
	sha256_add(&h, b.p, b.len);
	sha256_end(&h, want);
	g.digest_right = memcmp(want, g.sum.sha256, SHA256_BYTES) == 0;
	return g;
}

static inline bool
same(struct bytes a, struct bytes b)
{
	return a.len == b.len && memcmp(a.p, b.p, a.len) == 0;
}

/* Whole: the bytes, the digest, the sizes, and a clean end. */
static inline bool
whole(struct got *g, struct bytes packed, struct bytes plain)
{
	bool right = g->open == OK && g->close == OK && g->feed == OK && g->sum.err == OK &&
	    same(g->plain, plain) && g->digest_right && g->sum.size == packed.len &&
	    g->sum.plain == plain.len;

	free(g->plain.p);
	return right;
}

#endif
