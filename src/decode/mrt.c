/*
 * mrt: the stream of MRT records (RFC 6396 2, 3). Framing is the one thing that cannot be mended:
 * a record longer than what is left, or than MRT_RECORD_MAX, ends the source.
 */
#include "decode/mrt_impl.h"

#include "base/arena.h"

#include <stdlib.h>

#define MRT_HEAD_LEN 12

void
mrt_bad(struct mrt_job *j, const struct rd *r, const char *rule)
{
	diag_add(j->d, DIAG_SKIP_RECORD, r->err, j->head.record, r->fail_off, r->field, rule);
}

void
mrt_route_attrs(struct mrt_job *j, struct rd *w, enum bgp_context ctx, unsigned as_size,
    struct bgp_attrs *out)
{
	const char *missing = NULL;

	if (bgp_attrs_decode(w, ctx, as_size, j->head.record, j->d, out) != OK) {
		*out = (struct bgp_attrs){.as_size = (uint8_t)as_size, .malformed = true};
		return;
	}
	if (out->malformed)
		return;
	if (out->block.len == 0) {
		/* BIRD writes the routes that it did not learn over BGP so */
		diag_add(j->d, DIAG_NOTE, ERR_SHORT, j->head.record, w->base, "rib.attrs",
		    "RFC 6396 4.3.4");
		return;
	}
	if (!bgp_has(out, BGP_ORIGIN))
		missing = "origin";
	else if (!bgp_has(out, BGP_AS_PATH))
		missing = "as_path";
	if (missing != NULL) {
		out->malformed = true;
		diag_add(j->d, DIAG_SKIP_RECORD, ERR_SHORT, j->head.record, w->base, missing,
		    "RFC 7606 3 (d)");
	}
}

/* Types that carry no BGP routes, or were never specified, are counted and left. */
static NODISCARD enum err
record_decode(struct mrt_job *j, struct rd *r)
{
	switch (j->head.type) {
	case MRT_TABLE_DUMP:
		return mrt_table_v1(j, r);
	case MRT_TABLE_DUMP_V2:
		return mrt_table_v2(j, r);
	case MRT_BGP4MP_ET:
		j->head.time_us = rd_u32(r, "mrt.microseconds");
		if (r->err == OK && j->head.time_us > 999999)
			rd_fail(r, ERR_RANGE, "mrt.microseconds", 4);
		if (r->err != OK) {
			mrt_bad(j, r, "RFC 6396 3");
			return OK;
		}
		return mrt_bgp4mp(j, r);
	case MRT_BGP4MP:
		return mrt_bgp4mp(j, r);
	default:
		j->stats->unknown++;
		return OK;
	}
}

static void
times_note(struct mrt_stats *s, uint32_t t)
{
	if (s->records == 1 || t < s->first_s)
		s->first_s = t;
	if (s->records == 1 || t > s->last_s)
		s->last_s = t;
}

/* The next record's body in *body; false at the end of the stream, clean or not. */
static bool
record_next(struct mrt_job *j, struct feed *f, struct rd *body)
{
	uint64_t at = feed_offset(f), n = j->head.record + 1;
	const uint8_t *p;
	size_t have = feed_peek(f, MRT_HEAD_LEN, &p), len;
	struct rd r = rd_init(p, have, at);
	const char *field = "mrt.header";
	enum err e = feed_err(f);

	if (have == 0 && e == OK)
		return false;
	j->head = (struct mrt_head){.record = n, .offset = at};
	j->head.time_s = rd_u32(&r, field);
	j->head.type = rd_u16(&r, field);
	j->head.subtype = rd_u16(&r, field);
	len = rd_u32(&r, field);
	if (r.err == OK) {
		field = "mrt.length";
		if (len > MRT_RECORD_MAX)
			rd_fail(&r, ERR_LIMIT, field, 4);
		else if (feed_peek(f, MRT_HEAD_LEN + len, &p) < MRT_HEAD_LEN + len)
			rd_fail(&r, ERR_SHORT, field, 4);
		e = feed_err(f);
	}
	if (r.err != OK) {
		/* what the source says of its end is nearer the cause than that it ended */
		diag_add(j->d, DIAG_STOP_SOURCE, r.err == ERR_SHORT && e != OK ? e : r.err, n,
		    at, field, r.err == ERR_LIMIT ? "limit MRT_RECORD_MAX" : "RFC 6396 2");
		return false;
	}
	*body = rd_init(p + MRT_HEAD_LEN, len, at + MRT_HEAD_LEN);
	return true;
}

enum err
mrt_decode(struct feed *f, const struct mrt_sink *sink, struct diags *d, struct mrt_stats *stats)
{
	struct mrt_job j = {.sink = sink, .d = d, .stats = stats};
	struct rd body;
	enum err e = OK;

	*stats = (struct mrt_stats){0};
	while (e == OK && record_next(&j, f, &body)) {
		stats->records++;
		times_note(stats, j.head.time_s);
		e = record_decode(&j, &body);
		feed_skip(f, MRT_HEAD_LEN + body.len);
	}
	free(j.peer);
	free(j.frame);
	free(j.prefix);
	if (e == OK && feed_err(f) == ERR_IO)
		return ERR_IO;
	return e;
}
