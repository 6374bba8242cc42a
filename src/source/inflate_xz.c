/* xz through liblzma. */
#include "source/inflate.h"
#include "base/arena.h"
#include "base/limits.h"

#include <lzma.h>
#include <stdlib.h>
#include <string.h>

static bool
xz_magic(const uint8_t *p, size_t n)
{
	static const uint8_t magic[] = {0xfd, '7', 'z', 'X', 'Z', 0};

	return n >= sizeof(magic) && memcmp(p, magic, sizeof(magic)) == 0;
}

static bool
xz_begins(uint8_t byte)
{
	return byte == 0xfd;
}

static void *
xz_open(unsigned threads)
{
	lzma_stream *s = xcalloc(1, sizeof(*s));

	(void)threads;
	*s = (lzma_stream)LZMA_STREAM_INIT;
	return s;
}

static enum err
xz_restart(void *z)
{
	/* a checksum that liblzma cannot check would be no checksum: refuse it */
	return lzma_stream_decoder(z, INFLATE_MEMORY_MAX, LZMA_TELL_UNSUPPORTED_CHECK) == LZMA_OK
	    ? OK
	    : ERR_NOMEM;
}

static enum err
xz_step(void *z, struct inflate_io *io, bool *end)
{
	lzma_stream *s = z;
	lzma_ret rc;

	s->next_in = io->in;
	s->avail_in = io->in_len;
	s->next_out = io->out;
	s->avail_out = io->room;
	rc = lzma_code(s, LZMA_RUN);
	io->in += io->in_len - s->avail_in;
	io->in_len = s->avail_in;
	io->out += io->room - s->avail_out;
	io->room = s->avail_out;
	*end = rc == LZMA_STREAM_END;
	if (rc == LZMA_OK || rc == LZMA_STREAM_END || rc == LZMA_BUF_ERROR)
		return OK;
	if (rc == LZMA_MEM_ERROR)
		return ERR_NOMEM;
	return rc == LZMA_MEMLIMIT_ERROR ? ERR_LIMIT : ERR_CORRUPT;
}

static void
xz_close(void *z)
{
	lzma_end(z);
	free(z);
}

const struct inflate_ops inflate_xz = {.magic = xz_magic, .begins = xz_begins, .open = xz_open,
    .restart = xz_restart, .step = xz_step, .close = xz_close, .limit = "INFLATE_MEMORY_MAX"};
