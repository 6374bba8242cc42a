/*
 * bgp: BGP-4 messages as MRT carries them (RFC 4271, 4760, 6793, 7911, 8092, 9234).
 * Attributes are handed out as windows into the input; what costs time (AS path, NLRI)
 * is walked by the caller, once per unique value. Bad data is graded as in RFC 7606.
 */
#ifndef DECODE_BGP_H
#define DECODE_BGP_H

#include "addr/prefix.h"
#include "base/diag.h"
#include "base/limits.h"

enum bgp_attr_type {
	BGP_ORIGIN = 1, BGP_AS_PATH = 2, BGP_NEXT_HOP = 3, BGP_MED = 4, BGP_LOCAL_PREF = 5,
	BGP_ATOMIC_AGGREGATE = 6, BGP_AGGREGATOR = 7, BGP_COMMUNITIES = 8,
	BGP_ORIGINATOR_ID = 9, BGP_CLUSTER_LIST = 10, BGP_MP_REACH = 14, BGP_MP_UNREACH = 15,
	BGP_EXT_COMMUNITIES = 16, BGP_AS4_PATH = 17, BGP_AS4_AGGREGATOR = 18,
	BGP_LARGE_COMMUNITIES = 32, BGP_OTC = 35
};

enum bgp_seg { SEG_SET = 1, SEG_SEQUENCE = 2, SEG_CONFED_SEQUENCE = 3, SEG_CONFED_SET = 4 };

struct bgp_win {		/* a window: borrowed bytes and where they stood */
	const uint8_t *p;	/* NULL when the attribute is absent */
	uint32_t len;
	uint64_t base;		/* plain offset, for diags */
};

struct bgp_attrs {
	uint64_t have;		/* bit (1 << type) for types below 64 that were accepted */
	uint8_t origin;		/* 0 IGP, 1 EGP, 2 INCOMPLETE */
	uint8_t as_size;	/* octets per ASN in as_path: 2 or 4 (context decides) */
	uint32_t med, local_pref;
	uint32_t aggregator_as;
	struct addr aggregator_addr;
	struct addr next_hop;	/* NEXT_HOP; without it the global one of MP_REACH */
	struct addr mp_next_hop;	/* of MP_REACH, valid when have has BGP_MP_REACH and has_mp_next_hop */
	bool has_next_hop, has_mp_next_hop;
	uint32_t originator_id;	/* host order, valid when have has BGP_ORIGINATOR_ID */
	uint32_t otc;		/* RFC 9234, valid when have has BGP_OTC */
	struct bgp_win as_path;	/* checked segment by segment before it is handed out */
	struct bgp_win as4_path;	/* 4 octets per ASN; only when as_size is 2 */
	struct bgp_win communities, large_communities, ext_communities, cluster_list;
	struct bgp_win mp_nlri, mp_withdrawn;	/* NLRI windows of MP_REACH / MP_UNREACH */
	uint16_t mp_reach_afi, mp_unreach_afi;
	uint8_t mp_reach_safi, mp_unreach_safi;
	struct bgp_win block;	/* the whole block, attributes that we do not know included */
	bool malformed;		/* RFC 7606 treat-as-withdraw: do not use the routes */
};

/* "as_path", or NULL for a type that we do not decode (it stays in the block). */
const char *bgp_attr_name(unsigned type);

/* Where the attributes stand: decides the encoding, never a second try. */
enum bgp_context {
	BGP_IN_UPDATE,		/* full MP_REACH (RFC 4760) */
	BGP_IN_RIB_V2,		/* TABLE_DUMP_V2: 4-octet ASNs, MP_REACH abbreviated to the next hop
				 * (RFC 6396 4.3.4); full form is accepted where the length says so */
	BGP_IN_RIB_V1		/* TABLE_DUMP: 2-octet ASNs, full MP_REACH */
};

/* "as_path.segment" and so on are the field names of diags. Reactions of RFC 7606 are levels:
 * attribute discard is DIAG_SKIP_FIELD, treat-as-withdraw DIAG_SKIP_RECORD with out->malformed,
 * session reset DIAG_SKIP_RECORD with an error returned. */

