/*
 * wire: BGP path attributes (RFC 4271, 4760, 8092, 9234) as a session would have sent them.
 */
#include "lab/wire.h"

enum { ATTR_ORIGIN = 1, ATTR_AS_PATH = 2, ATTR_NEXT_HOP = 3, ATTR_ATOMIC = 6, ATTR_AGGREGATOR = 7,
	ATTR_COMMUNITIES = 8, ATTR_MP_REACH = 14, ATTR_LARGE = 32, ATTR_OTC = 35 };
enum { FLAG_OPTIONAL = 0x80, FLAG_TRANSITIVE = 0x40 };
enum { SEGMENT_SET = 1, SEGMENT_SEQUENCE = 2 };

bool
wire_marks(const struct lab *w, uint32_t as)
{
	return prng_hash(w->params.seed, 50, as, 0) % 12 == 0;
}

bool
wire_path(const struct lab *w, size_t route, uint32_t peer, struct lab_wire_path *out)
{
	const struct lab_route *r = &w->routes[route];
	const struct lab_as *origin = &w->ases[r->origin];
	struct lab_path p;
	uint32_t i, apex;

	view_path(lab_view_of(&w->peers[peer], lab_invalid(r)), r->origin, &p);
	if (p.n == 0)
		return false;
	for (i = 0; i < p.n; i++)
		out->asn[i] = w->ases[p.as[i]].asn;
	out->n = p.n;
	/* the one that first sent it sideways or down */
	apex = p.climbs + (p.lateral ? 1 : 0);
	out->has_otc = apex > 0 && wire_marks(w, p.as[apex]);
	out->otc = out->has_otc ? w->ases[p.as[apex]].asn : 0;
	out->has_set = r->set;
	if (r->set)
		lab_set_members(w, r->origin, out->set);
	for (i = 0; i < origin->prepend; i++)
		out->asn[out->n++] = origin->asn;
	return true;
}

void
wire_prefix(struct wr *b, const struct prefix *p)
{
	wr_u8(b, p->len);
	wr_bytes(b, p->addr, (p->len + 7u) / 8);
}

void
wire_addr(struct wr *b, const struct addr *a)
{
	wr_bytes(b, a->b, a->family == FAMILY_V4 ? 4 : 16);
}

static void
attr_head(struct wr *b, unsigned flags, unsigned type, size_t len)
{
	wr_u8(b, (uint8_t)flags);
	wr_u8(b, (uint8_t)type);
	wr_u8(b, (uint8_t)len);
}

static void
put_path(struct wr *b, const struct lab_wire_path *p)
{
	uint32_t i;

	attr_head(b, FLAG_TRANSITIVE, ATTR_AS_PATH, 2 + 4u * p->n + (p->has_set ? 10 : 0));
	wr_u8(b, SEGMENT_SEQUENCE);
	wr_u8(b, (uint8_t)p->n);
	for (i = 0; i < p->n; i++)
		wr_u32(b, p->asn[i]);
	if (!p->has_set)
		return;
	wr_u8(b, SEGMENT_SET);
	wr_u8(b, 2);
	wr_u32(b, p->set[0]);
	wr_u32(b, p->set[1]);
}

/* Tags as networks set them: where a route was learned, and what was done with it. */
static void
put_communities(struct wr *b, const struct lab_wire_path *p, uint64_t h)
{
	uint32_t n = 3 + (uint32_t)(h % 6), i;

	attr_head(b, FLAG_OPTIONAL | FLAG_TRANSITIVE, ATTR_COMMUNITIES, 4u * n);
	for (i = 0; i < n; i++)
		wr_u32(b, (p->asn[i % p->n] & 0xffff) << 16 | (uint32_t)(100 + 10 * i + (h >> 8) % 7));
}

static void
put_large(struct wr *b, const struct lab_wire_path *p, uint64_t h)
{
	attr_head(b, FLAG_OPTIONAL | FLAG_TRANSITIVE, ATTR_LARGE, 12);
	wr_u32(b, p->asn[0]);
	wr_u32(b, 1);
	wr_u32(b, (uint32_t)(h % 1000));
}

static void
put_mp_reach(struct wr *b, const struct addr *next_hop, const struct prefix *nlri)
{
	size_t at = b->len;

	attr_head(b, FLAG_OPTIONAL, ATTR_MP_REACH, 0);
	if (nlri != NULL) {
		wr_u16(b, 2);	/* AFI IPv6 */
		wr_u8(b, 1);	/* SAFI unicast */
	}
	wr_u8(b, 16);
	wire_addr(b, next_hop);
	if (nlri != NULL) {
		wr_u8(b, 0);
		wire_prefix(b, nlri);
	}
	wr_patch8(b, at + 2, b->len - at - 3);
}

void
wire_attrs(struct wr *b, const struct lab *w, const struct lab_peer *peer, unsigned family,
    const struct lab_wire_path *p, const struct prefix *nlri)
{
	uint64_t h = prng_hash(w->params.seed, 51, peer->as, p->asn[p->n - 1]);

	attr_head(b, FLAG_TRANSITIVE, ATTR_ORIGIN, 1);
	wr_u8(b, h % 20 == 0 ? 2 : 0);
	put_path(b, p);
	if (family == FAMILY_V4) {
		attr_head(b, FLAG_TRANSITIVE, ATTR_NEXT_HOP, 4);
		wire_addr(b, &peer->addr[FAMILY_V4]);
	}
	if ((h >> 16) % 32 == 0) {
		attr_head(b, FLAG_TRANSITIVE, ATTR_ATOMIC, 0);
		attr_head(b, FLAG_OPTIONAL | FLAG_TRANSITIVE, ATTR_AGGREGATOR, 8);
		wr_u32(b, p->asn[p->n - 1]);
		wire_addr(b, &peer->addr[FAMILY_V4]);
	}
	put_communities(b, p, h >> 20);
	if (family == FAMILY_V6)
		put_mp_reach(b, &peer->addr[FAMILY_V6], nlri);
	if ((h >> 32) % 5 == 0)
		put_large(b, p, h >> 35);
	if (p->has_otc) {
		attr_head(b, FLAG_OPTIONAL | FLAG_TRANSITIVE, ATTR_OTC, 4);
		wr_u32(b, p->otc);
	}
}
