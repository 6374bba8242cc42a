/*
 * window_read: a file is decoded and judged in a thread of its own, a few batches ahead of the one that merges.
 */
#include "pipe/window_int.h"
#include "base/arena.h"
#include "base/map.h"
#include "decode/mrt.h"
#include "source/source.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define BATCHES 4u
#define CACHED 2048u		/* judged paths that are remembered */
#define CACHED_WORDS 24u	/* of paths up to this long */

struct batch {
	struct event ev[WINDOW_BATCH];
	size_t n;
	struct offence *of;
	size_t n_of, cap_of;
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
	struct offence_path own;
	struct cached *cache;
	uint32_t words[BGP_PATH_WORDS_MAX + 2];
	struct diags diags;
	struct source_sum sum;
	enum err err;
	int err_no;
	size_t at;			/* of the merging thread: into its batch */
};

/* --- handing over --- */

static enum err
batch_begin(struct reader *r)
{
	bool stop;

	pthread_mutex_lock(&r->lock);
	while (r->made - r->used == BATCHES && !r->stop)
		pthread_cond_wait(&r->moved, &r->lock);
	r->b = &r->batch[r->made % BATCHES];
	r->b->n = r->b->n_of = 0;
	stop = r->stop;
	pthread_mutex_unlock(&r->lock);
	return stop ? ERR_STOPPED : OK;
}

static void
batch_end(struct reader *r)
{
	pthread_mutex_lock(&r->lock);
	r->made++;
	pthread_cond_signal(&r->moved);
	pthread_mutex_unlock(&r->lock);
}

static enum err
put(struct reader *r, struct event e, const struct offence *of)
{
	struct batch *b = r->b;

	e.order_us = r->order_us;
	e.first_of = (uint32_t)b->n_of;
	if (e.n_of > 0) {
		b->of = grow(b->of, &b->cap_of, b->n_of + e.n_of, sizeof(*b->of));
		memcpy(b->of + b->n_of, of, e.n_of * sizeof(*of));
		b->n_of += e.n_of;
	}
	b->ev[b->n++] = e;
	if (b->n < WINDOW_BATCH)
		return OK;
	batch_end(r);
	return batch_begin(r);
}

/* --- paths --- */

/* words[0..n] is the path, with two words for OTC behind it. */
static const struct offence_path *
judge_path(struct reader *r, uint32_t n, struct otc_mark otc)
{
	struct cached *k = &r->cache[r->said % CACHED];
	const struct aspath path = {r->words, n};

	if (n + 2 > CACHED_WORDS) {
		offence_path_look(&r->judge, path, otc, &r->own);
		return &r->own;
	}
	if (k->n != n + 2 || memcmp(k->words, r->words, k->n * sizeof(*k->words)) != 0) {
		k->n = n + 2;
		memcpy(k->words, r->words, k->n * sizeof(*k->words));
		offence_path_look(&r->judge, path, otc, &k->path);
	}
	return &k->path;
}

/* What is told with n words of a path in r->words; none: it is the peer's own route (RFC 6811 2). */
static void
path_set(struct reader *r, size_t n, uint32_t peer_as, bool has_otc, uint32_t otc)
{
	r->path = NULL;
	if (n > AS_PATH_HOPS_MAX || (n == 0 && peer_as == 0))
		return;
	if (n == 0) {
		r->words[0] = (uint32_t)SEG_SEQUENCE << 16 | 1;
		r->words[1] = peer_as;
		n = 2;
	}
	r->words[n] = has_otc;
	r->words[n + 1] = otc;
	r->said = map_hash(r->words, (n + 2) * sizeof(*r->words));
	r->path = judge_path(r, (uint32_t)n, (struct otc_mark){has_otc, false, otc});
}

static void
attrs_set(struct reader *r, const struct bgp_attrs *a, uint32_t peer_as)
{
	r->path = NULL;
	if (!a->malformed && bgp_has(a, BGP_AS_PATH))
		path_set(r, bgp_path_words(a, r->words, BGP_PATH_WORDS_MAX), peer_as, bgp_has(a, BGP_OTC), a->otc);
}

/* --- updates --- */

static uint64_t
event_hash(const struct event *e, uint64_t said)
{
	struct { uint64_t said; int64_t us; uint32_t vp, path_id; uint8_t prefix[18], kind, zero[5]; } k = {said, e->us,
	    e->vp, e->path_id, {0}, e->kind, {0}};

	memcpy(k.prefix, &e->prefix, sizeof(k.prefix));
	return map_hash(&k, sizeof(k));
}

