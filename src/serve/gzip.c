#include "serve/gzip.h"
#include "base/arena.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LEVEL 2
#define SLACK 64u	/* head, trailer, and a block's own */

bool
gzip_pack(struct str *out, struct span text)
{
	struct isal_zstream z;
	uint8_t *buf;
	bool good;

	if (text.len <= SLACK || text.len > UINT32_MAX / 2)
		return false;
	buf = xmalloc(ISAL_DEF_LVL2_DEFAULT);
	str_room(out, text.len);
	isal_deflate_stateless_init(&z);
	z.gzip_flag = IGZIP_GZIP;
	z.level = LEVEL;
	z.level_buf = buf;
	z.level_buf_size = ISAL_DEF_LVL2_DEFAULT;
	z.end_of_stream = 1;
	z.next_in = (uint8_t *)(uintptr_t)text.p;	/* it is not written to */
	z.avail_in = (uint32_t)text.len;
	z.next_out = (uint8_t *)out->p + out->len;
	z.avail_out = (uint32_t)(text.len - SLACK);
	good = isal_deflate_stateless(&z) == COMP_OK && z.avail_in == 0;
	if (good)
		out->len += z.total_out;
	out->p[out->len] = '\0';
	free(buf);
	return good;
}

/* "gzip;q=0.5": a weight of nothing but zeros forbids it. */
static bool
weighs(struct span params)
{
	struct span piece;

	while (params.p != NULL && span_cut(&params, ';', &piece)) {
		piece = span_trim(piece);
		if (piece.len < 2 || (piece.p[0] | 0x20) != 'q' || piece.p[1] != '=')
			continue;
		piece.p += 2;
		piece.len -= 2;
		while (piece.len > 0 && (*piece.p == '0' || *piece.p == '.')) {
			piece.p++;
			piece.len--;
		}
		return piece.len > 0;
	}
	return true;
}

bool
gzip_accepted(const char *header)
{
	struct span rest, piece, name;
	bool any = false;

	if (header == NULL)
		return false;
	rest = span_of(header);
	while (span_cut(&rest, ',', &piece)) {
		span_cut(&piece, ';', &name);
		name = span_trim(name);
		if (span_is_nocase(name, "gzip") || span_is_nocase(name, "x-gzip"))
			return weighs(piece);
		if (span_is(name, "*"))
			any = weighs(piece);
	}
	return any;
}
