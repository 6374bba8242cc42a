/* pack: compress in memory with the libraries' own compressors, and small temporary files. */
#ifndef PACK_H
#define PACK_H

#include "source/source.h"

#include <bzlib.h>
#include <isa-l/igzip_lib.h>
#include <lzma.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

struct bytes {
	uint8_t *p;	/* owned */
	size_t len;
};

static inline void
need(bool cond, const char *what)
{
	if (cond)
		return;
	printf("Bail out! %s\n", what);
	exit(2);
}

static inline struct bytes
bytes_room(size_t cap)
{
	struct bytes b = {calloc(1, cap + 1), cap};

	need(b.p != NULL, "memory");
	return b;
}

static inline void
bytes_add(struct bytes *b, const void *p, size_t n)
{
	b->p = realloc(b->p, b->len + n + 1);
	need(b->p != NULL, "memory");
	if (n > 0)
		memcpy(b->p + b->len, p, n);
	b->len += n;
}

static inline void
pack_gz(struct bytes in, struct bytes *out)
{
	struct isal_zstream z;

	isal_deflate_stateless_init(&z);
	z.gzip_flag = IGZIP_GZIP;
	z.end_of_stream = 1;
	z.next_in = in.p;
	z.avail_in = (uint32_t)in.len;
	z.next_out = out->p;
	z.avail_out = (uint32_t)out->len;
	need(isal_deflate_stateless(&z) == COMP_OK, "isal_deflate_stateless");
	out->len = z.total_out;
}

static inline void
pack_bz2(struct bytes in, struct bytes *out)
{
	unsigned n = (unsigned)out->len;

	need(BZ2_bzBuffToBuffCompress((char *)out->p, &n, (char *)in.p, (unsigned)in.len, 9, 0,
	    0) == BZ_OK, "BZ2_bzBuffToBuffCompress");
	out->len = n;
}

static inline void
pack_xz(struct bytes in, struct bytes *out)
{
	size_t n = 0;

	need(lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, NULL, in.p, in.len, out->p, &n,
	    out->len) == LZMA_OK, "lzma_easy_buffer_encode");
	out->len = n;
}

static inline void
pack_zst(struct bytes in, struct bytes *out)
{
	ZSTD_CCtx *z = ZSTD_createCCtx();
	size_t n;

	ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1);
	n = ZSTD_compress2(z, out->p, out->len, in.p, in.len);
	need(!ZSTD_isError(n), "ZSTD_compress2");
	out->len = n;
	ZSTD_freeCCtx(z);
}

/* A copy of in, packed. */
static inline struct bytes
pack(enum packing how, struct bytes in)
{
	static void (*const f[])(struct bytes, struct bytes *) = {
	    [PACK_GZIP] = pack_gz, [PACK_BZIP2] = pack_bz2, [PACK_XZ] = pack_xz, [PACK_ZSTD] = pack_zst};
	struct bytes out = bytes_room(in.len + in.len / 8 + 4096);

	if (how != PACK_PLAIN) {
		f[how](in, &out);
	} else {
		memcpy(out.p, in.p, in.len);
		out.len = in.len;
	}
	return out;
}

/* Text that compresses as routing data does: lines that are alike. Same seed, same text. */
static inline struct bytes
some_text(size_t len, uint32_t seed)
{
	struct bytes b = bytes_room(len + 64);
	size_t n = 0;

	while (n < len) {
		seed = seed * 1664525u + 1013904223u;
		n += (size_t)snprintf((char *)b.p + n, 64, "AS%u,192.0.%u.0/24,24,test\n",
		    64496 + (seed >> 28), (seed >> 16) & 255);
	}
	b.len = len;
	return b;
}

/* A folder that is gone when the test ends. */
static inline const char *
temp_dir(void)
{
	static char dir[] = "/tmp/routemark-test-XXXXXX";
	static bool made;

	if (!made)
		need(mkdtemp(dir) != NULL, "mkdtemp");
	made = true;
	return dir;
}

static inline const char *
temp_path(const char *name)
{
	static char path[2][4096];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", temp_dir(), name);
	return path[turn];
}

static inline const char *
temp_file(const char *name, struct bytes b)
{
	const char *path = temp_path(name);
	FILE *f = fopen(path, "wb");

	need(f != NULL && (b.len == 0 || fwrite(b.p, 1, b.len, f) == b.len) && fclose(f) == 0, path);
	return path;
}

static inline void
temp_end(void)
{
	char cmd[4200];

	snprintf(cmd, sizeof(cmd), "rm -rf '%s'", temp_dir());
	need(system(cmd) == 0, cmd);
}

#endif
