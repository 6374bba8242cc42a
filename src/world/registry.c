/*
 * registry: which numbers are delegated, by the statistics files of the registries.
 *
 * Workload: 250 k records of five files that mostly do not overlap, sealed once, then asked once per
 * route and origin. Invariant of the sealed table: disjoint ranges, ascending, neighbours of one status
 * joined. Sealing is one sweep over the ends of all ranges. ASNs, IPv4 and IPv6 are one number line: a
 * point is the space's number and 16 bytes, left-aligned, so that the point behind the last address of
 * one space is the first one of the next.
 */
#include "world/people.h"
#include "base/limits.h"
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define POINT 17	/* the space, then 16 bytes */

struct event {		/* a range begins or ends here */
	uint8_t at[POINT];
	uint8_t status;
	int8_t step;
};

void
registry_init(struct registry *r)
{
	*r = (struct registry){0};
}

void
registry_release(struct registry *r)
{
	free(r->ranges);
	registry_init(r);
}

static void
put_u32(uint8_t out[static 4], uint32_t v)
{
	out[0] = (uint8_t)(v >> 24);
	out[1] = (uint8_t)(v >> 16);
	out[2] = (uint8_t)(v >> 8);
	out[3] = (uint8_t)v;
}

static uint32_t
get_u32(const uint8_t in[static 4])
{
	return (uint32_t)in[0] << 24 | (uint32_t)in[1] << 16 | (uint32_t)in[2] << 8 | in[3];
}

/* A range of count 32-bit numbers; false when it is empty or runs over the end. */
static bool
range_u32(struct reg_range *g, enum reg_space space, uint32_t first, uint64_t count)
{
	if (count == 0 || count > (uint64_t)UINT32_MAX - first + 1)
		return false;
	g->space = (uint8_t)space;
	memset(g->first, 0, sizeof(g->first));
	memset(g->last, 0xff, sizeof(g->last));
	put_u32(g->first, first);
	put_u32(g->last, (uint32_t)(first + count - 1));
	return true;
}

static void
range_prefix(struct reg_range *g, const struct prefix *p)
{
	unsigned whole = p->len / 8;

	g->space = p->family == FAMILY_V4 ? REG_SPACE_V4 : REG_SPACE_V6;
	memcpy(g->first, p->addr, sizeof(g->first));
	memset(g->last, 0xff, sizeof(g->last));
	memcpy(g->last, p->addr, whole);
	if (p->len % 8 != 0)
		g->last[whole] = (uint8_t)(p->addr[whole] | 0xff >> p->len % 8);
}

enum err
registry_add(struct registry *r, const struct delegated *d)
{
	struct reg_range g = {.status = (uint8_t)d->status};
	bool fits = true;

	assert(!r->sealed);
	switch (d->what) {
	case DELEGATED_ASN:
		fits = range_u32(&g, REG_SPACE_ASN, d->asn_first, d->asn_count);
		break;
	case DELEGATED_V4:
		fits = range_u32(&g, REG_SPACE_V4, get_u32(d->first.b), d->count);
		break;
	case DELEGATED_V6:
		range_prefix(&g, &d->prefix);
		break;
	}
	if (!fits)
		return ERR_RANGE;
	if (r->n >= TABLE_ROWS_MAX)
		return ERR_LIMIT;
	r->ranges = grow(r->ranges, &r->cap, r->n + 1, sizeof(*r->ranges));
	r->ranges[r->n++] = g;
	r->n_seen++;
	return OK;
}

enum err
registry_absorb(struct registry *dst, const struct registry *src)
{
	assert(!dst->sealed && !src->sealed);
	if (src->n >= MAP_NONE - dst->n)
		return ERR_LIMIT;
	dst->ranges = grow(dst->ranges, &dst->cap, dst->n + src->n, sizeof(*dst->ranges));
	if (src->n > 0)
		memcpy(dst->ranges + dst->n, src->ranges, src->n * sizeof(*src->ranges));
	dst->n += src->n;
	dst->n_seen += src->n_seen;
	dst->present = dst->present || src->present;
	return OK;
}

static int
event_cmp(const void *pa, const void *pb)
{
	return memcmp(((const struct event *)pa)->at, ((const struct event *)pb)->at, POINT);
}

/* step is -1 or 1; borrow and carry go into the space's byte. */
static void
point_step(uint8_t at[static POINT], int step)
{
	int i;

	for (i = POINT - 1; i >= 0; i--) {
		at[i] = (uint8_t)(at[i] + step);
		if (at[i] != (step > 0 ? 0x00 : 0xff))
			break;
	}
}

