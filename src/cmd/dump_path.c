/*
 * dump_path: AS paths and communities as text, the two attributes that most bytes of a dump are.
 * What is read here was checked by the decoder, so it is read without asking again.
 */
#include "cmd/dump.h"

/* indexed by enum bgp_seg */
static const char opens[] = "\0{\0([", closes[] = "\0}\0)]";

static char
between(unsigned type)
{
	return type == SEG_SET || type == SEG_CONFED_SET ? ',' : ' ';
}

/* A path of words, which AS_PATH and AS4_PATH were merged into. */
static char *
put_words(char *p, const uint32_t *w, size_t n)
{
	size_t i = 0, end;

	while (i < n) {
		unsigned type = w[i] >> 16;

		if (i > 0)
			*p++ = ' ';
		if (type != SEG_SEQUENCE)
			*p++ = opens[type];
		for (end = i + (w[i] & 0xffff); i < end; ) {
			p = put_u32(p, w[++i]);
			*p++ = between(type);
		}
		p--;
		i++;
		if (type != SEG_SEQUENCE)
			*p++ = closes[type];
	}
	return p;
}

static inline uint32_t
as_at(const uint8_t *b, unsigned size)
{
	uint32_t two = (uint32_t)b[0] << 8 | b[1];

	return size == 2 ? two : two << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* An AS_PATH as it came. A sequence cut in two needs no joining here: there is a space between either way. */
static inline char *
put_segments(char *p, struct bgp_win w, unsigned as_size)
{
	const uint8_t *b = w.p, *end = b + w.len;

	while (b < end) {
		unsigned type = b[0], n = b[1];

		assert(n > 0 && (size_t)(end - b) >= 2 + n * as_size);
		if (b > w.p)
			*p++ = ' ';
		if (type != SEG_SEQUENCE)
			*p++ = opens[type];
		for (b += 2; n > 0; n--, b += as_size) {
			p = put_u32(p, as_at(b, as_size));
			*p++ = between(type);
		}
		p--;
		if (type != SEG_SEQUENCE)
			*p++ = closes[type];
	}
	return p;
}

char *
dump_path(char *p, const struct bgp_attrs *a, uint32_t *words)
{
	if (a->as_path.p == NULL)
		return p;
	if (a->as4_path.p != NULL)
		return put_words(p, words, bgp_path_words(a, words, BGP_PATH_WORDS_MAX));
	return a->as_size == 4 ? put_segments(p, a->as_path, 4) : put_segments(p, a->as_path, 2);
}

static char *
put_community(char *p, uint32_t high, uint32_t low)
{
	if (high == 0xffff) {
		if (low == 0xff01)	/* RFC 1997 */
			return stpcpy(p, "no-export");
		if (low == 0xff02)
			return stpcpy(p, "no-advertise");
		if (low == 0xff03)	/* NO_EXPORT_SUBCONFED by its older name */
			return stpcpy(p, "local-AS");
	}
	p = put_u32(p, high);
	*p++ = ':';
	return put_u32(p, low);
}

char *
dump_communities(char *p, struct bgp_win w)
{
	const uint8_t *b = w.p, *end = b + w.len;

	assert(w.len % 4 == 0);
	for (; b < end; b += 4) {
		p = put_community(p, as_at(b, 2), as_at(b + 2, 2));
		*p++ = ' ';
	}
	return w.len > 0 ? p - 1 : p;
}
