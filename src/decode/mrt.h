/*
 * mrt: MRT records (RFC 6396, 6397, 8050) from a feed to callbacks. The decoder knows nothing
 * of who listens; it never allocates for keeps, prints, exits or guesses. A record that is
 * broken is skipped and counted; a stream that ends inside a record is DIAG_STOP_SOURCE.
 */
#ifndef DECODE_MRT_H
#define DECODE_MRT_H

#include "base/feed.h"
#include "decode/bgp.h"

enum mrt_type { MRT_TABLE_DUMP = 12, MRT_TABLE_DUMP_V2 = 13, MRT_BGP4MP = 16, MRT_BGP4MP_ET = 17 };

struct mrt_head {
	uint64_t record;	/* 1-based number in the stream */
	uint64_t offset;	/* plain offset of the record's header */
	uint32_t time_s, time_us;	/* time_us only from BGP4MP_ET */
	uint16_t type, subtype;
};

struct mrt_peer {
	uint32_t asn;
	struct addr addr;
	uint32_t bgp_id;	/* host order */
};

struct mrt_peers {		/* PEER_INDEX_TABLE */
	uint32_t collector_id;
	struct span view;
	const struct mrt_peer *peer;	/* valid until the next one replaces it */
	uint32_t n;
};

struct mrt_rib {		/* one prefix of a table */
	struct prefix prefix;
	uint32_t sequence;
	uint32_t n_entries;
	bool addpath;
	bool multicast;		/* RIB_*_MULTICAST: not part of the unicast table */
};

struct mrt_entry {		/* one peer's route for it */
	struct mrt_peer peer;
	uint32_t peer_index;	/* into the table; for TABLE_DUMP 0 */
	uint32_t originated_s;
	uint32_t path_id;	/* 0 without ADD-PATH */
	struct bgp_attrs attrs;	/* attrs.malformed: not a route to be used, for the attributes
				 * are broken (a diag says how); the other entries are sound.
				 * A collector's own route may have none: attrs.have is 0 */
};

struct mrt_path {		/* the same, for who wants to know only its path and OTC */
	const struct mrt_peer *peer;	/* valid until the next PEER_INDEX_TABLE */
	uint32_t peer_index;		/* into the table; for TABLE_DUMP MRT_NO_INDEX */
	uint32_t originated_s, path_id;	/* as in mrt_entry */
	struct bgp_brief brief;		/* when attrs is NULL */
	const struct bgp_attrs *attrs;	/* as in mrt_entry, when the path is no plain sequence, or something is
					 * wrong; valid until the callback returns */
};
#define MRT_NO_INDEX UINT32_MAX

enum mrt_msg_kind { MRT_MSG_OPEN = 1, MRT_MSG_UPDATE, MRT_MSG_NOTIFICATION, MRT_MSG_KEEPALIVE,
	MRT_MSG_REFRESH, MRT_MSG_STATE };

struct mrt_msg {		/* BGP4MP and BGP4MP_ET, every subtype */
	enum mrt_msg_kind kind;
	uint32_t peer_as, local_as;
	struct addr peer_addr, local_addr;
	bool local;		/* *_LOCAL: sent by the collector, not received */
	bool addpath;
	unsigned as_size;
	uint16_t old_state, new_state;	/* MRT_MSG_STATE */
	struct bgp_attrs attrs;		/* MRT_MSG_UPDATE; malformed: what is announced counts as
					 * withdrawn (RFC 7606) */
	struct bgp_win withdrawn, nlri;	/* IPv4 unicast; the MP ones are in attrs */
};

struct mrt_update {		/* an UPDATE, for who wants to know only what it announces */
	uint32_t peer_as, local_as;
	struct addr peer_addr;
	/* IPv4 and IPv6 unicast, from NLRI and MP_REACH, valid until the callback returns; none when the message
	 * announces nothing, its attributes are malformed, or it is the collector's own */
	const struct prefix *prefix;
	size_t n;
	struct bgp_brief brief;		/* the path, when attrs is NULL; as in mrt_path */
	const struct bgp_attrs *attrs;
};

/* States and types of messages are numbered as in RFC 6396 4.4.1 and RFC 4271 4.1. All lists of
 * NLRI of a message (of families that we read) were checked: walking them cannot fail. */

/* Any callback may be NULL. One that returns other than OK stops the decoding with that. */
struct mrt_sink {
	enum err (*peers)(void *arg, const struct mrt_head *, const struct mrt_peers *);
	/* rib is called once for a prefix before its entries; the entries of one record come in
	 * order, then rib_end. TABLE_DUMP records have one entry each. */
	enum err (*rib)(void *arg, const struct mrt_head *, const struct mrt_rib *);
	enum err (*entry)(void *arg, const struct mrt_head *, const struct mrt_rib *,
	    const struct mrt_entry *);
	/* path instead of entry, update instead of msg: several times faster; the diags are the same, but that
	 * update also tells of host bits in what is announced (DIAG_NOTE). */
	enum err (*path)(void *arg, const struct mrt_head *, const struct mrt_rib *,
	    const struct mrt_path *);
	enum err (*update)(void *arg, const struct mrt_head *, const struct mrt_update *);
	enum err (*rib_end)(void *arg, const struct mrt_head *, const struct mrt_rib *);
	enum err (*msg)(void *arg, const struct mrt_head *, const struct mrt_msg *);
	void *arg;
};

struct mrt_stats {
	uint64_t records;	/* framed, good or bad */
	uint64_t ribs, entries, messages;
	uint64_t unknown;	/* records of a type that carries no routes: counted, not an error */
	uint32_t first_s, last_s;	/* smallest and largest header time */
};

/* Decode a whole stream. OK also when records were skipped (see diags); an error when the
 * environment failed or a callback stopped it. Values reach a callback only after their record
 * was read whole and checked. */
NODISCARD enum err mrt_decode(struct feed *f, const struct mrt_sink *sink, struct diags *d,
    struct mrt_stats *stats);

#endif
