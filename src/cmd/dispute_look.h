/* dispute_look: what is in a ledger of disputes, for who appends to it or to a log: its lines are strangers' documents, and are
 * read in a process of its own that can write nothing and has no key. */
#ifndef CMD_DISPUTE_LOOK_H
#define CMD_DISPUTE_LOOK_H

#include "cmd/opt.h"
#include "seal/ledger.h"

/* f is open to be written and not read (ledger_take); its ledger is set, as seal/ledger_gist.h has it. id: the beginning of the
 * name of a dispute that there must be, then *open is its index; NULL. False after a message. Before a key is open. */
bool dispute_look(struct ledger_file *f, const char *path, const char *id, size_t *open);

/* Give a log what it has not of a ledger; this process is confined on the way, by the command line. The exit status. */
int dispute_log_run(const char *ledger, const char *log, const struct opt_table *t, int argc, char **argv);

#endif
