/*
 * audit_oscal: what audit does when it exports: a folder with a chain of OSCAL documents for each AS and pack.
 */
#ifndef CMD_AUDIT_OSCAL_H
#define CMD_AUDIT_OSCAL_H

#include "cmd/select.h"
#include "cmd/session.h"
#include "report/summary.h"

/* Judge, and write DIR whole or not at all; force: also over an earlier export. The counts of all go to summary,
 * which the caller has begun. False after a message on stderr; then nothing was written. */
bool audit_oscal(const char *dir, bool force, const struct session *s, const struct as_list *ases,
    struct summary *summary);

/* A path below the folder that an export makes: "AS64500/PACK/FILE.json". */
bool audit_oscal_is_ours(const char *path);

#endif
