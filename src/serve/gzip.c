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

#define WEIGHT_BAD -1

/* "1", "0.5": thousandths (RFC 9110 section 12.4.2). */
static int
weight_read(struct span s)
{
	int w = 0, unit = 1000;
	size_t i;

	if (s.len == 0 || s.len > 5 || (s.p[0] != '0' && s.p[0] != '1') || (s.len > 1 && s.p[1] != '.'))
		return WEIGHT_BAD;
	for (i = 0; i < s.len; i++) {
		if (i == 1)
			continue;
		if (s.p[i] < '0' || s.p[i] > '9')
			return WEIGHT_BAD;
		w += (s.p[i] - '0') * unit;
		unit /= 10;
	}
	return w <= 1000 ? w : WEIGHT_BAD;
}

/* Of a coding's parameters: 1,000 without any. */
static int
weight_of(struct span params)
{
	struct span piece;

	while (params.p != NULL && span_cut(&params, ';', &piece)) {
		piece = span_trim(piece);
		if (piece.len >= 2 && (piece.p[0] | 0x20) == 'q' && piece.p[1] == '=')
			return weight_read((struct span){piece.p + 2, piece.len - 2});
	}
	return 1000;
}

bool
gzip_accepted(const char *header)
{
	int gzip = WEIGHT_BAD, any = WEIGHT_BAD, plain = WEIGHT_BAD;
	struct span rest, piece, name;

	if (header == NULL)
		return false;
	rest = span_of(header);
	while (span_cut(&rest, ',', &piece)) {
		span_cut(&piece, ';', &name);
		name = span_trim(name);
		if (span_is_nocase(name, "gzip") || span_is_nocase(name, "x-gzip"))
			gzip = weight_of(piece);
		else if (span_is_nocase(name, "identity"))
			plain = weight_of(piece);
		else if (span_is(name, "*"))
			any = weight_of(piece);
		else
			continue;
		if (gzip == WEIGHT_BAD && !span_is(name, "*") && !span_is_nocase(name, "identity"))
			return false;	/* what cannot be read is not guessed at */
	}
	if (gzip == WEIGHT_BAD)
		gzip = any;
	return gzip > 0 && gzip >= plain;
}
