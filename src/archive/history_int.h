/*
 * history_int: what the parts of the history share. Inside archive/ only.
 */
#ifndef ARCHIVE_HISTORY_INT_H
#define ARCHIVE_HISTORY_INT_H

#include "archive/history.h"
#include "archive/sql.h"

/* history_compare.c: changes and cautions of each month against the one before it. */
void history_compare(struct history_pack *p, struct arena *arena);

#endif
