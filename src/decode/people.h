/*
 * people: who answers, who tests, who takes part: PeeringDB net, org and poc (API JSON), CAIDA
 * Spoofer sessions (API JSON and both CSV forms), MANRS participant lists.
 */
#ifndef DECODE_PEOPLE_H
#define DECODE_PEOPLE_H

#include "addr/prefix.h"
#include "base/diag.h"
#include "base/feed.h"
#include "base/utc.h"
#include "decode/kind.h"

struct pdb_net { uint64_t id, org_id; uint32_t asn; struct span name, irr_as_set; struct utc updated; };
struct pdb_org { uint64_t id; struct span name; };
struct pdb_poc { uint64_t id, net_id; struct span role, visible; bool email, phone; struct utc updated; };
struct pdb_sink {	/* any may be NULL; objects whose status is not "ok" are left out */
	enum err (*net)(void *arg, const struct pdb_net *);
	enum err (*org)(void *arg, const struct pdb_org *);
	enum err (*poc)(void *arg, const struct pdb_poc *);
	void *arg;
};
/* kind: one of KIND_PDB_*. Texts are borrowed for the call. *n_objects counts what "data" holds,
 * good or bad. A document that ends early or that the server cut ("truncated" in its meta) is
 * DIAG_STOP_SOURCE. */
NODISCARD enum err pdb_decode(struct feed *f, enum input_kind kind, const struct pdb_sink *,
    struct diags *, uint64_t *n_objects);

enum spoof_result { SPOOF_NONE, SPOOF_RECEIVED, SPOOF_BLOCKED, SPOOF_REWRITTEN, SPOOF_UNKNOWN };
struct spoofer_test {	/* one session, one family */
	uint64_t session;
	struct utc time;
	uint32_t asn;
	struct prefix client;	/* /24 or /40..48 as given */
	bool nat;
	enum spoof_result routed, priv;	/* routable spoofed source; private source */
};
/* One call per family of a session that has an ASN and a client prefix. A result that was not
 * measured is SPOOF_NONE; *n_sessions counts sessions, good or bad. */
NODISCARD enum err spoofer_decode(struct feed *f, enum input_kind kind,
    enum err (*fn)(void *arg, const struct spoofer_test *), void *arg, struct diags *,
    uint64_t *n_sessions);

enum manrs_program { MANRS_NETOPS, MANRS_CDN };
struct manrs_participant { enum manrs_program program; struct span org; const uint32_t *asn; size_t n; };
NODISCARD enum err manrs_decode(struct feed *f,
    enum err (*fn)(void *arg, const struct manrs_participant *), void *arg, struct diags *,
    uint64_t *n_participants);

#endif
