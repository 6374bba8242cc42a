/*
 * month: a synthetic month of updates of one collector, as archives keep them: month DIR MESSAGES writes files of a quarter
 * of an hour each (BGP4MP_MESSAGE_AS4) into DIR, so many messages in all. 40 peers tell of 200,000 prefixes by 16 paths
 * each; one announcement in 256 is of private space, and is taken back some minutes later. Twice a day a session is lost.
 */
#include "base/wr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 2976, PEERS = 40, PREFIXES = 200000, SECONDS = 900 };
#define BEGIN 1790812800u	/* 2026-10-01T00:00:00Z */

static uint64_t state = 1;

static uint32_t
draw(uint32_t below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(state >> 33) % below;
}

static size_t
head(struct wr *b, uint32_t s, unsigned subtype, uint32_t peer)
{
	wr_u32(b, s);
	wr_u16(b, 16);
	wr_u16(b, (uint16_t)subtype);
	wr_u32(b, 0);
	wr_u32(b, 3000 + peer);
	wr_u32(b, 6447);
	wr_u16(b, 0);
	wr_u16(b, 1);
	wr_u32(b, 0xc6330000u + peer);
	wr_u32(b, 0xc63300feu);
	return b->len;
}

static void
put_prefix(struct wr *b, uint32_t no, int bogon)
{
	wr_u8(b, 24);
	wr_u8(b, (uint8_t)(bogon ? 10 : 20 + no / 65536));
	wr_u8(b, (uint8_t)(no >> 8));
	wr_u8(b, (uint8_t)no);
}

/* path 0: withdraw */
static void
update(struct wr *b, uint32_t s, uint32_t peer, uint32_t no, int bogon, uint32_t path)
{
	size_t at = head(b, s, 4, peer) - 20, list;
	unsigned i;

	for (i = 0; i < 16; i++)
		wr_u8(b, 0xff);
	list = b->len;
	wr_u16(b, 0);
	wr_u8(b, 2);
	wr_u16(b, path == 0 ? 4 : 0);
	if (path == 0)
		put_prefix(b, no, bogon);
	wr_u16(b, path == 0 ? 0 : 32);
	if (path != 0) {
		wr_u32(b, 0x40010100);
		wr_u32(b, 0x400304c6);
		wr_u16(b, 0x3300);
		wr_u8(b, 1);
		wr_u32(b, 0x40021202);
		wr_u8(b, 4);
		wr_u32(b, 3000 + peer);
		wr_u32(b, 100 + path);
		wr_u32(b, 2000 + no % 701);
		wr_u32(b, 10000 + no % 50021);
		put_prefix(b, no, bogon);
	}
	wr_patch16(b, list, b->len - list + 16);
	wr_patch32(b, at - 4, b->len - at);
}

static void
reset(struct wr *b, uint32_t s, uint32_t peer, unsigned from, unsigned to)
{
	size_t at = head(b, s, 5, peer) - 20;

	wr_u16(b, (uint16_t)from);
	wr_u16(b, (uint16_t)to);
	wr_patch32(b, at - 4, b->len - at);
}

static void
file_make(struct wr *b, unsigned no, unsigned messages)
{
	uint32_t s, begin = BEGIN + no * SECONDS;
	unsigned i;

	b->len = 0;
	for (i = 0; i < messages; i++) {
		int bogon = draw(256) == 0;

		s = begin + (uint32_t)((uint64_t)i * SECONDS / messages);
		update(b, s, draw(PEERS), draw(bogon ? 500 : PREFIXES), bogon, draw(5));
	}
	if (no % 48 == 0) {
		reset(b, begin + SECONDS - 1, no / 48 % PEERS, 6, 1);
		reset(b, begin + SECONDS - 1, no / 48 % PEERS, 1, 6);
	}
}

int
main(int argc, char **argv)
{
	struct wr b = {0};
	char path[4096];
	unsigned no, each;
	FILE *f;

	if (argc != 3)
		return 64;
	each = (unsigned)(strtoull(argv[2], NULL, 10) / FILES);
	for (no = 0; no < FILES; no++) {
		file_make(&b, no, each);
		snprintf(path, sizeof(path), "%s/updates.%04u", argv[1], no);
		f = fopen(path, "wb");
		if (f == NULL || fwrite(b.p, 1, b.len, f) != b.len || fclose(f) != 0)
			return 2;
	}
	free(b.p);
	return 0;
}
