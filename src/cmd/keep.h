/*
 * keep: put a document of incidents into an archive, from a file or as it was just made; both ways give the same rows. The
 * archivist does it (cmd/archivist.h).
 */
#ifndef CMD_KEEP_H
#define CMD_KEEP_H

#include "archive/incidents_import.h"
#include "base/doc.h"

struct keep {
	const char *command;		/* for messages */
	const char *file;		/* the archive */
	const char *report;		/* the document, packed or not; or NULL: */
	struct span text;		/* the document itself */
	/* what came of it */
	uint8_t digest[SHA256_BYTES];
	struct utc from, to;
	uint64_t incidents;
	enum archive_fate fate;
};

/* Its "format"; "" also when it cannot be read. */
void keep_format(const char *report, char out[static DOC_FORMAT_MAX]);
/* Read twice: to see that it is whole, then to archive it. false after a message; then the archive is as it was, and is
 * not made. */
bool keep_incidents(struct keep *k);

#endif
