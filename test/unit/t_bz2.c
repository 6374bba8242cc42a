/* bzip2: blocks decoded apart against libbz2; threads, cuts, flips, planted magic numbers. */
#include "bz2_oracle.h"
#include "pack.h"
#include "source/inflate.h"
#include "tap.h"

#include <isa-l/crc.h>

#define ROOM (4u << 20)		/* plain bytes of a case */

struct got {
	enum err err;
	struct bytes plain;
	uint64_t offset;
};

struct input {
	struct bytes b;
	size_t at, chunk;
};

static enum err
read_input(void *arg, uint8_t **p, size_t *n)
{
	struct input *in = arg;
	size_t left = in->b.len - in->at;

	*p = in->b.p + in->at;
	*n = left < in->chunk ? left : in->chunk;
	in->at += *n;
	return OK;
}

static struct got
decode(struct bytes b, unsigned threads, size_t chunk, size_t room)
{
	struct input in = {.b = b, .chunk = chunk};
	struct got g = {.plain = bytes_room(ROOM + room)};
	struct inflate f;
	size_t n;

	g.plain.len = 0;
	inflate_init(&f, &inflate_bz2, threads, read_input, &in);
	do {
		g.err = inflate_pull(&f, g.plain.p + g.plain.len, room, &n);
		g.plain.len += n;
	} while (g.err == OK && n > 0 && g.plain.len <= ROOM);
	g.offset = inflate_offset(&f);
	inflate_release(&f);
	return g;
}

/* The same bytes and a clean end with any number of threads, however the bytes come. */
static bool
reads_as(struct bytes packed, struct bytes plain)
{
	static const size_t chunk[] = {1u << 18, 1000, 1u << 18, 77777}, room[] = {1u << 19, 65537, 999, 1u << 20};
	bool right = true;
	unsigned t;

	for (t = 1; t <= 4; t++) {
		struct got g = decode(packed, t, chunk[t - 1], room[t - 1]);

		right = right && g.err == OK && g.plain.len == plain.len && g.offset == packed.len &&
		    memcmp(g.plain.p, plain.p, plain.len) == 0;
		free(g.plain.p);
	}
	return right;
}

static struct bytes
bz2_of(struct bytes in, int level)
{
	struct bytes out = bytes_room(in.len + in.len / 50 + 1000);
	unsigned n = (unsigned)out.len;

	need(BZ2_bzBuffToBuffCompress((char *)out.p, &n, (char *)in.p, (unsigned)in.len, level, 0, 0) == BZ_OK,
	    "BZ2_bzBuffToBuffCompress");
	out.len = n;
	return out;
}

/* Bytes of many kinds: all alike, runs about the length that is coded, noise, text, few values. */
static struct bytes
some_bytes(int kind, size_t len)
{
	struct bytes b = kind == 0 ? some_text(len, 9) : bytes_room(len);
	uint32_t seed = 5, run = 0;
	size_t i;

	for (i = 0; i < len && kind > 0; i++) {
		seed = seed * 1664525u + 1013904223u;
		if (kind == 2)
			b.p[i] = (uint8_t)(seed >> 24);
		if (kind == 3)
			b.p[i] = (uint8_t)(i % 23 * 11);
		if (kind == 4) {
			run = run > 0 ? run - 1 : (seed >> 16) % 5 == 0 ? (seed >> 20) % 600 : (seed >> 20) % 7;
			b.p[i] = run > 0 && i > 0 ? b.p[i - 1] : (uint8_t)(seed >> 30);
		}
	}
	return b;
}

