/* verify_replay: a report computed again from the inputs that it names: as part of a bundle, by the packs in that; alone, by
 * those that are compiled in. */
#ifndef CMD_VERIFY_REPLAY_H
#define CMD_VERIFY_REPLAY_H

#include "cmd/replay_run.h"

/* path: of the report, beside which the rest of a bundle may lie. What cannot even be begun is REPLAY_CANNOT, after a message
 * on stderr. */
void verify_replay(const char *path, struct span report, const char *data, const struct opt_table *t, struct arena *a,
    struct replay *out);

#endif
