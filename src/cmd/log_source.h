/* log_source: a log that is served somewhere, fetched file by file as it is read, by a process of its own (cmd/fetcher.h). */
#ifndef CMD_LOG_SOURCE_H
#define CMD_LOG_SOURCE_H

#include "seal/scan.h"

struct log_source {
	const char *url;		/* borrowed; the log's prefix */
	bool open;
	unsigned ms;			/* for one file */
};

/* "http://..." or "https://...": what is not a folder. */
bool log_source_is(const char *where);
/* False after a message. */
bool log_source_open(struct log_source *s, const char *command, const char *url, unsigned ms);
struct scan_source log_source_scan(struct log_source *s);

#endif
