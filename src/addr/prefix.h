/*
 * prefix: an IPv4 or IPv6 prefix. Length and family first, one type for both; the address
 * is 16 bytes in network order (IPv4 in the first four), host bits always zero.
 */
#ifndef ADDR_PREFIX_H
#define ADDR_PREFIX_H

#include "base/be.h"
#include "base/rd.h"
#include "base/span.h"

#include <string.h>

enum family { FAMILY_V4 = 0, FAMILY_V6 = 1 };
#define FAMILY_N 2

struct prefix {
	uint8_t addr[16];	/* network order; unused bytes and host bits zero */
	uint8_t family;		/* enum family */
	uint8_t len;		/* 0..32 or 0..128 */
};

struct addr {			/* a host address: a peer, a collector, a next hop */
	uint8_t b[16];
	uint8_t family;
};

#define PREFIX_TEXT 50		/* bytes of buffer that prefix_format and addr_format need */

unsigned family_bits(unsigned family);		/* 32 or 128 */
/* Order: family, address, length. The order of every table and output. */
static inline int
prefix_cmp(const struct prefix *a, const struct prefix *b)
{
	uint64_t x, y;
	int i;

	if (a->family != b->family)
		return a->family < b->family ? -1 : 1;
	for (i = 0; i < 16; i += 8) {	/* asked for millions of times: no call */
		x = be64(a->addr + i);
		y = be64(b->addr + i);
		if (x != y)
			return x < y ? -1 : 1;
	}
	return (a->len > b->len) - (a->len < b->len);
}
static inline bool
prefix_eq(const struct prefix *a, const struct prefix *b)
{
	uint64_t x[4];

	/* asked for every route there is: no call */
	memcpy(x, a->addr, 16);
	memcpy(x + 2, b->addr, 16);
	return ((x[0] ^ x[2]) | (x[1] ^ x[3])) == 0 && a->len == b->len && a->family == b->family;
}
bool prefix_covers(const struct prefix *outer, const struct prefix *inner);	/* or equal */
/* Zero the host bits; true when some were set. */
bool prefix_mask(struct prefix *p);
/* "192.0.2.0/24", "2001:db8::/32" (RFC 5952) into buf; returns buf. No locale. */
const char *prefix_format(const struct prefix *p, char buf[static PREFIX_TEXT]);
const char *addr_format(const struct addr *a, char buf[static PREFIX_TEXT]);
int addr_cmp(const struct addr *a, const struct addr *b);
/* Strict text forms. *host_bits tells whether bits beyond the length were set (they are
 * cleared). A missing "/len" is ERR_SYNTAX. out is written only on OK. */
NODISCARD enum err prefix_parse(struct span s, struct prefix *out, bool *host_bits);
NODISCARD enum err addr_parse(struct span s, struct addr *out);
/* Wire NLRI (RFC 4271 4.3: length in bits, then the least number of octets). A length over
 * the family's is ERR_RANGE in r; *host_bits as above. */
struct prefix prefix_read(struct rd *r, unsigned family, bool *host_bits, const char *field);

#endif
