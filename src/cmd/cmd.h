/*
 * cmd: one function per command. argv[0] is the command's name. Returns the exit status: 0 done,
 * 1 the answer is no, 2 could not answer, 64 usage.
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include <stdbool.h>

enum { EXIT_DONE = 0, EXIT_NO = 1, EXIT_UNANSWERED = 2, EXIT_USAGE = 64 };

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *line;	/* one line of help */
};

int cmd_audit(int argc, char **argv);
int cmd_compare(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_dump(int argc, char **argv);
int cmd_inspect(int argc, char **argv);
int cmd_rules(int argc, char **argv);
int cmd_crosswalk(int argc, char **argv);
int cmd_require(int argc, char **argv);
int cmd_exposure(int argc, char **argv);
int cmd_path(int argc, char **argv);
int cmd_score(int argc, char **argv);
int cmd_archive(int argc, char **argv);
int cmd_history(int argc, char **argv);
int cmd_serve(int argc, char **argv);
int cmd_incidents(int argc, char **argv);
int cmd_key(int argc, char **argv);
int cmd_seal(int argc, char **argv);
int cmd_log(int argc, char **argv);
int cmd_mark(int argc, char **argv);
int cmd_witness(int argc, char **argv);
int cmd_replay(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_dispute(int argc, char **argv);
int cmd_lab(int argc, char **argv);

const char *routemark_version(void);	/* "0.1.0" */
/* On stdout: the version, the commit, the compiler, and each library as it is on this machine. */
void version_print(void);

#endif
