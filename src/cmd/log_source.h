/* log_source: a log that is served somewhere, fetched file by file as it is read. */
#ifndef CMD_LOG_SOURCE_H
#define CMD_LOG_SOURCE_H

#include "net/fetch.h"
#include "seal/scan.h"

struct log_source {
	const char *url;		/* borrowed; the log's prefix */
	struct fetch *fetch;		/* owned; NULL in a confined process, whose parent fetches (cmd/errand.h) */
	bool open;
	unsigned ms;			/* for one file */
	uint64_t bytes;			/* so far, FETCH_LOG_BYTES at most */
	int64_t until;			/* the moment of a clock that nobody sets, in s, at which it is given up */
};

/* "http://..." or "https://...": what is not a folder. */
bool log_source_is(const char *where);
/* False after a message. */
bool log_source_open(struct log_source *s, const char *command, const char *url, unsigned ms);
void log_source_close(struct log_source *s);	/* fine when it was never opened, zeroed */
struct scan_source log_source_scan(struct log_source *s);

#endif
