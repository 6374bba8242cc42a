/*
 * window_history: the routes of a table, and who stands beside whom on their paths.
 */
#include "pipe/window_int.h"
#include "base/arena.h"
#include "decode/mrt.h"
#include "source/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct past {
	struct history *h;
	uint32_t words[BGP_PATH_WORDS_MAX];
	uint32_t hop[AS_PATH_HOPS_MAX], last[AS_PATH_HOPS_MAX];	/* last: of the path before, which is often the same */
	size_t n_last;
};

static enum err
on_path(void *arg, const struct mrt_head *h, const struct mrt_rib *rib, const struct mrt_path *p)
{
	struct past *x = arg;
	struct aspath path = {x->words, 0};
	uint32_t i;
	bool set;
	size_t n;

	(void)h;
	if (rib->multicast || rib->prefix.len == 0 || (p->attrs != NULL && p->attrs->malformed))
		return OK;
	if (p->attrs != NULL) {
		n = bgp_has(p->attrs, BGP_AS_PATH) ? bgp_path_words(p->attrs, x->words, BGP_PATH_WORDS_MAX) : 0;
		path.n = n > AS_PATH_HOPS_MAX ? 0 : (uint32_t)n;
	} else {
		x->words[0] = (uint32_t)SEG_SEQUENCE << 16 | p->brief.n;
		for (i = 0; i < p->brief.n; i++)
			x->words[i + 1] = be32(p->brief.seq + 4 * (size_t)i);
		path.n = p->brief.n + 1;
	}
	if (path.n == 0)
		return OK;
	history_add_route(x->h, &rib->prefix, aspath_origin(path));
	n = aspath_hops(path, x->hop, AS_PATH_HOPS_MAX, &set);
	if (n == x->n_last && memcmp(x->hop, x->last, n * sizeof(*x->hop)) == 0)
		return OK;
	x->n_last = n;
	memcpy(x->last, x->hop, n * sizeof(*x->hop));
	history_add_path(x->h, x->hop, n);
	return OK;
}

enum err
history_read(struct history *h, const struct input *in, int *err_no)
{
	struct past *x = xcalloc(1, sizeof(*x));
	const struct mrt_sink sink = {.path = on_path, .arg = x};
	struct mrt_stats stats = {0};
	struct diags diags = {0};
	struct source_sum sum = {0};
	struct source *s;
	enum err e = source_open(in->path, &s), closed;

	x->h = h;
	if (e == OK) {
		e = mrt_decode(source_feed(s), &sink, &diags, &stats);
		closed = source_close(s, &sum);
		if (e == OK)
			e = closed;
		if (e == OK && memcmp(sum.sha256, in->path_sha256, SHA256_BYTES) != 0)
			e = ERR_CONTRADICT;
	}
	*err_no = errno;
	diags_release(&diags);
	free(x);
	return e;
}
