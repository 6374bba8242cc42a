/*
 * opt: the options of a command, one table each. The table gives the parsing, the --help text and, by
 * tools/man-lint, the check that the man page lists the same options. -h and --help are in all of them.
 */
#ifndef CMD_OPT_H
#define CMD_OPT_H

#include "base/utc.h"

#define OPT_MAX 32		/* rows of one table */

enum opt_kind {
	OPT_FLAG,		/* to: bool */
	OPT_TEXT,		/* to: const char *, borrowed from argv */
	OPT_LIST,		/* to: struct opt_list; may be given again, commas separate */
	OPT_NUMBER,		/* to: uint32_t, between min and max */
	OPT_TIME		/* to: struct utc */
};

struct opt_list {
	char **item;		/* owned array, each item owned */
	size_t n, cap;
};

struct opt {
	const char *name;	/* "data"; never NULL */
	char letter;		/* 'o', or 0 when there is no short form */
	enum opt_kind kind;
	const char *arg;	/* "DIR"; NULL for OPT_FLAG */
	void *to;
	uint32_t min, max;	/* OPT_NUMBER */
	const char *help;	/* one line */
};

struct opt_table {
	const char *command;	/* "audit" */
	const char *synopsis;	/* what follows "routemark audit" in the usage line */
	const char *line;	/* what the command does, one line */
	const char *examples;	/* lines for --help, each with its line feed */
	const struct opt *opts;
	size_t n;
};

#define OPT_GO_ON (-1)
/* Parse argv (argv[0] is the command's name); operands are gathered behind *first: argv[*first] to
 * argv[argc - 1]. What comes then is confined (cmd/confined.h). OPT_GO_ON, or the status to exit with: EXIT_DONE after --help (printed to stdout),
 * EXIT_USAGE after a message on stderr. */
int opt_parse(const struct opt_table *t, int argc, char **argv, int *first);
/* "routemark audit: MESSAGE" and how to get help, on stderr; returns EXIT_USAGE. */
int opt_misuse(const struct opt_table *t, const char *fmt, ...) PRINTF_LIKE(2, 3);
void opt_list_release(struct opt_list *l);

#endif
