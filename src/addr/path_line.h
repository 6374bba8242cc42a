/*
 * path_line: an AS path that a person wrote or a tool printed, one a line, with a prefix behind it or not:
 *
 *	ASN ASN ... ORIGIN
 *	ASN ASN {ASN,ASN}|2001:db8::/32
 *
 * The neighbour first, the origin last, separated by spaces; prepends stay as they are; an AS_SET in braces, separated
 * by commas, spaces or both. A tab or "|" stands before the prefix. An ASN is "64500", "AS64500" or "1.10".
 */
#ifndef ADDR_PATH_LINE_H
#define ADDR_PATH_LINE_H

#include "addr/aspath.h"
#include "addr/prefix.h"
#include "base/limits.h"

/* Each set ends a segment and begins one. */
#define PATH_LINE_WORDS (2 * AS_PATH_HOPS_MAX + 1)

struct path_line {
	struct aspath path;		/* in words[]; at least one AS */
	uint32_t n_ases;		/* as written, members of sets included; <= AS_PATH_HOPS_MAX */
	bool has_prefix;
	struct prefix prefix;
};
struct path_fault {			/* where it is not a path, for people */
	size_t column;			/* 1-based, in bytes */
	struct span text;		/* borrowed from the line: what stands there; may be empty */
	const char *rule;		/* static: what should */
};

/* False, and fault is written, when the line is no path. AS 0 (RFC 7607) and the last ASN (RFC 7300) are in none. */
NODISCARD bool path_line_parse(struct span line, uint32_t words[static PATH_LINE_WORDS], struct path_line *out,
    struct path_fault *fault);

#endif
