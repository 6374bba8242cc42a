/*
 * people: the rest of the picture, each a small sorted table with absorb and seal: the AS graph,
 * organisations, registry status, special-purpose space, contacts, Spoofer tests, participants.
 */
#ifndef WORLD_PEOPLE_H
#define WORLD_PEOPLE_H

#include "base/arena.h"
#include "decode/people.h"
#include "decode/registry.h"
#include "decode/relations.h"
#include "world/ases.h"
#include "world/holders.h"

/* Every table here: X_add copies what it is given; X_absorb joins two unsealed ones; X_seal sorts, drops
 * duplicates and settles contradictions by rules that do not depend on the order of filling; the
 * look-ups want a sealed table. ERR_LIMIT past 2^32 - 2 records. */

/* --- graph: CAIDA relationships --- */
enum as_relation { REL_NONE, REL_PROVIDER, REL_CUSTOMER, REL_PEER, REL_SIBLING };
struct graph { struct asrel *links; size_t n, cap;	/* sealed: by (lower ASN, higher ASN) */
	struct ases ases;				/* those that a link names; set by seal */
	uint32_t *n_customers;				/* by id in ases: direct ones */
	uint32_t n_conflicts;				/* pairs of ASes dropped by seal */
	bool present, sealed; };
/* What b is to a: graph_relation(g, a, b) == REL_CUSTOMER means b is a's customer. Two links that
 * contradict each other are dropped by seal and counted; so is a link of an AS with itself. */
void graph_init(struct graph *g);
void graph_release(struct graph *g);
NODISCARD enum err graph_add(struct graph *g, const struct asrel *l);
NODISCARD enum err graph_absorb(struct graph *dst, const struct graph *src);
void graph_seal(struct graph *g);
enum as_relation graph_relation(const struct graph *g, uint32_t a, uint32_t b);
bool graph_knows(const struct graph *g, uint32_t asn);		/* some link names it */
size_t graph_customers(const struct graph *g, uint32_t asn);	/* direct ones */

/* --- orgs: as2org; PeeringDB's org names fill in where as2org is silent --- */
struct org_as { uint32_t asn; bool filled; const char *name; const char *org_id;
	const char *second; };		/* sealed: the org_id of PeeringDB where as2org speaks, too; else NULL */
struct org { const char *id, *name, *country; };
struct orgs { struct arena *arena; struct org *orgs; size_t n_orgs, cap_orgs;	/* by id */
	struct org_as *ases; size_t n_ases, cap_ases;	/* by ASN, one each */
	uint32_t *by_org;		/* ids into ases by (org_id, ASN) */
	uint32_t n_conflicts;		/* ASNs that as2org files put into different organisations */
	const struct holders *holders;	/* borrowed, set when the world is sealed, which stays where it is then; NULL: nobody knows */
	size_t n_told;			/* ASNs of which as2org speaks; set by seal */
	bool present, sealed; };
void orgs_init(struct orgs *o);
void orgs_release(struct orgs *o);
NODISCARD enum err orgs_add(struct orgs *o, struct span id, struct span name, struct span country);
NODISCARD enum err orgs_add_as(struct orgs *o, uint32_t asn, struct span name, struct span org_id);
/* As orgs_add_as, from a second source: it counts only where orgs_add_as never spoke of the ASN. */
NODISCARD enum err orgs_fill_as(struct orgs *o, uint32_t asn, struct span name, struct span org_id);
NODISCARD enum err orgs_absorb(struct orgs *dst, const struct orgs *src);
/* Contradicting entries for one ASN or id: the first in bytewise order of (org_id, name), and
 * (name, country) stays. */
void orgs_seal(struct orgs *o);
const struct org_as *orgs_as(const struct orgs *o, uint32_t asn);
const struct org *orgs_find(const struct orgs *o, const char *id);
/* All ASNs of asn's organisation, itself included, ascending: ids into ases. 0 (and *ids not to be
 * read) when nobody speaks of the ASN; an ASN without an org_id is alone. */
size_t orgs_siblings(const struct orgs *o, uint32_t asn, const uint32_t **ids);
/* Whether any source has both in one organisation: as2org, PeeringDB, or the registries, whose statistics give what one holder
 * has one id (world/holders.h). as2org follows the registries' handles, of which a company has several; what it keeps
 * apart PeeringDB often joins. For excuses; whoever sums up over an organisation asks the above. */
bool orgs_same(const struct orgs *o, uint32_t a, uint32_t b);

