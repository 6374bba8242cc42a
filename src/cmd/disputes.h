/*
 * disputes: a ledger beside an audit: its options, whose word counts, and what it says of each verdict.
 */
#ifndef CMD_DISPUTES_H
#define CMD_DISPUTES_H

#include "cmd/session.h"
#include "report/disputes.h"
#include "seal/ledger.h"
#include "seal/openings.h"

struct disputes {
	const char *path;		/* NULL: none was asked for */
	struct opt_list known, network;
	struct verify_keys keys;	/* owned */
	struct ledger_file file;
	bool is_open;
	struct openings by_asn;
	struct utc at;
	struct disputes_head head;	/* from file.a */
	const char *command;
};

#define DISPUTES_OPTS 3
void disputes_opts(struct disputes *d, struct opt rows[static DISPUTES_OPTS]);
/* Read the ledger, and the keys. OPT_GO_ON, or a status after a message. Nothing without path. */
int disputes_open(struct disputes *d, const struct opt_table *t);
/* From then on the session's results have them. */
void disputes_attach(struct disputes *d, struct session *s);
void disputes_close(struct disputes *d);

#endif
