/*
 * truth_int: what the two halves of truth share.
 */
#ifndef LAB_TRUTH_INT_H
#define LAB_TRUTH_INT_H

#include "lab/truth.h"

enum truth_rov { NOT_FOUND, VALID, INVALID };
enum truth_irr { IRR_STATE_NONE, IRR_STATE_EXACT, IRR_STATE_COVERED, IRR_STATE_OTHER };

struct seen {			/* a (prefix, origin) that somebody has seen */
	struct prefix prefix;
	uint32_t origin;	/* index; LAB_NONE when the path ends in a set */
	uint32_t route;		/* its number in the plan, LAB_NONE for an incident's */
	bool visible, looked, bogon, admin;
	enum truth_rov rov;
	enum truth_irr irr, irr_auth;
};

struct judge {
	const struct lab *w;
	const struct incidents *in;
	struct answer (*as)[TRUTH_N];
	struct seen *seen;
	size_t n, cap;
};

void judge_route(const struct lab *w, struct seen *s);
void judge_own(struct judge *j);		/* what an AS announces and registers */
/* Does this incident announce this (prefix, origin)? */
bool incident_announces(const struct judge *j, const struct incident *x, const struct seen *s);
void judge_enforce(struct judge *j);		/* what it was offered, passed on, leaked, marked; after judge_own */
void judge_people(struct judge *j);		/* contacts, Spoofer, ASPA */
enum truth_rov truth_rov(const struct lab *w, const struct prefix *p, uint32_t asn);
uint32_t truth_index(const struct lab *w, uint32_t asn);

#endif
