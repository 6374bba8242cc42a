/* replay_lacks: comparing what the evidence of a bundle leads to, where it does not lead to all: the metrics that the
 * bundle says it does not show are left out on both sides, and the verdicts that rest on them. */
#ifndef CMD_REPLAY_LACKS_H
#define CMD_REPLAY_LACKS_H

#include "cmd/replay_run.h"

/* True when what is left differs, and then r's path, was and is. */
bool replay_lacks_diff(const struct replay_ask *ask, struct replay *r);
/* Verdicts that are left out. */
size_t replay_lacks_verdicts(const struct replay_ask *ask);
/* The metrics in which two reports on the same ASes differ: from a; *n of them, by AS and
 * metric. Both are reports of ours. */
const struct bundle_lack *replay_lacks_find(struct span a_report, struct span b_report, struct arena *a, size_t *n);

#endif
