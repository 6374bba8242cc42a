/* archive_cmd: the parts of the command archive. */
#ifndef CMD_ARCHIVE_CMD_H
#define CMD_ARCHIVE_CMD_H

#include "archive/archive.h"
#include "cmd/opt.h"

/* An exit status, after what was done was said, or a message. */
int archive_import(const struct opt_table *t, const char *file, int n, char **reports);	/* by the archivist */
int archive_show(const char *file);	/* what is in it, a line each */

struct archive *archive_open_for(const char *file, enum archive_mode mode);	/* NULL after a message */
bool archive_complain(const char *path, const char *why);	/* a message; false */

#endif
