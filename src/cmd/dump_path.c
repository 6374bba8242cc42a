/*
 * dump_path: AS paths and communities as text, the two attributes that most bytes of a dump are.
 */
#include "cmd/dump.h"

static void
put_segment(struct out *o, unsigned type, const uint32_t *asn, uint32_t n)
{
	/* indexed by enum bgp_seg */
	static const char open[] = "\0{\0([", close[] = "\0}\0)]";
	char between = type == SEG_SET || type == SEG_CONFED_SET ? ',' : ' ';
	uint32_t i;

	if (type != SEG_SEQUENCE)
		out_c(o, open[type]);
	for (i = 0; i < n; i++) {
		if (i > 0)
			out_c(o, between);
		out_u(o, asn[i]);
	}
	if (type != SEG_SEQUENCE)
		out_c(o, close[type]);
}

void
dump_path(struct out *o, const struct bgp_attrs *a, uint32_t *words)
{
	size_t n = bgp_path_words(a, words, BGP_PATH_WORDS_MAX), i = 0;

	out_room(o, n * (PUT_U32 + 1) + 2);
	while (i < n) {
		uint32_t count = words[i] & 0xffff;

		if (i > 0)
			out_c(o, ' ');
		put_segment(o, words[i] >> 16, words + i + 1, count);
		i += count + 1;
	}
}

static void
put_community(struct out *o, uint32_t c)
{
	switch (c) {
	case 0xffffff01:	/* RFC 1997 */
		out_z(o, "no-export");
		return;
	case 0xffffff02:
		out_z(o, "no-advertise");
		return;
	case 0xffffff03:	/* NO_EXPORT_SUBCONFED by its older name */
		out_z(o, "local-AS");
		return;
	default:
		out_u(o, c >> 16);
		out_c(o, ':');
		out_u(o, c & 0xffff);
	}
}

void
dump_communities(struct out *o, struct bgp_win w)
{
	struct rd r = rd_init(w.p, w.len, w.base);

	out_room(o, (size_t)w.len / 4 * 13);
	while (rd_left(&r) > 0) {
		if (r.pos > 0)
			out_c(o, ' ');
		put_community(o, rd_u32(&r, "communities"));
	}
}
