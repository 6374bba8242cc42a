/*
 * bgp_brief: an attribute block at a glance. Of 10 M entries of a table all but some thousands are faultless
 * and have a path of one AS_SEQUENCE; what matters of these is the path and OTC. This walk checks all that
 * the full decoder (bgp.c) would complain of, without taking values apart, and gives up on anything that
 * it would complain of or that is rare: then the full decoder says what there is to say.
 *
 * Invariant (asserted by the fuzz target): a block that is accepted here gives the full decoder no diag, and
 * the same path and OTC.
 */
#include "base/be.h"
#include "decode/bgp_impl.h"

#define EXTENDED_LENGTH 0x10u
#define REQUIRED ((uint64_t)1 << BGP_ORIGIN | (uint64_t)1 << BGP_AS_PATH)
#define ANY 0xffffu

/* Of flags, those that care says must be as told. No length fits a rule whose most is below min. */
struct rule {
	uint8_t flags, care, known;
	uint8_t step;		/* the length has none of these bits */
	uint16_t min, most;
};

#define WELL_KNOWN 0x40, 0xc0, 1
#define OPTIONAL_ONLY 0x80, 0xc0, 1
#define OPTIONAL_TRANSITIVE 0xc0, 0xc0, 1
#define UNKNOWN {0x80, 0x80, 0, 0, 0, ANY}
#define GIVE_UP {0, 0, 0, 0, 1, 0}

static const struct rule rules[BGP_OTC + 1] = {
	[0] = UNKNOWN,
	[BGP_ORIGIN] = {WELL_KNOWN, 0, 1, 1},
	[BGP_AS_PATH] = {WELL_KNOWN, 1, 6, ANY},
	[BGP_NEXT_HOP] = {WELL_KNOWN, 0, 4, 4},
	[BGP_MED] = {OPTIONAL_ONLY, 0, 4, 4},
	[BGP_LOCAL_PREF] = {WELL_KNOWN, 0, 4, 4},
	[BGP_ATOMIC_AGGREGATE] = {WELL_KNOWN, 0, 0, 0},
	[BGP_AGGREGATOR] = {OPTIONAL_TRANSITIVE, 0, 8, 8},
	[BGP_COMMUNITIES] = {OPTIONAL_TRANSITIVE, 3, 4, ANY},
	[BGP_ORIGINATOR_ID] = {OPTIONAL_ONLY, 0, 4, 4},
	[BGP_CLUSTER_LIST] = {OPTIONAL_ONLY, 3, 4, ANY},
	[11] = UNKNOWN, [12] = UNKNOWN, [13] = UNKNOWN,
	[BGP_MP_REACH] = {OPTIONAL_ONLY, 0, 5, ANY},
	[BGP_MP_UNREACH] = {OPTIONAL_ONLY, 0, 3, ANY},
	[BGP_EXT_COMMUNITIES] = {OPTIONAL_TRANSITIVE, 7, 8, ANY},
	[BGP_AS4_PATH] = GIVE_UP,
	[BGP_AS4_AGGREGATOR] = GIVE_UP,
	[19] = UNKNOWN, [20] = UNKNOWN, [21] = UNKNOWN, [22] = UNKNOWN, [23] = UNKNOWN, [24] = UNKNOWN,
	[25] = UNKNOWN, [26] = UNKNOWN, [27] = UNKNOWN, [28] = UNKNOWN, [29] = UNKNOWN, [30] = UNKNOWN,
	[31] = UNKNOWN,
	[BGP_LARGE_COMMUNITIES] = {OPTIONAL_TRANSITIVE, 3, 12, ANY},
	[33] = UNKNOWN, [34] = UNKNOWN,
	[BGP_OTC] = {OPTIONAL_TRANSITIVE, 0, 4, 4},
};

struct value {
	const uint8_t *p;
	uint32_t len;
};

/* All attributes, each where its type says; false when one is not as it should be. */
static inline bool
walk(const uint8_t *p, size_t n, struct value *value, uint64_t *have)
{
	const uint8_t *end = p + n;
	uint32_t bad = 0;

	while (p < end) {
		size_t left = (size_t)(end - p);
		uint32_t flags, type, len;
		const struct rule *r;

		if (left < 3)
			return false;
		flags = p[0];
		type = p[1] <= BGP_OTC ? p[1] : 0;
		len = p[2];
		if ((flags & EXTENDED_LENGTH) != 0) {
			if (left < 4)
				return false;
			len = len << 8 | p[3];
			p++;
		}
		p += 3;
		if (len > (size_t)(end - p))
			return false;
		r = &rules[type];
		bad |= ((flags ^ r->flags) & r->care) | (len & r->step);
		bad |= (uint32_t)(len < r->min) | (uint32_t)(len > r->most);
		bad |= (uint32_t)(*have >> type) & r->known;
		*have |= (uint64_t)r->known << type;
		value[type] = (struct value){p, len};
		p += len;
	}
	return bad == 0;
}

