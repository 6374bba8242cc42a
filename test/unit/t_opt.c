/* The option parser: what it stores, what it refuses, where the operands are. */
#include "cmd/cmd.h"
#include "cmd/opt.h"
#include "tap.h"

#include <unistd.h>

static bool flag;
static const char *text;
static struct opt_list list;
static uint32_t number;
static struct utc when;

static const struct opt rows[] = {
	{"json", 0, OPT_FLAG, NULL, &flag, 0, 0, "as JSON"},
	{"output", 'o', OPT_TEXT, "FILE", &text, 0, 0, "write to FILE"},
	{"rules", 0, OPT_LIST, "PACK", &list, 0, 0, "judge by PACK"},
	{"threads", 't', OPT_NUMBER, "N", &number, 1, 64, "use N threads"},
	{"at", 0, OPT_TIME, "TIME", &when, 0, 0, "judge as of TIME"},
};
static const struct opt_table table = {"probe", "[-o FILE] [AS ...]", "A probe.", "  routemark probe 1\n", rows, 5};

/* Parse up to five words; what the parser prints goes nowhere. The words live until the next call. */
static int
parse(int *first, const char *const words[6])
{
	static char store[6][32];
	char *argv[8] = {(char[]){"probe"}};
	int argc = 1, status, keep[2];

	flag = false;
	text = NULL;
	number = 7;
	when = UTC_NONE;
	opt_list_release(&list);
	for (; argc < 7 && words[argc - 1] != NULL; argc++) {
		snprintf(store[argc - 1], sizeof(store[0]), "%s", words[argc - 1]);
		argv[argc] = store[argc - 1];
	}
	fflush(NULL);
	keep[0] = dup(1);
	keep[1] = dup(2);
	if (freopen("/dev/null", "w", stdout) == NULL || freopen("/dev/null", "w", stderr) == NULL)
		abort();
	status = opt_parse(&table, argc, argv, first);
	fflush(NULL);
	dup2(keep[0], 1);
	dup2(keep[1], 2);
	close(keep[0]);
	close(keep[1]);
	return status;
}

#define PARSE(...) parse(&first, (const char *const[6]){__VA_ARGS__})

int
main(void)
{
	int first = 0;

	ok(PARSE("--json", "64500", "64501") == OPT_GO_ON && flag && first == 2, "a flag, then operands");
	ok(PARSE("64500", "--json") == OPT_GO_ON && flag && first == 2, "operands may come before options");
	ok(PARSE("64500", "--", "--json") == OPT_GO_ON && !flag && first == 2, "-- ends the options");
	ok(PARSE("-o", "x") == OPT_GO_ON && strcmp(text, "x") == 0, "a short option takes its value");
	ok(PARSE("--output=y") == OPT_GO_ON && strcmp(text, "y") == 0, "a long option takes it after =");
	ok(PARSE("--rules", "a,b", "--rules", "c") == OPT_GO_ON && list.n == 3 &&
	    strcmp(list.item[1], "b") == 0, "a list is gathered from commas and repetition");
	ok(PARSE("--rules", ",") == OPT_GO_ON && list.n == 0, "an empty item is none");
	ok(PARSE("-t", "1") == OPT_GO_ON && number == 1, "the least number is taken");
	ok(PARSE("-t", "64") == OPT_GO_ON && number == 64, "the largest number is taken");
	ok(PARSE("-t", "0") == EXIT_USAGE && number == 7, "below the least is refused");
	ok(PARSE("-t", "65") == EXIT_USAGE && number == 7, "above the largest is refused");
	ok(PARSE("-t", "3x") == EXIT_USAGE && PARSE("-t", "-3") == EXIT_USAGE && PARSE("-t", "") == EXIT_USAGE,
	    "what is not a number is refused");
	ok(PARSE("--at", "2022-05-01") == OPT_GO_ON && when.s == 1651363200, "a time is read");
	ok(PARSE("--at", "yesterday") == EXIT_USAGE, "what is not a time is refused");
	ok(PARSE("--nothing") == EXIT_USAGE, "an unknown option is refused");
	ok(PARSE("-x") == EXIT_USAGE, "an unknown letter is refused");
	ok(PARSE("--output") == EXIT_USAGE, "a missing value is refused");
	ok(PARSE("--json=1") == EXIT_USAGE, "a value for a flag is refused");
	ok(PARSE("--help") == EXIT_DONE && PARSE("-h") == EXIT_DONE, "help is an answer");
	opt_list_release(&list);
	return tap_done();
}
