/* policy_file: a trust policy on the disk. */
#ifndef CMD_POLICY_FILE_H
#define CMD_POLICY_FILE_H

#include "seal/policy.h"

/* False after a message. All of it is in the arena. */
bool policy_file(const char *command, const char *path, struct arena *a, struct policy *out);

#endif
