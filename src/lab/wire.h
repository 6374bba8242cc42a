/*
 * wire: what an announcement says of its way, and how that is encoded (RFC 4271, 4760, 8092, 9234).
 */
#ifndef LAB_WIRE_H
#define LAB_WIRE_H

#include "base/wr.h"
#include "lab/paths.h"

/* ASNs, the collector's neighbour first, prepends included. */
struct lab_wire_path {
	uint32_t asn[LAB_PATH_MAX + 8];
	uint32_t n;
	uint32_t set[2];	/* when has_set: an AS_SET behind the sequence */
	bool has_set, has_otc;
	uint32_t otc;		/* RFC 9234 */
};
/* Who marks what it sends to customers and peers (RFC 9234): one AS in twelve. */
bool wire_marks(const struct lab *w, uint32_t as);
/* The path of a route as a session sees it. False when there is none. */
bool wire_path(const struct lab *w, size_t route, uint32_t peer, struct lab_wire_path *out);
/* The attribute block. nlri NULL: as in TABLE_DUMP_V2 (RFC 6396 4.3.4), else MP_REACH with it. */
void wire_attrs(struct wr *b, const struct lab *w, const struct lab_peer *peer, unsigned family,
    const struct lab_wire_path *path, const struct prefix *nlri);
void wire_prefix(struct wr *b, const struct prefix *p);
void wire_addr(struct wr *b, const struct addr *a);

#endif