static struct event *
events_of(const struct registry *r)
{
	struct event *ev = xmalloc(r->n * 2 * sizeof(*ev));
	size_t i;

	for (i = 0; i < r->n; i++) {
		const struct reg_range *g = &r->ranges[i];
		struct event *e = &ev[2 * i];

		e[0] = (struct event){.status = g->status, .step = 1};
		e[0].at[0] = g->space;
		memcpy(e[0].at + 1, g->first, sizeof(g->first));
		e[1] = (struct event){.status = g->status, .step = -1};
		e[1].at[0] = g->space;
		memcpy(e[1].at + 1, g->last, sizeof(g->last));
		point_step(e[1].at, 1);
	}
	qsort(ev, r->n * 2, sizeof(*ev), event_cmp);
	return ev;
}

/* The status that holds where n[s] ranges of status s overlap: delegated wins, for a file that says so
 * was written when it was; among the others the order does not matter. -1: none. */
static int
winner(const int32_t n[static REG_RESERVED + 1])
{
	static const int8_t order[] = {REG_ALLOCATED, REG_ASSIGNED, REG_RESERVED, REG_AVAILABLE};
	size_t i;

	for (i = 0; i < sizeof(order); i++)
		if (n[order[i]] > 0)
			return order[i];
	return -1;
}

static void
emit(struct registry *r, const uint8_t from[static POINT], const uint8_t to[static POINT], int status)
{
	struct reg_range g = {.space = from[0], .status = (uint8_t)status};
	uint8_t last[POINT];

	memcpy(last, to, POINT);
	point_step(last, -1);
	assert(last[0] == from[0]);
	memcpy(g.first, from + 1, sizeof(g.first));
	memcpy(g.last, last + 1, sizeof(g.last));
	r->ranges = grow(r->ranges, &r->cap, r->n + 1, sizeof(*r->ranges));
	r->ranges[r->n++] = g;
}

void
registry_seal(struct registry *r)
{
	struct event *ev = events_of(r);
	int32_t open[REG_RESERVED + 1] = {0};
	uint8_t from[POINT] = {0};
	size_t n = r->n * 2, i = 0;
	int now = -1;

	assert(!r->sealed);
	r->n = 0;
	while (i < n) {
		uint8_t at[POINT];
		int next;

		memcpy(at, ev[i].at, POINT);
		for (; i < n && memcmp(ev[i].at, at, POINT) == 0; i++)
			open[ev[i].status] += ev[i].step;
		next = winner(open);
		/* a space ends what runs over into the next one */
		if (next == now && at[0] == from[0])
			continue;
		if (now >= 0)
			emit(r, from, at, now);
		memcpy(from, at, POINT);
		now = next;
	}
	assert(now < 0);
	free(ev);
	r->sealed = true;
}

static int
point_cmp(const struct reg_range *g, const uint8_t *end, uint8_t space, const uint8_t *at)
{
	if (g->space != space)
		return g->space < space ? -1 : 1;
	return memcmp(end, at, 16);
}

static enum reg_answer
ask(const struct registry *r, const struct reg_range *q)
{
	size_t lo = 0, hi = r->n, i;
	uint8_t next[POINT];
	bool whole = true;

	assert(r->sealed);
	while (lo < hi) {	/* the first range that does not end before q begins */
		size_t mid = lo + (hi - lo) / 2;

		if (point_cmp(&r->ranges[mid], r->ranges[mid].last, q->space, q->first) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	next[0] = q->space;
	memcpy(next + 1, q->first, sizeof(q->first));	/* nobody spoke of what is from here on */
	for (i = lo; i < r->n && point_cmp(&r->ranges[i], r->ranges[i].first, q->space, q->last) <= 0; i++) {
		const struct reg_range *g = &r->ranges[i];

		if (g->status == REG_AVAILABLE || g->status == REG_RESERVED)
			return REG_ANSWER_UNDELEGATED;
		whole = whole && point_cmp(g, g->first, next[0], next + 1) <= 0;
		next[0] = g->space;
		memcpy(next + 1, g->last, sizeof(g->last));
		point_step(next, 1);
	}
	whole = whole && (next[0] != q->space || memcmp(next + 1, q->last, sizeof(q->last)) > 0);
	return whole ? REG_ANSWER_DELEGATED : REG_ANSWER_UNKNOWN;
}

enum reg_answer
registry_prefix(const struct registry *r, const struct prefix *p)
{
	struct reg_range q;

	if (r->n == 0)
		return REG_ANSWER_UNKNOWN;
	range_prefix(&q, p);
	return ask(r, &q);
}

enum reg_answer
registry_asn(const struct registry *r, uint32_t asn)
{
	struct reg_range q;

	range_u32(&q, REG_SPACE_ASN, asn, 1);
	return ask(r, &q);
}