/* Families whose NLRI we read: IPv4 and IPv6, unicast and multicast. */
static inline bool
bgp_is_ip(unsigned afi, unsigned safi)
{
	return (afi == 1 || afi == 2) && (safi == 1 || safi == 2);
}

static inline unsigned
bgp_family(unsigned afi)	/* of an AFI that bgp_is_ip accepts */
{
	return afi == 1 ? FAMILY_V4 : FAMILY_V6;
}

/* Is (1 << type) in have? */
static inline bool
bgp_has(const struct bgp_attrs *a, enum bgp_attr_type type)
{
	return (a->have >> type & 1) != 0;
}

/* Decode one attribute block. as_size: 2 or 4. record: for diags. Graded: a bad attribute is
 * skipped or makes out->malformed; out is always filled; ERR_* when the block's framing is
 * broken (then nothing in out may be used), with the place in diags. */
NODISCARD enum err bgp_attrs_decode(struct rd *r, enum bgp_context ctx, unsigned as_size,
    uint64_t record, struct diags *d, struct bgp_attrs *out);

struct bgp_brief {		/* of a faultless block: its path, one AS_SEQUENCE, OTC and communities */
	const uint8_t *seq;	/* n ASNs of 4 octets in network order, borrowed from the block */
	uint32_t n;		/* 1 to 255 */
	bool has_otc;
	uint32_t otc;		/* RFC 9234; 0 without has_otc */
	const uint8_t *communities;	/* of 4 octets each, borrowed; NULL when there are none */
	uint32_t communities_len;	/* bytes */
};
/* Is the route to be black-holed: is BLACKHOLE, 65535:666, among the communities (RFC 7999 section 5)? */
bool bgp_is_blackhole(const uint8_t *communities, uint32_t len);

/* The short way through a block of a TABLE_DUMP_V2 entry: true when bgp_attrs_decode would find nothing to
 * complain of and the path is one AS_SEQUENCE. False says nothing of the block: decode it. */
bool bgp_brief_read(const uint8_t *block, size_t len, struct bgp_brief *out);
/* The same for an UPDATE of 4-octet ASNs. have: as in bgp_attrs; without AS_PATH out->n is 0. mp_nlri, mp_gone:
 * the lists of MP_REACH and MP_UNREACH, which are of IPv4 or IPv6 unicast; p NULL when absent. Neither list was
 * looked into. */
struct bgp_brief_update {
	struct bgp_brief brief;
	uint64_t have;
	struct bgp_win mp_nlri, mp_gone;	/* base is not set */
	uint8_t mp_nlri_family, mp_gone_family;
};
bool bgp_brief_read_update(const uint8_t *block, size_t len, struct bgp_brief_update *out);

/* Words that bgp_path_words needs at most: an accepted path has AS_PATH_HOPS_MAX ASes at most and
 * none of its segments is empty; AS4_PATH may be as long again. */
#define BGP_PATH_WORDS_MAX (4 * AS_PATH_HOPS_MAX)

/* The effective path: AS_PATH with AS4_PATH merged as RFC 6793 4.2.3 says, in the layout of
 * addr/aspath.h: for each segment a header word (type << 16 | count), then the ASNs.
 * Neighbouring AS_SEQUENCE segments are joined (senders split at 255), so that equal paths have
 * equal words. Writes at most cap words; returns the number needed, <= BGP_PATH_WORDS_MAX. */
size_t bgp_path_words(const struct bgp_attrs *a, uint32_t *words, size_t cap);

/* Is w a well-formed list of NLRI? field names the list. When not, *fail tells field and place. */
NODISCARD enum err bgp_nlri_check(struct bgp_win w, unsigned family, bool addpath,
    const char *field, struct rd *fail);

/* Walk NLRI: each prefix (with the path id when addpath, else 0) to the callback. A prefix
 * length out of range ends the walk with a diag (RFC 7606 5.3) and an error. */
NODISCARD enum err bgp_nlri_each(struct bgp_win w, unsigned family, bool addpath,
    uint64_t record, struct diags *d, void (*fn)(void *arg, const struct prefix *, uint32_t path_id),
    void *arg);

#endif
