/*
 * confined: the jail that the process of a command works in (base/jail.h), by the table in cmd/confined_rules.c. Entered
 * when the command line is known and before any input is opened.
 *
 * What works on bytes from strangers (JAIL_DECODE, JAIL_KEEP) is a process of its own: its parent waits, passes signals
 * on, does errands (cmd/errand.h), and lets products take their place when it has ended by itself. What signs
 * (JAIL_SIGN) goes on in the same process.
 */
#ifndef CMD_CONFINED_H
#define CMD_CONFINED_H

#include "base/str.h"
#include "cmd/confined_rules.h"

#include <sys/types.h>

/* At the end of opt_parse; operands: argc of them. OPT_GO_ON in the process that is to do the work; in the one that has
 * waited for it, the exit status; EXIT_UNANSWERED after a message. A command without a rule goes on as it is. */
int confined_enter(const struct opt_table *t, int argc, char **argv);
/* A jail for this process, for commands that are several; false after a message. */
bool confined_here(const char *command, enum jail_kind kind, const struct jail_path *paths, size_t n);
/* The jail that the table has for this command line, for a command that has something to do before (CONFINED_ITSELF):
 * false after a message. */
bool confined_late(const struct opt_table *t, int argc, char **argv);
/* A piece of work in a process of its own in JAIL_DECODE, begun: what run writes to out comes back by confined_end. It has
 * what is in memory now, and reads the paths. False after a message. */
struct confined_work {
	pid_t pid;
	int fd;
};
bool confined_begin(const char *command, bool (*run)(void *arg, struct str *out), void *arg, const struct jail_path *paths,
    size_t n, struct confined_work *w);
/* Wait for it: what it wrote, max bytes at most. False after a message: nothing is believed of what it then wrote. */
bool confined_end(const char *command, const struct confined_work *w, size_t max, struct str *out);
/* Both, with one folder to read, or NULL: for what must not be decoded by the one that holds a key, before that is open. */
bool confined_run(const char *command, bool (*run)(void *arg, struct str *out), void *arg, const char *folder, size_t max,
    struct str *out);

#endif