static void
test_kinds(void)
{
	static const size_t len[] = {0, 1, 4, 5, 99980, 100000, 1000001};
	static const char *name[] = {"text", "zeros", "noise", "a pattern", "runs"};
	size_t i;
	int kind;

	for (kind = 0; kind < 5; kind++) {
		bool right = true;

		for (i = 0; i < sizeof(len) / sizeof(len[0]); i++) {
			struct bytes plain = some_bytes(kind, len[i]), p1 = bz2_of(plain, 1), p9 = bz2_of(plain, 9);

			right = right && reads_as(p1, plain) && reads_as(p9, plain);
			free(plain.p), free(p1.p), free(p9.p);
		}
		ok(right, "%s of every length reads back with 1 to 4 threads, levels 1 and 9", name[kind]);
	}
}

/* As pbzip2 writes: a stream for each piece; here of every level, empty ones and padding between. */
static void
test_streams(void)
{
	struct bytes all = bytes_room(0), packed = bytes_room(0), plain, p;
	int i;

	for (i = 0; i < 40; i++) {
		plain = some_text(i % 7 == 3 ? 0 : 3000u * (unsigned)i, (uint32_t)i);
		p = bz2_of(plain, 1 + i % 9);
		bytes_add(&all, plain.p, plain.len);
		bytes_add(&packed, p.p, p.len);
		if (i % 5 == 2)
			bytes_add(&packed, "\0\0\0", 3);
		free(plain.p), free(p.p);
	}
	ok(reads_as(packed, all), "forty streams of all levels, empty ones and padding among them");
	free(all.p), free(packed.p);
}

/* Three blocks in a few hundred bytes, cut anywhere. */
static void
test_cut(void)
{
	struct bytes plain = some_bytes(3, 250000), packed = bz2_of(plain, 1);
	size_t n, wrong = 0, most = 0;

	for (n = 1; n < packed.len; n++) {
		struct got g = decode((struct bytes){packed.p, n}, 1 + n % 4, 4096, 1u << 19);

		wrong += g.err != ERR_SHORT || g.offset != n || g.plain.len > plain.len ||
		    memcmp(g.plain.p, plain.p, g.plain.len) != 0;
		most = g.plain.len > most ? g.plain.len : most;
		free(g.plain.p);
	}
	ok(packed.len > 300 && wrong == 0, "cut at any byte it is cut short there, after true bytes");
	ok(most == plain.len, "all whole blocks before the cut are handed out");
	free(plain.p), free(packed.p);
}

/* Every eleventh bit flipped: libbz2 and this agree whether it is sound, and never do other bytes come out. */
static void
test_flip(void)
{
	struct bytes plain = some_bytes(3, 250000), packed = bz2_of(plain, 1), out = bytes_room(ROOM);
	size_t bit, n, silent = 0, unlike = 0, caught = 0;

	for (bit = 0; bit < packed.len * 8; bit += 11) {
		struct got g;
		bool sound;

		packed.p[bit / 8] ^= (uint8_t)(1u << (bit % 8));
		sound = bz2_oracle(packed.p, packed.len, out.p, out.len, &n);
		g = decode(packed, 1 + bit % 4, 1u << 18, 1u << 19);
		packed.p[bit / 8] ^= (uint8_t)(1u << (bit % 8));
		unlike += sound != (g.err == OK);
		silent += g.plain.len > plain.len || memcmp(g.plain.p, plain.p, g.plain.len) != 0 ||
		    (g.err == OK && g.plain.len != plain.len);
		caught += g.err != OK;
		free(g.plain.p);
	}
	ok(silent == 0, "no flipped bit changes what is handed out");
	ok(unlike == 0 && caught > packed.len / 2, "libbz2 agrees which flipped bits matter");
	free(plain.p), free(packed.p), free(out.p);
}

/* The second of three blocks is damaged: the first comes out, and the offset is the second's. */
static void
test_damage_is_placed(void)
{
	struct bytes plain = some_bytes(2, 290000), packed = bz2_of(plain, 1);
	unsigned t, right = 0;

	packed.p[packed.len / 2] ^= 0x10;
	for (t = 1; t <= 4; t++) {
		struct got g = decode(packed, t, 10000, 4096);

		right += g.err == ERR_CORRUPT && g.plain.len > 90000 && g.plain.len <= 100000 &&
		    memcmp(g.plain.p, plain.p, g.plain.len) == 0 && g.offset > 95000 && g.offset < 110000;
		free(g.plain.p);
	}
	ok(right == 4, "a damaged block is told where it begins, and those before it are used");
	free(plain.p), free(packed.p);
}

