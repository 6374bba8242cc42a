/*
 * rpsl: RPSL objects (RFC 2622, 2650, 4012) from database dumps, one source or several in a file.
 * Attribute values are folded over continuation lines ("+", space, tab) and stripped of comments.
 */
#ifndef DECODE_RPSL_H
#define DECODE_RPSL_H

#include "addr/prefix.h"
#include "base/diag.h"
#include "base/feed.h"
#include "base/utc.h"

enum rpsl_class { RPSL_ROUTE, RPSL_AUT_NUM, RPSL_AS_SET, RPSL_ROUTE_SET, RPSL_MNTNER, RPSL_ROLE,
	RPSL_PERSON, RPSL_ORGANISATION, RPSL_OTHER };

struct rpsl_attr { struct span name, value; };	/* name in lower case */

struct rpsl_object {
	enum rpsl_class class;
	struct span key;		/* the first attribute's value */
	struct span source;		/* in upper case ("RIPE", "RADB"); empty when absent */
	struct prefix prefix;		/* route, route6 */
	uint32_t asn;			/* route: origin; aut-num: itself */
	struct utc modified;		/* last-modified:, else the newest changed: date; UTC_NONE */
	const struct rpsl_attr *attr;	/* all attributes in order, borrowed until the next object */
	size_t n_attr;
	uint64_t record, offset;	/* object number from 1, and where it starts */
};

/* Is this source run by a registry that authorises its objects (RIR or NIR): AFRINIC, APNIC,
 * ARIN, LACNIC, RIPE, JPIRR, IDNIC, TWNIC, KRNIC, CNNIC; not RIPE-NONAUTH, ARIN-NONAUTH, RADB ...? */
bool rpsl_source_authoritative(struct span source);

/* An object of a class we read that lacks or breaks its key attributes is skipped with a diag. */
NODISCARD enum err rpsl_decode(struct feed *f,
    enum err (*fn)(void *arg, const struct rpsl_object *), void *arg, struct diags *,
    uint64_t *n_objects);

#endif
