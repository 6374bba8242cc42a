/*
 * bench_log [MILLIONS=10]: what a log costs: durable appends a second, by size of batch, in the folder where it is
 * run; proofs from the tiles of a log of so many million entries, which lie in memory; and checking a
 * proof.
 */
#include "seal/log.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define LEVELS 4

static struct tree_hash *level[LEVELS];
static uint64_t n_level[LEVELS];

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
keep(void *arg, unsigned l, uint64_t index, const struct tree_hash *h)
{
	(void)arg;
	(void)index;
	if (l % TILE_HEIGHT == 0 && l / TILE_HEIGHT < LEVELS)
		level[l / TILE_HEIGHT][n_level[l / TILE_HEIGHT]++] = *h;
}

static enum err
read_tile(void *arg, const struct tile *t, uint8_t *out)
{
	(void)arg;
	memcpy(out, &level[t->level][t->index * TILE_WIDTH], t->width * sizeof(struct tree_hash));
	return OK;
}

static void
proofs(uint64_t size)
{
	const struct tile_source source = {read_tile, NULL};
	struct tile_tree *tiles = malloc(sizeof(*tiles));
	struct tree_edge edge = {.size = 0};
	struct tree_hash leaf, root;
	struct tree_source s;
	struct tree_proof p;
	uint64_t i, at = 1, runs = 20000, wrong = 0;
	double from = now(), took;

	for (i = 0; i < LEVELS; i++)
		level[i] = malloc(((size >> (TILE_HEIGHT * i)) + 1) * sizeof(struct tree_hash));
	for (i = 0; i < size; i++) {
		tree_leaf((struct span){(const char *)&i, sizeof(i)}, &leaf);
		tree_edge_add(&edge, &leaf, keep, NULL);
	}
	took = now() - from;
	printf("tree of %llu M entries, hashed         %9.2f s    %9.0f entries a second\n", (unsigned long long)(size / 1000000), took,
	    (double)size / took);
	tree_edge_root(&edge, &root);
	s = tile_tree_init(tiles, source, size);
	for (from = now(), i = 0; i < runs; i++) {
		at = at * 6364136223846793005u + 1442695040888963407u;
		if (tree_include(&s, (at >> 16) % size, size, &p) != OK)
			wrong++;
	}
	printf("inclusion proof at random, from tiles %9.2f us\n", (now() - from) / (double)runs * 1e6);
	for (from = now(), i = 0; i < runs; i++)
		if (tree_include(&s, size - 1 - i, size, &p) != OK)
			wrong++;
	printf("inclusion proof, one after another    %9.2f us\n", (now() - from) / (double)runs * 1e6);
	at = size - runs;
	if (tree_include(&s, at, size, &p) != OK)
		wrong++;
	tree_leaf((struct span){(const char *)&at, sizeof(at)}, &leaf);
	for (from = now(), i = 0; i < runs; i++)
		wrong += !tree_included(&p, at, size, &leaf, &root);
	printf("inclusion proof, checked              %9.2f us    %s\n", (now() - from) / (double)runs * 1e6,
	    wrong == 0 ? "all hold" : "SOME DO NOT HOLD");
	free(tiles);
}

static int
rm_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)type;
	(void)f;
	return remove(path);
}

static void
appends(size_t batch, const struct key *k)
{
	char dir[] = "bench_log.XXXXXX", why[STORE_PATH_MAX + 256];
	struct span *e = malloc(batch * sizeof(*e));
	struct log *l = malloc(sizeof(*l));
	uint64_t first = 0, n = 0;
	double from, rate;
	size_t i;

	for (i = 0; i < batch; i++)
		e[i] = SPAN("2026-01-01 issued AS64500 2fb77a78a551d301be10e7724625e44b8658b681253e7b400174af326558fc09");
	if (mkdtemp(dir) == NULL || log_init(dir, k, why) != OK || log_open(l, dir, true) != OK) {
		printf("no log can be made here\n");
		exit(2);
	}
	for (from = now(); now() - from < 2 && l->err == OK; n += batch)
		if (log_append(l, e, batch, &first) != OK)
			break;
	rate = (double)n / (now() - from);
	printf("durable appends, batches of %5zu     %9.0f a second%s%s%s\n", batch, rate,
	    batch < 5000 ? "" : rate >= 5000 ? "    at least 5,000" : "    UNDER 5,000", l->err != OK ? "; stopped: " : "", l->why);
	log_close(l);
	nftw(dir, rm_one, 16, FTW_DEPTH | FTW_PHYS);
	free(l);
	free(e);
}

int
main(int argc, char **argv)
{
	uint64_t millions = argc > 1 ? strtoull(argv[1], NULL, 10) : 10;
	const uint8_t seed[ED25519_SEED] = {1};
	struct key *k;

	if (millions < 1 || key_from_seed(SPAN("bench.example"), KEY_SIGNER, seed, &k) != OK)
		return 64;
	appends(1, k);
	appends(256, k);
	appends(5000, k);
	proofs(millions * 1000000);
	key_free(k);
	return 0;
}