static void
on_prefix(void *arg, const struct prefix *p, uint32_t path_id)
{
	struct reader *r = arg;
	struct event e = {.us = r->us, .prefix = *p, .kind = (uint8_t)r->kind, .vp = r->vp, .path_id = path_id};
	struct offence of[OFF_N];

	if (r->kind == EVENT_ANNOUNCE && r->path != NULL)
		e.n_of = (uint8_t)offences_of(&r->judge, r->path, p, of);
	e.hash = event_hash(&e, r->kind == EVENT_ANNOUNCE && r->path != NULL ? r->said : 0);
	if (r->err == OK)
		r->err = put(r, e, of);
}

static void
each(struct reader *r, enum event_kind kind, struct bgp_win w, unsigned family, const struct mrt_head *h, bool addpath)
{
	enum err e;

	r->kind = kind;
	if (w.p != NULL && w.len > 0) {
		e = bgp_nlri_each(w, family, addpath, h->record, &r->diags, on_prefix, r);
		(void)e;	/* the lists were checked */
	}
}

/* What is withdrawn first: a prefix in both lists is announced (RFC 4271 3.1). */
static enum err
update(struct reader *r, const struct mrt_head *h, const struct mrt_msg *m)
{
	const struct bgp_attrs *a = &m->attrs;
	enum event_kind told = a->malformed ? EVENT_WITHDRAW : EVENT_ANNOUNCE;

	each(r, EVENT_WITHDRAW, m->withdrawn, FAMILY_V4, h, m->addpath);
	if (bgp_is_ip(a->mp_unreach_afi, a->mp_unreach_safi) && a->mp_unreach_safi == 1)
		each(r, EVENT_WITHDRAW, a->mp_withdrawn, bgp_family(a->mp_unreach_afi), h, m->addpath);
	if (m->nlri.len > 0 || a->mp_nlri.len > 0)
		attrs_set(r, a, m->peer_as);
	each(r, told, m->nlri, FAMILY_V4, h, m->addpath);
	if (bgp_is_ip(a->mp_reach_afi, a->mp_reach_safi) && a->mp_reach_safi == 1)
		each(r, told, a->mp_nlri, bgp_family(a->mp_reach_afi), h, m->addpath);
	return r->err;
}

static enum err
state(struct reader *r, const struct mrt_msg *m)
{
	enum { ESTABLISHED = 6 };
	struct event e = {.us = r->us, .vp = r->vp};

	if ((m->old_state == ESTABLISHED) == (m->new_state == ESTABLISHED))
		return OK;
	e.kind = m->old_state == ESTABLISHED ? EVENT_DOWN : EVENT_UP;
	e.hash = event_hash(&e, 0);
	return put(r, e, NULL);
}

static enum err
on_msg(void *arg, const struct mrt_head *h, const struct mrt_msg *m)
{
	struct reader *r = arg;

	if (m->local || (m->kind != MRT_MSG_UPDATE && m->kind != MRT_MSG_STATE))
		return OK;
	if (r->vp == MAP_NONE || r->local_as != m->local_as || r->peer_as != m->peer_as ||
	    addr_cmp(&r->peer_addr, &m->peer_addr) != 0) {
		r->local_as = m->local_as;
		r->peer_as = m->peer_as;
		r->peer_addr = m->peer_addr;
		r->vp = coverage_vp(r->c, r->f->collector, m->local_as, m->peer_as, &m->peer_addr);
	}
	if (r->vp == MAP_NONE)		/* a session that never told a route */
		return OK;
	r->us = (int64_t)h->time_s * 1000000 + h->time_us;
	if (r->order_us < r->us)
		r->order_us = r->us;
	return m->kind == MRT_MSG_UPDATE ? update(r, h, m) : state(r, m);
}

/* --- tables --- */

static enum err
on_peers(void *arg, const struct mrt_head *h, const struct mrt_peers *peers)
{
	struct reader *r = arg;
	uint32_t i;

	(void)h;
	r->peer_vp = grow(r->peer_vp, &r->cap_peers, peers->n, sizeof(*r->peer_vp));
	r->n_peers = peers->n;
	for (i = 0; i < peers->n; i++)
		r->peer_vp[i] = coverage_vp(r->c, r->f->collector, 0, peers->peer[i].asn, &peers->peer[i].addr);
	return OK;
}

static enum err
table_begin(struct reader *r)
{
	struct event e = {.kind = EVENT_TABLE_BEGIN};

	if (r->in_table)
		return OK;
	r->in_table = true;
	e.us = (int64_t)r->f->in->traffic->first_s * 1000000;
	if (r->order_us < e.us)
		r->order_us = e.us;
	return put(r, e, NULL);
}

static void
path_of_entry(struct reader *r, const struct mrt_path *p)
{
	uint32_t i, n = p->brief.n;

	if (p->attrs != NULL) {
		attrs_set(r, p->attrs, p->peer->asn);
		return;
	}
	r->words[0] = (uint32_t)SEG_SEQUENCE << 16 | n;
	for (i = 0; i < n; i++)
		r->words[i + 1] = be32(p->brief.seq + 4 * (size_t)i);
	path_set(r, n + 1, p->peer->asn, p->brief.has_otc, p->brief.otc);
}

