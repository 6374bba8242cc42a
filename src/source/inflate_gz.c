/* gzip (RFC 1952) through ISA-L, the fastest streaming inflate there is (4 times zlib). */
#include "source/inflate.h"
#include "base/arena.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>

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
gz_open(void)
{
	return xcalloc(1, sizeof(struct inflate_state));
}

static enum err
gz_restart(void *z)
{
	struct inflate_state *s = z;

	isal_inflate_init(s);
	s->crc_flag = ISAL_GZIP;	/* header parsed, CRC and length checked */
	return OK;
}

static enum err
gz_step(void *z, struct inflate_io *io, bool *end)
{
	struct inflate_state *s = z;
	uint32_t in = io->in_len > UINT32_MAX ? UINT32_MAX : (uint32_t)io->in_len;
	uint32_t out = io->room > UINT32_MAX ? UINT32_MAX : (uint32_t)io->room;
	int rc;

	s->next_in = io->in;
	s->avail_in = in;
	s->next_out = io->out;
	s->avail_out = out;
	rc = isal_inflate(s);
	io->in += in - s->avail_in;
	io->in_len -= in - s->avail_in;
	io->out += out - s->avail_out;
	io->room -= out - s->avail_out;
	if (rc < 0)
		return ERR_CORRUPT;
	*end = s->block_state == ISAL_BLOCK_FINISH;
	return OK;
}

static void
gz_close(void *z)
{
	free(z);
}

const struct inflate_ops inflate_gz = {gz_magic, gz_begins, gz_open, gz_restart, gz_step, gz_close};
