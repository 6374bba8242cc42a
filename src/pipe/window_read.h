/*
 * window_read: a reader's parts: window_read.c has the thread and hands its events over, window_judge.c decodes and
 * judges in it. Nobody else includes it.
 */
#ifndef PIPE_WINDOW_READ_H
#define PIPE_WINDOW_READ_H

#include "pipe/window_int.h"
#include "decode/mrt.h"
#include "source/source.h"

#include <pthread.h>

#define BATCHES 4u
#define CACHED 2048u		/* judged paths that are remembered */
#define CACHED_WORDS 24u	/* of paths up to this long */

struct batch {
	struct event ev[WINDOW_BATCH];
	size_t n;
	struct offence *of;
	size_t n_of, cap_of;
	uint32_t *hop;
	size_t n_hop, cap_hop;
};

struct cached {
	uint32_t n, words[CACHED_WORDS];
	struct offence_path path;
};

struct reader {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	/* shared */
	size_t made, used;		/* batches; batch i is batch[i % BATCHES] */
	bool ended, stop;
	struct batch batch[BATCHES];
	/* of the reading thread, and of the other one after it has ended */
	const struct coverage *c;
	const struct coverage_file *f;
	struct offence_judge judge;
	struct utc begin;
	bool ways;
	struct batch *b;		/* the one that is filled */
	int64_t order_us;
	uint32_t *peer_vp;		/* by index into the table at hand */
	size_t n_peers, cap_peers;
	uint8_t *covers;
	bool in_table;
	/* the session of the message before */
	uint32_t local_as, peer_as, vp;
	struct addr peer_addr;
	/* the message at hand */
	enum event_kind kind;
	int64_t us;
	uint64_t said;			/* hash of its path */
	const struct offence_path *path;	/* NULL: it has none that can be judged */
	const uint8_t *communities;	/* borrowed until the callback returns; NULL: there are none */
	uint32_t communities_len;
	uint32_t n_words;		/* of words: its path, when there is one */
	uint64_t path_number, hops_of;	/* how many there were; the one whose hops were put last */
	struct offence_path own;
	struct cached *cache;
	uint32_t words[BGP_PATH_WORDS_MAX + 2];
	struct diags diags;
	struct source_sum sum;
	enum err err;
	int err_no;
	size_t at;			/* of the merging thread: into its batch */
};

/* window_read.c: a further event; waits while the merging thread is behind. ERR_STOPPED: nobody wants more. */
NODISCARD enum err reader_put(struct reader *r, struct event e, const struct offence *of);
/* window_judge.c: all of the source. */
NODISCARD enum err reader_decode(struct reader *r, struct source *s);

#endif
