/* log_status: a change of status, signed, as an entry of a log. */
#ifndef CMD_LOG_STATUS_H
#define CMD_LOG_STATUS_H

#include "base/utc.h"

#include <stdint.h>

struct log_status {
	const char *dir, *word, *report, *key, *reason;	/* reason NULL: none */
	struct utc at;			/* UTC_NONE: the report's own moment */
	uint32_t fd;			/* passphrase.h */
};

/* The exit status; the index of the entry is printed once it is on the disk. */
int log_status(const struct log_status *o);

#endif
