/*
 * audit_archive: audit --archive FILE: the assessment goes into an archive while it is made, beside what is shown; by the
 * archivist (cmd/archivist.h), as the process that judges may write nothing.
 */
#ifndef CMD_AUDIT_ARCHIVE_H
#define CMD_AUDIT_ARCHIVE_H

#include "archive/archive.h"
#include "cmd/product.h"
#include "cmd/select.h"
#include "cmd/session.h"

struct audit_archive {
	const char *path;	/* NULL: none; all of these then do nothing and succeed */
	struct arena *a;
	struct archive_head head;
};

/* Each returns false after a message on stderr, and then nothing of this assessment is in the archive. */
bool audit_archive_begin(struct audit_archive *x, const struct session *s, const struct as_list *ases);
/* From any thread, around what is rendered of a result: the row goes in front of it. */
size_t audit_archive_row(const struct audit_archive *x, const struct as_result *r, struct str *out);
void audit_archive_row_end(const struct audit_archive *x, struct str *out, size_t from);
/* From the writer: rows into the archive, what was rendered to the product. */
bool audit_archive_emit(struct audit_archive *x, struct span bytes, struct product *product);
bool audit_archive_commit(struct audit_archive *x);
void audit_archive_close(struct audit_archive *x);	/* rolls back what was not committed; fine at any time */

#endif
