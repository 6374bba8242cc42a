/*
 * routemark: one program, one command per question. The reading order of the tree: here, cmd/,
 * pipe/, then the layers as ARCHITECTURE.md lists them.
 */
#include "cmd/cmd.h"

#include <stdio.h>
#include <string.h>

static const struct command commands[] = {
	{"audit", cmd_audit, "verdicts on networks, with reasons"},
	{"compare", cmd_compare, "networks side by side, against what a buyer requires"},
	{"explain", cmd_explain, "one verdict in full: requirement, records, remedy"},
	{"exposure", cmd_exposure, "the networks that routes depend on, and how they are judged"},
	{"path", cmd_path, "an AS path hop by hop: ASPA, OTC, origin, relationships, leak"},
	{"score", cmd_score, "a list of events to incidents and a score, every step shown"},
	{"incidents", cmd_incidents, "what offended in a window of updates, from when to when"},
	{"rules", cmd_rules, "the rule packs and their controls"},
	{"crosswalk", cmd_crosswalk, "which control serves which clause of law and guidance"},
	{"require", cmd_require, "a buyer's requirements: start, check, text for the tender"},
	{"history", cmd_history, "networks over the months, from an archive"},
	{"archive", cmd_archive, "keep assessments of many months in one file"},
	{"serve", cmd_serve, "an archive as pages and as an API"},
	{"key", cmd_key, "make a signing key, show its public half"},
	{"seal", cmd_seal, "sign a report"},
	{"log", cmd_log, "keep a public append-only log"},
	{"mark", cmd_mark, "what a network has earned: issue, suspend, is it valid?"},
	{"witness", cmd_witness, "cosign the checkpoints of logs"},
	{"replay", cmd_replay, "compute a bundle again, and see that it comes out the same"},
	{"verify", cmd_verify, "who signed a report, which log has it, how it stands"},
	{"dispute", cmd_dispute, "say that a verdict is wrong; answer, decide, and until when"},
	{"dump", cmd_dump, "what is in an input file, a record a line"},
	{"lab", cmd_lab, "write a synthetic Internet with planted faults"},
	{"inspect", cmd_inspect, "what a folder of inputs is, and what is missing for which control"},
};

#define N_COMMANDS (sizeof(commands) / sizeof(commands[0]))
#define NAME_MAX_LEN 16

static void
usage(FILE *to)
{
	size_t i;

	fprintf(to, "usage: routemark COMMAND [ARGUMENTS]\n"
	    "\nRouting security from public data: verdicts that anyone can recompute.\n\n");
	for (i = 0; i < N_COMMANDS; i++)
		fprintf(to, "  %-11s%s\n", commands[i].name, commands[i].line);
	fprintf(to, "\n  routemark help COMMAND   the arguments of a command\n"
	    "  routemark --version      the version\n");
}

/* Letters to change, add or leave out to get from a to b (Levenshtein), both short. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[NAME_MAX_LEN + 1], i, j, n = strlen(b);

	for (j = 0; j <= n; j++)
		row[j] = j;
	for (i = 0; a[i] != '\0'; i++) {
		size_t diagonal = row[0];

		row[0] = i + 1;
		for (j = 0; j < n; j++) {
			size_t best = diagonal + (a[i] != b[j]);

			diagonal = row[j + 1];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (diagonal + 1 < best)
				best = diagonal + 1;
			row[j + 1] = best;
		}
	}
	return row[n];
}

static int
unknown(const char *name)
{
	const char *nearest = NULL;
	size_t i, d, least = 3;

	for (i = 0; i < N_COMMANDS && strlen(name) <= NAME_MAX_LEN; i++) {
		d = distance(name, commands[i].name);
		if (d < least) {
			least = d;
			nearest = commands[i].name;
		}
	}
	fprintf(stderr, "routemark: no command \"%s\"", name);
	if (nearest != NULL)
		fprintf(stderr, "; did you mean \"%s\"?", nearest);
	fprintf(stderr, "\n\"routemark help\" lists the commands\n");
	return EXIT_USAGE;
}

/* Output that did not arrive is no output. */
static int
finish(int status)
{
	if (fflush(stdout) == 0 && ferror(stdout) == 0)
		return status;
	fprintf(stderr, "routemark: the output could not be written\n");
	return EXIT_UNANSWERED;
}

static int
run(int argc, char **argv)
{
	size_t i;

	for (i = 0; i < N_COMMANDS; i++)
		if (strcmp(argv[0], commands[i].name) == 0)
			return commands[i].run(argc, argv);
	return unknown(argv[0]);
}

int
main(int argc, char **argv)
{
	char help[] = "--help";

	if (argc < 2) {
		usage(stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0) {
		version_print();
		return finish(EXIT_DONE);
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0) {
		char *args[] = {argc > 2 ? argv[2] : NULL, help, NULL};

		if (argc > 2)
			return finish(run(2, args));
		usage(stdout);
		return finish(EXIT_DONE);
	}
	return finish(run(argc - 1, argv + 1));
}
