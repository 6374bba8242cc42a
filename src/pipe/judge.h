/*
 * judge: facts to results. Every metric is computed once for an AS, whichever packs name it or none.
 */
#ifndef PIPE_JUDGE_H
#define PIPE_JUDGE_H

#include "report/report.h"

#define JUDGE_THREADS_MAX 64u

struct judge {
	const struct facts *facts;
	const struct world *world;
	const struct pack *packs;
	size_t n_packs;
	/* what is to be said besides of an AS that was judged; NULL: nothing. Any number of threads at once */
	void (*attach)(const void *arg, const struct judge *j, struct arena *a, struct as_result *r);
	const void *attach_arg;
};

/* How much is wanted beside the verdicts, which are the same. */
enum judge_detail {
	JUDGE_VERDICTS,		/* no deciding records */
	JUDGE_FINDINGS,		/* the first REPORT_FINDINGS records of each metric that speaks against the AS */
	JUDGE_RECORD		/* the records of all metrics, and their digests */
};

/* All packs over one AS; what out points to is from a or borrowed from j. Any number of threads may
 * judge at once, each with an arena of its own. */
void judge_as(const struct judge *j, uint32_t asn, enum judge_detail detail, struct arena *a,
    struct as_result *out);

/* Judge many and render each, over threads. Memory is bounded by a few pieces, however many there are. */
struct judge_sink {
	enum judge_detail detail;
	/* from any thread: append the bytes for one result to out */
	void (*render)(void *arg, const struct as_result *r, size_t index, struct str *out);
	/* from the calling thread, in the order of asns: some results' bytes. An error stops it. */
	enum err (*emit)(void *arg, struct span bytes, size_t done);
	void *arg;
};
NODISCARD enum err judge_many(const struct judge *j, const uint32_t *asns, size_t n, unsigned threads,
    const struct judge_sink *sink);

#endif
