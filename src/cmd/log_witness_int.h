/* log_witness_int: what the two halves of log_witness have in common. */
#ifndef CMD_LOG_WITNESS_INT_H
#define CMD_LOG_WITNESS_INT_H

#include "cmd/log_witness.h"
#include "base/str.h"

struct witnessing {
	const char *dir, *policy_path;
	struct span policy;		/* its bytes */
	unsigned ms;
};

/* Ask every witness, say on standard output what each has said, and give the good cosignatures (seal/cosigned.h). False
 * after a message. arg: a struct witnessing. For confined_begin. */
bool log_witness_ask(void *arg, struct str *out);

/* Publish what of that can be verified again: the exit status, after a message or a line on standard output. told: of
 * whoever asked, who may have been taken over by an answer. */
int log_witness_keep(const struct witnessing *w, struct span told);

#endif
