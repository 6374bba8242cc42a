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

/* --- graph: CAIDA relationships --- */
enum as_relation { REL_NONE, REL_PROVIDER, REL_CUSTOMER, REL_PEER, REL_SIBLING };
struct graph { struct asrel *links; size_t n, cap; uint32_t n_conflicts; bool present, sealed; };
/* What b is to a: graph_relation(g, a, b) == REL_CUSTOMER means b is a's customer. Two links that
 * contradict each other are dropped by seal and counted. */
void graph_init(struct graph *g);
void graph_release(struct graph *g);
NODISCARD enum err graph_add(struct graph *g, const struct asrel *l);
NODISCARD enum err graph_absorb(struct graph *dst, const struct graph *src);
void graph_seal(struct graph *g);
enum as_relation graph_relation(const struct graph *g, uint32_t a, uint32_t b);
bool graph_knows(const struct graph *g, uint32_t asn);
size_t graph_customers(const struct graph *g, uint32_t asn);	/* direct ones */

/* --- orgs: as2org; PeeringDB's org names fill in where as2org is silent --- */
struct org_as { uint32_t asn; const char *name; const char *org_id; };
struct org { const char *id, *name, *country; };
struct orgs { struct arena *arena; struct org *orgs; size_t n_orgs, cap_orgs; struct org_as *ases;
	size_t n_ases, cap_ases; uint32_t *by_org; bool present, sealed; };
void orgs_init(struct orgs *o);
void orgs_release(struct orgs *o);
NODISCARD enum err orgs_add(struct orgs *o, struct span id, struct span name, struct span country);
NODISCARD enum err orgs_add_as(struct orgs *o, uint32_t asn, struct span name, struct span org_id);
NODISCARD enum err orgs_absorb(struct orgs *dst, const struct orgs *src);
void orgs_seal(struct orgs *o);
const struct org_as *orgs_as(const struct orgs *o, uint32_t asn);
const struct org *orgs_find(const struct orgs *o, const char *id);
/* All ASNs of asn's organisation, itself included, ascending (1 when unknown): ids into ases. */
size_t orgs_siblings(const struct orgs *o, uint32_t asn, const uint32_t **ids);

/* --- registry: delegated statistics --- */
struct reg_range { struct addr first, last; enum registry_status status; struct utc date; };
struct reg_asns { uint32_t first, last; enum registry_status status; struct utc date; };
struct registry { struct reg_range *ranges; size_t n_ranges, cap_ranges; struct reg_asns *asns;
	size_t n_asns, cap_asns; bool present, sealed; };
enum reg_answer { REG_ANSWER_UNKNOWN, REG_ANSWER_DELEGATED, REG_ANSWER_UNDELEGATED };
/* UNKNOWN: no file speaks of it. UNDELEGATED: available or reserved wholly or in part. */
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
void specials_seal(struct specials *s);	/* adds the built-in list for a family no file gave */
/* Why this prefix may not be in the public table, NULL when it may: the most specific special block
 * that covers it and is not globally reachable; IPv6 outside 2000::/3; 0.0.0.0/0 and ::/0 are not
 * bogons but default routes (callers leave them out of all counts). reference/validation.md 4.6. */
const struct special *specials_bogon(const struct specials *s, const struct prefix *p);

/* --- contacts: PeeringDB; the RPSL ones are in irr.h --- */
struct contact { uint32_t asn; bool noc, any; struct utc updated; };
struct contacts { struct arena *arena; struct pdb_net *nets; size_t n_nets, cap_nets; struct pdb_poc *pocs;
	size_t n_pocs, cap_pocs; struct contact *by_asn; size_t n; bool nets_present, pocs_present, sealed; };
void contacts_init(struct contacts *c);
void contacts_release(struct contacts *c);
NODISCARD enum err contacts_add_net(struct contacts *c, const struct pdb_net *n);
NODISCARD enum err contacts_add_poc(struct contacts *c, const struct pdb_poc *p);
NODISCARD enum err contacts_absorb(struct contacts *dst, const struct contacts *src);
void contacts_seal(struct contacts *c);
const struct contact *contacts_of(const struct contacts *c, uint32_t asn);	/* NULL: no net entry */

/* --- spoofer --- */
struct spoofer { struct spoofer_test *tests; size_t n, cap; bool present, sealed; };	/* by (asn, time, session) */
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
const struct participant *participants_of(const struct participants *t, uint32_t asn);

#endif
