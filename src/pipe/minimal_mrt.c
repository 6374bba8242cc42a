/* minimal_mrt: tables, record by record: what every record needs (peers), and those of the prefixes that are carried. */
#include "pipe/minimal_int.h"
#include "base/limits.h"
#include "base/rd.h"
#include "decode/mrt.h"

#define HEAD 12			/* RFC 6396 section 2 */
enum { PEER_INDEX_TABLE = 1, RIB_IPV4_UNICAST = 2, RIB_IPV6_UNICAST = 4, RIB_IPV4_UNICAST_ADDPATH = 8,
	RIB_IPV6_UNICAST_ADDPATH = 10, GEO_PEER_TABLE = 7 };	/* RFC 6396 section 4.3, RFC 8050 section 4 */
enum { AFI_V4 = 1, AFI_V6 = 2 };

/* RFC 6396 section 4.2: view, sequence, prefix, length. */
static bool
table_dump_stays(const struct minimal *m, unsigned subtype, struct rd *r)
{
	unsigned family = subtype == AFI_V6 ? FAMILY_V6 : FAMILY_V4;
	struct prefix p = {.family = (uint8_t)family};
	const uint8_t *at;

	(void)rd_u32(r, "view");
	at = rd_bytes(r, family_bits(family) / 8, "prefix");
	p.len = rd_u8(r, "length");
	if (r->err != OK || p.len > family_bits(family) || (subtype != AFI_V4 && subtype != AFI_V6))
		return true;	/* whatever it is to a decoder, it stays that */
	memcpy(p.addr, at, family_bits(family) / 8);
	(void)prefix_mask(&p);
	return minimal_carries(m, &p);
}

static bool
rib_stays(const struct minimal *m, unsigned subtype, struct rd *r)
{
	bool v4 = subtype == RIB_IPV4_UNICAST || subtype == RIB_IPV4_UNICAST_ADDPATH;
	bool v6 = subtype == RIB_IPV6_UNICAST || subtype == RIB_IPV6_UNICAST_ADDPATH, host_bits;
	struct prefix p;

	if (!v4 && !v6)
		return subtype == PEER_INDEX_TABLE || subtype == GEO_PEER_TABLE;
	(void)rd_u32(r, "sequence");
	p = prefix_read(r, v4 ? FAMILY_V4 : FAMILY_V6, &host_bits, "prefix");
	return r->err != OK || minimal_carries(m, &p);
}

enum err
reduce_mrt(const struct minimal *m, enum input_kind kind, struct feed *f, struct str *out)
{
	const uint8_t *p;
	size_t have;

	(void)kind;
	while ((have = feed_peek(f, HEAD, &p)) >= HEAD) {
		struct rd head = rd_init(p, HEAD, 0), body;
		unsigned type, subtype;
		uint32_t len;

		(void)rd_u32(&head, "time");
		type = rd_u16(&head, "type");
		subtype = rd_u16(&head, "subtype");
		len = rd_u32(&head, "length");
		if (len > MRT_RECORD_MAX || feed_peek(f, HEAD + len, &p) < HEAD + len)
			return ERR_UNKNOWN;	/* it was complete: another reader would know */
		body = rd_init(p + HEAD, len, 0);
		if (type == MRT_TABLE_DUMP ? table_dump_stays(m, subtype, &body) :
		    type == MRT_TABLE_DUMP_V2 ? rib_stays(m, subtype, &body) : true)
			str_add(out, (struct span){(const char *)p, HEAD + len});
		if (out->len > BUNDLE_FILE_MAX)
			return ERR_LIMIT;
		feed_skip(f, HEAD + len);
	}
	return have > 0 ? ERR_UNKNOWN : feed_err(f);
}
