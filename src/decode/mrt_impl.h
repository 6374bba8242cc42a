/*
 * mrt_impl: what the files of the MRT decoder share; nobody else includes it.
 * A record decoder gets a window that is exactly the record's body. It reads it to the end
 * before the first callback; what is wrong in it becomes one diag (mrt_bad). The error it
 * returns is only ever a callback's.
 */
#ifndef DECODE_MRT_IMPL_H
#define DECODE_MRT_IMPL_H

#include "base/be.h"
#include "decode/bgp_impl.h"
#include "decode/mrt.h"

struct mrt_frame {		/* a RIB entry whose place in the record was checked */
	const uint8_t *attrs;
	uint32_t attrs_len;
	uint32_t originated_s, path_id;
	uint16_t peer_index;
};

struct mrt_job {
	const struct mrt_sink *sink;
	struct diags *d;
	struct mrt_stats *stats;
	struct mrt_head head;
	struct mrt_peers peers;		/* of the last PEER_INDEX_TABLE; peer is owned */
	struct mrt_peer *peer;
	size_t cap_peers;
	bool have_peers;
	struct mrt_frame *frame;	/* owned: of the record at hand */
	size_t cap_frames;
	struct prefix *prefix;		/* owned: announced by the message at hand */
	size_t n_prefixes, cap_prefixes;
};

NODISCARD enum err mrt_table_v1(struct mrt_job *j, struct rd *r);
NODISCARD enum err mrt_table_v2(struct mrt_job *j, struct rd *r);
NODISCARD enum err mrt_bgp4mp(struct mrt_job *j, struct rd *r);

/* mrt_update.c: the short way through an UPDATE: r is at the start of a BGP4MP record of 4-octet ASNs without
 * ADD-PATH. False, and nothing was called, when anything is unusual about it: decode it in full. */
bool mrt_update_brief(struct mrt_job *j, const struct rd *r, bool local, enum err *e);
/* The same callback from what the full decoder made of it. */
NODISCARD enum err mrt_update_full(struct mrt_job *j, const struct mrt_msg *m);

/* The record is not used, for what r holds. */
void mrt_bad(struct mrt_job *j, const struct rd *r, const char *rule);

/* A table entry's attributes. Without those that every route has it is malformed (RFC 7606 3
 * (d)); without any at all it is a route of the collector's own, with nothing known. */
void mrt_route_attrs(struct mrt_job *j, struct rd *w, enum bgp_context ctx, unsigned as_size,
    struct bgp_attrs *out);

#endif
