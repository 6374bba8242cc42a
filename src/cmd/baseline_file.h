/*
 * baseline_file: --baseline, the earlier report that evidence is held against.
 */
#ifndef CMD_BASELINE_FILE_H
#define CMD_BASELINE_FILE_H

#include "world/world.h"

/* Read the report and hold the sealed world against it. False after a message: unreadable, no report, or not of an earlier
 * moment than the world's. */
bool baseline_file(const char *command, const char *path, struct world *w);

#endif
