/*
 * gzip (RFC 1952) through ISA-L, the fastest streaming inflate there is (4 times zlib). The header
 * is read here: ISA-L 2.30 fails a right header checksum when the header comes in pieces, and
 * accepts the reserved flags.
 */
#include "source/inflate.h"
#include "base/arena.h"

#include <assert.h>
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <isa-l.h>
#include <stdlib.h>

/* Parts of a member in their order. */
enum gz_part { GZ_FIXED, GZ_EXTRA_LEN, GZ_EXTRA, GZ_NAME, GZ_COMMENT, GZ_HCRC, GZ_BODY };

enum { FLAG_HCRC = 2, FLAG_EXTRA = 4, FLAG_NAME = 8, FLAG_COMMENT = 16, FLAG_RESERVED = 0xe0 };

struct gz {
	struct inflate_state s;
	enum gz_part part;
	uint8_t flags;
	uint16_t word;		/* the two-byte number being read: length of extra, checksum */
	uint32_t n;		/* bytes of this part seen */
	uint32_t crc;		/* over the header so far */
};

static bool
gz_magic(const uint8_t *p, size_t n)
{
	return n >= 2 && p[0] == 0x1f && p[1] == 0x8b;
}

static bool
gz_begins(uint8_t byte)
{
	return byte == 0x1f;
}

static void *
gz_open(unsigned threads)
{
	(void)threads;
	return xcalloc(1, sizeof(struct gz));
}

static enum err
gz_restart(void *z)
{
	struct gz *g = z;

	isal_inflate_init(&g->s);
	g->s.crc_flag = ISAL_GZIP_NO_HDR_VER;	/* CRC and length of the trailer are checked */
	g->part = GZ_FIXED;
	g->flags = 0;
	g->word = 0;
	g->n = 0;
	g->crc = 0;
	return OK;
}

static void
next_part(struct gz *g)
{
	static const uint8_t flag[] = {[GZ_EXTRA_LEN] = FLAG_EXTRA, [GZ_EXTRA] = FLAG_EXTRA,
	    [GZ_NAME] = FLAG_NAME, [GZ_COMMENT] = FLAG_COMMENT, [GZ_HCRC] = FLAG_HCRC};

	do
		g->part++;
	while (g->part != GZ_BODY &&
	    (!(g->flags & flag[g->part]) || (g->part == GZ_EXTRA && g->word == 0)));
	g->n = 0;
	if (g->part != GZ_EXTRA)
		g->word = 0;
}

/* ID1 ID2 CM FLG MTIME XFL OS */
static enum err
fixed_byte(struct gz *g, uint8_t c)
{
	static const uint8_t want[] = {0x1f, 0x8b, 8};

	if (g->n < sizeof(want) && c != want[g->n])
		return ERR_CORRUPT;
	if (g->n == 3)
		g->flags = c;
	if (g->flags & FLAG_RESERVED)	/* RFC 1952 2.3.1.2: must give an error */
		return ERR_CORRUPT;
	if (++g->n == 10)
		next_part(g);
	return OK;
}

static enum err
header_byte(struct gz *g, uint8_t c)
{
	if (g->part != GZ_HCRC)
		g->crc = crc32_gzip_refl(g->crc, &c, 1);
	switch (g->part) {
	case GZ_FIXED:
		return fixed_byte(g, c);
	case GZ_EXTRA_LEN:
	case GZ_HCRC:
		g->word = (uint16_t)(g->word | c << (8 * g->n));
		if (++g->n < 2)
			return OK;
		if (g->part == GZ_HCRC && g->word != (g->crc & 0xffff))
			return ERR_CORRUPT;
		break;
	case GZ_EXTRA:
		if (++g->n < g->word)
			return OK;
		break;
	case GZ_NAME:
	case GZ_COMMENT:
		if (c != 0)
			return OK;
		break;
	case GZ_BODY:
		return OK;
	}
	next_part(g);
	return OK;
}

/*
 * ISA-L 2.30 leaves avail_in and avail_out wrong by its slop when it meets an invalid match, and
 * next_out may stand behind that match, whose bytes were never written: up to the longest match
 * is not to be believed. (Calling it again then would overrun its buffers; inflate.c never does.)
 */
#define GZ_DOUBT 258

static size_t
gz_made(const struct inflate_state *s, const uint8_t *out, int rc)
{
	size_t n = (size_t)(s->next_out - out);

	if (rc != ISAL_INVALID_LOOKBACK && rc != ISAL_INVALID_SYMBOL)
		return n;
	return n > GZ_DOUBT ? n - GZ_DOUBT : 0;
}

static enum err
body_step(struct inflate_state *s, struct inflate_io *io, bool *end)
{
	size_t took, made;
	int rc;

	s->next_in = io->in;
	s->avail_in = io->in_len > UINT32_MAX ? UINT32_MAX : (uint32_t)io->in_len;
	s->next_out = io->out;
	s->avail_out = io->room > UINT32_MAX ? UINT32_MAX : (uint32_t)io->room;
	rc = isal_inflate(s);
	took = (size_t)(s->next_in - io->in);
	made = gz_made(s, io->out, rc);
	assert(took <= io->in_len && made <= io->room);
	io->in += took;
	io->in_len -= took;
	io->out += made;
	io->room -= made;
	if (rc < 0)
		return ERR_CORRUPT;
	*end = s->block_state == ISAL_BLOCK_FINISH;
	return OK;
}

static enum err
gz_step(void *z, struct inflate_io *io, bool *end)
{
	struct gz *g = z;

	if (g->part == GZ_BODY)
		return body_step(&g->s, io, end);
	while (g->part != GZ_BODY && io->in_len > 0) {
		TRY(header_byte(g, *io->in));
		io->in++;
		io->in_len--;
	}
	return OK;
}

static void
gz_close(void *z)
{
	free(z);
}

const struct inflate_ops inflate_gz = {.magic = gz_magic, .begins = gz_begins, .open = gz_open,
    .restart = gz_restart, .step = gz_step, .close = gz_close};

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

/* Of its header: the library cannot be asked. */
const char *
inflate_isal_version(void)
{
	return TEXT(ISAL_MAJOR_VERSION) "." TEXT(ISAL_MINOR_VERSION) "." TEXT(ISAL_PATCH_VERSION);
}
