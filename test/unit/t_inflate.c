/* source: compressed files cut, flipped, damaged and swelling. */
#include "read_back.h"
#include "tap.h"

#include <isa-l/crc.h>

/* A file cut at every length: never a clean end, only true bytes before it. */
static void
test_cut(void)
{
	struct bytes plain = some_text(400, 4);
	int how;

	for (how = PACK_GZIP; how < PACKINGS; how++) {
		struct bytes packed = pack(how, plain);
		size_t n, wrong = 0;

		for (n = how == PACK_XZ ? 6 : 4; n < packed.len; n++) {
			struct got g = read_back((struct bytes){packed.p, n}, 64);

			wrong += g.feed != ERR_SHORT || g.sum.err != ERR_SHORT ||
			    g.sum.err_offset != n || !g.digest_right || g.close != OK ||
			    g.plain.len > plain.len || memcmp(g.plain.p, plain.p, g.plain.len) != 0;
			free(g.plain.p);
		}
		ok(wrong == 0, "%s cut at any byte is cut short, and what came before is true",
		    packing_word(how));
		free(packed.p);
	}
	free(plain.p);
}

/* One bit flipped anywhere: an error or the same bytes, never other bytes in silence. */
static void
test_flip(void)
{
	struct bytes plain = some_text(200, 5);
	int how;

	for (how = PACK_GZIP; how < PACKINGS; how++) {
		struct bytes packed = pack(how, plain);
		size_t bit, silent = 0, caught = 0;

		for (bit = 0; bit < packed.len * 8; bit++) {
			struct got g;

			packed.p[bit / 8] ^= (uint8_t)(1u << (bit % 8));
			g = read_back(packed, 64);
			packed.p[bit / 8] ^= (uint8_t)(1u << (bit % 8));
			if (g.packing == PACK_PLAIN)	/* the magic number is gone */
				silent += bit >= 48 || g.kind != KIND_UNKNOWN;
			else if (g.feed == OK)
				silent += !same(g.plain, plain);
			else
				caught++;
			silent += !g.digest_right;
			free(g.plain.p);
		}
		ok(silent == 0 && caught > packed.len * 4, "%s: no flipped bit goes unseen",
		    packing_word(how));
		free(packed.p);
	}
	free(plain.p);
}

/* A gzip member with every part a header may have; flags and checksum as told. */
static struct bytes
gz_with_header(struct bytes plain, uint8_t flags, uint32_t spoil)
{
	static const uint8_t fixed[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
	struct bytes bare = pack(PACK_GZIP, plain), b = bytes_room(0);
	uint32_t crc;

	bytes_add(&b, fixed, sizeof(fixed));
	b.p[3] = flags;
	if (flags & 4)
		bytes_add(&b, "\5\0extra", 7);
	if (flags & 8)
		bytes_add(&b, "name", 5);
	if (flags & 16)
		bytes_add(&b, "", 1);
	crc = crc32_gzip_refl(0, b.p, b.len) ^ spoil;
	if (flags & 2)
		bytes_add(&b, &crc, 2);
	bytes_add(&b, bare.p + sizeof(fixed), bare.len - sizeof(fixed));
	free(bare.p);
	return b;
}

static void
test_gz_header(void)
{
	struct bytes plain = some_text(500, 8), b;
	struct got g;
	unsigned flags, wrong = 0, let_in = 0;

	for (flags = 0; flags < 256; flags++) {
		b = gz_with_header(plain, (uint8_t)flags, 0);
		g = read_back(b, 1);
		if (flags < 32) {
			wrong += !whole(&g, b, plain);
		} else {
			let_in += g.feed != ERR_CORRUPT;
			free(g.plain.p);
		}
		free(b.p);
	}
	ok(wrong == 0, "gz headers with extra, name, comment and checksum in all combinations");
	ok(let_in == 0, "gz headers with a reserved flag are refused");
	b = gz_with_header(plain, 31, 0x8000);
	g = read_back(b, 1);
	ok(g.feed == ERR_CORRUPT && g.plain.len == 0, "a wrong header checksum is corrupt");
	free(g.plain.p);
	free(b.p);
	free(plain.p);
}

static void
test_damage_is_placed(void)
{
	struct bytes plain = some_text(3000000, 6);
	int how;

	for (how = PACK_GZIP; how < PACKINGS; how++) {
		struct bytes packed = pack(how, plain);
		struct got g;

		memset(packed.p + packed.len / 2, 0x55, 64);
		g = read_back(packed, 1);
		ok(g.feed == ERR_CORRUPT && g.sum.err == ERR_CORRUPT && g.digest_right &&
		    g.sum.size == packed.len && g.sum.err_offset <= packed.len,
		    "%s damaged in the middle is corrupt, and hashed to its end", packing_word(how));
		free(g.plain.p);
		free(packed.p);
	}
	free(plain.p);
}

static void
test_bombs(void)
{
	static const uint8_t wide[] = {0x28, 0xb5, 0x2f, 0xfd, 0, 18 << 3, 1, 0, 0};
	struct bytes zeros = bytes_room(20u << 20), one = pack(PACK_BZIP2, zeros), many = bytes_room(0);
	struct bytes tiny = bytes_room(10), xz = pack(PACK_XZ, tiny);
	struct got g;
	uint32_t crc;
	int i;

	for (i = 0; i < 8; i++)
		bytes_add(&many, one.p, one.len);
	g = read_back(many, 1);
	ok(g.feed == ERR_LIMIT && g.sum.err == ERR_LIMIT && g.plain.len < 100u << 20,
	    "a file that swells beyond measure is stopped");
	free(g.plain.p);
	g = read_back((struct bytes){one.p, one.len}, 1 << 20);
	ok(g.feed == OK && g.plain.len == zeros.len, "a small file may swell as it likes");
	free(g.plain.p);

	bytes_add(&tiny, wide, sizeof(wide));
	g = read_back((struct bytes){tiny.p + 10, sizeof(wide)}, 1);
	ok(g.sum.err == ERR_LIMIT, "a zstd window over the limit is refused by name");
	free(g.plain.p);

	/* the block header: size, flags, filter 0x21 (LZMA2), one byte of properties */
	need(xz.p[14] == 0x21 || xz.p[16] == 0x21, "LZMA2 filter");
	i = xz.p[14] == 0x21 ? 16 : 18;
	xz.p[i] = 36;	/* 1 GiB */
	crc = lzma_crc32(xz.p + 12, (xz.p[12] + 1u) * 4 - 4, 0);
	memcpy(xz.p + 12 + (xz.p[12] + 1u) * 4 - 4, &crc, 4);
	g = read_back(xz, 1);
	ok(g.sum.err == ERR_LIMIT, "an xz dictionary over the limit is refused by name");
	free(g.plain.p);
	free(zeros.p), free(one.p), free(many.p), free(tiny.p), free(xz.p);
}

int
main(void)
{
	test_cut();
	test_flip();
	test_gz_header();
	test_damage_is_placed();
	test_bombs();
	temp_end();
	return tap_done();
}
