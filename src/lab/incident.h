/*
 * incident: what goes wrong for a while in the month of updates, and is over at its end.
 */
#ifndef LAB_INCIDENT_H
#define LAB_INCIDENT_H

#include "lab/wire.h"

enum incident_kind { INCIDENT_BOGON, INCIDENT_INVALID, INCIDENT_MISORIGINATION, INCIDENT_LEAK };

struct incident {
	enum incident_kind kind;
	uint32_t culprit;	/* index of the AS */
	uint32_t neighbour;	/* leak: the provider it was leaked to */
	uint32_t source;	/* leak: the provider it was learned from; else LAB_NONE */
	uint32_t route;		/* leak, misorigination: of whom; else LAB_NONE */
	bool marked;		/* leak: the route carried OTC (RFC 9234 section 5: who has it from a provider sets what that did
				 * not), and was leaked all the same */
	struct prefix prefix;
	struct lab_view *view;	/* of source; NULL when there is none */
	int64_t begin, end;	/* seconds since 1970 at the culprit; vantage points see it within a minute */
};

struct incidents { struct incident *v; uint32_t n; };

const char *incident_word(enum incident_kind k);
/* The way its route takes to a session; false when the session does not see it: a partial feed, or
 * the path would loop. */
bool incident_path(const struct lab *w, const struct incident *x, uint32_t peer, struct lab_wire_path *out);
/* When that session sees it begin and end: microseconds since 1970, within a minute of the culprit. */
void incident_times(const struct lab *w, const struct incidents *in, uint32_t no, uint32_t peer,
    uint64_t *begin_us, uint64_t *end_us);
void incidents_make(const struct lab *w, struct incidents *in);
void incidents_release(struct incidents *in);

#endif
