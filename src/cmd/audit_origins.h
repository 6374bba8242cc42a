/* audit_origins: where the inputs of a bundle were fetched, as its maker says. */
#ifndef CMD_AUDIT_ORIGINS_H
#define CMD_AUDIT_ORIGINS_H

#include "metric/scored.h"
#include "report/bundle.h"

/* A list of lines: a SHA-256, two spaces, a URL or whatever says it; "#" begins a comment. False after a message. Digests of
 * other files are passed over. */
bool audit_origins(const char *path, struct arena *a, struct bundle *b);
/* "FROM/TO" of a window that was followed. */
const char *audit_window(const struct scored *s, struct arena *a);

#endif
