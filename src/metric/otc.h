/*
 * otc: what the Only-to-Customer attribute (RFC 9234) of a route says to somebody who looks on.
 *
 * OTC = X says that X, or who took the route from X, found that it had left the way up: from X it may go to a peer or
 * a customer, and from there to customers only. It carries no signature, but it is nobody's inference either.
 *
 * A path and its hops are those of metric/aspa.h.
 */
#ifndef METRIC_OTC_H
#define METRIC_OTC_H

#include "metric/aspa.h"

struct otc_mark {		/* the attribute as received */
	bool present;
	bool malformed;		/* its length is not 4: the route is treated as withdrawn (RFC 9234 section 5) */
	uint32_t asn;
};

enum otc_state {
	OTC_ABSENT,
	OTC_MALFORMED,
	OTC_NOT_ON_PATH,	/* set by who is not on the path, as a transparent route server: where it was set is not
				 * known, so it speaks of no hop */
	OTC_KEPT,		/* no hop after it is known to break it */
	OTC_BROKEN		/* some hop after it did not go down */
};
const char *otc_word(enum otc_state s);		/* "absent", "malformed", "not-on-path", "kept", "broken" */

struct otc {
	enum otc_state state;
	size_t at;		/* KEPT, BROKEN: as[at] is X; of several the one nearest the collector */
	size_t out;		/* BROKEN: the hop; as[out+1] passed it on, as[out] accepted it */
	size_t last;		/* BROKEN: the leaker is one of as[out+1..last]: the first after X whose export is not known
				 * to have gone down; an attested break wants that attested too */
	bool attested;		/* BROKEN: an ASPA of as[out] says that as[out+1] is not its provider. Else that rests
				 * on an inferred relationship */
};
/* aspa, valley: enum valley_hop; NULL: not known. What ASPAs say of a hop goes before what relationships say, and a
 * hop within an organisation breaks nothing. An attested break goes before one nearer to X that is not. */
struct otc otc_look(struct otc_mark mark, const uint32_t *as, size_t n, const struct aspa_hop *aspa,
    const uint8_t *valley);

#endif
