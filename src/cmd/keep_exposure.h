/*
 * keep_exposure: put a document of exposures into an archive, from a file or as it was just made; both ways give the same
 * rows. The archivist does it (cmd/archivist.h).
 */
#ifndef CMD_KEEP_EXPOSURE_H
#define CMD_KEEP_EXPOSURE_H

#include "archive/exposures.h"

struct keep_exposure {
	const char *command;		/* for messages */
	const char *file;		/* the archive */
	/* what came of it: */
	struct exposed_document d;
	enum archive_fate *fate;	/* of each of its subjects; from the arena */
};

/* The file is packed or not. Read whole before the archive is opened. false after a message; then the archive is as it was,
 * and is not made. */
bool keep_exposure_file(struct keep_exposure *k, const char *report, struct arena *a);
bool keep_exposure_text(struct keep_exposure *k, const char *name, struct span text, struct arena *a);

#endif
