/*
 * fault: the kinds of fault and decoy that the lab plants, each on ASes of its own, as a table of
 * recipes: so many extra routes, registered in such a way, plus what is not a matter of routes.
 */
#ifndef LAB_FAULT_H
#define LAB_FAULT_H

#include <stdbool.h>
#include <stdint.h>

enum roa_plan {			/* which VRPs stand over a route */
	ROA_OWN,		/* exact */
	ROA_ABSENT,
	ROA_OTHER_ASN,		/* exact, of somebody else */
	ROA_SHORT,		/* its own, of the block one bit up, maxLength that block's length */
	ROA_SHORT_OTHER,	/* the same of somebody else */
	ROA_LOOSE,		/* its own, maxLength two bits more than the route */
	ROA_ZERO,		/* AS0 */
	ROA_OWN_AND_OTHER	/* exact, both */
};

enum irr_plan {			/* which route objects */
	IRR_BOTH,		/* exact, in the authoritative and in the third-party registry */
	IRR_AUTHORITATIVE,
	IRR_THIRD_PARTY,
	IRR_ABSENT,
	IRR_OTHER_ORIGIN,	/* exact, authoritative, of somebody else */
	IRR_COVERING,		/* its own, one bit up */
	IRR_INSIDE		/* its own, one bit down: does not cover */
};

enum contact_plan { CONTACT_BOTH, CONTACT_NONE, CONTACT_ABUSE_ONLY, CONTACT_IRR_ONLY, CONTACT_PDB_ONLY,
	CONTACT_STALE };

enum fault_special {		/* what the table's columns cannot say */
	SPECIAL_NONE, SPECIAL_SET, SPECIAL_BOGON_V4, SPECIAL_BOGON_V6, SPECIAL_PRIVATE_ASN,
	SPECIAL_RETURNED_PREFIX, SPECIAL_RETURNED_ASN, SPECIAL_SILENT, SPECIAL_USED_MAXLEN,
	SPECIAL_PREPEND, SPECIAL_MOAS, SPECIAL_AS112, SPECIAL_DEFAULT, SPECIAL_SIBLING
};

struct spoof_plan { uint8_t tested, received; bool v6; };	/* client networks per family */

enum fault {
	FAULT_NONE,
	FAULT_INVALID_ASN, FAULT_INVALID_LENGTH, FAULT_INVALID_BOTH, FAULT_INVALID_AS0, FAULT_SET_ORIGIN,
	FAULT_NO_ROA, FAULT_LOOSE_MAXLEN, FAULT_NO_IRR, FAULT_THIRD_PARTY_IRR, FAULT_IRR_CONFLICT,
	FAULT_IRR_INSIDE, FAULT_BAD_BY_IRR, FAULT_LOW_A4, FAULT_BOGON_V4, FAULT_BOGON_V6, FAULT_BOGON_RARE,
	FAULT_BOGON_ASN, FAULT_ADMIN_PREFIX, FAULT_ADMIN_ASN, FAULT_NO_CONTACT, FAULT_ABUSE_ONLY,
	FAULT_CONTACT_STALE, FAULT_CONTACT_PDB_ONLY, FAULT_CONTACT_IRR_ONLY,
	FAULT_SPOOF_1, FAULT_SPOOF_2, FAULT_SPOOF_4, FAULT_SPOOF_SIBLING,
	DECOY_FIRST,
	DECOY_SPOOF_SIBLING = DECOY_FIRST, DECOY_SPOOF_BLOCKED, DECOY_SPOOF_ONE, DECOY_SPOOF_V4,
	DECOY_INVALID_UNSEEN, DECOY_IRR_COVERING, DECOY_MAXLEN_USED,
	DECOY_OTHER_VRP, DECOY_PREPEND, DECOY_MOAS, DECOY_MOAS_SIBLING, DECOY_AS112, DECOY_DEFAULT,
	FAULT_N
};

struct recipe {
	const char *word;		/* in the answer key */
	const char *text;
	uint8_t n[2];			/* extra routes per family, before chance adds up to two */
	enum roa_plan roa;
	enum irr_plan irr;
	uint8_t few;
	enum fault_special special;
	enum contact_plan contact;
	struct spoof_plan spoof;
};

extern const struct recipe recipes[FAULT_N];

#endif