/* A block written by hand, all of whose codes have 8 bits, so that its symbols are bytes as they are. */
#define PI 0x314159265359u

struct bitw {
	struct bytes b;
	size_t n;		/* bits */
	size_t cap;		/* bytes there is memory for */
};

static void
put(struct bitw *w, uint64_t v, unsigned bits)
{
	while (bits-- > 0) {
		if (w->n % 8 == 0) {
			if (w->b.len == w->cap) {	/* not a byte at a time: ASan copies all of it */
				w->cap = w->cap * 2 + 4096;
				w->b.p = realloc(w->b.p, w->cap);
				need(w->b.p != NULL, "memory");
			}
			w->b.p[w->b.len++] = 0;
		}
		w->b.p[w->n / 8] |= (uint8_t)((v >> bits & 1) << (7 - w->n % 8));
		w->n++;
	}
}

/* Symbols that hold the magic number again and again; shift moves it to another bit of its byte. */
static void
put_block(struct bitw *w, uint64_t magic, uint32_t crc, bool randomised, unsigned shift, unsigned n_magics)
{
	unsigned selectors = n_magics * 15 / 50 + 10 + shift, i, t;

	put(w, PI, 48);
	put(w, crc, 32);
	put(w, randomised, 1);
	put(w, 3, 24);
	put(w, 0xffff, 16);
	for (i = 0; i < 16; i++)
		put(w, i == 0 ? 0x3fff : 0xffff, 16);	/* 254 bytes in use: 256 symbols */
	put(w, 2, 3);
	put(w, selectors, 15);
	put(w, 0, selectors > 0 ? 1 : 0);
	for (i = 1; i < selectors; i++)
		put(w, 0, 1);
	for (t = 0; t < 2; t++) {
		put(w, 8, 5);
		for (i = 0; i < 256; i++)
			put(w, 0, 1);
	}
	for (i = 0; i < n_magics; i++) {
		put(w, 0x425a6839, 32);		/* looks like a stream of level 9, too */
		put(w, magic, 48);
		put(w, 0x0203040506 + i % 200, 40);	/* 15 symbols: three runs of five, should all be alike */
	}
	put(w, 255, 8);
}

static struct bytes
planted(uint64_t magic, uint32_t crc, bool randomised, unsigned shift, unsigned n_magics)
{
	struct bitw w = {.b = bytes_room(0)};

	put(&w, 0x425a6839, 32);
	put_block(&w, magic, crc, randomised, shift, n_magics);
	put_block(&w, magic, crc, randomised, shift, n_magics);
	put(&w, 0x177245385090, 48);
	put(&w, (uint32_t)(crc << 1 | crc >> 31) ^ crc, 32);
	return w.b;
}

/* libbz2 gives the bytes of the first block before it sees that the CRC is wrong. */
static uint32_t
planted_crc(uint64_t magic, unsigned shift, unsigned n_magics, struct bytes room)
{
	struct bytes b = planted(magic, 0, false, shift, n_magics);
	size_t n = 0, at = 0;

	need(!bz2_oracle_member(b.p, b.len, &at, room.p, room.len, &n) && n > 0, "first block");
	free(b.p);
	return crc32_ieee(0, room.p, n);
}