static enum err
on_path(void *arg, const struct mrt_head *h, const struct mrt_rib *rib, const struct mrt_path *p)
{
	struct reader *r = arg;
	struct event e = {.kind = EVENT_TABLE_ROUTE, .prefix = rib->prefix, .path_id = p->path_id,
	    .us = (int64_t)p->originated_s * 1000000};
	struct offence of[OFF_N];

	(void)h;
	if (rib->multicast)
		return OK;
	e.vp = p->peer_index != MRT_NO_INDEX ? r->peer_vp[p->peer_index] :
	    coverage_vp(r->c, r->f->collector, 0, p->peer->asn, &p->peer->addr);
	if (e.vp == MAP_NONE)
		return OK;
	TRY(table_begin(r));
	r->covers[e.vp] |= (uint8_t)(1u << rib->prefix.family);
	path_of_entry(r, p);
	if (r->path == NULL)
		return OK;
	e.n_of = (uint8_t)offences_of(&r->judge, r->path, &e.prefix, of);
	return e.n_of > 0 ? put(r, e, of) : OK;
}

/* --- the thread --- */

static enum err
decode(struct reader *r, struct source *s)
{
	const struct mrt_sink sink = {.peers = on_peers, .path = on_path, .msg = on_msg, .arg = r};
	struct mrt_stats stats = {0};

	TRY(batch_begin(r));
	TRY(mrt_decode(source_feed(s), &sink, &r->diags, &stats));
	if (r->in_table)
		TRY(put(r, (struct event){.kind = EVENT_TABLE_END}, NULL));
	if (r->b->n > 0)
		batch_end(r);
	return OK;
}

static void *
run(void *arg)
{
	struct reader *r = arg;
	struct source *s;
	enum err e = source_open(r->f->in->path, &s), closed;

	if (e == OK) {
		e = decode(r, s);
		closed = source_close(s, &r->sum);
		if (e == OK)
			e = closed;
	}
	r->err_no = errno;
	pthread_mutex_lock(&r->lock);
	r->err = e;
	r->ended = true;
	pthread_cond_signal(&r->moved);
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

struct reader *
reader_new(const struct coverage *c, const struct coverage_file *f, const struct offence_judge *judge)
{
	struct reader *r = xcalloc(1, sizeof(*r));

	r->c = c;
	r->f = f;
	r->judge = *judge;
	r->vp = MAP_NONE;
	r->order_us = INT64_MIN;
	r->cache = xcalloc(CACHED, sizeof(*r->cache));
	r->covers = xcalloc(c->n_vps, 1);
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->moved, NULL);
	if (pthread_create(&r->thread, NULL, run, r) != 0) {
		r->err = ERR_NOMEM;
		r->err_no = errno;
		r->ended = r->stop = true;
		r->f = NULL;
	}
	return r;
}

const struct event *
reader_peek(struct reader *r, const struct offence **of)
{
	const struct batch *b;
	bool none;

	pthread_mutex_lock(&r->lock);
	while (r->used == r->made && !r->ended)
		pthread_cond_wait(&r->moved, &r->lock);
	none = r->used == r->made;
	pthread_mutex_unlock(&r->lock);
	if (none)
		return NULL;
	b = &r->batch[r->used % BATCHES];
	*of = b->ev[r->at].n_of > 0 ? b->of + b->ev[r->at].first_of : NULL;
	return &b->ev[r->at];
}

void
reader_skip(struct reader *r)
{
	if (++r->at < r->batch[r->used % BATCHES].n)
		return;
	r->at = 0;
	pthread_mutex_lock(&r->lock);
	r->used++;
	pthread_cond_signal(&r->moved);
	pthread_mutex_unlock(&r->lock);
}

const uint8_t *
reader_covers(const struct reader *r)
{
	return r->covers;
}

enum err
reader_free(struct reader *r, bool done, int *err_no)
{
	enum err e;
	size_t i;

	if (r->f != NULL) {
		pthread_mutex_lock(&r->lock);
		r->stop = true;
		pthread_cond_signal(&r->moved);
		pthread_mutex_unlock(&r->lock);
		pthread_join(r->thread, NULL);
	}
	e = r->err == ERR_STOPPED ? OK : r->err;
	*err_no = r->err_no;
	if (e == OK && done && memcmp(r->sum.sha256, r->f->in->sha256, SHA256_BYTES) != 0)
		e = ERR_CONTRADICT;
	for (i = 0; i < BATCHES; i++)
		free(r->batch[i].of);
	diags_release(&r->diags);
	pthread_mutex_destroy(&r->lock);
	pthread_cond_destroy(&r->moved);
	free(r->cache);
	free(r->covers);
	free(r->peer_vp);
	free(r);
	return e;
}
