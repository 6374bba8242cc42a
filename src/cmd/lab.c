/*
 * lab: write a synthetic Internet into a folder.
 */
#include "lab/lab.h"
#include "cmd/cmd.h"
#include "cmd/confined.h"
#include "cmd/note.h"
#include "cmd/opt.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOT_GIVEN UINT32_MAX

struct lab_args {
	const char *scale;
	uint32_t seed, ases, v4, v6, collectors, peers, carry, messages;
	bool force;
};

/* 1: empty, 0: not, -1: cannot tell (errno). */
static int
is_empty(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	int empty = 1;

	if (d == NULL)
		return -1;
	while (empty == 1 && (e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			empty = 0;
	closedir(d);
	return empty;
}

static void
progress(void *arg, const char *what)
{
	(void)arg;
	fprintf(stderr, "\rlab: %-40s", what);
}

static void
take(uint32_t *to, uint32_t given)
{
	if (given != NOT_GIVEN)
		*to = given;
}

static void
params_of(const struct lab_args *a, struct lab_params *p)
{
	lab_params_init(p, strcmp(a->scale, "internet") == 0 ? LAB_INTERNET : LAB_SMALL);
	p->seed = a->seed;
	take(&p->ases, a->ases);
	take(&p->prefixes[FAMILY_V4], a->v4);
	take(&p->prefixes[FAMILY_V6], a->v6);
	take(&p->collectors, a->collectors);
	take(&p->peers, a->peers);
	take(&p->carry, a->carry);
	take(&p->update_messages, a->messages);
	if (isatty(STDERR_FILENO))
		p->progress = progress;
}

static int
refuse(const char *dir, const char *why)
{
	note("lab", "%s: %s", dir, why);
	return EXIT_UNANSWERED;
}

static int
lab_run(const char *dir, const struct lab_args *a)
{
	struct lab_params p;
	struct lab_sum sum;
	enum err e;
	int empty;

	empty = is_empty(dir);
	if (empty < 0)
		return refuse(dir, strerror(errno));
	if (empty == 0 && !a->force)
		return refuse(dir, "is not empty; name another folder, or give --force");
	params_of(a, &p);
	e = lab_write(dir, &p, &sum);
	if (p.progress != NULL)
		fprintf(stderr, "\r%-46s\r", "");
	if (e == ERR_RANGE)
		return refuse(dir, "more sessions than a quarter of the ASes; give fewer --peers or more --ases");
	if (e != OK)
		return refuse(dir, strerror(errno));
	printf("%" PRIu64 " files, %" PRIu64 " bytes: %" PRIu64 " ASes, %" PRIu64 " links, %" PRIu64
	    " routes, %" PRIu64 " table entries, mean path %" PRIu64 ".%02" PRIu64 ", %" PRIu64
	    " update messages, %" PRIu64 " VRPs, %" PRIu64 " ASPAs, %" PRIu64 " route objects\n",
	    sum.files, sum.bytes, sum.ases, sum.links, sum.routes, sum.entries, sum.hops / sum.entries,
	    sum.hops * 100 / sum.entries % 100, sum.messages, sum.vrps, sum.aspas, sum.objects);
	return fflush(stdout) == 0 ? EXIT_DONE : refuse("standard output", strerror(errno));
}

int
cmd_lab(int argc, char **argv)
{
	struct lab_args a = {"small", 1, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN,
	    NOT_GIVEN, false};
	const struct opt opts[] = {
	    {"seed", 's', OPT_NUMBER, "N", &a.seed, 0, UINT32_MAX, "another seed, another world (default 1)"},
	    {"scale", 0, OPT_TEXT, "SCALE", &a.scale, 0, 0,
		"small: 300 ASes, with every answer; internet: 80000 ASes, 1.2 M prefixes"},
	    {"ases", 0, OPT_NUMBER, "N", &a.ases, 200, LAB_ASES_MAX, "ASes"},
	    {"prefixes", 0, OPT_NUMBER, "N", &a.v4, 0, 2000000, "IPv4 prefixes"},
	    {"prefixes6", 0, OPT_NUMBER, "N", &a.v6, 0, 1000000, "IPv6 prefixes"},
	    {"collectors", 0, OPT_NUMBER, "N", &a.collectors, 1, LAB_COLLECTORS_MAX, "collectors"},
	    {"peers", 0, OPT_NUMBER, "N", &a.peers, 8, LAB_PEERS_MAX, "sessions of each collector"},
	    {"carry", 0, OPT_NUMBER, "N", &a.carry, 0, LAB_PEERS_MAX,
		"sessions that carry a prefix, on average; 0 is all"},
	    {"messages", 0, OPT_NUMBER, "N", &a.messages, 0, 100000000, "update messages of each collector"},
	    {"force", 'f', OPT_FLAG, NULL, &a.force, 0, 0, "write into a folder that is not empty"},
	};
	const struct opt_table table = {"lab", "DIR [OPTIONS]",
	    "Write a synthetic Internet into DIR: tables, updates, VRPs, route objects, registries,\n"
	    "relationships, contacts, in the real formats, with planted faults of every kind that is\n"
	    "measured and ANSWERS.json, the key to them. The same seed gives the same bytes.",
	    "  routemark lab /tmp/lab\n"
	    "  routemark lab /tmp/lab7 --seed 7\n"
	    "  routemark lab /tmp/internet --scale internet\n",
	    opts, sizeof(opts) / sizeof(opts[0])};
	int first, status = opt_parse(&table, argc, argv, &first);

	if (status != OPT_GO_ON)
		return status;
	if (argc - first != 1)
		return opt_misuse(&table, "one folder is needed");
	if (strcmp(a.scale, "small") != 0 && strcmp(a.scale, "internet") != 0)
		return opt_misuse(&table, "--scale is small or internet, not \"%s\"", a.scale);
	/* once the folder is there, the process can write in it and open nothing else */
	if (mkdir(argv[first], 0777) != 0 && errno != EEXIST)
		return refuse(argv[first], strerror(errno));
	return confined_late(&table, argc - first, argv + first) ? lab_run(argv[first], &a) : EXIT_UNANSWERED;
}
