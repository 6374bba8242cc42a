/* render: the report of a session as "audit --json" writes it, in memory. */
#ifndef CMD_RENDER_H
#define CMD_RENDER_H

#include "cmd/session.h"
#include "report/summary.h"

/* asns ascend, each once; summary: initialised for the packs of s, and nothing counted yet. False when it could not be
 * made. */
bool render_report(const struct session *s, const uint32_t *asns, size_t n, struct summary *summary, struct str *out);

#endif
