/*
 * log_witness: ask the witnesses of a policy to cosign a log's checkpoint, and publish it. In three processes: one that
 * has the network (cmd/fetcher.h), one that reads the answers and can write nothing, and this one, which has neither and
 * writes the log: it gets lines of signatures from the second, and verifies each again.
 */
#ifndef CMD_LOG_WITNESS_H
#define CMD_LOG_WITNESS_H

#include "cmd/opt.h"

struct log_witness {
	const char *dir, *policy;	/* policy: a file */
	unsigned ms;			/* to wait for an answer */
	const struct opt_table *t;	/* the command line, by which the process is confined */
	int argc;
	char **argv;
};

/* The exit status: 0 the policy's quorum has cosigned what is published now; 1 a witness has signed for other entries or
 * more; 2 not told. What each has said goes to standard output. */
int log_witness(const struct log_witness *o);

#endif
