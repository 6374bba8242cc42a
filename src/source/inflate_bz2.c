/*
 * bzip2, on all cores. RouteViews packs with it, and one core makes only 50 MB/s.
 *
 * A stream is "BZh", a digit (the level), blocks, and behind the last one 48 bits of their own and the
 * CRCs of the blocks, combined; zero bits fill its last byte. Files are one stream (bzip2) or many
 * (pbzip2, concatenation). Blocks begin at any bit, nothing tells how long one is, and nothing but its
 * magic number of 48 bits tells where one begins. So:
 *
 *	- the raw bytes ahead are searched for that number at every bit; each find is a guess (the number
 *	  may also occur inside a block) and given to a thread with the bits up to the next find;
 *	- the chain of blocks decides: from the start of a stream, each block tells where it ends, and
 *	  only there the next one begins. A guess at another place is dropped unused;
 *	- a true block that a false guess cut short, or that was decoded for another level, is decoded once
 *	  more with all the bits it may need. So planted numbers cost at most twice the work.
 *
 * Only blocks whose CRC is right are handed out. So what comes out, and the error, are the same with
 * any number of threads. A damaged block is told at the byte where it begins.
 */
#include "base/arena.h"
#include "base/limits.h"
#include "source/bz2_bits.h"
#include "source/bz2_pool.h"
#include "source/inflate.h"

#include <stdlib.h>

#define HEAD_BYTES 4u		/* of a stream */
#define NEXT_BITS 80u		/* magic and CRC, of a block or the end */
#define NONE UINT64_MAX

/* Places are bits from the start of the file. */
struct bz2 {
	unsigned threads;
	struct bz2_pool *pool;
	/* the chain */
	bool in_stream;
	unsigned level;
	uint32_t combined;
	uint64_t at;			/* the next block, or the end of the stream */
	const struct bz2_block *now;	/* the one whose bytes are being handed out, or NULL */
	size_t given;			/* of its bytes */
	bool from_pool;
	struct bz2_block again;		/* a block that is decoded once more ... */
	struct bz2_work *work;		/* ... with these; NULL until there is one */
	/* the search */
	uint64_t searched;		/* no block that begins before is unknown */
	uint64_t found;			/* the last one, not handed to the pool yet; or NONE */
	unsigned found_level, last_level;
};

static bool
bz2_magic(const uint8_t *p, size_t n)
{
	return n >= HEAD_BYTES && p[0] == 'B' && p[1] == 'Z' && p[2] == 'h' && p[3] >= '1' && p[3] <= '9';
}

static bool
bz2_begins(uint8_t byte)
{
	return byte == 'B';
}

static void *
bz2_open(unsigned threads)
{
	struct bz2 *z = xcalloc(1, sizeof(*z));

	z->threads = threads < BZ2_THREADS_MAX ? threads : BZ2_THREADS_MAX;
	z->pool = bz2_pool_new(z->threads);
	z->found = NONE;
	z->last_level = 9;
	return z;
}

/* One whole block at the least, and something for each thread. */
static size_t
bz2_ahead(const void *arg)
{
	const struct bz2 *z = arg;

	return BZ2_BLOCK_BYTES_MAX + NEXT_BITS + ((size_t)z->threads << 20);
}

static enum err
bz2_restart(void *arg)
{
	struct bz2 *z = arg;

	z->in_stream = false;
	z->combined = 0;
	return OK;
}

static void
bz2_close(void *arg)
{
	struct bz2 *z = arg;

	bz2_pool_free(z->pool);
	bz2_block_release(&z->again);
	bz2_work_free(z->work);
	free(z);
}

/* Set b to what lies at a place, up to another place but no more than a block can have. */
static void
set_block(struct bz2_block *b, const struct inflate_io *io, uint64_t at, uint64_t end, unsigned level)
{
	size_t from = (size_t)(at / 8 - io->at), n;

	n = end == NONE ? io->in_len - from : (size_t)((end + 7) / 8 - at / 8);
	if (n > io->in_len - from)
		n = io->in_len - from;
	bz2_block_set(b, io->in + from, n < BZ2_BLOCK_BYTES_MAX ? n : BZ2_BLOCK_BYTES_MAX,
	    (unsigned)(at % 8), level);
}

/* Hand the block that was found to a thread; false when there is no slot. */
static bool
submit_found(struct bz2 *z, const struct inflate_io *io, uint64_t end)
{
	struct bz2_block *b;

	if (z->found < z->at)		/* inside a block that is done */
		z->found = NONE;
	if (z->found == NONE)
		return true;
	b = bz2_pool_slot(z->pool);
	if (b == NULL)
		return false;
	set_block(b, io, z->found, end, z->found_level);
	bz2_pool_submit(z->pool, z->found);
	z->found = NONE;
	return true;
}

/* The level by the head of a stream before p[i]; if there is none, it is the stream of the last one. */
static unsigned
level_before(const struct bz2 *z, const uint8_t *p, size_t i)
{
	return i >= HEAD_BYTES && bz2_magic(p + i - HEAD_BYTES, HEAD_BYTES) ? p[i - 1] - (unsigned)'0' : z->last_level;
}

/*
 * Where in p[i - 1] and p[i] a magic number begins: 1 to 8 bits behind the start of p[i - 1]; 0 when
 * none does. Its first whole byte is p[i], so one look at that byte rules most places out.
 */
