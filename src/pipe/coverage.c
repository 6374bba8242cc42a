/*
 * coverage: files to collectors by a union of sets, then the time that each of them listened.
 */
#include "pipe/coverage_int.h"
#include "base/arena.h"
#include "base/limits.h"
#include "base/map.h"
#include "pipe/traffic.h"

#include <stdlib.h>
#include <string.h>

struct held {			/* a session and a file that holds it */
	struct traffic_session s;
	uint32_t file;
};

/* --- files --- */

static int
file_cmp(const void *pa, const void *pb)
{
	const struct input *a = ((const struct coverage_file *)pa)->in, *b = ((const struct coverage_file *)pb)->in;

	if (a->traffic->first_s != b->traffic->first_s)
		return a->traffic->first_s < b->traffic->first_s ? -1 : 1;
	return memcmp(a->sha256, b->sha256, SHA256_BYTES);
}

static void
files_take(struct coverage *c, const struct world *w, struct utc before)
{
	size_t i;

	c->files = xcalloc(w->n_inputs, sizeof(*c->files));
	for (i = 0; i < w->n_inputs; i++) {
		const struct input *in = &w->inputs[i];

		if (in->traffic == NULL || !in->complete || in->duplicate || in->traffic->n_sessions == 0 ||
		    (int64_t)in->traffic->first_s >= before.s)
			continue;
		c->files[c->n_files++] = (struct coverage_file){in, MAP_NONE};
	}
	if (c->n_files > 0)
		qsort(c->files, c->n_files, sizeof(*c->files), file_cmp);
}

static int
held_cmp(const void *pa, const void *pb)
{
	const struct held *a = pa, *b = pb;
	int c = traffic_session_cmp(&a->s, &b->s);

	return c != 0 ? c : (a->file > b->file) - (a->file < b->file);
}

/* Sessions of update files, by session; those of tables are left out. */
static struct held *
sessions_take(const struct coverage *c, size_t *n)
{
	struct held *h = NULL;
	size_t i, k, cap = 0;

	*n = 0;
	for (i = 0; i < c->n_files; i++)
		for (k = 0; k < c->files[i].in->traffic->n_sessions; k++) {
			const struct traffic_session *s = &c->files[i].in->traffic->sessions[k];

			if (s->local_as == 0)
				continue;
			h = grow(h, &cap, *n + 1, sizeof(*h));
			h[(*n)++] = (struct held){*s, (uint32_t)i};
		}
	if (*n > 0)
		qsort(h, *n, sizeof(*h), held_cmp);
	return h;
}

static uint32_t
root_of(uint32_t *up, uint32_t i)
{
	while (up[i] != i)
		i = up[i] = up[up[i]];
	return i;
}

/* The collector of a table, a root: the one with the most of its peers; of several the one whose session is first. */
static uint32_t
table_root(const struct traffic *t, const struct held *h, size_t n, uint32_t *up, uint32_t self, uint32_t *votes)
{
	struct held key = {.file = 0};
	uint32_t best = self;
	size_t i, k, lo, hi;

	for (k = 0; k < t->n_sessions; k++) {
		uint32_t last = MAP_NONE;

		key.s = t->sessions[k];
		for (lo = 0, hi = n; lo < hi;) {
			size_t mid = lo + (hi - lo) / 2;

			if (held_cmp(&h[mid], &key) < 0)
				lo = mid + 1;
			else
				hi = mid;
		}
		for (i = lo; i < n && h[i].s.peer_as == key.s.peer_as && addr_cmp(&h[i].s.addr, &key.s.addr) == 0;
		    i++) {
			uint32_t root = root_of(up, h[i].file);

			votes[root] += root != last;
			last = root;
		}
	}
	for (i = 0; i < n; i++) {	/* in the order of sessions */
		uint32_t root = root_of(up, h[i].file);

		if (votes[root] > 0 && (best == self || votes[root] > votes[best]))
			best = root;
	}
	return best;
}

