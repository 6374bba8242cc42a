/* seal_attest: a file attached to a report, by who signs. */
#ifndef CMD_SEAL_ATTEST_H
#define CMD_SEAL_ATTEST_H

#include "base/str.h"
#include "seal/key.h"

/* "KIND=FILE" to the statement that attaches it to a report of these bytes; *kind: its name, static. False after a message. */
bool seal_attest(const char *arg, struct span report, struct str *statement, const char **kind);

#endif
