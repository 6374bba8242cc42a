/*
 * write_mrt: each collector's table as TABLE_DUMP_V2 (RFC 6396 4.3), both families, in the order of
 * the prefixes. The small world has it at both ends of the month.
 */
#include "lab/write.h"

#include <stdio.h>

enum { MRT_TABLE_DUMP_V2 = 13, PEER_INDEX_TABLE = 1, RIB_IPV4_UNICAST = 2, RIB_IPV6_UNICAST = 4 };
enum { PEER_V6 = 1, PEER_AS4 = 2 };

struct table {
	struct outs *o;
	const struct lab *w;
	struct lab_sum *sum;
	uint32_t collector, time, sequence;
	uint32_t first, n;			/* its sessions */
	uint16_t index6[LAB_PEERS_MAX];		/* of a session's IPv6 side */
};

static size_t
record_begin(const struct table *t, unsigned subtype)
{
	struct wr *b = &t->o->bin;

	wr_u32(b, t->time);
	wr_u16(b, MRT_TABLE_DUMP_V2);
	wr_u16(b, (uint16_t)subtype);
	wr_u32(b, 0);
	return b->len;
}

static void
record_end(const struct table *t, size_t body)
{
	wr_patch32(&t->o->bin, body - 4, t->o->bin.len - body);
	out_flow(t->o);
}

static void
put_peer(struct wr *b, const struct lab_peer *p, unsigned family)
{
	wr_u8(b, family == FAMILY_V6 ? PEER_V6 | PEER_AS4 : PEER_AS4);
	wire_addr(b, &p->addr[FAMILY_V4]);	/* BGP identifier */
	wire_addr(b, &p->addr[family]);
	wr_u32(b, p->asn);
}

static void
put_index(struct table *t)
{
	struct wr *b = &t->o->bin;
	size_t body = record_begin(t, PEER_INDEX_TABLE), at;
	uint32_t i, n = t->n;
	char name[16];

	snprintf(name, sizeof(name), "lab%u", t->collector);
	wr_u32(b, 0xc6336400 + t->collector + 1);	/* 198.51.100.0/24: for documentation */
	wr_u16(b, 4);
	wr_bytes(b, name, 4);
	at = b->len;
	wr_u16(b, 0);
	for (i = 0; i < t->n; i++)
		put_peer(b, &t->w->peers[t->first + i], FAMILY_V4);
	for (i = 0; i < t->n; i++) {
		if (!t->w->peers[t->first + i].v6)
			continue;
		put_peer(b, &t->w->peers[t->first + i], FAMILY_V6);
		t->index6[i] = (uint16_t)n++;
	}
	wr_patch16(b, at, n);
	record_end(t, body);
}

static bool
put_entry(struct table *t, size_t route, uint32_t i)
{
	struct wr *b = &t->o->bin;
	const struct lab_peer *p = &t->w->peers[t->first + i];
	unsigned family = t->w->routes[route].prefix.family;
	struct lab_wire_path path;
	size_t at;

	if (!lab_sees(t->w, route, t->first + i) || !wire_path(t->w, route, t->first + i, &path))
		return false;
	wr_u16(b, family == FAMILY_V4 ? (uint16_t)i : t->index6[i]);
	wr_u32(b, (uint32_t)(LAB_BEGIN.s - (int64_t)(prng_hash(t->w->params.seed, 60, route, i) % 9000000)));
	at = b->len;
	wr_u16(b, 0);
	wire_attrs(b, t->w, p, family, &path, NULL);
	wr_patch16(b, at, b->len - at - 2);
	t->sum->entries++;
	t->sum->hops += path.n;
	return true;
}

/* One prefix: the routes [first, end) that are for it. */
static void
put_rib(struct table *t, size_t first, size_t end)
{
	const struct prefix *p = &t->w->routes[first].prefix;
	struct wr *b = &t->o->bin;
	size_t start = b->len, body, at, r;
	uint32_t i, n = 0;

	body = record_begin(t, p->family == FAMILY_V4 ? RIB_IPV4_UNICAST : RIB_IPV6_UNICAST);
	wr_u32(b, t->sequence);
	wire_prefix(b, p);
	at = b->len;
	wr_u16(b, 0);
	for (i = 0; i < t->n; i++)
		for (r = first; r < end; r++)
			if (put_entry(t, r, i))
				n++;
	if (n == 0) {
		b->len = start;
		return;
	}
	t->sequence++;
	wr_patch16(b, at, n);
	record_end(t, body);
}

static void
write_table(struct outs *o, const struct lab *w, uint32_t collector, bool last, struct lab_sum *sum)
{
	struct table t = {.o = o, .w = w, .sum = sum, .collector = collector, .n = w->params.peers,
	    .first = collector * w->params.peers, .time = (uint32_t)(last ? LAB_AT.s : LAB_BEGIN.s)};
	size_t i, end;
	char name[64];

	snprintf(name, sizeof(name), "rib.lab%u.%s.0000.mrt", collector, last ? "20310601" : "20310501");
	out_begin(o, name);
	put_index(&t);
	for (i = 0; i < w->n_routes; i = end) {
		for (end = i + 1; end < w->n_routes; end++)
			if (!prefix_eq(&w->routes[i].prefix, &w->routes[end].prefix))
				break;
		put_rib(&t, i, end);
	}
	out_end(o);
}

void
write_tables(struct outs *o, const struct lab *w, struct lab_sum *sum)
{
	uint32_t c;

	for (c = 0; c < w->params.collectors; c++) {
		if (w->params.scale == LAB_SMALL)
			write_table(o, w, c, false, sum);
		write_table(o, w, c, true, sum);
	}
}
