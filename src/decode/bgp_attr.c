/*
 * bgp_attr: the value of each path attribute but the AS paths. Lengths were checked by the
 * table in bgp.c; what is left is to read, and to judge the value.
 */
#include "decode/bgp_impl.h"

#include <string.h>

struct addr
bgp_addr_read(struct rd *r, unsigned family, const char *field)
{
	struct addr a = {.family = (uint8_t)family};
	size_t n = family_bits(family) / 8;
	const uint8_t *p = rd_bytes(r, n, field);

	if (p != NULL)
		memcpy(a.b, p, n);
	return a;
}

void
bgp_origin(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	uint8_t v = rd_u8(w, "origin");

	(void)job;
	if (v > 2)
		rd_fail(w, ERR_RANGE, "origin", 1);
	else
		out->origin = v;
}

void
bgp_next_hop(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	(void)job;
	out->next_hop = bgp_addr_read(w, FAMILY_V4, "next_hop");
	out->has_next_hop = true;
}

void
bgp_med(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	(void)job;
	out->med = rd_u32(w, "med");
}

void
bgp_local_pref(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	(void)job;
	out->local_pref = rd_u32(w, "local_pref");
}

void
bgp_atomic(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	(void)job;
	(void)w;
	(void)out;	/* being there is all it says */
}

void
bgp_aggregator(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	uint32_t as;

	if (w->len != job->as_size + 4) {
		rd_fail(w, ERR_RANGE, "aggregator", 0);
		return;
	}
	as = job->as_size == 2 ? rd_u16(w, "aggregator") : rd_u32(w, "aggregator");
	out->aggregator_as = as;
	out->aggregator_addr = bgp_addr_read(w, FAMILY_V4, "aggregator");
}

void
bgp_as4_aggregator(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	(void)out;
	if (job->as_size != 2) {
		rd_fail(w, ERR_CONTRADICT, "as4_aggregator", 0);
		return;
	}
	job->as4_aggregator = rd_u32(w, "as4_aggregator");
	job->as4_aggregator_addr = bgp_addr_read(w, FAMILY_V4, "as4_aggregator");
}

void
bgp_communities(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	(void)job;
	out->communities = bgp_win_of(w);
}

void
bgp_ext_communities(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	(void)job;
	out->ext_communities = bgp_win_of(w);
}

void
bgp_large_communities(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	(void)job;
	out->large_communities = bgp_win_of(w);
}

void
bgp_originator_id(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	(void)job;
	out->originator_id = rd_u32(w, "originator_id");
}

void
bgp_cluster_list(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	(void)job;
	out->cluster_list = bgp_win_of(w);
}

void
bgp_otc(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	(void)job;
	out->otc = rd_u32(w, "otc");
}

/* The next hop of MP_REACH: 4, 16 or 32 octets for IP unicast and multicast (RFC 2545, RFC 8950:
 * IPv4 routes may have IPv6 next hops; 32 is global and link-local). For other families it is
 * left alone. */
static void
mp_next_hop(struct rd w, struct bgp_attrs *out, struct rd *parent)
{
	if (w.len == 4 || w.len == 16 || w.len == 32) {
		out->mp_next_hop = bgp_addr_read(&w, w.len == 4 ? FAMILY_V4 : FAMILY_V6,
		    "mp_reach.next_hop");
		out->has_mp_next_hop = true;
	} else {
		rd_fail(parent, ERR_RANGE, "mp_reach.next_hop", 0);
	}
}

void
bgp_mp_reach(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	struct rd first = *w, hop, nlri;
	uint8_t hop_len = rd_u8(&first, "mp_reach.next_hop_len");
	uint16_t afi;
	uint8_t safi;

	/* RFC 6396 4.3.4: only length and next hop. The full form starts with a zero octet (its
	 * AFI), so that its length cannot be this one. */
	if (job->ctx == BGP_IN_RIB_V2 && w->len == (size_t)hop_len + 1) {
		hop = rd_sub(&first, hop_len, "mp_reach.next_hop");
		mp_next_hop(hop, out, w);
		return;
	}
	afi = rd_u16(w, "mp_reach.afi");
	safi = rd_u8(w, "mp_reach.safi");
	hop_len = rd_u8(w, "mp_reach.next_hop_len");
	hop = rd_sub(w, hop_len, "mp_reach.next_hop");
	(void)rd_u8(w, "mp_reach.reserved");
	nlri = rd_sub(w, rd_left(w), "mp_reach.nlri");
	if (w->err != OK)
		return;
	if (bgp_is_ip(afi, safi))
		mp_next_hop(hop, out, w);
	out->mp_reach_afi = afi;
	out->mp_reach_safi = safi;
	out->mp_nlri = bgp_win_of(&nlri);
}

void
bgp_mp_unreach(struct bgp_job *job, struct rd *w, struct bgp_attrs *out)
{
	uint16_t afi = rd_u16(w, "mp_unreach.afi");
	uint8_t safi = rd_u8(w, "mp_unreach.safi");
	struct rd nlri = rd_sub(w, rd_left(w), "mp_unreach.nlri");

	(void)job;
	if (w->err != OK)
		return;
	out->mp_unreach_afi = afi;
	out->mp_unreach_safi = safi;
	out->mp_withdrawn = bgp_win_of(&nlri);
}