static void
tables_join(struct coverage *c, const struct held *h, size_t n, uint32_t *up)
{
	uint32_t *root = xcalloc(c->n_files, sizeof(*root)), *votes = xcalloc(c->n_files, sizeof(*votes));
	size_t i, k;

	for (i = 0; i < c->n_files; i++) {
		root[i] = (uint32_t)i;
		if (c->files[i].in->traffic->messages > 0)
			continue;
		for (k = 0; k < c->n_files; k++)
			votes[k] = 0;
		root[i] = table_root(c->files[i].in->traffic, h, n, up, (uint32_t)i, votes);
	}
	for (i = 0; i < c->n_files; i++)	/* all of them asked before one has joined */
		up[i] = root[i] != i ? root_of(up, root[i]) : up[i];
	free(root);
	free(votes);
}

/* Tables that no updates go with: those that share a peer are of one collector. */
static void
lone_tables_join(struct coverage *c, uint32_t *up)
{
	struct held *h = NULL;
	size_t i, k, n = 0, cap = 0;

	for (i = 0; i < c->n_files; i++) {
		const struct traffic *t = c->files[i].in->traffic;

		if (t->messages > 0 || root_of(up, (uint32_t)i) != i)
			continue;
		for (k = 0; k < t->n_sessions; k++) {
			h = grow(h, &cap, n + 1, sizeof(*h));
			h[n++] = (struct held){t->sessions[k], (uint32_t)i};
		}
	}
	if (n > 0)
		qsort(h, n, sizeof(*h), held_cmp);
	for (i = 1; i < n; i++)
		if (traffic_session_cmp(&h[i - 1].s, &h[i].s) == 0)
			up[root_of(up, h[i].file)] = root_of(up, h[i - 1].file);
	free(h);
}

/* --- vantage points --- */

static int
vp_cmp(const void *pa, const void *pb)
{
	const struct coverage_vp *a = pa, *b = pb;
	int c = (a->asn > b->asn) - (a->asn < b->asn);

	if (c == 0)
		c = addr_cmp(&a->addr, &b->addr);
	if (c == 0)
		c = (a->local_as > b->local_as) - (a->local_as < b->local_as);
	return c != 0 ? c : (a->collector > b->collector) - (a->collector < b->collector);
}

/* All sessions with the root of their file as collector, each once; a table's peers only where no session is. */
static void
vps_take(struct coverage *c)
{
	size_t i, k, n = 0, cap = 0;

	for (i = 0; i < c->n_files; i++)
		for (k = 0; k < c->files[i].in->traffic->n_sessions; k++) {
			const struct traffic_session *s = &c->files[i].in->traffic->sessions[k];

			c->vps = grow(c->vps, &cap, n + 1, sizeof(*c->vps));
			c->vps[n++] = (struct coverage_vp){s->peer_as, s->local_as, s->addr, c->files[i].collector,
			    {false, false}};
		}
	if (n > 0)
		qsort(c->vps, n, sizeof(*c->vps), vp_cmp);
	for (i = 0; i < n; i++) {
		struct coverage_vp v = c->vps[i];

		if (i > 0 && vp_cmp(&c->vps[c->n_vps - 1], &v) == 0)
			continue;
		c->vps[c->n_vps++] = v;
	}
}

/* A table's peer of a collector that has a session of that peer is that session. */
static void
vps_settle(struct coverage *c)
{
	size_t i, k, n = 0;

	for (i = 0; i < c->n_vps; i++) {
		struct coverage_vp v = c->vps[i];

		for (k = i; v.local_as == 0 && k < c->n_vps && c->vps[k].asn == v.asn &&
		    addr_cmp(&c->vps[k].addr, &v.addr) == 0; k++)
			if (c->vps[k].local_as != 0 && c->vps[k].collector == v.collector)
				break;
		if (v.local_as == 0 && k < c->n_vps && c->vps[k].local_as != 0 && c->vps[k].asn == v.asn &&
		    addr_cmp(&c->vps[k].addr, &v.addr) == 0 && c->vps[k].collector == v.collector)
			continue;
		c->vps[n++] = v;
	}
	c->n_vps = n;
}

