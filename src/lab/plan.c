/*
 * plan: what each AS was given and what it announces: its own well-kept routes, then those that its
 * fault's recipe adds, in a block of their own so that no fault blurs another.
 */
#include "base/arena.h"
#include "lab/space.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct plan {
	struct lab *w;
	struct space space;
	uint32_t *n[FAMILY_N];		/* routes of each AS, before faults */
};

#define ROUTES_MAX 3000u		/* of one AS in one family: fits the largest block */
#define FAULT_BITS 5u			/* a /19: eight slots of a /22 */

static void
give(struct plan *p, uint32_t as, struct prefix prefix, bool available)
{
	struct lab *w = p->w;

	w->blocks = grow(w->blocks, &w->cap_blocks, w->n_blocks + 1, sizeof(*w->blocks));
	w->blocks[w->n_blocks++] = (struct lab_block){prefix, as, w->ases[as].rir, available};
	if (w->ases[as].n_blocks++ == 0)
		w->ases[as].first_block = (uint32_t)(w->n_blocks - 1);
}

static struct lab_route *
announce(struct plan *p, uint32_t as, struct prefix prefix, enum roa_plan roa, enum irr_plan irr)
{
	struct lab *w = p->w;
	struct lab_route *r;

	w->routes = grow(w->routes, &w->cap_routes, w->n_routes + 1, sizeof(*w->routes));
	r = &w->routes[w->n_routes++];
	*r = (struct lab_route){.prefix = prefix, .origin = as, .roa = (uint8_t)roa, .irr = (uint8_t)irr};
	return r;
}

/* How many routes everybody has: one each, the rest in runs to a few, as it is in the real table. */
static void
share_out(struct plan *p, unsigned family)
{
	const struct lab *w = p->w;
	struct prng r = prng_init(w->params.seed, 31 + family);
	uint32_t want = w->params.prefixes[family], have = 0, i, run, *n;

	n = p->n[family] = xcalloc(w->n_ases, sizeof(*n));
	for (i = 0; i < w->n_routed; i++)
		have += n[i] = family == FAMILY_V4 || prng_percent(&r, 55);
	while (have < want) {
		i = prng_skewed(&r, w->n_routed);
		if (n[i] == 0 || n[i] >= ROUTES_MAX || w->ases[i].tier == TIER_FAULTY)
			continue;
		run = 1 + prng_skewed(&r, w->params.scale == LAB_SMALL ? 8 : 64);
		if (run > ROUTES_MAX - n[i])
			run = ROUTES_MAX - n[i];
		if (run > want - have)
			run = want - have;
		n[i] += run;
		have += run;
	}
}

/* In the small world everybody but the planted ones is well registered. In the large one the shares
 * are those of the real table in 2025: over half of the routes have a ROA, half a percent is invalid. */
static void
usual(const struct lab *w, uint32_t as, uint32_t no, enum roa_plan *roa, enum irr_plan *irr)
{
	uint64_t h = prng_hash(w->params.seed, 33, as, no) % 1000;
	uint64_t own = prng_hash(w->params.seed, 34, as, 0);

	*roa = ROA_OWN;
	*irr = h % 2 == 0 ? IRR_BOTH : IRR_AUTHORITATIVE;
	if (w->ases[as].unallocated) {	/* nothing can be registered for them */
		*roa = ROA_ABSENT;
		*irr = IRR_ABSENT;
	}
	if (w->params.scale == LAB_SMALL || w->ases[as].tier == TIER_FAULTY)
		return;
	if (own % 100 < 45)
		*roa = ROA_ABSENT;
	else if (no > 0 && h < 9)
		*roa = h < 5 ? ROA_OTHER_ASN : ROA_SHORT;
	else if (h < 50)
		*roa = ROA_LOOSE;
	if (own >> 32 & 3)
		return;
	*irr = h < 400 ? IRR_THIRD_PARTY : h < 900 ? IRR_ABSENT : h < 950 ? IRR_OTHER_ORIGIN : *irr;
}

static void
own_routes(struct plan *p, uint32_t as, unsigned family)
{
	uint32_t n = p->n[family][as], i;
	unsigned bits = 2, most;
	struct prefix block;
	enum roa_plan roa;
	enum irr_plan irr;

	if (n == 0)
		return;
	while (1u << bits < n + n / 4)
		bits++;
	most = family == FAMILY_V4 ? 24 : 48;
	block = family == FAMILY_V4 ? space_v4(&p->space, p->w->ases[as].rir, bits)
				    : space_v6(&p->space, p->w->ases[as].rir);
	if (family == FAMILY_V6)
		bits = 16;
	give(p, as, block, false);
	for (i = 0; i < n; i++) {
		usual(p->w, as, i, &roa, &irr);
		announce(p, as, i == 0 ? block :
		    prefix_part(&block, most, (uint32_t)((((uint64_t)i << bits) / n))), roa, irr);
	}
}

