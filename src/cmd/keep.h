/*
 * keep: put a document of incidents into an archive, from a file or as it was just made; both ways give the same rows.
 */
#ifndef CMD_KEEP_H
#define CMD_KEEP_H

#include "archive/incidents_import.h"

struct keep {
	const char *command;		/* for messages */
	const char *file;		/* the archive */
	const char *report;		/* the document, packed or not; or NULL: */
	struct span text;		/* the document itself */
	struct archive *archive;	/* owned by the caller: NULL until it is first needed, when it is opened */
	/* what came of it */
	uint8_t digest[SHA256_BYTES];
	struct utc from, to;
	uint64_t incidents;
	enum archive_fate fate;
};

bool keep_is_incidents(const char *report);	/* by its "format"; false also when it cannot be read */
/* Read twice: to see that it is whole, then to archive it. false after a message; then the archive is as it was, and is
 * not made. */
bool keep_incidents(struct keep *k);

#endif
