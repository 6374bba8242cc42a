/*
 * aspath: an AS path as 32-bit words: for each segment a header (type << 16 | count), then
 * the ASNs, the collector's neighbour first, the origin last. Nothing is lost: prepends,
 * sets and confederation segments stay as they were received.
 */
#ifndef ADDR_ASPATH_H
#define ADDR_ASPATH_H

#include "base/str.h"

struct aspath {
	const uint32_t *w;	/* borrowed */
	uint32_t n;		/* words, headers included */
};

#define ORIGIN_NONE UINT32_MAX	/* last segment is a set (RFC 6811: NONE), or no path.
				 * 4294967295 is reserved (RFC 7300), so nothing is hidden */

/* Origin AS as RFC 6811 section 2 and RFC 6907 7.1: the last AS of the last segment when that
 * is a sequence; ORIGIN_NONE when it is a set, a confederation segment, or there is none. */
uint32_t aspath_origin(struct aspath p);
bool aspath_has_set(struct aspath p);	/* AS_SET or AS_CONFED_SET anywhere (RFC 9774) */

/* The ASes in order, prepends collapsed, sequences only; a set ends the list with *set = true
 * (what stands behind a set cannot be placed). Writes at most cap; returns how many there are. */
size_t aspath_hops(struct aspath p, uint32_t *hops, size_t cap, bool *set);

/* The members of the last segment when that is an AS_SET or AS_CONFED_SET: *member borrowed from p;
 * returns how many, 0 when it is none. */
size_t aspath_last_set(struct aspath p, const uint32_t **member);

/* "701 15169 {64500,64501}", confederations as "(1 2)" and "[1,2]", as bgpdump prints them. */
void aspath_format(struct aspath p, struct str *out);

#endif
