/* rov_oracle: origin validation by looking at every VRP, for unit tests and fuzzing. */
#ifndef ROV_ORACLE_H
#define ROV_ORACLE_H

#include "addr/aspath.h"
#include "world/rpki.h"

/* The rules as RFC 6811 and the table in rpki.c put them, by looking at every VRP. */
static inline enum rov
rov_oracle(const struct roa *v, size_t n, const struct prefix *p, uint32_t origin)
{
	bool covered = false, a = false, l = false;
	size_t i;

	for (i = 0; i < n; i++) {
		if (!prefix_covers(&v[i].prefix, p))
			continue;
		covered = true;
		if (v[i].asn == origin && origin != 0 && p->len <= v[i].max_len)
			return ROV_VALID;
		a = a || (v[i].asn == origin && origin != 0);
		l = l || p->len <= v[i].max_len;
	}
	if (!covered)
		return ROV_NOT_FOUND;
	if (origin == ORIGIN_NONE)
		return ROV_INVALID_AS_SET;
	return a ? ROV_INVALID_LENGTH : l ? ROV_INVALID_ASN : ROV_INVALID_BOTH;
}

#endif
