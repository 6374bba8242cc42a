/*
 * past_archive: the earlier months of audit --html --past, from an archive: the newest assessment of each calendar month
 * before that of the moment.
 */
#ifndef CMD_PAST_ARCHIVE_H
#define CMD_PAST_ARCHIVE_H

#include "report/past.h"

/* By its first bytes: an SQLite database. False too when it cannot be read, which whoever reads it will say. */
bool past_is_archive(const char *path);
/* wanted: n ASNs, ascending. False, and it was said why: no archive of this schema, damage, another program's writing. */
bool past_archive(struct past *p, const char *path, struct utc at, const uint32_t *wanted, size_t n);

#endif
