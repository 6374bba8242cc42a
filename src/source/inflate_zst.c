/* zstd (RFC 8878) through libzstd; skippable frames are members without plain bytes. */
#include "source/inflate.h"
#include "base/limits.h"

#include <zstd.h>
#include <zstd_errors.h>

static bool
zst_begins(uint8_t byte)
{
	return byte == 0x28 || (byte & 0xf0) == 0x50;
}

static bool
zst_magic(const uint8_t *p, size_t n)
{
	if (n < 4)
		return false;
	return (p[0] == 0x28 && p[1] == 0xb5 && p[2] == 0x2f && p[3] == 0xfd) ||
	    ((p[0] & 0xf0) == 0x50 && p[1] == 0x2a && p[2] == 0x4d && p[3] == 0x18);
}

static void *
zst_open(unsigned threads)
{
	(void)threads;
	return ZSTD_createDCtx();
}

static enum err
zst_restart(void *z)
{
	size_t rc;

	if (z == NULL)
		return ERR_NOMEM;
	rc = ZSTD_DCtx_reset(z, ZSTD_reset_session_only);
	if (!ZSTD_isError(rc))
		rc = ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, INFLATE_WINDOW_LOG_MAX);
	return ZSTD_isError(rc) ? ERR_NOMEM : OK;
}

static enum err
zst_err(size_t rc)
{
	ZSTD_ErrorCode code = ZSTD_getErrorCode(rc);

	if (code == ZSTD_error_memory_allocation)
		return ERR_NOMEM;
	return code == ZSTD_error_frameParameter_windowTooLarge ? ERR_LIMIT : ERR_CORRUPT;
}

static enum err
zst_step(void *z, struct inflate_io *io, bool *end)
{
	ZSTD_inBuffer in = {io->in, io->in_len, 0};
	ZSTD_outBuffer out = {io->out, io->room, 0};
	size_t rc = ZSTD_decompressStream(z, &out, &in);

	io->in += in.pos;
	io->in_len -= in.pos;
	io->out += out.pos;
	io->room -= out.pos;
	if (ZSTD_isError(rc))
		return zst_err(rc);
	*end = rc == 0;
	return OK;
}

static void
zst_close(void *z)
{
	ZSTD_freeDCtx(z);
}

const struct inflate_ops inflate_zst = {.magic = zst_magic, .begins = zst_begins, .open = zst_open,
    .restart = zst_restart, .step = zst_step, .close = zst_close, .limit = "INFLATE_WINDOW_LOG_MAX"};
