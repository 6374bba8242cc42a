/* bench_load: a file of VRPs read into a table, for the programs that measure. */
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

#include "base/limits.h"
#include "decode/vrp.h"
#include "world/rpki.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct bench_file {
	int fd;
	uint8_t buf[FEED_CHUNK];
};

static inline enum err
bench_fill(void *arg, const uint8_t **buf, size_t *len)
{
	struct bench_file *f = arg;
	ssize_t n = read(f->fd, f->buf, sizeof(f->buf));

	*buf = f->buf;
	*len = n > 0 ? (size_t)n : 0;
	return n < 0 ? ERR_IO : OK;
}

static inline struct bench_file *
bench_open(const char *path)
{
	static struct bench_file f;

	f.fd = open(path, O_RDONLY);
	if (f.fd < 0) {
		perror(path);
		exit(2);
	}
	return &f;
}

static inline enum err
bench_vrp(void *arg, const struct vrp *v)
{
	const struct roa r = {v->prefix, v->max_len, v->asn};

	return rpki_add_roa(arg, &r);
}

static inline enum err
bench_aspa(void *arg, const struct aspa *a)
{
	return rpki_add_aspa(arg, a->customer, a->provider, a->n);
}

/* Read and seal; returns how many diags there were. */
static inline uint64_t
bench_load(struct rpki *t, const char *path)
{
	const struct vrp_sink sink = {bench_vrp, bench_aspa, t};
	struct vrp_stats stats;
	struct diags d = {0};
	struct feed f;
	uint64_t n;

	rpki_init(t);
	feed_init(&f, bench_fill, bench_open(path));
	if (vrp_decode(&f, KIND_VRP_JSON, &sink, &d, &stats) != OK || diags_stopped(&d)) {
		fprintf(stderr, "%s: not whole VRP JSON\n", path);
		exit(2);
	}
	n = diags_total(&d);
	diags_release(&d);
	feed_release(&f);
	rpki_seal(t);
	return n;
}

#endif
