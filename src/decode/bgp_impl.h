/*
 * bgp_impl: what the files of the BGP decoder share; nobody else includes it.
 * An attribute decoder gets a window that is exactly the attribute's value, writes to the
 * attribute set only when all of it was good, and leaves errors in the window.
 */
#ifndef DECODE_BGP_IMPL_H
#define DECODE_BGP_IMPL_H

#include "decode/bgp.h"

enum { AFI_IPV4 = 1, AFI_IPV6 = 2 };
enum { SAFI_UNICAST = 1, SAFI_MULTICAST = 2 };

/* One attribute block on its way. */
struct bgp_job {
	enum bgp_context ctx;
	unsigned as_size;
	uint64_t record;
	struct diags *d;
	uint32_t as4_aggregator;	/* of AS4_AGGREGATOR */
	struct addr as4_aggregator_addr;
};

typedef void bgp_attr_fn(struct bgp_job *job, struct rd *w, struct bgp_attrs *out);

bgp_attr_fn bgp_origin, bgp_as_path, bgp_next_hop, bgp_med, bgp_local_pref, bgp_atomic,
    bgp_aggregator, bgp_communities, bgp_originator_id, bgp_cluster_list, bgp_mp_reach,
    bgp_mp_unreach, bgp_ext_communities, bgp_as4_path, bgp_as4_aggregator,
    bgp_large_communities, bgp_otc;

/* The window's bytes, all of them. */
static inline struct bgp_win
bgp_win_of(const struct rd *w)
{
	static const uint8_t none[1];

	return (struct bgp_win){w->len > 0 ? w->buf : none, (uint32_t)w->len, w->base};
}

static inline struct rd
bgp_win_rd(struct bgp_win w)
{
	return rd_init(w.p, w.len, w.base);
}

/* A host address of the family. */
struct addr bgp_addr_read(struct rd *r, unsigned family, const char *field);

#endif
