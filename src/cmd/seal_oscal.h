/* seal_oscal: the documents of an OSCAL export, as subjects of a statement. */
#ifndef CMD_SEAL_OSCAL_H
#define CMD_SEAL_OSCAL_H

#include "seal/statement.h"

/* Every file below dir, which must be an export of audit --oscal on ASes and packs of the report. *out is from the
 * arena, ascending by name. False after a message. */
bool seal_oscal(const char *dir, const struct gist *g, struct arena *a, const struct subject **out, size_t *n);

#endif