/* --- registry: delegated statistics --- */
enum reg_space { REG_SPACE_ASN, REG_SPACE_V4, REG_SPACE_V6 };
struct reg_range {		/* both ends inclusive, network order, left-aligned: an ASN or IPv4 address
				 * is the first 4 bytes; the others are 00 in first and ff in last */
	uint8_t space;		/* enum reg_space */
	uint8_t first[16], last[16];
	uint8_t status;		/* enum registry_status */
};
struct registry { struct reg_range *ranges; size_t n, cap;	/* sealed: disjoint, ascending */
	uint64_t n_seen;		/* records added */
	bool present, sealed; };
enum reg_answer { REG_ANSWER_UNKNOWN, REG_ANSWER_DELEGATED, REG_ANSWER_UNDELEGATED };
/* UNKNOWN: no file speaks of all of it. UNDELEGATED: available or reserved wholly or in part. Where
 * files differ (their dates do), what one of them calls allocated or assigned is so. */
void registry_init(struct registry *r);
void registry_release(struct registry *r);
NODISCARD enum err registry_add(struct registry *r, const struct delegated *d);
NODISCARD enum err registry_absorb(struct registry *dst, const struct registry *src);
void registry_seal(struct registry *r);
enum reg_answer registry_prefix(const struct registry *r, const struct prefix *p);
enum reg_answer registry_asn(const struct registry *r, uint32_t asn);

/* --- special: IANA special-purpose space; a built-in list until a file replaces it --- */
struct special { struct prefix prefix; bool reachable; const char *name, *rfc; };
struct specials { struct arena *arena; struct special *s; size_t n, cap; bool from_file[FAMILY_N], sealed; };
void specials_init(struct specials *s);
void specials_release(struct specials *s);
NODISCARD enum err specials_add(struct specials *s, const struct iana_special *e);
NODISCARD enum err specials_absorb(struct specials *dst, const struct specials *src);
/* Adds the built-in list for a family no file gave, and what the registry does not list: multicast and
 * IPv6 outside 2000::/3. An entry with a termination date stays special: its space was given to nobody. */
void specials_seal(struct specials *s);
/* Why this prefix may not be in the public table, NULL when it may: the most specific special block
 * that covers it and is not globally reachable; IPv6 outside 2000::/3; 0.0.0.0/0 and ::/0 are not
 * bogons but default routes (callers leave them out of all counts). reference/validation.md 4.6. */
const struct special *specials_bogon(const struct specials *s, const struct prefix *p);

/* --- contacts: PeeringDB; the RPSL ones are in irr.h --- */
struct contact { uint32_t asn;
	bool noc, any;		/* a poc of role NOC, of any role, with an email or a phone */
	struct utc updated; };	/* the newest of the net and its pocs */
struct contacts { struct arena *arena; struct pdb_net *nets; size_t n_nets, cap_nets; struct pdb_poc *pocs;
	size_t n_pocs, cap_pocs; struct contact *by_asn; size_t n;	/* set by seal */
	bool nets_present, pocs_present, sealed; };
void contacts_init(struct contacts *c);
void contacts_release(struct contacts *c);
NODISCARD enum err contacts_add_net(struct contacts *c, const struct pdb_net *n);
NODISCARD enum err contacts_add_poc(struct contacts *c, const struct pdb_poc *p);
NODISCARD enum err contacts_absorb(struct contacts *dst, const struct contacts *src);
void contacts_seal(struct contacts *c);
const struct contact *contacts_of(const struct contacts *c, uint32_t asn);	/* NULL: no net entry */

/* --- spoofer --- */
/* By (ASN, time, session, client). A session told by two inputs, of which one lacks a result (the CSV
 * forms lack the private one), is one test. */
struct spoofer { struct spoofer_test *tests; size_t n, cap; bool present, sealed; };
void spoofer_init(struct spoofer *s);
void spoofer_release(struct spoofer *s);
NODISCARD enum err spoofer_add(struct spoofer *s, const struct spoofer_test *t);
NODISCARD enum err spoofer_absorb(struct spoofer *dst, const struct spoofer *src);
void spoofer_seal(struct spoofer *s);
size_t spoofer_of(const struct spoofer *s, uint32_t asn, const struct spoofer_test **first);

/* --- participants --- */
struct participant { uint32_t asn; bool netops, cdn; const char *org; };
struct participants { struct arena *arena; struct participant *p; size_t n, cap; bool present, sealed; };
void participants_init(struct participants *t);
void participants_release(struct participants *t);
NODISCARD enum err participants_add(struct participants *t, enum manrs_program, uint32_t asn, struct span org);
NODISCARD enum err participants_absorb(struct participants *dst, const struct participants *src);
void participants_seal(struct participants *t);
/* NULL: takes no part. */
const struct participant *participants_of(const struct participants *t, uint32_t asn);

#endif