static struct prefix
bogon(unsigned family, uint32_t no)
{
	if (family == FAMILY_V6) {
		const uint32_t high[] = {0x20010db8, 0xfd000000 | (no & 0xffff), 0x20020a00, 0x3fff0000};

		return prefix_of6(high[no % 4], no << 16, 48);
	}
	switch (no % 4) {
	case 0:
		return prefix_of4(0x0a000000 | (no & 0xffff) << 8, 24);	/* RFC 1918 */
	case 1:
		return prefix_of4(0xac100000 | (no / 4 & 0xfff) << 8, 24);	/* RFC 1918 */
	case 2:
		return prefix_of4(0x64400000 | (no / 4 & 0x3fff) << 8, 24);	/* RFC 6598 */
	default:
		return prefix_of4(0xc6120000 | (no / 4 & 0x1ff) << 8, 24);	/* RFC 2544 */
	}
}

/* The prefix of one extra route: a slot of the block, not the whole of it. */
static struct prefix
extra_prefix(const struct lab *w, uint32_t as, unsigned family, const struct prefix *block, uint32_t slot)
{
	enum fault_special special = recipes[w->ases[as].fault].special;
	enum roa_plan roa = recipes[w->ases[as].fault].roa;

	if (special == SPECIAL_BOGON_V4 || special == SPECIAL_BOGON_V6)
		return bogon(family, as - w->first_of[TIER_FAULTY]);
	if (family == FAMILY_V6)
		return prefix_part(block, 48, slot << 8);
	return roa == ROA_LOOSE ? prefix_part(block, 22, slot) : prefix_part(block, 23, slot << 1);
}

static void
extra_routes(struct plan *p, uint32_t as, unsigned family)
{
	struct lab *w = p->w;
	const struct recipe *f = &recipes[w->ases[as].fault];
	uint32_t n = f->n[family], i, k;
	struct prefix block, q;
	struct lab_route *r;

	if (n == 0)
		return;
	if (f->special != SPECIAL_BOGON_V4 && f->special != SPECIAL_BOGON_V6)
		n += (uint32_t)(prng_hash(w->params.seed, 35, as, family) % 3);
	block = family == FAMILY_V4 ? space_v4(&p->space, w->ases[as].rir, FAULT_BITS)
				    : space_v6(&p->space, w->ases[as].rir);
	give(p, as, block, f->special == SPECIAL_RETURNED_PREFIX);
	for (i = 0; i < n; i++) {
		q = extra_prefix(w, as, family, &block, i);
		r = announce(p, as, q, f->roa, f->irr);
		r->few = f->few;
		r->silent = f->special == SPECIAL_SILENT;
		r->set = f->special == SPECIAL_SET;
		for (k = 0; f->special == SPECIAL_USED_MAXLEN && k < 4; k++)
			announce(p, as, prefix_part(&q, 24, k), ROA_ABSENT, IRR_BOTH);
		if (f->special == SPECIAL_MOAS)
			announce(p, as + 1, q, f->roa, f->irr);
	}
}

static void
special_routes(struct plan *p, uint32_t as)
{
	enum fault_special special = recipes[p->w->ases[as].fault].special;
	const struct prefix as112[] = {	/* RFC 7534, RFC 7535 */
	    prefix_of4(0xc0af3000, 24), prefix_of4(0xc01fc400, 24),
	    prefix_of6(0x2620004f, 0x80000000, 48), prefix_of6(0x20010004, 0x01120000, 48)};
	size_t i;

	for (i = 0; special == SPECIAL_AS112 && i < 4; i++) {
		give(p, as, as112[i], false);
		announce(p, as, as112[i], ROA_OWN, IRR_BOTH);
	}
	if (special == SPECIAL_DEFAULT) {
		announce(p, as, prefix_of4(0, 0), ROA_ABSENT, IRR_ABSENT);
		announce(p, as, prefix_of6(0, 0, 0), ROA_ABSENT, IRR_ABSENT);
	}
}

static int
route_cmp(const void *x, const void *y)
{
	const struct lab_route *a = x, *b = y;
	int c = prefix_cmp(&a->prefix, &b->prefix);

	return c != 0 ? c : (a->origin > b->origin) - (a->origin < b->origin);
}

void
plan_make(struct lab *w)
{
	struct plan p = {.w = w};
	uint32_t i;
	unsigned f;

	space_init(&p.space, w);
	for (f = 0; f < FAMILY_N; f++)
		share_out(&p, f);
	for (i = 0; i < w->n_routed; i++) {
		for (f = 0; f < FAMILY_N; f++) {
			own_routes(&p, i, f);
			extra_routes(&p, i, f);
		}
		special_routes(&p, i);
	}
	/* the collectors' meeting points: addresses of their peers, announced by nobody */
	give(&p, w->route_server, space_v4(&p.space, w->ases[w->route_server].rir, 6), false);
	give(&p, w->route_server, space_v6(&p.space, w->ases[w->route_server].rir), false);
	qsort(w->routes, w->n_routes, sizeof(*w->routes), route_cmp);
	for (f = 0; f < FAMILY_N; f++)
		free(p.n[f]);
}
