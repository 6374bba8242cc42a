/* slurp: a whole file in memory, for those that are signed or checked as a whole. */
#ifndef CMD_SLURP_H
#define CMD_SLURP_H

#include "base/str.h"

/* Into out, which is the caller's to release. False after a message: not a regular file, over max bytes, unreadable,
 * or changed while it was read. */
bool slurp(const char *command, const char *path, uint64_t max, struct str *out);

#endif