static void
test_planted(void)
{
	static const unsigned count[] = {1, 2, 7, 700};
	struct bytes plain = bytes_room(ROOM), b;
	unsigned shift, i, wrong = 0;
	uint32_t crc;
	size_t n;
	struct got g;

	for (shift = 0; shift < 8; shift++) {
		for (i = 0; i < 4; i++) {
			crc = planted_crc(PI, shift, count[i], plain);
			b = planted(PI, crc, false, shift, count[i]);
			need(bz2_oracle(b.p, b.len, plain.p, plain.len, &n), "libbz2 takes what was written by hand");
			wrong += !reads_as(b, (struct bytes){plain.p, n});
			free(b.p);
		}
	}
	ok(wrong == 0, "magic numbers inside a block, at every bit of a byte, are not blocks");
	b = planted(PI, 0, true, 0, 1);
	g = decode(b, 2, 4096, 4096);
	ok(g.err == ERR_UNKNOWN && g.offset == 4, "a randomised block is named as not read");
	free(g.plain.p), free(b.p);

	for (wrong = shift = 0; shift < 8; shift++) {
		struct bitw w = {.b = bytes_room(0)};

		put(&w, 0x425a6831, 32);
		put_block(&w, PI, planted_crc(PI, shift, 2, plain), false, shift, 2);
		put_block(&w, PI + 1, planted_crc(PI + 1, shift, 100020 / 15, plain), false, shift, 100020 / 15);
		b = w.b;
		g = decode(b, 2, 4096, 4096);
		wrong += g.err != ERR_CORRUPT || g.plain.len == 0 ||
		    bz2_oracle(b.p, b.len, plain.p, plain.len, &n);
		free(g.plain.p), free(b.p);
	}
	ok(wrong == 0, "a planted head of a stream does not raise the level of the blocks behind it");
	free(plain.p);
}

/* Four bytes alike and no count behind them: bzip2 never ends a block so, and refuses it. */
static void
test_no_count(void)
{
	static const uint8_t alike[4];
	struct bitw w = {.b = bytes_room(0)};
	struct bytes out = bytes_room(100);
	struct got g;
	size_t n;
	unsigned t;

	put(&w, 0x425a6839, 32);
	put(&w, 0x314159265359, 48);
	put(&w, crc32_ieee(0, alike, 4), 32);
	put(&w, 0, 25);
	put(&w, 0x80008000, 32);	/* only zero is in use: 3 symbols */
	put(&w, 2, 3);
	put(&w, 1, 15);
	put(&w, 0, 1);
	for (t = 0; t < 2; t++)
		put(&w, 2u << 3, 8);	/* all of 2 bits */
	put(&w, 1 << 2 | 0, 4);		/* digits 2 and 1 are 2 + 1 * 2, four times the front byte */
	put(&w, 2, 2);
	put(&w, 0x177245385090, 48);
	put(&w, crc32_ieee(0, alike, 4), 32);
	ok(!bz2_oracle(w.b.p, w.b.len, out.p, out.len, &n), "libbz2 refuses four bytes alike at the end");
	g = decode(w.b, 1, 100, 100);
	ok(g.err == ERR_CORRUPT && g.offset == 4, "so do we");
	free(g.plain.p), free(w.b.p), free(out.p);
}

/* A block larger than its stream's level allows is damage, whoever decoded it. */
static void
test_level(void)
{
	struct bytes small = some_text(1000, 1), plain = some_text(300000, 1), b = bz2_of(plain, 9);
	struct bytes two = bz2_of(small, 9);
	struct got g;

	b.p[3] = '1';
	g = decode(b, 2, 4096, 4096);
	ok(g.err == ERR_CORRUPT && g.offset == 4, "a block over its level is corrupt");
	free(g.plain.p);
	bytes_add(&two, b.p, b.len);
	g = decode(two, 3, 1u << 18, 4096);
	ok(g.err == ERR_CORRUPT && g.plain.len == small.len, "also behind a stream of a higher level");
	free(g.plain.p), free(small.p), free(plain.p), free(b.p), free(two.p);
}

int
main(void)
{
	test_kinds();
	test_streams();
	test_cut();
	test_flip();
	test_damage_is_placed();
	test_planted();
	test_no_count();
	test_level();
	return tap_done();
}