static unsigned
magic_at(const uint8_t *p, size_t i)
{
	static const uint8_t first[256] = {	/* eight bits of it, from its first one, second one, ... */
	    [0x31] = 8, [0x62] = 7, [0xc5] = 6, [0x8a] = 5, [0x14] = 4, [0x28] = 3, [0x50] = 2, [0xa0] = 1};
	unsigned k = first[p[i]];

	if (k == 0)
		return 0;
	return be64(p + i - 1) << k >> 16 == BZ2_BLOCK_MAGIC ? k : 0;
}

/* Look for blocks in the raw bytes at hand, until the slots are full. */
static void
search(struct bz2 *z, const struct inflate_io *io)
{
	const uint8_t *p = io->in;
	uint64_t start = io->at * 8, at;
	size_t i;
	unsigned k;

	if (z->searched <= start)
		z->searched = start + 1;
	for (i = (size_t)((z->searched - start + 7) / 8); i + 7 <= io->in_len; i++) {
		k = magic_at(p, i);
		at = start + (i - 1) * 8 + k;
		if (k == 0 || at < z->searched)
			continue;
		z->searched = at;
		if (!submit_found(z, io, at))
			return;
		z->found = at;
		z->found_level = k == 8 ? level_before(z, p, i) : z->last_level;
		z->last_level = z->found_level;
	}
	at = start + (i - 1) * 8 + 1;
	if (z->searched < at)
		z->searched = at;
	if (z->found != NONE && (io->last || start / 8 + io->in_len - z->found / 8 >= BZ2_BLOCK_BYTES_MAX))
		submit_found(z, io, NONE);
}

/* What lies before the next block is done with. */
static void
take(struct bz2 *z, struct inflate_io *io, uint64_t at)
{
	size_t n = (size_t)(at / 8 - io->at);

	z->at = at;
	io->in += n;
	io->in_len -= n;
	io->at += n;
}

/* There is less than what must come: all of it is taken, so that inflate.c sees the end. */
static enum err
cut_short(struct bz2 *z, struct inflate_io *io)
{
	take(z, io, (io->at + io->in_len) * 8);
	return OK;
}

static enum err
stream_head(struct bz2 *z, struct inflate_io *io)
{
	static const uint8_t magic[] = {'B', 'Z', 'h'};
	size_t n = io->in_len < sizeof(magic) ? io->in_len : sizeof(magic);

	if (memcmp(io->in, magic, n) != 0)
		return ERR_CORRUPT;
	if (io->in_len < HEAD_BYTES)
		return cut_short(z, io);
	if (!bz2_magic(io->in, HEAD_BYTES))
		return ERR_CORRUPT;
	z->level = io->in[3] - (unsigned)'0';
	z->in_stream = true;
	take(z, io, (io->at + HEAD_BYTES) * 8);
	return OK;
}

/* The true block at z->at. */
static enum err
next_block(struct bz2 *z, struct inflate_io *io)
{
	const struct bz2_block *b = bz2_pool_get(z->pool, z->at);

	z->from_pool = b != NULL;
	if (b == NULL || b->err == ERR_SHORT || b->level != z->level) {
		if (z->work == NULL)
			z->work = bz2_work_new();
		if (b != NULL)
			bz2_pool_drop(z->pool);
		z->from_pool = false;
		set_block(&z->again, io, z->at, NONE, z->level);
		bz2_block_decode(&z->again, z->work);
		b = &z->again;
	}
	if (b->err == ERR_SHORT)
		return b->in_len < BZ2_BLOCK_BYTES_MAX ? cut_short(z, io) : ERR_CORRUPT;
	if (b->err != OK)
		return b->err;
	z->combined = (z->combined << 1 | z->combined >> 31) ^ b->crc;
	z->now = b;
	z->given = 0;
	take(z, io, z->at + b->bits);
	return OK;
}

static enum err
hand_out(struct bz2 *z, struct inflate_io *io)
{
	size_t n = z->now->out_len - z->given;

	if (n > io->room)
		n = io->room;
	memcpy(io->out, z->now->out + z->given, n);
	io->out += n;
	io->room -= n;
	z->given += n;
	if (z->given < z->now->out_len)
		return OK;
	z->now = NULL;
	if (z->from_pool)
		bz2_pool_drop(z->pool);
	return OK;
}

static enum err
bz2_step(void *arg, struct inflate_io *io, bool *end)
{
	struct bz2 *z = arg;
	unsigned skip = (unsigned)(z->at % 8), n = (skip + NEXT_BITS + 7) / 8;
	uint64_t magic, crc;

	if (z->now != NULL)
		return hand_out(z, io);
	search(z, io);
	if (!z->in_stream)
		return stream_head(z, io);
	if (io->in_len < n)
		return cut_short(z, io);
	magic = be64(io->in) << skip >> 16;
	if (magic == BZ2_BLOCK_MAGIC)
		return next_block(z, io);
	crc = be64(io->in + n - 8) >> (n * 8 - skip - NEXT_BITS) & UINT32_MAX;
	if (magic != BZ2_END_MAGIC || crc != z->combined)
		return ERR_CORRUPT;
	take(z, io, (z->at + NEXT_BITS + 7) / 8 * 8);
	*end = true;
	return OK;
}

const struct inflate_ops inflate_bz2 = {.magic = bz2_magic, .begins = bz2_begins, .open = bz2_open,
    .ahead = bz2_ahead, .restart = bz2_restart, .step = bz2_step, .close = bz2_close};
