/*
 * bgp_path: AS_PATH and AS4_PATH (RFC 4271 4.3, RFC 5065, RFC 6793). A path is checked segment
 * by segment when its attribute is decoded, so that who walks it later need not doubt it.
 */
#include "decode/bgp_impl.h"

/* RFC 7606 7.2: a segment type we do not know, one that runs over the end, an empty one. */
static void
path_check(struct rd *w, unsigned as_size, const char *field)
{
	uint32_t hops = 0;

	while (rd_left(w) > 0) {
		uint8_t type = rd_u8(w, field);
		uint8_t n = rd_u8(w, field);

		if (w->err == OK && (type < SEG_SET || type > SEG_CONFED_SET || n == 0))
			rd_fail(w, ERR_RANGE, field, 2);
		hops += n;
		if (hops > AS_PATH_HOPS_MAX)
			rd_fail(w, ERR_LIMIT, field, 2);
		(void)rd_bytes(w, (size_t)n * as_size, field);
	}
}

void
bgp_as_path(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	path_check(w, job->as_size, "as_path.segment");
	if (w->err == OK)
		out->as_path = bgp_win_of(w);
}

void
bgp_as4_path(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	/* RFC 6793 6: meaningless, and to be discarded, between speakers of four octets */
	if (job->as_size != 2) {
		rd_fail(w, ERR_CONTRADICT, "as4_path", 0);
		return;
	}
	path_check(w, 4, "as4_path.segment");
	if (w->err == OK)
		out->as4_path = bgp_win_of(w);
}

/* Words being written: room for cap, n are needed, the open segment's header is at word head. */
struct words {
	uint32_t *w;
	size_t cap, n, head;
	unsigned type;		/* of the open segment, 0: none */
	uint32_t count;
};

static void
put(struct words *o, size_t at, uint32_t v)
{
	if (at < o->cap)
		o->w[at] = v;
}

/* Open a segment, or go on in the last one when both are sequences (RFC 4271 9.1.2.2 counts the
 * same; senders split sequences at 255). */
static void
segment_open(struct words *o, unsigned type)
{
	if (o->type == SEG_SEQUENCE && type == SEG_SEQUENCE)
		return;
	o->type = type;
	o->count = 0;
	o->head = o->n++;
}

static void
segment_copy(struct words *o, struct rd *r, unsigned type, uint32_t n, unsigned as_size)
{
	uint32_t i;

	segment_open(o, type);
	for (i = 0; i < n; i++)
		put(o, o->n++, as_size == 2 ? rd_u16(r, "as_path") : rd_u32(r, "as_path"));
	o->count += n;
	put(o, o->head, (uint32_t)type << 16 | o->count);
}

static bool
is_confed(unsigned type)
{
	return type == SEG_CONFED_SEQUENCE || type == SEG_CONFED_SET;
}

/* Path length as RFC 4271 9.1.2.2 and RFC 5065 5.3 count: a set is one, confederations none. */
static uint32_t
path_length(struct bgp_win w, unsigned as_size)
{
	struct rd r = bgp_win_rd(w);
	uint32_t len = 0;

	while (rd_left(&r) > 0) {
		uint8_t type = rd_u8(&r, "as_path");
		uint8_t n = rd_u8(&r, "as_path");

		(void)rd_bytes(&r, (size_t)n * as_size, "as_path");
		if (type == SEG_SEQUENCE)
			len += n;
		else if (type == SEG_SET)
			len++;
	}
	return len;
}

/* The leading part of the two-octet path, keep long, with the confederation segments that lead
 * it or follow on it (RFC 6793 4.2.3). */
static void
copy_leading(struct words *o, struct bgp_win w, uint32_t keep)
{
	struct rd r = bgp_win_rd(w);

	while (rd_left(&r) > 0) {
		uint8_t type = rd_u8(&r, "as_path");
		uint8_t n = rd_u8(&r, "as_path");
		uint32_t weight = type == SEG_SEQUENCE ? n : 1;

		if (is_confed(type)) {
			segment_copy(o, &r, type, n, 2);
			continue;
		}
		if (keep == 0)
			return;
		if (weight > keep) {
			segment_copy(o, &r, type, keep, 2);
			return;
		}
		segment_copy(o, &r, type, n, 2);
		keep -= weight;
	}
}

static void
copy_all(struct words *o, struct bgp_win w, unsigned as_size, bool confed)
{
	struct rd r = bgp_win_rd(w);

	while (rd_left(&r) > 0) {
		uint8_t type = rd_u8(&r, "as_path");
		uint8_t n = rd_u8(&r, "as_path");

		if (confed || !is_confed(type))
			segment_copy(o, &r, type, n, as_size);
		else
			(void)rd_bytes(&r, (size_t)n * as_size, "as_path");
	}
}

size_t
bgp_path_words(const struct bgp_attrs *a, uint32_t *words, size_t cap)
{
	struct words o = {.w = words, .cap = cap};
	uint32_t len, len4;

	if (a->as_path.p == NULL)
		return 0;
	if (a->as4_path.p != NULL) {
		len = path_length(a->as_path, a->as_size);
		len4 = path_length(a->as4_path, 4);
		/* RFC 6793 4.2.3: a longer AS4_PATH is ignored */
		if (len4 > 0 && len >= len4) {
			copy_leading(&o, a->as_path, len - len4);
			copy_all(&o, a->as4_path, 4, false);
			return o.n;
		}
	}
	copy_all(&o, a->as_path, a->as_size, true);
	return o.n;
}