/* MP_REACH as RFC 6396 4.3.4 abbreviates it: the next hop alone. */
static bool
is_short_mp_reach(struct value v)
{
	uint8_t n = v.p[0];

	return v.len == (uint32_t)n + 1 && (n == 4 || n == 16 || n == 32);
}

static bool
has(uint64_t have, unsigned type)
{
	return (have >> type & 1) != 0;
}

/* Whatever the context: ORIGIN, AS_PATH, OTC; lengths that are no power of two. */
static bool
values_read(struct value *value, uint64_t have, struct bgp_brief *out)
{
	*out = (struct bgp_brief){0};
	if (has(have, BGP_ORIGIN) && value[BGP_ORIGIN].p[0] > 2)
		return false;
	if (has(have, BGP_LARGE_COMMUNITIES) && value[BGP_LARGE_COMMUNITIES].len % 12 != 0)
		return false;
	if (has(have, BGP_AS_PATH)) {
		struct value path = value[BGP_AS_PATH];

		if (path.p[0] != SEG_SEQUENCE || path.p[1] == 0 || path.len != 2 + 4 * (uint32_t)path.p[1])
			return false;
		out->seq = path.p + 2;
		out->n = path.p[1];
	}
	if (has(have, BGP_COMMUNITIES)) {
		out->communities = value[BGP_COMMUNITIES].p;
		out->communities_len = value[BGP_COMMUNITIES].len;
	}
	if (has(have, BGP_OTC)) {
		out->otc = be32(value[BGP_OTC].p);
		out->has_otc = true;
	}
	return true;
}

bool
bgp_is_blackhole(const uint8_t *communities, uint32_t len)
{
	const uint32_t blackhole = 0xffffu << 16 | 666;
	uint32_t i;

	for (i = 0; i + 4 <= len; i += 4)
		if (be32(communities + i) == blackhole)
			return true;
	return false;
}

bool
bgp_brief_read(const uint8_t *p, size_t n, struct bgp_brief *out)
{
	struct value value[BGP_OTC + 1];
	uint64_t have = 0;

	return walk(p, n, value, &have) && (have & REQUIRED) == REQUIRED && !has(have, BGP_MP_UNREACH) &&
	    (!has(have, BGP_MP_REACH) || is_short_mp_reach(value[BGP_MP_REACH])) &&
	    values_read(value, have, out);
}

/* AFI 1 or 2, SAFI 1 */
static bool
is_unicast(const uint8_t *p)
{
	return p[0] == 0 && (p[1] == AFI_IPV4 || p[1] == AFI_IPV6) && p[2] == SAFI_UNICAST;
}

static bool
mp_reach_read(struct value v, struct bgp_brief_update *out)
{
	uint8_t n = v.len >= 5 ? v.p[3] : 0;

	if (v.len < 5u + n || !is_unicast(v.p) || (n != 4 && n != 16 && n != 32))
		return false;
	out->mp_nlri = (struct bgp_win){.p = v.p + 5 + n, .len = v.len - 5 - n};
	out->mp_nlri_family = (uint8_t)bgp_family(v.p[1]);
	return true;
}

static bool
mp_unreach_read(struct value v, struct bgp_brief_update *out)
{
	if (!is_unicast(v.p))
		return false;
	out->mp_gone = (struct bgp_win){.p = v.p + 3, .len = v.len - 3};
	out->mp_gone_family = (uint8_t)bgp_family(v.p[1]);
	return true;
}

bool
bgp_brief_read_update(const uint8_t *p, size_t n, struct bgp_brief_update *out)
{
	struct value value[BGP_OTC + 1];

	out->have = 0;
	out->mp_nlri = out->mp_gone = (struct bgp_win){0};
	return walk(p, n, value, &out->have) && values_read(value, out->have, &out->brief) &&
	    (!has(out->have, BGP_MP_REACH) || mp_reach_read(value[BGP_MP_REACH], out)) &&
	    (!has(out->have, BGP_MP_UNREACH) || mp_unreach_read(value[BGP_MP_UNREACH], out));
}
