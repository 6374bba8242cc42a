/*
 * evidence: the kinds of evidence that a metric can rest on.
 */
#ifndef WORLD_EVIDENCE_H
#define WORLD_EVIDENCE_H

/* The evidence a metric rests on. */
enum evidence { EV_TABLE, EV_ORIGINS, EV_UPDATES, EV_VRPS, EV_ASPAS, EV_IRR, EV_GRAPH, EV_ORGS, EV_REGISTRY,
	EV_SPECIAL, EV_PDB_NET, EV_PDB_POC, EV_SPOOFER, EV_PARTICIPANTS, EV_N };
const char *evidence_word(enum evidence e);
#define EV_BIT(e) (1u << (e))

#endif