/* Roots become numbers in the order of the collectors' first vantage points. */
static void
collectors_number(struct coverage *c)
{
	uint32_t *number = xcalloc(c->n_files, sizeof(*number));
	size_t i;

	for (i = 0; i < c->n_files; i++)
		number[i] = MAP_NONE;
	c->collectors = xcalloc(c->n_files, sizeof(*c->collectors));
	for (i = 0; i < c->n_vps; i++) {
		uint32_t *no = &number[c->vps[i].collector];

		if (*no == MAP_NONE) {
			*no = (uint32_t)c->n_collectors++;
			c->collectors[*no].local_as = c->vps[i].local_as;
		}
		c->vps[i].collector = *no;
		c->collectors[*no].n_vps++;
		if (c->collectors[*no].local_as == 0)
			c->collectors[*no].local_as = c->vps[i].local_as;
	}
	for (i = 0; i < c->n_files; i++)
		c->files[i].collector = number[c->files[i].collector];
	free(number);
	if (c->n_vps > 0)
		qsort(c->vps, c->n_vps, sizeof(*c->vps), vp_cmp);
}

static void
feeds_note(struct coverage *c, const struct routes *r)
{
	size_t i, k;

	for (i = 0; i < r->n_vps; i++)
		for (k = 0; k < c->n_vps; k++)
			if (r->vps[i].kind == VP_TABLE && r->vps[i].asn == c->vps[k].asn &&
			    addr_cmp(&r->vps[i].addr, &c->vps[k].addr) == 0) {
				c->vps[k].full_feed[0] |= r->vps[i].full_feed[0];
				c->vps[k].full_feed[1] |= r->vps[i].full_feed[1];
			}
}

uint32_t
coverage_vp(const struct coverage *c, uint32_t collector, uint32_t local_as, uint32_t asn, const struct addr *addr)
{
	struct coverage_vp key = {asn, 0, *addr, 0, {false, false}};
	size_t lo = 0, hi = c->n_vps;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (vp_cmp(&c->vps[mid], &key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < c->n_vps && c->vps[lo].asn == asn && addr_cmp(&c->vps[lo].addr, addr) == 0; lo++)
		if (c->vps[lo].collector == collector && (local_as == 0 || c->vps[lo].local_as == local_as))
			return (uint32_t)lo;
	return MAP_NONE;
}

void
coverage_make(struct coverage *c, const struct world *w, struct utc before)
{
	struct held *h;
	uint32_t *up, i;
	size_t n, k;

	*c = (struct coverage){0};
	files_take(c, w, before);
	up = xcalloc(c->n_files, sizeof(*up));
	for (i = 0; i < c->n_files; i++)
		up[i] = i;
	h = sessions_take(c, &n);
	for (k = 1; k < n; k++)
		if (traffic_session_cmp(&h[k - 1].s, &h[k].s) == 0)
			up[root_of(up, h[k].file)] = root_of(up, h[k - 1].file);
	tables_join(c, h, n, up);
	lone_tables_join(c, up);
	for (i = 0; i < c->n_files; i++)
		c->files[i].collector = root_of(up, i);
	free(h);
	free(up);
	vps_take(c);
	vps_settle(c);
	collectors_number(c);
	feeds_note(c, &w->routes);
	coverage_times(c);
}

void
coverage_release(struct coverage *c)
{
	size_t i;

	for (i = 0; i < c->n_collectors; i++) {
		free(c->collectors[i].seen);
		free(c->collectors[i].gaps);
	}
	free(c->vps);
	free(c->collectors);
	free(c->files);
	*c = (struct coverage){0};
}
