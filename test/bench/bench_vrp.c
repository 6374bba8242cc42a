/*
 * bench_vrp: what it takes to read VRP JSON. `bench_vrp ours FILE` reads and indexes it: decoded,
 * collected and sealed, as the program does. `bench_vrp yajl FILE` is the bare scan of yajl, with a
 * callback for integers only, over the same pieces of the same file; nothing is kept. Each is a
 * program run of its own, so that time and peak memory can be taken from outside (tools/bench). What
 * was read is on stdout: of theirs, the sum of the integers.
 */
#include "bench_load.h"

#include <string.h>

#include <yajl/yajl_parse.h>

static int
ours(const char *path)
{
	struct rpki t;
	uint64_t n = bench_load(&t, path);

	printf("vrps %zu of %zu, aspas %zu, diags %zu, index %zu bytes\n", t.n_roas, (size_t)t.n_seen,
	    t.n_aspas, (size_t)n, rpki_bytes(&t));
	rpki_release(&t);
	return 0;
}

static int
on_integer(void *arg, long long v)
{
	uint64_t *sum = arg;

	*sum += (uint64_t)v;
	return 1;
}

static int
theirs(const char *path)
{
	static const yajl_callbacks calls = {.yajl_integer = on_integer};
	uint64_t sum = 0;
	yajl_handle y = yajl_alloc(&calls, NULL, &sum);
	struct bench_file *file = bench_open(path);
	const uint8_t *p;
	size_t n;

	while (bench_fill(file, &p, &n) == OK && n > 0)
		if (yajl_parse(y, p, n) != yajl_status_ok)
			return 2;
	if (yajl_complete_parse(y) != yajl_status_ok)
		return 2;
	yajl_free(y);
	printf("sum of integers %llu\n", (unsigned long long)sum);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "ours") == 0)
		return ours(argv[2]);
	if (argc == 3 && strcmp(argv[1], "yajl") == 0)
		return theirs(argv[2]);
	fprintf(stderr, "usage: bench_vrp ours|yajl FILE\n");
	return 2;
}
