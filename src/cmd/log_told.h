/* log_told: the status entries of a log, in a folder or where it is served. */
#ifndef CMD_LOG_TOLD_H
#define CMD_LOG_TOLD_H

#include "cmd/opt.h"

struct log_told {
	const char *where;		/* a folder, or an address */
	const char *report;		/* a file; NULL: on all reports */
	const char *policy;		/* a file */
	const struct opt_list *signers;	/* keys whose words are marked as known */
	bool json;
	unsigned ms;			/* for each file that is fetched */
};

/* The exit status. Nothing is printed of a log that was not read to its end and found to be its checkpoint's. */
int log_told(const struct log_told *o);

#endif
